/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCrew: threads with a connection each. The GTask is the request and the reply. */
#include "sp-crew.h"

#include "sp-point-table.h"
#include "sp-thread.h"

/* What a reader keeps of the file, in KiB. What is asked for again and again is small, and the rest is in the memory of
 * the operating system, which all programs share: a copy of it for each connection would only take room. */
#define READER_CACHE 6144

struct _SpCrew
{
  GThreadPool *pool;     /* as many threads as connections */
  GAsyncQueue *free_dbs; /* of SpDb; taken by whichever thread of the pool runs */
  GPtrArray   *dbs;      /* of SpDb, owned; changed before the pool starts and after it stopped */
  SpCrewDone   done;     /* nullable */
};

typedef struct
{
  SpStoreFunc    func;
  gpointer       data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static void
interrupt_cb (GCancellable *cancellable, gpointer db)
{
  sp_db_interrupt (db);
}

static void
run_job (SpCrew *self, GTask *task, SpDb *db)
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
  if (self->done != NULL)
    self->done (g_task_get_source_object (task), db);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->free_result);
}

static void
work (gpointer data, gpointer crew)
{
  SpCrew *self = crew;
  g_autoptr (GTask) task = data;
  SpDb *db = g_async_queue_pop (self->free_dbs); /* as many as threads, so there is always one */

  sp_thread_step_back ();
  run_job (self, task, db);
  g_async_queue_push (self->free_dbs, db);
}

static SpDb *
open_db (const char *path, SpDbMode mode, SpPointCache *cache, GError **error)
{
  SpDb *db = sp_db_open (path, mode, error);

  if (db != NULL && mode != SP_DB_READ)
    sp_db_watch_changes (db);
  if (db != NULL && mode == SP_DB_READ)
    {
      sqlite3_exec (sp_db_get_handle (db), "PRAGMA cache_size = -" G_STRINGIFY (READER_CACHE), NULL, NULL, NULL);
      sp_point_cache_give (cache, db);
    }
  return db;
}

/**
 * sp_crew_open:
 * @path: the store file
 * @mode: what the connections are for
 * @size: how many threads; 1 keeps the order of the jobs
 * @done: (nullable): called after each job
 * @error: what sp_db_open() says
 *
 * Opens the connections on the calling thread, which may wait for the disk.
 *
 * Returns: (transfer full) (nullable): the crew
 */
SpCrew *
sp_crew_open (const char *path, SpDbMode mode, guint size, SpCrewDone done, GError **error)
{
  g_autoptr (SpPointCache) cache = sp_point_cache_new ();
  SpCrew *self = g_new0 (SpCrew, 1);

  self->done = done;
  self->free_dbs = g_async_queue_new ();
  self->dbs = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_db_close);
  for (guint i = 0; i < size; i++)
    {
      SpDb *db = open_db (path, mode, cache, error);
      if (db == NULL)
        {
          sp_crew_close (self);
          return NULL;
        }
      g_ptr_array_add (self->dbs, db);
      g_async_queue_push (self->free_dbs, db);
    }
  self->pool = g_thread_pool_new (work, self, (int) size, FALSE, NULL);
  return self;
}

/**
 * sp_crew_set_job:
 * @task: a request
 * @func: the work
 * @data: (transfer full): for @func
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody took
 *
 * Says what sp_crew_push() shall have done.
 */
void
sp_crew_set_job (GTask *task, SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ func, data, free_data, free_result };
  g_task_set_task_data (task, job, free_job);
}

/**
 * sp_crew_push:
 * @self: a crew
 * @task: (transfer full): a request with a job
 *
 * Has the job done as soon as a thread is free.
 */
void
sp_crew_push (SpCrew *self, GTask *task)
{
  g_thread_pool_push (self->pool, task, NULL);
}

/**
 * sp_crew_close:
 * @self: (transfer full): a crew
 *
 * Does what was asked for and closes the connections. It waits: not on the main loop, and on no thread of the crew.
 */
void
sp_crew_close (SpCrew *self)
{
  if (self->pool != NULL)
    g_thread_pool_free (self->pool, FALSE, TRUE);
  g_ptr_array_unref (self->dbs);
  g_async_queue_unref (self->free_dbs);
  g_free (self);
}
