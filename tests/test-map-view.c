/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map: where it looks and when it moves by itself, searching there, the keyboard, and the preferences. */
#include "window-fixture.h"

#include "sp-map-view-private.h"
#include "sp-mbtiles-source.h"
#include "sp-online-source.h"

#include <math.h>

#define AREA \
  "{\"type\":\"area\",\"name\":\"Flimby\",\"kind\":\"ward\",\"geometry\":{\"type\":\"Polygon\"," \
  "\"coordinates\":[[[-3.60,54.60],[-3.40,54.60],[-3.40,54.69],[-3.60,54.69],[-3.60,54.60]]]}}"

typedef struct
{
  char      *folder;
  SpStore   *store;
  SpBrowser *browser;
  GSettings *settings;
  GtkWidget *window;
  SpMapView *view;
} Map;

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(SpStore **) data = sp_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
store_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
put_area (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse (AREA, -1, &error);
  SpDb *db = sp_db_open (path, SP_DB_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (sp_db_begin (db, NULL));
  g_assert_true (sp_docs_put_new (db, "area:flimby", body, NULL, &error));
  g_assert_true (sp_db_commit (db, &error));
  sp_db_close (db);
}

static void
wait_for_answer (Map *f)
{
  WAIT (!sp_finder_is_running (sp_browser_get_finder (f->browser)) && f->view->reading == NULL);
  spin ();
}

static void
open_map (Map *f)
{
  f->window = gtk_window_new ();
  f->view = SP_MAP_VIEW (sp_map_view_new ());
  gtk_window_set_default_size (GTK_WINDOW (f->window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->view));
  gtk_window_present (GTK_WINDOW (f->window));
  WAIT (gtk_widget_get_width (GTK_WIDGET (f->view->map)) > 0 && !f->view->has_wanted);
}

static void
look_at_store (Map *f)
{
  sp_map_view_set_browser (f->view, f->browser);
  wait_for_answer (f);
}

/* Without a map yet. @count: how many entries the store gets */
static void
set_up (Map *f, gconstpointer count)
{
  static const char *const keys[] = { "latitude", "longitude", "zoom", "base-map", "mbtiles-file", "online-url", "units" };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  f->settings = g_settings_new (SP_APPLICATION_ID);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (f->settings, keys[i]);
  f->folder = g_dir_make_tmp ("signpost-map-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (f->folder, "store.db", NULL);
  fill_window_store (path, GPOINTER_TO_UINT (count));
  put_area (path);
  sp_store_open_async (path, NULL, store_opened_cb, &f->store);
  WAIT (f->store != NULL);
  f->browser = sp_browser_new (f->store);
}

static void
tear_down (Map *f, gconstpointer count)
{
  gboolean closed = FALSE;
  gpointer left = f->view;
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (f->view != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (f->view), &left);
      gtk_window_destroy (GTK_WINDOW (f->window));
      WAIT (left == NULL);
    }
  g_object_unref (f->browser);
  sp_store_close_async (f->store, store_closed_cb, &closed);
  WAIT (closed);
  g_object_unref (f->store);
  g_object_unref (f->settings);
  folder = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static SpMapCamera
camera_of (Map *f)
{
  SpMapCamera camera;

  sp_map_camera_get (f->view->map, &camera);
  return camera;
}

static void
assert_same_camera (const SpMapCamera *a, const SpMapCamera *b)
{
  g_assert_cmpfloat_with_epsilon (a->latitude, b->latitude, 1e-6);
  g_assert_cmpfloat_with_epsilon (a->longitude, b->longitude, 1e-6);
  g_assert_cmpfloat_with_epsilon (a->zoom, b->zoom, 1e-6);
}

static gboolean
is_seen (Map *f, double latitude, double longitude)
{
  SpBox box;

  g_assert_true (sp_map_camera_get_box (f->view->map, &box));
  return sp_geodesy_box_contains (&box, latitude, longitude);
}

static void
look_at (Map *f, double latitude, double longitude, double zoom)
{
  shumate_map_go_to_full_with_duration (f->view->map, latitude, longitude, zoom, 0);
}

static void
ask (Map *f, const char *filter, const char *value)
{
  g_autoptr (SpQuery) query = sp_query_copy (sp_browser_get_query (f->browser));
  g_autoptr (GError) error = NULL;

  if (filter == NULL)
    sp_query_set_words (query, value);
  else
    sp_query_set_filter (query, filter, value, &error);
  g_assert_no_error (error);
  sp_browser_set_query (f->browser, query);
  wait_for_answer (f);
}

static guint
count_found (Map *f)
{
  return sp_finder_get_hits (sp_browser_get_finder (f->browser))->total;
}

static void
press (Map *f, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->view->map));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
      if (handled)
        return;
    }
  g_assert_not_reached ();
}

/* ── Where it looks ── */

static void
test_first_time (Map *f, gconstpointer data)
{
  open_map (f);
  g_assert_true (is_seen (f, 49.9, -5.2) && is_seen (f, 60.8, -0.9) && is_seen (f, 54, -10)); /* the British Isles */
  look_at_store (f);
  g_assert_true (is_seen (f, 54.7150, -3.4960) && is_seen (f, 54.6450, -3.5440) && is_seen (f, 54.6640, -3.3700));
  g_assert_false (is_seen (f, 53.5, -3.5));
  g_assert_false (sp_map_view_has_moved (f->view));
}

static void
test_nothing_there (Map *f, gconstpointer data)
{
  SpMapCamera before;

  open_map (f);
  before = camera_of (f);
  look_at_store (f);
  assert_same_camera (&before, &(SpMapCamera){ camera_of (f).latitude, camera_of (f).longitude, camera_of (f).zoom });
  gtk_widget_activate_action (GTK_WIDGET (f->view), "map.show-all", NULL);
  assert_same_camera (&before, &(SpMapCamera){ camera_of (f).latitude, camera_of (f).longitude, camera_of (f).zoom });
}

static void
test_restored (Map *f, gconstpointer data)
{
  SpMapCamera camera = { 54.66, -3.40, 12.4 }, now;

  g_settings_set_double (f->settings, "latitude", camera.latitude);
  g_settings_set_double (f->settings, "longitude", camera.longitude);
  g_settings_set_double (f->settings, "zoom", camera.zoom);
  open_map (f);
  look_at_store (f);
  now = camera_of (f);
  assert_same_camera (&now, &camera); /* the results do not move it: one of them is in sight */
  look_at (f, 53, -2, 9);
  WAIT (fabs (g_settings_get_double (f->settings, "zoom") - 9) < 1e-9);
  g_assert_cmpfloat_with_epsilon (g_settings_get_double (f->settings, "latitude"), 53, 1e-9);
}

/* What somebody has put into the settings by hand may be anything. */
static void
test_bad_place (Map *f, gconstpointer data)
{
  g_settings_set_double (f->settings, "latitude", 5000);
  g_settings_set_double (f->settings, "zoom", 12);
  open_map (f);
  g_assert_true (is_seen (f, 54, -4));
}

static void
test_keyboard (Map *f, gconstpointer data)
{
  SpMapCamera start, now;

  open_map (f);
  look_at_store (f);
  look_at (f, 54.7, -3.5, 12);
  start = camera_of (f);
  press (f, GDK_KEY_Right);
  g_assert_cmpfloat (camera_of (f).longitude, >, start.longitude);
  press (f, GDK_KEY_Left);
  press (f, GDK_KEY_Up);
  g_assert_cmpfloat (camera_of (f).latitude, >, start.latitude);
  press (f, GDK_KEY_Down);
  now = camera_of (f);
  assert_same_camera (&now, &start);
  press (f, GDK_KEY_plus);
  g_assert_cmpfloat_with_epsilon (camera_of (f).zoom, 13, 1e-9);
  press (f, GDK_KEY_minus);
  press (f, GDK_KEY_minus);
  g_assert_cmpfloat_with_epsilon (camera_of (f).zoom, 11, 1e-9);
  look_at (f, 51, 0, 12);
  press (f, GDK_KEY_Home);
  g_assert_true (is_seen (f, 54.7150, -3.4960) && is_seen (f, 54.6640, -3.3700));
  for (guint i = 0; i < 30; i++)
    press (f, GDK_KEY_plus);
  g_assert_cmpfloat_with_epsilon (camera_of (f).zoom, SP_BASE_SOURCE_MAX_ZOOM, 1e-9);
  for (guint i = 0; i < 30; i++)
    press (f, GDK_KEY_minus);
  g_assert_cmpfloat_with_epsilon (camera_of (f).zoom, SP_BASE_SOURCE_MIN_ZOOM, 1e-9);
}

static void
test_north_is_up (Map *f, gconstpointer data)
{
  open_map (f);
  shumate_viewport_set_rotation (shumate_map_get_viewport (f->view->map), 1);
  g_assert_cmpfloat_with_epsilon (shumate_viewport_get_rotation (shumate_map_get_viewport (f->view->map)), 0, 1e-9);
}

/* ── What is looked for ── */

static void
test_place (Map *f, gconstpointer data)
{
  SpBox circle;

  open_map (f);
  look_at_store (f);
  look_at (f, 51, 0, 12);
  ask (f, "near", "54.7143,-3.4947");
  g_assert_true (is_seen (f, 54.7143, -3.4947));
  ask (f, "within", "2km");
  sp_geodesy_circle_box (54.7143, -3.4947, 2000, &circle);
  g_assert_true (is_seen (f, circle.north, -3.4947) && is_seen (f, circle.south, -3.4947) && is_seen (f, 54.7143, circle.east));
  g_assert_cmpfloat (camera_of (f).zoom, >, 12);
  g_signal_emit_by_name (f->view->pins, "cluster-activated", 54.70000, -3.49600, 54.70008, -3.49590); /* some ten metres */
  g_assert_cmpfloat (f->view->home.zoom, >, 18);
  look_at (f, 54.72, -3.5, 11);
  ask (f, "free", NULL);
  g_assert_cmpfloat_with_epsilon (camera_of (f).zoom, 11, 1e-9); /* the same place: it stays where it was put */
}

static void
test_area (Map *f, gconstpointer data)
{
  open_map (f);
  look_at_store (f);
  look_at (f, 51, 0, 12);
  ask (f, "area", "area:flimby");
  g_assert_cmpuint (count_found (f), ==, 1);
  g_assert_true (is_seen (f, 54.60, -3.60) && is_seen (f, 54.69, -3.40));
  g_assert_cmpfloat (camera_of (f).zoom, >, 10);
}

/* Typing does not make it jump, unless there would be nothing to see. */
static void
test_words (Map *f, gconstpointer data)
{
  SpMapCamera before, now;

  open_map (f);
  look_at_store (f);
  look_at (f, 54.7145, -3.4950, 14);
  WAIT (f->view->at_rest == 0);
  before = camera_of (f);
  ask (f, NULL, "lunch");
  now = camera_of (f);
  assert_same_camera (&now, &before);
  ask (f, NULL, "nothing that there is");
  now = camera_of (f);
  assert_same_camera (&now, &before);
  ask (f, NULL, "befriending");
  g_assert_true (is_seen (f, 54.6450, -3.5440));
  g_assert_false (is_seen (f, 54.7145, -3.4950));
}

static void
test_search_this_area (Map *f, gconstpointer data)
{
  const SpFilters *filters;

  open_map (f);
  look_at_store (f);
  ask (f, "near", "54.7143,-3.4947");
  ask (f, "within", "1km");
  g_assert_false (gtk_revealer_get_reveal_child (f->view->search_revealer));
  look_at (f, 54.6450, -3.5440, 13);
  g_assert_true (gtk_revealer_get_reveal_child (f->view->search_revealer));
  gtk_widget_activate_action (GTK_WIDGET (f->view), "map.search-this-area", NULL);
  wait_for_answer (f);
  filters = sp_query_get_filters (sp_browser_get_query (f->browser));
  g_assert_true (filters->boxed);
  g_assert_cmpfloat (filters->within, ==, 0);
  g_assert_true (filters->placed); /* distances are still from there */
  g_assert_cmpuint (count_found (f), ==, 1);
  g_assert_cmpfloat_with_epsilon (camera_of (f).latitude, 54.6450, 1e-6);
  g_assert_false (gtk_revealer_get_reveal_child (f->view->search_revealer));
  look_at (f, 54.7143, -3.4947, 13);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "map.search-this-area", NULL);
  wait_for_answer (f);
  g_assert_cmpuint (count_found (f), ==, 3);
}

/* Halls at Penzance, and so many newer ones at Maryport that a search gives these alone. */
static void
put_many (const char *path)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (path, SP_DB_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (sp_db_begin (db, NULL));
  for (guint i = 0; i < SP_SEARCH_BOUND + 50; i++)
    {
      gboolean is_old = i < 20;
      g_autofree char *id = window_asset_id (1000 + i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Hall\",\"modified\":{\"on\":\"%s\"},"
                                               "\"location\":{\"latitude\":%s,\"longitude\":%s,\"accuracy\":\"exact\"}}",
                                               is_old ? "2019-01-01T10:00:00Z" : "2026-01-01T10:00:00Z", is_old ? "50.118" : "54.714",
                                               is_old ? "-5.537" : "-3.495");
      g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);

      g_assert_no_error (error);
      g_assert_true (sp_docs_put_new (db, id, body, NULL, &error));
    }
  g_assert_true (sp_db_commit (db, &error));
  sp_db_close (db);
}

static gboolean
is_all_seen (Map *f)
{
  return is_seen (f, 50.118, -5.537) && is_seen (f, 54.714, -3.495);
}

/* The hits are the first five thousand only; all that was found is shown all the same. */
static void
test_many (Map *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "store.db", NULL);
  const SpHits *hits;
  SpMapCamera before, now;

  put_many (path);
  g_object_unref (f->browser);
  f->browser = sp_browser_new (f->store);
  open_map (f);
  look_at_store (f);
  hits = sp_finder_get_hits (sp_browser_get_finder (f->browser));
  g_assert_false (hits->exact);
  for (guint i = 0; i < hits->hits->len; i++)
    g_assert_cmpfloat (g_array_index (hits->hits, SpHit, i).latitude, >, 54);
  WAIT (is_all_seen (f));
  look_at (f, 51, 0, 12);
  press (f, GDK_KEY_Home);
  g_assert_true (is_all_seen (f));
  look_at (f, 50.118, -5.537, 13); /* what is in sight is not among the hits */
  WAIT (f->view->at_rest == 0);
  before = camera_of (f);
  ask (f, NULL, "hall");
  WAIT (f->view->fitting == SP_MAP_VIEW_FIT_NOTHING);
  now = camera_of (f);
  assert_same_camera (&now, &before);
  look_at (f, 51, 0, 13);
  WAIT (f->view->at_rest == 0);
  ask (f, NULL, "ha");
  WAIT (is_all_seen (f));
}

/* ── What is selected ── */

static void
test_select (Map *f, gconstpointer data)
{
  g_autofree char *hall = window_asset_id (0);
  g_autofree char *walk = window_asset_id (4);
  SpMapCamera before, now;

  open_map (f);
  look_at_store (f);
  look_at (f, 54.7145, -3.4950, 14);
  before = camera_of (f);
  sp_browser_select (f->browser, hall);
  WAIT (sp_browser_get_entry (f->browser) != NULL);
  now = camera_of (f);
  assert_same_camera (&now, &before); /* it was in sight */
  g_assert_cmpstr (sp_pin_layer_get_selected (f->view->pins), ==, hall);
  sp_browser_select (f->browser, walk);
  WAIT (sp_browser_get_entry (f->browser) != NULL);
  g_assert_true (is_seen (f, 54.6640, -3.3700));
  g_assert_cmpfloat_with_epsilon (camera_of (f).zoom, 14, 1e-9);
  g_signal_emit_by_name (f->view->pins, "activated", hall);
  g_assert_cmpstr (sp_browser_get_selected (f->browser), ==, hall);
  WAIT (sp_browser_get_entry (f->browser) != NULL);
  g_assert_true (is_seen (f, 54.7150, -3.4960));
}

static void
test_cluster (Map *f, gconstpointer data)
{
  open_map (f);
  look_at_store (f);
  g_signal_emit_by_name (f->view->pins, "cluster-activated", 54.7000, -3.4960, 54.7150, -3.4900);
  g_assert_true (is_seen (f, 54.7000, -3.4960) && is_seen (f, 54.7150, -3.4900));
  g_assert_cmpfloat (camera_of (f).zoom, >, 12);
  g_signal_emit_by_name (f->view->pins, "cluster-activated", 54.70000, -3.49600, 54.70008, -3.49590); /* some ten metres */
  g_assert_cmpfloat (f->view->home.zoom, >, 18);
  g_assert_false (gtk_revealer_get_reveal_child (f->view->search_revealer));
}

/* ── Preferences ── */

static gboolean
is_told (Map *f, const char *words)
{
  return gtk_widget_get_visible (f->view->problem_box) && strstr (gtk_label_get_text (f->view->problem_label), words) != NULL;
}

static SpBaseSource *
source_of (Map *f)
{
  return sp_map_background_get_source (f->view->background);
}

static void
test_map_file (Map *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "damaged.mbtiles", NULL);

  open_map (f);
  g_assert_false (gtk_widget_get_visible (f->view->problem_box));
  g_settings_set_string (f->settings, "base-map", "file");
  g_assert_true (is_told (f, "No map file is chosen"));
  g_assert_true (g_file_set_contents (path, "this is no map", -1, NULL));
  g_settings_set_string (f->settings, "mbtiles-file", path);
  WAIT (is_told (f, "damaged.mbtiles"));
  g_assert_false (SP_IS_MBTILES_SOURCE (source_of (f)));
  gtk_widget_activate_action (GTK_WIDGET (f->view), "map.hide-problem", NULL);
  g_assert_false (gtk_widget_get_visible (f->view->problem_box));
  g_settings_set_string (f->settings, "base-map", "built-in");
  g_assert_null (sp_map_background_get_problem (f->view->background));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->view->labels)));
}

static void
test_online (Map *f, gconstpointer data)
{
  open_map (f);
  g_assert_false (SP_IS_ONLINE_SOURCE (source_of (f))); /* not before somebody wants it */
  g_settings_set_string (f->settings, "online-url", "http://tile.example.org/{z}/{x}/{y}.png");
  g_assert_false (gtk_widget_get_visible (f->view->problem_box));
  g_settings_set_string (f->settings, "base-map", "online");
  g_assert_true (is_told (f, "https://"));
  g_settings_set_string (f->settings, "online-url", "http://127.0.0.1:9/{z}/{x}/{y}.png"); /* discard: nobody listens */
  g_assert_true (SP_IS_ONLINE_SOURCE (source_of (f)));
  g_assert_nonnull (strstr (gtk_label_get_label (f->view->attribution), "OpenStreetMap contributors"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->view->labels))); /* such maps have names in them */
  WAIT (is_told (f, "127.0.0.1 cannot be reached"));
  WAIT (!sp_base_source_is_busy (source_of (f))); /* each tile is the built-in map's */
  g_settings_set_string (f->settings, "base-map", "built-in");
  g_assert_false (gtk_widget_get_visible (f->view->problem_box));
  g_assert_nonnull (strstr (gtk_label_get_label (f->view->attribution), SP_MAP_BACKGROUND_ABOUT));
}

static void
test_units (Map *f, gconstpointer data)
{
  open_map (f);
  look_at (f, 54, -3, 10);
  g_assert_nonnull (strstr (sp_map_scale_get_text (f->view->scale), "mi"));
  g_settings_set_string (f->settings, "units", "kilometres");
  g_assert_nonnull (strstr (sp_map_scale_get_text (f->view->scale), "km"));
  look_at (f, 54, -3, 17);
  g_assert_null (strstr (sp_map_scale_get_text (f->view->scale), "km"));
}

static void
test_dark (Map *f, gconstpointer data)
{
  open_map (f);
  WAIT (f->view->is_filled);
  g_assert_cmpint (sp_base_source_get_style (source_of (f)), ==, SP_MAP_STYLE_LIGHT);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_cmpint (sp_base_source_get_style (source_of (f)), ==, SP_MAP_STYLE_DARK);
  g_assert_nonnull (f->view->old_tiles); /* below, until the new ones are there */
  WAIT (f->view->is_filled);
  g_assert_null (f->view->old_tiles);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  WAIT (f->view->is_filled);
}

/* Sharp where it comes to rest, and no new tiles for a picture of other people. */
static void
test_sharp (Map *f, gconstpointer data)
{
  open_map (f);
  look_at (f, 54, -3, 10.5);
  WAIT (f->view->at_rest == 0);
  g_assert_cmpfloat_with_epsilon (sp_base_source_get_resolution (source_of (f)), exp2 (0.5), 0.01);
  look_at (f, 54, -3, 12);
  WAIT (f->view->at_rest == 0);
  g_assert_cmpfloat_with_epsilon (sp_base_source_get_resolution (source_of (f)), 1, 0.01);
}

/* ── The rest ── */

static void
check_buttons (GtkWidget *widget, guint *n)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    {
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
      g_assert_nonnull (gtk_widget_get_tooltip_text (widget));
      ++*n;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_buttons (child, n);
}

static void
test_accessible (Map *f, gconstpointer data)
{
  guint n = 0;

  open_map (f);
  check_buttons (GTK_WIDGET (f->view), &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (f->view->map), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (f->view->scale), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

/* The window goes while tiles, an outline and postcodes are on their way. */
static void
test_gone (Map *f, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      gpointer left;

      f->window = gtk_window_new ();
      left = f->view = SP_MAP_VIEW (sp_map_view_new ());
      g_object_add_weak_pointer (G_OBJECT (f->view), &left);
      gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->view));
      gtk_window_present (GTK_WINDOW (f->window));
      sp_map_view_set_browser (f->view, f->browser);
      ask (f, "area", i % 2 == 0 ? "area:flimby" : "area:nowhere");
      for (guint j = 0; j < i; j++)
        g_main_context_iteration (NULL, FALSE);
      gtk_window_destroy (GTK_WINDOW (f->window));
      WAIT (left == NULL);
    }
  f->view = NULL;
}

static void
test_camera (void)
{
  SpMapCamera camera, from;
  const SpBox box = { 54.6, -3.6, 54.8, -3.3 };

  sp_map_camera_fit (&camera, &box, 800, 600, SP_MAP_VIEW_NEAR);
  g_assert_cmpfloat_with_epsilon (camera.longitude, -3.45, 1e-9);
  g_assert_cmpfloat_with_epsilon (camera.zoom, log2 ((600 - 112) / 256.0 / 0.000961), 0.02);
  sp_map_camera_fit (&camera, &(SpBox){ 54.7, -3.5, 54.7, -3.5 }, 800, 600, SP_MAP_VIEW_NEAR);
  g_assert_cmpfloat_with_epsilon (camera.zoom, 15, 1e-9); /* a point, but not its doorstep */
  from = camera;
  g_assert_false (sp_map_camera_reveal (&camera, 54.701, -3.501, 800, 600));
  assert_same_camera (&camera, &from);
  g_assert_true (sp_map_camera_reveal (&camera, 54.7, -3.48, 800, 600)); /* just outside: only as far as needed */
  g_assert_cmpfloat (camera.longitude, >, -3.5);
  g_assert_cmpfloat (camera.longitude, <, -3.48);
  g_assert_true (sp_map_camera_reveal (&camera, 53, -1, 800, 600)); /* far away: to the middle */
  g_assert_cmpfloat_with_epsilon (camera.latitude, 53, 1e-6);
  camera = from;
  sp_map_camera_pan (&camera, 0, -1e9);
  g_assert_cmpfloat (camera.latitude, <=, SP_GEODESY_MERCATOR_LATITUDE);
  g_assert_false (sp_map_camera_has_moved (&from, &from, 800, 600));
  sp_map_camera_pan (&from, 400, 0);
  g_assert_true (sp_map_camera_has_moved (&from, &(SpMapCamera){ 54.7, -3.5, 15 }, 800, 600));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/map/camera", test_camera);
#define ADD(name, function) g_test_add ("/map/" name, Map, GUINT_TO_POINTER (G_N_ELEMENTS (window_assets)), set_up, function, tear_down)
  ADD ("first-time", test_first_time);
  g_test_add ("/map/nothing-there", Map, NULL, set_up, test_nothing_there, tear_down);
  ADD ("restored", test_restored);
  ADD ("bad-place", test_bad_place);
  ADD ("keyboard", test_keyboard);
  ADD ("north-is-up", test_north_is_up);
  ADD ("place", test_place);
  ADD ("area", test_area);
  ADD ("words", test_words);
  ADD ("search-this-area", test_search_this_area);
  ADD ("many", test_many);
  ADD ("select", test_select);
  ADD ("cluster", test_cluster);
  ADD ("map-file", test_map_file);
  ADD ("online", test_online);
  ADD ("units", test_units);
  ADD ("dark", test_dark);
  ADD ("sharp", test_sharp);
  ADD ("accessible", test_accessible);
  ADD ("gone", test_gone);
  return g_test_run ();
}
