/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAncestry: which revisions of a document came from which; one that merged others came from each of them. */
#include "sp-ancestry.h"

#include "sp-revision.h"

#include <stdlib.h>

struct _SpAncestry
{
  GHashTable *parents; /* (element-type utf8 GPtrArray): of each revision its parents */
};

/**
 * sp_ancestry_new:
 *
 * Any one thread.
 *
 * Returns: (transfer full): one that knows no revision
 */
SpAncestry *
sp_ancestry_new (void)
{
  SpAncestry *self = g_new (SpAncestry, 1);

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
  g_hash_table_unref (self->parents);
  g_free (self);
}

/**
 * sp_ancestry_add:
 * @self: an ancestry
 * @rev: a revision
 * @parent: (nullable): what it came from, beside what was said before; %NULL to say only that it is there
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
  if (parent != NULL && !g_ptr_array_find_with_equal_func (parents, parent, g_str_equal, NULL))
    g_ptr_array_add (parents, g_strdup (parent));
}

static void
push_parents (SpAncestry *self, const char *rev, GPtrArray *ahead)
{
  GPtrArray *parents = g_hash_table_lookup (self->parents, rev);

  for (guint i = 0; parents != NULL && i < parents->len; i++)
    g_ptr_array_add (ahead, g_ptr_array_index (parents, i));
}

/* Adds to @reached what is @ahead and all it came from; what is there already is not looked at again. */
static void
reach (SpAncestry *self, GPtrArray *ahead, GHashTable *reached)
{
  while (ahead->len > 0)
    {
      char *next = g_ptr_array_remove_index_fast (ahead, ahead->len - 1);

      if (g_hash_table_add (reached, next))
        push_parents (self, next, ahead);
    }
}

/* @rev and all it came from; the names belong to @self or the caller. */
static GHashTable *
find_ancestors (SpAncestry *self, const char *rev)
{
  GHashTable *reached = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ahead = g_ptr_array_new ();

  g_ptr_array_add (ahead, (char *) rev);
  reach (self, ahead, reached);
  return reached;
}

/* Of those in @common, only what is in @other too remains. */
static void
intersect (GHashTable *common, GHashTable *other)
{
  GHashTableIter iter;
  gpointer rev;

  g_hash_table_iter_init (&iter, common);
  while (g_hash_table_iter_next (&iter, &rev, NULL))
    if (!g_hash_table_contains (other, rev))
      g_hash_table_iter_remove (&iter);
}

static int
compare_revs (const void *a, const void *b)
{
  return sp_revision_compare (FALSE, *(const char *const *) a, FALSE, *(const char *const *) b);
}

/* Those of @common that no other of them came from, the greatest first: a child is greater than what it came from. */
static GPtrArray *
keep_nearest (SpAncestry *self, GHashTable *common)
{
  guint length;
  g_autofree gpointer *all = g_hash_table_get_keys_as_array (common, &length);
  g_autoptr (GHashTable) older = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ahead = g_ptr_array_new ();
  GPtrArray *nearest = g_ptr_array_new_with_free_func (g_free);

  qsort (all, length, sizeof (gpointer), compare_revs);
  for (guint i = 0; i < length; i++)
    {
      if (!g_hash_table_contains (older, all[i]))
        g_ptr_array_add (nearest, g_strdup (all[i]));
      push_parents (self, all[i], ahead);
      reach (self, ahead, older);
    }
  return nearest;
}

/**
 * sp_ancestry_find_nearest:
 * @self: an ancestry
 * @revs: (element-type utf8): at least one revision
 *
 * Finds the common ancestors of @revs that no other common one came from: one, as a rule; several if merges went crosswise.
 * A revision is among its own ancestors.
 *
 * Returns: (transfer full) (element-type utf8): they, the greatest (generation, hash) first; empty if @revs have none
 */
GPtrArray *
sp_ancestry_find_nearest (SpAncestry *self, GPtrArray *revs)
{
  g_autoptr (GHashTable) common = find_ancestors (self, g_ptr_array_index (revs, 0));

  for (guint i = 1; i < revs->len; i++)
    {
      g_autoptr (GHashTable) ancestors = find_ancestors (self, g_ptr_array_index (revs, i));

      intersect (common, ancestors);
    }
  return keep_nearest (self, common);
}
