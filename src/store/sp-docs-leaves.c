/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leaves of a document's tree: which of them wins, and what its row and its projection say of that. */
#include "sp-docs-private.h"

#include "sp-projection.h"

#define UPDATE_DOC "UPDATE doc SET seq = ?2, winner = ?3, deleted = ?4, conflicts = ?5, leaves = ?6 WHERE n = ?1"
#define INSERT_DOC "INSERT INTO doc (n, seq, winner, deleted, conflicts, leaves, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"

static gboolean
write_row (SpDb *db, const char *id, gint64 doc, gboolean is_new, gint64 seq, const SpDocLeaves *leaves, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, is_new ? INSERT_DOC : UPDATE_DOC, error);

  if (stmt == NULL)
    return FALSE;
  if (is_new)
    sqlite3_bind_text (stmt, 7, id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 1, doc);
  sqlite3_bind_int64 (stmt, 2, seq);
  sqlite3_bind_int64 (stmt, 3, leaves->winner);
  sqlite3_bind_int (stmt, 4, leaves->deleted);
  sqlite3_bind_int64 (stmt, 5, leaves->live > 0 ? leaves->live - 1 : 0);
  sqlite3_bind_int64 (stmt, 6, leaves->leaves);
  return sp_db_run (db, stmt, error);
}

static gboolean
load_body (SpDb *db, gint64 rev, SpNode **body, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT body FROM rev WHERE n = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rev);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (has_row && sqlite3_column_type (stmt, 0) == SQLITE_TEXT)
    *body = sp_node_parse ((const char *) sqlite3_column_text (stmt, 0), sqlite3_column_bytes (stmt, 0), error);
  else
    g_set_error_literal (error, SP_ERROR, SP_ERROR_DAMAGED, "The store has lost the body of an entry");
  return *body != NULL;
}

/* What is found of a document follows from its winner; a server finds nothing. */
static gboolean
project (SpDb *db, const char *id, gint64 doc, gint64 seq, const SpDocLeaves *leaves, const SpBody *body, GError **error)
{
  g_autoptr (SpNode) loaded = NULL;

  if (leaves->deleted || sp_db_get_mode (db) == SP_DB_SERVE)
    return sp_projection_update (db, doc, seq, id, NULL, NULL, error);
  if (body != NULL)
    return sp_projection_update (db, doc, seq, id, body->node, body->text, error);
  return load_body (db, leaves->winner, &loaded, error) && sp_projection_update (db, doc, seq, id, loaded, NULL, error);
}

/**
 * sp_docs_set_winner:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @doc: its local number
 * @is_new: whether it has no row yet
 * @seq: its new sequence
 * @leaves: its leaves as they are now
 * @body: (nullable): that of the winner, if it is at hand
 * @error: %SP_ERROR
 *
 * Brings the document's row and projection up to date.
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_set_winner (SpDb *db, const char *id, gint64 doc, gboolean is_new, gint64 seq, const SpDocLeaves *leaves, const SpBody *body, GError **error)
{
  if (!write_row (db, id, doc, is_new, seq, leaves, error) || !project (db, id, doc, seq, leaves, body, error))
    return FALSE;
  sp_db_note_change (db, id);
  return TRUE;
}

static gboolean
count_leaves (SpDb *db, gint64 doc, SpDocLeaves *leaves, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n, deleted FROM rev WHERE doc = ? AND leaf ORDER BY deleted, gen DESC, hash DESC", error);

  *leaves = (SpDocLeaves){ 0 };
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  while (sp_db_step (db, stmt, &has_row, error))
    {
      gboolean deleted;
      if (!has_row)
        return TRUE;
      deleted = sqlite3_column_int (stmt, 1);
      if (leaves->leaves++ == 0)
        {
          leaves->winner = sqlite3_column_int64 (stmt, 0);
          leaves->deleted = deleted;
        }
      leaves->live += !deleted;
    }
  return FALSE;
}

/**
 * sp_docs_settle_leaves:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @doc: its local number
 * @seq: its new sequence
 * @error: %SP_ERROR
 *
 * Finds the winner among the leaves as they now are, and brings the document's row and projection up to date.
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_settle_leaves (SpDb *db, const char *id, gint64 doc, gint64 seq, GError **error)
{
  SpDocLeaves leaves;

  return count_leaves (db, doc, &leaves, error) && sp_docs_set_winner (db, id, doc, FALSE, seq, &leaves, NULL, error);
}
