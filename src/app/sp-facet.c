/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions by which a search can be narrowed, and the answers that are offered: where, what, when, how much … What
 * the query already asks is always among them. No widgets in here. */
#include "sp-facet.h"

#include "sp-filter.h"
#include "sp-query-values.h"
#include "sp-taxonomy.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * sp_facet_option_free:
 * @self: (transfer full): an answer
 */
void
sp_facet_option_free (SpFacetOption *self)
{
  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

/* @label: (transfer full) (nullable): %NULL for the usual one */
static void
add (GPtrArray *options, const char *filter, const char *value, char *label, const char *section)
{
  SpFacetOption *option = g_new0 (SpFacetOption, 1);

  option->filter = filter;
  option->value = g_strdup (value);
  option->label = label != NULL ? label : sp_filter_get_label (filter, value, FALSE);
  option->section = section;
  g_ptr_array_add (options, option);
}

static void
add_values (GPtrArray *options, const char *filter, const char *const *values, const char *section)
{
  for (guint i = 0; values[i] != NULL; i++)
    add (options, filter, values[i], NULL, section);
}

static gboolean
has_option (GPtrArray *options, const char *filter, const char *value)
{
  for (guint i = 0; i < options->len; i++)
    {
      const SpFacetOption *option = g_ptr_array_index (options, i);
      if (strcmp (option->filter, filter) == 0 && g_strcmp0 (option->value, value) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Values that somebody typed stay to be seen, and to be taken back. */
static void
add_set (GPtrArray *options, SpQuery *query, const char *filter, const char *section)
{
  g_autoptr (GPtrArray) set = sp_filter_list (query, FALSE);

  for (guint i = 0; i < set->len; i++)
    {
      const SpFilterValue *value = g_ptr_array_index (set, i);
      if (strcmp (value->filter, filter) == 0 && value->value != NULL && !has_option (options, filter, value->value))
        add (options, filter, value->value, g_strdup (value->label), section);
    }
}

static void
list_where (SpQuery *query, gboolean miles, GPtrArray *options)
{
  static const char *const kilometres[] = { "1km", "2km", "3km", "5km", "10km", "20km" };
  static const char *const in_miles[] = { "0.5mi", "1mi", "2mi", "3mi", "5mi", "10mi" };

  if (sp_query_get_filters (query)->near == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kilometres); i++)
    {
      const char *value = miles ? in_miles[i] : kilometres[i];
      double metres;

      if (sp_query_parse_distance (value, &metres, NULL))
        add (options, "within", value, sp_filter_distance_label (metres, miles), N_("Within"));
    }
}

static void
list_categories (SpQuery *query, gboolean miles, GPtrArray *options)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();

  for (guint h = 0; h < sp_taxonomy_get_n_headings (taxonomy); h++)
    {
      const SpHeading *heading = sp_taxonomy_get_heading (taxonomy, h);

      for (guint i = 0; i < sp_taxonomy_get_n_categories (taxonomy); i++)
        {
          const SpCategory *category = sp_taxonomy_get_category (taxonomy, i);
          if (category->heading == heading)
            add (options, "category", category->code, g_strdup (sp_category_get_local_name (category)), sp_heading_get_local_name (heading));
        }
    }
  add_set (options, query, "category", N_("Other"));
}

static void
list_when (SpQuery *query, gboolean miles, GPtrArray *options)
{
  static const struct { const char *time; const char *label; } times[] = {
    { "10:00", N_("In the morning, at 10") },
    { "14:00", N_("In the afternoon, at 2") },
    { "19:00", N_("In the evening, at 7") },
  };

  for (guint day = 0; day < 7; day++)
    add (options, "day", sp_query_day_name (day), NULL, N_("Day"));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    add (options, "time", times[i].time, g_strdup (_(times[i].label)), N_("Time"));
  add_set (options, query, "time", N_("Time"));
}

static void
list_costs (SpQuery *query, gboolean miles, GPtrArray *options)
{
  static const char *const amounts[] = { "1", "2", "3", "5", "10", "20", NULL };

  add (options, "free", NULL, NULL, NULL);
  add_values (options, "cost-at-most", amounts, NULL);
  add_set (options, query, "cost-at-most", NULL);
}

static void
list_kinds (SpQuery *query, gboolean miles, GPtrArray *options)
{
  static const char *const kinds[] = { "place", "service", "group", NULL };

  add_values (options, "kind", kinds, NULL);
}

static void
list_access (SpQuery *query, gboolean miles, GPtrArray *options)
{
  static const char *const tags[] = {
    "wheelchair", "step-free", "accessible-toilet", "changing-places", "lift", "hoist", "hearing-loop", "bsl", "interpreter",
    "quiet-space", "dementia-friendly", "large-print", "easy-read", "guide-dogs", "benches", "parking", "pushchair",
    "baby-changing", "tail-lift", NULL
  };

  add_values (options, "access", tags, NULL);
  add_set (options, query, "access", NULL);
}

static void
list_ages (SpQuery *query, gboolean miles, GPtrArray *options)
{
  static const struct { const char *age; const char *label; } ages[] = {
    { "3", N_("A toddler, aged 3") },       { "10", N_("A child, aged 10") },
    { "16", N_("A young person, aged 16") }, { "40", N_("An adult, aged 40") },
    { "65", N_("Somebody aged 65") },       { "80", N_("Somebody aged 80") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    add (options, "age", ages[i].age, g_strdup (_(ages[i].label)), NULL);
  add_set (options, query, "age", NULL);
}

static void
list_languages (SpQuery *query, gboolean miles, GPtrArray *options)
{
  static const char *const codes[] = {
    "en", "cy", "bfi", "ar", "bn", "yue", "fa", "gu", "ku", "pa", "pl", "pt", "ro", "so", "es", "ti", "tr", "uk", "ur", NULL
  };

  add_values (options, "language", codes, NULL);
  add_set (options, query, "language", NULL);
}

static void
list_available (SpQuery *query, gboolean miles, GPtrArray *options)
{
  add (options, "available", NULL, g_strdup (_("Not known to be full")), NULL);
  add (options, "volunteers", NULL, NULL, NULL);
}

static void
list_crisis (SpQuery *query, gboolean miles, GPtrArray *options)
{
  static const char *const roles[] = { "rest centre", "vaccination", "food hub", "warm space", NULL };
  static const char *const capacities[] = { "20", "50", "100", "200", "500", NULL };

  add_values (options, "crisis", roles, N_("Role"));
  add_set (options, query, "crisis", N_("Role"));
  add_values (options, "capacity", capacities, N_("Capacity"));
  add_set (options, query, "capacity", N_("Capacity"));
}

static void
list_status (SpQuery *query, gboolean miles, GPtrArray *options)
{
  static const char *const statuses[] = { "active", "temporarily closed", "inactive", "defunct", NULL };

  add (options, "stale", NULL, NULL, N_("Checks"));
  add (options, "unplaced", NULL, NULL, N_("Checks"));
  add (options, "hidden", NULL, NULL, N_("Checks"));
  add_values (options, "status", statuses, N_("Status"));
  add_set (options, query, "status", N_("Status"));
}

static void
list_areas (SpQuery *query, gboolean miles, GPtrArray *options)
{
  add_set (options, query, "area", NULL);
}

static const SpFacet facets[] = {
  { N_("Near a Place"), SP_FACET_ENTRY_PLACE, "near", N_("Town or postcode"), list_where },
  { N_("Category"), SP_FACET_ENTRY_SEARCH, "category", N_("Search categories"), list_categories },
  { N_("Day and Time"), SP_FACET_ENTRY_VALUE, "time", N_("Open at, such as 14:30"), list_when },
  { N_("Cost"), SP_FACET_ENTRY_VALUE, "cost-at-most", N_("At most, in pounds"), list_costs },
  { N_("Kind"), SP_FACET_ENTRY_NONE, "kind", NULL, list_kinds },
  { N_("Access"), SP_FACET_ENTRY_SEARCH, "access", N_("Search access"), list_access },
  { N_("Age"), SP_FACET_ENTRY_VALUE, "age", N_("Age in years"), list_ages },
  { N_("Language"), SP_FACET_ENTRY_VALUE, "language", N_("Another language"), list_languages },
  { N_("Availability and Volunteers"), SP_FACET_ENTRY_NONE, "available", NULL, list_available },
  { N_("Area"), SP_FACET_ENTRY_AREA, "area", N_("Name of an area"), list_areas },
  { N_("Crisis Role and Capacity"), SP_FACET_ENTRY_VALUE, "capacity", N_("Room for, in people"), list_crisis },
  { N_("Status and Checks"), SP_FACET_ENTRY_NONE, "status", NULL, list_status },
};

/* Filters that share a facet with the one it is named by. */
static const struct { const char *filter; const char *facet; } others[] = {
  { "within", "near" }, { "box", "area" }, { "need", "category" }, { "day", "time" }, { "free", "cost-at-most" },
  { "volunteers", "available" }, { "crisis", "capacity" }, { "stale", "status" },
  { "unplaced", "status" }, { "hidden", "status" },
};

/**
 * sp_facet_get:
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): a facet, in the order of the menu; %NULL past the last
 */
const SpFacet *
sp_facet_get (guint index)
{
  return index < G_N_ELEMENTS (facets) ? &facets[index] : NULL;
}

/**
 * sp_facet_of_filter:
 * @filter: a filter's name
 *
 * Returns: (transfer none) (nullable): the facet that asks for it
 */
const SpFacet *
sp_facet_of_filter (const char *filter)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (others[i].filter, filter) == 0)
      filter = others[i].facet;
  for (guint i = 0; i < G_N_ELEMENTS (facets); i++)
    if (strcmp (facets[i].filter, filter) == 0)
      return &facets[i];
  return NULL;
}

/**
 * sp_facet_list_options:
 * @self: a facet
 * @query: what is asked already
 * @miles: whether distances are told in miles
 *
 * Returns: (transfer full) (element-type SpFacetOption): the answers that are offered
 */
GPtrArray *
sp_facet_list_options (const SpFacet *self, SpQuery *query, gboolean miles)
{
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_facet_option_free);

  self->list (query, miles, options);
  return options;
}

/**
 * sp_facet_count_set:
 * @self: a facet
 * @query: what is asked
 *
 * Returns: how many of the query's conditions are this facet's
 */
guint
sp_facet_count_set (const SpFacet *self, SpQuery *query)
{
  g_autoptr (GPtrArray) set = sp_filter_list (query, FALSE);
  guint count = 0;

  for (guint i = 0; i < set->len; i++)
    count += sp_facet_of_filter (((const SpFilterValue *) g_ptr_array_index (set, i))->filter) == self;
  return count;
}
