/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths into a document as merging names them: names with dots between, items of a list by their id. */
#include "sp-path.h"

#include "sp-merge-rules.h"

#include <string.h>

/* The index of what the first step of @path means, or -1; *@rest is the path from there, %NULL at its end. */
static int
find_step (const SpNode *node, const char *path, const char **rest)
{
  for (guint i = 0; i < sp_node_get_length (node); i++)
    {
      const char *name = sp_node_is_array (node) ? sp_node_get_text (sp_node_get_element (node, i), "id") : sp_node_get_name (node, i);
      gsize length = name != NULL ? strlen (name) : 0;

      if (name == NULL || strncmp (path, name, length) != 0 || (path[length] != '\0' && path[length] != '.'))
        continue;
      *rest = path[length] == '.' ? path + length + 1 : NULL;
      return (int) i;
    }
  return -1;
}

/**
 * sp_path_get:
 * @node: an object
 * @path: names with dots between; in a list the item's id
 *
 * Returns: (transfer none) (nullable): what stands there
 */
SpNode *
sp_path_get (const SpNode *node, const char *path)
{
  const char *rest;
  int index = find_step (node, path, &rest);

  if (index < 0)
    return NULL;
  return rest != NULL ? sp_path_get (sp_node_get_element (node, (guint) index), rest) : sp_node_get_element (node, (guint) index);
}

static void
put_new (SpNode *node, const char *path, SpNode *value)
{
  if (sp_node_is_array (node))
    sp_node_append (node, sp_node_ref (value));
  else
    sp_node_set (node, path, sp_node_ref (value));
}

/* Adds what is not there yet, with the object or list around it. */
static void
add_at (SpNode *node, const char *path, gboolean top, SpNode *value)
{
  const char *dot = strchr (path, '.');
  g_autofree char *name = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : NULL;
  gboolean list;
  SpNode *around;

  if (dot == NULL)
    {
      put_new (node, path, value);
      return;
    }
  list = top && sp_merge_get_kind (name) == SP_MERGE_LIST;
  around = list ? sp_node_new_array () : sp_node_new_object ();
  if (sp_node_is_array (node))
    {
      sp_node_set_text (around, "id", name);
      sp_node_append (node, around);
    }
  else
    sp_node_set (node, name, around);
  add_at (around, dot + 1, FALSE, value);
}

/* Replaces what stands at @path, adds it, or removes it (@value %NULL) with what becomes empty around it. */
static void
set_at (SpNode *node, const char *path, gboolean top, SpNode *value)
{
  const char *rest;
  int index = find_step (node, path, &rest);
  SpNode *inner;

  if (index < 0)
    {
      if (value != NULL)
        add_at (node, path, top, value);
      return;
    }
  inner = sp_node_get_element (node, (guint) index);
  if (rest != NULL && (sp_node_is_object (inner) || sp_node_is_array (inner)))
    {
      set_at (inner, rest, FALSE, value);
      if (sp_node_get_length (inner) == 0)
        sp_node_remove_index (node, (guint) index);
      return;
    }
  if (value != NULL && sp_node_is_object (node))
    sp_node_set (node, sp_node_get_name (node, (guint) index), sp_node_ref (value));
  else
    {
      sp_node_remove_index (node, (guint) index);
      if (value != NULL)
        sp_node_append (node, sp_node_ref (value));
    }
}

/**
 * sp_path_set:
 * @node: an object
 * @path: names with dots between; in a list the item's id
 * @value: (nullable): what shall stand there; a reference is taken. %NULL removes
 *
 * Replaces what stands at @path, adds it with the object or list around it, or removes it with what becomes empty around it.
 */
void
sp_path_set (SpNode *node, const char *path, SpNode *value)
{
  set_at (node, path, TRUE, value);
}
