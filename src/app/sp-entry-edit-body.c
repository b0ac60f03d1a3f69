/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an SpEntryEdit: the body without the parts that were left empty, what has changed in it, and what stands
 * in the way of saving it. */
#include "sp-entry-edit-private.h"

#include "sp-asset.h"
#include "sp-clock.h"
#include "sp-typed.h"

#include <string.h>

static gboolean
is_empty (const SpNode *node)
{
  const char *text = sp_node_get_string (node);
  guint length = sp_node_get_length (node);

  if (text != NULL)
    return *text == '\0';
  if (!sp_node_is_object (node) && !sp_node_is_array (node))
    return FALSE;
  return length == 0 || (sp_node_is_object (node) && length == 1 && sp_node_get (node, "id") != NULL);
}

/* Absent means unknown: empty texts, objects and lists, and items with nothing but an id, go. */
static void
prune (SpNode *node)
{
  for (guint i = sp_node_get_length (node); i-- > 0;)
    {
      SpNode *child = sp_node_get_element (node, i);

      prune (child);
      if (!is_empty (child))
        continue;
      if (sp_node_is_array (node))
        sp_node_remove_index (node, i);
      else
        sp_node_remove (node, sp_node_get_name (node, i));
    }
}

static void
prune_member (SpNode *body, const char *name)
{
  SpNode *member = sp_node_get (body, name);

  if (member == NULL)
    return;
  prune (member);
  if (is_empty (member))
    sp_node_remove (body, name);
}

/**
 * sp_entry_edit_make_body:
 * @self: an edit
 *
 * Returns: (transfer full): the entry as it would be saved
 */
SpNode *
sp_entry_edit_make_body (SpEntryEdit *self)
{
  SpNode *body = sp_node_copy (self->working);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    prune_member (body, name);
  for (guint i = sp_node_get_length (body); i-- > 0;) /* lists that were only looked at */
    if (sp_node_get (self->base, sp_node_get_name (body, i)) == NULL)
      prune_member (body, sp_node_get_name (body, i));
  return body;
}

/**
 * sp_entry_edit_make_changes:
 * @self: an edit
 *
 * Returns: (transfer full): the top members that differ from the body it began with, with their new values; JSON null for
 *   those that are gone. Empty if nothing changes
 */
SpNode *
sp_entry_edit_make_changes (SpEntryEdit *self)
{
  g_autoptr (SpNode) body = sp_entry_edit_make_body (self);

  return sp_asset_diff (self->base, body);
}

/**
 * sp_entry_edit_is_changed:
 * @self: an edit
 *
 * Returns: whether something would be lost if it were thrown away
 */
gboolean
sp_entry_edit_is_changed (SpEntryEdit *self)
{
  g_autoptr (SpNode) changes = sp_entry_edit_make_changes (self);

  return sp_node_get_length (changes) > 0 || g_hash_table_size (self->typed) > 0;
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const SpEntryProblem *first = *(const SpEntryProblem * const *) a, *second = *(const SpEntryProblem * const *) b;

  return strcmp (first->path, second->path);
}

/* Why what was typed does not fit, in the order of the paths. */
static GPtrArray *
check_typed (SpEntryEdit *self)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (sp_entry_problem_free);
  GHashTableIter iter;
  gpointer path, text;

  g_hash_table_iter_init (&iter, self->typed);
  while (g_hash_table_iter_next (&iter, &path, &text))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SpNode) value = sp_typed_parse (sp_field_find (path), text, sp_clock_today (), &error);
      if (error != NULL)
        g_ptr_array_add (problems, sp_entry_problem_new (path, error->message));
    }
  g_ptr_array_sort (problems, compare_problems);
  return problems;
}

/**
 * sp_entry_edit_check:
 * @self: an edit
 *
 * Returns: (transfer full) (element-type SpEntryProblem): what stands in the way of saving; empty if nothing does
 */
GPtrArray *
sp_entry_edit_check (SpEntryEdit *self)
{
  g_autoptr (SpNode) body = sp_entry_edit_make_body (self);
  g_autoptr (SpNode) changes = sp_asset_diff (self->base, body);
  g_autoptr (GPtrArray) wrong = sp_entry_check (body, changes, sp_entry_edit_is_new (self));
  GPtrArray *problems = check_typed (self);

  for (guint i = 0; i < wrong->len; i++)
    g_ptr_array_add (problems, g_ptr_array_index (wrong, i));
  g_ptr_array_set_free_func (wrong, NULL);
  return problems;
}
