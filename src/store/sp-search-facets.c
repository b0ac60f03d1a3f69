/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filters of a query that facets answer: groups of facets, of each of which an entry must have one. Where it is known
 * which few regions of the map matter, they become the facets that are joined with those, whose lists are as long as
 * what is there, and not as what the country has. */
#include "sp-search-private.h"

#include "sp-projection-private.h"

#define MOST_JOINED 96 /* phrases of one group */

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

static void
express_one (const char *region, const char *facet, SpExpression *expression)
{
  g_autofree char *joined = g_strconcat (region, facet, NULL);

  sp_expression_add (expression, joined, FALSE, SP_PHRASE_FILTER, SP_PHRASE_EXACT);
}

/**
 * sp_facets_express:
 * @facets: groups
 * @regions: (element-type utf8): of sp_tiles_list_regions(); empty for anywhere
 * @expression: gets the groups
 *
 * Adds the groups, joined with the regions. One of many facets is left plain: each phrase costs a look-up.
 *
 * Returns: whether one is joined, so that nothing outside of the regions can match
 */
gboolean
sp_facets_express (const GPtrArray *facets, const GPtrArray *regions, SpExpression *expression)
{
  gboolean any_joined = FALSE;

  for (guint i = 0; i < facets->len; i++)
    {
      const GPtrArray *group = g_ptr_array_index (facets, i);
      gboolean joined = regions->len > 0 && group->len * regions->len <= MOST_JOINED;

      sp_expression_open (expression);
      for (guint j = 0; j < group->len; j++)
        for (guint region = 0; region < (joined ? regions->len : 1); region++)
          express_one (joined ? g_ptr_array_index (regions, region) : "", g_ptr_array_index (group, j), expression);
      sp_expression_close (expression);
      any_joined |= joined;
    }
  return any_joined;
}
