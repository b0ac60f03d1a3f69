/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open Referral UK from others: what a directory says becomes entries, whichever way it was saved; and what is no
 * directory, or made to do harm, is refused or left out with a word. */
#include "exchange-utils.h"

#define SERVICE \
  "\"id\":\"5f0c1d6e-0c52-4f1f-9d39-0d3c6d1f0a01\",\"name\":\"HARBOUR ADVICE\",\"description\":\"Help with forms &amp; letters.\"," \
  "\"url\":\"example.org/advice\",\"email\":\"advice@example.org\",\"status\":\"active\",\"minimum_age\":18,\"assured_date\":\"2026-10-01\"," \
  "\"alert\":\"Moved to the first floor\",\"organization\":{\"id\":\"5f0c1d6e-0c52-4f1f-9d39-0d3c6d1f0a02\",\"name\":\"Harbour Trust\",\"description\":\"\"}," \
  "\"schedules\":[{\"id\":\"1\",\"freq\":\"WEEKLY\",\"byday\":\"tu, TH\",\"opens_at\":\"10:00:00\",\"closes_at\":\"12:00Z\",\"dtstart\":\"2026-01-06T00:00:00Z\",\"interval\":1,\"notes\":\"Ring the bell\"}," \
  "{\"id\":\"2\",\"freq\":\"MONTHLY\",\"byday\":\"2MO\"},{\"id\":\"3\",\"freq\":\"MONTHLY\",\"bymonthday\":\"2,3\",\"byday\":\"MO\"}," \
  "{\"id\":\"4\",\"freq\":\"WEEKLY\",\"byday\":\"someday\"},{\"id\":\"5\",\"description\":\"Not in August\"}]," \
  "\"languages\":[{\"id\":\"6\",\"name\":\"Welsh\"}],\"funding\":[{\"id\":\"7\",\"source\":\"The council\"}]," \
  "\"cost_options\":[{\"id\":\"8\",\"option\":\"Visit\",\"amount\":0},{\"id\":\"9\",\"option\":\"Copy\",\"amount\":0.10}]," \
  "\"contacts\":[{\"id\":\"10\",\"name\":\"A. Sample\",\"title\":\"Desk\",\"phones\":[{\"id\":\"11\",\"number\":\"1632 960101\"},{\"id\":\"12\",\"number\":\"01632 960102\",\"description\":\"Evenings\"}]},{\"id\":\"13\"}]," \
  "\"attributes\":[{\"id\":\"14\",\"taxonomy_term\":{\"id\":\"15\",\"name\":\"Food bank\",\"description\":\"\"}},{\"id\":\"16\",\"taxonomy_term\":{\"id\":\"17\",\"name\":\"Odd jobs\",\"description\":\"\"}}]"
#define PLACE(name, lat) \
  "{\"id\":\"20\",\"location_type\":\"physical\",\"name\":\"" name "\",\"latitude\":" lat ",\"longitude\":-3.4947,\"external_identifier\":\"10\"," \
  "\"external_identifier_type\":\"UPRN\",\"addresses\":[{\"id\":\"21\",\"address_1\":\"1 Quay\",\"city\":\"Maryport\",\"state_province\":\"Cumbria\"," \
  "\"postal_code\":\"ca156aa\",\"country\":\"GB\",\"address_type\":\"physical\"}],\"accessibility\":[{\"id\":\"22\",\"description\":\"Ramp\",\"details\":\"At the back\"}]}"
#define WHOLE "{" SERVICE ",\"service_at_locations\":[{\"id\":\"23\",\"location\":" PLACE ("Hall", "54.7143") "}]}"

static void
check_whole (const GPtrArray *r)
{
  const SpNode *asset = get_asset (r, 0);

  g_assert_cmpstr (at (r, 0, "name"), ==, "HARBOUR ADVICE");
  g_assert_true (get_record (r, 0)->in_capitals);
  g_assert_cmpstr (at (r, 0, "description"), ==, "Help with forms & letters.\n\nRun by Harbour Trust.\n\nListed under: Odd jobs.");
  g_assert_cmpstr (at (r, 0, "categories.1"), ==, "food-bank");
  g_assert_cmpstr (at (r, 0, "url"), ==, "http://example.org/advice");
  g_assert_cmpstr (at (r, 0, "notice.text"), ==, "Moved to the first floor");
  g_assert_cmpstr (lexeme_at (r, 0, "location.latitude"), ==, "54.7143");
  g_assert_cmpstr (at (r, 0, "address.line_1"), ==, "Hall");
  g_assert_cmpstr (at (r, 0, "address.line_2"), ==, "1 Quay");
  g_assert_cmpstr (at (r, 0, "address.postal_code"), ==, "CA15 6AA");
  g_assert_cmpstr (at (r, 0, "address.uprn"), ==, "10");
  g_assert_cmpstr (at (r, 0, "accessibility.detail"), ==, "Ramp");
  g_assert_cmpstr (at (r, 0, "checked.place.on"), ==, "2026-10-01");
  g_assert_cmpstr (at (r, 0, "source.row"), ==, "5f0c1d6e-0c52-4f1f-9d39-0d3c6d1f0a01");
  g_assert_cmpstr (at (r, 0, "source.original.organization"), ==, "Harbour Trust");
  g_assert_cmpstr (at (r, 0, "languages.1"), ==, "cy");
  g_assert_cmpstr (lexeme_at (r, 0, "eligibility.minimum_age"), ==, "18");
  g_assert_null (sp_node_get (asset, "free")); /* a copy costs something */
}

/* Only what is certain is structure: no days of the month by number, no odd words. */
static void
check_times (const GPtrArray *r)
{
  g_assert_cmpuint (sp_node_get_length (sp_node_get (get_asset (r, 0), "schedules")), ==, 2);
  g_assert_cmpstr (at (r, 0, "schedules.1.freq"), ==, "weekly");
  g_assert_cmpstr (at (r, 0, "schedules.1.byday"), ==, "TU,TH");
  g_assert_cmpstr (at (r, 0, "schedules.1.opens_at"), ==, "10:00");
  g_assert_cmpstr (at (r, 0, "schedules.1.closes_at"), ==, "12:00");
  g_assert_cmpstr (at (r, 0, "schedules.1.dtstart"), ==, "2026-01-06");
  g_assert_cmpstr (at (r, 0, "schedules.1.note"), ==, "Ring the bell");
  g_assert_cmpstr (at (r, 0, "schedules.2.byday"), ==, "2MO");
  g_assert_cmpstr (at (r, 0, "schedule_words"), ==, "Not in August");
}

static void
check_lists (const GPtrArray *r)
{
  g_assert_cmpuint (sp_node_get_length (sp_node_get (get_asset (r, 0), "contacts")), ==, 3);
  g_assert_cmpstr (at (r, 0, "contacts.1.name"), ==, "A. Sample");
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960101"); /* its lost 0 */
  g_assert_cmpstr (at (r, 0, "contacts.2.title"), ==, "Evenings");
  g_assert_cmpstr (at (r, 0, "contacts.2.phone"), ==, "01632 960102");
  g_assert_cmpstr (at (r, 0, "contacts.3.email"), ==, "advice@example.org");
  g_assert_cmpstr (lexeme_at (r, 0, "costs.2.amount"), ==, "0.10");
  g_assert_cmpstr (at (r, 0, "costs.2.currency"), ==, "GBP");
  g_assert_cmpstr (at (r, 0, "funding.1.source"), ==, "The council");
}

static void
test_ways (void)
{
  static const char * const texts[] = {
    WHOLE, "[" WHOLE "]", "\xEF\xBB\xBF{\"total_items\":1,\"contents\":[" WHOLE "],\"empty\":false}",
    "{\"contents\":[{\"id\":\"23\",\"location\":" PLACE ("Hall", "54.7143") ",\"service\":{" SERVICE "}}]}",
  };
  g_autofree char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) r = read_text (texts[i], -1, NULL);

      g_assert_cmpuint (r->len, ==, 1);
      check_whole (r);
      check_times (r);
      check_lists (r);
      if (id == NULL)
        id = g_strdup (at (r, 0, "_id"));
      g_assert_cmpstr (at (r, 0, "_id"), ==, id); /* it is one service, however it was saved */
    }
}

/* One entry for each place, of one feed whose address gives it its name. */
static void
test_places (void)
{
  SpReaderOptions options = { .url = "https://directory.example.org/services?key=1" };
  g_autoptr (GPtrArray) r = read_text ("{" SERVICE ",\"service_at_locations\":[{\"id\":\"1\",\"location\":" PLACE ("Hall", "54.7143")
                                       "},{\"id\":\"2\",\"location\":" PLACE ("Chapel", "54.8") "}]}", -1, &options);
  g_autoptr (GPtrArray) rows = read_text ("[{\"id\":\"1\",\"location\":" PLACE ("Hall", "54.7143") ",\"service\":{" SERVICE "}},"
                                          "{\"id\":\"2\",\"location\":" PLACE ("Chapel", "54.8") ",\"service\":{" SERVICE "}}]", -1, &options);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (r->len, ==, 2);
      g_assert_cmpstr (at (r, i, "address.line_1"), ==, i == 0 ? "Hall" : "Chapel");
      g_assert_cmpstr (at (r, i, "_id"), ==, at (rows, i, "_id"));
      g_assert_cmpstr (at (r, i, "source.feed"), ==, "https://directory.example.org/services");
    }
  g_assert_cmpstr (at (r, 0, "_id"), !=, at (r, 1, "_id"));
}

/* What a person says of the columns counts, and names of people can be left out. */
static void
test_choices (void)
{
  static const char * const maps[] = { "alert=summary", "phone=", NULL };
  static const char * const odd[] = { "telephone=contacts.phone", NULL };
  SpReaderOptions options = { .maps = maps, .names = SP_NAMES_LEAVE, .title_case = TRUE }, wrong = { .maps = odd };
  g_autoptr (GPtrArray) r = read_text (WHOLE, -1, &options);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = sp_node_to_json (get_asset (r, 0));
  g_autoptr (SpReader) refused = NULL;

  g_assert_cmpstr (at (r, 0, "name"), ==, "Harbour Advice");
  g_assert_cmpstr (at (r, 0, "summary"), ==, "Moved to the first floor");
  g_assert_null (strstr (json, "Sample"));
  g_assert_null (strstr (json, "\"phone\":\"01632")); /* only in the original */
  refused = open_text (WHOLE, -1, NULL, &wrong, &error);
  g_assert_null (refused);
  g_assert_error (error, SP_ERROR, SP_ERROR_USAGE);
}

/* Somebody else changed what we wrote; what they do not know comes back untouched. */
static void
test_changed_by_others (void)
{
  g_autoptr (SpNode) asset = sp_node_parse ("{\"_id\":\"asset:1\",\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Club\",\"summary\":\"We knit.\","
                                            "\"description\":\"Old.\",\"status\":\"active\",\"x\":{\"y\":1}}", -1, NULL);
  const SpNode *documents[] = { asset };
  gsize length;
  g_autofree char *text = write_all ("oruk", documents, 1, NULL, &length);
  g_autoptr (GString) changed = g_string_new_len (text, (gssize) length);
  g_autoptr (GPtrArray) r = NULL;

  g_assert_cmpuint (g_string_replace (changed, "\"description\":\"Old.\\n", "\"description\":\"New.\\n", 0), ==, 1);
  g_assert_cmpuint (g_string_replace (changed, "\"status\":\"active\"", "\"status\":\"inactive\"", 0), ==, 1);
  r = read_text (changed->str, (gssize) changed->len, NULL);
  g_assert_cmpstr (at (r, 0, "description"), ==, "New.");
  g_assert_cmpstr (at (r, 0, "status"), ==, "inactive");
  g_assert_cmpstr (at (r, 0, "summary"), ==, "We knit.");
  g_assert_cmpstr (at (r, 0, "kind"), ==, "group");
  g_assert_nonnull (sp_node_get_path (get_asset (r, 0), "x.y"));
}

static char *
repeat (const char *before, const char *text, guint n, const char *after)
{
  GString *all = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (g_string_append (all, after), FALSE);
}

/* One that cannot be read does not cost the others. */
static void
test_bad_entries (void)
{
  g_autofree char *deep = repeat ("{\"status\":\"active\",\"name\":\"Deep\",\"x\":", "[", 100000, "1"), *end = repeat ("", "]", 100000, "}");
  g_autofree char *large = repeat ("{\"status\":\"active\",\"name\":\"Large\",\"description\":\"", "0123456789", 500000, "\"}");
  g_autofree char *long_name = repeat ("{\"status\":\"active\",\"name\":\"", "x", 300, "\"}");
  g_autofree char *text = g_strconcat ("{\"total_pages\":1,\"contents\":[", deep, end, ",", large, ",", long_name,
                                       ",1,null,\"x\",[],{},{\"name\":\"Trust\",\"organization_identifiers\":[]},{\"status\":\"active\"},"
                                       "{\"name\":\"Twice\",\"name\":\"Two\",\"status\":\"active\"},{\"status\":\"\\ud800\",\"name\":\"Lone\"},"
                                       "{\"id\":7,\"name\":\"Odd\",\"status\":5,\"schedules\":{},\"contacts\":[1,null,{\"phones\":7}],\"service_at_locations\":[7],"
                                       "\"cost_options\":[[]],\"attributes\":[{\"taxonomy_term\":[]}],\"languages\":\"en\",\"organization\":[]}]}", NULL);
  g_autoptr (GPtrArray) r = read_text (text, -1, NULL);
  static const struct { guint row; const char *word; } skipped[] = {
    { 0, "deeper" }, { 1, "more than" }, { 3, "not a service" }, { 4, "not a service" }, { 5, "not a service" }, { 6, "not a service" },
    { 7, "not a service" }, { 8, "not a service" }, { 9, "no name" }, { 10, "two members" }, { 11, "surrogate" },
  };

  g_assert_cmpuint (r->len, ==, 13);
  for (guint i = 0; i < G_N_ELEMENTS (skipped); i++)
    {
      g_assert_null (get_record (r, skipped[i].row)->asset);
      g_assert_cmpuint (get_record (r, skipped[i].row)->row, ==, skipped[i].row + 1);
      g_assert_nonnull (strstr (problem_at (r, skipped[i].row), skipped[i].word));
    }
  g_assert_cmpuint (strlen (at (r, 2, "name")), ==, 300);
  g_assert_cmpstr (at (r, 12, "name"), ==, "Odd");
  g_assert_cmpstr (at (r, 12, "source.row"), ==, "7");
}

static void
test_refused (void)
{
  assert_refused ("{\"total_pages\":1,\"contents\":{}}", -1, NULL, SP_ERROR_PARSE, "");
  assert_refused ("{\"total_pages\":1,\"contents\":[{\"id\":1},", -1, NULL, SP_ERROR_PARSE, "");
  assert_refused ("name,status\nx,y\n", -1, "oruk", SP_ERROR_PARSE, "Open Referral UK");
  assert_refused ("{\"type\":\"FeatureCollection\",\"features\":[]}", -1, "oruk", SP_ERROR_PARSE, "Open Referral UK");
  assert_refused ("{\"contents\":[],\"total_pages\":0}", -1, "geojson", SP_ERROR_PARSE, "GeoJSON");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/oruk/ways", test_ways);
  g_test_add_func ("/oruk/places", test_places);
  g_test_add_func ("/oruk/choices", test_choices);
  g_test_add_func ("/oruk/changed-by-others", test_changed_by_others);
  g_test_add_func ("/oruk/bad-entries", test_bad_entries);
  g_test_add_func ("/oruk/refused", test_refused);
  return g_test_run ();
}
