/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-freshness.h"
#include "sp-result.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_RESULT_ROW (sp_result_row_get_type ())
G_DECLARE_FINAL_TYPE (SpResultRow, sp_result_row, SP, RESULT_ROW, GtkWidget)

GtkWidget *sp_result_row_new        (void);
void       sp_result_row_set_miles  (SpResultRow *self, gboolean miles);
void       sp_result_row_set_rules  (SpResultRow *self, const SpFreshnessRules *rules);
void       sp_result_row_set_result (SpResultRow *self, SpResult *result);
SpResult  *sp_result_row_get_result (SpResultRow *self);

G_END_DECLS
