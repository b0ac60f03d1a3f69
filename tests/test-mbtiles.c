/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MBTiles: the tile asked for, parts of those above and below it, and what is said of files that are something else. */
#include "sp-mbtiles-private.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define PNG "X'89504E470D0A1A0A"
#define TABLES "CREATE TABLE metadata (name TEXT, value TEXT);" \
               "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);" \
               "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("signpost-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "north.mbtiles", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static void
make (Fixture *f, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* The last byte of a tile's picture tells which it is. Rows of the file count from the south. */
static void
make_usual (Fixture *f)
{
  make (f, TABLES
        "INSERT INTO metadata VALUES ('name', 'The <b>North</b>'), ('format', 'png'), ('bounds', '-4,54,-3,55'),"
        " ('attribution', '&copy; <a href=\"https://example.org\">Mapmakers</a> &amp; others'), ('minzoom', '0');"
        "INSERT INTO tiles VALUES (2, 1, 2, " PNG "01'), (2, 2, 2, " PNG "02'), (3, 2, 5, " PNG "03'), (3, 3, 4, " PNG "04');");
}

static SpMbtiles *
open_usual (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  SpMbtiles *tiles;

  make_usual (f);
  tiles = sp_mbtiles_open (f->path, &error);
  g_assert_no_error (error);
  return tiles;
}

static GPtrArray *
read_pieces (SpMbtiles *tiles, int zoom, guint x, guint y)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *pieces = sp_mbtiles_read (tiles, zoom, x, y, &error);

  g_assert_no_error (error);
  return pieces;
}

static void
assert_part (const SpMbtilesPart *part, double x, double y, double size)
{
  g_assert_cmpfloat (part->x, ==, x);
  g_assert_cmpfloat (part->y, ==, y);
  g_assert_cmpfloat (part->size, ==, size);
}

static void
assert_piece (GPtrArray *pieces, guint number, guint8 mark, SpMbtilesPart from, SpMbtilesPart to)
{
  const SpMbtilesPiece *piece = g_ptr_array_index (pieces, number);
  gsize size;
  const guint8 *data = g_bytes_get_data (piece->bytes, &size);

  g_assert_cmpuint (size, ==, 9);
  g_assert_cmpuint (data[8], ==, mark);
  assert_part (&piece->from, from.x, from.y, from.size);
  assert_part (&piece->to, to.x, to.y, to.size);
}

static const SpMbtilesPart whole = { 0, 0, 1 };

static void
test_metadata (Fixture *f, gconstpointer data)
{
  g_autoptr (SpMbtiles) tiles = open_usual (f);
  SpBox box;

  g_assert_cmpstr (sp_mbtiles_get_name (tiles), ==, "The North");
  g_assert_cmpstr (sp_mbtiles_get_attribution (tiles), ==, "© Mapmakers & others");
  g_assert_cmpint (sp_mbtiles_get_min_zoom (tiles), ==, 2); /* whatever the metadata say */
  g_assert_cmpint (sp_mbtiles_get_max_zoom (tiles), ==, 3);
  sp_mbtiles_get_box (tiles, &box);
  g_assert_cmpfloat (box.south, ==, 54);
  g_assert_cmpfloat (box.west, ==, -4);
  g_assert_cmpfloat (box.north, ==, 55);
  g_assert_cmpfloat (box.east, ==, -3);
}

static void
test_tile (Fixture *f, gconstpointer data)
{
  g_autoptr (SpMbtiles) tiles = open_usual (f);
  g_autoptr (GPtrArray) north = read_pieces (tiles, 2, 1, 1);
  g_autoptr (GPtrArray) south = read_pieces (tiles, 2, 1, 2);
  g_autoptr (GPtrArray) finer = read_pieces (tiles, 3, 2, 2);
  g_autoptr (GPtrArray) outside = read_pieces (tiles, 2, 4, 0);

  g_assert_cmpuint (north->len, ==, 1);
  assert_piece (north, 0, 1, whole, whole);
  g_assert_cmpuint (south->len, ==, 0);
  g_assert_cmpuint (finer->len, ==, 1);
  assert_piece (finer, 0, 3, whole, whole);
  g_assert_cmpuint (outside->len, ==, 0);
}

static void
test_overzoom (Fixture *f, gconstpointer data)
{
  g_autoptr (SpMbtiles) tiles = open_usual (f);
  g_autoptr (GPtrArray) hole = read_pieces (tiles, 3, 3, 2);    /* not there itself */
  g_autoptr (GPtrArray) deeper = read_pieces (tiles, 5, 11, 10); /* 2, 2 of zoom 3 */
  g_autoptr (GPtrArray) far = read_pieces (tiles, 20, 2 << 17, 2 << 17);

  g_assert_cmpuint (hole->len, ==, 1);
  assert_piece (hole, 0, 1, (SpMbtilesPart){ 0.5, 0, 0.5 }, whole);
  g_assert_cmpuint (deeper->len, ==, 1);
  assert_piece (deeper, 0, 3, (SpMbtilesPart){ 0.75, 0.5, 0.25 }, whole);
  g_assert_cmpuint (far->len, ==, 0); /* a tile would be a part of one pixel */
}

static void
test_underzoom (Fixture *f, gconstpointer data)
{
  g_autoptr (SpMbtiles) tiles = open_usual (f);
  g_autoptr (GPtrArray) half = read_pieces (tiles, 1, 0, 0);
  g_autoptr (GPtrArray) world = read_pieces (tiles, 0, 0, 0);

  g_assert_cmpuint (half->len, ==, 1);
  assert_piece (half, 0, 1, whole, (SpMbtilesPart){ 0.5, 0.5, 0.5 });
  g_assert_cmpuint (world->len, ==, 2);
  assert_piece (world, 0, 1, whole, (SpMbtilesPart){ 0.25, 0.25, 0.25 });
  assert_piece (world, 1, 2, whole, (SpMbtilesPart){ 0.5, 0.25, 0.25 });
}

static void
assert_refused (Fixture *f, SpError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sp_mbtiles_open (f->path, &error));
  g_assert_error (error, SP_ERROR, (int) code);
  g_assert_true (g_str_has_prefix (error->message, "north.mbtiles: "));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_no_file (Fixture *f, gconstpointer data)
{
  assert_refused (f, SP_ERROR_NOT_FOUND, "cannot be opened");
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS)); /* and none was made */
}

static void
test_no_database (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
  assert_refused (f, SP_ERROR_FOREIGN, "not an MBTiles file");
}

static const struct { const char *name; const char *sql; SpError code; const char *words; } wrong[] = {
  { "another-database", "CREATE TABLE asset (id TEXT)", SP_ERROR_FOREIGN, "holds no map tiles" },
  { "vectors", TABLES "INSERT INTO metadata VALUES ('format', 'pbf'); INSERT INTO tiles VALUES (0, 0, 0, X'1F8B')",
    SP_ERROR_UNSUPPORTED, "vector tiles" },
  { "vectors-unsaid", TABLES "INSERT INTO tiles VALUES (0, 0, 0, X'1F8B')", SP_ERROR_UNSUPPORTED, "no pictures" },
  { "empty", TABLES, SP_ERROR_INVALID, "no tiles" },
  { "odd-zoom", TABLES "INSERT INTO tiles VALUES (99, 0, 0, " PNG "01')", SP_ERROR_INVALID, "zoom 99" },
  { "text-zoom", TABLES "INSERT INTO tiles VALUES ('-5', 0, 0, " PNG "01')", SP_ERROR_INVALID, "zoom -5" },
  { "other-columns", "CREATE TABLE metadata (name, value); CREATE TABLE tiles (id)", SP_ERROR_FAILED, "no such column" },
  { "endless", "CREATE TABLE metadata (name, value); CREATE VIEW tiles AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT i AS zoom_level, 0 AS tile_column, 0 AS tile_row, X'89504E470D0A1A0A' AS tile_data FROM n",
    SP_ERROR_INVALID, "takes too long" },
};

static void
test_wrong (Fixture *f, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  make (f, wrong[i].sql);
  assert_refused (f, wrong[i].code, wrong[i].words);
}

/* Overwrites the end of the file, where the tiles are, after it was made, or cuts it off. */
static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpMbtiles) tiles = NULL;
  gsize size;

  make_usual (f);
  g_assert_true (g_file_get_contents (f->path, &bytes, &size, NULL));
  g_assert_cmpuint (size, >, 8192);
  memset (bytes + 4096, 0xa5, size - 4096);
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) size, NULL));
  assert_refused (f, SP_ERROR_DAMAGED, "damaged");
}

static void
test_damaged_later (Fixture *f, gconstpointer data)
{
  g_autoptr (SpMbtiles) tiles = open_usual (f);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (f->path, &bytes, &size, NULL));
  memset (bytes + 4096, 0xa5, size - 4096);
  bytes[27]++; /* the change counter, so that SQLite looks again */
  {
    FILE *file = g_fopen (f->path, "r+b");
    g_assert_cmpuint (fwrite (bytes, 1, size, file), ==, size);
    fclose (file);
  }
  g_assert_null (sp_mbtiles_read (tiles, 2, 1, 1, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_DAMAGED);
}

/* Tiles without a picture: nothing, text, a number. */
static void
test_odd_tiles (Fixture *f, gconstpointer data)
{
  g_autoptr (SpMbtiles) tiles = NULL;
  g_autoptr (GPtrArray) empty = NULL, null = NULL;

  make (f, TABLES "INSERT INTO tiles VALUES (1, 0, 0, " PNG "01'), (1, 0, 1, X''), (1, 1, 0, NULL);");
  tiles = sp_mbtiles_open (f->path, NULL);
  g_assert_nonnull (tiles);
  g_assert_cmpstr (sp_mbtiles_get_name (tiles), ==, "north.mbtiles");
  empty = read_pieces (tiles, 1, 0, 0);
  null = read_pieces (tiles, 1, 1, 1);
  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (null->len, ==, 0);
}

static void
test_text (void)
{
  static const struct { const char *text; const char *plain; } texts[] = {
    { "© OpenStreetMap", "© OpenStreetMap" }, { "<a href='x>y'>OS</a>", "y'>OS" }, { "a < b", "a" }, { "A &amp; B", "A & B" },
    { "A & B", "A & B" }, { "\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd" }, { "one\ntwo\x01", "one two" }, { "", "" }, { "&copy;&bogus;", "©&bogus;" },
  };
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autofree char *cut = sp_mbtiles_strip_tags (endless);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *plain = sp_mbtiles_strip_tags (texts[i].text);
      g_assert_cmpstr (plain, ==, texts[i].plain);
    }
  g_assert_cmpuint (strlen (cut), ==, 300);
}

static void
test_bounds (void)
{
  static const char * const bad[] = { "", "1,2,3", "1,2,3,4,5", "a,b,c,d", "1,2,3,nan", "-181,0,0,0", "0,0,0,-1", "1,2,3,4 ", "5,0,1,1" };
  SpBox box;

  g_assert_true (sp_mbtiles_parse_bounds ("-180.0,-85.05,180,85.05", &box));
  g_assert_cmpfloat (box.north, ==, 85.05);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sp_mbtiles_parse_bounds (bad[i], &box));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/mbtiles/metadata", Fixture, NULL, set_up, test_metadata, tear_down);
  g_test_add ("/mbtiles/tile", Fixture, NULL, set_up, test_tile, tear_down);
  g_test_add ("/mbtiles/overzoom", Fixture, NULL, set_up, test_overzoom, tear_down);
  g_test_add ("/mbtiles/underzoom", Fixture, NULL, set_up, test_underzoom, tear_down);
  g_test_add ("/mbtiles/no-file", Fixture, NULL, set_up, test_no_file, tear_down);
  g_test_add ("/mbtiles/no-database", Fixture, NULL, set_up, test_no_database, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/mbtiles/wrong/", wrong[i].name, NULL);
      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_wrong, tear_down);
    }
  g_test_add ("/mbtiles/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/mbtiles/damaged-later", Fixture, NULL, set_up, test_damaged_later, tear_down);
  g_test_add ("/mbtiles/odd-tiles", Fixture, NULL, set_up, test_odd_tiles, tear_down);
  g_test_add_func ("/mbtiles/text", test_text);
  g_test_add_func ("/mbtiles/bounds", test_bounds);
  return g_test_run ();
}
