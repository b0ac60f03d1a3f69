/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The merge: an array of a base and two or more bodies, as hostile as the gate lets through. Whatever order the bodies
 * come in, one result; what merges without a collision can be merged again and says nothing new. */
#include "sp-merge.h"
#include "sp-splice.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static GPtrArray *
make_leaves (const SpNode *bodies, gboolean backwards)
{
  GPtrArray *leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
  guint n = sp_node_get_length (bodies);

  for (guint i = 1; i < n; i++)
    {
      guint index = backwards ? n - i : i;
      g_autofree char *rev = g_strdup_printf ("2-%u", index);
      g_ptr_array_add (leaves, sp_merge_leaf_new (rev, sp_node_get_element (bodies, index)));
    }
  return leaves;
}

static void
check_again (SpNode *base, SpNode *merged)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
  g_autoptr (SpMerge) again = NULL;

  g_ptr_array_add (leaves, sp_merge_leaf_new ("3-a", merged));
  g_ptr_array_add (leaves, sp_merge_leaf_new ("3-b", merged));
  again = sp_merge_run (base, leaves);
  g_assert_true (again->alike);
  g_assert_cmpuint (again->collisions->len, ==, 0);
}

static void
check_splice (const SpNode *before, const SpNode *changes)
{
  g_autofree char *json = sp_node_to_json (before);
  g_autofree char *spliced = sp_splice_members (json, changes, NULL);
  g_autoptr (SpNode) after = NULL;

  if (spliced == NULL)
    return;
  after = sp_node_parse (spliced, -1, NULL);
  for (guint i = 0; after != NULL && i < sp_node_get_length (changes); i++)
    {
      const SpNode *value = sp_node_get_element (changes, i);
      const SpNode *now = sp_node_get (after, sp_node_get_name (changes, i));
      g_assert_true (sp_node_get_kind (value) == SP_JSON_NULL ? now == NULL : sp_node_equal (now, value));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SpNode) bodies = sp_node_parse ((const char *) data, (gssize) size, NULL);
  g_autoptr (GPtrArray) forwards = NULL;
  g_autoptr (GPtrArray) backwards = NULL;
  g_autoptr (SpMerge) one = NULL;
  g_autoptr (SpMerge) other = NULL;
  g_autoptr (SpNode) merged = NULL;
  g_autoptr (SpNode) same = NULL;
  SpNode *base;

  if (!sp_node_is_array (bodies) || sp_node_get_length (bodies) < 3 || sp_node_get_length (bodies) > 9)
    return 0;
  for (guint i = 0; i < sp_node_get_length (bodies); i++)
    if (!sp_node_is_object (sp_node_get_element (bodies, i)))
      return 0;
  base = sp_node_get_element (bodies, 0);
  forwards = make_leaves (bodies, FALSE);
  backwards = make_leaves (bodies, TRUE);
  one = sp_merge_run (base, forwards);
  other = sp_merge_run (base, backwards);
  merged = sp_merge_finish (one, NULL, NULL);
  same = sp_merge_finish (other, NULL, NULL);
  g_assert_true (sp_node_equal (merged, same));
  check_again (base, merged);
  check_splice (base, merged);
  return 0;
}
