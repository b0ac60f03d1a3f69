/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFetchJob: a list from the web, fetched on a thread of its own, while the main loop hears how far it is. */
#include "sp-fetch-job.h"

#include "sp-fetched.h"
#include "sp-harvest.h"
#include "sp-web-fetcher.h"

struct _SpFetchJob
{
  GObject parent_instance;

  GMainContext *context; /* owned; where the job was made */
  gint          read;    /* atomic; so are the others */
  gint          total;
  gint          told;    /* the main loop has not heard of the last step yet */
};

G_DEFINE_FINAL_TYPE (SpFetchJob, sp_fetch_job, G_TYPE_OBJECT)

enum { PROGRESSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
progressed_cb (gpointer data)
{
  SpFetchJob *self = data;

  g_atomic_int_set (&self->told, 0);
  g_signal_emit (self, signals[PROGRESSED], 0);
  return G_SOURCE_REMOVE;
}

/* SpHarvestFunc, on the thread. */
static void
progressed (guint read, guint total, gpointer data)
{
  SpFetchJob *self = data;

  g_atomic_int_set (&self->read, (gint) read);
  g_atomic_int_set (&self->total, (gint) total);
  if (g_atomic_int_compare_and_exchange (&self->told, 0, 1))
    g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT_IDLE, progressed_cb, g_object_ref (self), g_object_unref);
}

static void
run_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (SpFetcher) fetcher = sp_web_fetcher_new ();
  g_autofree char *folder = sp_fetched_get_folder (), *address = NULL;
  GError *error = NULL;
  GFile *file = sp_harvest_run (fetcher, data, folder, progressed, source, &address, cancellable, &error);

  if (file != NULL)
    g_task_return_pointer (task, sp_fetched_new (file, address, data), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
sp_fetch_job_finalize (GObject *object)
{
  g_main_context_unref (SP_FETCH_JOB (object)->context);
  G_OBJECT_CLASS (sp_fetch_job_parent_class)->finalize (object);
}

static void
sp_fetch_job_class_init (SpFetchJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_fetch_job_finalize;

  /**
   * SpFetchJob::progressed:
   * @self: the job
   *
   * Some more entries were read.
   */
  signals[PROGRESSED] = g_signal_new ("progressed", SP_TYPE_FETCH_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_fetch_job_init (SpFetchJob *self)
{
  self->context = g_main_context_ref_thread_default ();
}

/**
 * sp_fetch_job_new:
 *
 * Returns: (transfer full): a job that has not begun; its signal comes in this main context
 */
SpFetchJob *
sp_fetch_job_new (void)
{
  return g_object_new (SP_TYPE_FETCH_JOB, NULL);
}

/**
 * sp_fetch_job_run_async:
 * @self: a job that is not running
 * @url: see sp_harvest_run()
 * @cancellable: (nullable): gives it up; what was read is kept for a day, and gone on with
 * @callback: called in the caller's main context
 * @user_data: for @callback
 */
void
sp_fetch_job_run_async (SpFetchJob *self, const char *url, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_atomic_int_set (&self->read, 0);
  g_atomic_int_set (&self->total, 0);
  g_task_set_source_tag (task, sp_fetch_job_run_async);
  g_task_set_task_data (task, g_strdup (url), g_free);
  g_task_run_in_thread (task, run_thread);
}

/**
 * sp_fetch_job_run_finish:
 * @self: a job
 * @result: what the callback got
 * @error: %SP_ERROR with a sentence; %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the list, of which sp_fetched_get_address() tells where it was
 */
GFile *
sp_fetch_job_run_finish (SpFetchJob *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_fetch_job_get_read:
 * @self: a job
 *
 * Returns: how many entries of a feed were read
 */
guint sp_fetch_job_get_read (SpFetchJob *self) { return (guint) g_atomic_int_get (&self->read); }

/**
 * sp_fetch_job_get_total:
 * @self: a job
 *
 * Returns: how many the feed says it has; 0 if it does not say
 */
guint sp_fetch_job_get_total (SpFetchJob *self) { return (guint) g_atomic_int_get (&self->total); }
