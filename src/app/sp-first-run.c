/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFirstRun: what a window shows while its store is empty: the ways to begin, a row each. */
#include "sp-first-run.h"

struct _SpFirstRun
{
  GtkWidget parent_instance;

  GtkWidget *page;
};

G_DEFINE_FINAL_TYPE (SpFirstRun, sp_first_run, GTK_TYPE_WIDGET)

static void
sp_first_run_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SP_TYPE_FIRST_RUN);
  G_OBJECT_CLASS (sp_first_run_parent_class)->dispose (object);
}

static void
sp_first_run_class_init (SpFirstRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_first_run_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-first-run.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFirstRun, page);
}

static void
sp_first_run_init (SpFirstRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_first_run_new:
 *
 * Its rows activate win.sample, win.import, app.sharing and win.add.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
sp_first_run_new (void)
{
  return g_object_new (SP_TYPE_FIRST_RUN, NULL);
}
