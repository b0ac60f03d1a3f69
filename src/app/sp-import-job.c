/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpImportJob: lists from files into a store, for a window: first as a preview that only looks, then in earnest. The work
 * is done by the threads of the store in short jobs, one after the other, so that nobody waits long for a connection; the
 * main loop hears how far it is between them. What it is given up at is taken back. */
#include "sp-import-job.h"

#include "sp-import-pass.h"

struct _SpImportJob
{
  GObject parent_instance;

  SpStore       *store;   /* owned */
  GPtrArray     *files;   /* (element-type GFile) */
  GArray        *choices; /* owned SpListChoices, one of each file */
  gboolean       told;    /* whether a person chose anything */
  gboolean       close_gone;
  GPtrArray     *gone;    /* owned, nullable; (element-type SpImportGone) */
  GListStore    *rows;    /* owned; of SpImportRow */
  GPtrArray     *columns; /* (element-type SpImportColumn) */
  SpImportCounts counts;
  double         progress;
  char          *id;      /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (SpImportJob, sp_import_job, G_TYPE_OBJECT)

enum { PROGRESSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void ran_cb (GObject *source, GAsyncResult *result, gpointer data);

static void
push_job (SpImportJob *self, GTask *task)
{
  SpImportPass *pass = g_task_get_task_data (task);

  if (pass->by != NULL)
    sp_store_write_async (self->store, sp_import_pass_run, pass, NULL, NULL, NULL, ran_cb, task);
  else
    sp_store_read_async (self->store, sp_import_pass_run, pass, NULL, NULL, NULL, ran_cb, task);
}

static void
take_results (SpImportJob *self, SpImportPass *pass)
{
  g_list_store_splice (self->rows, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), 0, pass->rows->pdata, pass->rows->len);
  g_ptr_array_set_size (pass->rows, 0);
  g_ptr_array_extend_and_steal (self->columns, pass->columns);
  pass->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_import_column_free);
  self->counts = pass->counts;
  g_array_unref (self->choices);
  self->choices = sp_import_choices_copy (pass->choices);
  if (pass->gone != NULL)
    {
      g_clear_pointer (&self->gone, g_ptr_array_unref);
      self->gone = g_steal_pointer (&pass->gone);
    }
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
  SpImportPass *pass = g_task_get_task_data (task);
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
  g_clear_pointer (&self->choices, g_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
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
  self->choices = sp_import_choices_new (0);
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
  g_array_set_size (self->choices, self->files->len);
  return self;
}

/**
 * sp_import_job_set_maps:
 * @self: a job
 * @file: which of its files, from 0
 * @maps: (nullable) (array zero-terminated=1): what a person said of its columns, see #SpReaderOptions
 *
 * From the next run on.
 */
void
sp_import_job_set_maps (SpImportJob *self, guint file, const char *const *maps)
{
  SpListChoices *choices = &g_array_index (self->choices, SpListChoices, file);

  g_strfreev (choices->maps);
  choices->maps = g_strdupv ((GStrv) maps);
  self->told = TRUE;
}

/**
 * sp_import_job_set_names:
 * @self: a job
 * @rule: what becomes of columns with the names of people
 *
 * From the next run on.
 */
void
sp_import_job_set_names (SpImportJob *self, SpNamesRule rule)
{
  for (guint i = 0; i < self->choices->len; i++)
    g_array_index (self->choices, SpListChoices, i).names = rule;
  self->told = TRUE;
}

/**
 * sp_import_job_set_title_case:
 * @self: a job
 * @title_case: whether names in capitals are written like other names
 *
 * From the next run on.
 */
void
sp_import_job_set_title_case (SpImportJob *self, gboolean title_case)
{
  for (guint i = 0; i < self->choices->len; i++)
    g_array_index (self->choices, SpListChoices, i).title_case = title_case;
  self->told = TRUE;
}

/**
 * sp_import_job_set_close_gone:
 * @self: a job
 * @close_gone: whether an import closes the entries that sp_import_job_get_gone() names
 *
 * From the next run on.
 */
void sp_import_job_set_close_gone (SpImportJob *self, gboolean close_gone) { self->close_gone = close_gone; }

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
  SpImportPass *pass = sp_import_pass_new (self->files, self->choices, by, cancellable);

  pass->remembers = by == NULL && !self->told;
  if (by != NULL && self->close_gone && self->gone != NULL)
    pass->closing = g_ptr_array_ref (self->gone);
  if (by == NULL)
    g_clear_pointer (&self->gone, g_ptr_array_unref);
  g_list_store_remove_all (self->rows);
  g_ptr_array_set_size (self->columns, 0);
  self->counts = (SpImportCounts){ 0 };
  self->progress = 0;
  g_clear_pointer (&self->id, g_free);
  g_task_set_source_tag (task, sp_import_job_run_async);
  g_task_set_task_data (task, pass, sp_import_pass_free);
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
 * sp_import_job_get_choices:
 * @self: a job
 *
 * Returns: (transfer none): what a person chose, or chose for the last edition of the first list
 */
const SpListChoices *
sp_import_job_get_choices (SpImportJob *self)
{
  return &g_array_index (self->choices, SpListChoices, 0);
}

/**
 * sp_import_job_get_file_name:
 * @self: a job
 * @file: which of its files, from 0
 *
 * Returns: (transfer full): what it is called, without the folder
 */
char *
sp_import_job_get_file_name (SpImportJob *self, guint file)
{
  return g_file_get_basename (g_ptr_array_index (self->files, file));
}

/**
 * sp_import_job_get_gone:
 * @self: a job
 *
 * Returns: (transfer none) (nullable) (element-type SpImportGone): what the last preview found to be in the list no more
 */
GPtrArray *sp_import_job_get_gone (SpImportJob *self) { return self->gone; }

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
