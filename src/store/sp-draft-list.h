/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-drafts.h"
#include "sp-store.h"

G_BEGIN_DECLS

#define SP_TYPE_DRAFT_LIST (sp_draft_list_get_type ())
G_DECLARE_FINAL_TYPE (SpDraftList, sp_draft_list, SP, DRAFT_LIST, GObject)

SpDraftList   *sp_draft_list_new      (SpStore *store);
void           sp_draft_list_keep     (SpDraftList *self, const char *id, const char *parent, SpNode *body);
void           sp_draft_list_forget   (SpDraftList *self, const char *id);
const SpDraft *sp_draft_list_find     (SpDraftList *self, const char *id);
guint          sp_draft_list_get_size (SpDraftList *self);
const SpDraft *sp_draft_list_get      (SpDraftList *self, guint position);
gboolean       sp_draft_list_is_quiet (SpDraftList *self);

G_END_DECLS
