/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many were found, and which of them come first, in words. */
#include "sp-count-words.h"

#include <glib/gi18n.h>

/**
 * sp_count_words:
 * @count: how many
 * @exact: whether there are no more
 *
 * Returns: (transfer full): the number as people write it: "23", "1,000+"
 */
char *
sp_count_words (guint count, gboolean exact)
{
  g_autofree char *number = g_strdup_printf ("%'u", count); /* grouped as the locale does */

  return exact ? g_steal_pointer (&number) : g_strdup_printf (_("%s+"), number); /* Translators: at least so many */
}

/**
 * sp_count_words_search:
 * @finder: a search, that may still run
 *
 * Returns: (transfer full): a search in words, and how much it finds once that is known: “Near Maryport, within 3 km: 23
 *   entries”
 */
char *
sp_count_words_search (SpFinder *finder)
{
  g_autofree char *query = sp_query_describe (sp_finder_get_query (finder)), *count = NULL;

  if (sp_finder_is_running (finder))
    return g_steal_pointer (&query);
  count = sp_count_words_hits (sp_finder_get_hits (finder));
  /* Translators: a search in words, and how much it finds: “Near Maryport, within 3 km: 23 entries” */
  return g_strdup_printf (_("%s: %s"), query, count);
}

/**
 * sp_count_words_found:
 * @count: how many
 * @exact: whether there are no more
 *
 * Returns: (transfer full): "23 found", "Nothing found"
 */
char *
sp_count_words_found (guint count, gboolean exact)
{
  g_autofree char *number = sp_count_words (count, exact);

  if (count == 0)
    return g_strdup (_("Nothing found"));
  return g_strdup_printf (ngettext ("%s found", "%s found", count), number);
}

/**
 * sp_count_words_hits:
 * @hits: (nullable): what a search found; %NULL before it did
 *
 * Returns: (transfer full): "23 entries", "more than 1000 entries"
 */
char *
sp_count_words_hits (const SpHits *hits)
{
  guint count = hits != NULL ? hits->total : 0;

  if (hits != NULL && !hits->exact)
    return g_strdup_printf (ngettext ("more than %u entry", "more than %u entries", count), count);
  return g_strdup_printf (ngettext ("%u entry", "%u entries", count), count);
}

/**
 * sp_count_words_order:
 * @query: a query
 *
 * Returns: (transfer none): what comes first: "Nearest first"
 */
const char *
sp_count_words_order (SpQuery *query)
{
  const SpFilters *f = sp_query_get_filters (query);
  gboolean has_words = f->words != NULL && *f->words != '\0';
  SpQueryOrder order = f->order;

  if (order == SP_ORDER_NATURAL)
    order = f->near != NULL ? SP_ORDER_DISTANCE : has_words ? SP_ORDER_FIT : SP_ORDER_FRESHNESS;
  if (order == SP_ORDER_DISTANCE && f->near == NULL)
    order = SP_ORDER_FRESHNESS; /* as the store does */
  switch (order)
    {
    case SP_ORDER_FIT: return _("Best fit first");
    case SP_ORDER_DISTANCE: return _("Nearest first");
    case SP_ORDER_NAME: return _("By name");
    case SP_ORDER_NATURAL:
    case SP_ORDER_ANY:
    case SP_ORDER_FRESHNESS:
    default: return _("Latest change first");
    }
}
