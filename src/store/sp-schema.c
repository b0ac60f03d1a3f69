/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema: append-only steps under user_version. Never edit a step that was released; add the next one. The
 * projection has no steps: it is dropped and rebuilt when its own version changes. */
#include "sp-schema.h"

static const char * const steps[] = {
  /* 1: documents, revision trees, local documents, import journal */
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;"
  "INSERT INTO meta VALUES ('update_seq', '0');"
  "CREATE TABLE doc ("
  "  n INTEGER PRIMARY KEY,"                 /* local number */
  "  id TEXT NOT NULL UNIQUE,"
  "  seq INTEGER NOT NULL UNIQUE,"           /* the changes feed */
  "  winner INTEGER NOT NULL,"               /* rev.n */
  "  deleted INTEGER NOT NULL,"
  "  conflicts INTEGER NOT NULL,"            /* live leaves beside the winner */
  "  leaves INTEGER NOT NULL"                /* all leaves, tombstones too */
  ") STRICT;"
  "CREATE TABLE rev ("
  "  n INTEGER PRIMARY KEY,"
  "  doc INTEGER NOT NULL,"
  "  gen INTEGER NOT NULL,"
  "  hash TEXT NOT NULL,"
  "  seq INTEGER NOT NULL,"                  /* the document's sequence when this came */
  "  parent TEXT,"                           /* hash of generation gen - 1; NULL of a root. Its row may be stemmed */
  "  leaf INTEGER NOT NULL,"
  "  deleted INTEGER NOT NULL,"
  "  kept TEXT,"                             /* why an inner body is kept (base, loser), or that some of it was erased (stripped); else NULL */
  "  kept_since INTEGER,"                    /* seconds since 1970 */
  "  body TEXT"                              /* NULL once it is no longer kept; SP_DOCS_BODY reads it */
  ") STRICT;"
  "CREATE UNIQUE INDEX rev_by_doc ON rev (doc, gen, hash);"
  "CREATE INDEX doc_in_conflict ON doc (n) WHERE conflicts > 0;"
  "CREATE TABLE import ("
  "  n INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  label TEXT NOT NULL,"                   /* name of the file, for people */
  "  started TEXT NOT NULL,"
  "  finished TEXT,"                         /* NULL while it is under way, or cut off */
  "  process TEXT NOT NULL"                  /* which program does it */
  ") STRICT;"
  "CREATE TABLE import_step ("
  "  n INTEGER PRIMARY KEY,"
  "  import INTEGER NOT NULL,"               /* import.n */
  "  id TEXT NOT NULL,"                      /* document */
  "  before TEXT,"                           /* revision; NULL if there was none */
  "  after TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX import_step_by_import ON import_step (import);"
  "CREATE TABLE postcode ("
  "  key INTEGER PRIMARY KEY,"               /* sp_postcode_get_range() */
  "  lat INTEGER NOT NULL,"                  /* millionths of a degree */
  "  lon INTEGER NOT NULL,"
  "  source INTEGER NOT NULL,"               /* 0 learnt from entries, 1 from a published list */
  "  count INTEGER NOT NULL"                 /* entries learnt from */
  ") STRICT;"
  "CREATE TABLE local (id TEXT PRIMARY KEY, n INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;",

  /* 2: what never travels: in no document, export, report, log or plain backup. All of it is named private_… */
  "CREATE TABLE private_draft ("
  "  id TEXT PRIMARY KEY,"                   /* document, or what shall become one */
  "  parent TEXT,"                           /* revision it was begun from; NULL of a new entry */
  "  body TEXT NOT NULL,"
  "  changed INTEGER NOT NULL"               /* seconds since 1970, here and below */
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE private_note ("
  "  n INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL,"                      /* document it is about; never about who asked */
  "  text TEXT NOT NULL,"
  "  author TEXT,"
  "  changed INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX private_note_by_id ON private_note (id);"
  "CREATE TABLE private_contact ("
  "  n INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL,"                      /* document */
  "  title TEXT,"
  "  name TEXT,"
  "  phone TEXT,"
  "  email TEXT,"
  "  note TEXT,"
  "  changed INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX private_contact_by_id ON private_contact (id);"
  "CREATE TABLE private_position ("          /* of sensitive places, whose document has only the area */
  "  id TEXT PRIMARY KEY,"                   /* document */
  "  latitude REAL NOT NULL,"                /* degrees, WGS 84 */
  "  longitude REAL NOT NULL,"
  "  note TEXT,"
  "  changed INTEGER NOT NULL"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE private_shortlist ("
  "  n INTEGER PRIMARY KEY,"
  "  name TEXT NOT NULL,"
  "  changed INTEGER NOT NULL"
  ") STRICT;"
  "CREATE TABLE private_shortlist_item ("
  "  shortlist INTEGER NOT NULL,"            /* private_shortlist.n */
  "  id TEXT NOT NULL,"                      /* document */
  "  position INTEGER NOT NULL,"
  "  note TEXT,"
  "  PRIMARY KEY (shortlist, id)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE private_search ("            /* recent ones */
  "  query TEXT PRIMARY KEY,"
  "  used INTEGER NOT NULL"
  ") STRICT, WITHOUT ROWID;",

  /* 3: what merging needs to remember */
  "CREATE TABLE peer ("                      /* replicas that are synced with */
  "  name TEXT PRIMARY KEY,"
  "  acked INTEGER NOT NULL"                 /* the sequence up to which it has everything */
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE written ("                   /* the newest revision of a document that a person wrote in this store */
  "  doc INTEGER PRIMARY KEY,"               /* doc.n */
  "  rev TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX rev_kept ON rev (doc) WHERE kept IS NOT NULL;",

  /* 4: what came from others and no person has looked at yet */
  "CREATE TABLE arrived ("                   /* sequences, of documents that came together; no two overlap */
  "  first INTEGER PRIMARY KEY,"
  "  last INTEGER NOT NULL"
  ") STRICT;",

  /* 5: places of published lists, beside those that are built in */
  "CREATE TABLE place ("
  "  id INTEGER NOT NULL,"                   /* of the place in its list */
  "  i INTEGER NOT NULL,"                    /* 0 its name, 1 the same in another language */
  "  key TEXT NOT NULL,"                     /* sp_places_make_key() */
  "  name TEXT NOT NULL,"
  "  county TEXT NOT NULL,"
  "  nation TEXT NOT NULL,"
  "  size INTEGER NOT NULL,"                 /* SpPlaceSize */
  "  lat INTEGER NOT NULL,"                  /* millionths of a degree */
  "  lon INTEGER NOT NULL,"
  "  PRIMARY KEY (id, i)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX place_by_key ON place (key, size);"
  "CREATE INDEX import_step_by_document ON import_step (import, id);", /* a document has one step in an import */
};

/**
 * sp_schema_get_newest:
 *
 * Returns: the schema that this program makes, counted from 1
 */
int
sp_schema_get_newest (void)
{
  return (int) G_N_ELEMENTS (steps);
}

/**
 * sp_schema_get_version:
 * @db: a connection
 * @version: (out): the schema that the store has; 0 of a new one
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_schema_get_version (SpDb *db, int *version, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "PRAGMA user_version", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *version = sqlite3_column_int (stmt, 0);
  return TRUE;
}

/* Looks again inside the transaction: another program may just have done the same. */
static gboolean
run_next_step (SpDb *db, int *version, GError **error)
{
  g_autofree char *sql = NULL;

  if (!sp_schema_get_version (db, version, error))
    return FALSE;
  if (*version >= sp_schema_get_newest ())
    return TRUE;
  sql = g_strdup_printf ("%s PRAGMA application_id = %d; PRAGMA user_version = %d;", steps[*version], SP_SCHEMA_APPLICATION_ID, *version + 1);
  *version += 1;
  return sp_db_exec (db, sql, error);
}

/**
 * sp_schema_upgrade:
 * @db: the writing connection
 * @error: %SP_ERROR
 *
 * Runs the steps that the file has not had yet, each in a transaction of its own.
 *
 * Returns: whether the schema is now the newest
 */
gboolean
sp_schema_upgrade (SpDb *db, GError **error)
{
  int version;

  if (!sp_schema_get_version (db, &version, error))
    return FALSE;
  while (version < sp_schema_get_newest ())
    {
      if (!sp_db_begin (db, error))
        return FALSE;
      if (!run_next_step (db, &version, error) || !sp_db_commit (db, error))
        {
          sp_db_rollback (db);
          return FALSE;
        }
    }
  return TRUE;
}
