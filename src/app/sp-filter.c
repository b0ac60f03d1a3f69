/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conditions of a query one by one, as a person adds and removes them: what is set, what it is called, and the query
 * with or without it. A query is never changed in place. No widgets in here. */
#include "sp-filter.h"

#include "sp-query-values.h"
#include "sp-taxonomy.h"
#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* In the order of the chips. */
static const struct
{
  const char  *name;
  SpFilterMode mode;
  const char  *sister; /* that cannot stand beside it */
  const char  *label;  /* of a flag; of any other the words around its value, or NULL */
} filters[] = {
  { "near", SP_FILTER_ONE, NULL, N_("Near %s") },
  { "within", SP_FILTER_ONE, NULL, NULL },
  { "area", SP_FILTER_ONE, NULL, N_("In %s") },
  { "box", SP_FILTER_ONE, NULL, NULL },
  { "kind", SP_FILTER_ANY, NULL, NULL },
  { "category", SP_FILTER_ANY, NULL, NULL },
  { "need", SP_FILTER_ANY, NULL, N_("For “%s”") },
  { "day", SP_FILTER_ANY, NULL, NULL },
  { "time", SP_FILTER_ONE, NULL, N_("Open at %s") },
  { "free", SP_FILTER_FLAG, "cost-at-most", N_("Free") },
  { "cost-at-most", SP_FILTER_ONE, "free", N_("At most £%s") },
  { "access", SP_FILTER_ALL, NULL, NULL },
  { "age", SP_FILTER_ONE, NULL, N_("Aged %s") },
  { "language", SP_FILTER_ANY, NULL, NULL },
  { "available", SP_FILTER_FLAG, NULL, N_("Not full") },
  { "crisis", SP_FILTER_ANY, NULL, NULL },
  { "capacity", SP_FILTER_ONE, NULL, N_("Room for %s") },
  { "volunteers", SP_FILTER_FLAG, NULL, N_("Wants volunteers") },
  { "stale", SP_FILTER_FLAG, NULL, N_("Due to be checked") },
  { "unplaced", SP_FILTER_FLAG, NULL, N_("Not on the map yet") },
  { "hidden", SP_FILTER_FLAG, NULL, N_("Outside dates for showing") },
  { "status", SP_FILTER_ANY, NULL, NULL },
};

/* Values that are words of documents, as a person reads them. */
static const struct { const char *filter; const char *value; const char *label; } words[] = {
  { "kind", "place", N_("Places") },
  { "kind", "service", N_("Services") },
  { "kind", "group", N_("Groups") },
  { "status", "active", N_("Active") },
  { "status", "temporarily closed", N_("Temporarily closed") },
  { "status", "inactive", N_("Inactive") },
  { "status", "defunct", N_("No more") },
  { "status", "other", N_("Other status") },
  { "access", "wheelchair", N_("Wheelchair access") },
  { "access", "accessible-toilet", N_("Accessible toilet") },
  { "access", "hearing-loop", N_("Hearing loop") },
  { "access", "lift", N_("Lift") },
  { "access", "step-free", N_("Step-free") },
  { "access", "quiet-space", N_("Quiet space") },
  { "access", "parking", N_("Parking") },
  { "access", "benches", N_("Benches") },
  { "access", "changing-places", N_("Changing Places toilet") },
  { "access", "hoist", N_("Hoist") },
  { "access", "guide-dogs", N_("Guide dogs welcome") },
  { "access", "baby-changing", N_("Baby changing") },
  { "access", "pushchair", N_("Pushchair access") },
  { "access", "large-print", N_("Large print") },
  { "access", "easy-read", N_("Easy read") },
  { "access", "interpreter", N_("Interpreter") },
  { "access", "bsl", N_("British Sign Language") },
  { "access", "dementia-friendly", N_("Dementia friendly") },
  { "access", "tail-lift", N_("Vehicle with a tail lift") },
  { "crisis", "rest centre", N_("Rest centre") },
  { "crisis", "vaccination", N_("Vaccination") },
  { "crisis", "food hub", N_("Food hub") },
  { "crisis", "warm space", N_("Warm space") },
};

static int
find_filter (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (strcmp (filters[i].name, name) == 0)
      return (int) i;
  return -1;
}

/**
 * sp_filter_value_free:
 * @self: (transfer full): a condition
 */
void
sp_filter_value_free (SpFilterValue *self)
{
  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

/**
 * sp_filter_get_mode:
 * @filter: a filter's name
 *
 * Returns: how its values go together
 */
SpFilterMode
sp_filter_get_mode (const char *filter)
{
  int index = find_filter (filter);

  g_return_val_if_fail (index >= 0, SP_FILTER_ONE);
  return filters[index].mode;
}

/**
 * sp_filter_distance_label:
 * @metres: how far
 * @miles: whether to say it in miles
 *
 * Returns: (transfer full): "500 m", "3 km", "1.5 km", "2 miles"
 */
char *
sp_filter_distance_label (double metres, gboolean miles)
{
  if (miles)
    return sp_words_distance (metres, TRUE);
  if (metres < 1000)
    return g_strdup_printf (_("%d m"), (int) lround (metres));
  if (fabs (metres / 1000 - round (metres / 1000)) < 0.05)
    return g_strdup_printf (_("%d km"), (int) lround (metres / 1000));
  return g_strdup_printf (_("%.1f km"), metres / 1000);
}

static char *
capitalise_tag (const char *value)
{
  g_autofree char *text = g_strdelimit (g_strdup (value), "-_", ' ');

  return sp_words_capitalise (text);
}

static const char *
find_words (const char *filter, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].filter, filter) == 0 && strcmp (words[i].value, value) == 0)
      return _(words[i].label);
  return NULL;
}

/* The value itself, before any words around it. */
static char *
get_value_label (const char *filter, const char *value, gboolean miles)
{
  const char *known = find_words (filter, value);
  double metres;
  guint days;

  if (known != NULL)
    return g_strdup (known);
  if (strcmp (filter, "category") == 0)
    {
      const SpCategory *category = sp_taxonomy_lookup (sp_taxonomy_get_default (), value);
      return category != NULL ? g_strdup (sp_category_get_local_name (category)) : capitalise_tag (value);
    }
  if (strcmp (filter, "day") == 0 && sp_query_parse_days (value, &days, NULL) && days != 0)
    return g_strdup (sp_words_weekday (g_bit_nth_lsf (days, -1)));
  if (strcmp (filter, "language") == 0)
    return g_strdup (sp_query_language_name (value));
  if (strcmp (filter, "within") == 0 && sp_query_parse_distance (value, &metres, NULL))
    return sp_filter_distance_label (metres, miles);
  return strcmp (filter, "access") == 0 || strcmp (filter, "crisis") == 0 ? capitalise_tag (value) : g_strdup (value);
}

/**
 * sp_filter_get_label:
 * @filter: a filter's name
 * @value: (nullable): one of its values
 * @miles: whether distances are told in miles
 *
 * Returns: (transfer full): what a person calls this condition, with a capital
 */
char *
sp_filter_get_label (const char *filter, const char *value, gboolean miles)
{
  int index = find_filter (filter);
  g_autofree char *label = value != NULL ? get_value_label (filter, value, miles) : NULL;
  const char *around = index >= 0 ? filters[index].label : NULL;

  if (label == NULL)
    return g_strdup (around != NULL ? _(around) : filter);
  if (around != NULL)
    {
      g_auto (GStrv) halves = g_strsplit (_(around), "%s", 2); /* a table's words are no format literal */
      return g_strjoinv (label, halves);
    }
  return g_steal_pointer (&label);
}

/* @value, @label: (transfer full); @label %NULL for the usual one */
static void
add (GPtrArray *out, const char *filter, char *value, char *label)
{
  SpFilterValue *item = g_new0 (SpFilterValue, 1);

  item->filter = filters[find_filter (filter)].name;
  item->value = value;
  item->label = label != NULL ? label : sp_filter_get_label (filter, value, FALSE);
  g_ptr_array_add (out, item);
}

static void
add_list (GPtrArray *out, const char *filter, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    add (out, filter, g_strdup (g_ptr_array_index (list, i)), NULL);
}

static void
add_bits (GPtrArray *out, const char *filter, guint bits, const char *(*name) (guint))
{
  for (guint i = 0; i < 32; i++)
    if (bits & (1u << i))
      add (out, filter, g_strdup (name (i)), NULL);
}

static void
add_number (GPtrArray *out, const char *filter, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (number >= 0)
    add (out, filter, g_strdup (g_ascii_formatd (text, sizeof text, floor (number) < number ? "%.2f" : "%.0f", number)), NULL);
}

static void
add_where (GPtrArray *out, const SpFilters *f, gboolean miles)
{
  g_autofree char *near = f->near != NULL ? sp_filter_get_label ("near", f->near, miles) : NULL;
  g_autofree char *distance = f->within > 0 ? sp_filter_distance_label (f->within, miles) : NULL;

  if (near != NULL)
    add (out, "near", NULL, distance != NULL ? g_strdup_printf (_("%s · %s"), near, distance) : g_steal_pointer (&near)); /* Translators: "Near Maryport", "3 km" */
  if (f->area != NULL)
    add (out, "area", g_strdup (f->area_id != NULL ? f->area_id : f->area), sp_filter_get_label ("area", f->area, miles));
  if (f->boxed)
    add (out, "box", NULL, g_strdup (_("In this part of the map")));
}

static void
add_flag (GPtrArray *out, const char *filter, gboolean flag)
{
  if (flag)
    add (out, filter, NULL, NULL);
}

static const char *kind_name (guint kind) { return sp_kind_to_text ((SpKind) kind); }
static const char *status_name (guint status) { return sp_status_to_text ((SpStatus) status); }

/**
 * sp_filter_list:
 * @query: a query
 * @miles: whether distances are told in miles
 *
 * Its words are none of its filters.
 *
 * Returns: (transfer full) (element-type SpFilterValue): its conditions one by one, in a steady order
 */
GPtrArray *
sp_filter_list (SpQuery *query, gboolean miles)
{
  const SpFilters *f = sp_query_get_filters (query);
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_filter_value_free);

  add_where (out, f, miles);
  add_bits (out, "kind", f->kinds, kind_name);
  add_list (out, "category", f->categories);
  add_list (out, "need", f->needs);
  add_bits (out, "day", f->days, sp_query_day_name);
  if (f->time >= 0)
    add (out, "time", g_strdup_printf ("%02d:%02d", f->time / 60, f->time % 60), NULL);
  add_flag (out, "free", f->free);
  add_number (out, "cost-at-most", f->cost_at_most);
  add_list (out, "access", f->access);
  add_number (out, "age", f->age);
  add_list (out, "language", f->languages);
  add_flag (out, "available", f->available);
  add_list (out, "crisis", f->crisis);
  add_number (out, "capacity", f->capacity);
  add_flag (out, "volunteers", f->volunteers);
  add_flag (out, "stale", f->stale);
  add_flag (out, "unplaced", f->unplaced);
  add_flag (out, "hidden", f->hidden);
  add_bits (out, "status", f->statuses, status_name);
  return out;
}

/**
 * sp_filter_is_set:
 * @query: a query
 * @filter: a filter's name
 * @value: (nullable): one of its values
 *
 * Returns: whether the query has that condition; without @value, any of the filter
 */
gboolean
sp_filter_is_set (SpQuery *query, const char *filter, const char *value)
{
  const SpFilters *f = sp_query_get_filters (query);
  g_autoptr (GPtrArray) set = sp_filter_list (query, FALSE);

  if (strcmp (filter, "within") == 0)
    {
      double metres = 0;
      return f->near != NULL && (value == NULL ? f->within > 0
             : sp_query_parse_distance (value, &metres, NULL) && fabs (metres - f->within) < 0.5);
    }
  for (guint i = 0; i < set->len; i++)
    {
      const SpFilterValue *item = g_ptr_array_index (set, i);
      if (strcmp (item->filter, filter) == 0 && (value == NULL || g_strcmp0 (item->value, value) == 0))
        return TRUE;
    }
  return FALSE;
}

/**
 * sp_filter_with:
 * @query: a query
 * @filter: a filter's name
 * @value: (nullable): a value for it
 * @error: %SP_ERROR_INVALID, with a sentence that says what would be right
 *
 * Returns: (transfer full) (nullable): a copy with that condition, which takes the place of what it cannot stand beside
 */
SpQuery *
sp_filter_with (SpQuery *query, const char *filter, const char *value, GError **error)
{
  g_autoptr (SpQuery) copy = sp_query_copy (query);
  g_autoptr (GError) refused = NULL;
  int index = find_filter (filter);
  const char *prefix;

  if (index >= 0 && filters[index].mode == SP_FILTER_ONE && strcmp (filter, "near") != 0)
    sp_query_clear_filter (copy, filter);
  if (index >= 0 && filters[index].sister != NULL)
    sp_query_clear_filter (copy, filters[index].sister);
  if (sp_query_set_filter (copy, filter, value, &refused))
    return g_steal_pointer (&copy);
  prefix = g_str_has_prefix (refused->message, "--") ? strstr (refused->message, ": ") : NULL; /* words of the command line */
  g_set_error_literal (error, refused->domain, refused->code, prefix != NULL ? prefix + 2 : refused->message);
  return NULL;
}

/**
 * sp_filter_with_only:
 * @query: a query
 * @filter: a filter's name
 * @value: (nullable): a value that fits it
 *
 * Returns: (transfer full): a copy where that is the only value of a filter of which any is enough; any other filter as
 *   sp_filter_with() sets it
 */
SpQuery *
sp_filter_with_only (SpQuery *query, const char *filter, const char *value)
{
  g_autoptr (SpQuery) copy = sp_query_copy (query);
  SpQuery *with;

  if (sp_filter_get_mode (filter) == SP_FILTER_ANY)
    sp_query_clear_filter (copy, filter);
  with = sp_filter_with (copy, filter, value, NULL);
  return with != NULL ? with : g_steal_pointer (&copy);
}

/**
 * sp_filter_without:
 * @query: a query
 * @filter: a filter's name
 * @value: (nullable): one of its values
 *
 * Returns: (transfer full): a copy without that condition; without @value, without any of the filter
 */
SpQuery *
sp_filter_without (SpQuery *query, const char *filter, const char *value)
{
  g_autoptr (GPtrArray) set = sp_filter_list (query, FALSE);
  SpQuery *copy = sp_query_copy (query);

  sp_query_clear_filter (copy, filter);
  if (value == NULL || sp_filter_get_mode (filter) == SP_FILTER_ONE)
    return copy;
  for (guint i = 0; i < set->len; i++)
    {
      const SpFilterValue *item = g_ptr_array_index (set, i);
      if (strcmp (item->filter, filter) == 0 && g_strcmp0 (item->value, value) != 0)
        sp_query_set_filter (copy, filter, item->value, NULL);
    }
  return copy;
}

/**
 * sp_filter_without_all:
 * @query: a query
 *
 * Returns: (transfer full): a copy with its words and its order, and nothing else
 */
SpQuery *
sp_filter_without_all (SpQuery *query)
{
  SpQuery *copy = sp_query_copy (query);

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    sp_query_clear_filter (copy, filters[i].name);
  return copy;
}
