/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: which subcommands there are, what they have in common, and how they end. */
#include "sp-cli.h"

#include "sp-backup.h"
#include "sp-cli-output.h"
#include "sp-local-taxonomy.h"
#include "sp-projection.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *name;
  SpCliFunc   run;
  const char *arguments; /* nullable; as its help shows them */
  const char *summary;
} Command;

static const Command commands[] = {
  { "sample", sp_cli_sample, NULL, N_("fill an empty store with the sample neighbourhood") },
  { "import", sp_cli_import, N_("FILE…"), N_("read lists from files") },
  { "find", sp_cli_find, N_("[WORDS…]"), N_("search") },
  { "show", sp_cli_show, N_("ID"), N_("show one entry in full") },
  { "add", sp_cli_add, N_("FIELD=VALUE…"), N_("add an entry, and print its id") },
  { "edit", sp_cli_edit, N_("ID FIELD=VALUE…"), N_("change an entry") },
  { "delete", sp_cli_delete, N_("ID"), N_("delete an entry, or erase personal data") },
  { "resolve", sp_cli_resolve, N_("ID FIELD=mine|theirs|@REV|VALUE…"), N_("settle a conflict between two versions") },
  { "submissions", sp_cli_submissions, N_("[accept|decline|propose …]"), N_("what contributors propose") },
  { "export", sp_cli_export, N_("[WORDS…]"), N_("write what a search finds to a file") },
  { "report", sp_cli_report, N_("[ID…]"), N_("write pages to print: the list for a meeting, or a sheet to take home") },
  { "sync", sp_cli_sync, N_("URL|FILE.db"), N_("exchange what is new with a server or another store") },
  { "check", sp_cli_check, NULL, N_("look for damage, conflicts, stale facts and duplicates") },
  { "undo", sp_cli_undo, N_("IMPORT-ID"), N_("take an import back") },
  { "backup", sp_cli_backup, N_("FILE"), N_("write a copy of the store") },
  { "restore", sp_cli_restore, N_("FILE"), N_("put a copy in the store's place") },
};

/**
 * sp_cli_usage:
 * @error: where to put it
 * @format: a sentence
 *
 * Sets %SP_ERROR_USAGE.
 *
 * Returns: %FALSE
 */
gboolean
sp_cli_usage (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (SP_ERROR, SP_ERROR_USAGE, format, args));
  va_end (args);
  return FALSE;
}

static gboolean
check_arguments (const SpCliCall *call, guint least, guint most, GError **error)
{
  const char * const *rest = (const char * const *) call->rest;
  guint n = g_strv_length (call->rest);

  for (guint i = 0; i < n; i++)
    if (!g_utf8_validate (rest[i], -1, NULL))
      return sp_cli_usage (error, _("Argument %u is not UTF-8"), i + 1);
  if (n < least)
    return sp_cli_usage (error, _("%s is wanted"), call->arguments);
  if (n > most)
    return sp_cli_usage (error, _("“%s” is one argument too many"), rest[most]);
  return TRUE;
}

/**
 * sp_cli_parse:
 * @call: the call; gets its store and rest
 * @context: with the subcommand's own options
 * @argv: (array zero-terminated=1) (inout): the arguments; emptied
 * @least: arguments wanted beside the options
 * @most: arguments taken
 * @error: %G_OPTION_ERROR or %SP_ERROR_USAGE
 *
 * Takes the arguments apart. Prints help and exits if that is asked for.
 *
 * Returns: whether they make sense
 */
gboolean
sp_cli_parse (SpCliCall *call, GOptionContext *context, GStrv *argv, guint least, guint most, GError **error)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &call->store, N_("the store to work on"), N_("FILE") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &call->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, argv, error))
    return FALSE;
  if (call->rest == NULL)
    call->rest = g_new0 (char *, 1);
  if (call->store == NULL)
    call->store = g_build_filename (g_get_user_data_dir (), "signpost", "signpost.db", NULL);
  return check_arguments (call, least, most, error);
}

/**
 * sp_cli_make_folder:
 * @call: a call, parsed
 * @error: %SP_ERROR_READ_ONLY
 *
 * Makes the folder that the store of the call lies in.
 *
 * Returns: whether it is there
 */
gboolean
sp_cli_make_folder (SpCliCall *call, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (call->store);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_READ_ONLY, _("The folder %s cannot be made: %s"), folder, g_strerror (errno));
  return FALSE;
}

/* A damaged store is left as it is; what there is to go on with is told. */
static void
offer_backup (const char *store, GError **error)
{
  g_autofree char *backup = NULL;
  g_autofree char *message = NULL;

  if (error == NULL || !g_error_matches (*error, SP_ERROR, SP_ERROR_DAMAGED)
      || (backup = sp_backup_find_newest (store)) == NULL)
    return;
  message = g_strdup_printf (_("%s. “signpost restore --store %s %s” goes back to the last automatic backup"),
                             (*error)->message, store, backup);
  g_free ((*error)->message);
  (*error)->message = g_steal_pointer (&message);
}

/* The daily backup, before the first change of the day. That it cannot be made does not stop the work. */
static void
back_up (SpDb *db)
{
  g_autoptr (GError) error = NULL;

  if (sp_backup_is_due (sp_db_get_path (db)) && !sp_backup_automatic (db, NULL, NULL, &error))
    sp_cli_tell (_("There is no backup of today: %s\n"), error->message);
}

/* Opens it to look only. A server's store has nothing to search in: that is made first. */
static SpDb *
open_to_read (SpCliCall *call, SpCliMode mode, GError **error)
{
  SpDb *db = sp_db_open (call->store, SP_DB_READ, error);

  if (db == NULL || mode == SP_CLI_COPY || sp_projection_is_current (db))
    return db;
  sp_db_close (db);
  db = sp_db_open (call->store, SP_DB_WRITE, error);
  if (db == NULL)
    return NULL;
  sp_db_close (db);
  return sp_db_open (call->store, SP_DB_READ, error);
}

/* With a mistake in them the command goes on by ours. */
static void
read_taxonomy (SpDb *db)
{
  g_autoptr (GError) error = NULL;

  if (!sp_local_taxonomy_load (db, &error))
    sp_cli_tell (_("The categories of this list are not used: %s\n"), error->message);
}

/**
 * sp_cli_open:
 * @call: a call, parsed
 * @mode: what is done with it
 * @error: what sp_db_open() says
 *
 * Opens the store of the call. One that will be changed is backed up first, at most once a day.
 *
 * Returns: (transfer full) (nullable): the connection
 */
SpDb *
sp_cli_open (SpCliCall *call, SpCliMode mode, GError **error)
{
  gboolean is_there = g_file_test (call->store, G_FILE_TEST_EXISTS);
  SpDb *db;

  if (mode != SP_CLI_CREATE && !is_there)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND,
                   _("There is no store %s yet; “signpost import” or “signpost sample” makes one"), call->store);
      return NULL;
    }
  if (mode == SP_CLI_CREATE && !sp_cli_make_folder (call, error))
    return NULL;
  if (mode == SP_CLI_READ || mode == SP_CLI_COPY)
    db = open_to_read (call, mode, error);
  else
    db = sp_db_open (call->store, SP_DB_WRITE, error);
  if (db == NULL)
    offer_backup (call->store, error);
  else if (mode != SP_CLI_READ && mode != SP_CLI_COPY && is_there)
    back_up (db);
  if (db != NULL)
    read_taxonomy (db);
  return db;
}

static int
exit_status (const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return 2;
  if (g_error_matches (error, SP_ERROR, SP_ERROR_USAGE) || g_error_matches (error, SP_ERROR, SP_ERROR_AMBIGUOUS))
    return 2;
  return 1;
}

static int
run_command (const Command *command, char **arguments)
{
  SpCliCall call = { .command = command->name, .arguments = command->arguments != NULL ? _(command->arguments) : NULL };
  g_autofree char *name = g_strconcat ("signpost ", command->name, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (call.arguments);
  g_auto (GStrv) argv = g_strdupv (arguments); /* its first takes the place of the program's name */
  g_autoptr (GError) error = NULL;
  int status;

  g_option_context_set_summary (context, _(command->summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_set_prgname (name);
  status = command->run (&call, context, &argv, &error) ? call.status : exit_status (error);
  if (error != NULL)
    sp_cli_tell ("%s: %s\n", name, error->message);
  if (error != NULL && status == 2 && !g_error_matches (error, SP_ERROR, SP_ERROR_AMBIGUOUS))
    sp_cli_tell (_("Try “%s --help”.\n"), name);
  g_free (call.store);
  g_strfreev (call.rest);
  if (sp_cli_flush ())
    return status;
  sp_cli_tell ("%s: %s\n", name, _("The results could not be written"));
  return 1;
}

static int
print_help (void)
{
  sp_cli_print (_("Usage: signpost [--store FILE]\n"
                  "       signpost COMMAND [OPTION…] …\n\n"
                  "Signpost keeps a shared list of what a community has: halls, groups, services.\n"
                  "Without a command it opens its window.\n\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    sp_cli_print ("  %-9s %s\n", commands[i].name, _(commands[i].summary));
  sp_cli_print (_("\n“signpost COMMAND --help” tells more about one of them, “man signpost” about all.\n"));
  return sp_cli_flush () ? 0 : 1;
}

/**
 * sp_cli_run:
 * @argc: how many arguments, at least 2
 * @argv: the program's arguments, its name first
 *
 * Runs the subcommand that the arguments name.
 *
 * Returns: the exit status: 0 done, 1 failed or something to report, 2 wrong usage or an ambiguous place
 */
int
sp_cli_run (int argc, char **argv)
{
  g_return_val_if_fail (argc >= 2, 2);

  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0)
    return print_help ();
  if (strcmp (argv[1], "--version") == 0)
    {
      sp_cli_print ("signpost %s\n", SIGNPOST_VERSION);
      return sp_cli_flush () ? 0 : 1;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return run_command (&commands[i], argv + 1);
  sp_cli_tell (_("signpost: there is no command “%s”. “signpost --help” lists them.\n"), argv[1]);
  return 2;
}
