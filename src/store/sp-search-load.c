/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents of what was found, and how many there are of each sort. */
#include "sp-search-private.h"

/**
 * sp_search_load_one:
 * @db: a connection
 * @doc: local number of a document
 * @id: (out) (transfer full): its id
 * @rev: (out) (transfer full): its winning revision
 * @body: (out) (transfer full) (nullable): what that says; %NULL, as are the others, if the document is gone
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_search_load_one (SpDb *db, gint64 doc, char **id, char **rev, SpNode **body, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT doc.id, gen || '-' || hash, body FROM doc JOIN rev ON rev.n = doc.winner"
                                        " WHERE doc.n = ? AND NOT doc.deleted", error);

  *id = *rev = NULL;
  *body = NULL;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (!has_row || sqlite3_column_type (stmt, 2) == SQLITE_NULL)
    return TRUE;
  *body = sp_node_parse ((const char *) sqlite3_column_text (stmt, 2), sqlite3_column_bytes (stmt, 2), error);
  if (*body == NULL)
    return FALSE;
  *id = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  *rev = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
  return TRUE;
}

static SpNode *
load_with_id (SpDb *db, gint64 doc, GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *rev = NULL;
  SpNode *body = NULL;

  if (!sp_search_load_one (db, doc, &id, &rev, &body, error))
    return NULL;
  if (body == NULL)
    return sp_node_new_object (); /* gone since it was found */
  sp_node_set_text (body, "_id", id);
  return body;
}

/**
 * sp_search_load:
 * @db: a connection
 * @hits: (array length=n): what is on screen
 * @n: how many
 * @error: %SP_ERROR
 *
 * Loads the entries of some hits. One that was deleted since is an empty object.
 *
 * Returns: (transfer full) (element-type SpNode) (nullable): the bodies, each with its `_id`, in the order of @hits
 */
GPtrArray *
sp_search_load (SpDb *db, const SpHit *hits, guint n, GError **error)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_node_unref);
  gboolean well = sp_db_exec (db, "SAVEPOINT load", error); /* all at one moment, and the file is locked once */

  for (guint i = 0; well && i < n; i++)
    {
      SpNode *body = load_with_id (db, hits[i].doc, error);
      well = body != NULL;
      if (well)
        g_ptr_array_add (bodies, body);
    }
  if (!sp_db_exec (db, "RELEASE load", well ? error : NULL) || !well)
    return NULL;
  return g_steal_pointer (&bodies);
}

static void
count_one (GHashTable *counts, const char *value)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, value));

  g_hash_table_insert (counts, g_strdup (value), GUINT_TO_POINTER (count + 1));
}

static gboolean
count_categories (SpDb *db, gint64 n, GHashTable *counts, GError **error)
{
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT code FROM asset_category WHERE asset = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n);
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    count_one (counts, (const char *) sqlite3_column_text (stmt, 0));
  return !has_row;
}

/**
 * sp_search_count_by:
 * @db: a connection
 * @query: what to look for
 * @facet: "category", "kind" or "status"
 * @cancellable: (nullable): as for sp_search_find()
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Counts what a query finds by the values of one facet, for choosers. At most %SP_SEARCH_BOUND entries are counted.
 *
 * Returns: (transfer full) (element-type utf8 guint) (nullable): value to count
 */
GHashTable *
sp_search_count_by (SpDb *db, SpQuery *query, const char *facet, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpQuery) bounded = sp_query_copy (query);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (SpHits) hits = NULL;

  sp_query_set_limit (bounded, SP_SEARCH_BOUND);
  hits = sp_search_find (db, bounded, cancellable, error);
  if (hits == NULL)
    return NULL;
  for (guint i = 0; i < hits->hits->len; i++)
    {
      const SpHit *hit = &g_array_index (hits->hits, SpHit, i);

      if (g_str_equal (facet, "kind"))
        count_one (counts, sp_kind_to_text ((SpKind) hit->kind));
      else if (g_str_equal (facet, "status"))
        count_one (counts, sp_status_to_text ((SpStatus) hit->status));
      else if (!count_categories (db, hit->n, counts, error))
        return NULL;
    }
  return g_steal_pointer (&counts);
}
