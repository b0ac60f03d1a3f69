/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things are that people type: coordinates, postcodes, places, areas. Postcodes are learnt from entries that
 * have one and a position, or come from a published list (sp-gazetteer-put.c), as places do beside those built in. */
#include "sp-gazetteer.h"

#include "sp-areas.h"
#include "sp-docs.h"
#include "sp-geodesy.h"
#include "sp-places.h"
#include "sp-postcode.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MICRO 1e6 /* positions of postcodes are kept in millionths of a degree */
#define MOST_SUGGESTIONS 5

/* Rows that agree within some five kilometres are averaged, up to 16 of them. A row that does not agree replaces a
 * single earlier one, since one of the two is wrong and the later is likelier to be put right; several are believed. */
#define NEAR "abs (lat - excluded.lat) < 50000 AND abs (lon - excluded.lon) < 80000"
#define LEARN_SQL \
  "INSERT INTO postcode VALUES (?1, ?2, ?3, 0, 1) ON CONFLICT (key) DO UPDATE SET" \
  "  lat = CASE WHEN " NEAR " THEN (lat * count + excluded.lat) / (count + 1) ELSE excluded.lat END," \
  "  lon = CASE WHEN " NEAR " THEN (lon * count + excluded.lon) / (count + 1) ELSE excluded.lon END," \
  "  count = CASE WHEN " NEAR " THEN count + 1 ELSE 1 END" \
  " WHERE source = 0 AND count < 16 AND (lat <> excluded.lat OR lon <> excluded.lon) AND ((" NEAR ") OR count = 1)"
/**
 * sp_spot_free:
 * @self: (transfer full): a spot
 */
void
sp_spot_free (SpSpot *self)
{
  g_free (self->name);
  g_free (self);
}

static SpSpot *
spot_new (SpSpotKind kind, char *name, double latitude, double longitude)
{
  SpSpot *self = g_new0 (SpSpot, 1);

  self->kind = kind;
  self->name = name;
  self->latitude = latitude;
  self->longitude = longitude;
  return self;
}

/**
 * sp_gazetteer_learn:
 * @db: the writing connection, inside a transaction
 * @postcode: (nullable): what an entry has as its postcode; anything but a whole one is passed over
 * @latitude: degrees north of that entry; NAN and what is not in these islands is passed over
 * @longitude: degrees east
 * @error: %SP_ERROR
 *
 * Learns where a postcode is from an entry whose own position is exact.
 *
 * Returns: whether that went well
 */
gboolean
sp_gazetteer_learn (SpDb *db, const char *postcode, double latitude, double longitude, GError **error)
{
  g_autofree char *whole = sp_postcode_normalise (postcode);
  SP_DB_STMT *stmt = NULL;

  if (whole == NULL || !sp_geodesy_is_british_isles (latitude, longitude))
    return TRUE;
  stmt = sp_db_prepare (db, LEARN_SQL, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, sp_postcode_get_range (whole, NULL));
  sqlite3_bind_int64 (stmt, 2, lround (latitude * MICRO));
  sqlite3_bind_int64 (stmt, 3, lround (longitude * MICRO));
  return sp_db_run (db, stmt, error);
}

/**
 * sp_gazetteer_learn_from:
 * @db: the writing connection, inside a transaction
 * @asset: the body of an asset
 * @error: %SP_ERROR
 *
 * Learns from an asset that has a postcode and a position, unless that position was itself taken from a postcode, place
 * or area.
 *
 * Returns: whether that went well
 */
gboolean
sp_gazetteer_learn_from (SpDb *db, const SpNode *asset, GError **error)
{
  const SpNode *location = sp_node_get (asset, "location");
  const char *accuracy = sp_node_get_text (location, "accuracy");
  const char *postcode = sp_node_get_text (sp_node_get (asset, "address"), "postal_code");

  if (postcode == NULL || location == NULL || (accuracy != NULL && strcmp (accuracy, "exact") != 0))
    return TRUE;
  return sp_gazetteer_learn (db, postcode, sp_node_get_number (location, "latitude"), sp_node_get_number (location, "longitude"), error);
}

/* The mean position of the postcodes in a range of keys. @count becomes 0 if there is none. */
static gboolean
mean_of_range (SpDb *db, gint64 first, gint64 last, double *latitude, double *longitude, gint64 *count, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT avg (lat), avg (lon), count (*) FROM postcode WHERE key BETWEEN ? AND ?", error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, first);
  sqlite3_bind_int64 (stmt, 2, last);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *latitude = sqlite3_column_double (stmt, 0) / MICRO;
  *longitude = sqlite3_column_double (stmt, 1) / MICRO;
  *count = sqlite3_column_int64 (stmt, 2);
  return TRUE;
}

/**
 * sp_gazetteer_look_up_postcode:
 * @db: a connection
 * @postcode: from sp_postcode_read(): a unit, sector or outcode
 * @latitude: (out): degrees north
 * @longitude: (out): degrees east
 * @approximate: (out): whether a unit had to be placed by its neighbours
 * @error: %SP_ERROR_NOT_FOUND if nothing in its outcode is known
 *
 * Returns: whether it is known where that is
 */
gboolean
sp_gazetteer_look_up_postcode (SpDb *db, const char *postcode, double *latitude, double *longitude,
                               gboolean *approximate, GError **error)
{
  g_autofree char *wider = g_strdup (postcode);
  gint64 count = 0;

  *approximate = FALSE;
  while (count == 0)
    {
      gint64 last;
      gint64 first = sp_postcode_get_range (wider, &last);
      char *space = strchr (wider, ' ');

      if (!mean_of_range (db, first, last, latitude, longitude, &count, error))
        return FALSE;
      if (count > 0 || space == NULL)
        break;
      space[space[2] != '\0' ? 2 : 0] = '\0'; /* the sector, then the outcode */
      *approximate = TRUE;
    }
  if (count > 0)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("It is not known where the postcode %s is: no entry with a position has one of %s"), postcode, wider);
  return FALSE;
}

static SpSpot *
resolve_postcode (SpDb *db, const char *postcode, GError **error)
{
  double latitude;
  double longitude;
  gboolean approximate;
  SpSpot *spot;

  if (!sp_gazetteer_look_up_postcode (db, postcode, &latitude, &longitude, &approximate, error))
    return NULL;
  spot = spot_new (SP_SPOT_POSTCODE, g_strdup (postcode), latitude, longitude);
  spot->approximate = approximate;
  return spot;
}

static SpSpot *
spot_of_place (const SpPlace *place)
{
  return spot_new (SP_SPOT_PLACE, sp_place_describe (place), place->latitude, place->longitude);
}

static SpSpot *
spot_of_area (const SpArea *area)
{
  return spot_new (SP_SPOT_AREA, sp_area_describe (area), area->latitude, area->longitude);
}

static gboolean
is_alone (GPtrArray *spots, guint index)
{
  const SpSpot *spot = g_ptr_array_index (spots, index);

  for (guint i = 0; i < spots->len; i++)
    if (i != index && strcmp (((const SpSpot *) g_ptr_array_index (spots, i))->name, spot->name) == 0)
      return FALSE;
  return TRUE;
}

/* Two of one name in one county are told apart by where they are. */
static void
tell_apart (GPtrArray *spots)
{
  g_autofree gboolean *alone = g_new (gboolean, spots->len);

  for (guint i = 0; i < spots->len; i++)
    alone[i] = is_alone (spots, i);
  for (guint i = 0; i < spots->len; i++)
    if (!alone[i])
      {
        SpSpot *spot = g_ptr_array_index (spots, i);
        g_free (spot->name);
        spot->name = g_strdup_printf ("%.4f,%.4f", spot->latitude, spot->longitude);
      }
}

static SpSpot *
ambiguous (const char *text, GPtrArray *spots, GPtrArray **candidates, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  tell_apart (spots);
  for (guint i = 0; i < spots->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "; " : "", ((SpSpot *) g_ptr_array_index (spots, i))->name);
  g_set_error (error, SP_ERROR, SP_ERROR_AMBIGUOUS, _("Several places are called “%s”: %s"), text, list->str);
  if (candidates != NULL)
    *candidates = g_ptr_array_ref (spots);
  return NULL;
}

static SpSpot *
resolve_place (const char *text, GPtrArray *places, GPtrArray **candidates, GError **error)
{
  g_autoptr (GPtrArray) spots = NULL;

  if (sp_places_is_clear (places))
    return spot_of_place (g_ptr_array_index (places, 0));
  spots = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_spot_free);
  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (spots, spot_of_place (g_ptr_array_index (places, i)));
  return ambiguous (text, spots, candidates, error);
}

static void
not_found (const char *text, GError **error)
{
  g_autoptr (GPtrArray) places = sp_places_suggest (text, MOST_SUGGESTIONS);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *name = sp_place_describe (g_ptr_array_index (places, i));
      g_string_append_printf (list, "%s%s", i > 0 ? "; " : "", name);
    }
  if (places->len > 0)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("No place called “%s” is known. Did you mean %s?"), text, list->str);
  else
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND,
                 _("No place called “%s” is known. Give a town, a postcode, or a latitude and longitude with a comma between"), text);
}

static SpSpot *
resolve_area (SpDb *db, const char *text, GPtrArray **candidates, GError **error)
{
  g_autoptr (GPtrArray) areas = NULL;
  g_autoptr (GPtrArray) spots = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (SpArea) area = sp_areas_find (db, text, &areas, &local);

  if (area != NULL)
    return spot_of_area (area);
  if (g_error_matches (local, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      not_found (text, error);
      return NULL;
    }
  if (areas == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  spots = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_spot_free);
  for (guint i = 0; i < areas->len; i++)
    g_ptr_array_add (spots, spot_of_area (g_ptr_array_index (areas, i)));
  return ambiguous (text, spots, candidates, error);
}

static SpSpot *
resolve_entry (SpDb *db, const char *id, GError **error)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, error);
  g_autoptr (SpNode) body = NULL;
  const SpNode *location;

  if (doc == NULL)
    return NULL;
  body = doc->body != NULL ? sp_node_parse (doc->body, -1, error) : NULL;
  location = sp_node_get (body, "location");
  if (sp_geodesy_is_valid (sp_node_get_number (location, "latitude"), sp_node_get_number (location, "longitude")))
    return spot_new (SP_SPOT_ENTRY, g_strdup (id), sp_node_get_number (location, "latitude"), sp_node_get_number (location, "longitude"));
  if (body != NULL || doc->body == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("The entry %s has no position"), id);
  return NULL;
}

/* Sets no error where @text is clearly no pair of coordinates. */
static SpSpot *
resolve_pair (const char *text, GError **error)
{
  gboolean digits_only = text[0] != '\0' && strspn (text, "0123456789.,;-+ ") == strlen (text);
  double latitude;
  double longitude;

  if (!sp_geodesy_parse_pair (text, &latitude, &longitude, digits_only ? error : NULL))
    return NULL;
  return spot_new (SP_SPOT_POINT, g_strdup_printf ("%.6g,%.6g", latitude, longitude), latitude, longitude);
}

/**
 * sp_gazetteer_resolve:
 * @db: a connection
 * @text: "54.71,-3.49"; "CA15 6AA", "ca156aa", "CA15 6" or "CA15"; "Maryport"; "Newport, Shropshire"; the name of an area of
 *   this store; the id of an entry
 * @candidates: (out) (optional) (nullable) (element-type SpSpot): the spots between which one must choose
 * @error: %SP_ERROR_NOT_FOUND, with names that may have been meant; %SP_ERROR_AMBIGUOUS with what to say instead
 *
 * Finds where that is. Of several towns of one name a clearly larger one is meant; a town goes before an area.
 *
 * Returns: (transfer full) (nullable): the spot
 */
SpSpot *
sp_gazetteer_resolve (SpDb *db, const char *text, GPtrArray **candidates, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *postcode = NULL;
  g_autoptr (GPtrArray) places = NULL;
  g_autoptr (GError) no_pair = NULL;
  SpPostcodeKind kind;
  SpSpot *spot;

  if (candidates != NULL)
    *candidates = NULL;
  if (g_str_has_prefix (stripped, "asset:"))
    return resolve_entry (db, stripped, error);
  postcode = sp_postcode_read (stripped, &kind);
  if (postcode != NULL)
    return resolve_postcode (db, postcode, error);
  spot = resolve_pair (stripped, &no_pair);
  if (spot != NULL)
    return spot;
  if (no_pair != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&no_pair));
      return NULL;
    }
  places = sp_gazetteer_find_places (db, stripped, error);
  if (places == NULL)
    return NULL;
  if (places->len > 0)
    return resolve_place (stripped, places, candidates, error);
  return resolve_area (db, stripped, candidates, error);
}
