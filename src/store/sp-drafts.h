/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpDraft:
 * @id: document id; of a new entry the one that it shall get
 * @parent: (nullable): revision that the edit began with; %NULL of a new entry
 * @body: the whole entry as it was typed so far; never changed once it is in a draft
 * @changed: seconds since 1970
 *
 * An edit that was begun and not saved. It never leaves this machine, and a plain backup leaves it out.
 */
typedef struct
{
  char   *id;
  char   *parent;
  SpNode *body;
  gint64  changed;
} SpDraft;

SpDraft   *sp_draft_new    (const char *id, const char *parent, SpNode *body, gint64 changed);
void       sp_draft_free   (SpDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpDraft, sp_draft_free)

gboolean   sp_drafts_keep  (SpDb *db, const SpDraft *draft, GError **error);
GPtrArray *sp_drafts_list  (SpDb *db, GError **error);
gboolean   sp_drafts_forget (SpDb *db, const char *id, GError **error);

G_END_DECLS
