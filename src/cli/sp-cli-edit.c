/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost edit: changes the members that are named, and no others. */
#include "sp-cli.h"

#include "sp-asset.h"
#include "sp-cli-assign.h"
#include "sp-cli-document.h"
#include "sp-cli-output.h"
#include "sp-clock.h"
#include "sp-edit.h"

#include <glib/gi18n.h>

/**
 * sp_cli_edit:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Changes the named members of an entry.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_edit (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_autofree char *now = sp_clock_now_text ();
  const SpEditStamp stamp = { sp_cli_who (), now, SP_EDIT_BY_PERSON };
  g_autoptr (SpDb) db = NULL;
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (SpNode) before = NULL;
  g_autoptr (SpNode) after = NULL;
  g_autoptr (SpNode) changes = NULL;

  if (!sp_cli_parse (call, context, argv, 2, G_MAXUINT, error))
    return FALSE;
  db = sp_cli_open (call, SP_CLI_WRITE, error);
  doc = db != NULL ? sp_cli_document_get (db, call->rest[0], error) : NULL;
  before = doc != NULL ? sp_node_parse (doc->body, -1, error) : NULL;
  if (before == NULL)
    return FALSE;
  after = sp_node_copy (before);
  if (!sp_cli_assign_all (after, call->rest + 1, error))
    return FALSE;
  changes = sp_asset_diff (before, after);
  if (sp_node_get_length (changes) == 0)
    {
      sp_cli_tell (_("It says so already; nothing was changed.\n"));
      return TRUE;
    }
  return sp_edit_save (db, doc->id, doc->rev, changes, &stamp, NULL, error);
}
