/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dragging the map over a million entries: how long a frame takes with pins, beside the same map without, in turns. A
 * frame is all that the toolkit does from the beginning of a frame to its end: layout, our snapshot, drawing. */
#include "sp-bench.h"
#include "sp-pin-layer.h"

#include <adwaita.h>
#include <math.h>

#define ROUNDS 6  /* of each, in turns */
#define FRAMES 60 /* of each round */
#define STEP 3.0  /* pixels a frame */
#define WIDTH 900
#define HEIGHT 700

/* Plain tiles: the cheapest map there is, so that pins have nothing to hide behind. */
#define PLAIN_TYPE_SOURCE (plain_source_get_type ())
G_DECLARE_FINAL_TYPE (PlainSource, plain_source, PLAIN, SOURCE, ShumateMapSource)
struct _PlainSource
{
  ShumateMapSource parent_instance;

  GdkTexture *texture;
};
G_DEFINE_FINAL_TYPE (PlainSource, plain_source, SHUMATE_TYPE_MAP_SOURCE)

static void
plain_source_fill_tile_async (ShumateMapSource *source, ShumateTile *tile, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, data);

  shumate_tile_set_paintable (tile, GDK_PAINTABLE (PLAIN_SOURCE (source)->texture));
  shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
  g_task_return_boolean (task, TRUE);
}

static gboolean
plain_source_fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
plain_source_finalize (GObject *object)
{
  g_object_unref (PLAIN_SOURCE (object)->texture);
  G_OBJECT_CLASS (plain_source_parent_class)->finalize (object);
}

static void
plain_source_class_init (PlainSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plain_source_finalize;
  SHUMATE_MAP_SOURCE_CLASS (klass)->fill_tile_async = plain_source_fill_tile_async;
  SHUMATE_MAP_SOURCE_CLASS (klass)->fill_tile_finish = plain_source_fill_tile_finish;
}

static void
plain_source_init (PlainSource *self)
{
  gsize size = 256 * 256 * 4;
  guint8 *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < size; i++)
    pixels[i] = (guint8) (i % 4 == 3 ? 255 : 235 + i / 1024 % 3);
  bytes = g_bytes_new_take (pixels, size);
  self->texture = gdk_memory_texture_new (256, 256, GDK_MEMORY_DEFAULT, bytes, 1024);
  g_object_set (self, "id", "plain", "name", "Plain", "min-zoom-level", 0, "max-zoom-level", 19, "tile-size", 256, NULL);
}

typedef struct
{
  GtkWidget       *window;
  ShumateViewport *viewport;
  SpPinLayer      *layer;
  SpMapModel      *model;
  SpStore         *store;
  double           began, sum; /* of frames */
  guint            frames, most;
  gboolean         is_open, is_changed, is_closed;
} Pan;

static void
iterate_until (const gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Pan *pan = data;
  g_autoptr (GError) error = NULL;

  pan->store = sp_store_open_finish (result, &error);
  sp_bench_check (pan->store != NULL, &error);
  pan->is_open = TRUE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Pan *) data)->is_closed = TRUE;
}

static void
changed_cb (SpMapModel *model, Pan *pan)
{
  pan->is_changed = TRUE;
}

static void
before_paint_cb (GdkFrameClock *clock, Pan *pan)
{
  pan->began = sp_bench_now ();
}

static void
after_paint_cb (GdkFrameClock *clock, Pan *pan)
{
  pan->sum += sp_bench_now () - pan->began;
  pan->frames++;
  pan->most = MAX (pan->most, sp_pin_layer_count_sprites (pan->layer));
}

/* As a hand does: a little each frame. */
static gboolean
drag_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Pan *pan = data;
  double world = 256 * exp2 (shumate_viewport_get_zoom_level (pan->viewport));

  shumate_location_set_location (SHUMATE_LOCATION (pan->viewport), shumate_location_get_latitude (SHUMATE_LOCATION (pan->viewport)),
                                 shumate_location_get_longitude (SHUMATE_LOCATION (pan->viewport)) + STEP * 360 / world);
  return G_SOURCE_CONTINUE;
}

/* Gives the mean milliseconds of a frame. */
static double
pan_once (Pan *pan, gboolean with_pins, double latitude, double longitude)
{
  guint tick;

  sp_pin_layer_set_model (pan->layer, with_pins ? pan->model : NULL);
  shumate_location_set_location (SHUMATE_LOCATION (pan->viewport), latitude, longitude);
  tick = gtk_widget_add_tick_callback (GTK_WIDGET (pan->layer), drag_cb, pan, NULL);
  for (guint warm = 0; warm <= 1; warm++)
    for (pan->frames = 0, pan->sum = 0; pan->frames < (warm == 0 ? 10 : FRAMES);)
      g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (pan->layer), tick);
  return pan->sum / pan->frames * 1e3;
}

static void
make_window (Pan *pan)
{
  ShumateMap *map = shumate_map_new ();
  g_autoptr (ShumateMapSource) source = g_object_new (PLAIN_TYPE_SOURCE, NULL);

  pan->viewport = shumate_map_get_viewport (map);
  shumate_map_set_map_source (map, source);
  shumate_viewport_set_reference_map_source (pan->viewport, source);
  shumate_map_add_layer (map, SHUMATE_LAYER (shumate_map_layer_new (source, pan->viewport)));
  pan->layer = sp_pin_layer_new (pan->viewport);
  shumate_map_add_layer (map, SHUMATE_LAYER (pan->layer));
  pan->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (pan->window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (pan->window), GTK_WIDGET (map));
  gtk_window_present (GTK_WINDOW (pan->window));
  while (gtk_widget_get_width (GTK_WIDGET (pan->layer)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (gtk_widget_get_frame_clock (pan->window), "before-paint", G_CALLBACK (before_paint_cb), pan);
  g_signal_connect (gtk_widget_get_frame_clock (pan->window), "after-paint", G_CALLBACK (after_paint_cb), pan);
}

static void
open_store (Pan *pan, guint assets)
{
  g_autofree char *path = sp_bench_store (assets);
  g_autoptr (SpQuery) all = sp_query_new ();

  sp_store_open_async (path, NULL, opened_cb, pan);
  iterate_until (&pan->is_open);
  pan->model = sp_map_model_new (pan->store);
  g_signal_connect (pan->model, "changed", G_CALLBACK (changed_cb), pan);
  sp_map_model_set_query (pan->model, all);
  iterate_until (&pan->is_changed);
  g_print ("# %u on the map\n", sp_cluster_index_count (sp_map_model_get_index (pan->model)));
}

static const struct { const char *name; double zoom, latitude, longitude; } places[] = {
  { "the country", 6, 53.5, -2.5 }, { "a county", 9, 53.6, -2.4 }, { "a city", 13, 53.48, -2.24 }, { "between two zooms", 10.6, 52.5, -1.9 },
};

static guint
bench_place (Pan *pan, guint i, double limit)
{
  g_autofree char *name = g_strdup_printf ("pan, %s: a frame", places[i].name);
  double with = 0, without = 0;

  shumate_viewport_set_zoom_level (pan->viewport, places[i].zoom);
  for (guint round = 0; round < ROUNDS; round++)
    {
      without += pan_once (pan, FALSE, places[i].latitude, places[i].longitude) / ROUNDS;
      with += pan_once (pan, TRUE, places[i].latitude, places[i].longitude) / ROUNDS;
    }
  return !sp_bench_report (name, with, without, limit, "ms");
}

static void
close_store (Pan *pan)
{
  g_clear_object (&pan->model);
  sp_store_close_async (pan->store, closed_cb, pan);
  iterate_until (&pan->is_closed);
  g_clear_object (&pan->store);
}

int
main (int argc, char **argv)
{
  guint assets = sp_bench_options (argc, argv, 1000000), misses = 0;
  Pan pan = { 0 };
  const char *renderer;
  double limit;

  gtk_init ();
  adw_init ();
  make_window (&pan);
  open_store (&pan, assets);
  renderer = G_OBJECT_TYPE_NAME (gtk_native_get_renderer (GTK_NATIVE (pan.window)));
  limit = strstr (renderer, "Cairo") != NULL ? 1.5 : 2;
  g_print ("# %s, %d x %d\n", renderer, WIDTH, HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    misses += bench_place (&pan, i, limit);
  misses += !sp_bench_bound ("pan, sprites on screen at most", pan.most, 300, "  ");
  gtk_window_destroy (GTK_WINDOW (pan.window));
  close_store (&pan);
  return misses > 0;
}
