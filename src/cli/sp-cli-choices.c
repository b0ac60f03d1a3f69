/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arguments that decide between versions of an entry: `cost.amount=theirs`, `name=Harbour Hall`, `free:=true`. */
#include "sp-cli-choices.h"

#include "sp-cli-assign.h"

#include <string.h>

static SpChoice *
read_choice (const char *argument, const SpCliWords *words, GError **error)
{
  g_autofree char *path = NULL;
  const char *text;
  gboolean json;
  SpNode *value;

  if (!sp_cli_assign_split (argument, &path, &text, &json, error))
    return NULL;
  if (!json && strcmp (text, words->mine) == 0)
    return sp_choice_new (path, SP_CHOICE_MINE, NULL, NULL);
  if (!json && strcmp (text, words->theirs) == 0)
    return sp_choice_new (path, SP_CHOICE_THEIRS, NULL, NULL);
  if (!json && words->has_revisions && *text == '@')
    return sp_choice_new (path, SP_CHOICE_REV, text + 1, NULL);
  return sp_cli_assign_read (path, text, json, &value, error) ? sp_choice_new (path, SP_CHOICE_VALUE, NULL, value) : NULL;
}

/**
 * sp_cli_choices_read:
 * @arguments: (array zero-terminated=1): one for each choice
 * @words: how the versions are named
 * @error: %SP_ERROR_INVALID for the first that is no choice
 *
 * Returns: (transfer full) (nullable) (element-type SpChoice): what they decide, in their order
 */
GPtrArray *
sp_cli_choices_read (char **arguments, const SpCliWords *words, GError **error)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_choice_free);

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      SpChoice *choice = read_choice (arguments[i], words, error);
      if (choice == NULL)
        return NULL;
      g_ptr_array_add (choices, choice);
    }
  return g_steal_pointer (&choices);
}
