/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleting: a person deletes an entry, with all versions of it that live. */
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-edit.h"
#include "sp-history.h"
#include "sp-resolve-private.h"
#include "sp-settle.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static SpNode *
make_tombstone (const SpDoc *leaf, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (SpNode) before = sp_node_parse (leaf->body, -1, error);
  SpNode *tombstone, *steps, *modified;

  if (before == NULL)
    return NULL;
  steps = sp_edit_list_keep_erased (sp_node_get (before, "edit"));
  tombstone = sp_node_new_object ();
  modified = sp_node_new_object ();
  sp_node_set_text (modified, "on", stamp->on);
  sp_node_set_text (modified, "by", stamp->by);
  sp_node_set_text (tombstone, "type", sp_node_get_text (before, "type"));
  if (g_str_has_prefix (leaf->id, "submission:") && sp_node_get_text (before, "state") != NULL)
    sp_node_set_text (tombstone, "state", sp_node_get_text (before, "state")); /* a server asks for it: see sp-rights.c */
  sp_node_set (tombstone, "modified", modified);
  if (steps != NULL)
    sp_node_set (tombstone, "edit", steps);
  return tombstone;
}

/* The versions that live, if @parent is one of them. */
static GPtrArray *
get_live (SpDb *db, const char *id, const char *parent, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  gboolean live = FALSE, deleted = FALSE;

  if (leaves == NULL)
    return NULL;
  for (guint i = leaves->len; i-- > 0;)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      gboolean is_parent = strcmp (leaf->rev, parent) == 0;

      live = live || (is_parent && !leaf->deleted);
      deleted = deleted || (is_parent && leaf->deleted);
      if (leaf->deleted)
        g_ptr_array_remove_index (leaves, i);
    }
  if (live)
    return g_steal_pointer (&leaves);
  if (deleted)
    g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, _("%s: the entry was deleted already"), id);
  else
    g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, _("%s: the entry has changed since revision %s"), id, parent);
  return NULL;
}

static gboolean
delete_version (SpDb *db, const SpDoc *leaf, const SpEditStamp *stamp, char **rev, GError **error)
{
  g_autoptr (SpNode) tombstone = make_tombstone (leaf, stamp, error);

  return tombstone != NULL && sp_history_keep (db, leaf->id, leaf->rev, "base", error)
         && sp_docs_put (db, leaf->id, leaf->rev, TRUE, tombstone, rev, error);
}

/* Whose was whose, for when the deletion of several is undone: see sp_resolve_undelete(). */
static gboolean
remember_mine (SpDb *db, const char *id, GPtrArray *live, const char *tombstone, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *written = sp_edit_get_written (db, id, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  for (guint i = 0; i < live->len; i++)
    if (live->len > 1 && g_strcmp0 (((const SpDoc *) g_ptr_array_index (live, i))->rev, written) == 0)
      return sp_resolve_remember_mine (db, id, tombstone, written, error);
  return TRUE;
}

/* @new_rev: the tombstone below @parent. */
static gboolean
delete_all (SpDb *db, const char *id, GPtrArray *live, const char *parent, const SpEditStamp *stamp, char **new_rev, GError **error)
{
  SpSettled settled;

  for (guint i = 0; i < live->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (live, i);
      g_autofree char *rev = NULL;

      if (!delete_version (db, leaf, stamp, &rev, error) || (i == 0 && !remember_mine (db, id, live, rev, error)))
        return FALSE;
      if (strcmp (leaf->rev, parent) == 0)
        *new_rev = g_steal_pointer (&rev);
    }
  return sp_edit_note_written (db, id, *new_rev, error) && sp_settle_document (db, id, &settled, error) && sp_db_commit (db, error);
}

/**
 * sp_edit_delete:
 * @db: the writing connection
 * @id: document id
 * @parent: the live leaf that the person saw
 * @stamp: who, when
 * @new_rev: (out) (optional) (transfer full): the tombstone below it
 * @error: %SP_ERROR_CONFLICT if @parent is not a live leaf any more
 *
 * Deletes a document, in one transaction: @parent and every other version that stands against it. Each tombstone keeps the
 * document's `type`, so that filters let it through, and says who deleted it, and that members were erased before; what was
 * there is kept as earlier versions. An edit that comes from elsewhere later beats it.
 *
 * Returns: whether it was deleted; if it was refused (the error above), a transaction around it is still open
 */
gboolean
sp_edit_delete (SpDb *db, const char *id, const char *parent, const SpEditStamp *stamp, char **new_rev, GError **error)
{
  g_autoptr (GPtrArray) live = NULL;
  g_autofree char *rev = NULL;

  if (!sp_db_begin (db, error))
    return FALSE;
  live = get_live (db, id, parent, error);
  if (live == NULL)
    {
      sp_db_leave (db);
      return FALSE;
    }
  if (!delete_all (db, id, live, parent, stamp, &rev, error))
    {
      sp_db_rollback (db);
      return FALSE;
    }
  if (new_rev != NULL)
    *new_rev = g_steal_pointer (&rev);
  return TRUE;
}
