/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FORM_COLUMNS (sp_form_columns_get_type ())
G_DECLARE_FINAL_TYPE (SpFormColumns, sp_form_columns, SP, FORM_COLUMNS, GtkWidget)

G_END_DECLS
