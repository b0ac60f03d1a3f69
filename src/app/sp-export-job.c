/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpExportJob: what a search finds, into a file, for a window. The readers of the store do it in short jobs, one after the
 * other; the main loop hears how far it is between them. The file takes its name only when it is complete. */
#include "sp-export-job.h"

#include "sp-clock.h"
#include "sp-link-cache.h"
#include "sp-search.h"
#include "sp-writer.h"

#define BATCH 200 /* entries of one job */

/* One pass. Between jobs it is the main loop's, within a job the thread's. */
typedef struct
{
  SpQuery      *query;
  GFile        *file;
  char         *format;
  SpExportMode  mode;
  SpLinkCache  *links;
  GCancellable *cancellable; /* nullable */

  SpHits       *hits;   /* nullable: not searched yet */
  SpWriter     *writer; /* nullable */
  SpDisclosure  disclosure;
  guint         at;     /* how many hits are through */
  gboolean      done;
} Pass;

struct _SpExportJob
{
  GObject parent_instance;

  SpStore *store; /* owned */
  SpQuery *query; /* owned; a copy */
  SpNation nation;
  char    *terms; /* owned, nullable */
  double   progress;
  guint    count;
  char    *withheld; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (SpExportJob, sp_export_job, G_TYPE_OBJECT)

enum { PROGRESSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
pass_free (gpointer data)
{
  Pass *pass = data;

  g_object_unref (pass->query);
  g_object_unref (pass->file);
  g_free (pass->format);
  g_clear_object (&pass->cancellable);
  g_clear_pointer (&pass->hits, sp_hits_free);
  g_clear_object (&pass->writer);
  sp_link_cache_free (pass->links);
  g_free (pass);
}

/* ── On a thread of the store ── */

static gboolean
begin (Pass *pass, SpDb *db, GError **error)
{
  g_autofree char *today = sp_clock_today_text (), *words = sp_query_describe (pass->query);

  if (pass->hits != NULL)
    return TRUE;
  sp_disclosure_init (&pass->disclosure, today);
  pass->disclosure.leave_overdue = pass->mode == SP_EXPORT_PUBLIC;
  pass->hits = sp_search_find (db, pass->query, pass->cancellable, error);
  if (pass->hits != NULL)
    pass->writer = sp_writer_open (pass->file, pass->format, pass->mode != SP_EXPORT_FULL ? &pass->disclosure : NULL, error);
  if (pass->writer == NULL)
    return FALSE;
  sp_writer_set_filtered (pass->writer, words);
  return TRUE;
}

static gboolean
write_asset (Pass *pass, SpDb *db, const SpNode *asset, GError **error)
{
  const SpNode *venue, *organisation;
  SpCalendar calendar;

  if (!sp_writer_wants_links (pass->writer))
    return sp_writer_add (pass->writer, asset, error);
  if (!sp_link_cache_read (pass->links, db, asset, &venue, &calendar, error)
      || !sp_link_cache_read_organisation (pass->links, db, asset, &organisation, error))
    return FALSE;
  sp_writer_set_organisation (pass->writer, organisation);
  return sp_writer_add_linked (pass->writer, asset, venue, &calendar, error);
}

static gboolean
write_batch (Pass *pass, SpDb *db, GError **error)
{
  guint n = MIN (BATCH, pass->hits->hits->len - pass->at);
  g_autoptr (GPtrArray) assets = NULL;

  if (n == 0)
    return TRUE;
  assets = sp_search_load (db, &g_array_index (pass->hits->hits, SpHit, pass->at), n, error);
  if (assets == NULL)
    return FALSE;
  for (guint i = 0; i < assets->len; i++)
    if (sp_node_get_length (g_ptr_array_index (assets, i)) > 0 /* else it was deleted since */
        && !write_asset (pass, db, g_ptr_array_index (assets, i), error))
      return FALSE;
  pass->at += n;
  return TRUE;
}

/* SpStoreFunc. A writer that is dropped before its end leaves nothing behind. */
static gpointer
run_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Pass *pass = data;
  gboolean well = !g_cancellable_set_error_if_cancelled (pass->cancellable, error) && begin (pass, db, error)
                  && write_batch (pass, db, error);

  if (well && pass->at == pass->hits->hits->len)
    well = pass->done = sp_writer_finish (pass->writer, error);
  if (!well)
    g_clear_object (&pass->writer);
  return well ? pass : NULL;
}

/* ── On the main loop ── */

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpExportJob *self = g_task_get_source_object (task);
  Pass *pass = g_task_get_task_data (task);
  GError *error = NULL;

  if (sp_store_call_finish (SP_STORE (source), result, &error) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->count = sp_writer_get_count (pass->writer);
  self->progress = pass->hits->hits->len > 0 ? (double) pass->at / pass->hits->hits->len : 1;
  g_signal_emit (self, signals[PROGRESSED], 0);
  if (!pass->done)
    {
      sp_store_read_async (self->store, run_job, pass, NULL, NULL, NULL, ran_cb, g_steal_pointer (&task));
      return;
    }
  g_free (self->withheld);
  self->withheld = sp_writer_describe (pass->writer);
  g_task_return_boolean (task, TRUE);
}

static void
sp_export_job_finalize (GObject *object)
{
  SpExportJob *self = SP_EXPORT_JOB (object);

  g_object_unref (self->store);
  g_object_unref (self->query);
  g_free (self->terms);
  g_free (self->withheld);
  G_OBJECT_CLASS (sp_export_job_parent_class)->finalize (object);
}

static void
sp_export_job_class_init (SpExportJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_export_job_finalize;

  /**
   * SpExportJob::progressed:
   * @self: the job
   *
   * Some more entries were written.
   */
  signals[PROGRESSED] = g_signal_new ("progressed", SP_TYPE_EXPORT_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_export_job_init (SpExportJob *self)
{
}

/**
 * sp_export_job_new:
 * @store: the store, opened in this main context
 * @query: what to write, with its places looked up; copied, and without its limit
 * @nation: whose bank holidays count where an entry does not say where it is
 * @terms: (nullable): id of the term calendar to go by; %NULL or empty for the first that the store has
 *
 * Returns: (transfer full): a job that has not begun
 */
SpExportJob *
sp_export_job_new (SpStore *store, SpQuery *query, SpNation nation, const char *terms)
{
  SpExportJob *self = g_object_new (SP_TYPE_EXPORT_JOB, NULL);

  self->store = g_object_ref (store);
  self->query = sp_query_copy (query);
  sp_query_set_limit (self->query, 0);
  self->nation = nation;
  self->terms = g_strdup (terms);
  return self;
}

/**
 * sp_export_job_run_async:
 * @self: a job that is not running
 * @file: what to write; a file of that name is replaced when the new one is complete
 * @format: one of sp_writer_get_formats()
 * @mode: for whom it is
 * @cancellable: (nullable): gives it up; nothing is left of the file
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Writes the file. #SpExportJob::progressed tells how far it is.
 */
void
sp_export_job_run_async (SpExportJob *self, GFile *file, const char *format, SpExportMode mode, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data); /* a file that is complete by then stays */
  Pass *pass = g_new0 (Pass, 1);

  pass->query = sp_query_copy (self->query);
  pass->file = g_object_ref (file);
  pass->format = g_strdup (format);
  pass->mode = mode;
  pass->links = sp_link_cache_new (self->nation, self->terms);
  if (cancellable != NULL)
    pass->cancellable = g_object_ref (cancellable);
  self->progress = 0;
  self->count = 0;
  g_task_set_source_tag (task, sp_export_job_run_async);
  g_task_set_task_data (task, pass, pass_free);
  sp_store_read_async (self->store, run_job, pass, NULL, NULL, NULL, ran_cb, task);
}

/**
 * sp_export_job_run_finish:
 * @self: a job
 * @result: what the callback got
 * @error: why there is no file; %G_IO_ERROR_CANCELLED if it was given up
 *
 * Returns: whether the file is there, complete
 */
gboolean
sp_export_job_run_finish (SpExportJob *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sp_export_job_get_progress:
 * @self: a job
 *
 * Returns: how much was written, 0 to 1
 */
double sp_export_job_get_progress (SpExportJob *self) { return self->progress; }

/**
 * sp_export_job_get_count:
 * @self: a job
 *
 * Returns: how many entries were written
 */
guint sp_export_job_get_count (SpExportJob *self) { return self->count; }

/**
 * sp_export_job_get_withheld:
 * @self: a job that is done
 *
 * Returns: (transfer none) (nullable): what is not in the file, in sentences; %NULL if all is
 */
const char *sp_export_job_get_withheld (SpExportJob *self) { return self->withheld; }
