/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sp-asset.h"

#include <math.h>

static const char hall[] =
    "{\"type\":\"asset\",\"kind\":\"place\",\"name\":\"Netherhall Rooms\",\"categories\":[\"village-hall\",\"warm-space\"],"
    "\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947},\"building\":{\"capacity\":120,\"kitchen\":true},"
    "\"contacts\":[{\"id\":\"c1\",\"title\":\"Bookings\",\"phone\":\"01632 960001\"}],"
    "\"costs\":[{\"id\":\"k1\",\"option\":\"Hour\",\"amount\":7.5,\"currency\":\"GBP\"}],\"x-new\":{\"kept\":true}}";

static SpAsset *
new_hall (void)
{
  g_autoptr (SpNode) body = sp_node_parse (hall, -1, NULL);

  return sp_asset_new ("asset:1", "1-a", body);
}

static void
test_parts (void)
{
  g_autoptr (SpAsset) asset = new_hall ();
  g_auto (GStrv) categories = sp_asset_get_words (asset, "categories");
  SpContact contact;
  SpBuilding building;
  SpCost cost;

  g_assert_cmpuint (g_strv_length (categories), ==, 2);
  g_assert_cmpfloat (sp_asset_get_latitude (asset), ==, 54.7143);
  sp_contact_read (sp_asset_get_item (asset, "contacts", 0), &contact);
  g_assert_cmpstr (contact.title, ==, "Bookings");
  g_assert_null (contact.email);
  g_assert_null (sp_asset_get_item (asset, "contacts", 1));
  sp_building_read (sp_node_get (sp_asset_get_body (asset), "building"), &building);
  g_assert_cmpfloat (building.capacity, ==, 120);
  g_assert_true (isnan (building.parking));
  g_assert_cmpint (building.kitchen, ==, SP_ANSWER_YES);
  g_assert_cmpint (building.wifi, ==, SP_ANSWER_UNKNOWN);
  sp_cost_read (sp_asset_get_item (asset, "costs", 0), &cost);
  g_assert_cmpfloat (cost.amount, ==, 7.5);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_change_tells_and_copies (void)
{
  g_autoptr (SpAsset) asset = new_hall ();
  g_autoptr (SpNode) before = sp_node_ref (sp_asset_get_body (asset));
  g_autoptr (SpNode) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  guint names = 0, latitudes = 0;

  g_signal_connect (asset, "notify::name", G_CALLBACK (count_cb), &names);
  g_signal_connect (asset, "notify::latitude", G_CALLBACK (count_cb), &latitudes);
  g_assert_true (sp_asset_set_text (asset, "name", "Netherhall Rooms", &error)); /* the same: nobody is told */
  g_assert_true (sp_asset_set_text (asset, "name", "Netherhall", &error));
  g_assert_true (sp_asset_set_value (asset, "location", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (names, ==, 1);
  g_assert_cmpuint (latitudes, ==, 1);
  g_assert_true (isnan (sp_asset_get_latitude (asset)));
  g_assert_cmpstr (sp_node_get_text (before, "name"), ==, "Netherhall Rooms");
  changes = sp_asset_diff (before, sp_asset_get_body (asset));
  json = sp_node_to_json (changes);
  g_assert_cmpstr (json, ==, "{\"name\":\"Netherhall\",\"location\":null}");
}

static void
test_refused_change_changes_nothing (void)
{
  g_autoptr (SpAsset) asset = new_hall ();
  g_autoptr (GError) error = NULL;

  g_assert_false (sp_asset_set_text (asset, "kind", "shop", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sp_asset_set_value (asset, "schedules.7.note", sp_node_new_string ("1"), &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sp_asset_set_text (asset, "nonsense", "1", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_autofree char *json = sp_node_to_json (sp_asset_get_body (asset));
  g_assert_cmpstr (json, ==, hall);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/asset/parts", test_parts);
  g_test_add_func ("/asset/change-tells-and-copies", test_change_tells_and_copies);
  g_test_add_func ("/asset/refused-change-changes-nothing", test_refused_change_changes_nothing);
  return g_test_run ();
}
