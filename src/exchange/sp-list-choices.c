/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a person wants a list to be read, as it is remembered for the next edition. */
#include "sp-list-choices.h"

static const char * const rules[] = { [SP_NAMES_AUTO] = NULL, [SP_NAMES_KEEP] = "keep", [SP_NAMES_LEAVE] = "leave" };

/**
 * sp_list_choices_read:
 * @self: (out caller-allocates): what was chosen; clear it afterwards
 * @memory: (nullable): what sp_list_choices_to_node() gave
 *
 * What cannot be read is not chosen.
 */
void
sp_list_choices_read (SpListChoices *self, const SpNode *memory)
{
  const SpNode *maps = sp_node_get (memory, "maps");
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  *self = (SpListChoices){ 0 };
  for (guint i = 0; sp_node_is_array (maps) && i < sp_node_get_length (maps); i++)
    if (sp_node_get_string (sp_node_get_element (maps, i)) != NULL)
      g_strv_builder_add (list, sp_node_get_string (sp_node_get_element (maps, i)));
  if (sp_node_is_array (maps) && sp_node_get_length (maps) > 0)
    self->maps = g_strv_builder_end (list);
  for (guint i = SP_NAMES_KEEP; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (sp_node_get_text (memory, "names"), rules[i]) == 0)
      self->names = (SpNamesRule) i;
  self->title_case = sp_node_get_flag (memory, "title_case", FALSE);
}

/**
 * sp_list_choices_to_node:
 * @self: what was chosen
 *
 * Returns: (transfer full): the same as an object
 */
SpNode *
sp_list_choices_to_node (const SpListChoices *self)
{
  SpNode *node = sp_node_new_object (), *maps = sp_node_new_array ();

  for (guint i = 0; self->maps != NULL && self->maps[i] != NULL; i++)
    sp_node_append (maps, sp_node_new_string (self->maps[i]));
  sp_node_set (node, "maps", maps);
  sp_node_set_text (node, "names", rules[self->names]);
  if (self->title_case)
    sp_node_set (node, "title_case", sp_node_new_boolean (TRUE));
  return node;
}

/**
 * sp_list_choices_copy:
 * @self: (out caller-allocates): gets a copy; clear it afterwards
 * @other: what was chosen
 */
void
sp_list_choices_copy (SpListChoices *self, const SpListChoices *other)
{
  *self = *other;
  self->maps = g_strdupv (other->maps);
}

/**
 * sp_list_choices_complete:
 * @self: what a person chose now
 * @memory: what was chosen for the last edition
 *
 * Takes from @memory what was not chosen now.
 *
 * Returns: whether that was anything
 */
gboolean
sp_list_choices_complete (SpListChoices *self, const SpListChoices *memory)
{
  gboolean maps = self->maps == NULL && memory->maps != NULL;
  gboolean names = self->names == SP_NAMES_AUTO && memory->names != SP_NAMES_AUTO;
  gboolean title_case = !self->title_case && memory->title_case;

  if (maps)
    self->maps = g_strdupv (memory->maps);
  if (names)
    self->names = memory->names;
  self->title_case = self->title_case || memory->title_case;
  return maps || names || title_case;
}

/**
 * sp_list_choices_is_any:
 * @self: what was chosen
 *
 * Returns: whether anything was
 */
gboolean
sp_list_choices_is_any (const SpListChoices *self)
{
  return self->maps != NULL || self->names != SP_NAMES_AUTO || self->title_case;
}

/**
 * sp_list_choices_apply:
 * @self: what was chosen; must live as long as @options
 * @options: (inout): how to read a list
 */
void
sp_list_choices_apply (const SpListChoices *self, SpReaderOptions *options)
{
  options->maps = (const char * const *) self->maps;
  options->names = self->names;
  options->title_case = self->title_case;
}

/**
 * sp_list_choices_clear:
 * @self: what was chosen
 *
 * Frees what it holds.
 */
void
sp_list_choices_clear (SpListChoices *self)
{
  g_strfreev (self->maps);
  *self = (SpListChoices){ 0 };
}
