/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortlists for a program with a main loop. */
#include "sp-store-shortlists.h"

/* On a reader. */
static gpointer
list_all (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_shortlists_list (db, error);
}

/**
 * sp_store_list_shortlists_async:
 * @self: a store
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads all shortlists, as sp_shortlists_list() does.
 */
void
sp_store_list_shortlists_async (SpStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, list_all, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * sp_store_list_shortlists_finish:
 * @self: a store
 * @result: what the callback got
 * @error: as of sp_shortlists_list()
 *
 * Returns: (transfer full) (nullable) (element-type SpShortlist): the lists
 */
GPtrArray *
sp_store_list_shortlists_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}

/* On a reader. */
static gpointer
get_one (SpDb *db, gpointer n, GCancellable *cancellable, GError **error)
{
  return sp_shortlists_get (db, *(gint64 *) n, TRUE, error);
}

/**
 * sp_store_get_shortlist_async:
 * @self: a store
 * @n: number of the list
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads one shortlist with what its entries say now.
 */
void
sp_store_get_shortlist_async (SpStore *self, gint64 n, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, get_one, g_memdup2 (&n, sizeof n), g_free, (GDestroyNotify) sp_shortlist_free, cancellable,
                       callback, user_data);
}

/**
 * sp_store_get_shortlist_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the list
 */
SpShortlist *
sp_store_get_shortlist_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}

/* A change on its way to the writer; owns all it points to. */
typedef struct
{
  SpShortlistChange change;
  char             *id;
  char             *text;
  SpShortlist      *whole;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_free (job->id);
  g_free (job->text);
  g_clear_pointer (&job->whole, sp_shortlist_free);
  g_free (job);
}

typedef struct
{
  SpShortlist *before;
  SpShortlist *after;
} Changed;

static void
free_changed (gpointer data)
{
  Changed *changed = data;

  g_clear_pointer (&changed->before, sp_shortlist_free);
  g_clear_pointer (&changed->after, sp_shortlist_free);
  g_free (changed);
}

/* On the writer. */
static gpointer
change_one (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  Changed *changed = g_new0 (Changed, 1);

  if (sp_shortlists_change (db, &job->change, &changed->before, &changed->after, error))
    return changed;
  g_free (changed);
  return NULL;
}

/**
 * sp_store_change_shortlist_async:
 * @self: a store
 * @change: what to do; copied
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Makes one change, as sp_shortlists_change() does. It cannot be stopped.
 */
void
sp_store_change_shortlist_async (SpStore *self, const SpShortlistChange *change, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->id = g_strdup (change->id);
  job->text = g_strdup (change->text);
  job->whole = change->whole != NULL ? sp_shortlist_copy (change->whole) : NULL;
  job->change = (SpShortlistChange){ change->action, change->list, job->id, job->text, change->position, job->whole };
  sp_store_write_async (self, change_one, job, free_job, free_changed, NULL, callback, user_data);
}

/**
 * sp_store_change_shortlist_finish:
 * @self: a store
 * @result: what the callback got
 * @before: (out) (optional) (nullable) (transfer full): as of sp_shortlists_change()
 * @after: (out) (optional) (nullable) (transfer full): likewise
 * @error: as of sp_shortlists_change()
 *
 * Returns: whether it was made
 */
gboolean
sp_store_change_shortlist_finish (SpStore *self, GAsyncResult *result, SpShortlist **before, SpShortlist **after, GError **error)
{
  Changed *changed = sp_store_call_finish (self, result, error);

  if (before != NULL)
    *before = changed != NULL ? g_steal_pointer (&changed->before) : NULL;
  if (after != NULL)
    *after = changed != NULL ? g_steal_pointer (&changed->after) : NULL;
  if (changed == NULL)
    return FALSE;
  free_changed (changed);
  return TRUE;
}
