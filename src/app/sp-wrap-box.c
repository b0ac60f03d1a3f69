/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWrapBox: widgets in a line that breaks where there is no room, for templates. */
#include "sp-wrap-box.h"

#include "sp-wrap-layout.h"

#define SPACING 6 /* pixels */

struct _SpWrapBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (SpWrapBox, sp_wrap_box, GTK_TYPE_WIDGET)

static void
sp_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sp_wrap_box_parent_class)->dispose (object);
}

static void
sp_wrap_box_class_init (SpWrapBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_wrap_box_dispose;
}

static void
sp_wrap_box_init (SpWrapBox *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), sp_wrap_layout_new (SPACING));
}
