/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What published lists tell the gazetteer: postcodes, which stand above those that were learnt, and places beside those
 * that are built in. Each row is true by itself, so that a list which was read in part is of use, and may be read again. */
#include "sp-gazetteer.h"

#include "sp-fold.h"
#include "sp-geodesy.h"
#include "sp-places.h"
#include "sp-postcode.h"

#include <math.h>
#include <string.h>

#define MICRO 1e6            /* positions are kept in millionths of a degree */
#define SAME_PLACE_M 3000.0  /* two of one name within this are one place */

#define POSTCODE_SQL \
  "INSERT INTO postcode VALUES (?1, ?2, ?3, 1, 1) ON CONFLICT (key) DO UPDATE SET" \
  "  lat = excluded.lat, lon = excluded.lon, source = 1, count = 1" \
  " WHERE source <> 1 OR lat <> excluded.lat OR lon <> excluded.lon"
#define PLACE_SQL \
  "INSERT INTO place VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id, i) DO UPDATE SET" \
  "  key = excluded.key, name = excluded.name, county = excluded.county, nation = excluded.nation, size = excluded.size," \
  "  lat = excluded.lat, lon = excluded.lon" \
  " WHERE (name, county, nation, size, lat, lon)" \
  "  <> (excluded.name, excluded.county, excluded.nation, excluded.size, excluded.lat, excluded.lon)"

/* ── Learning ── */

/* An update leaves the newest row's number alone, an insertion sets it. */
static gboolean
put_postcode (SpDb *db, const SpKnownPlace *place, SpGazetteerNews *news, GError **error)
{
  sqlite3 *handle = sp_db_get_handle (db);
  gint64 key = sp_postcode_get_range (place->postcode, NULL);
  SP_DB_STMT *stmt = sp_db_prepare (db, POSTCODE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, key);
  sqlite3_bind_int64 (stmt, 2, lround (place->latitude * MICRO));
  sqlite3_bind_int64 (stmt, 3, lround (place->longitude * MICRO));
  sqlite3_set_last_insert_rowid (handle, 0);
  if (!sp_db_run (db, stmt, error))
    return FALSE;
  if (sqlite3_last_insert_rowid (handle) == key)
    *news = SP_GAZETTEER_NEW;
  else
    *news = sqlite3_changes (handle) > 0 ? SP_GAZETTEER_BETTER : SP_GAZETTEER_KNOWN;
  return TRUE;
}

static gboolean
has_place (SpDb *db, gint64 id, gboolean *has, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT 1 FROM place WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  return sp_db_step (db, stmt, has, error);
}

static gboolean
put_name (SpDb *db, const SpKnownPlace *place, int i, const char *name, gboolean *changed, GError **error)
{
  g_autofree char *key = sp_places_make_key (name);
  SP_DB_STMT *stmt = sp_db_prepare (db, PLACE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, place->id);
  sqlite3_bind_int (stmt, 2, i);
  sqlite3_bind_text (stmt, 3, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 5, place->county != NULL ? place->county : "", -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 6, place->nation != NULL ? place->nation : "", -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 7, (int) place->size);
  sqlite3_bind_int64 (stmt, 8, lround (place->latitude * MICRO));
  sqlite3_bind_int64 (stmt, 9, lround (place->longitude * MICRO));
  if (!sp_db_run (db, stmt, error))
    return FALSE;
  *changed = *changed || sqlite3_changes (sp_db_get_handle (db)) > 0;
  return TRUE;
}

static gboolean
put_place (SpDb *db, const SpKnownPlace *place, SpGazetteerNews *news, GError **error)
{
  gboolean was_there, changed = FALSE;

  if (!has_place (db, place->id, &was_there, error) || !put_name (db, place, 0, place->name, &changed, error)
      || (place->other_name != NULL && !put_name (db, place, 1, place->other_name, &changed, error)))
    return FALSE;
  *news = !was_there ? SP_GAZETTEER_NEW : changed ? SP_GAZETTEER_BETTER : SP_GAZETTEER_KNOWN;
  return TRUE;
}

/**
 * sp_gazetteer_put:
 * @db: the writing connection, inside a transaction
 * @place: a postcode or place of a published list
 * @news: (out): what it said that was not known
 * @error: %SP_ERROR
 *
 * Takes a postcode or place from a list. A postcode of a list stands above what was learnt.
 *
 * Returns: whether that went well
 */
gboolean
sp_gazetteer_put (SpDb *db, const SpKnownPlace *place, SpGazetteerNews *news, GError **error)
{
  *news = SP_GAZETTEER_REFUSED;
  if (!sp_geodesy_is_british_isles (place->latitude, place->longitude))
    return TRUE;
  return place->postcode != NULL ? put_postcode (db, place, news, error) : put_place (db, place, news, error);
}

/**
 * sp_gazetteer_compare:
 * @db: any connection; nothing is written
 * @place: a postcode or place of a published list
 * @news: (out): what sp_gazetteer_put() would say; of a place only whether it is known at all
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_gazetteer_compare (SpDb *db, const SpKnownPlace *place, SpGazetteerNews *news, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = NULL;

  *news = SP_GAZETTEER_REFUSED;
  if (!sp_geodesy_is_british_isles (place->latitude, place->longitude))
    return TRUE;
  *news = SP_GAZETTEER_NEW;
  if (place->postcode == NULL)
    {
      if (!has_place (db, place->id, &has_row, error))
        return FALSE;
      *news = has_row ? SP_GAZETTEER_KNOWN : SP_GAZETTEER_NEW;
      return TRUE;
    }
  stmt = sp_db_prepare (db, "SELECT source = 1 AND lat = ?2 AND lon = ?3 FROM postcode WHERE key = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, sp_postcode_get_range (place->postcode, NULL));
  sqlite3_bind_int64 (stmt, 2, lround (place->latitude * MICRO));
  sqlite3_bind_int64 (stmt, 3, lround (place->longitude * MICRO));
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *news = sqlite3_column_int (stmt, 0) ? SP_GAZETTEER_KNOWN : SP_GAZETTEER_BETTER;
  return TRUE;
}

/* ── Looking up ── */

static void
place_free (gpointer data)
{
  SpPlace *place = data;

  g_free ((char *) place->name);
  g_free ((char *) place->county);
  g_free ((char *) place->nation);
  g_free (place);
}

static SpPlace *
place_new (const char *name, const char *county, const char *nation, double latitude, double longitude, guint population)
{
  SpPlace *place = g_new (SpPlace, 1);

  *place = (SpPlace){ g_strdup (name), g_strdup (county), g_strdup (nation), latitude, longitude, population };
  return place;
}

static SpPlace *
place_from_row (sqlite3_stmt *stmt)
{
  return place_new ((const char *) sqlite3_column_text (stmt, 0), (const char *) sqlite3_column_text (stmt, 1),
                    (const char *) sqlite3_column_text (stmt, 2), (double) sqlite3_column_int64 (stmt, 3) / MICRO,
                    (double) sqlite3_column_int64 (stmt, 4) / MICRO, 0);
}

/* @by_name: whether neighbours may have different names */
static gboolean
is_there (GPtrArray *places, const SpPlace *place, gboolean by_name)
{
  for (guint i = 0; i < places->len; i++)
    {
      const SpPlace *other = g_ptr_array_index (places, i);
      if (sp_geodesy_rough_distance (other->latitude, other->longitude, place->latitude, place->longitude) < SAME_PLACE_M
          && (!by_name || strcmp (other->name, place->name) == 0))
        return TRUE;
    }
  return FALSE;
}

/* Adds what a statement finds, unless it is there already. */
static gboolean
add_found (SpDb *db, sqlite3_stmt *stmt, const char *where, gboolean by_name, guint limit, GPtrArray *places, GError **error)
{
  gboolean has_row = TRUE;

  while (places->len < limit)
    {
      SpPlace *place;

      if (!sp_db_step (db, stmt, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      place = place_from_row (stmt);
      if (sp_place_lies_in (place, where) && !is_there (places, place, by_name))
        g_ptr_array_add (places, place);
      else
        place_free (place);
    }
  return TRUE;
}

/**
 * sp_gazetteer_find_places:
 * @db: a connection
 * @text: as for sp_places_find()
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpPlace): the places of exactly that name: those built in, the largest
 *   first, then those of published lists, whose population is not known
 */
GPtrArray *
sp_gazetteer_find_places (SpDb *db, const char *text, GError **error)
{
  gsize end = strcspn (text, ",(");
  g_autofree char *name = g_strndup (text, end);
  g_autofree char *where = sp_fold_text (text + end);
  g_autofree char *key = sp_places_make_key (name);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (place_free);
  g_autoptr (GPtrArray) built_in = sp_places_find (text);
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT name, county, nation, lat, lon FROM place WHERE key = ? ORDER BY size DESC, county", error);

  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i < built_in->len; i++)
    {
      const SpPlace *place = g_ptr_array_index (built_in, i);
      g_ptr_array_add (places, place_new (place->name, place->county, place->nation, place->latitude, place->longitude,
                                          place->population));
    }
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  return add_found (db, stmt, where, FALSE, G_MAXUINT, places, error) ? g_steal_pointer (&places) : NULL;
}

/**
 * sp_gazetteer_begin_places:
 * @db: a connection
 * @text: what somebody typed
 * @limit: how many at most
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpPlace): places of published lists whose name begins so, the largest
 *   first
 */
GPtrArray *
sp_gazetteer_begin_places (SpDb *db, const char *text, guint limit, GError **error)
{
  g_autofree char *key = sp_places_make_key (text);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (place_free);
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT name, county, nation, lat, lon FROM place"
                                        " WHERE key >= ?1 AND key < ?1 || char (0x10ffff) ORDER BY size DESC, key, county", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  return add_found (db, stmt, "", TRUE, limit, places, error) ? g_steal_pointer (&places) : NULL;
}
