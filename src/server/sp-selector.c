/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter `_selector`: `$eq $in $exists $and $or` over members, also below others (`address.city`). */
#include "sp-selector.h"

#include <string.h>

#define MAX_DEPTH 10 /* of selectors in selectors */

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "The selector cannot be understood: %s", what);
  return FALSE;
}

static gboolean
check_condition (const char *name, const SpNode *value, GError **error)
{
  if (strcmp (name, "$eq") == 0)
    return TRUE;
  if (strcmp (name, "$in") == 0)
    return sp_node_is_array (value) || refuse ("$in needs a list", error);
  if (strcmp (name, "$exists") == 0)
    return sp_node_get_kind (value) == SP_JSON_TRUE || sp_node_get_kind (value) == SP_JSON_FALSE || refuse ("$exists needs true or false", error);
  return refuse ("only $eq, $in, $exists, $and and $or are known", error);
}

static gboolean
is_condition (const SpNode *value)
{
  return sp_node_is_object (value) && sp_node_get_length (value) > 0 && sp_node_get_name (value, 0)[0] == '$';
}

static gboolean check_selector (const SpNode *selector, guint depth, GError **error);

static gboolean
check_list (const SpNode *list, guint depth, GError **error)
{
  if (!sp_node_is_array (list))
    return refuse ("$and and $or need a list", error);
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (!check_selector (sp_node_get_element (list, i), depth + 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_member (const char *name, const SpNode *value, guint depth, GError **error)
{
  if (strcmp (name, "$and") == 0 || strcmp (name, "$or") == 0)
    return check_list (value, depth, error);
  if (name[0] == '$')
    return refuse ("only $eq, $in, $exists, $and and $or are known", error);
  for (guint i = 0; is_condition (value) && i < sp_node_get_length (value); i++)
    if (!check_condition (sp_node_get_name (value, i), sp_node_get_element (value, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_selector (const SpNode *selector, guint depth, GError **error)
{
  if (!sp_node_is_object (selector))
    return refuse ("it must be an object", error);
  if (depth > MAX_DEPTH)
    return refuse ("it is nested too deeply", error);
  for (guint i = 0; i < sp_node_get_length (selector); i++)
    if (!check_member (sp_node_get_name (selector, i), sp_node_get_element (selector, i), depth, error))
      return FALSE;
  return TRUE;
}

/**
 * sp_selector_check:
 * @selector: what somebody wants to see
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether it can be understood
 */
gboolean
sp_selector_check (const SpNode *selector, GError **error)
{
  return check_selector (selector, 0, error);
}

static gboolean
is_in (const SpNode *list, const SpNode *value)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (sp_node_equal (sp_node_get_element (list, i), value))
      return TRUE;
  return FALSE;
}

static gboolean
meets (const char *condition, const SpNode *wanted, const SpNode *value)
{
  if (strcmp (condition, "$exists") == 0)
    return (value != NULL) == sp_node_get_boolean (wanted);
  if (value == NULL)
    return FALSE;
  return strcmp (condition, "$eq") == 0 ? sp_node_equal (wanted, value) : is_in (wanted, value);
}

static gboolean
member_matches (const char *name, const SpNode *wanted, const SpNode *body)
{
  const SpNode *value = sp_node_get_path (body, name);

  if (!is_condition (wanted))
    return value != NULL && sp_node_equal (wanted, value);
  for (guint i = 0; i < sp_node_get_length (wanted); i++)
    if (!meets (sp_node_get_name (wanted, i), sp_node_get_element (wanted, i), value))
      return FALSE;
  return TRUE;
}

static gboolean
list_matches (const SpNode *list, const SpNode *body, gboolean all)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (sp_selector_matches (sp_node_get_element (list, i), body) != all)
      return !all;
  return all;
}

/**
 * sp_selector_matches:
 * @selector: one that passed sp_selector_check()
 * @body: a document, an object
 *
 * Returns: whether the document is wanted
 */
gboolean
sp_selector_matches (const SpNode *selector, const SpNode *body)
{
  for (guint i = 0; i < sp_node_get_length (selector); i++)
    {
      const char *name = sp_node_get_name (selector, i);
      const SpNode *value = sp_node_get_element (selector, i);
      const gboolean all = strcmp (name, "$and") == 0;

      if (all || strcmp (name, "$or") == 0 ? !list_matches (value, body, all) : !member_matches (name, value, body))
        return FALSE;
    }
  return TRUE;
}
