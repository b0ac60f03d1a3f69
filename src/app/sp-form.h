/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

void         sp_form_ensure_types (void);
void         sp_form_bind         (GtkWidget *root, SpEntryEdit *edit, const char *prefix);
void         sp_form_fit_kind     (GtkWidget *root, const char *kind);
SpFormField *sp_form_find         (GtkWidget *root, const char *path);
void         sp_form_reveal       (GtkWidget *widget);
void         sp_form_list_paths   (GtkWidget *root, const char *prefix, GPtrArray *paths);

G_END_DECLS
