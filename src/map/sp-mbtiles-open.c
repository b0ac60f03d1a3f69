/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens raster MBTiles (the MBTiles specification 1.3). The file is somebody else's, so it is opened to read only, with
 * nothing of its schema trusted, and no query may run for long or give more than a picture's worth of bytes. */
#include "sp-mbtiles-private.h"

#include <string.h>

#define MAX_TILE (8 * 1024 * 1024) /* bytes */
#define MAX_ZOOM 24
#define STEPS 1000                 /* of SQLite's machine between two looks */
#define OPENING_LOOKS 30000        /* a second at most: finding the zooms may need a walk through all tiles */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* Ends a query that would never end by itself: a view can be anything. */
static int
look_cb (gpointer data)
{
  SpMbtiles *self = data;

  return self->looks == 0 || --self->looks == 0;
}

/**
 * sp_mbtiles_fail:
 * @self: tiles
 * @error: (out): what SQLite said last, as a sentence
 *
 * Returns: %FALSE
 */
gboolean
sp_mbtiles_fail (SpMbtiles *self, GError **error)
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
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID,
                   "%s: looking up a tile takes too long; the file has no index of its tiles", self->title);
      break;
    case SQLITE_CANTOPEN:
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: the file cannot be opened", self->title);
      break;
    default:
      g_set_error (error, SP_ERROR, SP_ERROR_FAILED, "%s: the file cannot be read: %s", self->title,
                   sqlite3_errmsg (self->db));
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
    sp_mbtiles_fail (self, error);
  return statement;
}

static gboolean
open_database (SpMbtiles *self, GError **error)
{
  if (sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    return sp_mbtiles_fail (self, error);
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
  g_autoptr (sqlite3_stmt) found = prepare (self,
                                            "SELECT count(*) FROM sqlite_master WHERE name IN ('metadata', 'tiles')"
                                            " AND type IN ('table', 'view')",
                                            error);

  if (found == NULL)
    return FALSE;
  if (sqlite3_step (found) != SQLITE_ROW)
    return sp_mbtiles_fail (self, error);
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
  g_set_error (
      error, SP_ERROR, SP_ERROR_UNSUPPORTED,
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
  return status == SQLITE_DONE || sp_mbtiles_fail (self, error);
}

/* What the tiles say, not the metadata, which is often wrong. Each query looks up one end of the index. */
static gboolean
read_zoom (SpMbtiles *self, const char *sql, int *zoom, GError **error)
{
  g_autoptr (sqlite3_stmt) end = prepare (self, sql, error);

  if (end == NULL)
    return FALSE;
  if (sqlite3_step (end) != SQLITE_ROW)
    return sp_mbtiles_fail (self, error);
  *zoom = sqlite3_column_int (end, 0);
  if (sqlite3_column_type (end, 0) == SQLITE_NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: the file holds no tiles", self->title);
  else if (*zoom < 0 || *zoom > MAX_ZOOM)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: the file has tiles of zoom %d; 0 to %d are known", self->title,
                 *zoom, MAX_ZOOM);
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
    return sp_mbtiles_fail (self, error);
  bytes = g_bytes_new (sqlite3_column_blob (tile, 0), (gsize) sqlite3_column_bytes (tile, 0));
  if (sp_mbtiles_is_picture (bytes))
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED, "%s: the tiles are no pictures (PNG, JPEG or WebP)", self->title);
  return FALSE;
}

static gboolean
prepare_tile (SpMbtiles *self, GError **error)
{
  self->tile =
      prepare (self, "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3", error);
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
