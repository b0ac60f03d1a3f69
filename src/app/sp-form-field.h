/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-entry-edit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FORM_FIELD (sp_form_field_get_type ())
G_DECLARE_DERIVABLE_TYPE (SpFormField, sp_form_field, SP, FORM_FIELD, GtkWidget)

/**
 * SpFormFieldClass:
 * @parent_class: the parent class
 * @bound: it has an entry now; called once, before the first @load
 * @load: shows what the entry says
 * @add_paths: adds the members that can be written here, as patterns such as `contacts.*.phone`
 *
 * What the kinds of fields do in their own way.
 */
struct _SpFormFieldClass
{
  GtkWidgetClass parent_class;

  void (*bound)     (SpFormField *self);
  void (*load)      (SpFormField *self);
  void (*add_paths) (SpFormField *self, const char *prefix, GPtrArray *paths);
};

void         sp_form_field_bind        (SpFormField *self, SpEntryEdit *edit, const char *prefix);
SpEntryEdit *sp_form_field_get_edit    (SpFormField *self);
const char  *sp_form_field_get_member  (SpFormField *self);
const char  *sp_form_field_get_path    (SpFormField *self);
char        *sp_form_field_get_below   (SpFormField *self, const char *member);
const char  *sp_form_field_get_title   (SpFormField *self);
void         sp_form_field_set_control (SpFormField *self, GtkWidget *control, GtkAccessible *spoken);
void         sp_form_field_complain    (SpFormField *self, const char *sentence);
const char  *sp_form_field_get_complaint (SpFormField *self);
void         sp_form_field_fit_kind    (SpFormField *self, const char *kind);
void         sp_form_field_add_paths   (SpFormField *self, const char *prefix, GPtrArray *paths);

G_END_DECLS
