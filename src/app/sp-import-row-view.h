/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-import-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_IMPORT_ROW_VIEW (sp_import_row_view_get_type ())
G_DECLARE_FINAL_TYPE (SpImportRowView, sp_import_row_view, SP, IMPORT_ROW_VIEW, GtkWidget)

GtkWidget *sp_import_row_view_new (void);
void       sp_import_row_view_set_row (SpImportRowView *self, SpImportRow *row);

G_END_DECLS
