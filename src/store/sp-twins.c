/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Likely twins: entries that probably mean the same thing as a given one. They are found through a few keys an entry,
 * so that each row of an import can ask; what a key finds is then compared. */
#include "sp-twins.h"

#define MOST_PER_KEY 8
#define MOST_COMPARED 16

/* A key that very many share (the telephone number of a council) tells little, so only its first rows are looked at. */
#define FIND_SQL "SELECT doc, signature FROM likeness_key WHERE key = ? LIMIT 64"

/**
 * sp_twin_free:
 * @self: (transfer full): a twin
 */
void
sp_twin_free (SpTwin *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * sp_twins_project:
 * @db: the writing connection, inside a transaction
 * @doc: the document's local number
 * @body: the winning body of an asset
 * @error: %SP_ERROR
 *
 * Brings the keys of one asset up to date. Meant for bulk: nothing is written for keys that it had already.
 *
 * Returns: whether that went well
 */
gboolean
sp_twins_project (SpDb *db, gint64 doc, const SpNode *body, GError **error)
{
  g_autoptr (SpTraits) traits = sp_traits_new (NULL, body);
  gint64 keys[SP_TRAITS_MAX_KEYS];
  guint count = sp_traits_get_keys (traits, keys);

  for (guint i = 0; i < count; i++)
    {
      SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO likeness_key VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
                                            " SET signature = excluded.signature WHERE signature <> excluded.signature", error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, keys[i]);
      sqlite3_bind_int64 (stmt, 2, doc);
      sqlite3_bind_int64 (stmt, 3, (gint64) traits->signature);
      if (!sp_db_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_twins_forget:
 * @db: the writing connection, inside a transaction
 * @doc: the document's local number
 * @error: %SP_ERROR
 *
 * Removes all keys of a document, also those of its earlier versions: when something in it is erased. Reads the whole
 * table.
 *
 * Returns: whether that went well
 */
gboolean
sp_twins_forget (SpDb *db, gint64 doc, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "DELETE FROM likeness_key WHERE doc = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  return sp_db_run (db, stmt, error);
}

static gboolean
is_known (const gint64 *docs, guint count, gint64 doc)
{
  for (guint i = 0; i < count; i++)
    if (docs[i] == doc)
      return TRUE;
  return FALSE;
}

/* Whether two names may be alike: of the words that tell something, the shorter name shares at least half. */
static gboolean
may_be_alike (guint64 a, guint64 b)
{
  int least = MIN (__builtin_popcountll (a), __builtin_popcountll (b));

  return (a & b) != 0 && 2 * __builtin_popcountll (a & b) >= least;
}

static gboolean
add_docs_of_key (SpDb *db, gint64 key, guint64 signature, gint64 *docs, guint *count, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, FIND_SQL, error);
  gboolean has_row = TRUE;
  guint added = 0;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, key);
  while (*count < MOST_COMPARED && added < MOST_PER_KEY)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      if (!may_be_alike (signature, (guint64) sqlite3_column_int64 (stmt, 1)))
        continue;
      added++;
      if (!is_known (docs, *count, sqlite3_column_int64 (stmt, 0)))
        docs[(*count)++] = sqlite3_column_int64 (stmt, 0);
    }
  return TRUE;
}

/* Adds document @doc to @twins if it is alike enough, and not @traits itself. */
static gboolean
compare_doc (SpDb *db, const char *own_id, const SpTraits *traits, gint64 doc, GPtrArray *twins, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT d.id, r.body FROM doc d JOIN rev r ON r.n = d.winner WHERE d.n = ? AND NOT d.deleted", error);
  g_autoptr (SpNode) body = NULL;
  g_autoptr (SpTraits) other = NULL;
  const char *id;
  gboolean has_row;
  SpTwin twin = { NULL };

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  id = has_row ? (const char *) sqlite3_column_text (stmt, 0) : NULL;
  if (id == NULL || g_strcmp0 (id, own_id) == 0)
    return TRUE;
  body = sp_node_parse ((const char *) sqlite3_column_text (stmt, 1), sqlite3_column_bytes (stmt, 1), error);
  if (body == NULL)
    return FALSE;
  other = sp_traits_new (id, body);
  twin.score = sp_likeness_compare (traits, other, &twin.reasons);
  if (twin.score < SP_LIKENESS_DUPLICATE)
    return TRUE;
  twin.id = g_strdup (id);
  twin.name = g_strdup (sp_node_get_text (body, "name"));
  g_ptr_array_add (twins, g_memdup2 (&twin, sizeof twin));
  return TRUE;
}

static int
compare_twins (gconstpointer a, gconstpointer b)
{
  const SpTwin *x = *(const SpTwin * const *) a;
  const SpTwin *y = *(const SpTwin * const *) b;

  return x->score != y->score ? (x->score < y->score ? 1 : -1) : g_strcmp0 (x->id, y->id);
}

/**
 * sp_twins_find:
 * @db: a connection
 * @id: (nullable): document id of the entry, which is not its own twin
 * @body: an asset, in the store already or not yet
 * @error: %SP_ERROR
 *
 * Looks for entries that probably mean the same, through the telephone number, addresses, postcode and name. Looks at
 * no more than 16, so that a row of an import costs a fraction of a millisecond; entries that share none of these and
 * merely stand in one spot are found by sp_duplicates_find().
 *
 * Returns: (transfer full) (nullable) (element-type SpTwin): the twins, the likeliest first
 */
GPtrArray *
sp_twins_find (SpDb *db, const char *id, const SpNode *body, GError **error)
{
  g_autoptr (GPtrArray) twins = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_twin_free);
  g_autoptr (SpTraits) traits = sp_traits_new (id, body);
  gint64 keys[SP_TRAITS_MAX_KEYS];
  guint key_count = sp_traits_get_keys (traits, keys);
  gint64 docs[MOST_COMPARED];
  guint count = 0;

  for (guint i = key_count; i-- > 0;) /* the name with its place first, which tells most */
    if (!add_docs_of_key (db, keys[i], traits->signature, docs, &count, error))
      return NULL;
  for (guint i = 0; i < count; i++)
    if (!compare_doc (db, id, traits, docs[i], twins, error))
      return NULL;
  g_ptr_array_sort (twins, compare_twins);
  return g_steal_pointer (&twins);
}
