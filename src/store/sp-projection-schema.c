/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the projection. They have no migrations: when the version here changes they are dropped and made
 * again from the documents. */
#include "sp-projection-private.h"

#include "sp-areas.h"
#include "sp-db-private.h"
#include "sp-schema.h"
#include "sp-twins.h"

/* Raise it with every change to the tables or to what is written into them. */
#define VERSION "9"
#define LEFT_OUT "empty " VERSION
#define VERSION_KEY "projection"
#define LEFT_OUT_KEY "signpost-left-out" /* of the connection: the transaction that knows it */

/* Of what an asset has several of, which are written in their order: a key that only grows costs half of one of two columns. */
#define SP_ITEM_COLUMNS "n INTEGER PRIMARY KEY, asset INTEGER AS (n >> " G_STRINGIFY (SP_ITEM_BITS) "), i INTEGER AS (n & ((1 << " G_STRINGIFY (SP_ITEM_BITS) ") - 1))"

static const char create[] =
  "CREATE TABLE asset ("
  "  n INTEGER PRIMARY KEY,"          /* the document's newest sequence: what changed last has the greatest */
  "  doc INTEGER NOT NULL UNIQUE,"    /* doc.n */
  "  kind INTEGER NOT NULL,"          /* SpKind */
  "  status INTEGER NOT NULL,"        /* SpStatus */
  "  name TEXT NOT NULL,"
  "  category TEXT,"                  /* the first code */
  "  latitude REAL, longitude REAL,"  /* degrees, WGS 84; of the venue if it has none of its own */
  "  minimum_age INTEGER, maximum_age INTEGER,"
  "  cost REAL,"                      /* the least; 0 when free */
  "  capacity INTEGER,"
  "  days INTEGER NOT NULL,"          /* of all schedules: bits from 1 for Monday to 64 for Sunday */
  "  hours INTEGER NOT NULL,"         /* of all schedules: bits for the bands of three hours from midnight */
  "  ends INTEGER,"                   /* the day on which the first of its schedules ends */
  "  visible_from INTEGER, visible_until INTEGER,"  /* days since 1970-01-01, as all dates here */
  "  due INTEGER,"                    /* the first day on which a fact wants checking; 0 if one was never checked */
  "  overdue INTEGER,"                /* the first day on which a fact is twice overdue */
  "  venue TEXT,"                     /* document id */
  "  organisation TEXT"               /* document id */
  ") STRICT;"
  "CREATE INDEX asset_by_venue ON asset (venue) WHERE venue IS NOT NULL;"
  "CREATE INDEX asset_unplaced ON asset (status) WHERE latitude IS NULL;"
  "CREATE INDEX asset_by_organisation ON asset (organisation) WHERE organisation IS NOT NULL;"
  "CREATE TABLE asset_category (asset INTEGER, code TEXT, PRIMARY KEY (asset, code)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE schedule ("
  "  asset INTEGER, i INTEGER,"
  "  freq TEXT, days INTEGER NOT NULL,"          /* bits from 1 for Monday to 64 for Sunday */
  "  opens INTEGER, closes INTEGER,"             /* minutes after midnight; closes may pass 1440 */
  "  valid_from INTEGER, valid_to INTEGER,"
  "  PRIMARY KEY (asset, i)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE contact (" SP_ITEM_COLUMNS ", phone TEXT, email TEXT, visible_to TEXT) STRICT;" /* phone: its digits; email: in lower case */
  "CREATE TABLE checked (" SP_ITEM_COLUMNS ", facts TEXT, checked_on INTEGER, due INTEGER, how TEXT) STRICT;"
  "CREATE TABLE building ("
  "  asset INTEGER PRIMARY KEY, capacity INTEGER, floor_area REAL, kitchen INTEGER, parking INTEGER, wifi INTEGER,"
  "  generator INTEGER, crisis_roles TEXT) STRICT;" /* roles with a line feed between */
  "CREATE TABLE funding (" SP_ITEM_COLUMNS ", source TEXT, amount REAL, currency TEXT, until INTEGER) STRICT;"
  "CREATE TABLE word (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;" /* all that full text knows, to complete what is typed */
  "CREATE VIRTUAL TABLE text USING fts5 (name, summary, place, description, facets, cells,"
  "  tokenize = \"ascii tokenchars '_-.'\", detail = column, columnsize = 0);"
  "CREATE VIRTUAL TABLE near USING fts5 (words, content = '',"   /* of what has a position; sp-projection-near.c */
  "  tokenize = \"ascii tokenchars '_-.'\", detail = none, columnsize = 0);"
  "CREATE VIRTUAL TABLE position USING rtree (n, south, north, west, east);"
  SP_AREAS_CREATE
  SP_TWINS_CREATE;

static const char drop[] =
  "DROP TABLE IF EXISTS asset; DROP TABLE IF EXISTS asset_category; DROP TABLE IF EXISTS schedule;"
  "DROP TABLE IF EXISTS contact; DROP TABLE IF EXISTS checked; DROP TABLE IF EXISTS building;"
  "DROP TABLE IF EXISTS funding; DROP TABLE IF EXISTS word; DROP TABLE IF EXISTS text; DROP TABLE IF EXISTS near;"
  "DROP TABLE IF EXISTS position;"
  SP_AREAS_DROP
  SP_TWINS_DROP;

/**
 * sp_schema_create_projection:
 * @db: the writing connection, inside a transaction
 * @error: %SP_ERROR
 *
 * Makes the empty tables.
 *
 * Returns: whether that went well
 */
gboolean
sp_schema_create_projection (SpDb *db, GError **error)
{
  return sp_db_exec (db, create, error) && sp_db_set_meta (db, VERSION_KEY, VERSION, error);
}

/**
 * sp_schema_leave_out_projection:
 * @db: the writing connection, inside a transaction
 * @error: %SP_ERROR
 *
 * Makes the empty tables, unless they are there, and remembers that they are left empty: they count as those of no version,
 * and are made anew when they are wanted. It looks once in a transaction.
 *
 * Returns: whether that went well
 */
gboolean
sp_schema_leave_out_projection (SpDb *db, GError **error)
{
  const gpointer transaction = GUINT_TO_POINTER (sp_db_get_transaction (db));
  g_autofree char *version = NULL;

  if (sp_db_get_data (db, LEFT_OUT_KEY) == transaction)
    return TRUE;
  version = sp_db_get_meta (db, VERSION_KEY);
  if (g_strcmp0 (version, LEFT_OUT) != 0
      && (!sp_schema_drop_projection (db, error) || !sp_db_exec (db, create, error) || !sp_db_set_meta (db, VERSION_KEY, LEFT_OUT, error)))
    return FALSE;
  sp_db_set_data (db, LEFT_OUT_KEY, transaction, NULL);
  return TRUE;
}

/**
 * sp_schema_drop_projection:
 * @db: the writing connection, inside a transaction
 * @error: %SP_ERROR
 *
 * Takes away all tables of the projection, with what is in them; nothing if there are none.
 *
 * Returns: whether that went well
 */
gboolean
sp_schema_drop_projection (SpDb *db, GError **error)
{
  return sp_db_exec (db, drop, error) && sp_near_set_last (db, G_MAXINT64, error);
}

/**
 * sp_projection_is_current:
 * @db: a connection
 *
 * Returns: whether the store has the tables of this version
 */
gboolean
sp_projection_is_current (SpDb *db)
{
  g_autofree char *version = sp_db_get_meta (db, VERSION_KEY);

  return g_strcmp0 (version, VERSION) == 0;
}

/**
 * sp_projection_get_version:
 *
 * Returns: (transfer none): which version of the tables this program makes
 */
const char *
sp_projection_get_version (void)
{
  return VERSION;
}
