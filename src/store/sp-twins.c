/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Likely twins: entries that probably mean the same thing as a given one. They are found through a few keys an entry,
 * so that each row of an import can ask; what a key finds is then compared. */
#include "sp-twins.h"

#include "sp-projection-private.h"

#include <stdlib.h>

#define MOST_CANDIDATES 48
#define MOST_COMPARED 5 /* those that share the most keys, then the most of their names */

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

static gboolean
write_key (SpDb *db, const SpTwinKey *key, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO likeness_key VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
                                        " SET signature = excluded.signature WHERE signature <> excluded.signature", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, key->key);
  sqlite3_bind_int64 (stmt, 2, key->doc);
  sqlite3_bind_int64 (stmt, 3, key->signature);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_twins_project:
 * @db: the writing connection, inside a transaction
 * @doc: the document's local number
 * @traits: of the winning body of an asset
 * @later: (nullable) (element-type SpTwinKey): gets the keys, to be written by sp_twins_write(); else they are written at
 *   once
 * @error: %SP_ERROR
 *
 * Brings the keys of one asset up to date. Meant for bulk: nothing is written for keys that it had already.
 *
 * Returns: whether that went well
 */
gboolean
sp_twins_project (SpDb *db, gint64 doc, const SpTraits *traits, GArray *later, GError **error)
{
  gint64 keys[SP_TRAITS_MAX_KEYS];
  guint count = sp_traits_get_keys (traits, keys);

  for (guint i = 0; i < count; i++)
    {
      SpTwinKey key = { keys[i], doc, (gint64) traits->signature };

      if (later != NULL)
        g_array_append_val (later, key);
      else if (!write_key (db, &key, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const SpTwinKey *first = a, *second = b;

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;
  return (first->doc > second->doc) - (first->doc < second->doc);
}

/**
 * sp_twins_write:
 * @db: the writing connection, inside a transaction
 * @keys: (element-type SpTwinKey): what sp_twins_project() collected; is emptied
 * @error: %SP_ERROR
 *
 * Writes many keys at once, in the order of the table: they are hashes, and one by one each would go to another page.
 *
 * Returns: whether that went well
 */
gboolean
sp_twins_write (SpDb *db, GArray *keys, GError **error)
{
  g_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    if (!write_key (db, &g_array_index (keys, SpTwinKey, i), error))
      return FALSE;
  g_array_set_size (keys, 0);
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

  if (stmt == NULL || !sp_bulk_write_keys (db, error))
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  return sp_db_run (db, stmt, error);
}

/* A document that shares keys: how many, and how much of the telling words the names share, 0 to 1. */
typedef struct
{
  gint64 doc;
  guint  keys;
  double share;
} Candidate;

typedef struct
{
  Candidate all[MOST_CANDIDATES];
  guint     count;
} Candidates;

/* Of the bits of both, how many are in both; 0 if the shorter name shares less than half of its own. */
static double
shared_part (guint64 a, guint64 b)
{
  int in_a = __builtin_popcountll (a), in_b = __builtin_popcountll (b), both = __builtin_popcountll (a & b);

  return both == 0 || 2 * both < MIN (in_a, in_b) ? 0 : 2.0 * both / (in_a + in_b);
}

static void
add_candidate (Candidates *self, gint64 doc, double share)
{
  guint i = 0;

  while (i < self->count && self->all[i].doc != doc)
    i++;
  if (i == MOST_CANDIDATES)
    return;
  if (i == self->count)
    self->all[self->count++] = (Candidate){ .doc = doc };
  self->all[i].keys++;
  self->all[i].share = share;
}

static int
compare_candidates (const void *first, const void *second)
{
  const Candidate *a = first, *b = second;

  if (a->keys != b->keys)
    return a->keys < b->keys ? 1 : -1;
  return a->share != b->share ? (a->share < b->share ? 1 : -1) : (a->doc > b->doc) - (a->doc < b->doc);
}

static gboolean
add_docs_of_key (SpDb *db, gint64 key, guint64 signature, gint64 own, Candidates *candidates, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, FIND_SQL, error);
  gboolean has_row = FALSE;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, key);
  while (sp_db_step (db, stmt, &has_row, error))
    {
      gint64 doc = has_row ? sqlite3_column_int64 (stmt, 0) : 0;
      double share = has_row ? shared_part (signature, (guint64) sqlite3_column_int64 (stmt, 1)) : 0;

      if (!has_row)
        return TRUE;
      if (share > 0 && doc != own)
        add_candidate (candidates, doc, share);
    }
  return FALSE;
}

/* The local number of a document; 0 if it is not in the store. */
static gboolean
find_doc (SpDb *db, const char *id, gint64 *doc, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n FROM doc WHERE id = ?", error);

  *doc = 0;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *doc = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* Adds document @doc to @twins if it is alike enough. */
static gboolean
compare_doc (SpDb *db, const SpTraits *traits, gint64 doc, GPtrArray *twins, GError **error)
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
  if (id == NULL)
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
 * no more than five, those that share the most with it, so that a row of an import costs a fraction of a millisecond; entries that share none of these and
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
  Candidates candidates = { .count = 0 };
  gint64 own = 0;

  if (!sp_bulk_write_keys (db, error) || (id != NULL && !find_doc (db, id, &own, error)))
    return NULL;
  for (guint i = key_count; i-- > 0;) /* the name with its place first, which tells most */
    if (!add_docs_of_key (db, keys[i], traits->signature, own, &candidates, error))
      return NULL;
  qsort (candidates.all, candidates.count, sizeof *candidates.all, compare_candidates);
  for (guint i = 0; i < MIN (candidates.count, MOST_COMPARED); i++)
    if (!compare_doc (db, traits, candidates.all[i].doc, twins, error))
      return NULL;
  g_ptr_array_sort (twins, compare_twins);
  return g_steal_pointer (&twins);
}
