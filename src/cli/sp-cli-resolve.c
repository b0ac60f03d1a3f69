/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost resolve: a person decides what two versions of an entry disagree about. */
#include "sp-cli.h"

#include "sp-cli-choices.h"
#include "sp-cli-document.h"
#include "sp-clock.h"
#include "sp-resolve.h"

static const SpCliWords words = { "mine", "theirs", TRUE };

/**
 * sp_cli_resolve:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Settles the conflicts of an entry by what the person decided.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_resolve (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_autofree char *now = sp_clock_now_text ();
  const SpEditStamp stamp = { sp_cli_who (), now, SP_EDIT_BY_PERSON };
  g_autoptr (SpDb) db = NULL;
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (GPtrArray) choices = NULL;

  if (!sp_cli_parse (call, context, argv, 2, G_MAXUINT, error)
      || (choices = sp_cli_choices_read (call->rest + 1, &words, error)) == NULL)
    return FALSE;
  db = sp_cli_open (call, SP_CLI_WRITE, error);
  doc = db != NULL ? sp_cli_document_get (db, call->rest[0], error) : NULL;
  return doc != NULL && sp_resolve_write (db, doc->id, choices, &stamp, NULL, error);
}
