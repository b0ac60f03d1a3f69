/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpImportPass: what an import job does on a thread of the store: rows become documents, or what they would become is
 * looked up. A short job after the other, so that nobody waits long for a connection. */
#include "sp-import-pass.h"

#include "sp-clock.h"
#include "sp-disclosure.h"
#include "sp-fetched.h"
#include "sp-harvest.h"
#include "sp-import-plan.h"
#include "sp-twins.h"
#include "sp-unplaced.h"

#include <glib/gi18n.h>

#define WRITE_US (15 * G_TIME_SPAN_MILLISECOND) /* of one job of the writer */
#define LOOK_US (60 * G_TIME_SPAN_MILLISECOND)  /* of one job of a reader */

static void
note_columns (SpImportPass *pass)
{
  const SpColumns *columns = sp_reader_get_columns (pass->reader);

  for (guint i = 0; columns != NULL && i < sp_columns_get_length (columns); i++)
    g_ptr_array_add (pass->columns, sp_import_column_new (pass->at, sp_columns_get (columns, i)));
}

static SpListChoices *
choices_of (SpImportPass *pass, guint file)
{
  return &g_array_index (pass->choices, SpListChoices, file);
}

static gboolean
open_as_chosen (SpImportPass *pass, GError **error)
{
  GFile *file = g_ptr_array_index (pass->files, pass->at);
  const char *address = sp_fetched_get_address (file);
  g_autofree char *title = address != NULL ? g_path_get_basename (address) : NULL;
  SpReaderOptions options = { .nameless = pass->by == NULL, .url = address, .title = title };
  GError *problem = NULL;

  sp_list_choices_apply (choices_of (pass, pass->at), &options);
  g_clear_object (&pass->reader);
  pass->reader = sp_reader_open (file, NULL, &options, &problem);
  if (pass->reader != NULL)
    return TRUE;
  if (address != NULL)
    sp_harvest_blame (problem, file, address);
  g_propagate_error (error, problem);
  return FALSE;
}

/* What names the list. */
static const char *
find_feed (SpImportPass *pass)
{
  const SpColumns *columns = sp_reader_get_columns (pass->reader);
  char *feed = NULL;

  if (columns != NULL && sp_columns_get_length (columns) > 0)
    feed = sp_columns_get_feed (columns, sp_fetched_get_address (g_ptr_array_index (pass->files, pass->at)));
  g_ptr_array_add (pass->feeds, feed);
  return feed;
}

/* Opens the next file, as a person wants it to be read, or did when the last edition came. */
static gboolean
open_reader (SpImportPass *pass, SpDb *db, GError **error)
{
  SpListChoices *choices = choices_of (pass, pass->at);
  g_autoptr (SpNode) memory = NULL;
  const char *feed;

  if (!open_as_chosen (pass, error))
    return FALSE;
  feed = find_feed (pass);
  if (pass->remembers && feed != NULL)
    memory = sp_import_memory_read (db, feed, NULL);
  if (memory == NULL)
    return TRUE;
  sp_list_choices_clear (choices);
  sp_list_choices_read (choices, memory);
  return !sp_list_choices_is_any (choices) || open_as_chosen (pass, error);
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
look_for_twins (SpImportPass *pass, SpDb *db, const SpNode *asset, GString *note, GError **error)
{
  g_autoptr (GPtrArray) twins = NULL;
  g_autofree char *line = NULL;
  const SpTwin *twin;

  if (g_strcmp0 (sp_node_get_text (asset, "type"), "asset") != 0)
    return TRUE;
  twins = sp_twins_find (db, sp_node_get_text (asset, "_id"), asset, error);
  if (twins == NULL || twins->len == 0)
    return twins != NULL;
  for (guint i = 0; i < twins->len; i++) /* one of the last edition that goes by another name now is not gone */
    if (!sp_seen_set (pass->seen, ((const SpTwin *) g_ptr_array_index (twins, i))->id, 1, error))
      return FALSE;
  twin = g_ptr_array_index (twins, 0);
  line = g_strdup_printf (_("May be there already: %s"), twin->name != NULL ? twin->name : twin->id);
  add_line (note, NULL, line);
  pass->counts.alike++;
  return TRUE;
}

static gboolean
look (SpImportPass *pass, SpDb *db, const SpRecord *record, SpImportOutcome *outcome, GString *note, GError **error)
{
  const SpEditStamp nobody = { "", "", SP_EDIT_BY_PROGRAM };
  g_auto (SpImportPlan) plan = { 0 };

  if (!sp_import_plan_make (&plan, db, sp_node_get_text (record->asset, "_id"), record->asset, error)
      || !sp_import_plan_check_room (&plan, record->asset, &nobody, error))
    return FALSE;
  *outcome = plan.outcome;
  if (plan.reason != NULL)
    add_line (note, NULL, plan.reason);
  if (plan.outcome != SP_IMPORT_ADDED)
    return TRUE;
  return sp_import_pass_look_for_position (pass, db, record->asset, error) && look_for_twins (pass, db, record->asset, note, error);
}

static gboolean
put (SpImportPass *pass, const SpRecord *record, SpImportOutcome *outcome, GString *note, GError **error)
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
list_row (SpImportPass *pass, const SpRecord *record, SpImportOutcome outcome, const GString *note)
{
  g_autofree char *file = NULL;

  if (note->len > 0)
    pass->counts.noted++;
  else
    pass->n_plain++;
  if ((note->len > 0 ? pass->counts.noted : pass->n_plain) > SP_IMPORT_JOB_ROWS)
    return;
  file = sp_fetched_get_label (g_ptr_array_index (pass->files, pass->at));
  g_ptr_array_add (pass->rows, sp_import_row_new (file, record, outcome, note->len > 0 ? note->str : NULL));
}

/* Whether an entry is nowhere to be seen after the import, unless it is asked for. */
static gboolean
is_hidden (const SpRecord *record)
{
  g_autofree char *today = NULL;

  if (record->asset == NULL || sp_node_get (record->asset, "visible") == NULL)
    return FALSE;
  today = sp_clock_today_text ();
  return !sp_disclosure_is_shown (record->asset, today);
}

static gboolean
take_record (SpImportPass *pass, SpDb *db, const SpRecord *record, GError **error)
{
  SpImportOutcome outcome = SP_IMPORT_SKIPPED;
  g_autoptr (GString) note = g_string_new (NULL);
  gboolean hidden = is_hidden (record);

  for (guint i = 0; i < record->problems->len; i++)
    {
      const SpProblem *problem = g_ptr_array_index (record->problems, i);
      add_line (note, problem->column, problem->message);
    }
  if (record->asset != NULL && !sp_seen_set (pass->seen, sp_node_get_text (record->asset, "_id"), 1, error))
    return FALSE;
  if (hidden)
    add_line (note, NULL, _("Not shown: the list does not publish it, or only on other days"));
  pass->counts.capitals += record->in_capitals;
  if (record->place != NULL && !sp_import_pass_learn (pass, db, record->place, &outcome, error))
    return FALSE;
  if (record->asset != NULL
      && !(pass->import != NULL ? put (pass, record, &outcome, note, error) : look (pass, db, record, &outcome, note, error)))
    return FALSE;
  pass->counts.read++;
  pass->counts.joined += record->joined;
  pass->counts.hidden += hidden && outcome != SP_IMPORT_SKIPPED;
  pass->counts.outcomes[outcome]++;
  list_row (pass, record, outcome, note);
  return TRUE;
}

/* One entry that is not in the list any more. */
static gboolean
close_one (SpImportPass *pass, GError **error)
{
  const SpImportGone *one = g_ptr_array_index (pass->closing, pass->at_closing++);
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autofree char *reason = NULL;
  SpImportOutcome outcome;

  sp_node_set_text (body, "status", "inactive");
  if (!sp_import_put (pass->import, one->id, body, &outcome, &reason, error))
    return FALSE;
  pass->counts.closed += outcome == SP_IMPORT_UPDATED;
  return TRUE;
}

/* What was in the last edition of one of the lists, and is in none of them now. */
static gboolean
look_for_gone (SpImportPass *pass, SpDb *db, GError **error)
{
  const char *feed = g_ptr_array_index (pass->feeds, pass->at_feed);
  g_autoptr (GPtrArray) gone = NULL;

  for (guint i = 0; feed != NULL && i < pass->at_feed; i++)
    if (g_strcmp0 (g_ptr_array_index (pass->feeds, i), feed) == 0)
      feed = NULL; /* the same list in two files */
  pass->at_feed++;
  if (feed == NULL)
    return TRUE;
  gone = sp_import_find_gone (db, feed, sp_seen_has, pass->seen, error);
  if (gone == NULL)
    return FALSE;
  if (pass->gone == NULL)
    pass->gone = g_steal_pointer (&gone);
  else
    g_ptr_array_extend_and_steal (pass->gone, g_steal_pointer (&gone));
  return TRUE;
}

/* After the last file. */
static gboolean
end (SpImportPass *pass, SpDb *db, GError **error)
{
  if (pass->import != NULL && pass->closing != NULL && pass->at_closing < pass->closing->len)
    return close_one (pass, error);
  if (pass->import != NULL && pass->unplaced == NULL)
    return (pass->unplaced = sp_unplaced_list (db, pass->counts.known > 0, pass->cancellable, error)) != NULL;
  if (pass->import != NULL && pass->at_unplaced < pass->unplaced->len)
    return sp_import_pass_place_one (pass, db, error);
  if (pass->import == NULL && pass->at_feed < pass->feeds->len)
    return look_for_gone (pass, db, error);
  pass->done = TRUE;
  return TRUE;
}

/* A preview does not read all postcodes there are. */
static gboolean
has_seen_enough (const SpImportPass *pass)
{
  return pass->by == NULL && pass->known_here >= SP_IMPORT_JOB_ROWS;
}

/* One row, or the next file. */
static gboolean
step (SpImportPass *pass, SpDb *db, GError **error)
{
  g_autoptr (SpRecord) record = NULL;

  if (pass->at == pass->files->len)
    return end (pass, db, error);
  if (pass->reader == NULL)
    {
      if (!open_reader (pass, db, error))
        return FALSE;
      note_columns (pass);
    }
  pass->counts.more = pass->counts.more || has_seen_enough (pass);
  if (!has_seen_enough (pass) && !sp_reader_next (pass->reader, &record, error))
    {
      g_autofree char *file = sp_fetched_get_label (g_ptr_array_index (pass->files, pass->at));
      g_prefix_error (error, "%s: ", file);
      return FALSE;
    }
  if (record != NULL)
    return take_record (pass, db, record, error);
  g_clear_object (&pass->reader);
  pass->known_here = 0;
  pass->at++;
  return TRUE;
}

static char *
get_label (SpImportPass *pass)
{
  GString *label = g_string_new (NULL);

  for (guint i = 0; i < pass->files->len; i++)
    {
      g_autofree char *name = sp_fetched_get_label (g_ptr_array_index (pass->files, i));
      g_string_append_printf (label, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_string_free (label, FALSE);
}

static gboolean
begin (SpImportPass *pass, SpDb *db, GError **error)
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

/* So that the next edition is read the same way. */
static gboolean
finish (SpImportPass *pass, SpDb *db, GError **error)
{
  if (!sp_import_finish (pass->import, error))
    return FALSE;
  for (guint i = 0; i < pass->feeds->len; i++)
    {
      const char *feed = g_ptr_array_index (pass->feeds, i);
      g_autoptr (SpNode) choices = NULL;

      if (feed == NULL || !sp_list_choices_is_any (choices_of (pass, i)))
        continue;
      choices = sp_list_choices_to_node (choices_of (pass, i));
      if (!sp_import_memory_write (db, feed, choices, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
work (SpImportPass *pass, SpDb *db, GError **error)
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
  return pass->done ? finish (pass, db, error) : sp_import_pause (pass->import, error);
}

/**
 * sp_import_pass_new:
 * @files: (element-type GFile): what to read
 * @choices: (element-type SpListChoices): how to read each
 * @by: (nullable): the account that imports; %NULL for a preview
 * @cancellable: (nullable): gives it up
 *
 * Returns: (transfer full): a pass that has not begun
 */
SpImportPass *
sp_import_pass_new (GPtrArray *files, GArray *choices, const char *by, GCancellable *cancellable)
{
  SpImportPass *pass = g_new0 (SpImportPass, 1);

  pass->files = g_ptr_array_ref (files);
  pass->choices = sp_import_choices_copy (choices);
  pass->feeds = g_ptr_array_new_with_free_func (g_free);
  pass->by = g_strdup (by);
  pass->seen = sp_seen_new ();
  if (cancellable != NULL)
    pass->cancellable = g_object_ref (cancellable);
  pass->rows = g_ptr_array_new_with_free_func (g_object_unref);
  pass->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_import_column_free);
  return pass;
}

/**
 * sp_import_pass_free:
 * @data: (transfer full): an #SpImportPass
 */
void
sp_import_pass_free (gpointer data)
{
  SpImportPass *pass = data;

  g_ptr_array_unref (pass->files);
  g_array_unref (pass->choices);
  g_ptr_array_unref (pass->feeds);
  g_free (pass->by);
  g_clear_object (&pass->cancellable);
  g_clear_object (&pass->reader);
  g_free (pass->id);
  g_ptr_array_unref (pass->rows);
  g_ptr_array_unref (pass->columns);
  sp_seen_free (pass->seen);
  g_clear_pointer (&pass->gone, g_ptr_array_unref);
  g_clear_pointer (&pass->closing, g_ptr_array_unref);
  g_clear_pointer (&pass->unplaced, g_ptr_array_unref);
  g_free (pass);
}

/**
 * sp_import_pass_run:
 * @db: a connection: the writing one for an import, any for a preview
 * @data: an #SpImportPass
 * @cancellable: of the store's call; the pass has its own
 * @error: why it cannot go on
 *
 * An #SpStoreFunc: goes on for some milliseconds. An import that fails or is given up is taken back here: its connection
 * belongs to this thread.
 *
 * Returns: (transfer none) (nullable): @data if all is well
 */
gpointer
sp_import_pass_run (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  SpImportPass *pass = data;
  gboolean well = work (pass, db, error);

  if (!well || pass->done)
    g_clear_pointer (&pass->import, sp_import_free);
  return well ? pass : NULL;
}
