/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store's automatic backups: one a day, without being asked. They are read through a connection of their own, so
 * that neither who saves nor who searches waits for one. */
#include "sp-backup.h"
#include "sp-crew.h"
#include "sp-store-private.h"

#define LOOK_S (15 * 60) /* how often to see whether a day has begun */

static gpointer
back_up (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  char *made = NULL;

  sp_backup_automatic (db, &made, cancellable, error);
  return made;
}

/**
 * sp_store_back_up_async:
 * @self: a store
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Makes the automatic backup of today, unless there is one, as the store does by itself when it is opened and whenever
 * a day has begun. It goes on beside all other work, and closing the store stops it.
 */
void
sp_store_back_up_async (SpStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SP_IS_STORE (self));
  task = g_task_new (self, sp_store_get_closing (self), callback, user_data);
  g_task_set_source_tag (task, sp_store_back_up_async);
  sp_crew_set_job (task, back_up, NULL, NULL, g_free);
  sp_store_push (self, SP_STORE_KEEPER, task);
}

/**
 * sp_store_back_up_finish:
 * @self: a store
 * @result: what the callback got
 * @error: as of sp_backup_automatic()
 *
 * Returns: (transfer full) (nullable): the new backup; %NULL without @error if there was one of today
 */
char *
sp_store_back_up_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpStore *self = SP_STORE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = sp_store_back_up_finish (self, result, &error);

  if ((path != NULL || error != NULL) && !g_cancellable_is_cancelled (sp_store_get_closing (self)))
    g_signal_emit_by_name (self, "backed-up", path, error);
}

static gboolean
look_cb (gpointer weak_store)
{
  g_autoptr (SpStore) self = g_weak_ref_get (weak_store);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  sp_store_back_up_async (self, backed_up_cb, NULL);
  return G_SOURCE_CONTINUE;
}

static void
free_weak_store (gpointer weak_store)
{
  g_weak_ref_clear (weak_store);
  g_free (weak_store);
}

/**
 * sp_store_watch_days:
 * @self: a store that was just opened
 * @context: where to look at the clock, and to emit #SpStore::backed-up; the current one
 *
 * Begins to make a backup a day: the first as soon as the main loop is free.
 *
 * Returns: (transfer full): destroy it to end that
 */
GSource *
sp_store_watch_days (SpStore *self, GMainContext *context)
{
  GSource *source = g_timeout_source_new_seconds (LOOK_S);
  GWeakRef *weak_store = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak_store, self);
  g_source_set_callback (source, look_cb, weak_store, free_weak_store);
  g_source_set_ready_time (source, 0);
  g_source_attach (source, context);
  return source;
}
