/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost backup: a copy of the store in one file. */
#include "sp-cli.h"

#include "sp-backup.h"
#include "sp-cli-output.h"

#include <glib/gi18n.h>

static void
progress_cb (goffset done, goffset total, gpointer data)
{
  sp_cli_progress (_("%.0f %% copied"), total > 0 ? 100.0 * (double) done / (double) total : 0);
}

/**
 * sp_cli_backup:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Copies the store into one file.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_backup (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  gboolean with_private = FALSE;
  const GOptionEntry entries[] = {
    { "with-private", 0, 0, G_OPTION_ARG_NONE, &with_private,
      N_("also what otherwise never leaves this machine"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SpDb) db = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 1, 1, error))
    return FALSE;
  db = sp_cli_open (call, SP_CLI_COPY, error);
  if (db == NULL || !sp_backup_write (db, call->rest[0], with_private, NULL, progress_cb, NULL, error))
    return FALSE;
  sp_cli_tell (_("%s holds all of it%s.\n"), call->rest[0],
               with_private ? _(", also what is private") : _(" but what is private to this machine"));
  return TRUE;
}
