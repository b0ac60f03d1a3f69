/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the versions of a document came from, as its leaves tell it: their paths, what their `edit` lists say they merged,
 * and the `past` of those. Bodies of earlier versions are not asked, for one replica has kept them and another has not. */
#include "sp-lineage.h"

#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-past.h"
#include "sp-revision.h"

#include <string.h>

/**
 * sp_lineage_get_path:
 * @db: a connection
 * @id: document id
 * @rev: a revision
 * @error: %SP_ERROR
 *
 * As sp_docs_get_revisions(), but a revision that is not known here is a path of its own.
 *
 * Returns: (transfer full) (nullable): @rev and its ancestors as far as they are known, newest first
 */
GStrv
sp_lineage_get_path (SpDb *db, const char *id, const char *rev, GError **error)
{
  g_autoptr (GError) missing = NULL;
  GStrv path = sp_docs_get_revisions (db, id, rev, &missing);

  if (path == NULL && g_error_matches (missing, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      const char *alone[] = { rev, NULL };
      return g_strdupv ((char **) alone);
    }
  if (path == NULL)
    g_propagate_error (error, g_steal_pointer (&missing));
  return path;
}

static gboolean
add_path (SpDb *db, const char *id, const char *rev, SpAncestry *ancestry, GError **error)
{
  g_auto (GStrv) path = sp_lineage_get_path (db, id, rev, error);

  for (guint i = 0; path != NULL && path[i] != NULL && path[i + 1] != NULL; i++)
    sp_ancestry_add (ancestry, path[i], path[i + 1]);
  return path != NULL;
}

static void
add_merged (SpAncestry *ancestry, const char *rev, const SpNode *step)
{
  const SpNode *losers = sp_node_get (step, "merged");

  for (guint i = 0; sp_node_is_array (losers) && i < sp_node_get_length (losers); i++)
    {
      const char *loser = sp_node_get_string (sp_node_get_element (losers, i));
      if (sp_revision_parse (loser, NULL, NULL))
        sp_ancestry_add (ancestry, rev, loser);
    }
  if (sp_node_is_array (losers))
    sp_past_tell (sp_node_get (step, "past"), ancestry);
}

/* What a leaf tells. The path comes first: see sp_ancestry_find_winner(). */
static gboolean
add_leaf (SpDb *db, const char *id, const SpMergeLeaf *leaf, SpAncestry *ancestry, GError **error)
{
  g_auto (GStrv) path = sp_lineage_get_path (db, id, leaf->rev, error);
  const SpNode *list = sp_node_get (leaf->body, "edit");

  if (path == NULL || !add_path (db, id, leaf->rev, ancestry, error))
    return FALSE;
  for (guint i = 0; i < sp_edit_list_count (list, (const char *const *) path); i++)
    add_merged (ancestry, path[i], sp_node_get_element (list, i));
  return TRUE;
}

/* Where what was told ends, the tree may go on: a merge that was written without a `past`, or with no room for all of it. */
static gboolean
go_on (SpDb *db, const char *id, SpAncestry *ancestry, GError **error)
{
  g_autoptr (GPtrArray) ends = sp_ancestry_find_ends (ancestry);

  for (guint i = 0; i < ends->len; i++)
    if (!add_path (db, id, g_ptr_array_index (ends, i), ancestry, error))
      return FALSE;
  return TRUE;
}

/**
 * sp_lineage_read:
 * @db: a connection
 * @id: document id
 * @rev: a revision that one of @leaves is or came from
 * @leaves: (element-type SpMergeLeaf): the versions that tell
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): what @rev came from
 */
SpAncestry *
sp_lineage_read (SpDb *db, const char *id, const char *rev, GPtrArray *leaves, GError **error)
{
  g_autoptr (SpAncestry) ancestry = sp_ancestry_new (rev);

  for (guint i = 0; i < leaves->len; i++)
    if (!add_leaf (db, id, g_ptr_array_index (leaves, i), ancestry, error))
      return NULL;
  return go_on (db, id, ancestry, error) ? g_steal_pointer (&ancestry) : NULL;
}
