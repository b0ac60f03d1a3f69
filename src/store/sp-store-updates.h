/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-news.h"
#include "sp-store.h"
#include "sp-submissions.h"

G_BEGIN_DECLS

#define SP_UPDATES_MAX 200       /* of each kind in one list */
#define SP_UPDATES_COUNT_MAX 1000 /* entries that are new are counted so far */

/**
 * SpUpdateCounts:
 * @conflicts: entries whose versions collide
 * @submissions: submissions that wait for an editor
 * @news: entries that others added or changed, at most %SP_UPDATES_COUNT_MAX
 *
 * How much came from others that a person has not looked at.
 */
typedef struct
{
  guint conflicts;
  guint submissions;
  guint news;
} SpUpdateCounts;

/**
 * SpUpdates:
 * @counts: how much there is
 * @conflicts: (element-type SpConflict): what collides, the newest first
 * @proposals: (element-type SpProposal): what waits for an editor
 * @own: (element-type SpProposal): what the account itself has proposed, whatever became of it
 * @news: (element-type SpNewsItem): what is new, the newest first
 * @last: how far @news reaches, for sp_store_mark_seen_async()
 *
 * What came from others, each list at most %SP_UPDATES_MAX long.
 */
typedef struct
{
  SpUpdateCounts counts;
  GPtrArray     *conflicts;
  GPtrArray     *proposals;
  GPtrArray     *own;
  GPtrArray     *news;
  gint64         last;
} SpUpdates;

void            sp_updates_free               (SpUpdates *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpUpdates, sp_updates_free)

void            sp_store_count_updates_async  (SpStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SpUpdateCounts *sp_store_count_updates_finish (SpStore *self, GAsyncResult *result, GError **error);
void            sp_store_read_updates_async   (SpStore *self, const char *account, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
SpUpdates      *sp_store_read_updates_finish  (SpStore *self, GAsyncResult *result, GError **error);
void            sp_store_mark_seen_async      (SpStore *self, gint64 last, GAsyncReadyCallback callback, gpointer user_data);
gboolean        sp_store_mark_seen_finish     (SpStore *self, GAsyncResult *result, GError **error);
void            sp_store_read_conflict_async  (SpStore *self, const char *id, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
SpConflict     *sp_store_read_conflict_finish (SpStore *self, GAsyncResult *result, GError **error);
void            sp_store_read_proposal_async  (SpStore *self, const char *id, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
SpProposal     *sp_store_read_proposal_finish (SpStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
