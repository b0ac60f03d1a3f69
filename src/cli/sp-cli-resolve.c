/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost resolve: a person decides what two versions of an entry disagree about. */
#include "sp-cli.h"

#include "sp-cli-choices.h"
#include "sp-cli-document.h"
#include "sp-clock.h"
#include "sp-resolve.h"

#include <glib/gi18n.h>

static const SpCliWords words = { "mine", "theirs", TRUE };

/**
 * sp_cli_resolve:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Settles the conflicts of an entry by what the person decided, or undoes that.
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
  gboolean undo = FALSE;
  const GOptionEntry entries[] = {
    { "undo", 0, 0, G_OPTION_ARG_NONE, &undo, N_("undo the decision: the versions stand against each other again"), NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 1, G_MAXUINT, error))
    return FALSE;
  if (undo != (call->rest[1] == NULL))
    return sp_cli_usage (error, _("Say what is chosen, or --undo"));
  if (!undo && (choices = sp_cli_choices_read (call->rest + 1, &words, error)) == NULL)
    return FALSE;
  db = sp_cli_open (call, SP_CLI_WRITE, error);
  doc = db != NULL ? sp_cli_document_get (db, call->rest[0], error) : NULL;
  if (doc == NULL)
    return FALSE;
  return undo ? sp_resolve_reopen (db, doc->id, &stamp, error) : sp_resolve_write (db, doc->id, choices, &stamp, NULL, error);
}
