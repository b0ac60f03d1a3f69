/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How two values of one member become one: by what it is. All of this is pure: no store, no clock, no chance. What
 * it gives is shared with what it was given and must not be changed. */
#include "sp-merge-rules.h"

#include <string.h>

/* Members that are not one value. Unknown members are. */
static const struct
{
  const char *member;
  SpMergeKind kind;
} kinds[] = {
  { "accessibility", SP_MERGE_OBJECT },
  { "address", SP_MERGE_OBJECT },
  { "assurance", SP_MERGE_LIST },
  { "building", SP_MERGE_OBJECT },
  { "categories", SP_MERGE_SET },
  { "checked", SP_MERGE_CLOCKS },
  { "contacts", SP_MERGE_LIST },
  { "costs", SP_MERGE_LIST },
  { "created", SP_MERGE_EARLIER },
  { "edit", SP_MERGE_STEPS },
  { "eligibility", SP_MERGE_OBJECT },
  { "funding", SP_MERGE_LIST },
  { "known_by", SP_MERGE_LIST },
  { "languages", SP_MERGE_SET },
  { "modified", SP_MERGE_LATER },
  { "referral", SP_MERGE_OBJECT },
  { "schedule_exceptions", SP_MERGE_LIST },
  { "schedules", SP_MERGE_LIST },
  { "source", SP_MERGE_SOURCE },
  { "tags", SP_MERGE_SET },
  { "translations", SP_MERGE_OBJECT },
  { "visible", SP_MERGE_OBJECT },
  { "volunteering", SP_MERGE_OBJECT },
};

/* What an import writes into `source`, all from one edition of the feed. */
static const char * const imported[] = { "feed", "original", "retrieved", "row", NULL };

/**
 * sp_merge_get_kind:
 * @member: a top member of an asset
 *
 * Returns: how it is merged
 */
SpMergeKind
sp_merge_get_kind (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].member, member) == 0)
      return kinds[i].kind;
  return SP_MERGE_VALUE;
}

static SpNode *
ref_or_null (SpNode *node)
{
  return node != NULL ? sp_node_ref (node) : NULL;
}

/* One side changed it, both did alike, or neither did: then there is nothing to decide. */
static gboolean
settle (SpNode *base, SpNode *a, SpNode *b, SpNode **result)
{
  if (sp_node_equal (a, b) || sp_node_equal (base, b))
    *result = ref_or_null (a);
  else if (sp_node_equal (base, a))
    *result = ref_or_null (b);
  else
    return FALSE;
  return TRUE;
}

/* Nobody can decide this but a person; until then the first side stands. */
static SpNode *
collide (const char *path, SpNode *a, GPtrArray *collisions)
{
  if (!g_ptr_array_find_with_equal_func (collisions, path, g_str_equal, NULL))
    g_ptr_array_add (collisions, g_strdup (path));
  return ref_or_null (a);
}

static SpNode *
greater (SpNode *a, SpNode *b)
{
  return ref_or_null (sp_node_compare (a, b) >= 0 ? a : b);
}

static SpNode *
null_if_empty (SpNode *node)
{
  if (sp_node_get_length (node) > 0)
    return node;
  sp_node_unref (node);
  return NULL;
}

/* --- sets --- */

static gboolean
is_set (const SpNode *node)
{
  if (node == NULL)
    return TRUE;
  if (!sp_node_is_array (node))
    return FALSE;
  for (guint i = 0; i < sp_node_get_length (node); i++)
    if (sp_node_get_string (sp_node_get_element (node, i)) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
set_contains (const SpNode *set, const char *text)
{
  for (guint i = 0; i < sp_node_get_length (set); i++)
    if (strcmp (sp_node_get_string (sp_node_get_element (set, i)), text) == 0)
      return TRUE;
  return FALSE;
}

static int
compare_strings (const void *a, const void *b)
{
  return strcmp (sp_node_get_string (*(SpNode *const *) a), sp_node_get_string (*(SpNode *const *) b));
}

/* Adds those of @from that stay: in both sides, or added by one of them. */
static void
add_remaining (SpNode *result, SpNode *from, const SpNode *base, const SpNode *a, const SpNode *b)
{
  for (guint i = 0; i < sp_node_get_length (from); i++)
    {
      SpNode *element = sp_node_get_element (from, i);
      const char *text = sp_node_get_string (element);
      gboolean both = set_contains (a, text) && set_contains (b, text);

      if ((both || !set_contains (base, text)) && !set_contains (result, text))
        sp_node_append (result, sp_node_ref (element));
    }
}

static SpNode *
merge_sets (const char *path, SpNode *base, SpNode *a, SpNode *b, GPtrArray *collisions)
{
  SpNode *result;

  if (!is_set (a) || !is_set (b))
    return collide (path, a, collisions);
  if (!is_set (base))
    base = NULL;
  result = sp_node_new_array ();
  add_remaining (result, a, base, a, b);
  add_remaining (result, b, base, a, b);
  sp_node_sort (result, compare_strings);
  return null_if_empty (result);
}

/* --- objects --- */

static void
merge_member (SpNode *result, const char *name, const char *path, SpNode *base, SpNode *a, SpNode *b, GPtrArray *collisions)
{
  g_autofree char *below = g_strconcat (path, ".", name, NULL);
  gboolean is_tags = strcmp (name, "tags") == 0 || strcmp (name, "hand_corrected") == 0;
  SpNode *value = sp_merge_three_ways (is_tags ? SP_MERGE_SET : SP_MERGE_VALUE, below, sp_node_get (base, name),
                                       sp_node_get (a, name), sp_node_get (b, name), collisions);

  if (value != NULL)
    sp_node_set (result, name, value);
}

/* Merges the members of two objects, each as one value but for sets. Members in @skip are left out. */
static SpNode *
merge_members (const char *path, SpNode *base, SpNode *a, SpNode *b, const char * const *skip, GPtrArray *collisions)
{
  SpNode *result = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (a) + sp_node_get_length (b); i++)
    {
      guint in_b = i - sp_node_get_length (a);
      const char *name = i < sp_node_get_length (a) ? sp_node_get_name (a, i) : sp_node_get_name (b, in_b);

      if ((i >= sp_node_get_length (a) && sp_node_get (a, name) != NULL) || (skip != NULL && g_strv_contains (skip, name)))
        continue;
      merge_member (result, name, path, base, a, b, collisions);
    }
  return result;
}

static gboolean
is_object_or_absent (const SpNode *node)
{
  return node == NULL || sp_node_is_object (node);
}

static SpNode *
merge_objects (const char *path, SpNode *base, SpNode *a, SpNode *b, GPtrArray *collisions)
{
  if (!is_object_or_absent (a) || !is_object_or_absent (b))
    return collide (path, a, collisions);
  return null_if_empty (merge_members (path, base, a, b, NULL, collisions));
}

/* --- lists with ids --- */

static SpNode *
find_item (const SpNode *list, const char *id)
{
  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    {
      SpNode *item = sp_node_get_element (list, i);
      if (g_strcmp0 (sp_node_get_text (item, "id"), id) == 0)
        return item;
    }
  return NULL;
}

/* Whether each item is an object with an id that no other item has. */
static gboolean
is_list (const SpNode *node)
{
  if (node == NULL)
    return TRUE;
  if (!sp_node_is_array (node))
    return FALSE;
  for (guint i = 0; i < sp_node_get_length (node); i++)
    {
      const SpNode *item = sp_node_get_element (node, i);
      const char *id = sp_node_get_text (item, "id");
      if (id == NULL || find_item (node, id) != item)
        return FALSE;
    }
  return TRUE;
}

static int
compare_ids (const void *a, const void *b)
{
  return strcmp (sp_node_get_text (*(SpNode *const *) a, "id"), sp_node_get_text (*(SpNode *const *) b, "id"));
}

static SpNode *
merge_item (const char *path, SpNode *base, SpNode *a, SpNode *b, GPtrArray *collisions)
{
  SpNode *result;

  if (settle (base, a, b, &result))
    return result;
  if (a == NULL || b == NULL) /* one side changed what the other removed */
    return collide (path, a, collisions);
  return merge_members (path, base, a, b, NULL, collisions);
}

static SpNode *
merge_lists (const char *path, SpNode *base, SpNode *a, SpNode *b, GPtrArray *collisions)
{
  SpNode *result;

  if (!is_list (a) || !is_list (b) || !is_list (base))
    return collide (path, a, collisions);
  result = sp_node_new_array ();
  for (guint i = 0; i < sp_node_get_length (a) + sp_node_get_length (b); i++)
    {
      guint in_b = i - sp_node_get_length (a);
      SpNode *item = i < sp_node_get_length (a) ? sp_node_get_element (a, i) : sp_node_get_element (b, in_b);
      const char *id = sp_node_get_text (item, "id");
      g_autofree char *below = g_strconcat (path, ".", id, NULL);
      SpNode *merged;

      if (i >= sp_node_get_length (a) && find_item (a, id) != NULL)
        continue;
      merged = merge_item (below, find_item (base, id), find_item (a, id), find_item (b, id), collisions);
      if (merged != NULL)
        sp_node_append (result, merged);
    }
  sp_node_sort (result, compare_ids);
  return null_if_empty (result);
}

/* --- what is dated --- */

/* The one with the later @member; without one comes first; ties go to the greater canonical bytes. */
static SpNode *
later_by (const char *member, SpNode *a, SpNode *b)
{
  int order = g_strcmp0 (sp_node_get_text (a, member), sp_node_get_text (b, member));

  if (order != 0)
    return ref_or_null (order > 0 ? a : b);
  return greater (a, b);
}

static SpNode *
merge_modified (SpNode *a, SpNode *b)
{
  if (g_strcmp0 (sp_node_get_text (a, "on"), sp_node_get_text (b, "on")) != 0)
    return later_by ("on", a, b);
  return later_by ("by", a, b);
}

static SpNode *
merge_created (SpNode *a, SpNode *b)
{
  const char *first = sp_node_get_text (a, "on"), *second = sp_node_get_text (b, "on");

  if (first == NULL || second == NULL || strcmp (first, second) == 0)
    return later_by ("on", a, b);
  return ref_or_null (strcmp (first, second) < 0 ? a : b);
}

static void
merge_clock (SpNode *result, const char *name, SpNode *base, SpNode *a, SpNode *b)
{
  SpNode *clock;

  if (!settle (sp_node_get (base, name), sp_node_get (a, name), sp_node_get (b, name), &clock))
    clock = later_by ("on", sp_node_get (a, name), sp_node_get (b, name));
  if (clock != NULL)
    sp_node_set (result, name, clock);
}

static SpNode *
merge_clocks (const char *path, SpNode *base, SpNode *a, SpNode *b, GPtrArray *collisions)
{
  SpNode *result;

  if (!is_object_or_absent (a) || !is_object_or_absent (b))
    return collide (path, a, collisions);
  result = sp_node_new_object ();
  for (guint i = 0; i < sp_node_get_length (a); i++)
    merge_clock (result, sp_node_get_name (a, i), base, a, b);
  for (guint i = 0; i < sp_node_get_length (b); i++)
    if (sp_node_get (a, sp_node_get_name (b, i)) == NULL)
      merge_clock (result, sp_node_get_name (b, i), base, a, b);
  return null_if_empty (result);
}

/* --- where it was imported from --- */

static SpNode *
pick_imported (const SpNode *source)
{
  SpNode *group = sp_node_new_object ();

  for (guint i = 0; imported[i] != NULL; i++)
    if (sp_node_get (source, imported[i]) != NULL)
      sp_node_set (group, imported[i], sp_node_ref (sp_node_get (source, imported[i])));
  return group;
}

static SpNode *
merge_imported (SpNode *base, SpNode *a, SpNode *b)
{
  g_autoptr (SpNode) old = pick_imported (base);
  g_autoptr (SpNode) first = pick_imported (a);
  g_autoptr (SpNode) second = pick_imported (b);
  SpNode *result;

  return settle (old, first, second, &result) ? result : later_by ("retrieved", first, second);
}

static SpNode *
merge_sources (const char *path, SpNode *base, SpNode *a, SpNode *b, GPtrArray *collisions)
{
  g_autoptr (SpNode) group = NULL;
  SpNode *result;

  if (!is_object_or_absent (a) || !is_object_or_absent (b))
    return collide (path, a, collisions);
  group = merge_imported (base, a, b);
  result = merge_members (path, base, a, b, imported, collisions);
  for (guint i = 0; i < sp_node_get_length (group); i++)
    sp_node_set (result, sp_node_get_name (group, i), sp_node_ref (sp_node_get_element (group, i)));
  return null_if_empty (result);
}

/**
 * sp_merge_three_ways:
 * @kind: how the member is merged
 * @path: its name, for @collisions; what is inside gets dots
 * @base: (nullable): what both sides began with; %NULL for absent
 * @a: (nullable): one side; of two that mean the same this is the one taken
 * @b: (nullable): the other
 * @collisions: (element-type utf8): gets the path of each place that both sides changed differently, once
 *
 * Merges one member. Any thread.
 *
 * Returns: (transfer full) (nullable): the value, shared with the sides; %NULL for absent
 */
SpNode *
sp_merge_three_ways (SpMergeKind kind, const char *path, SpNode *base, SpNode *a, SpNode *b, GPtrArray *collisions)
{
  SpNode *result;

  if (kind == SP_MERGE_EARLIER)
    return merge_created (a, b);
  if (kind == SP_MERGE_LATER)
    return merge_modified (a, b);
  if (settle (base, a, b, &result))
    return result;
  switch (kind)
    {
    case SP_MERGE_SET: return merge_sets (path, base, a, b, collisions);
    case SP_MERGE_LIST: return merge_lists (path, base, a, b, collisions);
    case SP_MERGE_OBJECT: return merge_objects (path, base, a, b, collisions);
    case SP_MERGE_CLOCKS: return merge_clocks (path, base, a, b, collisions);
    case SP_MERGE_SOURCE: return merge_sources (path, base, a, b, collisions);
    case SP_MERGE_STEPS: return ref_or_null (a);
    case SP_MERGE_VALUE:
    case SP_MERGE_EARLIER:
    case SP_MERGE_LATER:
    default: return collide (path, a, collisions);
    }
}
