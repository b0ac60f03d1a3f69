/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What could be given up when nothing is found: each condition by itself, a wider ring, the words, all of it. */
#include "sp-loosen.h"

#include "sp-filter.h"
#include "sp-query-values.h"

#include <glib/gi18n.h>

#define RINGS 2 /* wider ones that are offered */

/**
 * sp_loosened_free:
 * @self: (transfer full): a looser query
 */
void
sp_loosened_free (SpLoosened *self)
{
  g_free (self->label);
  g_object_unref (self->query);
  g_free (self);
}

/* @label, @query: (transfer full) */
static void
add (GPtrArray *out, char *label, SpQuery *query)
{
  SpLoosened *loosened = g_new0 (SpLoosened, 1);

  loosened->label = label;
  loosened->query = query;
  g_ptr_array_add (out, loosened);
}

static void
add_rings (GPtrArray *out, SpQuery *query, gboolean miles)
{
  static const char *const kilometres[] = { "3km", "5km", "10km", "20km", "50km" };
  static const char *const in_miles[] = { "2mi", "3mi", "5mi", "10mi", "30mi" };
  double within = sp_query_get_filters (query)->within;
  guint added = 0;

  for (guint i = 0; within > 0 && i < G_N_ELEMENTS (kilometres) && added < RINGS; i++)
    {
      const char *value = miles ? in_miles[i] : kilometres[i];
      g_autofree char *distance = NULL;
      double metres;

      if (!sp_query_parse_distance (value, &metres, NULL) || metres < within * 1.5)
        continue;
      distance = sp_filter_distance_label (metres, miles);
      add (out, g_strdup_printf (_("Within %s"), distance), sp_filter_with_only (query, "within", value)); /* Translators: a distance */
      added++;
    }
}

static SpQuery *
without_words (SpQuery *query)
{
  SpQuery *copy = sp_query_copy (query);

  sp_query_set_words (copy, NULL);
  return copy;
}

/**
 * sp_loosen:
 * @query: a query that finds nothing
 * @miles: whether distances are told in miles
 *
 * Returns: (transfer full) (element-type SpLoosened): what could be looked for instead, the smallest change first; empty if
 *   the query has no condition at all
 */
GPtrArray *
sp_loosen (SpQuery *query, gboolean miles)
{
  g_autoptr (GPtrArray) set = sp_filter_list (query, miles);
  const char *words = sp_query_get_filters (query)->words;
  gboolean has_words = words != NULL && *words != '\0';
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_loosened_free);

  add_rings (out, query, miles);
  for (guint i = set->len; i-- > 0;) /* what was asked for first weighs most */
    {
      const SpFilterValue *value = g_ptr_array_index (set, i);
      add (out, g_strdup_printf (_("Without “%s”"), value->label), sp_filter_without (query, value->filter, value->value));
    }
  if (has_words)
    add (out, g_strdup_printf (_("Without the words “%s”"), words), without_words (query));
  if (has_words && set->len > 1)
    add (out, g_strdup_printf (_("Only the words “%s”"), words), sp_filter_without_all (query));
  if (set->len + has_words > 1)
    add (out, g_strdup (_("Everything")), sp_query_new ());
  return out;
}
