/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost undo: takes one import back. */
#include "sp-cli.h"

#include "sp-cli-output.h"
#include "sp-import.h"

#include <glib/gi18n.h>

/**
 * sp_cli_undo:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Takes an import back, but for entries that were edited since.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_undo (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_autoptr (SpDb) db = NULL;
  g_autoptr (GPtrArray) left = NULL;
  guint taken_back;

  if (!sp_cli_parse (call, context, argv, 1, 1, error))
    return FALSE;
  db = sp_cli_open (call, SP_CLI_WRITE, error);
  if (db == NULL || !sp_import_undo (db, call->rest[0], &taken_back, &left, error))
    return FALSE;
  for (guint i = 0; i < left->len; i++)
    sp_cli_tell (_("%s was edited since, and is left as it is\n"), (const char *) g_ptr_array_index (left, i));
  sp_cli_print (ngettext ("%u entry taken back\n", "%u entries taken back\n", taken_back), taken_back);
  return TRUE;
}
