/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits: a new revision in which only the members that changed are touched, with the step that says what they were, and
 * the body that the edit began with kept for later merges. */
#include "sp-edit.h"

#include "sp-docs-private.h"
#include "sp-edit-list.h"
#include "sp-erase.h"
#include "sp-history.h"
#include "sp-revision.h"
#include "sp-settle.h"
#include "sp-splice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a person's edit changes here corrects nothing that was imported. */
static const char * const not_corrected[] = { "checked", "created", "edit", "modified", "schema", "source", "type", NULL };

/* Undoes the transaction, or only leaves it if nothing was written. */
static gboolean
give_up (SpDb *db, gboolean wrote)
{
  if (wrote)
    sp_db_rollback (db);
  else
    sp_db_leave (db);
  return FALSE;
}

/**
 * sp_edit_note_written:
 * @db: the writing connection
 * @id: document id
 * @rev: a revision of it that was just written
 * @error: %SP_ERROR
 *
 * Remembers that a revision was written in this store: in a conflict it is the one that a person here calls “mine”.
 *
 * Returns: whether that went well
 */
gboolean
sp_edit_note_written (SpDb *db, const char *id, const char *rev, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO written SELECT n, ?2 FROM doc WHERE id = ?1 ON CONFLICT DO UPDATE SET rev = excluded.rev", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, rev, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_edit_get_written:
 * @db: a connection
 * @id: document id
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): the revision noted last; %NULL without @error if there is none
 */
char *
sp_edit_get_written (SpDb *db, const char *id, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT w.rev FROM doc d JOIN written w ON w.doc = d.n WHERE d.id = ?", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error) || !has_row)
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (stmt, 0));
}

static SpNode *
make_stamp (const SpEditStamp *stamp)
{
  SpNode *node = sp_node_new_object ();

  sp_node_set_text (node, "on", stamp->on);
  sp_node_set_text (node, "by", stamp->by);
  return node;
}

/**
 * sp_edit_write_below:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @parent: a leaf of it
 * @json: the new body, as it shall be stored
 * @new_rev: (out) (optional) (transfer full): the revision
 * @error: %SP_ERROR_PARSE if the body is not one
 *
 * Writes a body below a leaf byte by byte, which sp_docs_put() with its value cannot.
 *
 * Returns: whether it was written
 */
gboolean
sp_edit_write_below (SpDb *db, const char *id, const char *parent, const char *json, char **new_rev, GError **error)
{
  g_autoptr (SpNode) node = sp_node_parse (json, -1, error);
  g_autofree char *canonical = NULL;
  g_autofree char *rev = NULL;

  if (node == NULL)
    return FALSE;
  canonical = sp_node_to_canonical (node);
  rev = sp_revision_make (FALSE, parent, canonical);
  if (!sp_docs_put_history (db, id, (const char *[]){ rev, parent, NULL }, FALSE, json, -1, NULL, error))
    return FALSE;
  if (new_rev != NULL)
    *new_rev = g_steal_pointer (&rev);
  return TRUE;
}

/* What a document that comes back must not forget: the steps that erased something. One that was erased whole does not. */
static gboolean
find_erased (SpDb *db, const char *id, SpNode **steps, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, &missing);
  gboolean whole = FALSE;

  *steps = NULL;
  if (g_error_matches (missing, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  if (leaves == NULL)
    g_propagate_error (error, g_steal_pointer (&missing));
  else
    *steps = sp_erase_collect_steps (leaves, &whole, error);
  if (whole)
    g_set_error (error, SP_ERROR, SP_ERROR_ERASED, _("%s: the entry was erased and must not come back"), id);
  return *steps != NULL && !whole;
}

static SpNode *
make_new_body (const SpNode *changes, SpNode *steps, const SpEditStamp *stamp)
{
  SpNode *body = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (changes); i++)
    if (sp_node_get_kind (sp_node_get_element (changes, i)) != SP_JSON_NULL)
      sp_node_set (body, sp_node_get_name (changes, i), sp_node_ref (sp_node_get_element (changes, i)));
  if (sp_node_get (body, "created") == NULL)
    sp_node_set (body, "created", make_stamp (stamp));
  sp_node_set (body, "modified", make_stamp (stamp));
  if (steps != NULL && sp_node_get_length (steps) > 0)
    sp_node_set (body, "edit", sp_node_ref (steps));
  return body;
}

/* Commits. A version that stood against others may go together with them now: then nobody is to be asked. */
static gboolean
commit (SpDb *db, const char *id, GError **error)
{
  g_auto (SpDocRow) row = { 0 };
  SpSettled settled;

  return sp_docs_find (db, id, &row, error) && (row.leaves < 2 || sp_settle_document (db, id, &settled, error))
         && sp_db_commit (db, error);
}

/* Writes a document that is new, or comes back after it was deleted. */
static gboolean
save_new (SpDb *db, const char *id, const char *parent, const SpNode *changes, const SpEditStamp *stamp, char **new_rev, GError **error)
{
  g_autoptr (SpNode) steps = NULL;
  g_autoptr (SpNode) body = NULL;
  g_autofree char *rev = NULL;

  if (!find_erased (db, id, &steps, error))
    return give_up (db, FALSE);
  body = make_new_body (changes, steps, stamp);
  if (!sp_docs_put (db, id, parent, FALSE, body, &rev, error))
    return give_up (db, FALSE);
  if (!sp_edit_note_written (db, id, rev, error) || !commit (db, id, error))
    return give_up (db, TRUE);
  if (new_rev != NULL)
    *new_rev = g_steal_pointer (&rev);
  return TRUE;
}

/* The members of @changes that are not so already. */
static SpNode *
find_changes (const SpNode *before, const SpNode *changes)
{
  SpNode *real = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (changes); i++)
    {
      const char *name = sp_node_get_name (changes, i);
      SpNode *value = sp_node_get_element (changes, i), *old = sp_node_get (before, name);
      gboolean same = sp_node_get_kind (value) == SP_JSON_NULL ? old == NULL : sp_node_equal (old, value);

      if (!same && strcmp (name, "edit") != 0 && strcmp (name, "modified") != 0)
        sp_node_set (real, name, sp_node_ref (value));
    }
  return real;
}

static int
compare_strings (const void *a, const void *b)
{
  return strcmp (sp_node_get_string (*(SpNode *const *) a), sp_node_get_string (*(SpNode *const *) b));
}

static gboolean
array_contains (const SpNode *array, const char *text)
{
  for (guint i = 0; i < sp_node_get_length (array); i++)
    if (g_strcmp0 (sp_node_get_string (sp_node_get_element (array, i)), text) == 0)
      return TRUE;
  return FALSE;
}

static void
add_to_set (SpNode *set, const char *name)
{
  if (!g_strv_contains (not_corrected, name) && !array_contains (set, name))
    sp_node_append (set, sp_node_new_string (name));
}

/* The set of hand-corrected members with those that now change and those that were erased; NULL if that adds nothing. */
static SpNode *
add_corrected (const SpNode *known, const SpNode *changes, GPtrArray *erased)
{
  SpNode *set = sp_node_new_array ();
  guint before;

  for (guint i = 0; sp_node_is_array (known) && i < sp_node_get_length (known); i++)
    if (sp_node_get_string (sp_node_get_element (known, i)) != NULL)
      sp_node_append (set, sp_node_ref (sp_node_get_element (known, i)));
  before = sp_node_get_length (set);
  for (guint i = 0; i < sp_node_get_length (changes); i++)
    add_to_set (set, sp_node_get_name (changes, i));
  for (guint i = 0; i < erased->len; i++)
    add_to_set (set, g_ptr_array_index (erased, i));
  if (sp_node_get_length (set) == before)
    g_clear_pointer (&set, sp_node_unref);
  else
    sp_node_sort (set, compare_strings);
  return set;
}

/* An asset that was imported remembers what a person changed since, and what was erased also when the step that says so
 * is no longer among the newest. */
static void
note_corrections (const SpNode *before, SpNode *changes, SpEditKind kind)
{
  g_autoptr (GPtrArray) erased = g_ptr_array_new_with_free_func (g_free);
  const SpNode *source = sp_node_get (changes, "source") != NULL ? sp_node_get (changes, "source") : sp_node_get (before, "source");
  SpNode *corrected, *copy;

  if (!sp_node_is_object (source))
    return;
  sp_edit_list_add_erased (sp_node_get (before, "edit"), erased);
  corrected = add_corrected (sp_node_get (source, "hand_corrected"), kind == SP_EDIT_BY_PERSON ? changes : NULL, erased);
  if (corrected == NULL)
    return;
  copy = sp_node_copy (source);
  sp_node_set (copy, "hand_corrected", corrected);
  sp_node_set (changes, "source", copy);
}

static SpNode *
make_was (const SpNode *before, const SpNode *changes)
{
  SpNode *was = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (changes); i++)
    {
      const char *name = sp_node_get_name (changes, i);
      SpNode *old = sp_node_get (before, name);
      sp_node_set (was, name, old != NULL ? sp_node_ref (old) : sp_node_new_null ());
    }
  return was;
}

/* Adds the step and the stamp to what changes. */
static void
sign (const SpNode *before, const char *parent, SpNode *changes, const SpEditStamp *stamp)
{
  SpNode *step = sp_node_new_object ();

  sp_node_set_text (step, "from", parent);
  sp_node_set_text (step, "by", stamp->by);
  sp_node_set_text (step, "on", stamp->on);
  sp_node_set (step, "was", make_was (before, changes));
  sp_node_set (changes, "modified", make_stamp (stamp));
  sp_node_set (changes, "edit", sp_edit_list_prepend (sp_node_get (before, "edit"), step));
}

/* The leaf that an edit begins with. Refused: what is not a leaf any more. */
static SpDoc *
get_leaf (SpDb *db, const char *id, const char *parent, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);

  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    {
      SpDoc *leaf = g_ptr_array_index (leaves, i);
      if (strcmp (leaf->rev, parent) == 0)
        return g_ptr_array_steal_index (leaves, i);
    }
  if (leaves != NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, _("%s: the entry has changed since revision %s"), id, parent);
  return NULL;
}

/**
 * sp_edit_make_json:
 * @leaf: the leaf that an edit begins with
 * @changes: an object: top members with their new values, JSON null for those to remove
 * @stamp: who, when
 * @error: %SP_ERROR_PARSE if @leaf is not readable
 *
 * Makes what sp_edit_save() would write, without writing it. Any thread.
 *
 * Returns: (transfer full) (nullable): the body, which the gate need not let through; %NULL without @error if nothing changes
 */
char *
sp_edit_make_json (const SpDoc *leaf, const SpNode *changes, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (SpNode) before = sp_node_parse (leaf->body, -1, error);
  g_autoptr (SpNode) real = before != NULL ? find_changes (before, changes) : NULL;

  if (real == NULL || sp_node_get_length (real) == 0)
    return NULL;
  note_corrections (before, real, stamp->kind);
  sign (before, leaf->rev, real, stamp);
  return sp_splice_members (leaf->body, real, error);
}

static gboolean
write_edit (SpDb *db, const SpDoc *leaf, const char *json, char **rev, GError **error)
{
  return sp_history_keep (db, leaf->id, leaf->rev, "base", error)
         && sp_edit_write_below (db, leaf->id, leaf->rev, json, rev, error)
         && sp_edit_note_written (db, leaf->id, *rev, error)
         && commit (db, leaf->id, error);
}

static gboolean
refuse_large (const char *id, const char *json, GError **error)
{
  if (strlen (json) > SP_JSON_MAX_BYTES)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("%s: the entry would be larger than 1 MiB, the most that is stored"), id);
  else
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("%s: the entry would be nested deeper than is stored"), id);
  return FALSE;
}

static gboolean
save_below (SpDb *db, const SpDoc *leaf, const SpNode *changes, const SpEditStamp *stamp, char **new_rev, GError **error)
{
  GError *problem = NULL;
  g_autofree char *json = sp_edit_make_json (leaf, changes, stamp, &problem);
  g_autofree char *rev = NULL;

  if (json == NULL && problem == NULL)
    {
      sp_db_leave (db);
      rev = g_strdup (leaf->rev);
    }
  else if (json == NULL || !sp_json_gate_can_store (json))
    {
      if (json == NULL)
        g_propagate_error (error, problem);
      else
        refuse_large (leaf->id, json, error);
      return give_up (db, FALSE);
    }
  else if (!write_edit (db, leaf, json, &rev, error))
    return give_up (db, TRUE);
  if (new_rev != NULL)
    *new_rev = g_steal_pointer (&rev);
  return TRUE;
}

/**
 * sp_edit_save:
 * @db: the writing connection
 * @id: document id
 * @parent: (nullable): the leaf that the edit began with; %NULL for a new document, or to bring a deleted one back
 * @changes: an object: top members with their new values, JSON null for those to remove
 * @stamp: who, when
 * @new_rev: (out) (optional) (transfer full): the new revision; @parent if nothing changes, and then nothing is written
 * @error: %SP_ERROR_CONFLICT if @parent is not a leaf any more, %SP_ERROR_ERASED, %SP_ERROR_INVALID if the entry would be
 *   larger than one may be, or as sp_docs_put()
 *
 * Writes an edit as one transaction, or as part of one that is open. The bytes of members that it does not change stay as they are. What
 * it changes is told by a step in the `edit` list; `modified` is set, on a new document `created` too; of an imported
 * asset, a person's edit adds to `source.hand_corrected`. The body it began with is kept.
 *
 * Returns: whether it was saved; if it was refused (the errors above), a transaction around it is still open
 */
gboolean
sp_edit_save (SpDb *db, const char *id, const char *parent, const SpNode *changes, const SpEditStamp *stamp, char **new_rev, GError **error)
{
  g_autoptr (SpDoc) leaf = NULL;

  if (!sp_db_begin (db, error))
    return FALSE;
  if (parent == NULL)
    return save_new (db, id, NULL, changes, stamp, new_rev, error);
  leaf = get_leaf (db, id, parent, error);
  if (leaf == NULL)
    return give_up (db, FALSE);
  if (leaf->deleted)
    return save_new (db, id, parent, changes, stamp, new_rev, error);
  return save_below (db, leaf, changes, stamp, new_rev, error);
}
