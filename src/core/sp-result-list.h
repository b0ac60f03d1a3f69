/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-result-source.h"
#include "sp-result.h"

G_BEGIN_DECLS

#define SP_RESULT_PAGE 32 /* results that are read at once */

#define SP_TYPE_RESULT_LIST (sp_result_list_get_type ())
G_DECLARE_FINAL_TYPE (SpResultList, sp_result_list, SP, RESULT_LIST, GObject)

SpResultList      *sp_result_list_new      (SpResultSource *source);
void               sp_result_list_set_hits (SpResultList *self, GArray *hits);
void               sp_result_list_set_hits_and_page (SpResultList *self, GArray *hits, GPtrArray *first);
const SpResultHit *sp_result_list_get_hits (SpResultList *self, guint *count);

G_END_DECLS
