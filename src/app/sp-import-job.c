/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpImportJob: lists from files into a store, for a window: first as a preview that only looks, then in earnest. The work
 * is done by the threads of the store in short jobs, one after the other, so that nobody waits long for a connection; the
 * main loop hears how far it is between them. What it is given up at is taken back. */
#include "sp-import-job.h"

#include "sp-import-plan.h"
#include "sp-reader.h"
#include "sp-twins.h"

#include <glib/gi18n.h>

#define WRITE_US (15 * G_TIME_SPAN_MILLISECOND) /* of one job of the writer */
#define LOOK_US (60 * G_TIME_SPAN_MILLISECOND)  /* of one job of a reader */

/* One pass over the files. Between jobs it is the main loop's, within a job the thread's. */
typedef struct
{
  GPtrArray     *files; /* (element-type GFile) */
  GStrv          maps;  /* nullable */
  char          *by;    /* nullable: this is a preview */
  GCancellable  *cancellable; /* nullable */

  guint          at;      /* which file is read */
  SpReader      *reader;  /* owned, nullable; of that file */
  SpImport      *import;  /* owned, nullable; freed on the writer's thread */
  char          *id;      /* nullable: the import's */
  GPtrArray     *rows;    /* (element-type SpImportRow) since the last job */
  GPtrArray     *columns; /* (element-type SpImportColumn) */
  SpImportCounts counts;
  guint          n_plain; /* rows listed without a note */
  double         progress;
  gboolean       done;
} Pass;

struct _SpImportJob
{
  GObject parent_instance;

  SpStore       *store;   /* owned */
  GPtrArray     *files;   /* (element-type GFile) */
  GStrv          maps;    /* owned, nullable */
  GListStore    *rows;    /* owned; of SpImportRow */
  GPtrArray     *columns; /* (element-type SpImportColumn) */
  SpImportCounts counts;
  double         progress;
  char          *id;      /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (SpImportJob, sp_import_job, G_TYPE_OBJECT)

enum { PROGRESSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
pass_free (gpointer data)
{
  Pass *pass = data;

  g_ptr_array_unref (pass->files);
  g_strfreev (pass->maps);
  g_free (pass->by);
  g_clear_object (&pass->cancellable);
  g_clear_object (&pass->reader);
  g_free (pass->id);
  g_ptr_array_unref (pass->rows);
  g_ptr_array_unref (pass->columns);
  g_free (pass);
}

/* ── On a thread of the store ── */

static void
note_columns (Pass *pass)
{
  const SpColumns *columns = sp_reader_get_columns (pass->reader);

  for (guint i = 0; columns != NULL && i < sp_columns_get_length (columns); i++)
    {
      const SpColumn *column = sp_columns_get (columns, i);
      g_ptr_array_add (pass->columns, sp_import_column_new (column->header, column->field));
    }
}

static gboolean
open_reader (Pass *pass, GError **error)
{
  const SpReaderOptions options = { .maps = (const char *const *) pass->maps, .nameless = pass->by == NULL };

  pass->reader = sp_reader_open (g_ptr_array_index (pass->files, pass->at), NULL, &options, error);
  return pass->reader != NULL;
}

static void
add_line (GString *note, const char *column, const char *text)
{
  if (note->len > 0)
    g_string_append_c (note, '\n');
  if (column != NULL) /* Translators: a column of a list, and what is wrong in it */
    g_string_append_printf (note, _("%s: %s"), column, text);
  else
    g_string_append (note, text);
}

static gboolean
look_for_twins (Pass *pass, SpDb *db, const SpNode *asset, GString *note, GError **error)
{
  g_autoptr (GPtrArray) twins = NULL;
  g_autofree char *line = NULL;
  const SpTwin *twin;

  if (g_strcmp0 (sp_node_get_text (asset, "type"), "asset") != 0)
    return TRUE;
  twins = sp_twins_find (db, sp_node_get_text (asset, "_id"), asset, error);
  if (twins == NULL || twins->len == 0)
    return twins != NULL;
  twin = g_ptr_array_index (twins, 0);
  line = g_strdup_printf (_("May be there already: %s"), twin->name != NULL ? twin->name : twin->id);
  add_line (note, NULL, line);
  pass->counts.alike++;
  return TRUE;
}

static gboolean
look (Pass *pass, SpDb *db, const SpRecord *record, SpImportOutcome *outcome, GString *note, GError **error)
{
  g_auto (SpImportPlan) plan = { 0 };

  if (!sp_import_plan_make (&plan, db, sp_node_get_text (record->asset, "_id"), record->asset, error))
    return FALSE;
  *outcome = plan.outcome;
  if (plan.reason != NULL)
    add_line (note, NULL, plan.reason);
  return plan.outcome != SP_IMPORT_ADDED || look_for_twins (pass, db, record->asset, note, error);
}

static gboolean
put (Pass *pass, const SpRecord *record, SpImportOutcome *outcome, GString *note, GError **error)
{
  g_autofree char *reason = NULL;

  if (!sp_import_put (pass->import, sp_node_get_text (record->asset, "_id"), record->asset, outcome, &reason, error))
    return FALSE;
  if (reason != NULL)
    add_line (note, NULL, reason);
  return TRUE;
}

/* As many rows as a person can look through; those with a note are kept for themselves. */
static void
list_row (Pass *pass, const SpRecord *record, SpImportOutcome outcome, const GString *note)
{
  g_autofree char *file = NULL;

  if (note->len > 0)
    pass->counts.noted++;
  else
    pass->n_plain++;
  if ((note->len > 0 ? pass->counts.noted : pass->n_plain) > SP_IMPORT_JOB_ROWS)
    return;
  file = g_file_get_basename (g_ptr_array_index (pass->files, pass->at));
  g_ptr_array_add (pass->rows, sp_import_row_new (file, record->row, record->asset, outcome, note->len > 0 ? note->str : NULL));
}

static gboolean
take_record (Pass *pass, SpDb *db, const SpRecord *record, GError **error)
{
  SpImportOutcome outcome = SP_IMPORT_SKIPPED;
  g_autoptr (GString) note = g_string_new (NULL);

  for (guint i = 0; i < record->problems->len; i++)
    {
      const SpProblem *problem = g_ptr_array_index (record->problems, i);
      add_line (note, problem->column, problem->message);
    }
  if (record->asset != NULL
      && !(pass->import != NULL ? put (pass, record, &outcome, note, error) : look (pass, db, record, &outcome, note, error)))
    return FALSE;
  pass->counts.read++;
  pass->counts.outcomes[outcome]++;
  list_row (pass, record, outcome, note);
  return TRUE;
}

/* One row, or the next file. */
static gboolean
step (Pass *pass, SpDb *db, GError **error)
{
  g_autoptr (SpRecord) record = NULL;

  if (pass->at == pass->files->len)
    {
      pass->done = TRUE;
      return TRUE;
    }
  if (pass->reader == NULL)
    {
      if (!open_reader (pass, error))
        return FALSE;
      note_columns (pass);
    }
  if (!sp_reader_next (pass->reader, &record, error))
    {
      g_autofree char *file = g_file_get_basename (g_ptr_array_index (pass->files, pass->at));
      g_prefix_error (error, "%s: ", file);
      return FALSE;
    }
  if (record != NULL)
    return take_record (pass, db, record, error);
  g_clear_object (&pass->reader);
  pass->at++;
  return TRUE;
}

static char *
get_label (Pass *pass)
{
  GString *label = g_string_new (NULL);

  for (guint i = 0; i < pass->files->len; i++)
    {
      g_autofree char *name = g_file_get_basename (g_ptr_array_index (pass->files, i));
      g_string_append_printf (label, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_string_free (label, FALSE);
}

static gboolean
begin (Pass *pass, SpDb *db, GError **error)
{
  g_autofree char *label = NULL;

  if (pass->by == NULL || pass->import != NULL)
    return TRUE;
  label = get_label (pass);
  pass->import = sp_import_begin (db, label, pass->by, error);
  if (pass->import != NULL)
    pass->id = g_strdup (sp_import_get_id (pass->import));
  return pass->import != NULL;
}

static gboolean
work (Pass *pass, SpDb *db, GError **error)
{
  gint64 until = g_get_monotonic_time () + (pass->by != NULL ? WRITE_US : LOOK_US);

  if (!begin (pass, db, error))
    return FALSE;
  while (!pass->done && g_get_monotonic_time () < until)
    if (g_cancellable_set_error_if_cancelled (pass->cancellable, error) || !step (pass, db, error))
      return FALSE;
  pass->progress = (pass->at + (pass->reader != NULL ? sp_reader_get_progress (pass->reader) : 0)) / MAX (pass->files->len, 1);
  if (pass->import == NULL)
    return TRUE;
  return pass->done ? sp_import_finish (pass->import, error) : sp_import_pause (pass->import, error);
}

/* SpStoreFunc. An import that fails or is given up is taken back here: its connection belongs to this thread. */
static gpointer
run_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Pass *pass = data;
  gboolean well = work (pass, db, error);

  if (!well || pass->done)
    g_clear_pointer (&pass->import, sp_import_free);
  return well ? pass : NULL;
}

/* ── On the main loop ── */

static void ran_cb (GObject *source, GAsyncResult *result, gpointer data);

static void
push_job (SpImportJob *self, GTask *task)
{
  Pass *pass = g_task_get_task_data (task);

  if (pass->by != NULL)
    sp_store_write_async (self->store, run_job, pass, NULL, NULL, NULL, ran_cb, task);
  else
    sp_store_read_async (self->store, run_job, pass, NULL, NULL, NULL, ran_cb, task);
}

static void
take_results (SpImportJob *self, Pass *pass)
{
  g_list_store_splice (self->rows, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), 0, pass->rows->pdata, pass->rows->len);
  g_ptr_array_set_size (pass->rows, 0);
  g_ptr_array_extend_and_steal (self->columns, pass->columns);
  pass->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_import_column_free);
  self->counts = pass->counts;
  self->progress = pass->progress;
  g_free (self->id);
  self->id = g_strdup (pass->id);
  g_signal_emit (self, signals[PROGRESSED], 0);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpImportJob *self = g_task_get_source_object (task);
  Pass *pass = g_task_get_task_data (task);
  GError *error = NULL;

  if (sp_store_call_finish (SP_STORE (source), result, &error) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_results (self, pass);
  if (pass->done)
    g_task_return_boolean (task, TRUE);
  else
    push_job (self, g_steal_pointer (&task));
}

static void
sp_import_job_finalize (GObject *object)
{
  SpImportJob *self = SP_IMPORT_JOB (object);

  g_object_unref (self->store);
  g_ptr_array_unref (self->files);
  g_strfreev (self->maps);
  g_object_unref (self->rows);
  g_ptr_array_unref (self->columns);
  g_free (self->id);
  G_OBJECT_CLASS (sp_import_job_parent_class)->finalize (object);
}

static void
sp_import_job_class_init (SpImportJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_import_job_finalize;

  /**
   * SpImportJob::progressed:
   * @self: the job
   *
   * Some more rows were read: the list, the counts and the progress have changed.
   */
  signals[PROGRESSED] = g_signal_new ("progressed", SP_TYPE_IMPORT_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_import_job_init (SpImportJob *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_list_store_new (SP_TYPE_IMPORT_ROW);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_import_column_free);
}

/**
 * sp_import_job_new:
 * @store: the store, opened in this main context
 * @files: (element-type GFile): what to read
 *
 * Returns: (transfer full): a job that has not begun
 */
SpImportJob *
sp_import_job_new (SpStore *store, GListModel *files)
{
  SpImportJob *self = g_object_new (SP_TYPE_IMPORT_JOB, NULL);

  self->store = g_object_ref (store);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (self->files, g_list_model_get_item (files, i));
  return self;
}

/**
 * sp_import_job_set_maps:
 * @self: a job
 * @maps: (nullable) (array zero-terminated=1): what a person said of columns, see #SpReaderOptions
 *
 * From the next run on.
 */
void
sp_import_job_set_maps (SpImportJob *self, const char *const *maps)
{
  g_strfreev (self->maps);
  self->maps = g_strdupv ((GStrv) maps);
}

/**
 * sp_import_job_run_async:
 * @self: a job that is not running
 * @by: (nullable): the account that imports; %NULL for a preview, which writes nothing
 * @cancellable: (nullable): gives it up; what was written is taken back before the callback
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads all files, from the first row. It is done whole, or nothing changes. #SpImportJob::progressed tells how far it is.
 */
void
sp_import_job_run_async (SpImportJob *self, const char *by, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data); /* a run that is through by then has succeeded */
  Pass *pass = g_new0 (Pass, 1);

  pass->files = g_ptr_array_ref (self->files);
  pass->maps = g_strdupv (self->maps);
  pass->by = g_strdup (by);
  if (cancellable != NULL)
    pass->cancellable = g_object_ref (cancellable);
  pass->rows = g_ptr_array_new_with_free_func (g_object_unref);
  pass->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_import_column_free);
  g_list_store_remove_all (self->rows);
  g_ptr_array_set_size (self->columns, 0);
  self->counts = (SpImportCounts){ 0 };
  self->progress = 0;
  g_clear_pointer (&self->id, g_free);
  g_task_set_source_tag (task, sp_import_job_run_async);
  g_task_set_task_data (task, pass, pass_free);
  push_job (self, task);
}

/**
 * sp_import_job_run_finish:
 * @self: a job
 * @result: what the callback got
 * @error: why nothing was done: where, then what; %G_IO_ERROR_CANCELLED if it was given up
 *
 * Returns: whether everything was read, and for an import is safely on the disk
 */
gboolean
sp_import_job_run_finish (SpImportJob *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sp_import_job_get_rows:
 * @self: a job
 *
 * Returns: (transfer none) (element-type SpImportRow): what the rows became, at most the first %SP_IMPORT_JOB_ROWS without a
 *   note and as many with one
 */
GListModel *sp_import_job_get_rows (SpImportJob *self) { return G_LIST_MODEL (self->rows); }

/**
 * sp_import_job_get_columns:
 * @self: a job
 *
 * Returns: (transfer none) (element-type SpImportColumn): the columns of the files; none for a format without
 */
GPtrArray *sp_import_job_get_columns (SpImportJob *self) { return self->columns; }

/**
 * sp_import_job_get_counts:
 * @self: a job
 *
 * Returns: (transfer none): how many rows became what, so far
 */
const SpImportCounts *sp_import_job_get_counts (SpImportJob *self) { return &self->counts; }

/**
 * sp_import_job_get_progress:
 * @self: a job
 *
 * Returns: how much was read, 0 to 1
 */
double sp_import_job_get_progress (SpImportJob *self) { return self->progress; }

/**
 * sp_import_job_get_id:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): id of the import, by which it can be taken back; %NULL for a preview
 */
const char *sp_import_job_get_id (SpImportJob *self) { return self->id; }
