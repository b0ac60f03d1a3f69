/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads raster MBTiles (the MBTiles specification 1.3). The file is somebody else's, so it is opened to read only, with
 * nothing of its schema trusted, and no query may run for long or give more than a picture's worth of bytes. */
#include "sp-mbtiles-private.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#define MAX_TILE (8 * 1024 * 1024) /* bytes */
#define MAX_ZOOM 24
#define MAX_OVERZOOM 8             /* then a tile of 256 pixels shows one pixel of its ancestor */
#define MAX_UNDERZOOM 2            /* then a tile is made of 16 */
#define STEPS 1000                 /* of SQLite's machine between two looks */
#define OPENING_LOOKS 100000       /* a second or two: finding the zooms may need a walk through all tiles */
#define TILE_LOOKS 5000

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

struct _SpMbtiles
{
  gatomicrefcount ref_count;
  char           *path;
  char           *title;       /* of the file, for messages */
  GMutex          lock;        /* of what follows up to the blank line */
  sqlite3        *db;
  sqlite3_stmt   *tile;
  guint           looks;       /* that are left to the query that is running */

  char           *name;
  char           *attribution;
  int             min_zoom;
  int             max_zoom;
  SpBox           box;
};

/* Ends a query that would never end by itself: a view can be anything. */
static int
look_cb (gpointer data)
{
  SpMbtiles *self = data;

  return self->looks == 0 || --self->looks == 0;
}

static gboolean
fail (SpMbtiles *self, GError **error)
{
  switch (sqlite3_errcode (self->db))
    {
    case SQLITE_NOTADB:
      g_set_error (error, SP_ERROR, SP_ERROR_FOREIGN, "%s: this is not an MBTiles file", self->title);
      break;
    case SQLITE_CORRUPT:
      g_set_error (error, SP_ERROR, SP_ERROR_DAMAGED, "%s: the file is damaged", self->title);
      break;
    case SQLITE_INTERRUPT:
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: looking up a tile takes too long; the file has no index of its tiles",
                   self->title);
      break;
    case SQLITE_CANTOPEN:
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: the file cannot be opened", self->title);
      break;
    default:
      g_set_error (error, SP_ERROR, SP_ERROR_FAILED, "%s: the file cannot be read: %s", self->title, sqlite3_errmsg (self->db));
      break;
    }
  return FALSE;
}

static sqlite3_stmt *
prepare (SpMbtiles *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  self->looks = OPENING_LOOKS;
  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail (self, error);
  return statement;
}

static gboolean
open_database (SpMbtiles *self, GError **error)
{
  if (sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    return fail (self, error);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, MAX_TILE);
  sqlite3_limit (self->db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_progress_handler (self->db, STEPS, look_cb, self);
  return TRUE;
}

/* Both may be tables or views. */
static gboolean
check_tables (SpMbtiles *self, GError **error)
{
  g_autoptr (sqlite3_stmt) found = prepare (self, "SELECT count(*) FROM sqlite_master WHERE name IN ('metadata', 'tiles')"
                                                  " AND type IN ('table', 'view')", error);

  if (found == NULL)
    return FALSE;
  if (sqlite3_step (found) != SQLITE_ROW)
    return fail (self, error);
  if (sqlite3_column_int (found, 0) == 2)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_FOREIGN, "%s: this is a database, but it holds no map tiles", self->title);
  return FALSE;
}

static gboolean
check_format (SpMbtiles *self, const char *format, GError **error)
{
  if (g_ascii_strcasecmp (format, "pbf") != 0 && g_ascii_strcasecmp (format, "mvt") != 0)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED,
               "%s: the file holds vector tiles, which Signpost cannot draw; choose one that holds pictures (PNG, JPEG or WebP)",
               self->title);
  return FALSE;
}

static gboolean
read_member (SpMbtiles *self, const char *name, const char *value, GError **error)
{
  if (strcmp (name, "format") == 0)
    return check_format (self, value, error);
  if (strcmp (name, "name") == 0 && *value != '\0')
    {
      g_free (self->name);
      self->name = sp_mbtiles_strip_tags (value);
    }
  else if (strcmp (name, "attribution") == 0)
    {
      g_free (self->attribution);
      self->attribution = sp_mbtiles_strip_tags (value);
    }
  else if (strcmp (name, "bounds") == 0)
    {
      SpBox box;

      if (sp_mbtiles_parse_bounds (value, &box))
        self->box = box;
    }
  return TRUE;
}

static gboolean
read_metadata (SpMbtiles *self, GError **error)
{
  g_autoptr (sqlite3_stmt) members = prepare (self, "SELECT name, value FROM metadata LIMIT 1000", error);
  int status;

  if (members == NULL)
    return FALSE;
  while ((status = sqlite3_step (members)) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (members, 0);
      const char *value = (const char *) sqlite3_column_text (members, 1);

      if (name != NULL && value != NULL && !read_member (self, name, value, error))
        return FALSE;
    }
  return status == SQLITE_DONE || fail (self, error);
}

/* What the tiles say, not the metadata, which is often wrong. Each query looks up one end of the index. */
static gboolean
read_zoom (SpMbtiles *self, const char *sql, int *zoom, GError **error)
{
  g_autoptr (sqlite3_stmt) end = prepare (self, sql, error);

  if (end == NULL)
    return FALSE;
  if (sqlite3_step (end) != SQLITE_ROW)
    return fail (self, error);
  *zoom = sqlite3_column_int (end, 0);
  if (sqlite3_column_type (end, 0) == SQLITE_NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: the file holds no tiles", self->title);
  else if (*zoom < 0 || *zoom > MAX_ZOOM)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: the file has tiles of zoom %d; 0 to %d are known", self->title, *zoom, MAX_ZOOM);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_first_tile (SpMbtiles *self, GError **error)
{
  g_autoptr (sqlite3_stmt) tile = prepare (self, "SELECT tile_data FROM tiles LIMIT 1", error);
  g_autoptr (GBytes) bytes = NULL;

  if (tile == NULL)
    return FALSE;
  if (sqlite3_step (tile) != SQLITE_ROW)
    return fail (self, error);
  bytes = g_bytes_new (sqlite3_column_blob (tile, 0), (gsize) sqlite3_column_bytes (tile, 0));
  if (sp_mbtiles_is_picture (bytes))
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED, "%s: the tiles are no pictures (PNG, JPEG or WebP)", self->title);
  return FALSE;
}

static gboolean
prepare_tile (SpMbtiles *self, GError **error)
{
  self->tile = prepare (self, "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3", error);
  return self->tile != NULL;
}

/**
 * sp_mbtiles_open:
 * @path: of a file
 * @error: return location for an error: `SP_ERROR_NOT_FOUND`; `SP_ERROR_FOREIGN` if it is something else;
 *   `SP_ERROR_UNSUPPORTED` if the tiles are no pictures; `SP_ERROR_INVALID` if there are none; `SP_ERROR_DAMAGED`
 *
 * Opens a file and looks whether it is what it should be. Blocks: call it in a thread.
 *
 * Returns: (transfer full) (nullable): the tiles, or %NULL with @error set
 */
SpMbtiles *
sp_mbtiles_open (const char *path, GError **error)
{
  g_autoptr (SpMbtiles) self = g_new0 (SpMbtiles, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->path = g_strdup (path);
  self->title = g_filename_display_basename (path);
  self->name = g_strdup (self->title);
  self->attribution = g_strdup ("");
  self->box = (SpBox){ -SP_GEODESY_MERCATOR_LATITUDE, -180, SP_GEODESY_MERCATOR_LATITUDE, 180 };
  if (open_database (self, error) && check_tables (self, error) && read_metadata (self, error)
      && read_zoom (self, "SELECT min(zoom_level) FROM tiles", &self->min_zoom, error)
      && read_zoom (self, "SELECT max(zoom_level) FROM tiles", &self->max_zoom, error)
      && check_first_tile (self, error) && prepare_tile (self, error))
    return g_steal_pointer (&self);
  return NULL;
}

/**
 * sp_mbtiles_ref:
 * @self: tiles
 *
 * Returns: (transfer full): the same
 */
SpMbtiles *
sp_mbtiles_ref (SpMbtiles *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * sp_mbtiles_unref:
 * @self: (transfer full): tiles
 */
void
sp_mbtiles_unref (SpMbtiles *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sqlite3_finalize (self->tile);
  sqlite3_close (self->db);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self->title);
  g_free (self->name);
  g_free (self->attribution);
  g_free (self);
}

/**
 * sp_mbtiles_get_name:
 * @self: tiles
 *
 * Returns: what the file calls itself, else its file name; plain text
 */
const char *
sp_mbtiles_get_name (const SpMbtiles *self)
{
  return self->name;
}

/**
 * sp_mbtiles_get_attribution:
 * @self: tiles
 *
 * Returns: whom to credit, plain text; empty if the file does not say
 */
const char *
sp_mbtiles_get_attribution (const SpMbtiles *self)
{
  return self->attribution;
}

/**
 * sp_mbtiles_get_min_zoom:
 * @self: tiles
 *
 * Returns: the least zoom of a tile
 */
int
sp_mbtiles_get_min_zoom (const SpMbtiles *self)
{
  return self->min_zoom;
}

/**
 * sp_mbtiles_get_max_zoom:
 * @self: tiles
 *
 * Returns: the greatest zoom of a tile
 */
int
sp_mbtiles_get_max_zoom (const SpMbtiles *self)
{
  return self->max_zoom;
}

/**
 * sp_mbtiles_get_box:
 * @self: tiles
 * @box: (out caller-allocates): what the file says it covers; all of the map if it does not say
 */
void
sp_mbtiles_get_box (const SpMbtiles *self, SpBox *box)
{
  *box = self->box;
}

/* With the lock held. Rows of the file count from the south (TMS). Returns: whether the file could be read; @bytes is %NULL
 * where it has no such tile. */
static gboolean
read_tile (SpMbtiles *self, int zoom, guint x, guint y, GBytes **bytes, GError **error)
{
  int status;

  *bytes = NULL;
  self->looks = TILE_LOOKS;
  sqlite3_bind_int (self->tile, 1, zoom);
  sqlite3_bind_int64 (self->tile, 2, x);
  sqlite3_bind_int64 (self->tile, 3, (1 << zoom) - 1 - (gint64) y);
  status = sqlite3_step (self->tile);
  if (status == SQLITE_ROW && sqlite3_column_bytes (self->tile, 0) > 0)
    *bytes = g_bytes_new (sqlite3_column_blob (self->tile, 0), (gsize) sqlite3_column_bytes (self->tile, 0));
  if (status != SQLITE_ROW && status != SQLITE_DONE)
    fail (self, error);
  sqlite3_reset (self->tile);
  return status == SQLITE_ROW || status == SQLITE_DONE;
}

static void
add_piece (GPtrArray *pieces, GBytes *bytes, SpMbtilesPart from, SpMbtilesPart to)
{
  SpMbtilesPiece *piece = g_new (SpMbtilesPiece, 1);

  *piece = (SpMbtilesPiece){ bytes, from, to };
  g_ptr_array_add (pieces, piece);
}

/* The tile itself, or the nearest of those above it that hold it. */
static gboolean
read_ancestor (SpMbtiles *self, GPtrArray *pieces, int zoom, guint x, guint y, GError **error)
{
  int least = MAX (self->min_zoom, zoom - MAX_OVERZOOM);

  for (int above = MIN (zoom, self->max_zoom); above >= least; above--)
    {
      int up = zoom - above;
      double size = ldexp (1, -up);
      GBytes *bytes;

      if (!read_tile (self, above, x >> up, y >> up, &bytes, error))
        return FALSE;
      if (bytes == NULL)
        continue;
      add_piece (pieces, bytes, (SpMbtilesPart){ (x & ((1u << up) - 1)) * size, (y & ((1u << up) - 1)) * size, size },
                 (SpMbtilesPart){ 0, 0, 1 });
      return TRUE;
    }
  return TRUE;
}

static gboolean
read_descendants (SpMbtiles *self, GPtrArray *pieces, int zoom, guint x, guint y, GError **error)
{
  int down = self->min_zoom - zoom;
  guint n = 1u << down;

  for (guint row = 0; row < n; row++)
    for (guint column = 0; column < n; column++)
      {
        GBytes *bytes;

        if (!read_tile (self, self->min_zoom, (x << down) + column, (y << down) + row, &bytes, error))
          return FALSE;
        if (bytes != NULL)
          add_piece (pieces, bytes, (SpMbtilesPart){ 0, 0, 1 },
                     (SpMbtilesPart){ column / (double) n, row / (double) n, 1 / (double) n });
      }
  return TRUE;
}

/**
 * sp_mbtiles_read:
 * @self: tiles
 * @zoom: of the tile
 * @x: tiles from the west edge
 * @y: tiles from the north edge (XYZ, not TMS)
 * @error: return location for an error: `SP_ERROR_DAMAGED`, `SP_ERROR_INVALID`, `SP_ERROR_FAILED`
 *
 * Looks for what a tile is painted from. Blocks: call it in a thread; any may.
 *
 * Returns: (transfer full) (element-type SpMbtilesPiece) (nullable): the pieces, none where the file has nothing; or %NULL with
 *   @error set. Whether the bytes are a sound picture is not known yet.
 */
GPtrArray *
sp_mbtiles_read (SpMbtiles *self, int zoom, guint x, guint y, GError **error)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_mbtiles_piece_free);
  gboolean read = TRUE;

  if (zoom < 0 || zoom > SP_GEODESY_MAX_ZOOM || x >= 1u << zoom || y >= 1u << zoom || zoom < self->min_zoom - MAX_UNDERZOOM)
    return g_steal_pointer (&pieces);
  g_mutex_lock (&self->lock);
  if (zoom >= self->min_zoom)
    read = read_ancestor (self, pieces, zoom, x, y, error);
  else
    read = read_descendants (self, pieces, zoom, x, y, error);
  g_mutex_unlock (&self->lock);
  return read ? g_steal_pointer (&pieces) : NULL;
}

/**
 * sp_mbtiles_piece_free:
 * @self: (transfer full): a piece
 */
void
sp_mbtiles_piece_free (SpMbtilesPiece *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}
