/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormPart: a part of the form with a template of its own: a section, or an item of a list. Most are nothing but their
 * template (sp-form-parts.c). */
#include "sp-form-part.h"

G_DEFINE_ABSTRACT_TYPE (SpFormPart, sp_form_part, GTK_TYPE_WIDGET)

static void
sp_form_part_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sp_form_part_parent_class)->dispose (object);
}

static void
sp_form_part_class_init (SpFormPartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_form_part_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sp_form_part_init (SpFormPart *self)
{
}

/**
 * sp_form_part_bind:
 * @self: a part
 * @edit: the entry that it shows
 * @prefix: path of what its members are parts of, or ""
 *
 * Tells the part itself; the fields in it are bound by sp_form_bind().
 */
void
sp_form_part_bind (SpFormPart *self, SpEntryEdit *edit, const char *prefix)
{
  if (SP_FORM_PART_GET_CLASS (self)->bind != NULL)
    SP_FORM_PART_GET_CLASS (self)->bind (self, edit, prefix);
}

/**
 * sp_form_part_add_paths:
 * @self: a part
 * @prefix: pattern of what its members are parts of, or ""
 * @paths: (element-type utf8): gets the members that can be written in the part itself
 */
void
sp_form_part_add_paths (SpFormPart *self, const char *prefix, GPtrArray *paths)
{
  if (SP_FORM_PART_GET_CLASS (self)->add_paths != NULL)
    SP_FORM_PART_GET_CLASS (self)->add_paths (self, prefix, paths);
}
