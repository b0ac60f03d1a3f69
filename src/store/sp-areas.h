/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-polygon.h"

G_BEGIN_DECLS

/* The tables of areas; part of the projection. */
#define SP_AREAS_CREATE \
  "CREATE TABLE area (" \
  "  doc INTEGER PRIMARY KEY,"   /* doc.n */ \
  "  id TEXT NOT NULL UNIQUE," \
  "  name TEXT NOT NULL," \
  "  folded TEXT NOT NULL,"      /* the name for comparing */ \
  "  kind TEXT NOT NULL," \
  "  code TEXT," \
  "  lat REAL NOT NULL, lon REAL NOT NULL," /* a point inside */ \
  "  size REAL NOT NULL"         /* square metres */ \
  ") STRICT;" \
  "CREATE INDEX area_by_name ON area (folded);" \
  "CREATE INDEX area_by_code ON area (code);" \
  "CREATE VIRTUAL TABLE area_box USING rtree (doc, south, north, west, east);"
#define SP_AREAS_DROP "DROP TABLE IF EXISTS area; DROP TABLE IF EXISTS area_box;"

/**
 * SpArea:
 * @id: document id
 * @name: as people call it
 * @kind: "ward", "lsoa", "pcn", "icc", "parish" or "drawn"
 * @code: (nullable): "E05014171"
 * @latitude: degrees north of a point inside
 * @longitude: degrees east of a point inside
 * @size: square metres
 * @population: people, or NAN
 * @decile: of deprivation, 1 the most deprived, or NAN
 * @outline: its outline
 *
 * An area to search in.
 */
typedef struct
{
  char      *id;
  char      *name;
  char      *kind;
  char      *code;
  double     latitude;
  double     longitude;
  double     size;
  double     population;
  double     decile;
  SpPolygon *outline;
} SpArea;

void       sp_area_free      (SpArea *self);
char      *sp_area_describe  (const SpArea *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpArea, sp_area_free)

gboolean   sp_areas_project  (SpDb *db, gint64 doc, const char *id, const SpNode *body, GError **error);
SpArea    *sp_areas_load     (SpDb *db, const char *id, GError **error);
SpArea    *sp_areas_find     (SpDb *db, const char *text, GPtrArray **candidates, GError **error);
GStrv      sp_areas_list_kinds (SpDb *db, GError **error);
GPtrArray *sp_areas_of_point (SpDb *db, double latitude, double longitude, GError **error);

G_END_DECLS
