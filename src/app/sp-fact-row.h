/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FACT_ROW (sp_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (SpFactRow, sp_fact_row, SP, FACT_ROW, GtkWidget)

SpFactRow *sp_fact_row_new      (const char *caption, const char *text);
void       sp_fact_row_set_mark (SpFactRow *self, const char *icon, const char *text);
void       sp_fact_row_set_missing (SpFactRow *self);
void       sp_fact_row_add_open (SpFactRow *self, const char *icon, const char *label, const char *uri);
void       sp_fact_row_add_copy (SpFactRow *self, const char *label, const char *done, const char *text);

G_END_DECLS
