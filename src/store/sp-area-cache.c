/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAreaCache: in which ward, parish or other area of one kind an entry is, for one entry after the other. Outlines are read
 * once; a list that goes over a whole country does not keep them all. */
#include "sp-area-cache.h"

#include "sp-asset-parts.h"
#include "sp-docs.h"

#include <math.h>
#include <string.h>

#define MOST_AREAS 4000 /* outlines in memory */

struct _SpAreaCache
{
  char       *kind;
  GHashTable *areas; /* owned id → SpArea, owned; NULL for one that cannot be read */
  GHashTable *names; /* owned id → its name in a list, owned */
};

static void
free_area (gpointer area)
{
  if (area != NULL)
    sp_area_free (area);
}

/**
 * sp_area_cache_new:
 * @kind: of areas, such as "ward"; see sp_areas_list_kinds()
 *
 * Returns: (transfer full): a cache that nothing was read with
 */
SpAreaCache *
sp_area_cache_new (const char *kind)
{
  SpAreaCache *self = g_new0 (SpAreaCache, 1);

  self->kind = g_strdup (kind);
  self->areas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_area);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * sp_area_cache_new_usual:
 * @db: a connection
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): a cache of the kind of areas that lists usually go by; %NULL with no @error set if
 *   the store has no areas
 */
SpAreaCache *
sp_area_cache_new_usual (SpDb *db, GError **error)
{
  g_auto (GStrv) kinds = sp_areas_list_kinds (db, error);

  return kinds != NULL && kinds[0] != NULL ? sp_area_cache_new (kinds[0]) : NULL;
}

/**
 * sp_area_cache_free:
 * @self: (transfer full): a cache
 */
void
sp_area_cache_free (SpAreaCache *self)
{
  g_free (self->kind);
  g_hash_table_unref (self->areas);
  g_hash_table_unref (self->names);
  g_free (self);
}

static const SpArea *
load (SpAreaCache *self, SpDb *db, const char *id)
{
  gpointer area = NULL;

  if (g_hash_table_lookup_extended (self->areas, id, NULL, &area))
    return area;
  if (g_hash_table_size (self->areas) >= MOST_AREAS)
    g_hash_table_remove_all (self->areas);
  area = sp_areas_load (db, id, NULL);
  g_hash_table_insert (self->areas, g_strdup (id), area);
  return area;
}

/* Its name; with its code where another of the kind has the same. */
static gboolean
read_name (SpAreaCache *self, SpDb *db, const char *id, const char **name, GError **error)
{
  SP_DB_STMT *stmt = NULL;
  gboolean has_row = FALSE;
  const char *code;
  char *known = g_hash_table_lookup (self->names, id);

  *name = known;
  if (known != NULL)
    return TRUE;
  stmt = sp_db_prepare (db, "SELECT a.name, a.code, EXISTS (SELECT 1 FROM area b WHERE b.folded = a.folded AND b.kind = a.kind"
                            " AND b.id <> a.id) FROM area a WHERE a.id = ? AND a.kind = ?", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, self->kind, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  code = (const char *) sqlite3_column_text (stmt, 1);
  known = sqlite3_column_int (stmt, 2) != 0 && code != NULL
            ? g_strdup_printf ("%s (%s)", (const char *) sqlite3_column_text (stmt, 0), code)
            : g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  g_hash_table_insert (self->names, g_strdup (id), known);
  *name = known;
  return TRUE;
}

/* The ids of the areas whose box holds the point, the smallest first. */
static GStrv
find_near (SpAreaCache *self, SpDb *db, double latitude, double longitude, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT id FROM area_box CROSS JOIN area USING (doc) WHERE south <= ?1 AND north >= ?1"
                                        " AND west <= ?2 AND east >= ?2 AND kind = ?3 ORDER BY size, id", error);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_double (stmt, 1, latitude);
  sqlite3_bind_double (stmt, 2, longitude);
  sqlite3_bind_text (stmt, 3, self->kind, -1, SQLITE_STATIC);
  while (has_row)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (has_row)
        g_strv_builder_add (ids, (const char *) sqlite3_column_text (stmt, 0));
    }
  return g_strv_builder_end (ids);
}

static gboolean
find_by_point (SpAreaCache *self, SpDb *db, const SpLocation *at, const char **name, GError **error)
{
  g_auto (GStrv) ids = find_near (self, db, at->latitude, at->longitude, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const SpArea *area = load (self, db, ids[i]);
      if (area != NULL && sp_polygon_contains (area->outline, at->latitude, at->longitude))
        return read_name (self, db, ids[i], name, error);
    }
  return TRUE;
}

/* The first of its service areas that is of the kind. */
static gboolean
find_by_service (SpAreaCache *self, SpDb *db, const SpNode *asset, const char **name, GError **error)
{
  const SpNode *list = sp_node_get (asset, "service_areas");

  for (guint i = 0; *name == NULL && sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    {
      const char *id = sp_node_get_string (sp_node_get_element (list, i));
      if (id != NULL && !read_name (self, db, id, name, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_area_cache_find:
 * @self: a cache, used with one store only
 * @db: the store
 * @asset: an entry
 * @venue: (nullable): the place it is held in
 * @name: (out) (transfer none) (nullable): of the smallest area that holds its position, or its venue's; of the area that
 *   it serves where neither has one; %NULL if it is in none
 * @error: what SQLite says
 *
 * Returns: whether the store could be read
 */
gboolean
sp_area_cache_find (SpAreaCache *self, SpDb *db, const SpNode *asset, const SpNode *venue, const char **name, GError **error)
{
  SpLocation at;

  *name = NULL;
  sp_location_read (sp_node_get (asset, "location"), &at);
  if (isnan (at.latitude) || isnan (at.longitude))
    sp_location_read (sp_node_get (venue, "location"), &at);
  if (isnan (at.latitude) || isnan (at.longitude))
    return find_by_service (self, db, asset, name, error);
  return find_by_point (self, db, &at, name, error);
}
