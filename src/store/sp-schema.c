/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema: append-only steps under user_version. Never edit a step that was released; add the next one. The
 * projection has no steps: it is dropped and rebuilt when its own version changes. */
#include "sp-schema.h"

static const char * const steps[] = {
  /* 1: documents, revision trees, local documents, import journal, gazetteer, what never travels */
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
  "  kept TEXT,"                             /* why an inner body is kept (base, loser), else NULL */
  "  kept_since INTEGER,"                    /* seconds since 1970 */
  "  body TEXT"                              /* NULL once it is no longer kept */
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
  "CREATE TABLE local (id TEXT PRIMARY KEY, n INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;",
};

int
sp_schema_get_newest (void)
{
  return (int) G_N_ELEMENTS (steps);
}

static gboolean
get_version (SpDb *db, int *version, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "PRAGMA user_version", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *version = sqlite3_column_int (stmt, 0);
  return TRUE;
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

  if (!get_version (db, &version, error))
    return FALSE;
  for (int i = version; i < sp_schema_get_newest (); i++)
    {
      g_autofree char *sql = g_strdup_printf ("%s PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                              steps[i], SP_SCHEMA_APPLICATION_ID, i + 1);
      if (!sp_db_begin (db, error))
        return FALSE;
      if (!sp_db_exec (db, sql, error) || !sp_db_commit (db, error))
        {
          sp_db_rollback (db);
          return FALSE;
        }
    }
  return TRUE;
}
