/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What replication asks: which documents changed since a sequence, and which revisions are not here yet. */
#include "sp-docs-private.h"

#include "sp-identity.h"

#include <string.h>

/**
 * sp_change_free:
 * @change: (transfer full): a change
 */
void
sp_change_free (SpChange *change)
{
  g_free (change->id);
  g_ptr_array_unref (change->leaves);
  g_free (change);
}

static gboolean
get_update_seq (SpDb *db, gint64 *seq, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'update_seq'", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *seq = has_row ? sqlite3_column_int64 (stmt, 0) : 0;
  return TRUE;
}

static char *
format_seq (gint64 seq, const char *epoch)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%s", seq, epoch != NULL ? epoch : "");
}

/**
 * sp_docs_get_update_seq:
 * @db: a connection
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): the newest sequence as peers see it: opaque, `<n>-<epoch>`
 */
char *
sp_docs_get_update_seq (SpDb *db, GError **error)
{
  g_autofree char *epoch = sp_identity_get_epoch (db);
  gint64 seq;

  return get_update_seq (db, &seq, error) ? format_seq (seq, epoch) : NULL;
}

/* Where to begin. A sequence of another epoch, or one this store has not reached, says nothing: begin at the start. */
static gboolean
read_since (const char *since, const char *epoch, gint64 newest, gint64 *start, GError **error)
{
  gint64 seq = 0;
  const char *p = since;

  *start = 0;
  if (since == NULL || strcmp (since, "0") == 0)
    return TRUE;
  for (; g_ascii_isdigit (*p) && seq < G_MAXINT64 / 100; p++)
    seq = seq * 10 + (*p - '0');
  if (p == since || *p != '-' || p[1] == '\0' || strspn (p + 1, "0123456789abcdef") != strlen (p + 1))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "“%s” is not a sequence of this store", since);
      return FALSE;
    }
  if (g_strcmp0 (p + 1, epoch) == 0 && seq <= newest)
    *start = seq;
  return TRUE;
}

/**
 * sp_docs_read_since:
 * @db: a connection
 * @since: (nullable): a sequence as peers see it; %NULL for the start
 * @seq: (out): the local sequence after which it begins; 0 if it says nothing here
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether @since is a sequence at all
 */
gboolean
sp_docs_read_since (SpDb *db, const char *since, gint64 *seq, GError **error)
{
  g_autofree char *epoch = sp_identity_get_epoch (db);
  gint64 newest;

  return get_update_seq (db, &newest, error) && read_since (since, epoch, newest, seq, error);
}

static gboolean
read_all_leaves (SpDb *db, gint64 doc, GPtrArray *leaves, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT gen || '-' || hash FROM rev WHERE doc = ? AND leaf ORDER BY deleted, gen DESC, hash DESC", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  while (sp_db_step (db, stmt, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      g_ptr_array_add (leaves, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
  return FALSE;
}

static SpChange *
read_change (SpDb *db, sqlite3_stmt *stmt, GError **error)
{
  SpChange *change = g_new0 (SpChange, 1);

  change->seq = sqlite3_column_int64 (stmt, 0);
  change->id = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
  change->deleted = sqlite3_column_int (stmt, 2);
  change->leaves = g_ptr_array_new_with_free_func (g_free);
  if (sqlite3_column_int (stmt, 5) == 1)
    g_ptr_array_add (change->leaves, g_strdup ((const char *) sqlite3_column_text (stmt, 3)));
  else if (!read_all_leaves (db, sqlite3_column_int64 (stmt, 4), change->leaves, error))
    g_clear_pointer (&change, sp_change_free);
  return change;
}

static gboolean
read_changes (SpDb *db, sqlite3_stmt *stmt, GPtrArray *changes, GError **error)
{
  gboolean has_row;

  while (sp_db_step (db, stmt, &has_row, error))
    {
      SpChange *change;
      if (!has_row)
        return TRUE;
      change = read_change (db, stmt, error);
      if (change == NULL)
        return FALSE;
      g_ptr_array_add (changes, change);
    }
  return FALSE;
}

#define SELECT_CHANGES "SELECT d.seq, d.id, d.deleted, r.gen || '-' || r.hash, d.n, d.leaves FROM doc d JOIN rev r ON r.n = d.winner"

/**
 * sp_docs_get_changes:
 * @db: a connection
 * @since: (nullable): where the reader stands: `0` or %NULL for the start, else what @last was
 * @limit: the greatest number of documents to give; %G_MAXUINT for all
 * @last: (out) (optional) (transfer full): where the reader stands after these
 * @error: %SP_ERROR_INVALID if @since is malformed
 *
 * Lists each document that changed after @since once, at its newest sequence, deleted ones too. A @since of another
 * epoch, or beyond this store's newest, begins at the start, so that no change is ever skipped.
 *
 * Returns: (transfer full) (nullable) (element-type SpChange): the changes, oldest first
 */
GPtrArray *
sp_docs_get_changes (SpDb *db, const char *since, guint limit, char **last, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_change_free);
  g_autofree char *epoch = NULL;
  gint64 newest, start;
  SP_DB_STMT *stmt = sp_db_prepare (db, SELECT_CHANGES " WHERE d.seq > ? ORDER BY d.seq LIMIT ?", error);

  /* The newest sequence is read first: what is written meanwhile then comes again at worst. */
  epoch = sp_identity_get_epoch (db);
  if (stmt == NULL || !get_update_seq (db, &newest, error) || !read_since (since, epoch, newest, &start, error))
    return NULL;
  sqlite3_bind_int64 (stmt, 1, start);
  sqlite3_bind_int64 (stmt, 2, limit);
  if (!read_changes (db, stmt, changes, error))
    return NULL;
  if (changes->len > 0 && (changes->len == limit || ((SpChange *) g_ptr_array_index (changes, changes->len - 1))->seq > newest))
    newest = ((SpChange *) g_ptr_array_index (changes, changes->len - 1))->seq;
  else if (limit == 0)
    newest = start;
  if (last != NULL)
    *last = format_seq (newest, epoch);
  return g_steal_pointer (&changes);
}

/**
 * sp_docs_count_changes:
 * @db: a connection
 * @since: where the reader stands, as sp_docs_get_changes() takes it
 * @most: to count them no further than this
 * @count: (out): how many documents changed after @since; beyond @most no fewer, perhaps more
 * @error: %SP_ERROR_INVALID if @since is malformed
 *
 * A million would take as long as reading some pages of changes: of very many it tells what there may be at most.
 *
 * Returns: whether they could be counted
 */
gboolean
sp_docs_count_changes (SpDb *db, const char *since, guint most, gint64 *count, GError **error)
{
  g_autofree char *epoch = sp_identity_get_epoch (db);
  gint64 newest, start;
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count(*), (SELECT coalesce(max(n), 0) FROM doc)"
                                        " FROM (SELECT 1 FROM doc WHERE seq > ? LIMIT ?)", error);

  if (stmt == NULL || !get_update_seq (db, &newest, error) || !read_since (since, epoch, newest, &start, error))
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, start);
  sqlite3_bind_int64 (stmt, 2, most);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *count = sqlite3_column_int64 (stmt, 0);
  if (*count == most) /* each document has one sequence and one number */
    *count = MAX (*count, MIN (newest - start, sqlite3_column_int64 (stmt, 1)));
  return TRUE;
}

/**
 * sp_docs_get_newest_changes:
 * @db: a connection
 * @since: (nullable): as with sp_docs_get_changes()
 * @before: the local sequence below which it begins; %G_MAXINT64 for the newest
 * @limit: the greatest number of documents to give
 * @last: (out) (transfer full): the newest sequence of the store
 * @error: %SP_ERROR_INVALID if @since is malformed
 *
 * Lists what changed after @since from the newest down. What changes while somebody goes through it in pages is not listed
 * again: it has a sequence above the first @last.
 *
 * Returns: (transfer full) (nullable) (element-type SpChange): the changes, newest first
 */
GPtrArray *
sp_docs_get_newest_changes (SpDb *db, const char *since, gint64 before, guint limit, char **last, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_change_free);
  g_autofree char *epoch = sp_identity_get_epoch (db);
  gint64 newest, start;
  SP_DB_STMT *stmt = sp_db_prepare (db, SELECT_CHANGES " WHERE d.seq > ? AND d.seq < ? ORDER BY d.seq DESC LIMIT ?", error);

  if (stmt == NULL || !get_update_seq (db, &newest, error) || !read_since (since, epoch, newest, &start, error))
    return NULL;
  sqlite3_bind_int64 (stmt, 1, start);
  sqlite3_bind_int64 (stmt, 2, before);
  sqlite3_bind_int64 (stmt, 3, limit);
  if (!read_changes (db, stmt, changes, error))
    return NULL;
  *last = format_seq (newest, epoch);
  return g_steal_pointer (&changes);
}

/* Leaves below @generation: perhaps the sender can hang what is missing below one of them. */
static GPtrArray *
list_ancestors (SpDb *db, gint64 doc, guint32 generation, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  if (!read_all_leaves (db, doc, all, error))
    return NULL;
  for (guint i = all->len; i > 0; i--)
    {
      guint32 leaf = 0;
      if (!sp_revision_parse (g_ptr_array_index (all, i - 1), &leaf, NULL) || leaf >= generation)
        g_ptr_array_remove_index (all, i - 1);
    }
  return g_steal_pointer (&all);
}

/**
 * sp_docs_revs_diff:
 * @db: a connection
 * @id: document id
 * @revs: (array zero-terminated=1): revisions that somebody offers
 * @possible_ancestors: (out) (optional) (transfer full): leaves of a lower generation than the greatest missing one
 * @error: %SP_ERROR_INVALID if one is no revision id
 *
 * Known is what is anywhere in the tree, not only its leaves.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): those of @revs that are not known here; empty if all are
 */
GPtrArray *
sp_docs_revs_diff (SpDb *db, const char *id, const char * const *revs, GPtrArray **possible_ancestors, GError **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_auto (SpDocRow) doc = { 0 };
  guint32 greatest = 0;

  if (!sp_docs_find (db, id, &doc, error))
    return NULL;
  for (guint i = 0; revs[i] != NULL; i++)
    {
      guint32 generation;
      const char *hash;
      gboolean known = FALSE;
      if (!sp_revision_parse (revs[i], &generation, &hash))
        {
          sp_docs_check_rev (id, revs[i], error);
          return NULL;
        }
      if (doc.n != 0 && !sp_docs_is_known (db, doc.n, generation, hash, &known, error))
        return NULL;
      if (known)
        continue;
      g_ptr_array_add (missing, g_strdup (revs[i]));
      greatest = MAX (greatest, generation);
    }
  if (possible_ancestors != NULL && (*possible_ancestors = list_ancestors (db, doc.n, greatest, error)) == NULL)
    return NULL;
  return g_steal_pointer (&missing);
}
