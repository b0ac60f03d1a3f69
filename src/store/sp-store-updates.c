/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came from others, for a program with a main loop: what collides, what is proposed, what is new. */
#include "sp-store-updates.h"

/**
 * sp_updates_free:
 * @self: (transfer full): updates
 */
void
sp_updates_free (SpUpdates *self)
{
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_clear_pointer (&self->news, g_ptr_array_unref);
  g_free (self);
}

static gboolean
count_all (SpDb *db, SpUpdateCounts *counts, GError **error)
{
  return sp_resolve_count (db, &counts->conflicts, error)
         && sp_submissions_count (db, &counts->submissions, error)
         && sp_news_count (db, SP_UPDATES_COUNT_MAX, &counts->news, error);
}

/* On a reader. */
static gpointer
count_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree SpUpdateCounts *counts = g_new0 (SpUpdateCounts, 1);

  return count_all (db, counts, error) ? g_steal_pointer (&counts) : NULL;
}

/**
 * sp_store_count_updates_async:
 * @self: a store
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Counts what came from others. Costs little, whatever the size of the store.
 */
void
sp_store_count_updates_async (SpStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, count_job, NULL, NULL, g_free, cancellable, callback, user_data);
}

/**
 * sp_store_count_updates_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): the numbers; free with g_free()
 */
SpUpdateCounts *
sp_store_count_updates_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}

/* Each submission beside its entry. One that was taken back in this moment is left out. */
static GPtrArray *
look_at_all (SpDb *db, GPtrArray *submissions)
{
  GPtrArray *proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_proposal_free);

  for (guint i = 0; i < submissions->len; i++)
    {
      SpProposal *proposal = sp_submissions_look (db, ((const SpSubmission *) g_ptr_array_index (submissions, i))->id, NULL);
      if (proposal != NULL)
        g_ptr_array_add (proposals, proposal);
    }
  return proposals;
}

static GPtrArray *
read_proposals (SpDb *db, const char *account, gboolean waiting, GError **error)
{
  g_autoptr (GPtrArray) submissions = sp_submissions_list (db, account, waiting, SP_UPDATES_MAX, error);

  return submissions != NULL ? look_at_all (db, submissions) : NULL;
}

/* On a reader. How far it reaches is read first: what comes meanwhile is then still new when this was seen. */
static gpointer
read_job (SpDb *db, gpointer account, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpUpdates) updates = g_new0 (SpUpdates, 1);

  if (!sp_news_get_last (db, &updates->last, error) || !count_all (db, &updates->counts, error)
      || (updates->conflicts = sp_resolve_list (db, SP_UPDATES_MAX, error)) == NULL
      || (updates->proposals = read_proposals (db, NULL, TRUE, error)) == NULL
      || (updates->news = sp_news_list (db, SP_UPDATES_MAX, error)) == NULL)
    return NULL;
  updates->own = account != NULL ? read_proposals (db, account, FALSE, error)
                                 : g_ptr_array_new_with_free_func ((GDestroyNotify) sp_proposal_free);
  return updates->own != NULL ? g_steal_pointer (&updates) : NULL;
}

/**
 * sp_store_read_updates_async:
 * @self: a store
 * @account: (nullable): whose own submissions to read as well
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads what came from others.
 */
void
sp_store_read_updates_async (SpStore *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, read_job, g_strdup (account), g_free, (GDestroyNotify) sp_updates_free, cancellable, callback, user_data);
}

/**
 * sp_store_read_updates_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): what came
 */
SpUpdates *
sp_store_read_updates_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}

/* On the writer. */
static gpointer
mark_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_news_mark_seen (db, *(gint64 *) data, error) ? data : NULL;
}

/**
 * sp_store_mark_seen_async:
 * @self: a store
 * @last: the last of #SpUpdates
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Remembers that a person has seen what is new so far. No document changes.
 */
void
sp_store_mark_seen_async (SpStore *self, gint64 last, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_write_async (self, mark_job, g_memdup2 (&last, sizeof last), g_free, NULL, NULL, callback, user_data);
}

/**
 * sp_store_mark_seen_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_store_mark_seen_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error) != NULL;
}

/* On a reader. */
static gpointer
conflict_job (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  return sp_resolve_look (db, id, error);
}

/**
 * sp_store_read_conflict_async:
 * @self: a store
 * @id: document id
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads what collides in an entry, as sp_resolve_look() does.
 */
void
sp_store_read_conflict_async (SpStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, conflict_job, g_strdup (id), g_free, (GDestroyNotify) sp_conflict_free, cancellable, callback, user_data);
}

/**
 * sp_store_read_conflict_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %SP_ERROR_INVALID if nothing collides any more, %SP_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): what collides
 */
SpConflict *
sp_store_read_conflict_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}

/* On a reader. */
static gpointer
proposal_job (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  return sp_submissions_look (db, id, error);
}

/**
 * sp_store_read_proposal_async:
 * @self: a store
 * @id: document id of a submission
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads a submission beside its entry, as sp_submissions_look() does.
 */
void
sp_store_read_proposal_async (SpStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, proposal_job, g_strdup (id), g_free, (GDestroyNotify) sp_proposal_free, cancellable, callback, user_data);
}

/**
 * sp_store_read_proposal_finish:
 * @self: a store
 * @result: what the callback got
 * @error: as of sp_submissions_look()
 *
 * Returns: (transfer full) (nullable): the submission
 */
SpProposal *
sp_store_read_proposal_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}
