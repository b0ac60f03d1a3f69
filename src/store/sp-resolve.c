/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person decides where versions collide: shows what is left to decide, and writes the decision. */
#include "sp-resolve-private.h"

#include "sp-path.h"
#include "sp-settle.h"

#include <string.h>

/**
 * sp_choice_new:
 * @path: what is decided
 * @kind: where its value comes from
 * @rev: (nullable): of %SP_CHOICE_REV
 * @value: (nullable) (transfer full): of %SP_CHOICE_VALUE
 *
 * Returns: (transfer full): the decision
 */
SpChoice *
sp_choice_new (const char *path, SpChoiceKind kind, const char *rev, SpNode *value)
{
  SpChoice *choice = g_new (SpChoice, 1);

  *choice = (SpChoice){ g_strdup (path), kind, g_strdup (rev), value };
  return choice;
}

/**
 * sp_choice_free:
 * @choice: (transfer full): a choice
 */
void
sp_choice_free (SpChoice *choice)
{
  g_free (choice->path);
  g_free (choice->rev);
  g_clear_pointer (&choice->value, sp_node_unref);
  g_free (choice);
}

static void
clear_node (gpointer node)
{
  if (node != NULL)
    sp_node_unref (node);
}

static void
collision_free (gpointer data)
{
  SpCollision *collision = data;

  g_free (collision->path);
  clear_node (collision->mine);
  clear_node (collision->theirs);
  g_ptr_array_unref (collision->values);
  g_free (collision);
}

static void
side_free (gpointer data)
{
  SpConflictSide *side = data;

  g_free (side->rev);
  g_free (side->by);
  g_free (side->on);
  g_free (side);
}

/**
 * sp_conflict_free:
 * @conflict: (transfer full): a conflict
 */
void
sp_conflict_free (SpConflict *conflict)
{
  g_free (conflict->id);
  g_free (conflict->name);
  g_ptr_array_unref (conflict->sides);
  g_ptr_array_unref (conflict->collisions);
  g_free (conflict);
}

/* --- whose is whose --- */

static const SpMergeLeaf *
find_leaf (const SpMerge *merge, const char *rev)
{
  for (guint i = 0; i < merge->leaves->len; i++)
    {
      const SpMergeLeaf *leaf = g_ptr_array_index (merge->leaves, i);
      if (g_strcmp0 (leaf->rev, rev) == 0)
        return leaf;
    }
  return NULL;
}

typedef struct
{
  SpMerge           *merge;
  const SpMergeLeaf *mine;
  const SpMergeLeaf *theirs;
  gboolean           own; /* this store wrote mine */
} Sides;

static gboolean
find_sides (SpDb *db, const char *id, Sides *sides, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *written = NULL;

  sides->merge = sp_settle_look (db, id, &failed);
  if (sides->merge == NULL && failed == NULL)
    g_set_error (&failed, SP_ERROR, SP_ERROR_INVALID, "%s: there is nothing to decide, the entry has one version", id);
  if (failed == NULL)
    written = sp_edit_get_written (db, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  sides->mine = find_leaf (sides->merge, written);
  sides->own = sides->mine != NULL;
  if (sides->mine == NULL)
    sides->mine = g_ptr_array_index (sides->merge->leaves, 0);
  sides->theirs = g_ptr_array_index (sides->merge->leaves, 0);
  if (sides->theirs == sides->mine)
    sides->theirs = g_ptr_array_index (sides->merge->leaves, 1);
  return TRUE;
}

static void
clear_sides (Sides *sides)
{
  g_clear_pointer (&sides->merge, sp_merge_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sides, clear_sides)

static SpNode *
ref_at (const SpMergeLeaf *leaf, const char *path)
{
  SpNode *value = sp_path_get (leaf->body, path);

  return value != NULL ? sp_node_ref (value) : NULL;
}

/* The leaves as a person meets them: mine, theirs, the rest. */
static GPtrArray *
order_leaves (const Sides *sides)
{
  GPtrArray *leaves = g_ptr_array_new ();

  g_ptr_array_add (leaves, (gpointer) sides->mine);
  g_ptr_array_add (leaves, (gpointer) sides->theirs);
  for (guint i = 0; i < sides->merge->leaves->len; i++)
    if (!g_ptr_array_find (leaves, g_ptr_array_index (sides->merge->leaves, i), NULL))
      g_ptr_array_add (leaves, g_ptr_array_index (sides->merge->leaves, i));
  return leaves;
}

static SpCollision *
new_collision (const Sides *sides, GPtrArray *leaves, const char *path)
{
  SpCollision *collision = g_new0 (SpCollision, 1);

  collision->path = g_strdup (path);
  collision->mine = ref_at (sides->mine, path);
  collision->theirs = ref_at (sides->theirs, path);
  collision->values = g_ptr_array_new_with_free_func (clear_node);
  for (guint i = 0; i < leaves->len; i++)
    g_ptr_array_add (collision->values, ref_at (g_ptr_array_index (leaves, i), path));
  return collision;
}

static SpConflictSide *
new_side (const SpMergeLeaf *leaf)
{
  const SpNode *modified = sp_node_get (leaf->body, "modified");
  SpConflictSide *side = g_new (SpConflictSide, 1);

  *side = (SpConflictSide){ g_strdup (leaf->rev), g_strdup (sp_node_get_text (modified, "by")), g_strdup (sp_node_get_text (modified, "on")) };
  return side;
}

static SpConflict *
describe (const char *id, const Sides *sides)
{
  g_autoptr (GPtrArray) leaves = order_leaves (sides);
  const SpMergeLeaf *winner = g_ptr_array_index (sides->merge->leaves, 0);
  SpConflict *conflict = g_new0 (SpConflict, 1);

  conflict->id = g_strdup (id);
  conflict->name = g_strdup (sp_node_get_text (winner->body, "name"));
  conflict->own = sides->own;
  conflict->sides = g_ptr_array_new_with_free_func (side_free);
  conflict->collisions = g_ptr_array_new_with_free_func (collision_free);
  for (guint i = 0; i < leaves->len; i++)
    g_ptr_array_add (conflict->sides, new_side (g_ptr_array_index (leaves, i)));
  for (guint i = 0; i < sides->merge->collisions->len; i++)
    g_ptr_array_add (conflict->collisions, new_collision (sides, leaves, g_ptr_array_index (sides->merge->collisions, i)));
  return conflict;
}

/**
 * sp_resolve_look:
 * @db: a connection
 * @id: document id
 * @error: %SP_ERROR_NOT_FOUND, or %SP_ERROR_INVALID if no two versions live
 *
 * Returns: (transfer full) (nullable): what is left to decide
 */
SpConflict *
sp_resolve_look (SpDb *db, const char *id, GError **error)
{
  g_auto (Sides) sides = { 0 };

  return find_sides (db, id, &sides, error) ? describe (id, &sides) : NULL;
}

/* --- the decision --- */

/* Whether a choice at @path decides what collides at @collision. */
static gboolean
covers (const char *path, const char *collision)
{
  gsize length = strlen (path);

  return strncmp (path, collision, length) == 0 && (collision[length] == '\0' || collision[length] == '.');
}

static char *
list_open (const SpMerge *merge, GPtrArray *choices)
{
  g_autoptr (GString) open = g_string_new (NULL);

  for (guint i = 0; i < merge->collisions->len; i++)
    {
      const char *collision = g_ptr_array_index (merge->collisions, i);
      gboolean decided = FALSE;

      for (guint k = 0; k < choices->len; k++)
        decided |= covers (((const SpChoice *) g_ptr_array_index (choices, k))->path, collision);
      if (!decided)
        g_string_append_printf (open, "%s%s", open->len > 0 ? ", " : "", collision);
    }
  return open->len > 0 ? g_strdup (open->str) : NULL;
}

static gboolean
check_choice (const char *id, const SpMerge *merge, const SpChoice *choice, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *all = list_open (merge, none);

  for (guint i = 0; i < merge->collisions->len; i++)
    if (covers (choice->path, g_ptr_array_index (merge->collisions, i)))
      return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: there is nothing to decide about “%s”; to decide: %s", id, choice->path, all != NULL ? all : "nothing");
  return FALSE;
}

static gboolean
apply_choice (const char *id, const Sides *sides, const SpChoice *choice, SpNode *body, GError **error)
{
  const SpMergeLeaf *leaf = choice->kind == SP_CHOICE_MINE ? sides->mine : choice->kind == SP_CHOICE_THEIRS ? sides->theirs : NULL;
  g_autoptr (SpNode) value = NULL;

  if (!check_choice (id, sides->merge, choice, error))
    return FALSE;
  if (choice->kind == SP_CHOICE_REV && (leaf = find_leaf (sides->merge, choice->rev)) == NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: no version with the revision %s is waiting", id, choice->rev);
      return FALSE;
    }
  value = sp_node_copy (leaf != NULL ? sp_path_get (leaf->body, choice->path) : choice->value);
  sp_path_set (body, choice->path, value);
  return TRUE;
}

/* Puts the choices into the merged body; refuses if something is left open. */
static gboolean
decide (const char *id, const Sides *sides, GPtrArray *choices, GError **error)
{
  g_autofree char *open = list_open (sides->merge, choices);
  g_autoptr (SpNode) body = sp_node_copy (sides->merge->body);

  for (guint i = 0; i < choices->len; i++)
    if (!apply_choice (id, sides, g_ptr_array_index (choices, i), body, error))
      return FALSE;
  if (open != NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, "%s: still to decide: %s", id, open);
      return FALSE;
    }
  sp_node_unref (sides->merge->body);
  sides->merge->body = g_steal_pointer (&body);
  return TRUE;
}

static gboolean
write_decision (SpDb *db, const char *id, const Sides *sides, const SpEditStamp *stamp, char **rev, GError **error)
{
  g_autoptr (SpNode) merged = sp_merge_finish (sides->merge, stamp->by, stamp->on);

  return sp_settle_write (db, id, sides->merge, merged, rev, error)
         && sp_resolve_remember_mine (db, id, *rev, sides->own ? sides->mine->rev : NULL, error)
         && sp_edit_note_written (db, id, *rev, error)
         && sp_db_commit (db, error);
}

/**
 * sp_resolve_write:
 * @db: the writing connection
 * @id: document id
 * @choices: (element-type SpChoice): at least one for each collision; a choice for a member decides all within it
 * @stamp: who decides, when
 * @rev: (out) (optional) (transfer full): the new revision
 * @error: %SP_ERROR_CONFLICT if something is left to decide, %SP_ERROR_INVALID if there is nothing to decide where a choice
 *   points, %SP_ERROR_NOT_FOUND for a revision that is not a live version
 *
 * Ends a conflict as a person decided: what does not collide is merged. Any document, not only assets.
 *
 * Returns: whether it was written; if it was refused (the errors above), a transaction around it is still open
 */
gboolean
sp_resolve_write (SpDb *db, const char *id, GPtrArray *choices, const SpEditStamp *stamp, char **rev, GError **error)
{
  g_auto (Sides) sides = { 0 };
  g_autofree char *written = NULL;

  if (!sp_db_begin (db, error))
    return FALSE;
  if (!find_sides (db, id, &sides, error) || !decide (id, &sides, choices, error))
    {
      sp_db_leave (db);
      return FALSE;
    }
  if (!write_decision (db, id, &sides, stamp, &written, error))
    {
      sp_db_rollback (db);
      return FALSE;
    }
  if (rev != NULL)
    *rev = g_steal_pointer (&written);
  return TRUE;
}

/* --- both are right: they are two entries --- */

/* What a version becomes as an entry of its own: it says what it said, but is neither the row that was imported nor has
 * it a history. */
static gboolean
write_apart (SpDb *db, const char *id, const SpMergeLeaf *leaf, const SpEditStamp *stamp, GError **error)
{
  static const char *const left_behind[] = { "created", "edit", "modified", "source" };
  g_autoptr (SpNode) body = sp_node_copy (leaf->body);

  for (guint i = 0; i < G_N_ELEMENTS (left_behind); i++)
    sp_node_remove (body, left_behind[i]);
  return sp_edit_save (db, id, NULL, body, stamp, NULL, error);
}

static gboolean
split (SpDb *db, const char *id, const Sides *sides, const char *const *new_ids, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (GPtrArray) leaves = order_leaves (sides);
  g_autoptr (SpNode) stays = sp_node_copy (sides->mine->body);
  g_autofree char *written = NULL;

  if (g_strv_length ((char **) new_ids) + 1 != leaves->len)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, "%s: another version has come meanwhile", id);
      return FALSE;
    }
  for (guint i = 1; i < leaves->len; i++)
    if (!write_apart (db, new_ids[i - 1], g_ptr_array_index (leaves, i), stamp, error))
      return FALSE;
  sp_node_remove (stays, "edit");
  sp_node_unref (sides->merge->body);
  sides->merge->body = g_steal_pointer (&stays);
  return write_decision (db, id, sides, stamp, &written, error);
}

/**
 * sp_resolve_split:
 * @db: the writing connection
 * @id: document id
 * @new_ids: (array zero-terminated=1): ids for new documents, as many as there are versions but one
 * @stamp: who decides, when
 * @error: %SP_ERROR_CONFLICT if there are more or fewer versions, %SP_ERROR_INVALID if there is but one
 *
 * Ends a conflict between what are two things: the version this store wrote stays under @id, each other becomes an entry
 * of its own. In one transaction.
 *
 * Returns: whether it was written; if not, nothing is
 */
gboolean
sp_resolve_split (SpDb *db, const char *id, const char *const *new_ids, const SpEditStamp *stamp, GError **error)
{
  g_auto (Sides) sides = { 0 };

  if (!sp_db_begin (db, error))
    return FALSE;
  if (find_sides (db, id, &sides, error) && split (db, id, &sides, new_ids, stamp, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
