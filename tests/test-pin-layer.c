/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layer of pins on a map in a window: what is drawn where, what a click and a key do, and what is said. */
#include "store-fixture.h"

#include "sp-docs.h"
#include "sp-pin-layer.h"
#include "sp-pin-fan.h"
#include "sp-pin.h"

#include <adwaita.h>
#include <math.h>

/* A source of nothing: the map knows its scale by it. */
#define BLANK_TYPE_SOURCE (blank_source_get_type ())
G_DECLARE_FINAL_TYPE (BlankSource, blank_source, BLANK, SOURCE, ShumateMapSource)
struct _BlankSource { ShumateMapSource parent_instance; };
G_DEFINE_FINAL_TYPE (BlankSource, blank_source, SHUMATE_TYPE_MAP_SOURCE)

static void
blank_source_class_init (BlankSourceClass *klass)
{
}

static void
blank_source_init (BlankSource *self)
{
  g_object_set (self, "id", "blank", "name", "Blank", "min-zoom-level", 0, "max-zoom-level", 19, "tile-size", 256, NULL);
}

typedef struct
{
  StoreFixture     base;
  GtkWidget       *window;
  ShumateViewport *viewport;
  SpMapModel      *model;
  SpPinLayer      *layer;
  guint            model_changes;
  GString         *heard; /* signals of the layer */
} LayerFixture;

static void
model_changed_cb (SpMapModel *model, LayerFixture *f)
{
  f->model_changes++;
}

static void
activated_cb (SpPinLayer *layer, const char *id, LayerFixture *f)
{
  g_string_append_printf (f->heard, "activated %s;", id);
}

static void
cluster_cb (SpPinLayer *layer, double south, double west, double north, double east, LayerFixture *f)
{
  g_string_append_printf (f->heard, "cluster %.4f %.4f %.4f %.4f;", south, west, north, east);
}

static void
selected_cb (SpPinLayer *layer, GParamSpec *spec, LayerFixture *f)
{
  g_string_append_printf (f->heard, "selected %s;", sp_pin_layer_get_selected (layer));
}

static void
iterate_until_drawn (LayerFixture *f)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (f->window);

  for (guint i = 0; i < 2; i++) /* the first may be under way already */
    {
      gint64 before = gdk_frame_clock_get_frame_counter (clock);

      gtk_widget_queue_draw (GTK_WIDGET (f->layer));
      while (gdk_frame_clock_get_frame_counter (clock) == before)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
make_window (LayerFixture *f)
{
  ShumateMap *map = shumate_map_new ();
  g_autoptr (ShumateMapSource) source = g_object_new (BLANK_TYPE_SOURCE, NULL);

  f->viewport = shumate_map_get_viewport (map);
  shumate_viewport_set_reference_map_source (f->viewport, source);
  shumate_viewport_set_max_zoom_level (f->viewport, 18);
  f->layer = sp_pin_layer_new (f->viewport);
  shumate_map_add_layer (map, SHUMATE_LAYER (f->layer));
  f->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 600, 500);
  gtk_window_set_decorated (GTK_WINDOW (f->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (map));
  gtk_window_present (GTK_WINDOW (f->window));
  shumate_viewport_set_zoom_level (f->viewport, 12);
  shumate_location_set_location (SHUMATE_LOCATION (f->viewport), 54.7, -3.5);
  while (gtk_widget_get_width (GTK_WIDGET (f->layer)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (f->layer, "activated", G_CALLBACK (activated_cb), f);
  g_signal_connect (f->layer, "cluster-activated", G_CALLBACK (cluster_cb), f);
  g_signal_connect (f->layer, "notify::selected", G_CALLBACK (selected_cb), f);
}

static void
set_up_layer (LayerFixture *f, gconstpointer data)
{
  set_up_store (&f->base, data);
  f->heard = g_string_new (NULL);
  f->model = sp_map_model_new (f->base.store);
  g_signal_connect (f->model, "changed", G_CALLBACK (model_changed_cb), f);
  make_window (f);
  sp_pin_layer_set_model (f->layer, f->model);
}

static void
tear_down_layer (LayerFixture *f, gconstpointer data)
{
  SpPinLayer *layer = g_object_ref (f->layer);

  gtk_window_destroy (GTK_WINDOW (f->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (layer);
  g_assert_finalize_object (f->model);
  g_string_free (f->heard, TRUE);
  tear_down_store (&f->base, data);
}

/* Puts entries that are not there yet; @extra: more of the body, in single quotes. */
static void
put (LayerFixture *f, const char *id, const char *name, double latitude, double longitude, const char *extra)
{
  g_autofree char *json = g_strdup_printf ("{'type':'asset','name':'%s','location':{'latitude':%.6f,'longitude':%.6f}%s}", name, latitude, longitude, extra);
  g_autofree char *full = g_strconcat ("asset:", id, NULL);
  g_autofree char *rev = save_entry (&f->base, full, NULL, json, NULL);

  g_assert_nonnull (rev);
}

static void
show_all (LayerFixture *f)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  guint before = f->model_changes;

  sp_map_model_set_query (f->model, query);
  while (f->model_changes == before)
    g_main_context_iteration (NULL, TRUE);
  iterate_until_drawn (f);
}

/* Where a place is on the layer. */
static void
find_place (LayerFixture *f, double latitude, double longitude, double *x, double *y)
{
  ShumateMapSource *source = shumate_viewport_get_reference_map_source (f->viewport);
  double zoom = shumate_viewport_get_zoom_level (f->viewport);

  *x = gtk_widget_get_width (GTK_WIDGET (f->layer)) / 2.0 + shumate_map_source_get_x (source, zoom, longitude)
       - shumate_map_source_get_x (source, zoom, shumate_location_get_longitude (SHUMATE_LOCATION (f->viewport)));
  *y = gtk_widget_get_height (GTK_WIDGET (f->layer)) / 2.0 + shumate_map_source_get_y (source, zoom, latitude)
       - shumate_map_source_get_y (source, zoom, shumate_location_get_latitude (SHUMATE_LOCATION (f->viewport)));
}

static gboolean
is_over (LayerFixture *f, double x, double y)
{
  return gtk_widget_contains (GTK_WIDGET (f->layer), x, y);
}

static GtkEventController *
get_controller (LayerFixture *f, GType type)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (GTK_WIDGET (f->layer));

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (all, i);
      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static void
click (LayerFixture *f, double x, double y)
{
  g_signal_emit_by_name (get_controller (f, GTK_TYPE_GESTURE_CLICK), "released", 1, x, y);
}

static gboolean
press (LayerFixture *f, guint key)
{
  gboolean taken = FALSE;

  g_signal_emit_by_name (get_controller (f, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed", key, 0, 0, &taken);
  return taken;
}

static void
expect_heard (LayerFixture *f, const char *expected)
{
  while (strlen (f->heard->str) < strlen (expected))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (f->heard->str, ==, expected);
  g_string_truncate (f->heard, 0);
}

static void
expect_label (LayerFixture *f, const char *label)
{
  g_autofree char *problem = NULL;

  while ((problem = gtk_test_accessible_check_property (GTK_ACCESSIBLE (f->layer), GTK_ACCESSIBLE_PROPERTY_LABEL, label)) != NULL)
    {
      g_clear_pointer (&problem, g_free);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_pins (LayerFixture *f, gconstpointer data)
{
  static const double places[][2] = { { 54.71, -3.52 }, { 54.69, -3.46 }, { 54.70, -3.50 } };
  double x, y;

  expect_label (f, "Map with 0 entries");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    put (f, (const char[]){ (char) ('a' + i), '\0' }, "Tea", places[i][0], places[i][1], "");
  show_all (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 3);
  expect_label (f, "Map with 3 entries");
  for (guint zoom = 24; zoom <= 27; zoom++) /* 12 to 13.5: between the steps of the tiles too */
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      {
        shumate_viewport_set_zoom_level (f->viewport, zoom / 2.0);
        iterate_until_drawn (f);
        find_place (f, places[i][0], places[i][1], &x, &y);
        g_assert_true (is_over (f, x, y - sp_pin_height (26))); /* its head */
        g_assert_true (is_over (f, x, y - 2));
        g_assert_false (is_over (f, x, y + 6));
        g_assert_false (is_over (f, x + 30, y - 20));
      }
}

static void
test_click (LayerFixture *f, gconstpointer data)
{
  double x, y;

  put (f, "a", "Tea", 54.71, -3.52, "");
  put (f, "b", "Bread", 54.69, -3.46, "");
  show_all (f);
  find_place (f, 54.69, -3.46, &x, &y);
  click (f, x, y - 20);
  expect_heard (f, "selected asset:b;activated asset:b;");
  click (f, x, y - 20);
  expect_heard (f, "activated asset:b;");
  sp_pin_layer_set_selected (f->layer, "asset:a");
  expect_heard (f, "selected asset:a;");
  sp_pin_layer_set_selected (f->layer, "asset:a");
  g_object_set (f->layer, "selected", NULL, NULL);
  expect_heard (f, "selected (null);");
}

/* Many around one place: a cluster says how many, and a click asks for the box that holds just them. */
static void
test_cluster (LayerFixture *f, gconstpointer data)
{
  double x, y;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      put (f, id, "Tea", 54.7 + i * 0.0001, -3.5 - i * 0.0001, "");
    }
  show_all (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 1);
  find_place (f, 54.70055, -3.50055, &x, &y);
  g_assert_true (is_over (f, x, y));
  click (f, x, y);
  expect_heard (f, "cluster 54.7000 -3.5011 54.7011 -3.5000;");
  expect_label (f, "12 entries close together, 1 of 1");
  click (f, x, y); /* nobody has zoomed: they are fanned out, to be reached all the same */
  iterate_until_drawn (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 12);
  g_assert_true (press (f, GDK_KEY_Escape));
  iterate_until_drawn (f);
  g_assert_cmpstr (f->heard->str, ==, "");
  sp_pin_layer_set_selected (f->layer, "asset:5"); /* it has its own pin then */
  while (sp_pin_layer_count_sprites (f->layer) == 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 2);
  shumate_viewport_set_zoom_level (f->viewport, 17);
  iterate_until_drawn (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), >, 3);
}

/* Two doors of a street: one goes nearer as long as that parts them, and sees them in a fan where it does not. */
static void
test_streets (LayerFixture *f, gconstpointer data)
{
  double x, y;

  put (f, "a", "Tea", 54.7, -3.5, "");
  put (f, "b", "Bread", 54.70005, -3.5, "");
  shumate_viewport_set_zoom_level (f->viewport, 15);
  show_all (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 1);
  find_place (f, 54.7, -3.5, &x, &y);
  click (f, x, y);
  expect_heard (f, "cluster 54.7000 -3.5000 54.7001 -3.5000;");
  click (f, x, y);
  iterate_until_drawn (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 2);
  g_assert_cmpstr (f->heard->str, ==, "");
}

/* Those in one building are fanned out where they are; with too many for one fan, page by page. */
static void
test_fan (LayerFixture *f, gconstpointer data)
{
  double x, y;
  guint count = SP_PIN_FAN_MOST + 5;

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *id = g_strdup_printf ("%02u", i), *name = g_strdup_printf ("Room %u", i);
      put (f, id, name, 54.7, -3.5, "");
    }
  show_all (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 1);
  find_place (f, 54.7, -3.5, &x, &y);
  g_assert_false (is_over (f, 5, 5));
  click (f, x, y);
  iterate_until_drawn (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, SP_PIN_FAN_MOST + 1);
  g_assert_true (is_over (f, 5, 5)); /* a click beside the fan closes it */
  g_assert_cmpstr (f->heard->str, ==, "");
  g_assert_true (press (f, GDK_KEY_End));
  expect_label (f, "5 more here, 21 of 21");
  g_assert_true (press (f, GDK_KEY_Return));
  expect_label (f, "Room 20, 1 of 6");
  iterate_until_drawn (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 6);
  g_assert_true (press (f, GDK_KEY_Return));
  expect_heard (f, "selected asset:20;activated asset:20;");
  g_assert_true (press (f, GDK_KEY_Escape));
  iterate_until_drawn (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 2); /* the cluster and what is selected */
  g_assert_false (press (f, GDK_KEY_Escape));
  click (f, x, y + 8);
  iterate_until_drawn (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), >, 2);
  click (f, 5, 5);
  iterate_until_drawn (f);
  g_assert_cmpuint (sp_pin_layer_count_sprites (f->layer), ==, 2);
}

/* From sprite to sprite as one reads, each said by name, category and state. */
static void
test_keyboard (LayerFixture *f, gconstpointer data)
{
  put (f, "d", "Fourth", 54.66, -3.47, ",'categories':['food-bank']");
  put (f, "b", "Second", 54.7204, -3.46, ",'status':'temporarily closed'");
  put (f, "a", "First", 54.7200, -3.54, ",'categories':['food-bank']");
  put (f, "c", "Third", 54.66, -3.53, "");
  show_all (f);
  g_assert_true (press (f, GDK_KEY_Right));
  expect_label (f, "First, Food bank, 1 of 4");
  g_assert_true (press (f, GDK_KEY_Right));
  expect_label (f, "Second, Closed for now, 2 of 4");
  g_assert_true (press (f, GDK_KEY_Down));
  expect_label (f, "Third, 3 of 4");
  g_assert_true (press (f, GDK_KEY_Right));
  expect_label (f, "Fourth, Food bank, 4 of 4");
  g_assert_true (press (f, GDK_KEY_Right));
  expect_label (f, "First, Food bank, 1 of 4");
  g_assert_true (press (f, GDK_KEY_Left));
  g_assert_true (press (f, GDK_KEY_Up));
  expect_label (f, "Third, 3 of 4");
  g_assert_true (press (f, GDK_KEY_Home));
  g_assert_true (press (f, GDK_KEY_space));
  expect_heard (f, "selected asset:a;activated asset:a;");
  g_assert_false (press (f, GDK_KEY_Tab)); /* on to the next widget */
  g_assert_false (press (f, GDK_KEY_plus));
}

/* What moves in the store moves on the map; what is gone has no pin any more, though it was selected. */
static void
test_store_changes (LayerFixture *f, gconstpointer data)
{
  double x, y;
  g_autofree char *rev = save_entry (&f->base, "asset:a", NULL, "{'type':'asset','name':'Tea','location':{'latitude':54.71,'longitude':-3.52}}", NULL);
  g_autofree char *moved = NULL, *gone = NULL;
  guint before;

  show_all (f);
  sp_pin_layer_set_selected (f->layer, "asset:a");
  before = f->model_changes;
  moved = save_entry (&f->base, "asset:a", rev, "{'location':{'latitude':54.69,'longitude':-3.46}}", NULL);
  while (f->model_changes == before)
    g_main_context_iteration (NULL, TRUE);
  iterate_until_drawn (f);
  find_place (f, 54.69, -3.46, &x, &y);
  while (!is_over (f, x, y - 20) || sp_pin_layer_count_sprites (f->layer) != 1)
    g_main_context_iteration (NULL, TRUE);
  gone = delete_entry (&f->base, "asset:a", moved, NULL);
  while (sp_pin_layer_count_sprites (f->layer) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sp_pin_layer_get_selected (f->layer), ==, "asset:a"); /* that is the window's to say */
}

/* Every pin of a fan stands clear of the others. */
static void
test_fan_places (void)
{
  for (guint count = 2; count <= SP_PIN_FAN_MOST + 1; count++)
    for (guint i = 0; i < count; i++)
      for (guint j = 0; j < i; j++)
        {
          double x, y, other_x, other_y;

          sp_pin_fan_place (i, count, 26, &x, &y);
          sp_pin_fan_place (j, count, 26, &other_x, &other_y);
          g_assert_cmpfloat (hypot (x - other_x, y - other_y), >, 26 * 1.15);
        }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/pin-layer/fan-places", test_fan_places);
#define ADD(name, func) g_test_add ("/pin-layer/" name, LayerFixture, NULL, set_up_layer, func, tear_down_layer)
  ADD ("pins", test_pins);
  ADD ("click", test_click);
  ADD ("cluster", test_cluster);
  ADD ("streets", test_streets);
  ADD ("fan", test_fan);
  ADD ("keyboard", test_keyboard);
  ADD ("store-changes", test_store_changes);
  return g_test_run ();
}
