/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpStore: a store file for a program with a main loop. One thread owns the writing connection and keeps the order
 * of what is written; a few readers have connections of their own and see each commit (WAL). The main loop never
 * waits: the GTask is the request and the reply. A program without a main loop opens an SpDb and calls the
 * functions of this room itself. */
#include "sp-store-private.h"

#include "sp-crew.h"
#include "sp-erase.h"

#include <glib/gi18n-lib.h>

#define READERS 3

struct _SpStore
{
  GObject parent_instance;

  char         *path;
  SpDbMode      mode;    /* of the writer */
  GMutex        lock;    /* of @crews: a job is asked for on any thread */
  SpCrew       *crews[SP_STORE_N_CREWS]; /* owned; NULL once closed */
  GMainContext *context; /* where signals are emitted: the one that opened the store */
  GCancellable *closing; /* stops what the store does of itself */
  GSource      *days;    /* owned, nullable: looks whether a backup is due */
  gint          cleans;  /* atomic: whether bytes of what was erased will be taken out in a moment */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (SpStore, sp_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SP_TYPE_RESULT_SOURCE, sp_store_result_source_init))

enum { CHANGED, BACKED_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct
{
  GWeakRef store;
  GStrv    ids;
} Changed;

static void
free_changed (Changed *changed)
{
  g_weak_ref_clear (&changed->store);
  g_strfreev (changed->ids);
  g_free (changed);
}

static gboolean
emit_changed_cb (gpointer data)
{
  Changed *changed = data;
  g_autoptr (SpStore) self = g_weak_ref_get (&changed->store);

  if (self != NULL)
    g_signal_emit (self, signals[CHANGED], 0, changed->ids);
  return G_SOURCE_REMOVE;
}

static void
tell_changes (SpStore *self, SpDb *db)
{
  g_autoptr (GPtrArray) ids = sp_db_take_changes (db);
  g_autoptr (GSource) source = NULL;
  Changed *changed;

  if (ids->len == 0)
    return;
  g_ptr_array_set_free_func (ids, NULL);
  g_ptr_array_add (ids, NULL);
  changed = g_new0 (Changed, 1);
  g_weak_ref_init (&changed->store, self);
  changed->ids = (GStrv) g_ptr_array_steal (ids, NULL);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_changed_cb, changed, (GDestroyNotify) free_changed);
  g_source_attach (source, self->context);
}

/* On the writer's thread. */
static void
written (gpointer source, SpDb *db)
{
  sp_db_rollback (db); /* nothing, unless the job left a transaction open */
  tell_changes (source, db);
  if (sp_store_needs_cleaning (db))
    sp_store_clean_later (source, db, SP_STORE (source)->context, &SP_STORE (source)->cleans);
}

typedef struct
{
  SpCrew *crews[SP_STORE_N_CREWS];
} Crews;

/* The writer last: the last connection to close folds the log into the file, and a reader could not. */
static gpointer
close_crews (gpointer data)
{
  Crews *crews = data;

  for (guint i = SP_STORE_N_CREWS; i-- > 0;)
    g_clear_pointer (&crews->crews[i], sp_crew_close);
  g_free (crews);
  return NULL;
}

static Crews *
take_crews (SpStore *self)
{
  Crews *crews = g_new0 (Crews, 1);

  g_cancellable_cancel (self->closing);
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < SP_STORE_N_CREWS; i++)
    crews->crews[i] = g_steal_pointer (&self->crews[i]);
  g_mutex_unlock (&self->lock);
  return crews;
}

static void
stop_watching_days (SpStore *self)
{
  if (self->days != NULL)
    g_source_destroy (self->days);
  g_clear_pointer (&self->days, g_source_unref);
}

/* The last reference can fall on one of the store's own threads, which cannot wait for itself. */
static void
sp_store_finalize (GObject *object)
{
  SpStore *self = SP_STORE (object);

  stop_watching_days (self);
  if (self->crews[SP_STORE_WRITER] != NULL)
    g_thread_unref (g_thread_new ("sp-store-close", close_crews, take_crews (self)));
  g_free (self->path);
  g_mutex_clear (&self->lock);
  g_object_unref (self->closing);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (sp_store_parent_class)->finalize (object);
}

static void
sp_store_class_init (SpStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_store_finalize;

  /**
   * SpStore::changed:
   * @self: the store
   * @ids: ids of the documents that one commit changed
   *
   * After each commit, in the main context that opened the store.
   */
  signals[CHANGED] = g_signal_new ("changed", SP_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRV);

  /**
   * SpStore::backed-up:
   * @self: the store
   * @path: (nullable): the automatic backup of today, which was just made
   * @error: (nullable): why it could not be made; it is tried again later
   *
   * In the main context that opened the store. There is nothing to hear while there is nothing to do.
   */
  signals[BACKED_UP] = g_signal_new ("backed-up", SP_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
sp_store_init (SpStore *self)
{
  g_mutex_init (&self->lock);
  self->closing = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
}

static gboolean
open_crew (SpStore *self, SpStoreCrew crew, SpDbMode mode, guint size, SpCrewDone done, GError **error)
{
  self->crews[crew] = sp_crew_open (self->path, mode, size, done, error);
  return self->crews[crew] != NULL;
}

/**
 * sp_store_new_closed:
 * @path: of a store file
 *
 * Returns: (transfer full): a store that belongs to this main context, for sp_store_open_here()
 */
SpStore *
sp_store_new_closed (const char *path)
{
  SpStore *self = g_object_new (SP_TYPE_STORE, NULL);

  self->path = g_strdup (path);
  return self;
}

/**
 * sp_store_open_here:
 * @self: a store that is not open
 * @error: what sp_db_open() says
 *
 * Opens its file and its connections, on a thread that may wait for the disk.
 *
 * Returns: whether that went well
 */
gboolean
sp_store_open_here (SpStore *self, GError **error)
{
  return open_crew (self, SP_STORE_WRITER, self->mode, 1, written, error)
         && open_crew (self, SP_STORE_READERS, SP_DB_READ, READERS, NULL, error)
         && open_crew (self, SP_STORE_KEEPER, SP_DB_READ, 1, NULL, error);
}

/**
 * sp_store_begin:
 * @self: a store that was just opened
 *
 * Has it see to its automatic backups, from the main loop, and to the bytes of what was erased.
 */
void
sp_store_begin (SpStore *self)
{
  self->days = sp_store_watch_days (self, self->context);
  sp_store_clean (self, FALSE);
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (SpStore) self = g_object_ref (data);
  GError *error = NULL;

  if (sp_store_open_here (self, &error))
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * sp_store_open_async:
 * @path: the store file; made if it is not there
 * @cancellable: (nullable): stops it
 * @callback: called in this main context, which is also where signals will be emitted
 * @user_data: for @callback
 *
 * Opens a store and its connections, off the main loop.
 */
void
sp_store_open_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_store_open_async);
  g_task_set_task_data (task, sp_store_new_closed (path), g_object_unref);
  g_task_run_in_thread (task, open_thread);
}

/**
 * sp_store_serve_async:
 * @path: the store file; made if it is not there
 * @cancellable: (nullable): stops it
 * @callback: called in this main context, which is also where signals will be emitted
 * @user_data: for @callback
 *
 * Does what sp_store_open_async() does for a store in which nobody searches: see %SP_DB_SERVE. End it with
 * sp_store_open_finish().
 */
void
sp_store_serve_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SpStore *self = sp_store_new_closed (path);

  self->mode = SP_DB_SERVE;
  g_task_set_source_tag (task, sp_store_serve_async);
  g_task_set_task_data (task, self, g_object_unref);
  g_task_run_in_thread (task, open_thread);
}

/**
 * sp_store_open_finish:
 * @result: what the callback got
 * @error: what sp_db_open() says
 *
 * From here on the store sees to its automatic backups, and to the bytes of what was erased.
 *
 * Returns: (transfer full) (nullable): the store
 */
SpStore *
sp_store_open_finish (GAsyncResult *result, GError **error)
{
  SpStore *self = g_task_propagate_pointer (G_TASK (result), error);

  if (self != NULL)
    sp_store_begin (self);
  return self;
}

/**
 * sp_store_put_off_backup:
 * @self: a store that was just opened
 * @seconds: how long to leave the disk and the processor to whoever opened it
 *
 * Looks only then whether the automatic backup of today is due.
 */
void
sp_store_put_off_backup (SpStore *self, guint seconds)
{
  g_return_if_fail (SP_IS_STORE (self));
  if (self->days != NULL)
    g_source_set_ready_time (self->days, g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC);
}

static void
close_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  close_crews (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * sp_store_close_async:
 * @self: a store
 * @callback: called when everything that was asked for is done and the file is closed
 * @user_data: for @callback
 *
 * Ends a store in order: in the main context that opened it. What is asked of it afterwards fails.
 */
void
sp_store_close_async (SpStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  stop_watching_days (self);
  sp_store_clean (self, TRUE);
  g_task_set_source_tag (task, sp_store_close_async);
  g_task_set_task_data (task, take_crews (self), NULL); /* close_crews() frees it */
  g_task_run_in_thread (task, close_thread);
}

/**
 * sp_store_close_finish:
 * @self: a store
 * @result: what the callback got
 * @error: why it failed
 *
 * Returns: whether all is done and the file closed
 */
gboolean
sp_store_close_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sp_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): path of its file, in the encoding of file names
 */
const char *
sp_store_get_path (SpStore *self)
{
  g_return_val_if_fail (SP_IS_STORE (self), NULL);
  return self->path;
}

/**
 * sp_store_get_closing:
 * @self: a store
 *
 * Returns: (transfer none): stops what the store does of itself, once it is being closed
 */
GCancellable *
sp_store_get_closing (SpStore *self)
{
  return self->closing;
}

/**
 * sp_store_push:
 * @self: a store
 * @crew: who shall do it
 * @task: (transfer full): a request with a job
 *
 * Has a job done, on whichever thread it is asked for; it fails if the store is closed.
 */
void
sp_store_push (SpStore *self, SpStoreCrew crew, GTask *task)
{
  gboolean is_open;

  g_mutex_lock (&self->lock);
  is_open = self->crews[crew] != NULL;
  if (is_open)
    sp_crew_push (self->crews[crew], task);
  g_mutex_unlock (&self->lock);
  if (is_open)
    return;
  g_task_return_new_error (task, SP_ERROR, SP_ERROR_FAILED, _("The store is closed"));
  g_object_unref (task);
}

/**
 * sp_store_read_async:
 * @self: a store
 * @func: the work; it must not write
 * @data: (transfer full): for @func; a copy or immutable, for another thread gets it
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody took
 * @cancellable: (nullable): interrupts it, also within a statement
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Has @func run on one of the readers.
 */
void
sp_store_read_async (SpStore *self, SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SP_IS_STORE (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sp_store_read_async);
  sp_crew_set_job (task, func, data, free_data, free_result);
  sp_store_push (self, SP_STORE_READERS, task);
}

/**
 * sp_store_write_async:
 * @self: a store
 * @func: the work; a transaction that it leaves open is rolled back
 * @data: (transfer full): for @func; a copy or immutable, for another thread gets it
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody took
 * @cancellable: (nullable): interrupts it, also within a statement; one that is through by then has succeeded
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Has @func run on the writer, after everything that was asked of it before. #SpStore::changed follows the commit.
 */
void
sp_store_write_async (SpStore *self, SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SP_IS_STORE (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sp_store_write_async);
  g_task_set_check_cancellable (task, FALSE); /* what is written is written, however late it was stopped */
  sp_crew_set_job (task, func, data, free_data, free_result);
  sp_store_push (self, SP_STORE_WRITER, task);
}

/**
 * sp_store_call_finish:
 * @self: a store
 * @result: what the callback got
 * @error: why it failed; %G_IO_ERROR_CANCELLED if it was stopped
 *
 * Returns: (transfer full) (nullable): what the function returned
 */
gpointer
sp_store_call_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_store_look:
 * @self: a store
 *
 * Another program may have written to the file: emits #SpStore::changed without ids, so that those look who wait for changes.
 */
void
sp_store_look (SpStore *self)
{
  const char *const none[] = { NULL };

  g_signal_emit (self, signals[CHANGED], 0, none);
}
