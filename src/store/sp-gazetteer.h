/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-known-place.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpSpotKind:
 * @SP_SPOT_POINT: a latitude and longitude
 * @SP_SPOT_POSTCODE: a postcode, or the beginning of one
 * @SP_SPOT_PLACE: a city, town or village
 * @SP_SPOT_AREA: an area of this store
 * @SP_SPOT_ENTRY: an entry of this store
 */
typedef enum
{
  SP_SPOT_POINT,
  SP_SPOT_POSTCODE,
  SP_SPOT_PLACE,
  SP_SPOT_AREA,
  SP_SPOT_ENTRY,
} SpSpotKind;

/**
 * SpSpot:
 * @kind: what it was found as
 * @name: what to call it; given as text, it means this spot again
 * @latitude: degrees north
 * @longitude: degrees east
 * @approximate: the postcode itself is not known, only others near it
 *
 * Where something that somebody typed is.
 */
typedef struct
{
  SpSpotKind kind;
  char      *name;
  double     latitude;
  double     longitude;
  gboolean   approximate;
} SpSpot;

/**
 * SpGazetteerNews:
 * @SP_GAZETTEER_KNOWN: nothing; it was known already, just so
 * @SP_GAZETTEER_NEW: it was not known
 * @SP_GAZETTEER_BETTER: it was known, but somewhere else or by another name
 * @SP_GAZETTEER_REFUSED: it is not in these islands
 *
 * What a row of a published list said that was not known.
 */
typedef enum
{
  SP_GAZETTEER_KNOWN,
  SP_GAZETTEER_NEW,
  SP_GAZETTEER_BETTER,
  SP_GAZETTEER_REFUSED,
} SpGazetteerNews;

/**
 * SpGazetteerFunc:
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 * @data: what was given to the call
 *
 * Gets the position of one postcode.
 */
typedef void (*SpGazetteerFunc) (double latitude, double longitude, gpointer data);

void     sp_spot_free         (SpSpot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpSpot, sp_spot_free)

SpSpot  *sp_gazetteer_resolve (SpDb *db, const char *text, GPtrArray **candidates, GError **error);
gboolean sp_gazetteer_learn   (SpDb *db, const char *postcode, double latitude, double longitude, GError **error);
gboolean sp_gazetteer_learn_from (SpDb *db, const SpNode *asset, GError **error);
gboolean sp_gazetteer_put     (SpDb *db, const SpKnownPlace *place, SpGazetteerNews *news, GError **error);
gboolean sp_gazetteer_compare (SpDb *db, const SpKnownPlace *place, SpGazetteerNews *news, GError **error);
GPtrArray *sp_gazetteer_find_places (SpDb *db, const char *text, GError **error);
GPtrArray *sp_gazetteer_begin_places (SpDb *db, const char *text, guint limit, GError **error);
gboolean sp_gazetteer_look_up_postcode (SpDb *db, const char *postcode, double *latitude, double *longitude,
                                        gboolean *approximate, GError **error);
guint64  sp_gazetteer_count_postcodes (SpDb *db, GError **error);
gboolean sp_gazetteer_foreach_postcode (SpDb *db, SpGazetteerFunc func, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
