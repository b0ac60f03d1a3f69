/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody else saved the entry while it was being edited here: both go together as far as they do, by the rules of the
 * store, and where they do not, what was typed here stands until a person decides. */
#include "sp-entry-edit.h"

#include "sp-merge-rules.h"
#include "sp-path.h"

#include <string.h>

static void
free_clash (gpointer data)
{
  SpEntryClash *clash = data;

  g_free (clash->path);
  g_clear_pointer (&clash->mine, sp_node_unref);
  g_clear_pointer (&clash->theirs, sp_node_unref);
  g_free (clash);
}

static SpNode *
ref_or_null (SpNode *node)
{
  return node != NULL ? sp_node_ref (node) : NULL;
}

static void
add_clashes (GPtrArray *clashes, GPtrArray *paths, const SpNode *mine, const SpNode *theirs)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      SpEntryClash *clash = g_new (SpEntryClash, 1);

      *clash = (SpEntryClash){ g_strdup (path), ref_or_null (sp_path_get (mine, path)), ref_or_null (sp_path_get (theirs, path)) };
      g_ptr_array_add (clashes, clash);
    }
}

static gboolean
is_bookkeeping (const char *name)
{
  return strcmp (name, "edit") == 0 || strcmp (name, "modified") == 0;
}

/* Puts one member of both together into @merged, a copy of theirs. */
static void
merge_member (SpNode *merged, const char *name, const SpNode *base, const SpNode *mine, const SpNode *theirs, GPtrArray *paths)
{
  SpNode *value = sp_merge_three_ways (sp_merge_get_kind (name), name, sp_node_get (base, name), sp_node_get (mine, name),
                                       sp_node_get (theirs, name), paths);

  if (value != NULL)
    sp_node_set (merged, name, value);
  else
    sp_node_remove (merged, name);
}

static void
merge_all (SpNode *merged, const SpNode *base, const SpNode *mine, const SpNode *theirs, GPtrArray *paths)
{
  for (guint i = 0; i < sp_node_get_length (mine); i++)
    if (!is_bookkeeping (sp_node_get_name (mine, i)))
      merge_member (merged, sp_node_get_name (mine, i), base, mine, theirs, paths);
  for (guint i = 0; i < sp_node_get_length (theirs); i++)
    {
      const char *name = sp_node_get_name (theirs, i);
      if (!is_bookkeeping (name) && sp_node_get (mine, name) == NULL)
        merge_member (merged, name, base, mine, theirs, paths);
    }
}

/**
 * sp_entry_edit_rebase:
 * @self: an edit
 * @rev: the revision that stands now
 * @theirs: its body; a reference is taken
 *
 * Goes on from what somebody else saved meanwhile. What only one side changed is taken from it; what both changed
 * differently is left as it was typed here and told.
 *
 * Returns: (transfer full) (element-type SpEntryClash): the places that both changed differently; empty if there are none
 */
GPtrArray *
sp_entry_edit_rebase (SpEntryEdit *self, const char *rev, SpNode *theirs)
{
  GPtrArray *clashes = g_ptr_array_new_with_free_func (free_clash);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SpNode) mine = sp_entry_edit_make_body (self);
  g_autoptr (SpNode) merged = sp_node_copy (theirs);

  merge_all (merged, sp_entry_edit_get_base (self), mine, theirs, paths);
  add_clashes (clashes, paths, mine, theirs);
  sp_entry_edit_begin_with (self, rev, theirs, merged);
  return clashes;
}
