/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What both ways between an entry and a service of Open Referral UK need: members are taken over as they are, where they fit
 * the field they have in an entry, and else not. */
#include "sp-oruk-private.h"

#include "sp-field.h"

#define MOST_ITEMS 200 /* of one list */

/**
 * sp_oruk_get_fitting:
 * @object: (nullable): an object
 * @member: a name
 * @path: of a field of an entry, see sp_field_find()
 *
 * Returns: (transfer none) (nullable): that member, if it is what may stand in the field
 */
const SpNode *
sp_oruk_get_fitting (const SpNode *object, const char *member, const char *path)
{
  const SpNode *value = sp_node_get (object, member);

  return value != NULL && sp_field_check (sp_field_find (path), value, NULL) ? value : NULL;
}

/**
 * sp_oruk_copy:
 * @from: (nullable): an object
 * @name: of its member
 * @to: another
 * @member: what it is called there
 * @path: of the field of an entry that it must fit
 *
 * Takes a member over, unless it is an empty text.
 */
void
sp_oruk_copy (const SpNode *from, const char *name, SpNode *to, const char *member, const char *path)
{
  const SpNode *value = sp_oruk_get_fitting (from, name, path);

  if (value != NULL && g_strcmp0 (sp_node_get_string (value), "") != 0)
    sp_node_set (to, member, sp_node_ref ((SpNode *) value));
}

/**
 * sp_oruk_or_null:
 * @container: (transfer full): a list or an object
 *
 * Returns: (transfer full) (nullable): @container, or %NULL if it is empty
 */
SpNode *
sp_oruk_or_null (SpNode *container)
{
  if (sp_node_get_length (container) > 0)
    return container;
  sp_node_unref (container);
  return NULL;
}

/**
 * sp_oruk_set_list:
 * @object: an object
 * @member: a name
 * @list: (transfer full): a list, which is not set when it is empty
 */
void
sp_oruk_set_list (SpNode *object, const char *member, SpNode *list)
{
  SpNode *some = sp_oruk_or_null (list);

  if (some != NULL)
    sp_node_set (object, member, some);
}

/**
 * sp_oruk_count:
 * @list: (nullable): a list, or anything else
 *
 * Returns: how many of its items are looked at
 */
guint
sp_oruk_count (const SpNode *list)
{
  return sp_node_is_array (list) ? MIN (sp_node_get_length (list), MOST_ITEMS) : 0;
}
