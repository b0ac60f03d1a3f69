/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conditions of a query one by one: what they are called, the query with and without them, what is offered, and what
 * can be given up. */
#include "sp-count-words.h"
#include "sp-facet.h"
#include "sp-filter.h"
#include "sp-loosen.h"

#include <string.h>

static SpQuery *
make_query (const char *const *filters)
{
  SpQuery *query = sp_query_new ();

  for (guint i = 0; filters[i] != NULL; i += 2)
    {
      g_autoptr (GError) error = NULL;
      SpQuery *with = sp_filter_with (query, filters[i], filters[i + 1], &error);

      g_assert_no_error (error);
      g_object_unref (query);
      query = with;
    }
  return query;
}

#define QUERY(...) make_query ((const char *const[]){ __VA_ARGS__, NULL })

static char *
describe (SpQuery *query, gboolean miles)
{
  g_autoptr (GPtrArray) set = sp_filter_list (query, miles);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < set->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " | " : "", ((SpFilterValue *) g_ptr_array_index (set, i))->label);
  return g_string_free (out, FALSE);
}

#define assert_filters(query, expected) G_STMT_START { \
  g_autofree char *filters_ = describe (query, FALSE); \
  g_assert_cmpstr (filters_, ==, expected); } G_STMT_END

static void
test_labels (void)
{
  g_autoptr (SpQuery) query = QUERY ("near", "Maryport", "within", "3km", "kind", "group", "category", "lunch-club", "need", "company",
                                     "day", "tue", "time", "14:00", "cost-at-most", "2.50", "access", "hearing-loop", "age", "70",
                                     "language", "cy", "available", NULL, "crisis", "warm space", "capacity", "50", "volunteers", NULL,
                                     "stale", NULL, "unplaced", NULL, "hidden", NULL, "status", "inactive");

  assert_filters (query, "Near Maryport · 3 km | Groups | Lunch club | For “company” | Tuesday | Open at 14:00 | At most £2.50 | "
                         "Hearing loop | Aged 70 | Welsh | Not full | Warm space | Room for 50 | Wants volunteers | Due to be checked | "
                         "Not on the map yet | Outside dates for showing | Inactive");
}

static void
test_miles (void)
{
  g_autoptr (SpQuery) query = QUERY ("near", "Maryport", "within", "2mi");
  g_autofree char *words = describe (query, TRUE);

  g_assert_cmpstr (words, ==, "Near Maryport · 2 miles");
  g_assert_true (sp_filter_is_set (query, "within", "2mi"));
  g_assert_false (sp_filter_is_set (query, "within", "2km"));
}

static void
test_with (void)
{
  g_autoptr (SpQuery) query = QUERY ("day", "tue", "day", "thu", "free", NULL, "age", "30", "age", "40");
  g_autoptr (SpQuery) paid = sp_filter_with (query, "cost-at-most", "5", NULL);
  g_autoptr (SpQuery) only = sp_filter_with_only (query, "day", "wed");

  assert_filters (query, "Tuesday | Thursday | Free | Aged 40");
  assert_filters (paid, "Tuesday | Thursday | At most £5 | Aged 40"); /* not free as well */
  assert_filters (only, "Wednesday | Free | Aged 40");
}

/* Each condition, taken away, leaves all others. */
static void
test_without (void)
{
  g_autoptr (SpQuery) query = QUERY ("near", "Maryport", "within", "3km", "kind", "group", "kind", "place", "day", "tue", "day", "sun",
                                     "access", "lift", "access", "hoist", "free", NULL, "status", "active");
  g_autoptr (GPtrArray) set = sp_filter_list (query, FALSE);

  for (guint i = 0; i < set->len; i++)
    {
      const SpFilterValue *value = g_ptr_array_index (set, i);
      g_autoptr (SpQuery) without = sp_filter_without (query, value->filter, value->value);
      g_autoptr (GPtrArray) left = sp_filter_list (without, FALSE);

      g_assert_cmpuint (left->len, ==, set->len - 1);
      for (guint j = 0; j < left->len; j++)
        g_assert_cmpstr (((SpFilterValue *) g_ptr_array_index (left, j))->label, ==,
                         ((SpFilterValue *) g_ptr_array_index (set, j + (j >= i)))->label);
    }
}

/* Errors are for people, not for a command line. */
static void
test_errors (void)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (sp_filter_with (query, "time", "soon", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_assert_null (strstr (error->message, "--"));
  assert_filters (query, "");
}

/* Whatever can be chosen can be set, is then seen to be set, and belongs to the chooser that offers it. */
static void
test_facets (void)
{
  g_autoptr (SpQuery) query = QUERY ("near", "Maryport");
  guint options = 0;

  for (guint i = 0; sp_facet_get (i) != NULL; i++)
    {
      const SpFacet *facet = sp_facet_get (i);
      g_autoptr (GPtrArray) list = sp_facet_list_options (facet, query, TRUE);

      for (guint j = 0; j < list->len; j++)
        {
          const SpFacetOption *option = g_ptr_array_index (list, j);
          g_autoptr (GError) error = NULL;
          g_autoptr (SpQuery) with = sp_filter_with (query, option->filter, option->value, &error);

          g_assert_no_error (error);
          g_assert_true (sp_filter_is_set (with, option->filter, option->value));
          g_assert_false (sp_filter_is_set (query, option->filter, option->value));
          g_assert_true (sp_facet_of_filter (option->filter) == facet);
          options++;
        }
    }
  g_assert_cmpuint (options, >, 150);
}

/* All filters of the command line have a chooser. */
static void
test_all_filters (void)
{
  const char *const *names = sp_filters_list ();

  for (guint i = 0; names[i] != NULL; i++)
    g_assert_nonnull (sp_facet_of_filter (names[i]));
}

/* A value that is not among the usual ones is still there to be taken back. */
static void
test_unusual_values (void)
{
  g_autoptr (SpQuery) query = QUERY ("age", "71", "language", "ne", "access", "induction-loop-at-desk");
  static const char *const filters[] = { "age", "language", "access" };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      const SpFacet *facet = sp_facet_of_filter (filters[i]);
      g_autoptr (GPtrArray) list = sp_facet_list_options (facet, query, FALSE);
      const SpFacetOption *last = g_ptr_array_index (list, list->len - 1);

      g_assert_true (sp_filter_is_set (query, last->filter, last->value));
      g_assert_cmpuint (sp_facet_count_set (facet, query), ==, 1);
    }
}

static char *
describe_loosened (SpQuery *query)
{
  g_autoptr (GPtrArray) all = sp_loosen (query, FALSE);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " | " : "", ((SpLoosened *) g_ptr_array_index (all, i))->label);
  return g_string_free (out, FALSE);
}

static void
test_loosen (void)
{
  g_autoptr (SpQuery) nothing = sp_query_new ();
  g_autoptr (SpQuery) query = QUERY ("near", "Maryport", "within", "3km", "free", NULL);
  g_autofree char *from_nothing = describe_loosened (nothing);
  g_autofree char *words = NULL;
  g_autoptr (GPtrArray) all = NULL;

  sp_query_set_words (query, "bingo");
  words = describe_loosened (query);
  g_assert_cmpstr (from_nothing, ==, "");
  g_assert_cmpstr (words, ==, "Within 5 km | Within 10 km | Without “Free” | Without “Near Maryport · 3 km” | "
                              "Without the words “bingo” | Only the words “bingo” | Everything");
  all = sp_loosen (query, FALSE);
  assert_filters (((SpLoosened *) g_ptr_array_index (all, 0))->query, "Near Maryport · 5 km | Free");
  assert_filters (((SpLoosened *) g_ptr_array_index (all, 4))->query, "Near Maryport · 3 km | Free");
  g_assert_null (sp_query_get_filters (((SpLoosened *) g_ptr_array_index (all, 4))->query)->words);
}

static void
test_counts (void)
{
  g_autofree char *some = sp_count_words_found (23, TRUE);
  g_autofree char *many = sp_count_words_found (5000, FALSE);
  g_autofree char *none = sp_count_words_found (0, TRUE);
  g_autoptr (SpQuery) near = QUERY ("near", "Maryport");

  g_assert_cmpstr (some, ==, "23 found");
  g_assert_true (g_str_has_suffix (many, "+ found"));
  g_assert_cmpstr (none, ==, "Nothing found");
  g_assert_cmpstr (sp_count_words_order (near), ==, "Nearest first");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/filter/labels", test_labels);
  g_test_add_func ("/filter/miles", test_miles);
  g_test_add_func ("/filter/with", test_with);
  g_test_add_func ("/filter/without", test_without);
  g_test_add_func ("/filter/errors", test_errors);
  g_test_add_func ("/filter/facets", test_facets);
  g_test_add_func ("/filter/all-filters", test_all_filters);
  g_test_add_func ("/filter/unusual-values", test_unusual_values);
  g_test_add_func ("/filter/loosen", test_loosen);
  g_test_add_func ("/filter/counts", test_counts);
  return g_test_run ();
}
