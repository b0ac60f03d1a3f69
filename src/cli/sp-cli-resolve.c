/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost resolve: a person decides what two versions of an entry disagree about. */
#include "sp-cli.h"

#include "sp-cli-assign.h"
#include "sp-cli-document.h"
#include "sp-clock.h"
#include "sp-resolve.h"

#include <string.h>

/* What one argument decides. */
static SpChoice *
read_choice (const char *argument, GError **error)
{
  g_autofree char *path = NULL;
  const char *text;
  gboolean json;
  SpNode *value;

  if (!sp_cli_assign_split (argument, &path, &text, &json, error))
    return NULL;
  if (!json && strcmp (text, "mine") == 0)
    return sp_choice_new (path, SP_CHOICE_MINE, NULL, NULL);
  if (!json && strcmp (text, "theirs") == 0)
    return sp_choice_new (path, SP_CHOICE_THEIRS, NULL, NULL);
  if (!json && *text == '@')
    return sp_choice_new (path, SP_CHOICE_REV, text + 1, NULL);
  if (!sp_cli_assign_read (path, text, json, &value, error))
    return NULL;
  return sp_choice_new (path, SP_CHOICE_VALUE, NULL, value);
}

static GPtrArray *
read_choices (char **arguments, GError **error)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_choice_free);

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      SpChoice *choice = read_choice (arguments[i], error);
      if (choice == NULL)
        return NULL;
      g_ptr_array_add (choices, choice);
    }
  return g_steal_pointer (&choices);
}

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
      || (choices = read_choices (call->rest + 1, error)) == NULL)
    return FALSE;
  db = sp_cli_open (call, SP_CLI_WRITE, error);
  doc = db != NULL ? sp_cli_document_get (db, call->rest[0], error) : NULL;
  return doc != NULL && sp_resolve_write (db, doc->id, choices, &stamp, NULL, error);
}
