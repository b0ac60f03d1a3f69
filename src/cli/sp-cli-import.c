/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost import: lists from files. All files of one call are one import: it is done whole, or nothing changes. */
#include "sp-cli.h"

#include "sp-cli-document.h"
#include "sp-cli-output.h"
#include "sp-cli-trial.h"
#include "sp-import.h"
#include "sp-reader.h"
#include "sp-twins.h"

#include <glib/gi18n.h>
#include <string.h>

/* Options, then counts. */
typedef struct
{
  char    *format;    /* owned, nullable: found by looking */
  GStrv    maps;      /* owned, nullable */
  char    *delimiter; /* owned, nullable */
  gboolean dry_run;
  gboolean json;

  guint    read;
  guint    counts[4]; /* by SpImportOutcome */
  guint    alike;
  SpNode  *errors;    /* owned; only for JSON */
} Import;

static void
clear_import (Import *self)
{
  g_free (self->format);
  g_strfreev (self->maps);
  g_free (self->delimiter);
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

/* Whether a new entry looks like one that is there already. */
static gboolean
count_twins (Import *self, SpDb *db, const SpNode *asset, GError **error)
{
  g_autoptr (GPtrArray) twins = NULL;

  if (g_strcmp0 (sp_node_get_text (asset, "type"), "asset") != 0)
    return TRUE;
  twins = sp_twins_find (db, sp_node_get_text (asset, "_id"), asset, error);
  if (twins != NULL && twins->len > 0)
    self->alike++;
  return twins != NULL;
}

static gboolean
put_record (Import *self, SpDb *db, SpImport *import, const char *file, const SpRecord *record, GError **error)
{
  SpImportOutcome outcome = SP_IMPORT_SKIPPED;
  g_autofree char *reason = NULL;

  self->read++;
  for (guint i = 0; i < record->problems->len; i++)
    {
      const SpProblem *problem = g_ptr_array_index (record->problems, i);
      note_problem (self, file, record->row, problem->column, problem->message);
    }
  if (record->asset != NULL
      && !sp_import_put (import, sp_node_get_text (record->asset, "_id"), record->asset, &outcome, &reason, error))
    return FALSE;
  if (reason != NULL)
    note_problem (self, file, record->row, NULL, reason);
  self->counts[outcome]++;
  return outcome != SP_IMPORT_ADDED || count_twins (self, db, record->asset, error);
}

static gboolean
read_file (Import *self, SpDb *db, SpImport *import, const char *file, SpReader *reader, GError **error)
{
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

static SpReader *
open_reader (const Import *self, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *title = g_path_get_basename (path);
  SpReaderOptions options = { .maps = (const char * const *) self->maps, .title = title };

  if (strstr (path, "://") != NULL)
    {
      sp_cli_usage (error, _("%s: this version reads files only; please download it first"), path);
      return NULL;
    }
  if (!get_delimiter (self, &options.delimiter, error))
    return NULL;
  return sp_reader_open (file, self->format, &options, error);
}

/* Every file is opened, and so looked at, before a store is made or anything is written. */
static GPtrArray *
open_readers (const Import *self, GStrv files, GError **error)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; files[i] != NULL; i++)
    {
      SpReader *reader = open_reader (self, files[i], error);
      if (reader == NULL)
        return NULL;
      g_ptr_array_add (readers, reader);
    }
  return g_steal_pointer (&readers);
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
  sp_node_set (report, "possible_duplicates", sp_node_new_number (self->alike));
  sp_node_set (report, "errors", sp_node_ref (self->errors));
  sp_cli_print_json (report);
  sp_cli_print ("\n");
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
  if (self->alike > 0)
    sp_cli_print (_("%u may be the same as another entry; “signpost check” lists them\n"), self->alike);
  if (id != NULL)
    sp_cli_print (_("import %s\n"), id);
  else
    sp_cli_print (_("Nothing was written.\n"));
}

/* The name of an import for people: its files. */
static char *
get_label (GStrv files)
{
  g_autoptr (GString) label = g_string_new (NULL);

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (files[i]);
      g_string_append_printf (label, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_strdup (label->str);
}

static gboolean
import_files (Import *self, SpDb *db, GStrv files, GPtrArray *readers, GError **error)
{
  g_autofree char *label = get_label (files);
  g_autoptr (SpImport) import = sp_import_begin (db, label, sp_cli_who (), error);

  if (import == NULL)
    return FALSE;
  for (guint i = 0; files[i] != NULL; i++)
    if (!read_file (self, db, import, files[i], g_ptr_array_index (readers, i), error))
      return FALSE;
  if (!sp_import_finish (import, error))
    return FALSE;
  report (self, self->dry_run ? NULL : sp_import_get_id (import));
  return TRUE;
}

static gboolean
import_into_store (Import *self, SpCliCall *call, GPtrArray *readers, GError **error)
{
  g_autoptr (SpDb) db = sp_cli_open (call, SP_CLI_CREATE, error);

  return db != NULL && import_files (self, db, call->rest, readers, error);
}

static gboolean
import_into_copy (Import *self, SpCliCall *call, GPtrArray *readers, GError **error)
{
  g_autoptr (SpCliTrial) trial = sp_cli_trial_new (call, error);

  return trial != NULL && import_files (self, trial->db, call->rest, readers, error);
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
  g_auto (Import) self = { .errors = sp_node_new_array () };
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &self.format,
      N_("csv, xlsx, geojson or areas; found by looking if not given"), N_("FORMAT") },
    { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self.maps, N_("read a column as a field"), N_("COLUMN=FIELD") },
    { "delimiter", 0, 0, G_OPTION_ARG_FILENAME, &self.delimiter,
      N_("what stands between the cells of a CSV file"), N_("CHARACTER") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self.dry_run, N_("only say what would happen"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_("an object for scripts"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GPtrArray) readers = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 1, G_MAXUINT, error)
      || (readers = open_readers (&self, call->rest, error)) == NULL)
    return FALSE;
  if (self.dry_run)
    return import_into_copy (&self, call, readers, error);
  return import_into_store (&self, call, readers, error);
}
