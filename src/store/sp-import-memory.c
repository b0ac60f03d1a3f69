/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a list from its last edition: what a person said of its columns, which stays in this store and never
 * travels; and the entries that came from it. */
#include "sp-import-memory.h"

#include "sp-docs.h"

/* What names a feed may be long, or a web address. */
static char *
get_local_id (const char *feed)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, feed, -1);

  return g_strconcat ("import-", hash, NULL);
}

/**
 * sp_import_memory_read:
 * @db: any connection
 * @feed: what names the list, see sp_columns_get_feed()
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): what sp_import_memory_write() was given; %NULL without error if nothing was
 */
SpNode *
sp_import_memory_read (SpDb *db, const char *feed, GError **error)
{
  g_autofree char *id = get_local_id (feed), *json = NULL;
  g_autoptr (GError) problem = NULL;

  json = sp_docs_get_local (db, id, NULL, &problem);
  if (json != NULL)
    return sp_node_parse (json, -1, error);
  if (!g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * sp_import_memory_write:
 * @db: the writing connection
 * @feed: what names the list
 * @choices: an object: how it was read
 * @error: %SP_ERROR
 *
 * Remembers how a list was read, for its next edition.
 *
 * Returns: whether it was written
 */
gboolean
sp_import_memory_write (SpDb *db, const char *feed, const SpNode *choices, GError **error)
{
  g_autofree char *id = get_local_id (feed), *json = sp_node_to_json (choices);

  return sp_docs_put_local (db, id, json, -1, NULL, error);
}

static void
gone_free (gpointer data)
{
  SpImportGone *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/* The entries of a feed that nobody closed: those that are in the new edition are counted, the others are collected. */
static gboolean
collect (SpDb *db, const char *feed, SpImportSeenFunc has_seen, gpointer user_data, GPtrArray *gone, guint *n_seen, GError **error)
{
  gboolean has_row = FALSE, well;
  SP_DB_STMT *stmt = sp_db_prepare (
    db, "SELECT doc.id, rev.body ->> '$.name' FROM doc JOIN rev ON rev.n = doc.winner WHERE NOT doc.deleted"
        " AND doc.id >= 'asset:' AND doc.id < 'asset;' AND rev.body ->> '$.source.feed' = ?"
        " AND ifnull (rev.body ->> '$.status', 'active') NOT IN ('inactive', 'defunct') ORDER BY 2, 1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, feed, -1, SQLITE_STATIC);
  while ((well = sp_db_step (db, stmt, &has_row, error)) && has_row)
    {
      const char *id = (const char *) sqlite3_column_text (stmt, 0);
      SpImportGone *one;
      gboolean seen = FALSE;

      if (!has_seen (id, &seen, user_data, error))
        return FALSE;
      if (seen)
        {
          (*n_seen)++;
          continue;
        }
      one = g_new (SpImportGone, 1);
      *one = (SpImportGone){ g_strdup (id), g_strdup ((const char *) sqlite3_column_text (stmt, 1)) };
      g_ptr_array_add (gone, one);
    }
  return well;
}

/**
 * sp_import_find_gone:
 * @db: any connection
 * @feed: what names the list, as it stands in `source.feed`
 * @has_seen: tells whether the new edition has an entry
 * @user_data: for @has_seen
 * @error: %SP_ERROR, or what @has_seen says
 *
 * Two lists with the same columns may be of two towns: unless at least half of the entries from that list are in the new
 * edition, it is another list, and nothing is gone from it.
 *
 * Returns: (transfer full) (nullable) (element-type SpImportGone): the entries that are not in it any more, by name
 */
GPtrArray *
sp_import_find_gone (SpDb *db, const char *feed, SpImportSeenFunc has_seen, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (gone_free);
  guint n_seen = 0;

  if (!collect (db, feed, has_seen, user_data, gone, &n_seen, error))
    return NULL;
  if (n_seen < gone->len)
    g_ptr_array_set_size (gone, 0);
  return g_steal_pointer (&gone);
}
