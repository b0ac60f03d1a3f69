/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-entry-edit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FORM_PART (sp_form_part_get_type ())
G_DECLARE_DERIVABLE_TYPE (SpFormPart, sp_form_part, SP, FORM_PART, GtkWidget)

/**
 * SpFormPartClass:
 * @parent_class: the parent class
 * @bind: (nullable): it is about to be bound, before the fields in it are
 * @add_paths: (nullable): adds members that can be written in it without a field of their own
 */
struct _SpFormPartClass
{
  GtkWidgetClass parent_class;

  void (*bind)      (SpFormPart *self, SpEntryEdit *edit, const char *prefix);
  void (*add_paths) (SpFormPart *self, const char *prefix, GPtrArray *paths);
};

void sp_form_part_bind      (SpFormPart *self, SpEntryEdit *edit, const char *prefix);
void sp_form_part_add_paths (SpFormPart *self, const char *prefix, GPtrArray *paths);

G_END_DECLS
