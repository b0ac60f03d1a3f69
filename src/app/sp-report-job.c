/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpReportJob: what a search finds, or given entries, as pages, for a window. The readers of the store read it in short jobs,
 * one after the other; then a thread draws the pages, into a file or for a printer. The main loop hears how far it is. */
#include "sp-report-job.h"

#include "sp-area-cache.h"
#include "sp-clock.h"
#include "sp-docs.h"
#include "sp-facts.h"
#include "sp-gazetteer.h"
#include "sp-link-cache.h"
#include "sp-search.h"

#define BATCH 200      /* entries of one job */
#define TICK_MS 100    /* between two looks at how far the thread is */
#define READ_SHARE 0.3 /* of the whole time, for reading */

/* One pass. Between jobs it is the main loop's, within a job the thread's. */
typedef struct
{
  SpQuery       *query;     /* nullable: there are ids */
  GStrv          ids;       /* nullable */
  SpReportChoice choice;
  char          *area_kind; /* nullable */
  char          *title;     /* nullable */
  SpFreshnessRules rules;
  GFile         *file;      /* nullable: for a printer */
  SpLinkCache   *links;
  SpAreaCache   *areas;     /* nullable */
  GCancellable  *cancellable;

  SpMapDots     *dots;   /* nullable: not read yet */
  SpHits        *hits;   /* nullable: not searched yet, or there are ids */
  SpReport      *report; /* nullable: not begun */
  GPtrArray     *pages;  /* nullable */
  guint          at;     /* how many entries are read */
  guint          n;      /* of how many */
  guint          tick;   /* source; 0 unless the pages are being drawn */
} Pass;

struct _SpReportJob
{
  GObject parent_instance;

  SpStore *store; /* owned */
  SpQuery *query; /* owned, nullable */
  GStrv    ids;   /* owned, nullable */
  SpFreshnessRules rules;
  SpNation nation;
  char    *terms; /* owned, nullable */
  double   progress;
};

G_DEFINE_FINAL_TYPE (SpReportJob, sp_report_job, G_TYPE_OBJECT)

enum { PROGRESSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
pass_free (gpointer data)
{
  Pass *pass = data;

  g_clear_object (&pass->query);
  g_strfreev (pass->ids);
  g_free (pass->area_kind);
  g_free (pass->title);
  g_clear_object (&pass->file);
  g_clear_object (&pass->cancellable);
  sp_link_cache_free (pass->links);
  g_clear_pointer (&pass->areas, sp_area_cache_free);
  g_clear_pointer (&pass->hits, sp_hits_free);
  g_clear_pointer (&pass->report, sp_report_free);
  g_clear_pointer (&pass->dots, sp_map_dots_unref);
  g_clear_pointer (&pass->pages, g_ptr_array_unref);
  g_clear_handle_id (&pass->tick, g_source_remove);
  g_free (pass);
}

/* ── On a thread of the store ── */

static void
add_position (double latitude, double longitude, gpointer positions)
{
  SpMapPosition position = { (float) latitude, (float) longitude };

  g_array_append_val ((GArray *) positions, position);
}

/* Postcodes, which show on the map where people live. */
static gboolean
read_dots (Pass *pass, SpDb *db, GError **error)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (SpMapPosition));

  if (!sp_gazetteer_foreach_postcode (db, add_position, positions, pass->cancellable, error))
    return FALSE;
  pass->dots = sp_map_dots_new ((const SpMapPosition *) (gpointer) positions->data, positions->len);
  return TRUE;
}

static void
make_report (Pass *pass)
{
  g_autofree char *filtered = pass->query != NULL ? sp_query_describe (pass->query) : NULL;
  SpReportOptions options = {
    .kind = pass->choice.kind, .full = pass->choice.full, .overdue = pass->choice.overdue, .large = pass->choice.large,
    .by_area = pass->areas != NULL, .without = pass->choice.without, .title = pass->title, .filtered = filtered,
    .rules = pass->rules, .now = sp_clock_now_civil (), .dots = pass->dots,
  };

  pass->report = sp_report_new (&options);
}

static gboolean
begin (Pass *pass, SpDb *db, GError **error)
{
  if (pass->report != NULL)
    return TRUE;
  if (!read_dots (pass, db, error))
    return FALSE;
  if (pass->query != NULL && (pass->hits = sp_search_find (db, pass->query, pass->cancellable, error)) == NULL)
    return FALSE;
  pass->n = pass->hits != NULL ? pass->hits->hits->len : g_strv_length (pass->ids);
  make_report (pass);
  return TRUE;
}

static gboolean
add_asset (Pass *pass, SpDb *db, const SpNode *asset, GError **error)
{
  const char *area = NULL;
  const SpNode *venue;
  SpCalendar calendar;

  if (!sp_link_cache_read (pass->links, db, asset, &venue, &calendar, error)
      || (pass->areas != NULL && !sp_area_cache_find (pass->areas, db, asset, venue, &area, error)))
    return FALSE;
  sp_report_add (pass->report, asset, venue, &calendar, area);
  return TRUE;
}

/* One that was deleted since is left out. */
static gboolean
read_id (Pass *pass, SpDb *db, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, &problem);
  g_autoptr (SpNode) asset = doc != NULL && !doc->deleted && doc->body != NULL ? sp_node_parse (doc->body, -1, NULL) : NULL;

  if (asset != NULL)
    return add_asset (pass, db, asset, error);
  if (doc != NULL || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
read_ids (Pass *pass, SpDb *db, GError **error)
{
  for (guint end = MIN (pass->at + BATCH, pass->n); pass->at < end; pass->at++)
    if (!read_id (pass, db, pass->ids[pass->at], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_hits (Pass *pass, SpDb *db, GError **error)
{
  guint n = MIN (BATCH, pass->n - pass->at);
  g_autoptr (GPtrArray) assets = NULL;

  if (n == 0)
    return TRUE;
  assets = sp_search_load (db, &g_array_index (pass->hits->hits, SpHit, pass->at), n, error);
  if (assets == NULL)
    return FALSE;
  for (guint i = 0; i < assets->len; i++)
    if (sp_node_get_length (g_ptr_array_index (assets, i)) > 0 /* else it was deleted since */
        && !add_asset (pass, db, g_ptr_array_index (assets, i), error))
      return FALSE;
  pass->at += n;
  return TRUE;
}

/* SpStoreFunc */
static gpointer
read_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Pass *pass = data;
  gboolean well = !g_cancellable_set_error_if_cancelled (pass->cancellable, error) && begin (pass, db, error)
                  && (pass->hits != NULL ? read_hits (pass, db, error) : read_ids (pass, db, error));

  return well ? pass : NULL;
}

/* ── On a thread of its own ── */

static void
draw_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Pass *pass = data;
  GError *error = NULL;

  if (pass->file == NULL)
    pass->pages = sp_report_draw_pages (pass->report, pass->cancellable, &error);
  else
    sp_report_write (pass->report, pass->file, pass->cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* ── On the main loop ── */

static void
tell_progress (SpReportJob *self, double progress)
{
  self->progress = progress;
  g_signal_emit (self, signals[PROGRESSED], 0);
}

static gboolean
tick_cb (gpointer data)
{
  GTask *task = data;
  Pass *pass = g_task_get_task_data (task);

  tell_progress (g_task_get_source_object (task), READ_SHARE + (1 - READ_SHARE) * sp_report_get_progress (pass->report));
  return G_SOURCE_CONTINUE;
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Pass *pass = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_handle_id (&pass->tick, g_source_remove);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* @task: (transfer full): it holds the pass, and is held, until the thread is done. */
static void
draw (GTask *task)
{
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (GTask) drawing = g_task_new (NULL, NULL, drawn_cb, task);

  pass->tick = g_timeout_add (TICK_MS, tick_cb, task);
  g_task_set_task_data (drawing, pass, NULL);
  g_task_run_in_thread (drawing, draw_job);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpReportJob *self = g_task_get_source_object (task);
  Pass *pass = g_task_get_task_data (task);
  GError *error = NULL;

  if (sp_store_call_finish (SP_STORE (source), result, &error) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  tell_progress (self, READ_SHARE * pass->at / MAX (pass->n, 1));
  if (pass->at < pass->n)
    sp_store_read_async (self->store, read_job, pass, NULL, NULL, NULL, read_cb, g_steal_pointer (&task));
  else
    draw (g_steal_pointer (&task));
}

static void
sp_report_job_finalize (GObject *object)
{
  SpReportJob *self = SP_REPORT_JOB (object);

  g_object_unref (self->store);
  g_clear_object (&self->query);
  g_strfreev (self->ids);
  g_free (self->terms);
  G_OBJECT_CLASS (sp_report_job_parent_class)->finalize (object);
}

static void
sp_report_job_class_init (SpReportJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_report_job_finalize;

  /**
   * SpReportJob::progressed:
   * @self: the job
   *
   * It is a little further.
   */
  signals[PROGRESSED] = g_signal_new ("progressed", SP_TYPE_REPORT_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_report_job_init (SpReportJob *self)
{
}

/**
 * sp_report_job_new:
 * @store: the store, opened in this main context
 * @query: (nullable): what to print, with its places looked up; copied, and without its limit
 * @ids: (nullable) (array zero-terminated=1): the entries to print instead, in their order
 * @settings: (nullable): what the user has set, of holidays, terms and when facts are due
 *
 * Returns: (transfer full): a job that has not begun
 */
SpReportJob *
sp_report_job_new (SpStore *store, SpQuery *query, const char * const *ids, GSettings *settings)
{
  SpReportJob *self = g_object_new (SP_TYPE_REPORT_JOB, NULL);

  self->store = g_object_ref (store);
  self->ids = g_strdupv ((char **) ids);
  self->nation = sp_facts_get_nation (settings);
  self->terms = settings != NULL ? g_settings_get_string (settings, "term-calendar") : NULL;
  sp_facts_read_rules (settings, &self->rules);
  if (ids != NULL)
    return self;
  self->query = sp_query_copy (query);
  sp_query_set_limit (self->query, 0);
  return self;
}

/**
 * sp_report_job_run_async:
 * @self: a job that is not running
 * @choice: what the pages are to be; copied
 * @file: (nullable): what to write, a PDF; a file of that name is replaced when the new one is complete. %NULL for a printer
 * @cancellable: gives it up; nothing is left of the file
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Makes the pages. #SpReportJob::progressed tells how far it is.
 */
void
sp_report_job_run_async (SpReportJob *self, const SpReportChoice *choice, GFile *file, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data); /* a file that is complete by then stays */
  Pass *pass = g_new0 (Pass, 1);

  pass->query = self->query != NULL ? sp_query_copy (self->query) : NULL;
  pass->ids = g_strdupv (self->ids);
  pass->choice = *choice;
  pass->area_kind = g_strdup (choice->area_kind);
  pass->title = g_strdup (choice->title);
  pass->rules = self->rules;
  pass->file = file != NULL ? g_object_ref (file) : NULL;
  pass->links = sp_link_cache_new (self->nation, self->terms);
  pass->areas = pass->area_kind != NULL ? sp_area_cache_new (pass->area_kind) : NULL;
  pass->cancellable = g_object_ref (cancellable);
  self->progress = 0;
  g_task_set_source_tag (task, sp_report_job_run_async);
  g_task_set_task_data (task, pass, pass_free);
  sp_store_read_async (self->store, read_job, pass, NULL, NULL, NULL, read_cb, task);
}

/**
 * sp_report_job_run_finish:
 * @self: a job
 * @result: what the callback got
 * @pages: (out) (transfer full) (nullable) (element-type cairo_surface_t): a surface for each page, for a printer; %NULL if
 *   a file was written
 * @error: why there are no pages; %G_IO_ERROR_CANCELLED if they were given up
 *
 * Returns: (transfer none) (nullable): what the pages hold, as long as @result lives
 */
SpReport *
sp_report_job_run_finish (SpReportJob *self, GAsyncResult *result, GPtrArray **pages, GError **error)
{
  Pass *pass = g_task_get_task_data (G_TASK (result));

  *pages = g_steal_pointer (&pass->pages);
  return g_task_propagate_boolean (G_TASK (result), error) ? pass->report : NULL;
}

/**
 * sp_report_job_get_progress:
 * @self: a job
 *
 * Returns: how much is done, 0 to 1
 */
double sp_report_job_get_progress (SpReportJob *self) { return self->progress; }
