/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpStore: a store file for a program with a main loop. One thread owns the writing connection and keeps the order
 * of what is written; a few readers have connections of their own and see each commit (WAL). The main loop never
 * waits: the GTask is the request and the reply. A program without a main loop opens an SpDb and calls the
 * functions of this room itself. */
#include "sp-store.h"

#define READERS 3

typedef struct
{
  GThreadPool *pool;
  GAsyncQueue *free_dbs; /* of SpDb; taken by whichever thread of the pool runs */
  GPtrArray   *dbs;      /* of SpDb, owned; changed before the pool starts and after it stopped */
} Crew;

struct _SpStore
{
  GObject parent_instance;

  char *path;
  Crew *writer;  /* owned; one thread; NULL once closed */
  Crew *readers; /* owned; READERS threads */
  GMainContext *context; /* where “changed” is emitted: the one that opened the store */
};

G_DEFINE_FINAL_TYPE (SpStore, sp_store, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct
{
  SpStoreFunc    func;
  gpointer       data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  gboolean       writes;
} Job;

static void
free_job (Job *job)
{
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

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

/* On the writer's thread, after a commit. */
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

static void
interrupt_cb (GCancellable *cancellable, gpointer db)
{
  sp_db_interrupt (db);
}

/* Runs one job on one of the crew's threads. */
static void
run_job (GTask *task, SpDb *db)
{
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  gpointer result;
  gulong handler;

  if (g_task_return_error_if_cancelled (task))
    return;
  handler = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), db, NULL) : 0;
  result = job->func (db, job->data, cancellable, &error);
  g_cancellable_disconnect (cancellable, handler); /* waits for a handler that runs: none interrupts the next job */
  if (job->writes)
    {
      sp_db_rollback (db); /* nothing, unless the function left a transaction open */
      tell_changes (g_task_get_source_object (task), db);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->free_result);
}

static void
work (gpointer data, gpointer crew_data)
{
  g_autoptr (GTask) task = data;
  Crew *crew = crew_data;
  SpDb *db = g_async_queue_pop (crew->free_dbs); /* as many as threads, so there is always one */

  run_job (task, db);
  g_async_queue_push (crew->free_dbs, db);
}

/* Waits for what still runs; only on a thread that may wait. */
static void
crew_close (Crew *crew)
{
  if (crew->pool != NULL)
    g_thread_pool_free (crew->pool, FALSE, TRUE);
  g_ptr_array_unref (crew->dbs);
  g_async_queue_unref (crew->free_dbs);
  g_free (crew);
}

static Crew *
crew_open (const char *path, SpDbMode mode, guint size, GError **error)
{
  Crew *crew = g_new0 (Crew, 1);

  crew->free_dbs = g_async_queue_new ();
  crew->dbs = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_db_close);
  for (guint i = 0; i < size; i++)
    {
      SpDb *db = sp_db_open (path, mode, error);
      if (db == NULL)
        {
          crew_close (crew);
          return NULL;
        }
      g_ptr_array_add (crew->dbs, db);
      g_async_queue_push (crew->free_dbs, db);
    }
  crew->pool = g_thread_pool_new (work, crew, (int) size, FALSE, NULL);
  return crew;
}

typedef struct
{
  Crew *writer;
  Crew *readers;
} Crews;

/* The readers first: the last connection to close folds the log into the file, and a reader could not. */
static gpointer
close_crews (gpointer data)
{
  Crews *crews = data;

  g_clear_pointer (&crews->readers, crew_close);
  g_clear_pointer (&crews->writer, crew_close);
  g_free (crews);
  return NULL;
}

static Crews *
take_crews (SpStore *self)
{
  Crews *crews = g_new0 (Crews, 1);

  crews->writer = g_steal_pointer (&self->writer);
  crews->readers = g_steal_pointer (&self->readers);
  return crews;
}

/* The last reference can fall on one of the store's own threads, which cannot wait for itself. */
static void
sp_store_finalize (GObject *object)
{
  SpStore *self = SP_STORE (object);

  if (self->writer != NULL || self->readers != NULL)
    g_thread_unref (g_thread_new ("sp-store-close", close_crews, take_crews (self)));
  g_free (self->path);
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
}

static void
sp_store_init (SpStore *self)
{
  self->context = g_main_context_ref_thread_default ();
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (SpStore) self = g_object_ref (data);
  GError *error = NULL;

  self->writer = crew_open (self->path, SP_DB_WRITE, 1, &error);
  if (self->writer != NULL)
    self->readers = crew_open (self->path, SP_DB_READ, READERS, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

/**
 * sp_store_open_async:
 * @path: the store file; made if it is not there
 * @cancellable: (nullable): stops it
 * @callback: called in this main context, which is also where #SpStore::changed will be emitted
 * @user_data: for @callback
 *
 * Opens a store and its connections, off the main loop.
 */
void
sp_store_open_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SpStore *self = g_object_new (SP_TYPE_STORE, NULL);

  self->path = g_strdup (path);
  g_task_set_source_tag (task, sp_store_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  g_task_run_in_thread (task, open_thread);
}

/**
 * sp_store_open_finish:
 * @result: what the callback got
 * @error: what sp_db_open() says
 *
 * Returns: (transfer full) (nullable): the store
 */
SpStore *
sp_store_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
 * Ends a store in order. What is asked of it afterwards fails.
 */
void
sp_store_close_async (SpStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, sp_store_close_async);
  g_task_set_task_data (task, take_crews (self), NULL); /* close_crews() frees it */
  g_task_run_in_thread (task, close_thread);
}

gboolean
sp_store_close_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
sp_store_get_path (SpStore *self)
{
  g_return_val_if_fail (SP_IS_STORE (self), NULL);
  return self->path;
}

static void
push_job (SpStore *self, Crew *crew, Job *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, push_job);
  g_task_set_task_data (task, job, (GDestroyNotify) free_job);
  if (crew == NULL)
    g_task_return_new_error (task, SP_ERROR, SP_ERROR_FAILED, "The store is closed");
  else
    g_thread_pool_push (crew->pool, g_steal_pointer (&task), NULL);
}

static Job *
new_job (SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result, gboolean writes)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ func, data, free_data, free_result, writes };
  return job;
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
  g_return_if_fail (SP_IS_STORE (self));
  push_job (self, self->readers, new_job (func, data, free_data, free_result, FALSE), cancellable, callback, user_data);
}

/**
 * sp_store_write_async:
 * @self: a store
 * @func: the work; a transaction that it leaves open is rolled back
 * @data: (transfer full): for @func; a copy or immutable, for another thread gets it
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody took
 * @cancellable: (nullable): interrupts it, also within a statement
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Has @func run on the writer, after everything that was asked of it before. #SpStore::changed follows the commit.
 */
void
sp_store_write_async (SpStore *self, SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SP_IS_STORE (self));
  push_job (self, self->writer, new_job (func, data, free_data, free_result, TRUE), cancellable, callback, user_data);
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
