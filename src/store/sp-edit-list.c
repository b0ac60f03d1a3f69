/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The `edit` member: the newest steps of a document, newest first, each with the old values of the top members it
 * changed. So each of two versions tells what it changed, and any replica can rebuild what both began with. */
#include "sp-edit-list.h"

#include "sp-revision.h"

#include <string.h>

static gsize
measure (const SpNode *node)
{
  g_autofree char *json = sp_node_to_json (node);

  return strlen (json);
}

/* A copy of an object without one of its members; the values are shared. */
static SpNode *
copy_without (const SpNode *object, const char *member)
{
  SpNode *copy = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (object); i++)
    if (strcmp (sp_node_get_name (object, i), member) != 0)
      sp_node_set (copy, sp_node_get_name (object, i), sp_node_ref (sp_node_get_element (object, i)));
  return copy;
}

/* Whether a step is where somebody erased something. That of a merge, and one written as told, repeat what others say. */
static gboolean
is_erasing (const SpNode *step)
{
  return sp_node_is_array (sp_node_get (step, "erased")) && sp_node_get (step, "merged") == NULL && !sp_node_get_flag (step, "as_told", FALSE);
}

/* Adds those of @list that have room, newest first; of the erasing ones only, or of the others. */
static void
choose_steps (const SpNode *list, gboolean erasing, gboolean *chosen, guint *count, gsize *size)
{
  for (guint i = 0; i < sp_node_get_length (list) && *count < SP_EDIT_LIST_MAX_STEPS; i++)
    {
      const SpNode *step = sp_node_get_element (list, i);
      gsize more = chosen[i] || is_erasing (step) != erasing ? 0 : measure (step) + strlen (",");

      if (more == 0)
        continue;
      if (*size + more > SP_EDIT_LIST_MAX_BYTES)
        break;
      *size += more;
      (*count)++;
      chosen[i] = TRUE;
    }
}

/* How much room the steps need that erased something. */
static gsize
measure_erasing (const SpNode *list)
{
  gsize size = 0;

  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    if (is_erasing (sp_node_get_element (list, i)))
      size += measure (sp_node_get_element (list, i)) + strlen (",");
  return size;
}

/**
 * sp_edit_list_prepend:
 * @list: (nullable): the list so far; anything but an array counts as none
 * @step: (transfer full): the newest step
 *
 * Puts a step in front. The oldest steps go until there are at most %SP_EDIT_LIST_MAX_STEPS and
 * %SP_EDIT_LIST_MAX_BYTES; steps that erased something last longest, so that a replica that comes late learns of it. A
 * step that is too large by itself, or beside those, loses its `was`, and the chain of old values ends there.
 *
 * Returns: (transfer full): the new list
 */
SpNode *
sp_edit_list_prepend (const SpNode *list, SpNode *step)
{
  SpNode *result = sp_node_new_array ();
  gsize size = measure (step) + strlen ("[]");
  guint length = sp_node_is_array (list) ? sp_node_get_length (list) : 0, count = 1;
  g_autofree gboolean *chosen = g_new0 (gboolean, length + 1);

  if (size + measure_erasing (list) > SP_EDIT_LIST_MAX_BYTES)
    {
      SpNode *small = copy_without (step, "was");
      sp_node_unref (step);
      step = small;
      size = measure (step) + strlen ("[]");
    }
  sp_node_append (result, step);
  if (length == 0)
    return result;
  choose_steps (list, TRUE, chosen, &count, &size);
  choose_steps (list, FALSE, chosen, &count, &size);
  for (guint i = 0; i < length; i++)
    if (chosen[i])
      sp_node_append (result, sp_node_ref (sp_node_get_element (list, i)));
  return result;
}

/* One erasure leaves a step in each version that lived where it was asked for. */
static gboolean
is_same_erasure (const SpNode *a, const SpNode *b)
{
  return sp_node_equal (sp_node_get (a, "erased"), sp_node_get (b, "erased")) && sp_node_equal (sp_node_get (a, "by"), sp_node_get (b, "by"))
         && sp_node_equal (sp_node_get (a, "on"), sp_node_get (b, "on"));
}

/**
 * sp_edit_list_knows:
 * @list: (nullable): the `edit` member of a revision
 * @step: a step that erased something
 *
 * Returns: whether the list has that erasure too, in whichever version it was made
 */
gboolean
sp_edit_list_knows (const SpNode *list, const SpNode *step)
{
  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    if (is_erasing (sp_node_get_element (list, i)) && is_same_erasure (sp_node_get_element (list, i), step))
      return TRUE;
  return FALSE;
}

/**
 * sp_edit_list_keep_erased:
 * @list: (nullable): the `edit` member of a body that is about to go
 *
 * Returns: (transfer full) (nullable): its steps that erased something, for what follows it; %NULL if there are none
 */
SpNode *
sp_edit_list_keep_erased (const SpNode *list)
{
  SpNode *result = sp_node_new_array ();

  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    if (is_erasing (sp_node_get_element (list, i)))
      sp_node_append (result, sp_node_ref (sp_node_get_element (list, i)));
  if (sp_node_get_length (result) > 0)
    return result;
  sp_node_unref (result);
  return NULL;
}

/**
 * sp_edit_list_add_erasures:
 * @steps: an array
 * @list: (nullable): the `edit` member of a revision
 *
 * Adds the steps of @list that erased something, those that are new to @steps.
 */
void
sp_edit_list_add_erasures (SpNode *steps, const SpNode *list)
{
  g_autoptr (SpNode) kept = sp_edit_list_keep_erased (list);

  for (guint i = 0; kept != NULL && i < sp_node_get_length (kept); i++)
    if (!sp_edit_list_knows (steps, sp_node_get_element (kept, i)))
      sp_node_append (steps, sp_node_ref (sp_node_get_element (kept, i)));
}

/**
 * sp_edit_list_contains:
 * @members: (nullable) (element-type utf8): names
 * @member: a name
 *
 * Returns: whether it is among them
 */
gboolean
sp_edit_list_contains (GPtrArray *members, const char *member)
{
  return members != NULL && g_ptr_array_find_with_equal_func (members, member, g_str_equal, NULL);
}

/**
 * sp_edit_list_without_original:
 * @source: (nullable): the `source` of an asset
 *
 * Returns: (transfer full) (nullable): the same without `original`, the row as it was imported, which repeats
 *   whatever was erased elsewhere
 */
SpNode *
sp_edit_list_without_original (const SpNode *source)
{
  if (sp_node_get (source, "original") == NULL)
    return source != NULL ? sp_node_ref ((SpNode *) source) : NULL;
  return copy_without (source, "original");
}

static SpNode *
strip_was (const SpNode *was, GPtrArray *members)
{
  SpNode *result = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (was); i++)
    {
      const char *name = sp_node_get_name (was, i);
      SpNode *value = sp_node_get_element (was, i);

      if (sp_edit_list_contains (members, name))
        continue;
      value = strcmp (name, "source") == 0 ? sp_edit_list_without_original (value) : sp_node_ref (value);
      sp_node_set (result, name, value);
    }
  return result;
}

/**
 * sp_edit_list_strip:
 * @list: (nullable): a list of steps
 * @members: (element-type utf8): top members that are being erased
 *
 * Takes the old values of @members, and the imported row, out of every step. The chain goes on for the other members:
 * the step that erases stands in front, and whoever goes back through it finds @members absent from there on.
 *
 * Returns: (transfer full) (nullable): the list without them
 */
SpNode *
sp_edit_list_strip (const SpNode *list, GPtrArray *members)
{
  SpNode *result;

  if (!sp_node_is_array (list))
    return NULL;
  result = sp_node_new_array ();
  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      SpNode *step = sp_node_get_element (list, i);
      const SpNode *was = sp_node_get (step, "was");

      if (!sp_node_is_object (was))
        {
          sp_node_append (result, sp_node_ref (step));
          continue;
        }
      SpNode *copy = copy_without (step, "was");
      sp_node_set (copy, "was", strip_was (was, members));
      sp_node_append (result, copy);
    }
  return result;
}

/**
 * sp_edit_list_get_newest:
 * @body: (nullable): the body of a revision
 *
 * Returns: (transfer none) (nullable): the step that its `edit` member tells first; it need not be of this revision
 */
const SpNode *
sp_edit_list_get_newest (const SpNode *body)
{
  const SpNode *list = sp_node_get (body, "edit");

  return sp_node_is_array (list) && sp_node_get_length (list) > 0 ? sp_node_get_element (list, 0) : NULL;
}

/**
 * sp_edit_list_count:
 * @list: (nullable): the `edit` member of a revision
 * @revisions: (array zero-terminated=1): that revision and its ancestors, newest first
 *
 * A list counts only as far as each `from` is the ancestor one generation further back: another program's edit leaves
 * an old list behind.
 *
 * Returns: how many steps count
 */
guint
sp_edit_list_count (const SpNode *list, const char * const *revisions)
{
  guint count = 0;

  if (!sp_node_is_array (list) || revisions[0] == NULL)
    return 0;
  while (count < sp_node_get_length (list) && revisions[count + 1] != NULL
         && g_strcmp0 (sp_node_get_text (sp_node_get_element (list, count), "from"), revisions[count + 1]) == 0)
    count++;
  return count;
}

static void
undo_members (SpNode *body, const SpNode *was)
{
  for (guint i = 0; i < sp_node_get_length (was); i++)
    {
      SpNode *old = sp_node_get_element (was, i);
      const char *name = sp_node_get_name (was, i);

      if (sp_node_get_kind (old) == SP_JSON_NULL)
        sp_node_remove (body, name);
      else
        sp_node_set (body, name, sp_node_ref (old));
    }
}

/* Takes one step back. What was erased is unknown, and stays away. An erasure changes nothing else, but a merge does that
 * took one over. */
static gboolean
undo_step (SpNode *body, const SpNode *step)
{
  const SpNode *was = sp_node_get (step, "was"), *erased = sp_node_get (step, "erased");

  if (!sp_node_is_object (was) && (!sp_node_is_array (erased) || sp_node_get (step, "merged") != NULL))
    return FALSE;
  if (sp_node_is_object (was))
    undo_members (body, was);
  for (guint i = 0; sp_node_is_array (erased) && i < sp_node_get_length (erased); i++)
    {
      const char *name = sp_node_get_string (sp_node_get_element (erased, i));
      if (name != NULL)
        sp_node_remove (body, name);
    }
  return TRUE;
}

/**
 * sp_edit_list_rebuild:
 * @body: the body of a revision
 * @revisions: (array zero-terminated=1): that revision and its ancestors, newest first
 * @rev: one of them
 *
 * Goes back step by step from @body to @rev.
 *
 * Returns: (transfer full) (nullable): the body of @rev without `edit` and `modified`, which no step remembers; %NULL if
 *   the list does not reach that far
 */
SpNode *
sp_edit_list_rebuild (const SpNode *body, const char * const *revisions, const char *rev)
{
  const SpNode *list = sp_node_get (body, "edit");
  guint count = sp_edit_list_count (list, revisions);
  g_autoptr (SpNode) result = copy_without (body, "edit");

  sp_node_remove (result, "modified");
  for (guint i = 0; revisions[i] != NULL; i++)
    {
      if (strcmp (revisions[i], rev) == 0)
        return g_steal_pointer (&result);
      if (i >= count || !undo_step (result, sp_node_get_element (list, i)))
        return NULL;
    }
  return NULL;
}

/**
 * sp_edit_list_add_names:
 * @step: a step
 * @members: (element-type utf8): gets the names of the members that it erased, each once
 */
void
sp_edit_list_add_names (const SpNode *step, GPtrArray *members)
{
  const SpNode *erased = sp_node_get (step, "erased");

  for (guint i = 0; sp_node_is_array (erased) && i < sp_node_get_length (erased); i++)
    {
      const char *name = sp_node_get_string (sp_node_get_element (erased, i));
      if (name != NULL && !sp_edit_list_contains (members, name))
        g_ptr_array_add (members, g_strdup (name));
    }
}

/**
 * sp_edit_list_add_erased:
 * @list: (nullable): the `edit` member of a revision
 * @members: (element-type utf8): gets the names, each once
 *
 * Collects the members that steps have erased. All steps are looked at, whether the chain reaches them or not: what a
 * person asked to erase stays erased.
 */
void
sp_edit_list_add_erased (const SpNode *list, GPtrArray *members)
{
  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    sp_edit_list_add_names (sp_node_get_element (list, i), members);
}

static void
add_difference (SpNode *was, const char *name, const SpNode *before, const SpNode *after)
{
  SpNode *old = sp_node_get (before, name);

  if (strcmp (name, "edit") == 0 || strcmp (name, "modified") == 0 || sp_node_equal (old, sp_node_get (after, name)))
    return;
  sp_node_set (was, name, old != NULL ? sp_node_ref (old) : sp_node_new_null ());
}

/**
 * sp_edit_list_diff:
 * @before: a body
 * @after: the body that follows it
 *
 * Returns: (transfer full): the `was` of the step between: the old values of the top members that differ, JSON null for
 *   absent; `edit` and `modified` left out
 */
SpNode *
sp_edit_list_diff (const SpNode *before, const SpNode *after)
{
  SpNode *was = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (before); i++)
    add_difference (was, sp_node_get_name (before, i), before, after);
  for (guint i = 0; i < sp_node_get_length (after); i++)
    if (sp_node_get (before, sp_node_get_name (after, i)) == NULL)
      add_difference (was, sp_node_get_name (after, i), before, after);
  return was;
}
