/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person decides where versions collide: shows what is left to decide, and writes the decision. */
#include "sp-resolve.h"

#include "sp-merge-rules.h"
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
collision_free (gpointer data)
{
  SpCollision *collision = data;

  g_free (collision->path);
  g_clear_pointer (&collision->mine, sp_node_unref);
  g_clear_pointer (&collision->theirs, sp_node_unref);
  g_free (collision);
}

/**
 * sp_conflict_free:
 * @conflict: (transfer full): a conflict
 */
void
sp_conflict_free (SpConflict *conflict)
{
  g_free (conflict->mine);
  g_free (conflict->theirs);
  g_ptr_array_unref (conflict->revs);
  g_ptr_array_unref (conflict->collisions);
  g_free (conflict);
}

/* --- paths: names with dots between, items of a list by their id --- */

/* The index of what the first step of @path means, or -1; *@rest is the path from there, %NULL at its end. */
static int
find_step (const SpNode *node, const char *path, const char **rest)
{
  for (guint i = 0; i < sp_node_get_length (node); i++)
    {
      const char *name = sp_node_is_array (node) ? sp_node_get_text (sp_node_get_element (node, i), "id") : sp_node_get_name (node, i);
      gsize length = name != NULL ? strlen (name) : 0;

      if (name == NULL || strncmp (path, name, length) != 0 || (path[length] != '\0' && path[length] != '.'))
        continue;
      *rest = path[length] == '.' ? path + length + 1 : NULL;
      return (int) i;
    }
  return -1;
}

static SpNode *
get_at (const SpNode *node, const char *path)
{
  const char *rest;
  int index = find_step (node, path, &rest);

  if (index < 0)
    return NULL;
  return rest != NULL ? get_at (sp_node_get_element (node, (guint) index), rest) : sp_node_get_element (node, (guint) index);
}

static void
put_new (SpNode *node, const char *path, SpNode *value)
{
  if (sp_node_is_array (node))
    sp_node_append (node, sp_node_ref (value));
  else
    sp_node_set (node, path, sp_node_ref (value));
}

/* Adds what is not there yet, with the object or list around it. */
static void
add_at (SpNode *node, const char *path, gboolean top, SpNode *value)
{
  const char *dot = strchr (path, '.');
  g_autofree char *name = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : NULL;
  gboolean list;
  SpNode *around;

  if (dot == NULL)
    {
      put_new (node, path, value);
      return;
    }
  list = top && sp_merge_get_kind (name) == SP_MERGE_LIST;
  around = list ? sp_node_new_array () : sp_node_new_object ();
  if (sp_node_is_array (node))
    {
      sp_node_set_text (around, "id", name);
      sp_node_append (node, around);
    }
  else
    sp_node_set (node, name, around);
  add_at (around, dot + 1, FALSE, value);
}

/* Replaces what stands at @path, adds it, or removes it (@value %NULL) with what becomes empty around it. */
static void
set_at (SpNode *node, const char *path, gboolean top, SpNode *value)
{
  const char *rest;
  int index = find_step (node, path, &rest);
  SpNode *inner;

  if (index < 0)
    {
      if (value != NULL)
        add_at (node, path, top, value);
      return;
    }
  inner = sp_node_get_element (node, (guint) index);
  if (rest != NULL && (sp_node_is_object (inner) || sp_node_is_array (inner)))
    {
      set_at (inner, rest, FALSE, value);
      if (sp_node_get_length (inner) == 0)
        sp_node_remove_index (node, (guint) index);
      return;
    }
  if (value != NULL && sp_node_is_object (node))
    sp_node_set (node, sp_node_get_name (node, (guint) index), sp_node_ref (value));
  else
    {
      sp_node_remove_index (node, (guint) index);
      if (value != NULL)
        sp_node_append (node, sp_node_ref (value));
    }
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

static SpCollision *
new_collision (const Sides *sides, const char *path)
{
  SpCollision *collision = g_new0 (SpCollision, 1);
  SpNode *mine = get_at (sides->mine->body, path), *theirs = get_at (sides->theirs->body, path);

  collision->path = g_strdup (path);
  collision->mine = mine != NULL ? sp_node_ref (mine) : NULL;
  collision->theirs = theirs != NULL ? sp_node_ref (theirs) : NULL;
  return collision;
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
  SpConflict *conflict;

  if (!find_sides (db, id, &sides, error))
    return NULL;
  conflict = g_new0 (SpConflict, 1);
  conflict->mine = g_strdup (sides.mine->rev);
  conflict->theirs = g_strdup (sides.theirs->rev);
  conflict->revs = g_ptr_array_new_with_free_func (g_free);
  conflict->collisions = g_ptr_array_new_with_free_func (collision_free);
  for (guint i = 0; i < sides.merge->leaves->len; i++)
    g_ptr_array_add (conflict->revs, g_strdup (((const SpMergeLeaf *) g_ptr_array_index (sides.merge->leaves, i))->rev));
  for (guint i = 0; i < sides.merge->collisions->len; i++)
    g_ptr_array_add (conflict->collisions, new_collision (&sides, g_ptr_array_index (sides.merge->collisions, i)));
  return conflict;
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
  value = sp_node_copy (leaf != NULL ? get_at (leaf->body, choice->path) : choice->value);
  set_at (body, choice->path, TRUE, value);
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
write_decision (SpDb *db, const char *id, const SpMerge *merge, const SpEditStamp *stamp, char **rev, GError **error)
{
  g_autoptr (SpNode) merged = sp_merge_finish (merge, stamp->by, stamp->on);

  return sp_settle_write (db, id, merge, merged, rev, error)
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
  if (!write_decision (db, id, sides.merge, stamp, &written, error))
    {
      sp_db_rollback (db);
      return FALSE;
    }
  if (rev != NULL)
    *rev = g_steal_pointer (&written);
  return TRUE;
}
