/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-result-list.h"
#include "sp-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_RESULT_SELECTION (sp_result_selection_get_type ())
G_DECLARE_FINAL_TYPE (SpResultSelection, sp_result_selection, SP, RESULT_SELECTION, GObject)

SpResultSelection *sp_result_selection_new           (SpStore *store, SpResultList *list);
const char        *sp_result_selection_get_id        (SpResultSelection *self);
void               sp_result_selection_set_id        (SpResultSelection *self, const char *id);
guint              sp_result_selection_get_position  (SpResultSelection *self);
void               sp_result_selection_expect_answer (SpResultSelection *self, gboolean is_asked);
gboolean           sp_result_selection_has_more      (SpResultSelection *self);
void               sp_result_selection_add_more      (SpResultSelection *self);
void               sp_result_selection_reveal        (SpResultSelection *self, guint position);

G_END_DECLS
