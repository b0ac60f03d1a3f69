/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"
#include "sp-store.h"

G_BEGIN_DECLS

/**
 * SpHistoryStep:
 * @rev: the revision
 * @by: (nullable): who wrote it
 * @on: (nullable): when, as documents hold it
 * @words: (element-type utf8): what it changed, in sentences
 * @body: (nullable): the whole entry as it was then; %NULL if that is not kept any more
 *
 * One version of an entry.
 */
typedef struct
{
  char      *rev;
  char      *by;
  char      *on;
  GPtrArray *words;
  SpNode    *body;
} SpHistoryStep;

/**
 * SpEntryHistory:
 * @id: document id
 * @name: (nullable): of the entry
 * @steps: (element-type SpHistoryStep): its versions, the present one first
 */
typedef struct
{
  char      *id;
  char      *name;
  GPtrArray *steps;
} SpEntryHistory;

void            sp_entry_history_free        (SpEntryHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpEntryHistory, sp_entry_history_free)

void            sp_entry_history_read_async  (SpStore *store, const char *id, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
SpEntryHistory *sp_entry_history_read_finish (SpStore *store, GAsyncResult *result, GError **error);
SpNode         *sp_entry_history_restore     (const SpEntryHistory *self, guint step);

G_END_DECLS
