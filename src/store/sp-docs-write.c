/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing documents: a new revision below a parent that is named, or a revision that arrives with its history. Every
 * refusal comes before the first write, so that a refused document does not cost the batch it stands in. */
#include "sp-docs-private.h"

#include "sp-projection.h"

#include <string.h>

/**
 * sp_docs_check_id:
 * @id: what shall be a document id
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether it may be one: UTF-8, 1 to %SP_DOCS_MAX_ID bytes, no leading `_` but that of `_design/`
 */
gboolean
sp_docs_check_id (const char *id, GError **error)
{
  gsize length = strlen (id);

  if (length == 0)
    g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "An entry must have an id");
  else if (length > SP_DOCS_MAX_ID)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "The id that begins “%.20s” is longer than %d bytes", id, SP_DOCS_MAX_ID);
  else if (!g_utf8_validate (id, (gssize) length, NULL))
    g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "An id is not valid UTF-8");
  else if (id[0] == '_' && (!g_str_has_prefix (id, "_design/") || id[strlen ("_design/")] == '\0'))
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: only reserved ids begin with “_”", id);
  else
    return TRUE;
  return FALSE;
}

/**
 * sp_docs_check_rev:
 * @id: document id, for the message
 * @rev: what shall be a revision id
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether it may be one
 */
gboolean
sp_docs_check_rev (const char *id, const char *rev, GError **error)
{
  if (sp_revision_parse (rev, NULL, NULL))
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: “%s” is not a revision", id, rev);
  return FALSE;
}

/* Undoes everything after a failed write, and only the innermost begin after a refusal. */
static gboolean
end (SpDb *db, gboolean good, gboolean wrote, GError **error)
{
  if (good && sp_db_commit (db, error))
    return TRUE;
  if (good || wrote)
    sp_db_rollback (db);
  else
    sp_db_leave (db);
  return FALSE;
}

static gboolean
has_moved_on (const char *id, const char *parent, GError **error)
{
  if (parent == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, "%s: there is an entry with this id already", id);
  else
    g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, "%s: the entry has changed since revision %s", id, parent);
  return FALSE;
}

/* Neither of the two statements may need a savepoint of its own (RETURNING, a trigger, an upsert): at each savepoint
 * FTS5 writes out what it gathers in memory, which costs more than all the rest of the row. The first names as winner the
 * number that the second will get: the one above all others. */
static gboolean
insert_new_doc (SpDb *db, const char *id, gint64 seq, gboolean *added, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT OR IGNORE INTO doc (n, id, seq, winner, deleted, conflicts, leaves)"
                                        " VALUES (?1, ?2, ?1, (SELECT coalesce (max (n), 0) + 1 FROM rev), 0, 0, 1)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, seq);
  sqlite3_bind_text (stmt, 2, id, -1, SQLITE_STATIC);
  if (!sp_db_run (db, stmt, error))
    return FALSE;
  *added = sqlite3_changes (sp_db_get_handle (db)) == 1;
  return TRUE;
}

static gboolean
insert_new_rev (SpDb *db, gint64 seq, const char *hash, const char *json, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO rev (doc, gen, hash, seq, leaf, deleted, body) VALUES (?1, 1, ?2, ?1, 1, 0, ?3)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, seq);
  sqlite3_bind_text (stmt, 2, hash, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, json, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

/* Writes the first revision of a document, live, unless there is a document with this id: then nothing happens. */
static gboolean
write_first (SpDb *db, const char *id, const char *hash, const SpBody *body, gboolean *added, GError **error)
{
  const gint64 seq = sp_db_get_seq (db, error) + 1; /* taken only if it is written */

  if (seq < 1 || !insert_new_doc (db, id, seq, added, error))
    return FALSE;
  if (!*added)
    return TRUE;
  sp_db_next_seq (db, NULL);
  if (!insert_new_rev (db, seq, hash, body->json, error) || !sp_projection_update (db, seq, seq, id, body->node, body->text, error))
    return FALSE;
  sp_db_note_change (db, id);
  return TRUE;
}

/* Whether @parent is a leaf. Without one, a deleted document goes on from its tombstone; @base then becomes that. */
static gboolean
find_base (SpDb *db, const char *id, const SpDocRow *doc, const char *parent, gboolean deleted, const char **base, GError **error)
{
  guint32 generation = 0;
  const char *hash = NULL;
  g_auto (SpRevRow) row = { 0 };

  *base = parent;
  if (parent == NULL)
    {
      if (doc->n != 0 && (!doc->deleted || deleted))
        return has_moved_on (id, NULL, error);
      *base = doc->rev;
      return TRUE;
    }
  sp_revision_parse (parent, &generation, &hash);
  if (generation == G_MAXINT32)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: revision %s cannot have another after it", id, parent);
      return FALSE;
    }
  if (doc->n != 0 && strcmp (parent, doc->rev) == 0)
    return TRUE;
  if (doc->n != 0 && !sp_docs_find_rev (db, doc->n, generation, hash, &row, error))
    return FALSE;
  return (row.n != 0 && row.leaf) || has_moved_on (id, parent, error);
}

static gboolean
put_below (SpDb *db, const char *id, SpDocRow *doc, const char *base, const char *rev, gboolean deleted, const SpBody *body, gboolean *wrote,
           GError **error)
{
  const char *hashes[2] = { NULL };
  SpRevPath path = { .hashes = hashes, .length = base != NULL ? 2 : 1 };

  if (base != NULL)
    sp_revision_parse (base, NULL, &hashes[1]);
  sp_revision_parse (rev, &path.generation, &hashes[0]);
  return sp_docs_grow (db, id, doc, &path, deleted, body, wrote, error);
}

/* Hangs a revision below @parent, or below the tombstone of a document that comes back: then it gets another id. */
static gboolean
replace (SpDb *db, const char *id, const char *parent, gboolean deleted, const SpBody *body, char **rev, gboolean *wrote, GError **error)
{
  g_auto (SpDocRow) doc = { 0 };
  const char *base;

  *wrote = FALSE;
  if (!sp_docs_find (db, id, &doc, error) || !find_base (db, id, &doc, parent, deleted, &base, error))
    return FALSE;
  if (base != parent)
    {
      g_free (*rev);
      *rev = sp_body_make_rev (body, base, deleted);
    }
  return put_below (db, id, &doc, base, *rev, deleted, body, wrote, error);
}

/**
 * sp_docs_put_body:
 * @db: the writing connection
 * @id: document id
 * @parent: (nullable): the leaf that this replaces; %NULL for a new document, or to bring a deleted one back
 * @deleted: whether to write a tombstone
 * @body: the body
 * @rev: (out) (optional) (transfer full): the new revision
 * @error: %SP_ERROR_CONFLICT if @parent is not a leaf, %SP_ERROR_INVALID
 *
 * Does what sp_docs_put() does, with a body that was read before.
 *
 * Returns: whether it was written; if it was refused (the errors above), a transaction around it is still open
 */
gboolean
sp_docs_put_body (SpDb *db, const char *id, const char *parent, gboolean deleted, const SpBody *body, char **rev, GError **error)
{
  g_autofree char *made = NULL;
  gboolean added = FALSE, wrote = TRUE, good;

  g_return_val_if_fail (body->node != NULL || sp_db_get_mode (db) == SP_DB_SERVE, FALSE);
  if (!sp_docs_check_id (id, error) || (parent != NULL && !sp_docs_check_rev (id, parent, error)) || !sp_db_begin (db, error))
    return FALSE;
  made = body->rev != NULL ? g_strdup (body->rev) : sp_body_make_rev (body, parent, deleted);
  good = parent != NULL || deleted || write_first (db, id, made + strlen ("1-"), body, &added, error);
  if (good && !added)
    good = replace (db, id, parent, deleted, body, &made, &wrote, error);
  if (!end (db, good, wrote, error))
    return FALSE;
  if (rev != NULL)
    *rev = g_steal_pointer (&made);
  return TRUE;
}

/**
 * sp_docs_put:
 * @db: the writing connection
 * @id: document id
 * @parent: (nullable): the leaf that this replaces; %NULL for a new document, or to bring a deleted one back
 * @deleted: whether to write a tombstone
 * @body: the body; members that belong to the protocol (`_id`, `_rev` …) are left out, unknown ones refused
 * @rev: (out) (optional) (transfer full): the new revision
 * @error: %SP_ERROR_CONFLICT if @parent is not a leaf, %SP_ERROR_INVALID, %SP_ERROR_DENIED for attachments …
 *
 * Writes one revision as a person's or a program's edit. The superseded body stays until it is compacted.
 *
 * Returns: whether it was written; if it was refused (the errors above), a transaction around it is still open
 */
gboolean
sp_docs_put (SpDb *db, const char *id, const char *parent, gboolean deleted, SpNode *body, char **rev, GError **error)
{
  g_auto (SpBody) stored = { 0 };

  return sp_docs_check_id (id, error) && sp_body_from_node (&stored, body, error)
         && sp_docs_put_body (db, id, parent, deleted, &stored, rev, error);
}

/**
 * sp_docs_put_new:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @body: the body, without members that begin with `_`
 * @rev: (out) (optional) (transfer full): the revision
 * @error: %SP_ERROR_CONFLICT if there is a document with this id, even a deleted one; else as sp_docs_put()
 *
 * Does what sp_docs_put() does for a document that is new, without looking for it first: for imports.
 *
 * Returns: whether it was written
 */
gboolean
sp_docs_put_new (SpDb *db, const char *id, SpNode *body, char **rev, GError **error)
{
  g_auto (SpBody) stored = { 0 };
  g_autofree char *made = NULL;
  gboolean added;

  if (!sp_docs_check_id (id, error) || !sp_body_from_node (&stored, body, error) || !sp_db_begin (db, error))
    return FALSE;
  made = sp_body_make_rev (&stored, NULL, FALSE);
  if (!write_first (db, id, made + strlen ("1-"), &stored, &added, error))
    return end (db, FALSE, TRUE, error);
  if (!added)
    return end (db, has_moved_on (id, NULL, error), FALSE, error);
  if (!end (db, TRUE, TRUE, error))
    return FALSE;
  if (rev != NULL)
    *rev = g_steal_pointer (&made);
  return TRUE;
}

/* The hashes of a history, inside its strings; checks that each revision is one generation above the next. */
static gboolean
read_path (const char *id, const char * const *revisions, SpRevPath *path, GError **error)
{
  guint length = g_strv_length ((char **) revisions);
  const char **hashes = g_new0 (const char *, MAX (length, 1));

  path->hashes = hashes;
  path->length = length;
  for (guint i = 0; i < length; i++)
    {
      guint32 generation;
      if (!sp_revision_parse (revisions[i], &generation, &hashes[i]))
        return sp_docs_check_rev (id, revisions[i], error);
      if (i == 0)
        path->generation = generation;
      else if (generation != path->generation - i)
        {
          g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: the history does not go from %s to %s", id, revisions[i - 1], revisions[i]);
          return FALSE;
        }
    }
  if (length == 0)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: a revision is missing", id);
  return length > 0;
}

/**
 * sp_docs_add_history:
 * @db: the writing connection
 * @id: document id
 * @revisions: (array zero-terminated=1): the revision and its ancestors, newest first, without a gap
 * @deleted: whether it is a tombstone
 * @body: its body
 * @growth: (out) (optional): what became of the tree
 * @error: %SP_ERROR_INVALID …
 *
 * Does what sp_docs_put_history() does, with a body that was read before.
 *
 * Returns: whether it is in the store; if it was refused, a transaction around it is still open
 */
gboolean
sp_docs_add_history (SpDb *db, const char *id, const char * const *revisions, gboolean deleted, const SpBody *body, SpDocsGrowth *growth, GError **error)
{
  g_auto (SpDocRow) doc = { 0 };
  g_autofree const char **hashes = NULL;
  SpRevPath path = { 0 };
  gboolean changed = FALSE, is_new = FALSE, good, wrote;

  g_return_val_if_fail (body->node != NULL || sp_db_get_mode (db) == SP_DB_SERVE, FALSE);
  good = sp_docs_check_id (id, error) && read_path (id, revisions, &path, error);
  hashes = (const char **) path.hashes;
  if (!good || !sp_db_begin (db, error))
    return FALSE;
  if (path.generation == 1 && !deleted)
    good = write_first (db, id, path.hashes[0], body, &changed, error);
  is_new = changed;
  wrote = !good;
  if (good && !changed)
    {
      good = sp_docs_find (db, id, &doc, error);
      is_new = doc.n == 0;
      good = good && sp_docs_grow (db, id, &doc, &path, deleted, body, &changed, error);
      wrote = changed;
    }
  if (!end (db, good, wrote, error))
    return FALSE;
  if (growth != NULL)
    *growth = !changed ? SP_DOCS_KNOWN : is_new ? SP_DOCS_BEGUN : SP_DOCS_GROWN;
  return TRUE;
}

/**
 * sp_docs_put_history:
 * @db: the writing connection
 * @id: document id
 * @revisions: (array zero-terminated=1): the revision and its ancestors, newest first, without a gap
 * @deleted: whether it is a tombstone
 * @json: its document; members that begin with `_` are left out
 * @length: length of @json in bytes, or -1 if it ends with a nul
 * @added: (out) (optional): whether the tree changed; %FALSE if all of this was known
 * @error: %SP_ERROR_PARSE or %SP_ERROR_INVALID, %SP_ERROR_DENIED for attachments …
 *
 * Writes a revision that another replica made (`new_edits=false`): never a conflict, and no change when it is known.
 *
 * Returns: whether it is in the store; if it was refused, a transaction around it is still open
 */
gboolean
sp_docs_put_history (SpDb *db, const char *id, const char * const *revisions, gboolean deleted, const char *json, gssize length, gboolean *added, GError **error)
{
  g_auto (SpBody) body = { 0 };
  SpDocsGrowth growth;

  if (!sp_body_from_text (&body, json, length, error) || !sp_docs_add_history (db, id, revisions, deleted, &body, &growth, error))
    return FALSE;
  if (added != NULL)
    *added = growth != SP_DOCS_KNOWN;
  return TRUE;
}
