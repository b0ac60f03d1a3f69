/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample neighbourhood: that its documents are right in themselves, agree with one another and with the taxonomy,
 * hold every member that an asset can have, and harm nobody (invented telephones and addresses, nothing at sea). */
#include "sp-calendar.h"
#include "sp-data.h"
#include "sp-field.h"
#include "sp-freshness.h"
#include "sp-geodesy.h"
#include "sp-likeness.h"
#include "sp-polygon.h"
#include "sp-postcode.h"
#include "sp-schedule.h"
#include "sp-taxonomy.h"
#include "sp-words.h"

#include <string.h>

#define WRITTEN_ON "2026-11-22" /* what "stale" and "ending soon" are measured from */
#define VENUE_METRES 400        /* how far a session may be placed from its venue */

typedef struct
{
  GPtrArray  *documents; /* of SpNode: all of them */
  GPtrArray  *assets;    /* of SpNode; in documents */
  GHashTable *by_id;     /* id → SpNode */
} Sample;

/* The towns with the villages around them; the sea is west of the first two. */
static const struct { const char *file; const char *districts; SpBox box; } towns[] = {
  { "sample/maryport.json", "CA15 CA7", { 54.68, -3.5170, 54.78, -3.30 } },
  { "sample/cockermouth.json", "CA13", { 54.60, -3.45, 54.72, -3.25 } },
  { "sample/workington.json", "CA14", { 54.59, -3.5610, 54.68, -3.46 } },
  { "sample/wigan.json", "WN1 WN2 WN3 WN4 WN5 WN6 WN7 M29 M46", { 53.44, -2.74, 53.62, -2.40 } },
};

static void
set_up (Sample *self, gconstpointer data)
{
  g_auto (GStrv) names = sp_data_list ("sample");

  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_node_unref);
  self->assets = g_ptr_array_new ();
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (SpNode) list = sp_data_load_json (names[i]);

      g_assert_true (sp_node_is_array (list));
      for (guint j = 0; j < sp_node_get_length (list); j++)
        {
          SpNode *document = sp_node_ref (sp_node_get_element (list, j));
          const char *id = sp_node_get_text (document, "_id");

          g_assert_nonnull (id);
          g_ptr_array_add (self->documents, document);
          if (!g_hash_table_insert (self->by_id, (gpointer) id, document))
            g_error ("%s is there twice", id);
          if (g_strcmp0 (sp_node_get_text (document, "type"), "asset") == 0)
            g_ptr_array_add (self->assets, document);
        }
    }
}

static void
tear_down (Sample *self, gconstpointer data)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->assets);
  g_ptr_array_unref (self->documents);
}

static SpNode *
asset_at (const Sample *self, guint i)
{
  return g_ptr_array_index (self->assets, i);
}

static guint
count_with (const Sample *self, const char *path, const char *value)
{
  guint n = 0;

  for (guint i = 0; i < self->assets->len; i++)
    {
      const char *text = sp_node_get_string (sp_node_get_path (asset_at (self, i), path));
      n += text != NULL && strcmp (text, value) == 0;
    }
  return n;
}

static void
test_counts (Sample *self, gconstpointer data)
{
  g_assert_cmpuint (self->assets->len, >=, 150);
  g_assert_cmpuint (count_with (self, "kind", "place"), >=, 40);
  g_assert_cmpuint (count_with (self, "kind", "service"), >=, 40);
  g_assert_cmpuint (count_with (self, "kind", "group"), >=, 40);
  g_assert_cmpuint (count_with (self, "status", "temporarily closed"), >=, 3);
  g_assert_cmpuint (count_with (self, "availability.state", "waiting list"), >=, 5);
  g_assert_cmpuint (count_with (self, "availability.state", "full"), >=, 3);
}

/* Absent means unknown: nothing stands there empty. */
static void
check_nothing_empty (const char *id, const SpNode *value)
{
  SpJsonType kind = sp_node_get_kind (value);

  if (kind == SP_JSON_NULL || (kind == SP_JSON_STRING && *sp_node_get_string (value) == '\0')
      || ((kind == SP_JSON_OBJECT || kind == SP_JSON_ARRAY) && sp_node_get_length (value) == 0))
    g_error ("%s holds a null or something empty", id);
  if (kind == SP_JSON_OBJECT || kind == SP_JSON_ARRAY)
    for (guint i = 0; i < sp_node_get_length (value); i++)
      check_nothing_empty (id, sp_node_get_element (value, i));
}

static void
test_values (Sample *self, gconstpointer data)
{
  for (guint i = 0; i < self->documents->len; i++)
    {
      const SpNode *document = g_ptr_array_index (self->documents, i);
      check_nothing_empty (sp_node_get_text (document, "_id"), document);
    }
  for (guint i = 0; i < self->assets->len; i++)
    {
      g_autoptr (GError) error = NULL;
      const char *id = sp_node_get_text (asset_at (self, i), "_id");

      if (!sp_field_check_body (asset_at (self, i), &error))
        g_error ("%s: %s", id, error->message);
      g_assert_true (g_str_has_prefix (id, "asset:"));
      g_assert_true (g_uuid_string_is_valid (id + strlen ("asset:")));
      g_assert_cmpint (id[strlen ("asset:00000000-0000-")], ==, '4');
      g_assert_nonnull (sp_node_get_text (asset_at (self, i), "summary"));
    }
}

/* Notes every member's path, with * for the items of a list, and every word of a field that offers a choice. */
static void
note_members (GHashTable *seen, const SpNode *object, const char *prefix)
{
  for (guint i = 0; i < sp_node_get_length (object); i++)
    {
      const SpNode *value = sp_node_get_element (object, i);
      char *path = g_strconcat (prefix, *prefix != '\0' ? "." : "", sp_node_get_name (object, i), NULL);
      const SpField *field = sp_field_find (path);

      g_hash_table_add (seen, path);
      if (strcmp (path, "_id") == 0)
        continue;
      if (field == NULL)
        g_error ("%s is no member of an asset", path);
      if (field->type == SP_FIELD_OBJECT)
        note_members (seen, value, path);
      for (guint j = 0; sp_node_is_array (value) && j < sp_node_get_length (value); j++)
        {
          const SpNode *item = sp_node_get_element (value, j);
          g_autofree char *inner = g_strconcat (path, ".*", NULL);

          if (field->type == SP_FIELD_LIST)
            note_members (seen, item, inner);
          else if (field->choices != NULL)
            g_hash_table_add (seen, g_strconcat (path, "=", sp_node_get_string (item), NULL));
        }
      if (field->type == SP_FIELD_CHOICE)
        g_hash_table_add (seen, g_strconcat (path, "=", sp_node_get_string (value), NULL));
    }
}

static void
require_choices (GHashTable *seen, const SpField *field)
{
  for (guint i = 0; field->choices != NULL && field->choices[i] != NULL; i++)
    {
      g_autofree char *choice = g_strconcat (field->path, "=", field->choices[i], NULL);
      if (!g_hash_table_contains (seen, choice))
        g_error ("The sample has no %s", choice);
    }
}

static void
test_every_member (Sample *self, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n;
  const SpField *fields = sp_field_get_all (&n);

  for (guint i = 0; i < self->assets->len; i++)
    note_members (seen, asset_at (self, i), "");
  for (guint i = 0; i < n; i++)
    {
      if (strcmp (fields[i].path, "edit") == 0) /* a history; a first revision has none */
        continue;
      if (!g_hash_table_contains (seen, fields[i].path))
        g_error ("The sample has no %s", fields[i].path);
      if (!g_str_has_prefix (fields[i].path, "checked.") || g_str_has_prefix (fields[i].path, "checked.times."))
        require_choices (seen, &fields[i]);
    }
}

static void
test_categories (Sample *self, gconstpointer data)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->assets->len; i++)
    {
      const SpNode *categories = sp_node_get (asset_at (self, i), "categories");
      guint n = sp_node_get_length (categories);

      g_assert_true (n >= 1 && n <= 8);
      for (guint j = 0; j < n; j++)
        {
          const char *code = sp_node_get_string (sp_node_get_element (categories, j));
          if (sp_taxonomy_lookup (taxonomy, code) == NULL)
            g_error ("%s: no category %s", sp_node_get_text (asset_at (self, i), "name"), code);
          g_hash_table_add (used, (gpointer) code);
        }
    }
  g_assert_cmpuint (g_hash_table_size (used), ==, sp_taxonomy_get_n_categories (taxonomy));
}

static SpNode *
follow (const Sample *self, const SpNode *asset, const char *member)
{
  const char *id = sp_node_get_text (asset, member);
  SpNode *target = id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;

  if (id != NULL && (target == NULL || target == asset))
    g_error ("%s: its %s leads nowhere", sp_node_get_text (asset, "name"), member);
  return target;
}

static double
metres_between (const SpNode *a, const SpNode *b)
{
  const SpNode *here = sp_node_get (a, "location"), *there = sp_node_get (b, "location");

  return sp_geodesy_distance (sp_node_get_number (here, "latitude"), sp_node_get_number (here, "longitude"),
                              sp_node_get_number (there, "latitude"), sp_node_get_number (there, "longitude"));
}

static void
test_links (Sample *self, gconstpointer data)
{
  guint n_venues = 0, n_organisations = 0, n_areas = 0;

  for (guint i = 0; i < self->assets->len; i++)
    {
      const SpNode *asset = asset_at (self, i);
      const SpNode *venue = follow (self, asset, "venue");
      const SpNode *organisation = follow (self, asset, "organisation");
      const SpNode *areas = sp_node_get (asset, "service_areas");

      if (venue != NULL)
        {
          g_assert_cmpstr (sp_node_get_text (venue, "kind"), ==, "place");
          g_assert_cmpfloat (metres_between (asset, venue), <, VENUE_METRES);
        }
      n_venues += venue != NULL;
      n_organisations += organisation != NULL;
      for (guint j = 0; j < sp_node_get_length (areas); j++, n_areas++)
        {
          const SpNode *area = g_hash_table_lookup (self->by_id, sp_node_get_string (sp_node_get_element (areas, j)));
          g_assert_cmpstr (sp_node_get_text (area, "type"), ==, "area");
        }
    }
  g_assert_cmpuint (n_venues, >=, 30);
  g_assert_cmpuint (n_organisations, >=, 15);
  g_assert_cmpuint (n_areas, >=, 5);
}

static void
check_place (const SpNode *asset, const SpBox *box, const char *districts)
{
  const SpNode *location = sp_node_get (asset, "location");
  const char *postcode = sp_node_get_string (sp_node_get_path (asset, "address.postal_code"));
  g_autofree char *normal = sp_postcode_normalise (postcode);
  g_autofree char *outcode = sp_postcode_get_outcode (postcode);
  g_auto (GStrv) right = g_strsplit (districts, " ", -1);

  if (!sp_geodesy_box_contains (box, sp_node_get_number (location, "latitude"), sp_node_get_number (location, "longitude")))
    g_error ("%s is not near its town, or at sea", sp_node_get_text (asset, "name"));
  g_assert_cmpstr (postcode, ==, normal);
  if (!g_strv_contains ((const char * const *) right, outcode))
    g_error ("%s: %s is not a postcode of that town", sp_node_get_text (asset, "name"), postcode);
}

static void
test_places (Sample *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (towns); i++)
    {
      g_autoptr (SpNode) list = sp_data_load_json (towns[i].file);

      g_assert_cmpuint (sp_node_get_length (list), >=, 35);
      for (guint j = 0; j < sp_node_get_length (list); j++)
        check_place (sp_node_get_element (list, j), &towns[i].box, towns[i].districts);
    }
}

static gboolean
is_example_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && (strcmp (host, "example.org") == 0 || g_str_has_suffix (host, ".example.org"));
}

/* Ofcom keeps 01632 960xxx for drama, and RFC 2606 keeps example.org: nobody is rung or written to by mistake. */
static void
test_nobody_is_rung (Sample *self, gconstpointer data)
{
  for (guint i = 0; i < self->assets->len; i++)
    {
      const SpNode *asset = asset_at (self, i);
      const SpNode *contacts = sp_node_get (asset, "contacts");
      const char *url = sp_node_get_text (asset, "url");
      const char *form = sp_node_get_string (sp_node_get_path (asset, "referral.url"));

      g_assert_true (url == NULL || is_example_url (url));
      g_assert_true (form == NULL || is_example_url (form));
      for (guint j = 0; j < sp_node_get_length (contacts); j++)
        {
          const char *phone = sp_node_get_text (sp_node_get_element (contacts, j), "phone");
          const char *email = sp_node_get_text (sp_node_get_element (contacts, j), "email");

          g_assert_true (phone != NULL || email != NULL);
          g_assert_true (phone == NULL || g_regex_match_simple ("^01632 960[0-9]{3}$", phone, 0, 0));
          g_assert_true (email == NULL || g_regex_match_simple ("^[a-z.]+@([a-z]+\\.)?example\\.org$", email, 0, 0));
        }
    }
}

static void
check_items (const SpNode *list)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      const char *id = sp_node_get_text (sp_node_get_element (list, i), "id");
      g_assert_nonnull (id);
      g_assert_true (g_hash_table_add (ids, (gpointer) id));
    }
}

static void
test_items (Sample *self, gconstpointer data)
{
  static const char * const lists[] = { "contacts", "schedules", "schedule_exceptions", "costs", "funding", "assurance", "known_by" };

  for (guint i = 0; i < self->assets->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (lists); j++)
      check_items (sp_node_get (asset_at (self, i), lists[j]));
}

static void
test_schedules (Sample *self, gconstpointer data)
{
  guint n_with = 0, n_every_other = 0;

  for (guint i = 0; i < self->assets->len; i++)
    {
      g_autoptr (GError) error = NULL;
      const SpNode *asset = asset_at (self, i);
      const SpNode *schedules = sp_node_get (asset, "schedules");
      g_autofree char *words = NULL;

      if (!sp_schedule_check (asset, &error))
        g_error ("%s: %s", sp_node_get_text (asset, "name"), error->message);
      words = sp_words_schedules (asset);
      g_assert_cmpstr (sp_node_get_text (asset, "schedule_words"), ==, words);
      n_with += words != NULL;
      for (guint j = 0; j < sp_node_get_length (schedules); j++)
        n_every_other += sp_node_get_number (sp_node_get_element (schedules, j), "interval") == 2;
    }
  g_assert_cmpuint (n_with, >=, 120);
  g_assert_cmpuint (n_every_other, >=, 3);
}

/* The lists show what fresh, due and long overdue look like, and funding that ends within the year. */
static void
test_age (Sample *self, gconstpointer data)
{
  gint32 today = sp_civil_parse_date (WRITTEN_ON);
  guint states[SP_FRESHNESS_NEVER + 1] = { 0 };
  guint n_ending = 0;

  for (guint i = 0; i < self->assets->len; i++)
    {
      const SpNode *funding = sp_node_get (asset_at (self, i), "funding");

      states[sp_freshness_worst (NULL, asset_at (self, i), today)]++;
      for (guint j = 0; j < sp_node_get_length (funding); j++)
        {
          gint32 until = sp_civil_parse_date (sp_node_get_text (sp_node_get_element (funding, j), "until"));
          n_ending += until >= today && until <= today + 365;
        }
    }
  g_assert_cmpuint (states[SP_FRESHNESS_FRESH], >=, 30);
  g_assert_cmpuint (states[SP_FRESHNESS_DUE], >=, 20);
  g_assert_cmpuint (states[SP_FRESHNESS_OVERDUE], >=, 15);
  g_assert_cmpuint (n_ending, >=, 10);
}

/* Some entries came twice, from a list and by hand. The plainest of these pairs look alike, and hardly anything else does. */
static void
test_near_duplicates (Sample *self, gconstpointer data)
{
  guint n_pairs = 0;

  for (guint i = 0; i < self->assets->len; i++)
    for (guint j = i + 1; j < self->assets->len; j++)
      {
        g_autoptr (SpTraits) a = sp_traits_new (sp_node_get_text (asset_at (self, i), "_id"), asset_at (self, i));
        g_autoptr (SpTraits) b = sp_traits_new (sp_node_get_text (asset_at (self, j), "_id"), asset_at (self, j));
        SpLikenessReasons reasons;

        if (sp_likeness_compare (a, b, &reasons) < SP_LIKENESS_DUPLICATE)
          continue;
        g_test_message ("%s ~ %s", sp_node_get_text (asset_at (self, i), "name"), sp_node_get_text (asset_at (self, j), "name"));
        n_pairs++;
      }
  g_assert_cmpuint (n_pairs, >=, 4);
  g_assert_cmpuint (n_pairs, <=, 12);
}

static void
test_areas_and_terms (Sample *self, gconstpointer data)
{
  guint n_areas = 0, n_calendars = 0;

  for (guint i = 0; i < self->documents->len; i++)
    {
      const SpNode *document = g_ptr_array_index (self->documents, i);
      const char *type = sp_node_get_text (document, "type");
      g_autoptr (GError) error = NULL;

      if (strcmp (type, "area") == 0)
        {
          g_autoptr (SpPolygon) outline = sp_polygon_new (sp_node_get (document, "geometry"), &error);
          guint n_inside = 0;

          g_assert_no_error (error);
          g_assert_cmpstr (sp_node_get_text (document, "kind"), ==, "drawn");
          for (guint j = 0; j < self->assets->len; j++)
            {
              const SpNode *location = sp_node_get (asset_at (self, j), "location");
              n_inside += sp_polygon_contains (outline, sp_node_get_number (location, "latitude"), sp_node_get_number (location, "longitude"));
            }
          g_assert_cmpuint (n_inside, >=, 20);
          n_areas++;
        }
      else if (strcmp (type, "term-calendar") == 0)
        {
          SpCalendar calendar;

          sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
          sp_calendar_add (&calendar, document, &error);
          g_assert_no_error (error);
          g_assert_cmpint (sp_calendar_get_term (&calendar, sp_civil_parse_date (WRITTEN_ON)), ==, SP_TERM_TIME);
          g_assert_cmpint (sp_calendar_get_term (&calendar, sp_civil_parse_date ("2026-12-25")), ==, SP_TERM_HOLIDAYS);
          n_calendars++;
        }
    }
  g_assert_cmpuint (n_areas, ==, 4);
  g_assert_cmpuint (n_calendars, ==, 1);
  g_assert_cmpuint (self->assets->len + n_areas + n_calendars, ==, self->documents->len);
}

#define ADD(name, function) g_test_add ("/sample/" name, Sample, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("counts", test_counts);
  ADD ("values", test_values);
  ADD ("every-member", test_every_member);
  ADD ("categories", test_categories);
  ADD ("links", test_links);
  ADD ("places", test_places);
  ADD ("nobody-is-rung", test_nobody_is_rung);
  ADD ("items", test_items);
  ADD ("schedules", test_schedules);
  ADD ("age", test_age);
  ADD ("near-duplicates", test_near_duplicates);
  ADD ("areas-and-terms", test_areas_and_terms);
  return g_test_run ();
}
