/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpStoreOpening: opens a store in a thread while the main loop does not run yet, and hands it over to who asks. */
#include "sp-store-opening.h"

#include "sp-store-private.h"

struct _SpStoreOpening
{
  gatomicrefcount refs; /* of who started it, and of the thread */
  GMutex          lock; /* of what follows */
  SpStore        *store;   /* owned */
  GError         *error;   /* owned, nullable */
  GTask          *waiting; /* owned, nullable: somebody asked before it was done */
  gboolean        is_done;
};

static void
unref_opening (SpStoreOpening *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->store);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gpointer
open_thread (gpointer data)
{
  SpStoreOpening *self = data;
  GError *error = NULL;
  GTask *waiting;

  sp_store_open_here (self->store, &error);
  g_mutex_lock (&self->lock);
  self->error = error;
  self->is_done = TRUE;
  waiting = g_steal_pointer (&self->waiting);
  g_mutex_unlock (&self->lock);
  if (waiting != NULL)
    {
      g_task_return_boolean (waiting, TRUE);
      g_object_unref (waiting);
    }
  unref_opening (self);
  return NULL;
}

/**
 * sp_store_opening_start:
 * @path: the store file; made if it is not there
 *
 * Begins to open a store, in a thread. Its signals will be emitted in this main context.
 *
 * Returns: (transfer full): the opening
 */
SpStoreOpening *
sp_store_opening_start (const char *path)
{
  SpStoreOpening *self = g_new0 (SpStoreOpening, 1);

  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_inc (&self->refs);
  g_mutex_init (&self->lock);
  self->store = sp_store_new_closed (path);
  g_thread_unref (g_thread_new ("sp-store-open", open_thread, self));
  return self;
}

/**
 * sp_store_opening_free:
 * @self: (transfer full): an opening that nobody waits for
 *
 * A store that nobody took is closed again.
 */
void
sp_store_opening_free (SpStoreOpening *self)
{
  unref_opening (self);
}

/**
 * sp_store_opening_is_done:
 * @self: an opening
 *
 * Returns: whether the store is open, or cannot be opened: sp_store_opening_take() says which
 */
gboolean
sp_store_opening_is_done (SpStoreOpening *self)
{
  gboolean is_done;

  g_mutex_lock (&self->lock);
  is_done = self->is_done;
  g_mutex_unlock (&self->lock);
  return is_done;
}

/**
 * sp_store_opening_take:
 * @self: an opening that is done, and was not asked before
 * @error: what sp_db_open() says
 *
 * Takes the store. From here on it sees to its automatic backups.
 *
 * Returns: (transfer full) (nullable): the store
 */
SpStore *
sp_store_opening_take (SpStoreOpening *self, GError **error)
{
  SpStore *store;

  g_return_val_if_fail (sp_store_opening_is_done (self), NULL);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }
  store = g_steal_pointer (&self->store);
  sp_store_begin (store);
  return store;
}

/**
 * sp_store_opening_wait_async:
 * @self: an opening
 * @callback: called in this main context once it is done, later than now
 * @user_data: for @callback
 */
void
sp_store_opening_wait_async (SpStoreOpening *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, sp_store_opening_wait_async);
  g_mutex_lock (&self->lock);
  if (!self->is_done)
    self->waiting = g_steal_pointer (&task);
  g_mutex_unlock (&self->lock);
  if (task == NULL)
    return;
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}
