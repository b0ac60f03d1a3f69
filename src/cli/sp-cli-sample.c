/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost sample: an invented neighbourhood in an empty store, to play with. */
#include "sp-cli.h"

#include "sp-cli-output.h"
#include "sp-sample.h"

#include <glib/gi18n.h>

/**
 * sp_cli_sample:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Fills an empty store with the sample neighbourhood.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_sample (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_autoptr (SpDb) db = NULL;
  guint n_assets = 0;

  if (!sp_cli_parse (call, context, argv, 0, 0, error))
    return FALSE;
  db = sp_cli_open (call, SP_CLI_CREATE, error);
  if (db == NULL || !sp_sample_fill (db, &n_assets, error))
    return FALSE;
  sp_cli_print (ngettext ("%u entry added\n", "%u entries added\n", n_assets), n_assets);
  return TRUE;
}
