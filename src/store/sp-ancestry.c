/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAncestry: what a revision of a document came from, as far as it tells: one that merged others came from each of them.
 * Two revisions may tell differently of the same past: one below a decision that was undone did not come from what that
 * decision merged, though the decision did. */
#include "sp-ancestry.h"

#include "sp-revision.h"

#include <stdlib.h>

struct _SpAncestry
{
  char       *rev;
  GHashTable *parents; /* (element-type utf8 GPtrArray): of each revision its parents */
};

/**
 * sp_ancestry_new:
 * @rev: a revision
 *
 * For any one thread.
 *
 * Returns: (transfer full): what it came from: nothing so far
 */
SpAncestry *
sp_ancestry_new (const char *rev)
{
  SpAncestry *self = g_new (SpAncestry, 1);

  self->rev = g_strdup (rev);
  self->parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * sp_ancestry_free:
 * @self: (transfer full): an ancestry
 */
void
sp_ancestry_free (SpAncestry *self)
{
  g_free (self->rev);
  g_hash_table_unref (self->parents);
  g_free (self);
}

/**
 * sp_ancestry_add:
 * @self: an ancestry
 * @rev: its revision or an ancestor of it
 * @parent: what that came from, beside what was said before
 */
void
sp_ancestry_add (SpAncestry *self, const char *rev, const char *parent)
{
  GPtrArray *parents = g_hash_table_lookup (self->parents, rev);

  if (parents == NULL)
    {
      parents = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->parents, g_strdup (rev), parents);
    }
  if (!g_ptr_array_find_with_equal_func (parents, parent, g_str_equal, NULL))
    g_ptr_array_add (parents, g_strdup (parent));
}

/**
 * sp_ancestry_find_ends:
 * @self: an ancestry
 *
 * Returns: (transfer full) (element-type utf8): what something came from, and of which nobody said what it came from itself
 */
GPtrArray *
sp_ancestry_find_ends (const SpAncestry *self)
{
  GPtrArray *ends = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->parents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint i = 0; i < ((GPtrArray *) value)->len; i++)
      if (!g_hash_table_contains (self->parents, g_ptr_array_index ((GPtrArray *) value, i)))
        g_ptr_array_add (ends, g_strdup (g_ptr_array_index ((GPtrArray *) value, i)));
  return ends;
}

/**
 * sp_ancestry_find_winner:
 * @self: an ancestry in which of each revision the one that it follows was added first
 * @loser: a revision
 *
 * Returns: (transfer none) (nullable): the version that @loser was merged into, of several the one whose merge has the
 *   greatest (generation, hash); %NULL if it was merged into none
 */
const char *
sp_ancestry_find_winner (const SpAncestry *self, const char *loser)
{
  const char *merge = NULL;
  GHashTableIter iter;
  gpointer rev, value;
  guint at;

  g_hash_table_iter_init (&iter, self->parents);
  while (g_hash_table_iter_next (&iter, &rev, &value))
    if (g_ptr_array_find_with_equal_func (value, loser, g_str_equal, &at) && at > 0
        && (merge == NULL || sp_revision_compare (FALSE, rev, FALSE, merge) < 0))
      merge = rev;
  return merge != NULL ? g_ptr_array_index ((GPtrArray *) g_hash_table_lookup (self->parents, merge), 0) : NULL;
}

static void
push_parents (const SpAncestry *self, const char *rev, GPtrArray *ahead)
{
  GPtrArray *parents = g_hash_table_lookup (self->parents, rev);

  for (guint i = 0; parents != NULL && i < parents->len; i++)
    g_ptr_array_add (ahead, g_ptr_array_index (parents, i));
}

/* Adds to @reached what is @ahead and all it came from; what is there already is not looked at again. */
static void
reach (const SpAncestry *self, GPtrArray *ahead, GHashTable *reached)
{
  while (ahead->len > 0)
    {
      char *next = g_ptr_array_remove_index_fast (ahead, ahead->len - 1);

      if (g_hash_table_add (reached, next))
        push_parents (self, next, ahead);
    }
}

/* The revision and all it came from; the names belong to @self. */
static GHashTable *
find_all (const SpAncestry *self)
{
  GHashTable *reached = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ahead = g_ptr_array_new ();

  g_ptr_array_add (ahead, self->rev);
  reach (self, ahead, reached);
  return reached;
}

/* Of those in @set, only what is in @other, or is not, remains. */
static void
keep (GHashTable *set, GHashTable *other, gboolean what_is)
{
  GHashTableIter iter;
  gpointer rev;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &rev, NULL))
    if (g_hash_table_contains (other, rev) != what_is)
      g_hash_table_iter_remove (&iter);
}

static GHashTable *
find_common (GPtrArray *ancestries)
{
  GHashTable *common = find_all (g_ptr_array_index (ancestries, 0));

  for (guint i = 1; i < ancestries->len; i++)
    {
      g_autoptr (GHashTable) others = find_all (g_ptr_array_index (ancestries, i));

      keep (common, others, TRUE);
    }
  return common;
}

/* What those of @revs came from, as @self tells it. */
static GHashTable *
find_older (const SpAncestry *self, GHashTable *revs)
{
  GHashTable *older = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ahead = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer rev;

  g_hash_table_iter_init (&iter, revs);
  while (g_hash_table_iter_next (&iter, &rev, NULL))
    push_parents (self, rev, ahead);
  reach (self, ahead, older);
  return older;
}

static int
compare_revs (const void *a, const void *b)
{
  return sp_revision_compare (FALSE, *(const char *const *) a, FALSE, *(const char *const *) b);
}

static GPtrArray *
list_in_order (GHashTable *revs)
{
  guint length;
  g_autofree gpointer *all = g_hash_table_get_keys_as_array (revs, &length);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  qsort (all, length, sizeof (gpointer), compare_revs);
  for (guint i = 0; i < length; i++)
    g_ptr_array_add (list, g_strdup (all[i]));
  return list;
}

/**
 * sp_ancestry_find_nearest:
 * @ancestries: (element-type SpAncestry): of at least one revision
 *
 * Finds the common ancestors that no other common one came from: one, as a rule; several if merges went crosswise. A
 * revision is among its own ancestors.
 *
 * Returns: (transfer full) (element-type utf8): they, the greatest (generation, hash) first; empty if there are none
 */
GPtrArray *
sp_ancestry_find_nearest (GPtrArray *ancestries)
{
  g_autoptr (GHashTable) common = find_common (ancestries);
  g_autoptr (GPtrArray) older = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  for (guint i = 0; i < ancestries->len; i++)
    g_ptr_array_add (older, find_older (g_ptr_array_index (ancestries, i), common));
  for (guint i = 0; i < older->len; i++)
    keep (common, g_ptr_array_index (older, i), FALSE);
  return list_in_order (common);
}
