/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of a store: twins of one entry, all duplicates, stale facts, conflicts, and damage of every kind. */
#include "sp-check.h"
#include "sp-docs.h"
#include "sp-duplicates.h"
#include "sp-projection.h"
#include "sp-twins.h"

#include <string.h>

#define SHED "{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Maryport Men's Shed\"," \
             "\"address\":{\"line_1\":\"1 Quay\",\"city\":\"Maryport\",\"postal_code\":\"CA15 6AA\"}," \
             "\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632 960111\"}],\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947}}"
#define SHED_AGAIN "{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Mens Shed\"," \
                   "\"address\":{\"line_1\":\"1 Quay\",\"city\":\"Maryport\",\"postal_code\":\"CA15 6AA\"}}"
#define YOGA "{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Chair Yoga\"," \
             "\"address\":{\"line_1\":\"1 Quay\",\"city\":\"Maryport\",\"postal_code\":\"CA15 6AA\"}," \
             "\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632 960111\"}],\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947}}"
#define GARDEN "{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Netherhall Gardening Group\",\"location\":{\"latitude\":54.7200,\"longitude\":-3.4900}}"
#define GARDEN_AGAIN "{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Netherhall Gardning Group\",\"location\":{\"latitude\":54.7203,\"longitude\":-3.4903}}"

typedef struct
{
  SpDb *db;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->db = sp_db_open (":memory:", SP_DB_WRITE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, sp_db_close);
}

static void
put (SpDb *db, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);

  g_assert_no_error (error);
  g_assert_true (sp_docs_put (db, id, NULL, FALSE, body, NULL, &error));
  g_assert_no_error (error);
}

static SpCheckReport *
check (SpDb *db, SpCheckParts parts)
{
  g_autoptr (GError) error = NULL;
  SpCheckReport *report = sp_check_run (db, parts, NULL, sp_civil_day (2026, 12, 1), NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static GPtrArray *
twins_of (SpDb *db, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);
  GPtrArray *twins = sp_twins_find (db, id, body, &error);

  g_assert_no_error (error);
  return twins;
}

static void
test_twins (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) own = NULL;

  put (f->db, "asset:1", SHED);
  put (f->db, "asset:2", YOGA);
  one = twins_of (f->db, NULL, SHED_AGAIN);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (((SpTwin *) g_ptr_array_index (one, 0))->id, ==, "asset:1");
  g_assert_cmpstr (((SpTwin *) g_ptr_array_index (one, 0))->name, ==, "Maryport Men's Shed");
  own = twins_of (f->db, "asset:1", SHED);
  g_assert_cmpuint (own->len, ==, 0);
  none = twins_of (f->db, NULL, GARDEN);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Keys of an earlier version, or of a deleted entry, do no harm. */
static void
test_twins_of_the_past (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (SpNode) body = sp_node_parse (GARDEN, -1, NULL);

  put (f->db, "asset:1", SHED);
  before = twins_of (f->db, NULL, SHED_AGAIN);
  g_assert_cmpuint (before->len, ==, 1);
  doc = sp_docs_get (f->db, "asset:1", NULL, NULL);
  g_assert_true (sp_docs_put (f->db, "asset:1", doc->rev, FALSE, body, NULL, NULL));
  after = twins_of (f->db, NULL, SHED_AGAIN);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
test_forgotten (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) twins = NULL;

  put (f->db, "asset:1", SHED);
  g_assert_true (sp_twins_forget (f->db, 1, NULL));
  twins = twins_of (f->db, NULL, SHED_AGAIN);
  g_assert_cmpuint (twins->len, ==, 0);
}

/* Keys that wait for the end of a batch are forgotten too. */
static void
test_forgotten_in_batch (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) twins = NULL;

  g_assert_true (sp_db_begin (f->db, NULL) && sp_projection_begin_batch (f->db, TRUE, NULL));
  put (f->db, "asset:1", SHED);
  g_assert_true (sp_twins_forget (f->db, 1, NULL));
  g_assert_true (sp_projection_end_batch (f->db, NULL) && sp_db_commit (f->db, NULL));
  twins = twins_of (f->db, NULL, SHED_AGAIN);
  g_assert_cmpuint (twins->len, ==, 0);
}

/* One list read twice, from two formats: each row of the second finds its own in the first, and no other. */
static void
test_list_twice (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%03u", i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Salvation Army\",\"url\":\"https://www.example.org/\","
                                               "\"address\":{\"line_1\":\"%u Green Lane, Bolton\",\"postal_code\":\"BL%u %uAA\"}}", i, i / 9 + 1, i % 9 + 1);
      put (f->db, id, json);
    }
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%03u", i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Salvation Army\",\"url\":\"http://example.org\",\"address\":{\"line_1\":\"%u Green Lane,"
                                               " Bolton\",\"postal_code\":\"bl%u%uaa\"},\"location\":{\"latitude\":%u.5,\"longitude\":-2.4}}", i, i / 9 + 1, i % 9 + 1, 50 + i % 9);
      g_autoptr (GPtrArray) twins = twins_of (f->db, NULL, json);

      g_assert_cmpuint (twins->len, ==, 1);
      g_assert_cmpstr (((SpTwin *) g_ptr_array_index (twins, 0))->id, ==, id);
    }
}

static void
test_duplicates (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCheckReport) report = NULL;
  const SpDuplicate *shed;
  const SpDuplicate *garden;

  put (f->db, "asset:4", SHED);
  put (f->db, "asset:1", SHED_AGAIN);
  put (f->db, "asset:2", YOGA);
  put (f->db, "asset:3", GARDEN);
  put (f->db, "asset:5", GARDEN_AGAIN); /* another word, and no key in common: found by the map */
  report = check (f->db, SP_CHECK_DUPLICATES);
  g_assert_cmpuint (report->duplicates->len, ==, 2);
  shed = g_ptr_array_index (report->duplicates, 0);
  garden = g_ptr_array_index (report->duplicates, 1);
  if (strcmp (shed->ids[0], "asset:1") != 0)
    {
      const SpDuplicate *other = shed;
      shed = garden;
      garden = other;
    }
  g_assert_cmpstr (shed->ids[0], ==, "asset:1");
  g_assert_cmpstr (shed->ids[1], ==, "asset:4");
  g_assert_cmpstr (shed->names[0], ==, "Mens Shed");
  g_assert_cmpstr (garden->ids[0], ==, "asset:3");
  g_assert_cmpstr (garden->ids[1], ==, "asset:5");
  g_assert_false (sp_check_report_is_clean (report));
}

/* Hundreds that share a number to ring and a web address: the work must not grow with the square, and twins be found. */
static void
test_crowd (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCheckReport) report = NULL;

  g_assert_true (sp_db_begin (f->db, NULL));
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%04u", i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Branch b%uc%u\",\"url\":\"https://example.org\","
                                               "\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632960000\"}]}", i / 2 % 17, i / 2);
      put (f->db, id, json);
    }
  g_assert_true (sp_db_commit (f->db, NULL));
  report = check (f->db, SP_CHECK_DUPLICATES);
  g_assert_cmpuint (report->duplicates->len, ==, 300);
}

static void
count_progress_cb (goffset done, goffset all, gpointer user_data)
{
  guint *calls = user_data;

  g_assert_cmpint (done, <=, all);
  (*calls)++;
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint calls = 0;

  g_assert_true (sp_db_begin (f->db, NULL));
  for (guint i = 0; i < 1100; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Nr %u\"}", i);
      put (f->db, id, json);
    }
  g_assert_true (sp_db_commit (f->db, NULL));
  sp_check_report_free (sp_check_run (f->db, SP_CHECK_DUPLICATES, NULL, 0, cancellable, count_progress_cb, &calls, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (calls, >, 0);
  g_cancellable_cancel (cancellable);
  g_assert_null (sp_check_run (f->db, SP_CHECK_ALL, NULL, 0, cancellable, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_stale (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCheckReport) report = NULL;
  const SpStale *times;

  put (f->db, "asset:1", "{\"type\":\"asset\",\"kind\":\"service\",\"name\":\"Lunch\",\"schedule_words\":\"Tuesdays\",\"free\":true,\"url\":\"https://example.org\","
                         "\"checked\":{\"times\":{\"on\":\"2026-01-10\"},\"cost\":{\"on\":\"2026-11-20\"}}}");
  put (f->db, "asset:2", "{\"type\":\"asset\",\"kind\":\"service\",\"name\":\"Gone\",\"status\":\"defunct\",\"schedule_words\":\"Tuesdays\"}");
  report = check (f->db, SP_CHECK_STALE);
  g_assert_cmpuint (report->stale->len, ==, 2); /* times long over, contact never; cost is fresh */
  times = g_ptr_array_index (report->stale, 0);
  g_assert_cmpstr (times->id, ==, "asset:1");
  g_assert_cmpstr (times->name, ==, "Lunch");
  g_assert_cmpint (times->group, ==, SP_FACT_TIMES);
  g_assert_cmpint (times->state, ==, SP_FRESHNESS_OVERDUE);
  g_assert_cmpint (times->due, ==, sp_civil_day (2026, 4, 10));
  g_assert_cmpint (((SpStale *) g_ptr_array_index (report->stale, 1))->state, ==, SP_FRESHNESS_NEVER);
}

static void
make_conflict (SpDb *db)
{
  const char * const mine[] = { "2-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL };
  const char * const theirs[] = { "2-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL };
  g_autoptr (GError) error = NULL;
  gboolean added;

  g_assert_true (sp_docs_put_history (db, "asset:9", mine, FALSE, "{\"type\":\"asset\",\"name\":\"Mine\"}", -1, &added, &error));
  g_assert_no_error (error);
  g_assert_true (sp_docs_put_history (db, "asset:9", theirs, FALSE, "{\"type\":\"asset\",\"name\":\"Theirs\"}", -1, &added, &error));
  g_assert_no_error (error);
}

static void
test_conflicts (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCheckReport) report = NULL;
  const SpConflicted *found;

  put (f->db, "asset:1", SHED);
  make_conflict (f->db);
  report = check (f->db, SP_CHECK_CONFLICTS | SP_CHECK_INTEGRITY);
  g_assert_cmpuint (report->problems->len, ==, 0);
  g_assert_cmpuint (report->conflicts->len, ==, 1);
  found = g_ptr_array_index (report->conflicts, 0);
  g_assert_cmpstr (found->id, ==, "asset:9");
  g_assert_cmpstr (found->name, ==, "Theirs");
  g_assert_cmpuint (found->others, ==, 1);
}

static void
test_sound (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCheckReport) report = NULL;
  g_autofree char *json = NULL;
  g_autoptr (SpNode) node = NULL;

  put (f->db, "asset:1", SHED);
  put (f->db, "asset:2", GARDEN);
  make_conflict (f->db);
  report = check (f->db, SP_CHECK_INTEGRITY | SP_CHECK_DUPLICATES);
  g_assert_true (sp_check_report_is_clean (report));
  node = sp_check_report_to_node (report);
  json = sp_node_to_json (node);
  g_assert_cmpstr (json, ==, "{\"problems\":[],\"conflicts\":[],\"stale\":[],\"duplicates\":[],\"refused\":[],\"unplaced\":0}");
}

/* Breaks one rule at a time, and expects exactly the sentences that say so. */
static void
test_damage (Fixture *f, gconstpointer data)
{
  static const struct { const char *damage; const char *problems; } cases[] = {
    { "UPDATE doc SET deleted = 1 WHERE id = 'asset:2'",
      "asset:2: it is marked as deleted, or not, against the version that is shown|row 2: searching finds what is not there; signpost check --rebuild puts that right" },
    { "UPDATE doc SET leaves = 7 WHERE id = 'asset:2'", "asset:2: the number of its branches is wrong" },
    { "UPDATE doc SET conflicts = 3 WHERE id = 'asset:2'", "asset:2: the number of its conflicts is wrong" },
    { "UPDATE doc SET winner = (SELECT n FROM rev WHERE hash GLOB 'aaa*' AND gen = 2) WHERE id = 'asset:9'",
      "asset:9: the version that is shown is not the one that wins" },
    { "UPDATE rev SET leaf = 1 WHERE hash GLOB 'aaa*' AND gen = 1",
      "asset:9: the number of its branches is wrong|asset:9: the number of its conflicts is wrong"
      "|asset:9: a version is marked as the end of a branch, or not, against its tree" },
    { "UPDATE rev SET body = NULL WHERE n = (SELECT winner FROM doc WHERE id = 'asset:1')", "asset:1: the content of the version that is shown is gone" },
    { "UPDATE doc SET seq = 1000 WHERE id = 'asset:1'", "asset:1: it has a sequence that was never given out" },
    { "DELETE FROM asset WHERE doc = 2", "asset:2: searching cannot find it; signpost check --rebuild puts that right" },
    { "INSERT INTO rev SELECT 99, 99, gen, hash, seq, parent, leaf, deleted, kept, kept_since, body FROM rev LIMIT 1", "version 99: it belongs to no document" },
    { "UPDATE doc SET winner = 1000 WHERE id = 'asset:2'",
      "asset:2: the version that is shown is not the end of a branch|asset:2: the version that is shown is not the one that wins"
      "|asset:2: the number of its conflicts is wrong" },
  };

  put (f->db, "asset:1", SHED);
  put (f->db, "asset:2", GARDEN);
  make_conflict (f->db);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      g_autofree char *all = NULL;

      g_assert_true (sp_db_begin (f->db, NULL));
      g_assert_true (sp_db_exec (f->db, cases[i].damage, &error));
      g_assert_no_error (error);
      g_assert_true (sp_check_integrity (f->db, problems, NULL, &error));
      g_assert_no_error (error);
      g_ptr_array_add (problems, NULL);
      all = g_strjoinv ("|", (char **) problems->pdata);
      g_assert_cmpstr (all, ==, cases[i].problems);
      sp_db_rollback (f->db);
    }
}

static void
test_area_without_outline (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCheckReport) report = NULL;

  put (f->db, "area:1", "{\"type\":\"area\",\"name\":\"Nowhere\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4]]]}}");
  report = check (f->db, SP_CHECK_INTEGRITY);
  g_assert_cmpuint (report->problems->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (report->problems, 0), ==, "area:1: Polygon 1, ring 1: a ring needs at least three corners");
}

static void
test_report (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCheckReport) report = NULL;
  g_autofree char *json = NULL;
  g_autoptr (SpNode) node = NULL;

  put (f->db, "asset:1", "{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Knit and Natter\",\"url\":\"https://example.org/knit\",\"address\":{\"postal_code\":\"CA15 6AA\"},"
                         "\"checked\":{\"contact\":{\"on\":\"2026-11-01\"},\"place\":{\"on\":\"2024-11-01\"}}}");
  put (f->db, "asset:2", "{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Knit & Natter\",\"url\":\"https://example.org/knit\"}");
  make_conflict (f->db);
  report = check (f->db, SP_CHECK_ALL);
  node = sp_check_report_to_node (report);
  json = sp_node_to_json (node);
  g_assert_cmpstr (json, ==, "{\"problems\":[],\"conflicts\":[{\"id\":\"asset:9\",\"name\":\"Theirs\",\"others\":1}],"
                             "\"stale\":[{\"id\":\"asset:1\",\"name\":\"Knit and Natter\",\"group\":\"place\",\"state\":\"overdue\",\"on\":\"2024-11-01\",\"due\":\"2025-11-01\"},"
                             "{\"id\":\"asset:2\",\"name\":\"Knit & Natter\",\"group\":\"contact\",\"state\":\"never\"}],"
                             "\"duplicates\":[{\"entries\":[{\"id\":\"asset:1\",\"name\":\"Knit and Natter\"},{\"id\":\"asset:2\",\"name\":\"Knit & Natter\"}],"
                             "\"score\":0.83,\"reasons\":[\"the same name\",\"the same web address\"]}],\"refused\":[],\"unplaced\":3}");
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/check/twins", test_twins },
    { "/check/twins-of-the-past", test_twins_of_the_past },
    { "/check/forgotten", test_forgotten },
    { "/check/forgotten-in-batch", test_forgotten_in_batch },
    { "/check/list-twice", test_list_twice },
    { "/check/duplicates", test_duplicates },
    { "/check/crowd", test_crowd },
    { "/check/cancelled", test_cancelled },
    { "/check/stale", test_stale },
    { "/check/conflicts", test_conflicts },
    { "/check/sound", test_sound },
    { "/check/damage", test_damage },
    { "/check/area-without-outline", test_area_without_outline },
    { "/check/report", test_report },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
