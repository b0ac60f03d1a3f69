/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost add: a new entry. */
#include "sp-cli.h"

#include "sp-cli-assign.h"
#include "sp-cli-document.h"
#include "sp-cli-output.h"
#include "sp-clock.h"

static SpNode *
new_stamp (const char *on)
{
  SpNode *stamp = sp_node_new_object ();

  sp_node_set_text (stamp, "on", on);
  sp_node_set_text (stamp, "by", sp_cli_who ());
  return stamp;
}

/**
 * sp_cli_add:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Stores a new entry and prints its id.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_add (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *id = g_strconcat ("asset:", uuid, NULL);
  g_autofree char *now = sp_clock_now_text ();
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autoptr (SpDb) db = NULL;

  if (!sp_cli_parse (call, context, argv, 1, G_MAXUINT, error))
    return FALSE;
  sp_node_set_text (body, "type", "asset");
  sp_node_set (body, "schema", sp_node_new_number (1));
  if (!sp_cli_assign_all (body, call->rest, error))
    return FALSE;
  sp_node_set (body, "created", new_stamp (now));
  sp_node_set (body, "modified", new_stamp (now));
  db = sp_cli_open (call, SP_CLI_CREATE, error);
  if (db == NULL || !sp_docs_put_new (db, id, body, NULL, error))
    return FALSE;
  sp_cli_print ("%s\n", id);
  return TRUE;
}
