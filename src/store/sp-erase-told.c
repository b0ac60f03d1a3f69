/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasures of members that somebody else asked for: a version that does not know of them is told by those beside it. */
#include "sp-erase-private.h"

#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-splice.h"

static int
compare_nodes (const void *a, const void *b)
{
  return sp_node_compare (*(SpNode *const *) a, *(SpNode *const *) b);
}

/* The steps that @list lacks, in an order that is the same everywhere. */
static SpNode *
find_untold (const SpNode *list, const SpNode *steps)
{
  SpNode *untold = sp_node_new_array ();

  for (guint i = 0; i < sp_node_get_length (steps); i++)
    if (!sp_edit_list_knows (list, sp_node_get_element (steps, i)))
      sp_node_append (untold, sp_node_copy (sp_node_get_element (steps, i)));
  sp_node_sort (untold, compare_nodes);
  return untold;
}

static SpNode *
join (const SpNode *list, const SpNode *steps)
{
  SpNode *joined = sp_node_is_array (list) ? sp_node_copy (list) : sp_node_new_array ();

  for (guint i = 0; i < sp_node_get_length (steps); i++)
    sp_node_append (joined, sp_node_copy (sp_node_get_element (steps, i)));
  return joined;
}

/* Whether a body tells any of @members, now or in what its steps remember. */
static gboolean
tells (const SpNode *body, GPtrArray *members)
{
  const SpNode *list = sp_node_get (body, "edit");
  g_autoptr (SpNode) stripped = sp_edit_list_strip (list, members);

  for (guint i = 0; i < members->len; i++)
    if (sp_node_get (body, g_ptr_array_index (members, i)) != NULL)
      return TRUE;
  return sp_node_get (sp_node_get (body, "source"), "original") != NULL || (stripped != NULL && !sp_node_equal (list, stripped));
}

static gboolean
knows_all (const SpNode *list, const SpNode *steps)
{
  for (guint i = 0; i < sp_node_get_length (steps); i++)
    if (!sp_edit_list_knows (list, sp_node_get_element (steps, i)))
      return FALSE;
  return TRUE;
}

/* What the revision changes that erases what @untold says. The step it adds is not another erasure, or two leaves would
 * go on telling each other for ever. */
static SpNode *
make_told_changes (SpNode *body, const char *from, const SpNode *untold, GPtrArray *members)
{
  const SpNode *last = sp_node_get_element (untold, sp_node_get_length (untold) - 1);
  const SpEditStamp stamp = { sp_node_get_text (last, "by"), sp_node_get_text (last, "on"), SP_EDIT_BY_PROGRAM };
  SpNode *changes;

  sp_node_set (body, "edit", join (sp_node_get (body, "edit"), untold));
  changes = sp_erase_make_changes (body, from, members, &stamp);
  sp_node_set (sp_node_get_element (sp_node_get (changes, "edit"), 0), "as_told", sp_node_new_boolean (TRUE));
  return changes;
}

/* What an erasure writes where there is no room for all it would remember: without the steps of other edits, and if that
 * is not enough, with nothing but the erasures that the leaf remembers already, in @own. That is shorter than the leaf. It
 * will not be told of the others again, for it has nothing to erase; the leaves beside it go on telling them. */
static char *
make_short (const SpDoc *leaf, SpNode *changes, const SpNode *own, GError **error)
{
  char *json;

  sp_erase_remember_only (changes, sp_node_get (changes, "edit"));
  json = sp_splice_members (leaf->body, changes, error);
  if (json == NULL || sp_json_gate_can_store (json))
    return json;
  g_free (json);
  sp_node_remove (changes, "modified");
  sp_erase_remember_only (changes, own);
  return sp_splice_members (leaf->body, changes, error);
}

/* Erases in a live leaf what steps of leaves beside it erased, and has it remember them. Every replica writes
 * the same: the signature is that of the last step. A leaf that has no room to remember them, and nothing to erase,
 * stays: so there is an end. One that has something to erase forgets what it must to have room. */
static gboolean
erase_as_told (SpDb *db, const SpDoc *leaf, const SpNode *steps, gboolean *wrote, GError **error)
{
  g_autoptr (SpNode) body = sp_node_parse (leaf->body, -1, error);
  g_autoptr (SpNode) untold = body != NULL ? find_untold (sp_node_get (body, "edit"), steps) : NULL;
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SpNode) changes = NULL, own = NULL;
  g_autofree char *json = NULL;
  gboolean telling, can;

  sp_edit_list_add_erased (untold, members);
  if (untold == NULL || members->len == 0)
    return untold != NULL;
  sp_erase_sort_names (members);
  telling = tells (body, members);
  own = sp_edit_list_strip (sp_node_get (body, "edit"), members);
  changes = make_told_changes (body, leaf->rev, untold, members);
  json = sp_splice_members (leaf->body, changes, error);
  if (json == NULL)
    return FALSE;
  can = sp_json_gate_can_store (json);
  if (!telling && (!can || !knows_all (sp_node_get (changes, "edit"), untold)))
    return TRUE;
  if (!can)
    {
      g_free (json);
      json = make_short (leaf, changes, own, error);
    }
  *wrote = TRUE;
  return json != NULL && sp_edit_write_below (db, leaf->id, leaf->rev, json, NULL, error);
}

/**
 * sp_erase_spread_members:
 * @db: the writing connection, inside a transaction
 * @id: an asset
 * @leaves: (element-type SpDoc): all its leaves
 * @from_live: whether live leaves count too, since they cannot be merged, or only tombstones
 * @wrote: (out): whether live leaves were replaced by others
 * @error: %SP_ERROR; then the transaction must be undone
 *
 * Somebody erased members, and then deleted the entry or changed it so that only a person can decide, and somebody else
 * edited it meanwhile. The edit stands, but not against the erasure: live leaves that do not know of it get a child
 * without the members.
 *
 * Returns: whether that went well
 */
gboolean
sp_erase_spread_members (SpDb *db, const char *id, GPtrArray *leaves, gboolean from_live, gboolean *wrote, GError **error)
{
  g_autoptr (GPtrArray) telling = g_ptr_array_new ();
  g_autoptr (SpNode) steps = NULL;
  gboolean whole;

  *wrote = FALSE;
  for (guint i = 0; i < leaves->len; i++)
    if (from_live || ((const SpDoc *) g_ptr_array_index (leaves, i))->deleted)
      g_ptr_array_add (telling, g_ptr_array_index (leaves, i));
  steps = sp_erase_collect_steps (telling, &whole, error);
  if (steps == NULL)
    return FALSE;
  for (guint i = 0; i < leaves->len && sp_node_get_length (steps) > 0; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      if (!leaf->deleted && !erase_as_told (db, leaf, steps, wrote, error))
        return FALSE;
    }
  return TRUE;
}
