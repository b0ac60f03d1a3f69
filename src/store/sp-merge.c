/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The merge of the live leaves of one asset, as a pure function: the same leaves and the same base give the same bytes
 * on every replica and in any order. How one member is merged stands in sp-merge-rules.c. */
#include "sp-merge.h"

#include "sp-edit-list.h"
#include "sp-merge-rules.h"
#include "sp-past.h"
#include "sp-revision.h"

#include <string.h>

/**
 * sp_merge_free:
 * @self: (transfer full): a merge
 */
void
sp_merge_free (SpMerge *self)
{
  g_ptr_array_unref (self->leaves);
  g_ptr_array_unref (self->collisions);
  g_ptr_array_unref (self->erased);
  sp_node_unref (self->body);
  g_free (self);
}

static const SpMergeLeaf *
get_leaf (const SpMerge *self, guint index)
{
  return g_ptr_array_index (self->leaves, index);
}

static int
compare_leaves (const void *a, const void *b)
{
  const SpMergeLeaf *first = *(SpMergeLeaf *const *) a, *second = *(SpMergeLeaf *const *) b;

  return sp_revision_compare (FALSE, first->rev, FALSE, second->rev);
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Whether all leaves know of an erasure: then what stands there came afterwards. */
static gboolean
is_shared (const SpMerge *self, const SpNode *step)
{
  for (guint i = 0; i < self->leaves->len; i++)
    if (!sp_edit_list_knows (sp_node_get (get_leaf (self, i)->body, "edit"), step))
      return FALSE;
  return TRUE;
}

/* What a leaf erased and another does not know of. */
static void
add_erased (const SpMerge *self, const SpMergeLeaf *leaf, GPtrArray *members)
{
  g_autoptr (SpNode) steps = sp_edit_list_keep_erased (sp_node_get (leaf->body, "edit"));

  for (guint i = 0; steps != NULL && i < sp_node_get_length (steps); i++)
    if (!is_shared (self, sp_node_get_element (steps, i)))
      sp_edit_list_add_names (sp_node_get_element (steps, i), members);
}

static SpMerge *
new_merge (GPtrArray *leaves)
{
  SpMerge *self = g_new0 (SpMerge, 1);

  self->leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
  self->collisions = g_ptr_array_new_with_free_func (g_free);
  self->erased = g_ptr_array_new_with_free_func (g_free);
  self->body = sp_node_new_object ();
  for (guint i = 0; i < leaves->len; i++)
    g_ptr_array_add (self->leaves, sp_merge_leaf_copy (g_ptr_array_index (leaves, i)));
  for (guint i = 0; i < self->leaves->len; i++)
    add_erased (self, get_leaf (self, i), self->erased);
  g_ptr_array_sort (self->leaves, compare_leaves);
  g_ptr_array_sort (self->erased, compare_names);
  return self;
}

static void
drop_original (SpNode *body)
{
  SpNode *source = sp_node_get (body, "source");

  if (source == NULL)
    return;
  source = sp_edit_list_without_original (source);
  if (sp_node_is_object (source) && sp_node_get_length (source) == 0)
    {
      sp_node_unref (source);
      sp_node_remove (body, "source");
    }
  else
    sp_node_set (body, "source", source);
}

/* A copy whose members are shared. */
static SpNode *
copy_top (const SpNode *body)
{
  SpNode *copy = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (body); i++)
    sp_node_set (copy, sp_node_get_name (body, i), sp_node_ref (sp_node_get_element (body, i)));
  return copy;
}

/* What goes into the merge: once a leaf erased something, the row it was imported from counts on no side. */
static SpNode *
prepare_body (const SpMerge *self, const SpNode *body)
{
  SpNode *copy;

  if (self->erased->len == 0 || body == NULL)
    return body != NULL ? sp_node_ref ((SpNode *) body) : NULL;
  copy = copy_top (body);
  drop_original (copy);
  return copy;
}

typedef struct
{
  SpMerge   *merge;
  GPtrArray *bodies;     /* of the leaves; without the imported row once anything was erased */
  SpNode    *base;       /* nullable: nobody knows what the leaves began with; as bodies */
  GPtrArray *unknown;    /* nullable: members of which nobody knows that */
} Run;

static SpNode *
get_value (const Run *run, guint index, const char *name)
{
  return sp_node_get (g_ptr_array_index (run->bodies, index), name);
}

static gboolean
leaf_erased (const Run *run, guint index, const char *name)
{
  g_autoptr (GPtrArray) erased = g_ptr_array_new_with_free_func (g_free);

  add_erased (run->merge, get_leaf (run->merge, index), erased);
  return sp_edit_list_contains (erased, name);
}

/* Only the leaves that erased the member have a say: what they put there afterwards stays, else nothing. */
static SpNode *
merge_erased (const Run *run, const char *name)
{
  SpNode *value = NULL;

  for (guint i = 0; i < run->merge->leaves->len; i++)
    {
      g_autoptr (SpNode) so_far = value;
      if (leaf_erased (run, i, name))
        value = sp_merge_three_ways (sp_merge_get_kind (name), name, NULL, so_far,
                                     get_value (run, i, name), run->merge->collisions);
      else
        so_far = NULL;
    }
  return value;
}

static gboolean
needs_base (SpMergeKind kind)
{
  return kind != SP_MERGE_EARLIER && kind != SP_MERGE_LATER;
}

static SpNode *
merge_known (const Run *run, const char *name)
{
  SpNode *value = get_value (run, 0, name);

  if (value != NULL)
    sp_node_ref (value);
  for (guint i = 1; i < run->merge->leaves->len; i++)
    {
      g_autoptr (SpNode) so_far = value;
      value = sp_merge_three_ways (sp_merge_get_kind (name), name, sp_node_get (run->base, name), so_far,
                                   get_value (run, i, name), run->merge->collisions);
    }
  return value;
}

static gboolean
is_same_everywhere (const Run *run, const char *name)
{
  for (guint i = 1; i < run->merge->leaves->len; i++)
    if (!sp_node_equal (get_value (run, 0, name), get_value (run, i, name)))
      return FALSE;
  return TRUE;
}

static SpNode *
merge_member (const Run *run, const char *name)
{
  SpNode *value = get_value (run, 0, name);

  if (sp_edit_list_contains (run->merge->erased, name))
    return merge_erased (run, name);
  if ((run->base != NULL && !sp_edit_list_contains (run->unknown, name)) || !needs_base (sp_merge_get_kind (name)))
    return merge_known (run, name);
  if (!is_same_everywhere (run, name))
    g_ptr_array_add (run->merge->collisions, g_strdup (name));
  return value != NULL ? sp_node_ref (value) : NULL;
}

/* The names of all members, the winner's first. */
static GPtrArray *
collect_names (const SpMerge *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->leaves->len; i++)
    {
      const SpNode *body = get_leaf (self, i)->body;
      for (guint k = 0; k < sp_node_get_length (body); k++)
        {
          const char *name = sp_node_get_name (body, k);
          if (strcmp (name, "edit") != 0 && !sp_edit_list_contains (names, name))
            g_ptr_array_add (names, (char *) name);
        }
    }
  return names;
}

/* Whether the winner knows of all that the losers erased: else its list would still tell what that was, and what somebody who
 * knows of both puts there afterwards would seem to have been there before. */
static gboolean
knows_erasures (const SpMerge *self)
{
  const SpNode *list = sp_node_get (get_leaf (self, 0)->body, "edit");

  for (guint i = 1; i < self->leaves->len; i++)
    {
      g_autoptr (SpNode) steps = sp_edit_list_keep_erased (sp_node_get (get_leaf (self, i)->body, "edit"));

      for (guint k = 0; steps != NULL && k < sp_node_get_length (steps); k++)
        if (!sp_edit_list_knows (list, sp_node_get_element (steps, k)))
          return FALSE;
    }
  return TRUE;
}

static gboolean
find_alike (const Run *run, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      if (strcmp (name, "modified") != 0 && !is_same_everywhere (run, name))
        return FALSE;
    }
  return knows_erasures (run->merge);
}

/**
 * sp_merge_run:
 * @base: (nullable): the body of the common ancestor; an empty object for roots of generation 1; %NULL if it is not known
 * @leaves: (element-type SpMergeLeaf): at least one live leaf, in any order
 *
 * Merges the leaves, the winner first and then descending (generation, hash), all against one base. Without a base every
 * member that differs collides, but for `created`, `modified` and what a leaf erased. An erasure that all leaves know of is
 * settled; one that another leaf does not know of takes away what stands there. Any thread.
 *
 * Returns: (transfer full): what became of them
 */
SpMerge *
sp_merge_run (const SpNode *base, GPtrArray *leaves)
{
  return sp_merge_run_unsure (base, NULL, leaves);
}

/**
 * sp_merge_run_unsure:
 * @base: (nullable): as for sp_merge_run()
 * @unknown: (nullable) (element-type utf8): top members of which @base does not know what they were
 * @leaves: (element-type SpMergeLeaf): at least one live leaf, in any order
 *
 * As sp_merge_run(); members in @unknown are merged as if there was no base.
 *
 * Returns: (transfer full): what became of them
 */
SpMerge *
sp_merge_run_unsure (const SpNode *base, GPtrArray *unknown, GPtrArray *leaves)
{
  SpMerge *self = new_merge (leaves);
  g_autoptr (GPtrArray) names = collect_names (self);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_node_unref);
  g_autoptr (SpNode) known = prepare_body (self, base);
  Run run = { self, bodies, known, unknown };

  for (guint i = 0; i < self->leaves->len; i++)
    g_ptr_array_add (bodies, prepare_body (self, get_leaf (self, i)->body));
  self->alike = find_alike (&run, names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      SpNode *value = merge_member (&run, name);
      if (value != NULL)
        sp_node_set (self->body, name, value);
    }
  return self;
}

static SpNode *
strings_node (GPtrArray *strings)
{
  SpNode *array = sp_node_new_array ();

  for (guint i = 0; i < strings->len; i++)
    sp_node_append (array, sp_node_new_string (g_ptr_array_index (strings, i)));
  return array;
}

/* What the winner had and the merge changed, without what was erased. */
static SpNode *
make_was (const SpMerge *self, const SpNode *merged)
{
  SpNode *was = sp_edit_list_diff (get_leaf (self, 0)->body, merged);

  for (guint i = 0; i < self->erased->len; i++)
    sp_node_remove (was, g_ptr_array_index (self->erased, i));
  if (self->erased->len > 0)
    drop_original (was);
  return was;
}

static SpNode *
make_step (const SpMerge *self, const SpNode *merged, const char *by, const char *on)
{
  SpNode *step = sp_node_new_object (), *losers = sp_node_new_array (), *past = sp_past_make (self->leaves);

  for (guint i = 1; i < self->leaves->len; i++)
    sp_node_append (losers, sp_node_new_string (get_leaf (self, i)->rev));
  sp_node_set_text (step, "from", get_leaf (self, 0)->rev);
  sp_node_set (step, "merged", losers);
  if (past != NULL)
    sp_node_set (step, "past", past);
  sp_node_set_text (step, "by", by);
  sp_node_set_text (step, "on", on);
  sp_node_set (step, "was", make_was (self, merged));
  if (self->erased->len > 0)
    sp_node_set (step, "erased", strings_node (self->erased));
  return step;
}

/* The winner's list, without what a loser erased, and behind it the steps that say so, as they are: whoever edits below
 * that loser has them too, so nobody takes this merge for another erasure of what came afterwards. */
static SpNode *
make_list (const SpMerge *self)
{
  const SpNode *list = sp_node_get (get_leaf (self, 0)->body, "edit");
  SpNode *steps = self->erased->len > 0 ? sp_edit_list_strip (list, self->erased) : NULL;

  if (steps == NULL)
    steps = sp_node_is_array (list) ? sp_node_copy (list) : sp_node_new_array ();
  for (guint i = 1; i < self->leaves->len; i++)
    sp_edit_list_add_erasures (steps, sp_node_get (get_leaf (self, i)->body, "edit"));
  return steps;
}

/**
 * sp_merge_finish:
 * @self: a merge without collisions, or one whose body was put right by a person
 * @by: (nullable): who decided; %NULL if nobody had to: then the merged `modified` says who and when
 * @on: (nullable): when, UTC
 *
 * Adds the `edit` list: the winner's with one step in front that names the losers and what they came from. If a leaf erased members, that step
 * names them too, their old values go from all older steps, and the losers' steps that say so are taken over.
 *
 * Returns: (transfer full): the body to write as a child of the winner
 */
SpNode *
sp_merge_finish (const SpMerge *self, const char *by, const char *on)
{
  SpNode *merged = copy_top (self->body);
  g_autoptr (SpNode) list = make_list (self);
  const SpNode *modified;

  if (by != NULL)
    {
      SpNode *stamp = sp_node_new_object ();
      sp_node_set_text (stamp, "on", on);
      sp_node_set_text (stamp, "by", by);
      sp_node_set (merged, "modified", stamp);
    }
  modified = sp_node_get (merged, "modified");
  sp_node_set (merged, "edit",
               sp_edit_list_prepend (list, make_step (self, merged, sp_node_get_text (modified, "by"), sp_node_get_text (modified, "on"))));
  return merged;
}
