/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists in which one entry takes several rows: by the id of a parent, by a repeated id, by cells left blank. */
#include "exchange-utils.h"

#define DIRECTORY \
  "import_id,import_id_reference,name,description,url,contact_name,contact_title,contact_visible,contact_email,contact_phone," \
  "location_name,location_latitude,location_longitude,location_postcode,mask_exact_address,free,cost_option,cost_amount,cost_type," \
  "schedules_opens_at,schedules_closes_at,scheduled_weekday,links_label,links_url,notes\n"

static void
test_parents (void)
{
  g_autoptr (GPtrArray) r = read_text (DIRECTORY
    "1,,Harbour Hub,Advice,https://hub.example.org,,Desk,TRUE,desk@example.org,01632 960101,Harbour Hall,54.715,-3.496,CA15 6AA,FALSE,FALSE,"
      "Adults,4,per session,09:00:00,12:30:00,monday,Facebook,https://social.example.org/hub,first\n"
    "2,1,,,,,Manager,FALSE,boss@example.org,01632 960102,,,,,,,,,,,,,,,\n"
    "3,1,,,,,,,,,,,,,,,Over 60,0,per session,,,,,,\n"
    "4,1,,,,,,,,,,,,,,,,,,13:00:00,15:00:00,thursday,,,\n"
    "5,1,,,,,,,,,Mill House,54.7,-3.4,CA15 7AA,,,,,,,,,,,\n"
    "6,1,,,,,,,,,,,,,,,,,,,,,,,a note\n"
    "7,,Next Door,Chat,,,,,,,,,,,,,,,,,,,,,\n", -1, NULL);
  const SpRecord *hub = get_record (r, 0);

  g_assert_cmpuint (r->len, ==, 2);
  g_assert_cmpuint (hub->joined, ==, 5);
  g_assert_cmpuint (hub->row, ==, 2);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Harbour Hub");
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960101");
  g_assert_null (at (r, 0, "contacts.1.visible_to"));
  g_assert_cmpstr (at (r, 0, "contacts.2.title"), ==, "Manager");
  g_assert_cmpstr (at (r, 0, "contacts.2.visible_to"), ==, "members");
  g_assert_cmpstr (at (r, 0, "contacts.1.id"), !=, at (r, 0, "contacts.2.id"));
  g_assert_cmpstr (at (r, 0, "costs.1.option"), ==, "Adults");
  g_assert_cmpstr (lexeme_at (r, 0, "costs.1.amount"), ==, "4");
  g_assert_cmpstr (at (r, 0, "costs.1.description"), ==, "per session");
  g_assert_cmpstr (at (r, 0, "costs.2.option"), ==, "Over 60");
  g_assert_cmpstr (lexeme_at (r, 0, "costs.2.amount"), ==, "0");
  g_assert_false (sp_node_get_flag (get_asset (r, 0), "free", TRUE));
  g_assert_cmpstr (at (r, 0, "schedule_words"), ==, "Monday 09:00 to 12:30; Thursday 13:00 to 15:00");
  g_assert_cmpstr (at (r, 0, "schedules.1.byday"), ==, "MO");
  g_assert_cmpstr (at (r, 0, "schedules.1.closes_at"), ==, "12:30");
  g_assert_cmpstr (at (r, 0, "schedules.2.byday"), ==, "TH");
  g_assert_cmpstr (at (r, 0, "description"), ==, "Advice\n\nFacebook: https://social.example.org/hub\n\nAlso at: Mill House, CA15 7AA.");
  g_assert_cmpstr (lexeme_at (r, 0, "location.latitude"), ==, "54.715");
  g_assert_cmpstr (sp_node_get_text (sp_node_get_path (get_asset (r, 0), "source.original"), "notes (row 7)"), ==, "a note");
  g_assert_cmpstr (at (r, 1, "name"), ==, "Next Door");
  g_assert_cmpuint (get_record (r, 1)->joined, ==, 0);
}

/* What each row says of access goes together, once. */
static void
test_tags (void)
{
  g_autoptr (GPtrArray) r = read_text ("id,parent id,name,accessibility\n1,,Hall,Hoist; Lift\n2,1,,Hearing loop;Hoist\n", -1, NULL);

  g_assert_cmpuint (sp_node_get_length (sp_node_get_path (get_asset (r, 0), "accessibility.tags")), ==, 3);
  g_assert_cmpstr (at (r, 0, "accessibility.tags.3"), ==, "hearing-loop");
  g_assert_cmpstr (at (r, 0, "accessibility.detail"), ==, "Hoist; Lift; Hearing loop;Hoist");
}

/* A parent that is not just above, and one that is not there at all: nothing is guessed. */
static void
test_lost_children (void)
{
  g_autoptr (GPtrArray) r = read_text ("id,parent id,name,phone\n1,,A,\n2,,B,\n3,1,,01632 960101\n4,9,,01632 960102\n5,2,C,01632 960103\n", -1, NULL);

  g_assert_cmpuint (r->len, ==, 5);
  for (guint i = 1; i < 3; i++) /* told at once; B waits for what may still belong to it */
    {
      const SpRecord *record = get_record (r, i);
      g_assert_null (record->asset);
      g_assert_nonnull (strstr (((SpProblem *) g_ptr_array_index (record->problems, 0))->message, "not just above"));
    }
  g_assert_cmpstr (at (r, 4, "name"), ==, "C"); /* it has a name: an entry of its own, whatever it belongs to */
}

static void
test_repeated_ids (void)
{
  g_autoptr (GPtrArray) r = read_text ("ref,name,times,phone,cost\n"
                                       "7,Club,Monday 10am to 12pm,01632 960101,£2\n"
                                       "7,Club,Friday 2pm to 4pm,01632 960101,£2\n"
                                       "7,,Sunday 2pm to 4pm,,\n"
                                       "7,Other Club,,,\n"
                                       "8,Club,,,\n", -1, NULL);

  g_assert_cmpuint (r->len, ==, 3);
  g_assert_cmpuint (get_record (r, 0)->joined, ==, 2);
  g_assert_cmpstr (at (r, 0, "schedule_words"), ==, "Monday 10am to 12pm; Friday 2pm to 4pm; Sunday 2pm to 4pm");
  g_assert_cmpstr (at (r, 0, "schedules.3.byday"), ==, "SU");
  g_assert_cmpuint (sp_node_get_length (sp_node_get (get_asset (r, 0), "contacts")), ==, 1); /* said twice */
  g_assert_cmpuint (sp_node_get_length (sp_node_get (get_asset (r, 0), "costs")), ==, 1);
  g_assert_cmpstr (at (r, 1, "name"), ==, "Other Club");
}

/* The same at two places is two pins on the map. */
static void
test_two_places (void)
{
  g_autoptr (GPtrArray) r = read_text ("ref,name,postcode,times\n7,Club,CA15 6AA,Monday 10am to 12pm\n7,Club,CA15 6AA,Friday 2pm to 4pm\n"
                                       "7,Club,LA1 1AA,Sunday 2pm to 4pm\n", -1, NULL);

  g_assert_cmpuint (r->len, ==, 2);
  g_assert_cmpuint (get_record (r, 0)->joined, ==, 1);
  g_assert_cmpstr (at (r, 1, "address.postal_code"), ==, "LA1 1AA");
  g_assert_cmpstr (at (r, 1, "source.row"), ==, "7#2");
}

/* As a spreadsheet looks in which cells over several rows were joined. */
static void
test_blank_cells (void)
{
  g_autoptr (GPtrArray) r = read_text ("id,name,phone\n1,Club,01632 960101\n,,01632 960102\n2,Other,\n,,01632 960103\n", -1, NULL);
  g_autoptr (GPtrArray) plain = read_text ("name,phone\nClub,01632 960101\n,01632 960102\n", -1, NULL);

  g_assert_cmpuint (r->len, ==, 2);
  g_assert_cmpstr (at (r, 0, "contacts.2.phone"), ==, "01632 960102");
  g_assert_cmpstr (at (r, 1, "contacts.1.phone"), ==, "01632 960103");
  g_assert_cmpuint (plain->len, ==, 2); /* without ids it may as well be an entry whose name is missing */
  g_assert_null (get_record (plain, 1)->asset);
}

static void
test_hidden_places (void)
{
  g_autoptr (GPtrArray) r = read_text (DIRECTORY "1,,Refuge,Safety,,,,,,,Secret House,54.715,-3.496,CA15 6AA,TRUE,,,,,,,,,,\n", -1, NULL);
  g_autofree char *json = sp_node_to_json (get_asset (r, 0));

  g_assert_null (strstr (json, "54.715"));
  g_assert_null (strstr (json, "Secret"));
  g_assert_null (strstr (json, "6AA"));
  g_assert_cmpstr (at (r, 0, "address.postal_code"), ==, "CA15");
}

/* One entry for ever is bounded, and problems say which row they are of. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new ("id,parent id,name,phone\n1,,A,\n2,1,,nobody\n");
  g_autoptr (GPtrArray) r = NULL;
  const SpRecord *first;

  for (guint i = 0; i < 600; i++)
    g_string_append_printf (text, "%u,1,,01632 960%03u\n", 100 + i, i);
  r = read_text (text->str, -1, NULL);
  first = get_record (r, r->len - 1);
  g_assert_cmpuint (first->joined, ==, 500);
  g_assert_cmpuint (r->len, ==, 1 + 601 - 500);
  g_assert_nonnull (strstr (((SpProblem *) g_ptr_array_index (first->problems, 0))->message, "row 3: "));
  g_assert_cmpuint (sp_node_get_length (sp_node_get (get_asset (r, r->len - 1), "contacts")), <=, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/joined-rows/parents", test_parents);
  g_test_add_func ("/joined-rows/tags", test_tags);
  g_test_add_func ("/joined-rows/lost-children", test_lost_children);
  g_test_add_func ("/joined-rows/repeated-ids", test_repeated_ids);
  g_test_add_func ("/joined-rows/two-places", test_two_places);
  g_test_add_func ("/joined-rows/blank-cells", test_blank_cells);
  g_test_add_func ("/joined-rows/hidden-places", test_hidden_places);
  g_test_add_func ("/joined-rows/bounds", test_bounds);
  return g_test_run ();
}
