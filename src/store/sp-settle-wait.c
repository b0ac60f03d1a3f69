/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions that live again because a decision was undone: they wait for one another. */
#include "sp-settle-private.h"

#include "sp-docs.h"
#include "sp-revision.h"

static gboolean
is_missing (SpDb *db, const char *id, const char *rev, gboolean *missing, GError **error)
{
  g_autoptr (GPtrArray) unknown = sp_docs_revs_diff (db, id, (const char *[]){ rev, NULL }, NULL, error);

  *missing = unknown != NULL && unknown->len > 0;
  return unknown != NULL;
}

/* Whether nothing has come yet below the tombstone of a version that lives again. */
static gboolean
is_dead (SpDb *db, const char *id, const char *loser, gboolean *dead, GError **error)
{
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves_below (db, id, loser, &unknown);
  guint32 before = 0;

  sp_revision_parse (loser, &before, NULL);
  *dead = TRUE;
  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    {
      guint32 generation = 0;

      sp_revision_parse (((const SpDoc *) g_ptr_array_index (leaves, i))->rev, &generation, NULL);
      *dead = *dead && generation < before + 2;
    }
  if (leaves != NULL || g_error_matches (unknown, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&unknown));
  return FALSE;
}

static gboolean
does_step_wait (SpDb *db, const char *id, const SpNode *step, gboolean *waits, GError **error)
{
  const char *winner = sp_node_get_text (step, "reopens");
  const SpNode *losers = sp_node_get (step, "asks");

  if (sp_revision_parse (winner, NULL, NULL) && !is_missing (db, id, winner, waits, error))
    return FALSE;
  for (guint i = 0; sp_node_is_array (losers) && i < sp_node_get_length (losers) && !*waits; i++)
    {
      const char *loser = sp_node_get_string (sp_node_get_element (losers, i));

      if (sp_revision_parse (loser, NULL, NULL) && !is_dead (db, id, loser, waits, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_settle_find_waiting:
 * @db: a connection
 * @id: document id
 * @leaves: (element-type SpMergeLeaf): those that live
 * @waits: (out): whether one of them lives again because a decision was undone, and a version it stood against has not come
 *   yet; see sp-reopen.c. Without that one it would seem settled
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_settle_find_waiting (SpDb *db, const char *id, GPtrArray *leaves, gboolean *waits, GError **error)
{
  *waits = FALSE;
  for (guint i = 0; i < leaves->len && !*waits; i++)
    {
      const SpNode *edit = sp_node_get (((const SpMergeLeaf *) g_ptr_array_index (leaves, i))->body, "edit");

      for (guint k = 0; sp_node_is_array (edit) && k < sp_node_get_length (edit) && !*waits; k++)
        if (!does_step_wait (db, id, sp_node_get_element (edit, k), waits, error))
          return FALSE;
    }
  return TRUE;
}

/**
 * sp_settle_was_reopened:
 * @leaves: (element-type SpMergeLeaf): those that live
 *
 * Returns: whether somebody asked again about one of them: then they are decided on together
 */
gboolean
sp_settle_was_reopened (GPtrArray *leaves)
{
  for (guint i = 0; i < leaves->len; i++)
    {
      const SpNode *edit = sp_node_get (((const SpMergeLeaf *) g_ptr_array_index (leaves, i))->body, "edit");

      for (guint k = 0; sp_node_is_array (edit) && k < sp_node_get_length (edit); k++)
        if (sp_node_get (sp_node_get_element (edit, k), "asks") != NULL || sp_node_get (sp_node_get_element (edit, k), "reopens") != NULL)
          return TRUE;
    }
  return FALSE;
}
