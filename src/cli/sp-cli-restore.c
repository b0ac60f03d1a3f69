/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost restore: a backup in the place of the store. */
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
 * sp_cli_restore:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Puts a backup in the place of the store.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_restore (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_autofree char *kept = NULL;

  if (!sp_cli_parse (call, context, argv, 1, 1, error) || !sp_cli_make_folder (call, error)
      || !sp_backup_restore (call->store, call->rest[0], &kept, NULL, progress_cb, NULL, error))
    return FALSE;
  if (kept != NULL)
    sp_cli_tell (_("What was there before is kept as %s.\n"), kept);
  return TRUE;
}
