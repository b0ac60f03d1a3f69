/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The `past` of a merge: what the versions that gave way came from, as chains of revision ids in which each came from the
 * next: how each of them led to what it shares with the winner, and what it had merged itself, as far as it told.
 *
 * A version that gave way is no leaf any more: whoever comes late never sees its body, and may have the merge before the
 * tombstone that shows its path. What versions began with must be the same for everybody who has the leaves, so the merge
 * carries it along. */
#include "sp-past.h"

#include "sp-edit-list.h"
#include "sp-merge.h"
#include "sp-revision.h"

#include <string.h>

typedef struct
{
  SpNode     *chains;
  GHashTable *told; /* (element-type utf8): "child parent" */
  gsize       size;
  gboolean    full; /* nothing more is added: a later chain never stands there without an earlier one */
} Past;

static void
clear_past (Past *self)
{
  sp_node_unref (self->chains);
  g_hash_table_unref (self->told);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Past, clear_past)

static gsize
measure (const char *rev)
{
  return strlen (rev) + strlen ("\"\",");
}

/* The chain that ends with @rev and can go on, or a new one that begins with it. */
static SpNode *
get_chain (Past *self, const char *rev, gsize *more)
{
  guint count = sp_node_get_length (self->chains);
  SpNode *last = count > 0 ? sp_node_get_element (self->chains, count - 1) : NULL;

  if (last != NULL && strcmp (sp_node_get_string (sp_node_get_element (last, sp_node_get_length (last) - 1)), rev) == 0)
    return sp_node_ref (last);
  last = sp_node_new_array ();
  sp_node_append (last, sp_node_new_string (rev));
  *more += measure (rev) + strlen ("[],");
  return last;
}

static void
add (Past *self, const char *rev, const char *parent)
{
  g_autofree char *name = g_strdup_printf ("%s %s", rev, parent);
  gsize more = measure (parent);
  g_autoptr (SpNode) chain = NULL;

  if (self->full || g_hash_table_contains (self->told, name))
    return;
  chain = get_chain (self, rev, &more);
  self->full = self->size + more > SP_PAST_MAX_BYTES;
  if (self->full)
    return;
  self->size += more;
  g_hash_table_add (self->told, g_steal_pointer (&name));
  if (sp_node_get_length (chain) == 1)
    sp_node_append (self->chains, sp_node_ref (chain));
  sp_node_append (chain, sp_node_new_string (parent));
}

/* How @loser led to what @winner came from too. */
static void
add_path (Past *self, const SpMergeLeaf *winner, const SpMergeLeaf *loser)
{
  for (guint i = 0; loser->path != NULL && loser->path[i] != NULL && loser->path[i + 1] != NULL; i++)
    {
      add (self, loser->path[i], loser->path[i + 1]);
      if (winner->path != NULL && g_strv_contains ((const char *const *) winner->path, loser->path[i + 1]))
        return;
    }
}

#define MAX_PAIRS (SP_PAST_MAX_BYTES / 6) /* as many as any `past` of ours can have; a forged one is not worth more */

static void
tell_pairs (const SpNode *past, void (*func) (gpointer, const char *, const char *), gpointer data)
{
  guint count = 0;

  for (guint i = 0; sp_node_is_array (past) && i < sp_node_get_length (past) && i < MAX_PAIRS; i++)
    {
      const SpNode *chain = sp_node_get_element (past, i);

      for (guint k = 0; sp_node_is_array (chain) && k + 1 < sp_node_get_length (chain) && count < MAX_PAIRS; k++, count++)
        {
          const char *rev = sp_node_get_string (sp_node_get_element (chain, k));
          const char *parent = sp_node_get_string (sp_node_get_element (chain, k + 1));

          if (sp_revision_parse (rev, NULL, NULL) && sp_revision_parse (parent, NULL, NULL))
            func (data, rev, parent);
        }
    }
}

static void
add_pair (gpointer self, const char *rev, const char *parent)
{
  add (self, rev, parent);
}

/* What @loser had merged, and what those came from. */
static void
add_merged (Past *self, const SpMergeLeaf *loser)
{
  const SpNode *list = sp_node_get (loser->body, "edit");

  for (guint i = 0; loser->path != NULL && i < sp_edit_list_count (list, (const char *const *) loser->path); i++)
    {
      const SpNode *step = sp_node_get_element (list, i), *merged = sp_node_get (step, "merged");

      for (guint k = 0; sp_node_is_array (merged) && k < sp_node_get_length (merged); k++)
        {
          const char *rev = sp_node_get_string (sp_node_get_element (merged, k));
          if (sp_revision_parse (rev, NULL, NULL))
            add (self, loser->path[i], rev);
        }
      if (sp_node_is_array (merged))
        tell_pairs (sp_node_get (step, "past"), add_pair, self);
    }
}

/**
 * sp_past_make:
 * @leaves: (element-type SpMergeLeaf): what is merged, the winner first
 *
 * It follows from the leaves alone, their bodies and paths, so whoever merges them writes the same. Of what would need more
 * than %SP_PAST_MAX_BYTES the end is left out. It holds revision ids and nothing else. Any thread.
 *
 * Returns: (transfer full) (nullable): the `past` of the step that merges them; %NULL if there is nothing to tell
 */
SpNode *
sp_past_make (GPtrArray *leaves)
{
  g_auto (Past) past = { sp_node_new_array (), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), strlen ("[]"), FALSE };

  for (guint i = 1; i < leaves->len; i++)
    add_path (&past, g_ptr_array_index (leaves, 0), g_ptr_array_index (leaves, i));
  for (guint i = 1; i < leaves->len; i++)
    add_merged (&past, g_ptr_array_index (leaves, i));
  return sp_node_get_length (past.chains) > 0 ? sp_node_ref (past.chains) : NULL;
}

static void
tell_pair (gpointer ancestry, const char *rev, const char *parent)
{
  sp_ancestry_add (ancestry, rev, parent);
}

/**
 * sp_past_tell:
 * @past: (nullable): the `past` of a step that merged something; whatever is no revision id in it is passed over
 * @ancestry: gets what it tells
 */
void
sp_past_tell (const SpNode *past, SpAncestry *ancestry)
{
  tell_pairs (past, tell_pair, ancestry);
}
