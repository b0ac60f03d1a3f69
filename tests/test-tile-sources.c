/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiles of the built-in map and of map files: what is in them, how fine, without seams, and what happens when they are no
 * longer wanted. */
#include "tile-fixture.h"

#include "sp-error.h"
#include "sp-mbtiles-source.h"
#include "sp-tiles-ahead.h"

#include <sqlite3.h>

#define RED 0xffff0000
#define BLUE 0xff0000ff

static void
test_built_in (void)
{
  g_autoptr (SpBaseSource) light = sp_base_source_new (SP_MAP_STYLE_LIGHT, 1, NULL);
  g_autoptr (SpBaseSource) dark = sp_base_source_new (SP_MAP_STYLE_DARK, 1, NULL);
  g_autoptr (GdkTexture) day = fill_tile (light, 31, 20, 6, NULL, NULL);
  g_autoptr (GdkTexture) again = fill_tile (light, 31, 20, 6, NULL, NULL);
  g_autoptr (GdkTexture) night = fill_tile (dark, 31, 20, 6, NULL, NULL);

  g_assert_cmpint (gdk_texture_get_width (day), ==, 256);
  g_assert_true (same_picture (day, again));
  g_assert_false (same_picture (day, night));
  g_assert_cmphex (pixel_of (day, 5, 5) >> 24, ==, 0xff); /* nothing shines through */
  g_assert_cmpint (pixel_of (day, 5, 5) & 0xff, >, pixel_of (night, 5, 5) & 0xff);
}

/* As many pixels as the screen has, at any zoom between two levels. */
static void
test_resolution (void)
{
  static const struct { double resolution; int pixels; } cases[] = { { 1, 256 }, { 1.3, 333 }, { 2, 512 }, { 3.5, 896 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpBaseSource) source = sp_base_source_new (SP_MAP_STYLE_LIGHT, cases[i].resolution, NULL);
      g_autoptr (GdkTexture) texture = fill_tile (source, 31, 20, 6, NULL, NULL);

      g_assert_cmpint (gdk_texture_get_width (texture), ==, cases[i].pixels);
      g_assert_cmpint (gdk_texture_get_height (texture), ==, cases[i].pixels);
    }
}

/* Around Maryport: two tiles wide and high at zoom level 12. */
static const SpBox maryport = { 54.70, -3.55, 54.75, -3.45 };

/* The picture of the tile in the middle, however long the thread takes. */
static cairo_surface_t *
draw_ahead (const SpBaseSpot *spot)
{
  for (gulong patience = 1000;; patience *= 2)
    {
      SpTilesAhead *ahead = sp_tiles_ahead_start (&maryport, spot->zoom, SP_BASE_TILE, SP_MAP_STYLE_LIGHT, NULL);
      const SpBaseSpot elsewhere = { spot->x + 9, spot->y, spot->zoom };
      cairo_surface_t *surface;

      g_usleep (patience);
      g_assert_null (sp_tiles_ahead_take (ahead, &elsewhere));
      surface = sp_tiles_ahead_take (ahead, spot);
      g_assert_null (sp_tiles_ahead_take (ahead, spot)); /* it is given out once */
      sp_tiles_ahead_stop (ahead);
      if (surface != NULL)
        return surface;
    }
}

/* What was drawn before it was asked for is the same picture, and so is what was not drawn yet. */
static void
test_ahead (void)
{
  g_autoptr (SpBaseSource) plain = sp_base_source_new (SP_MAP_STYLE_LIGHT, 1, NULL);
  g_autoptr (SpBaseSource) ahead = sp_base_source_new (SP_MAP_STYLE_LIGHT, 1, NULL);
  g_autoptr (GdkTexture) expected = NULL, drawn = NULL, filled = NULL;
  SpBaseSpot spot = { 0, 0, 12 };
  double x, y;

  sp_geodesy_to_tile (54.725, -3.5, 12, &x, &y);
  spot.x = (guint) x;
  spot.y = (guint) y;
  expected = fill_tile (plain, spot.x, spot.y, 12, NULL, NULL);
  drawn = sp_base_tile_take (draw_ahead (&spot));
  g_assert_true (same_picture (expected, drawn));
  sp_base_source_draw_ahead (ahead, &maryport, 12);
  filled = fill_tile (ahead, spot.x, spot.y, 12, NULL, NULL);
  g_assert_true (same_picture (expected, filled));
  g_assert_true (sp_base_source_is_drawn (ahead));
}

/* A box that would keep a processor busy for long is left alone. */
static void
test_too_much_ahead (void)
{
  const SpBox britain = { 50, -8, 60, 2 };
  SpTilesAhead *ahead = sp_tiles_ahead_start (&britain, 12, SP_BASE_TILE, SP_MAP_STYLE_LIGHT, NULL);
  const SpBaseSpot spot = { 2008, 1299, 12 };

  g_assert_null (sp_tiles_ahead_take (ahead, &spot));
  sp_tiles_ahead_stop (ahead);
}

static void
test_dots (void)
{
  static const SpMapPosition town[] = { { 54.71430f, -3.4947f }, { 54.7150f, -3.4957f }, { 54.7140f, -3.4967f } };
  g_autoptr (SpMapDots) dots = sp_map_dots_new (town, G_N_ELEMENTS (town));
  g_autoptr (SpBaseSource) plain = sp_base_source_new (SP_MAP_STYLE_LIGHT, 1, NULL);
  g_autoptr (SpBaseSource) dotted = sp_base_source_new (SP_MAP_STYLE_LIGHT, 1, dots);
  g_autoptr (GdkTexture) without = NULL, with = NULL;
  double x, y;

  sp_geodesy_to_tile (54.7143, -3.4947, 14, &x, &y);
  without = fill_tile (plain, (guint) x, (guint) y, 14, NULL, NULL);
  with = fill_tile (dotted, (guint) x, (guint) y, 14, NULL, NULL);
  g_assert_false (same_picture (without, with));
}

static void
test_given_up (void)
{
  g_autoptr (SpBaseSource) source = sp_base_source_new (SP_MAP_STYLE_LIGHT, 1, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) stopped = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (fill_tile (source, 31, 20, 6, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (sp_base_source_is_busy (source));
  sp_base_source_stop (source);
  g_assert_null (fill_tile (source, 31, 20, 6, NULL, &stopped));
  g_assert_error (stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (sp_base_source_get_problem (source));
}

/* Two tiles side by side at any fraction of a pixel: the line between them has the colour of both. */
static void
expect_no_seam (void)
{
  g_autoptr (GBytes) bytes = make_png (256, RED);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, NULL);
  g_autoptr (SpTilePaintable) tile = sp_tile_paintable_new (texture);

  for (float at = 0; at < 1; at += 0.125f)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 300, 60);
      cairo_t *cr = cairo_create (surface);
      g_autoptr (GskRenderNode) node = NULL;

      for (int i = 0; i < 2; i++)
        {
          gtk_snapshot_save (snapshot);
          gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (150 * (float) i + at, -20));
          gdk_paintable_snapshot (GDK_PAINTABLE (tile), snapshot, 150, 150);
          gtk_snapshot_restore (snapshot);
        }
      node = gtk_snapshot_free_to_node (snapshot);
      gsk_render_node_draw (node, cr);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      for (int x = 2; x < 298; x++)
        g_assert_cmphex (((const guint32 *) (gpointer) cairo_image_surface_get_data (surface))[30 * 300 + x], ==, RED);
      cairo_surface_destroy (surface);
    }
}

/* However windows are drawn. */
static void
test_no_seam (void)
{
  g_autoptr (GskRenderer) cairo = gsk_cairo_renderer_new ();

  expect_no_seam ();
  sp_tile_paintable_set_renderer (cairo);
  expect_no_seam ();
  sp_tile_paintable_set_renderer (NULL);
}

typedef struct
{
  gboolean is_done, is_drawn;
} Fill;

static void
fill_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fill *fill = data;

  g_assert_true (shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), result, NULL));
  fill->is_drawn = sp_base_source_is_drawn (SP_BASE_SOURCE (source));
  fill->is_done = TRUE;
}

static gboolean
get_sight (SpBox *box, gpointer data)
{
  *box = (SpBox){ 54, -4, 55, -3 };
  return TRUE;
}

/* The map is there when the tiles in sight are; others may still be under way. */
static void
test_sight (void)
{
  g_autoptr (SpBaseSource) source = sp_base_source_new (SP_MAP_STYLE_LIGHT, 1, NULL);
  g_autoptr (ShumateTile) outside = g_object_ref_sink (shumate_tile_new_full (10, 10, SP_BASE_TILE, 6));
  g_autoptr (ShumateTile) inside = g_object_ref_sink (shumate_tile_new_full (31, 20, SP_BASE_TILE, 6));
  Fill first = { 0 }, second = { 0 };

  sp_base_source_set_sight (source, get_sight, NULL);
  g_assert_false (sp_base_source_is_drawn (source)); /* nobody has asked */
  shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), outside, NULL, fill_cb, &first);
  g_assert_true (sp_base_source_is_drawn (source));
  g_assert_true (sp_base_source_is_busy (source));
  shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), inside, NULL, fill_cb, &second);
  g_assert_false (sp_base_source_is_drawn (source));
  while (!first.is_done || !second.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (second.is_drawn);
  g_assert_true (sp_base_source_is_drawn (source));
}

static void
exec_sql (sqlite3 *db, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* @row: from the north; the file counts from the south. */
static void
put_tile (sqlite3 *db, int zoom, int column, int row, const void *bytes, gsize length)
{
  sqlite3_stmt *stmt;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "INSERT INTO tiles VALUES (?, ?, ?, ?)", -1, &stmt, NULL), ==, SQLITE_OK);
  sqlite3_bind_int (stmt, 1, zoom);
  sqlite3_bind_int (stmt, 2, column);
  sqlite3_bind_int (stmt, 3, (1 << zoom) - 1 - row);
  sqlite3_bind_blob (stmt, 4, bytes, (int) length, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
  sqlite3_finalize (stmt);
}

/* Red and blue side by side at zoom 6, and one that is broken. */
static SpMbtiles *
make_file (const char *path)
{
  g_autoptr (GBytes) red = make_png (256, RED), blue = make_png (256, BLUE);
  g_autoptr (GError) error = NULL;
  SpMbtiles *file;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  exec_sql (db, "CREATE TABLE metadata (name TEXT, value TEXT);"
                "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);"
                "INSERT INTO metadata VALUES ('name', 'Test'), ('format', 'png'), ('minzoom', '6'), ('maxzoom', '6'),"
                "  ('attribution', 'Nobody')");
  put_tile (db, 6, 30, 20, g_bytes_get_data (red, NULL), g_bytes_get_size (red));
  put_tile (db, 6, 31, 20, g_bytes_get_data (blue, NULL), g_bytes_get_size (blue));
  put_tile (db, 6, 32, 20, g_bytes_get_data (red, NULL), 70);
  sqlite3_close (db);
  file = sp_mbtiles_open (path, &error);
  g_assert_no_error (error);
  return file;
}

static void
assert_colour (SpMbtilesSource *source, guint x, guint y, guint zoom, int at_x, int at_y, guint32 colour)
{
  g_autoptr (GdkTexture) texture = fill_tile (source, x, y, zoom, NULL, NULL);

  g_assert_nonnull (texture);
  g_assert_cmphex (pixel_of (texture, at_x, at_y), ==, colour);
}

static void
assert_built_in (SpMbtilesSource *source, guint x, guint y, guint zoom)
{
  g_autoptr (SpBaseSource) built_in = sp_base_source_new (SP_MAP_STYLE_LIGHT, 1, NULL);
  g_autoptr (GdkTexture) texture = fill_tile (source, x, y, zoom, NULL, NULL);
  g_autoptr (GdkTexture) expected = fill_tile (built_in, x, y, zoom, NULL, NULL);

  g_assert_true (same_picture (texture, expected));
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("signpost-tiles-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "map.mbtiles", NULL);
  SpMbtiles *file = make_file (path);
  SpMbtilesSource *source = sp_mbtiles_source_new (file, SP_MAP_STYLE_LIGHT, 1, NULL);
  const GError *problem;

  assert_colour (source, 30, 20, 6, 0, 255, RED);
  assert_colour (source, 31, 20, 6, 255, 0, BLUE);
  assert_colour (source, 120, 80, 8, 128, 128, RED);  /* nearer than the file goes */
  assert_colour (source, 127, 83, 8, 255, 255, BLUE); /* with nothing of its neighbour at the edge */
  assert_colour (source, 15, 10, 5, 50, 50, RED);     /* farther: four of the file make one */
  assert_colour (source, 15, 10, 5, 200, 50, BLUE);
  assert_built_in (source, 28, 20, 6);
  g_assert_null (sp_base_source_get_problem (SP_BASE_SOURCE (source)));
  assert_built_in (source, 32, 20, 6);
  problem = sp_base_source_get_problem (SP_BASE_SOURCE (source));
  g_assert_error (problem, SP_ERROR, SP_ERROR_PARSE);
  g_object_unref (source);
  sp_mbtiles_unref (file);
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  gtk_init ();
  g_test_add_func ("/tiles/built-in", test_built_in);
  g_test_add_func ("/tiles/resolution", test_resolution);
  g_test_add_func ("/tiles/dots", test_dots);
  g_test_add_func ("/tiles/ahead", test_ahead);
  g_test_add_func ("/tiles/too-much-ahead", test_too_much_ahead);
  g_test_add_func ("/tiles/given-up", test_given_up);
  g_test_add_func ("/tiles/no-seam", test_no_seam);
  g_test_add_func ("/tiles/sight", test_sight);
  g_test_add_func ("/tiles/file", test_file);
  return g_test_run ();
}
