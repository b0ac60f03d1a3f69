/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person chose for each of several files. */
#include "sp-import-choices.h"

static void
clear_choices (gpointer choices)
{
  sp_list_choices_clear (choices);
}

/**
 * sp_import_choices_new:
 * @n: of how many files
 *
 * Returns: (transfer full) (element-type SpListChoices): that nothing was chosen for them
 */
GArray *
sp_import_choices_new (guint n)
{
  GArray *choices = g_array_new (FALSE, TRUE, sizeof (SpListChoices));

  g_array_set_clear_func (choices, clear_choices);
  g_array_set_size (choices, n);
  return choices;
}

/**
 * sp_import_choices_copy:
 * @choices: (element-type SpListChoices): what was chosen for some files
 *
 * Returns: (transfer full) (element-type SpListChoices): the same
 */
GArray *
sp_import_choices_copy (GArray *choices)
{
  GArray *copy = sp_import_choices_new (choices->len);

  for (guint i = 0; i < choices->len; i++)
    sp_list_choices_copy (&g_array_index (copy, SpListChoices, i), &g_array_index (choices, SpListChoices, i));
  return copy;
}
