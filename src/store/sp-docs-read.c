/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading documents: the winner, any revision, all leaves, histories. Runs on any connection. */
#include "sp-docs-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * sp_doc_free:
 * @doc: (transfer full): a document
 */
void
sp_doc_free (SpDoc *doc)
{
  g_free (doc->id);
  g_free (doc->rev);
  g_free (doc->body);
  g_free (doc);
}

static gboolean
set_not_found (const char *id, const char *rev, GError **error)
{
  if (rev == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("%s: there is no such entry"), id);
  else
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("%s: there is no revision %s"), id, rev);
  return FALSE;
}

/* The columns that read_doc() expects, of rev r and doc d. */
#define DOC_COLUMNS_WITH(body) "r.gen || '-' || r.hash, r.deleted, " body ", d.seq"
#define DOC_COLUMNS DOC_COLUMNS_WITH (SP_DOCS_BODY ("r"))

static SpDoc *
read_doc (sqlite3_stmt *stmt, const char *id)
{
  SpDoc *doc = g_new0 (SpDoc, 1);

  doc->id = g_strdup (id);
  doc->rev = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  doc->deleted = sqlite3_column_int (stmt, 1);
  doc->body = g_strdup ((const char *) sqlite3_column_text (stmt, 2));
  doc->seq = sqlite3_column_int64 (stmt, 3);
  return doc;
}

static sqlite3_stmt *
prepare_winner (SpDb *db, const char *id, GError **error)
{
  sqlite3_stmt *stmt = sp_db_prepare (db, "SELECT " DOC_COLUMNS " FROM doc d JOIN rev r ON r.n = d.winner WHERE d.id = ?", error);

  if (stmt != NULL)
    sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  return stmt;
}

static sqlite3_stmt *
prepare_get (SpDb *db, const char *sql, const char *id, const char *rev, GError **error)
{
  guint32 generation = 0;
  const char *hash = NULL;
  sqlite3_stmt *stmt = sp_docs_check_rev (id, rev, error) ? sp_db_prepare (db, sql, error) : NULL;

  if (stmt == NULL)
    return NULL;
  sp_revision_parse (rev, &generation, &hash);
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, generation);
  sqlite3_bind_text (stmt, 3, hash, -1, SQLITE_STATIC);
  return stmt;
}

static SpDoc *
get_doc (SpDb *db, sqlite3_stmt *stmt, const char *id, const char *rev, GError **error)
{
  gboolean has_row;

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return NULL;
  if (has_row)
    return read_doc (stmt, id);
  set_not_found (id, rev, error);
  return NULL;
}

#define OF_REV " FROM doc d JOIN rev r ON r.doc = d.n WHERE d.id = ? AND r.gen = ? AND r.hash = ?"

/**
 * sp_docs_get:
 * @db: a connection
 * @id: document id
 * @rev: (nullable): a revision anywhere in its tree; %NULL for the winner
 * @error: %SP_ERROR_NOT_FOUND, or %SP_ERROR_INVALID if @rev is no revision id
 *
 * Gives one revision. Of a deleted document the winner is its tombstone.
 *
 * Returns: (transfer full) (nullable): the revision; its body is %NULL if it is no longer kept
 */
SpDoc *
sp_docs_get (SpDb *db, const char *id, const char *rev, GError **error)
{
  SP_DB_STMT *stmt = rev != NULL ? prepare_get (db, "SELECT " DOC_COLUMNS OF_REV, id, rev, error) : prepare_winner (db, id, error);

  return get_doc (db, stmt, id, rev, error);
}

/**
 * sp_docs_get_begun:
 * @db: a connection
 * @id: document id
 * @rev: a revision anywhere in its tree
 * @error: %SP_ERROR_NOT_FOUND, or %SP_ERROR_INVALID if @rev is no revision id
 *
 * As sp_docs_get(), for a merge of what began with @rev: of a body that told what was erased since, what is left of it.
 * Nobody else may take that for the revision.
 *
 * Returns: (transfer full) (nullable): the revision; its body is %NULL if nothing of it is kept
 */
SpDoc *
sp_docs_get_begun (SpDb *db, const char *id, const char *rev, GError **error)
{
  SP_DB_STMT *stmt = prepare_get (db, "SELECT " DOC_COLUMNS_WITH ("r.body") OF_REV, id, rev, error);

  return get_doc (db, stmt, id, rev, error);
}

/**
 * sp_docs_get_leaves:
 * @db: a connection
 * @id: document id
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable) (element-type SpDoc): all leaves, tombstones too, the winner first
 */
GPtrArray *
sp_docs_get_leaves (SpDb *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_doc_free);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT " DOC_COLUMNS " FROM doc d JOIN rev r ON r.doc = d.n WHERE d.id = ? AND r.leaf"
                                        " ORDER BY r.deleted, r.gen DESC, r.hash DESC", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  while (has_row)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (leaves, read_doc (stmt, id));
    }
  if (leaves->len > 0)
    return g_steal_pointer (&leaves);
  set_not_found (id, NULL, error);
  return NULL;
}

static gboolean
is_below (SpDb *db, const SpDoc *leaf, const char *rev, gboolean *below, GError **error)
{
  g_auto (GStrv) revisions = NULL;

  *below = g_str_equal (leaf->rev, rev);
  if (*below)
    return TRUE;
  revisions = sp_docs_get_revisions (db, leaf->id, leaf->rev, error);
  *below = revisions != NULL && g_strv_contains ((const char *const *) revisions, rev);
  return revisions != NULL;
}

/**
 * sp_docs_get_leaves_below:
 * @db: a connection
 * @id: document id
 * @rev: a revision
 * @error: %SP_ERROR_NOT_FOUND, also if there is no leaf below it
 *
 * What has come of a revision: itself if it is a leaf, else the leaves that have it in their history.
 *
 * Returns: (transfer full) (nullable) (element-type SpDoc): the leaves, at least one, the winner first
 */
GPtrArray *
sp_docs_get_leaves_below (SpDb *db, const char *id, const char *rev, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);

  for (guint i = 0; leaves != NULL && i < leaves->len;)
    {
      gboolean below;

      if (!is_below (db, g_ptr_array_index (leaves, i), rev, &below, error))
        return NULL;
      if (below)
        i++;
      else
        g_ptr_array_remove_index (leaves, i);
    }
  if (leaves != NULL && leaves->len == 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("%s: there is no revision %s"), id, rev);
      return NULL;
    }
  return g_steal_pointer (&leaves);
}

/**
 * sp_docs_get_conflicts:
 * @db: a connection
 * @id: document id
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the live leaves beside the winner, greatest first; empty if there is no conflict
 */
GStrv
sp_docs_get_conflicts (SpDb *db, const char *id, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);

  if (leaves == NULL)
    return NULL;
  for (guint i = 1; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      if (!leaf->deleted)
        g_strv_builder_add (builder, leaf->rev);
    }
  return g_strv_builder_end (builder);
}

/**
 * sp_docs_get_revisions:
 * @db: a connection
 * @id: document id
 * @rev: a revision anywhere in its tree
 * @error: %SP_ERROR_NOT_FOUND, or %SP_ERROR_INVALID if @rev is no revision id
 *
 * Returns: (transfer full) (nullable): @rev and its ancestors as far as they are known, newest first
 */
GStrv
sp_docs_get_revisions (SpDb *db, const char *id, const char *rev, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean has_row = TRUE, any = FALSE;
  guint32 generation;
  const char *hash;
  SP_DB_STMT *stmt = NULL;

  if (!sp_docs_check_rev (id, rev, error))
    return NULL;
  stmt = sp_db_prepare (db, "WITH RECURSIVE path (doc, gen, hash, parent) AS ("
                            " SELECT r.doc, r.gen, r.hash, r.parent FROM doc d JOIN rev r ON r.doc = d.n WHERE d.id = ? AND r.gen = ? AND r.hash = ?"
                            " UNION ALL"
                            " SELECT r.doc, r.gen, r.hash, r.parent FROM path p JOIN rev r ON r.doc = p.doc AND r.gen = p.gen - 1 AND r.hash = p.parent)"
                            " SELECT gen || '-' || hash FROM path", error);
  if (stmt == NULL)
    return NULL;
  sp_revision_parse (rev, &generation, &hash);
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, generation);
  sqlite3_bind_text (stmt, 3, hash, -1, SQLITE_STATIC);
  for (; has_row; any |= has_row)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (has_row)
        g_strv_builder_add (builder, (const char *) sqlite3_column_text (stmt, 0));
    }
  if (any)
    return g_strv_builder_end (builder);
  set_not_found (id, rev, error);
  return NULL;
}
