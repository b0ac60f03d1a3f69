/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost import: lists from files. All files of one call are one import: it is done whole, or nothing changes. */
#include "sp-cli.h"

#include "sp-cli-document.h"
#include "sp-cli-folder.h"
#include "sp-cli-list.h"
#include "sp-cli-output.h"
#include "sp-cli-trial.h"
#include "sp-clock.h"
#include "sp-disclosure.h"
#include "sp-fetcher.h"
#include "sp-import-id.h"
#include "sp-seen.h"
#include "sp-import-memory.h"
#include "sp-import.h"
#include "sp-twins.h"
#include "sp-unplaced.h"

#include <glib/gi18n.h>
#include <string.h>

/* Options, then counts. */
typedef struct
{
  char    *format;    /* owned, nullable: found by looking */
  GStrv    maps;      /* owned, nullable */
  char    *delimiter; /* owned, nullable */
  char    *names;     /* owned, nullable: as the list looks */
  gboolean title_case;
  gboolean close_gone;
  gboolean dry_run;
  gboolean json;

  char    *today;     /* owned */
  const SpCliList *current; /* the one that is read */
  SpSeen  *seen;      /* owned; ids of the entries of these lists */
  guint    gone;
  guint    closed;
  guint    capitals;
  guint    read;
  guint    counts[4]; /* by SpImportOutcome */
  guint    alike;
  guint    joined;     /* rows that say more of another */
  guint    known;      /* postcodes and places */
  guint    placed;     /* entries, by their postcode */
  guint    approximate; /* of those */
  guint    hidden;     /* entries outside their dates for showing */
  guint64  unplaced;   /* entries in use that are not on the map yet */
  SpNode  *errors;    /* owned; only for JSON */
} Import;

static void
clear_import (Import *self)
{
  g_free (self->format);
  g_strfreev (self->maps);
  g_free (self->delimiter);
  g_free (self->names);
  sp_seen_free (self->seen);
  g_free (self->today);
  sp_node_unref (self->errors);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, clear_import)

static void
note_problem (Import *self, const char *file, guint row, const char *column, const char *message)
{
  SpNode *problem;

  if (!self->json)
    {
      sp_cli_tell (_("%s, row %u: %s%s%s\n"), file, row, column != NULL ? column : "", column != NULL ? ": " : "",
                   message);
      return;
    }
  problem = sp_node_new_object ();
  sp_node_set_text (problem, "file", file);
  sp_node_set (problem, "row", sp_node_new_number (row));
  if (column != NULL)
    sp_node_set_text (problem, "column", column);
  sp_node_set_text (problem, "message", message);
  sp_node_append (self->errors, problem);
}

/* What was found about an entry for which no list has a row. */
static void
note_entry (Import *self, const char *id, const char *message)
{
  SpNode *problem;

  if (!self->json)
    {
      sp_cli_tell ("%s: %s\n", id, message);
      return;
    }
  problem = sp_node_new_object ();
  sp_node_set_text (problem, "entry", id);
  sp_node_set_text (problem, "message", message);
  sp_node_append (self->errors, problem);
}

/* Whether a new entry looks like one that is there already. One of the last edition that goes by another name now is not gone. */
static gboolean
count_twins (Import *self, SpDb *db, const SpNode *asset, GError **error)
{
  g_autoptr (GPtrArray) twins = NULL;

  if (g_strcmp0 (sp_node_get_text (asset, "type"), "asset") != 0)
    return TRUE;
  twins = sp_twins_find (db, sp_node_get_text (asset, "_id"), asset, error);
  if (twins == NULL)
    return FALSE;
  self->alike += twins->len > 0;
  for (guint i = 0; i < twins->len; i++)
    if (!sp_seen_set (self->seen, ((const SpTwin *) g_ptr_array_index (twins, i))->id, 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
put_record (Import *self, SpDb *db, SpImport *import, const char *file, const SpRecord *record, GError **error)
{
  SpImportOutcome outcome = SP_IMPORT_SKIPPED;
  g_autofree char *reason = NULL;

  self->read++;
  self->joined += record->joined;
  self->capitals += record->in_capitals && !self->current->choices.title_case;
  for (guint i = 0; i < record->problems->len; i++)
    {
      const SpProblem *problem = g_ptr_array_index (record->problems, i);
      note_problem (self, file, record->row, problem->column, problem->message);
    }
  if (record->place != NULL && !sp_import_put_place (import, record->place, &outcome, error))
    return FALSE;
  self->known += record->place != NULL;
  if (record->asset != NULL
      && (!sp_seen_set (self->seen, sp_node_get_text (record->asset, "_id"), 1, error)
          || !sp_import_put (import, sp_node_get_text (record->asset, "_id"), record->asset, &outcome, &reason, error)))
    return FALSE;
  if (reason != NULL)
    note_problem (self, file, record->row, NULL, reason);
  self->counts[outcome]++;
  self->hidden += outcome != SP_IMPORT_SKIPPED && record->asset != NULL && !sp_disclosure_is_shown (record->asset, self->today);
  return outcome != SP_IMPORT_ADDED || record->asset == NULL || count_twins (self, db, record->asset, error);
}

static gboolean
read_file (Import *self, SpDb *db, SpImport *import, const char *file, const SpCliList *list, GError **error)
{
  SpReader *reader = list->reader;

  self->current = list;
  for (;;)
    {
      g_autoptr (SpRecord) record = NULL;

      if (!sp_reader_next (reader, &record, error))
        {
          g_prefix_error (error, "%s: ", file);
          return FALSE;
        }
      if (record == NULL)
        return TRUE;
      if (!put_record (self, db, import, file, record, error))
        return FALSE;
      sp_cli_progress (_("%s: %u read, %.0f %%"), file, self->read, sp_reader_get_progress (reader) * 100);
    }
}

static gboolean
get_delimiter (const Import *self, char *delimiter, GError **error)
{
  *delimiter = 0;
  if (self->delimiter == NULL)
    return TRUE;
  if (strcmp (self->delimiter, "tab") == 0 || strcmp (self->delimiter, "\\t") == 0)
    *delimiter = '\t';
  else if (strlen (self->delimiter) == 1)
    *delimiter = self->delimiter[0];
  else
    return sp_cli_usage (error, _("--delimiter: one character is expected, or “tab”"));
  return TRUE;
}

static gboolean
get_names (const Import *self, SpNamesRule *rule, GError **error)
{
  *rule = SP_NAMES_AUTO;
  if (self->names == NULL)
    return TRUE;
  if (strcmp (self->names, "keep") != 0 && strcmp (self->names, "leave-out") != 0)
    return sp_cli_usage (error, _("--names: “%s” is neither keep nor leave-out"), self->names);
  *rule = strcmp (self->names, "keep") == 0 ? SP_NAMES_KEEP : SP_NAMES_LEAVE;
  return TRUE;
}

/* The name of a list for people: its file, or its address without a query, which may hold a key. */
static char *
get_label (const char *path)
{
  return sp_fetcher_is_address (path) ? sp_import_id_feed_from_url (path) : g_path_get_basename (path);
}

static SpCliList *
open_list (const Import *self, SpDb *db, const char *path, GError **error)
{
  g_autofree char *label = get_label (path), *title = g_path_get_basename (label);
  SpListChoices choices = { .maps = self->maps, .title_case = self->title_case };
  SpReaderOptions options = { .title = title };

  if (strstr (path, "://") != NULL && !sp_fetcher_is_address (path) && !g_str_has_prefix (path, "file://"))
    {
      sp_cli_usage (error, _("%s: lists are read from files, and from addresses that begin with https:// or http://"), path);
      return NULL;
    }
  if (!get_delimiter (self, &options.delimiter, error) || !get_names (self, &choices.names, error))
    return NULL;
  return sp_cli_list_open (db, path, self->format, &options, &choices, error);
}

/* Nothing is left out in silence. */
static void
tell_left_out (const char *path, SpReader *reader)
{
  const SpColumns *columns = sp_reader_get_columns (reader);

  for (guint i = 0; columns != NULL && i < sp_columns_get_length (columns); i++)
    {
      const SpColumn *column = sp_columns_get (columns, i);
      if (column->personal && column->left_out)
        sp_cli_tell (_("%s: “%s” has names of people and is left out; --names keep reads it\n"), path, column->header);
    }
}

static gboolean
expand_folders (SpCliCall *call, GError **error)
{
  GStrv files = sp_cli_list_files ((const char *const *) call->rest, error);

  if (files == NULL)
    return FALSE;
  g_strfreev (call->rest);
  call->rest = files;
  return TRUE;
}

/* Every file is opened, and so looked at, before a store is made or anything is written. */
static GPtrArray *
open_lists (const Import *self, SpCliCall *call, GError **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_cli_list_free);
  g_autoptr (SpDb) db = sp_cli_open (call, SP_CLI_READ, NULL);

  for (guint i = 0; call->rest[i] != NULL; i++)
    {
      SpCliList *list = open_list (self, db, call->rest[i], error);
      if (list == NULL)
        return NULL;
      if (list->is_remembered && !self->json)
        sp_cli_tell (_("%s: read as its last edition was; --map, --names or --title-case change that\n"), call->rest[i]);
      if (!self->json)
        tell_left_out (call->rest[i], list->reader);
      g_ptr_array_add (lists, list);
    }
  return g_steal_pointer (&lists);
}

static void
report_json (const Import *self, const char *id)
{
  g_autoptr (SpNode) report = sp_node_new_object ();

  sp_node_set (report, "import", id != NULL ? sp_node_new_string (id) : sp_node_new_null ());
  sp_node_set (report, "read", sp_node_new_number (self->read));
  sp_node_set (report, "added", sp_node_new_number (self->counts[SP_IMPORT_ADDED]));
  sp_node_set (report, "updated", sp_node_new_number (self->counts[SP_IMPORT_UPDATED]));
  sp_node_set (report, "unchanged", sp_node_new_number (self->counts[SP_IMPORT_UNCHANGED]));
  sp_node_set (report, "skipped", sp_node_new_number (self->counts[SP_IMPORT_SKIPPED]));
  sp_node_set (report, "gone", sp_node_new_number (self->gone));
  sp_node_set (report, "closed", sp_node_new_number (self->closed));
  sp_node_set (report, "joined", sp_node_new_number (self->joined));
  sp_node_set (report, "placed", sp_node_new_number (self->placed));
  sp_node_set (report, "approximate", sp_node_new_number (self->approximate));
  sp_node_set (report, "unplaced", sp_node_new_number ((double) self->unplaced));
  sp_node_set (report, "hidden", sp_node_new_number (self->hidden));
  sp_node_set (report, "possible_duplicates", sp_node_new_number (self->alike));
  sp_node_set (report, "errors", sp_node_ref (self->errors));
  sp_cli_print_json (report);
  sp_cli_print ("\n");
}

static void
report_places (const Import *self)
{
  if (self->placed > 0)
    sp_cli_print (ngettext ("%u entry without a position is in the middle of its postcode now\n",
                            "%u entries without a position are in the middle of their postcode now\n",
                            self->placed), self->placed);
  if (self->approximate > 0)
    sp_cli_print (ngettext ("%u of them only approximately, by other postcodes near it\n",
                            "%u of them only approximately, by other postcodes near them\n",
                            self->approximate), self->approximate);
  if (self->hidden > 0)
    sp_cli_print (ngettext ("%u entry is outside its dates for showing; “signpost find --hidden” lists it\n",
                            "%u entries are outside their dates for showing; “signpost find --hidden” lists them\n",
                            self->hidden), self->hidden);
  if (self->unplaced > 0)
    sp_cli_tell_unplaced (self->unplaced);
}

static void
report (const Import *self, const char *id)
{
  if (self->json)
    {
      report_json (self, id);
      return;
    }
  sp_cli_print (_("%u read: %u added, %u updated, %u unchanged, %u skipped\n"), self->read,
                self->counts[SP_IMPORT_ADDED], self->counts[SP_IMPORT_UPDATED],
                self->counts[SP_IMPORT_UNCHANGED], self->counts[SP_IMPORT_SKIPPED]);
  if (self->joined > 0)
    sp_cli_print (ngettext ("%u more row was joined to the entry it belongs to\n",
                            "%u more rows were joined to the entries they belong to\n", self->joined), self->joined);
  if (self->gone > 0 && !self->close_gone)
    sp_cli_print (ngettext ("%u entry of the last edition is not in the list any more; --close-gone makes it inactive\n",
                            "%u entries of the last edition are not in the list any more; --close-gone makes them inactive\n",
                            self->gone), self->gone);
  if (self->closed > 0)
    sp_cli_print (ngettext ("%u entry that is not in the list any more is inactive now\n",
                            "%u entries that are not in the list any more are inactive now\n", self->closed), self->closed);
  if (self->capitals > 0)
    sp_cli_print (ngettext ("%u name is in capitals; --title-case writes it like others\n",
                            "%u names are in capitals; --title-case writes them like others\n", self->capitals), self->capitals);
  report_places (self);
  if (self->alike > 0)
    sp_cli_print (_("%u may be the same as another entry; “signpost check” lists them\n"), self->alike);
  if (self->known > 0)
    sp_cli_print (ngettext ("%u of them is a postcode or place, for searching near it and for putting entries on the map\n",
                            "%u of them are postcodes and places, for searching near them and for putting entries on the map\n",
                            self->known), self->known);
  if (id != NULL)
    sp_cli_print (_("import %s\n"), id);
  else
    sp_cli_print (_("Nothing was written.\n"));
}

/* The name of an import for people: its files. */
static char *
get_labels (GStrv files)
{
  g_autoptr (GString) label = g_string_new (NULL);

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *name = get_label (files[i]);
      g_string_append_printf (label, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_strdup (label->str);
}

static gboolean
close_entry (Import *self, SpImport *import, const char *id, GError **error)
{
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autofree char *reason = NULL;
  SpImportOutcome outcome;

  sp_node_set_text (body, "status", "inactive");
  if (!sp_import_put (import, id, body, &outcome, &reason, error))
    return FALSE;
  if (reason != NULL)
    note_entry (self, id, reason);
  self->closed += outcome == SP_IMPORT_UPDATED;
  return TRUE;
}

/* What was in the last edition of a list and is not in this one. */
static gboolean
find_gone (Import *self, SpDb *db, SpImport *import, const SpCliList *list, GError **error)
{
  g_autoptr (GPtrArray) gone = list->feed != NULL ? sp_import_find_gone (db, list->feed, sp_seen_has, self->seen, error) : NULL;

  if (gone == NULL)
    return list->feed == NULL;
  for (guint i = 0; i < gone->len; i++)
    {
      const SpImportGone *one = g_ptr_array_index (gone, i);
      self->gone++;
      if (!self->json)
        sp_cli_tell (_("not in the list any more: %s (%s)\n"), one->name != NULL ? one->name : "", one->id);
      if (self->close_gone && !close_entry (self, import, one->id, error))
        return FALSE;
    }
  return TRUE;
}

/* Entries without a position are put in the middle of their postcode, as far as that is known now. */
static gboolean
place_entries (Import *self, SpDb *db, SpImport *import, GError **error)
{
  g_autoptr (GPtrArray) ids = sp_unplaced_list (db, self->known > 0, NULL, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (SpNode) body = NULL;
      g_autofree char *reason = NULL;
      gboolean approximate;
      SpImportOutcome outcome = SP_IMPORT_UNCHANGED;

      if (!sp_unplaced_locate (db, g_ptr_array_index (ids, i), &body, &approximate, error)
          || (body != NULL && !sp_import_put (import, g_ptr_array_index (ids, i), body, &outcome, &reason, error)))
        return FALSE;
      if (outcome == SP_IMPORT_SKIPPED)
        note_entry (self, g_ptr_array_index (ids, i), reason);
      self->placed += outcome == SP_IMPORT_UPDATED;
      self->approximate += outcome == SP_IMPORT_UPDATED && approximate;
    }
  self->unplaced = sp_unplaced_count (db, error);
  return ids != NULL && self->unplaced != G_MAXUINT64;
}

static gboolean
remember (SpDb *db, const SpCliList *list, GError **error)
{
  g_autoptr (SpNode) choices = NULL;

  if (list->feed == NULL || !sp_list_choices_is_any (&list->choices))
    return TRUE;
  choices = sp_list_choices_to_node (&list->choices);
  return sp_import_memory_write (db, list->feed, choices, error);
}

static gboolean
import_lists (Import *self, SpDb *db, GStrv files, GPtrArray *lists, GError **error)
{
  g_autofree char *label = get_labels (files);
  g_autoptr (SpImport) import = sp_import_begin (db, label, sp_cli_who (), error);

  if (import == NULL)
    return FALSE;
  for (guint i = 0; files[i] != NULL; i++)
    if (!read_file (self, db, import, files[i], g_ptr_array_index (lists, i), error))
      return FALSE;
  for (guint i = 0; i < lists->len; i++)
    if (!find_gone (self, db, import, g_ptr_array_index (lists, i), error))
      return FALSE;
  if (!place_entries (self, db, import, error) || !sp_import_finish (import, error))
    return FALSE;
  for (guint i = 0; i < lists->len; i++)
    if (!remember (db, g_ptr_array_index (lists, i), error))
      return FALSE;
  report (self, self->dry_run ? NULL : sp_import_get_id (import));
  return TRUE;
}

static gboolean
import_into_store (Import *self, SpCliCall *call, GPtrArray *lists, GError **error)
{
  g_autoptr (SpDb) db = sp_cli_open (call, SP_CLI_CREATE, error);

  return db != NULL && import_lists (self, db, call->rest, lists, error);
}

static gboolean
import_into_copy (Import *self, SpCliCall *call, GPtrArray *lists, GError **error)
{
  g_autoptr (SpCliTrial) trial = sp_cli_trial_new (call, error);

  return trial != NULL && import_lists (self, trial->db, call->rest, lists, error);
}

/**
 * sp_cli_import:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Reads lists from files into the store; all of them, or nothing changes.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_import (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_auto (Import) self = {
    .errors = sp_node_new_array (), .seen = sp_seen_new (), .today = sp_clock_today_text (),
  };
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &self.format,
      N_("csv, xlsx, geojson, kml, oruk, areas, taxonomy, code-point-open, os-open-names or onspd; found by looking if not given"), N_("FORMAT") },
    { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self.maps, N_("read a column as a field"), N_("COLUMN=FIELD") },
    { "delimiter", 0, 0, G_OPTION_ARG_FILENAME, &self.delimiter,
      N_("what stands between the cells of a CSV file"), N_("CHARACTER") },
    { "names", 0, 0, G_OPTION_ARG_FILENAME, &self.names,
      N_("what becomes of columns with the names of people; a register of trustees is read without"), N_("keep|leave-out") },
    { "title-case", 0, 0, G_OPTION_ARG_NONE, &self.title_case, N_("write names in capitals like other names"), NULL },
    { "close-gone", 0, 0, G_OPTION_ARG_NONE, &self.close_gone,
      N_("make entries inactive that are not in the list any more"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self.dry_run, N_("only say what would happen"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_("an object for scripts"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GPtrArray) lists = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 1, G_MAXUINT, error) || !expand_folders (call, error)
      || (lists = open_lists (&self, call, error)) == NULL)
    return FALSE;
  if (self.dry_run)
    return import_into_copy (&self, call, lists, error);
  return import_into_store (&self, call, lists, error);
}
