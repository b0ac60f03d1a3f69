/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filters of a query that facets answer: groups of facets, of each of which an entry must have one. */
#include "sp-search-private.h"

#include "sp-projection-private.h"

/**
 * sp_facets_new:
 *
 * Returns: (transfer full) (element-type GPtrArray): no groups yet
 */
GPtrArray *
sp_facets_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

/**
 * sp_facets_open:
 * @facets: groups
 *
 * Begins another group.
 */
void
sp_facets_open (GPtrArray *facets)
{
  g_ptr_array_add (facets, g_ptr_array_new_with_free_func (g_free));
}

/**
 * sp_facets_add:
 * @facets: groups, with one at least
 * @letter: which facet
 * @value: (nullable): its value
 *
 * Adds a facet to the newest group.
 */
void
sp_facets_add (GPtrArray *facets, char letter, const char *value)
{
  g_ptr_array_add (g_ptr_array_index (facets, facets->len - 1), sp_text_facet (letter, value));
}

/**
 * sp_facets_add_numbers:
 * @facets: groups
 * @letter: which facet
 * @first: the least
 * @last: the greatest
 *
 * Adds a group for one of some numbers that follow each other.
 */
void
sp_facets_add_numbers (GPtrArray *facets, char letter, guint first, guint last)
{
  sp_facets_open (facets);
  for (guint i = first; i <= last; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u", i);
      sp_facets_add (facets, letter, value);
    }
}

/**
 * sp_facets_add_flag:
 * @facets: groups
 * @letter: a facet without a value
 *
 * Adds a group of that alone.
 */
void
sp_facets_add_flag (GPtrArray *facets, char letter)
{
  sp_facets_open (facets);
  sp_facets_add (facets, letter, NULL);
}

/**
 * sp_facets_add_any:
 * @facets: groups
 * @letter: which facet
 * @values: (element-type utf8): of which one must be there; adds nothing if there are none
 */
void
sp_facets_add_any (GPtrArray *facets, char letter, GPtrArray *values)
{
  if (values->len == 0)
    return;
  sp_facets_open (facets);
  for (guint i = 0; i < values->len; i++)
    sp_facets_add (facets, letter, g_ptr_array_index (values, i));
}

/**
 * sp_facets_add_all:
 * @facets: groups
 * @letter: which facet
 * @values: (element-type utf8): all of which must be there
 */
void
sp_facets_add_all (GPtrArray *facets, char letter, GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    {
      sp_facets_open (facets);
      sp_facets_add (facets, letter, g_ptr_array_index (values, i));
    }
}

/**
 * sp_facets_add_bits:
 * @facets: groups
 * @letter: which facet
 * @bits: a bit for each value of which one must be there; adds nothing if there are none
 * @name: what a value is called
 */
void
sp_facets_add_bits (GPtrArray *facets, char letter, guint bits, const char *(*name) (guint))
{
  if (bits == 0)
    return;
  sp_facets_open (facets);
  for (guint i = 0; i < 32; i++)
    if (bits & (1u << i))
      sp_facets_add (facets, letter, name (i));
}

/**
 * sp_facets_express:
 * @facets: groups
 * @expression: gets the groups
 */
void
sp_facets_express (const GPtrArray *facets, SpExpression *expression)
{
  for (guint i = 0; i < facets->len; i++)
    {
      const GPtrArray *group = g_ptr_array_index (facets, i);

      sp_expression_open (expression);
      for (guint j = 0; j < group->len; j++)
        sp_expression_add (expression, g_ptr_array_index (group, j), FALSE, SP_PHRASE_FILTER, SP_PHRASE_EXACT);
      sp_expression_close (expression);
    }
}
