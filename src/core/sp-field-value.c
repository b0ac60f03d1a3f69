/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of fields: from the words a person types, whether a value fits its field, and setting it in a body. */
#include "sp-field.h"

#include <math.h>
#include <string.h>

static gboolean
refuse (const SpField *field, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (const SpField *field, GError **error, const char *format, ...)
{
  va_list args;
  g_autofree char *what = NULL;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: %s", field->path, what);
  return FALSE;
}

static gboolean
check_choice (const SpField *field, const char *word, GError **error)
{
  g_autofree char *all = NULL;

  if (field->choices == NULL || g_strv_contains (field->choices, word))
    return TRUE;
  all = g_strjoinv (", ", (char **) field->choices);
  return refuse (field, error, "“%s” is not one of: %s", word, all);
}

static gboolean
check_text (const SpField *field, const char *text, GError **error)
{
  if (text == NULL)
    return refuse (field, error, "text is expected");
  if (*text == '\0')
    return refuse (field, error, "empty text; leave the field out if nothing is known");
  switch ((int) field->type)
    {
    case SP_FIELD_DATE:
      return sp_field_is_date (text) || refuse (field, error, "“%s” is not a date such as 2026-11-22", text);
    case SP_FIELD_TIME:
      return sp_field_is_time (text) || refuse (field, error, "“%s” is not a time such as 09:30", text);
    case SP_FIELD_URL:
      return g_uri_is_valid (text, G_URI_FLAGS_PARSE_RELAXED, NULL) || refuse (field, error, "“%s” is not a web address such as https://example.org/", text);
    case SP_FIELD_EMAIL:
      return strchr (text, '@') != NULL || refuse (field, error, "“%s” is not an e-mail address", text);
    case SP_FIELD_REFERENCE:
      return strchr (text, ':') != NULL || refuse (field, error, "“%s” is not the id of a document", text);
    default:
      return check_choice (field, text, error);
    }
}

static gboolean
check_number (const SpField *field, double value, GError **error)
{
  if (isnan (value))
    return refuse (field, error, "a number is expected");
  if (strcmp (field->path, "location.latitude") == 0)
    return fabs (value) <= 90 || refuse (field, error, "a latitude lies between -90 and 90");
  if (strcmp (field->path, "location.longitude") == 0)
    return fabs (value) <= 180 || refuse (field, error, "a longitude lies between -180 and 180");
  if (value < 0)
    return refuse (field, error, "a number below 0 is not expected");
  if (field->type == SP_FIELD_INTEGER && value != floor (value))
    return refuse (field, error, "a whole number is expected");
  return TRUE;
}

static gboolean
check_set (const SpField *field, const SpNode *value, GError **error)
{
  SpField item = *field;

  if (!sp_node_is_array (value))
    return refuse (field, error, "a list is expected");
  item.type = field->type == SP_FIELD_REFERENCES ? SP_FIELD_REFERENCE : SP_FIELD_CHOICE;
  for (guint i = 0; i < sp_node_get_length (value); i++)
    if (!check_text (&item, sp_node_get_string (sp_node_get_element (value, i)), error))
      return FALSE;
  return TRUE;
}

/**
 * sp_field_check:
 * @field: a member of an asset
 * @value: what shall stand there
 * @error: %SP_ERROR_INVALID with the path and the reason
 *
 * Whether a value fits its field. Of an object or list only the outer form is looked at.
 *
 * Returns: whether it fits
 */
gboolean
sp_field_check (const SpField *field, const SpNode *value, GError **error)
{
  switch (field->type)
    {
    case SP_FIELD_NUMBER:
    case SP_FIELD_INTEGER:
      return check_number (field, sp_node_get_double (value), error);
    case SP_FIELD_BOOLEAN:
      return sp_node_get_kind (value) == SP_JSON_TRUE || sp_node_get_kind (value) == SP_JSON_FALSE
             || refuse (field, error, "true or false is expected");
    case SP_FIELD_SET:
    case SP_FIELD_REFERENCES:
      return check_set (field, value, error);
    case SP_FIELD_OBJECT:
      return sp_node_is_object (value) || refuse (field, error, "an object is expected");
    case SP_FIELD_LIST:
      return sp_node_is_array (value) || refuse (field, error, "a list is expected");
    case SP_FIELD_JSON:
      return TRUE;
    default:
      return check_text (field, sp_node_get_string (value), error);
    }
}

static gboolean check_members (const SpNode *object, const char *prefix, GError **error);

static gboolean
check_items (const SpNode *list, const char *path, GError **error)
{
  g_autofree char *prefix = g_strconcat (path, ".*", NULL);

  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      if (!sp_node_is_object (item))
        {
          g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: item %u is not an object", path, i + 1);
          return FALSE;
        }
      if (!check_members (item, prefix, error))
        {
          g_prefix_error (error, "item %u: ", i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_members (const SpNode *object, const char *prefix, GError **error)
{
  for (guint i = 0; i < sp_node_get_length (object); i++)
    {
      const SpNode *value = sp_node_get_element (object, i);
      g_autofree char *path = g_strconcat (prefix, *prefix != '\0' ? "." : "", sp_node_get_name (object, i), NULL);
      const SpField *field = sp_field_find (path);

      if (field == NULL) /* a newer Signpost's member, or another program's */
        continue;
      if (!sp_field_check (field, value, error)
          || (field->type == SP_FIELD_OBJECT && !check_members (value, path, error))
          || (field->type == SP_FIELD_LIST && !check_items (value, path, error)))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_field_check_body:
 * @body: an asset
 * @error: %SP_ERROR_INVALID with the path and the reason
 *
 * Whether every member that this version knows fits; unknown members are let be.
 *
 * Returns: whether the asset may be saved
 */
gboolean
sp_field_check_body (const SpNode *body, GError **error)
{
  const char *name = sp_node_get_text (body, "name");

  if (!sp_node_is_object (body))
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "An asset is an object");
      return FALSE;
    }
  if (name == NULL || *name == '\0')
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "name: every entry needs a name");
      return FALSE;
    }
  return check_members (body, "", error);
}

static SpNode *
parse_boolean (const SpField *field, const char *text, GError **error)
{
  static const char * const yes[] = { "yes", "true", "y", "1", NULL };
  static const char * const no[] = { "no", "false", "n", "0", NULL };
  g_autofree char *word = g_ascii_strdown (text, -1);

  if (g_strv_contains (yes, word))
    return sp_node_new_boolean (TRUE);
  if (g_strv_contains (no, word))
    return sp_node_new_boolean (FALSE);
  refuse (field, error, "“%s” is neither yes nor no", text);
  return NULL;
}

static SpNode *
parse_number (const SpField *field, const char *text, GError **error)
{
  char *end;
  double value = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (value))
    {
      refuse (field, error, "“%s” is not a number", text);
      return NULL;
    }
  return sp_node_new_number (value);
}

static SpNode *
parse_set (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, ",;", -1);
  SpNode *set = sp_node_new_array ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      sp_node_append (set, sp_node_new_string (words[i]));
  return set;
}

/**
 * sp_field_parse:
 * @field: a member of an asset
 * @text: what a person typed; the words of a set have commas or semicolons between
 * @error: %SP_ERROR_INVALID with the path and the reason
 *
 * Returns: (transfer full) (nullable): the value
 */
SpNode *
sp_field_parse (const SpField *field, const char *text, GError **error)
{
  g_autoptr (SpNode) value = NULL;

  switch ((int) field->type)
    {
    case SP_FIELD_BOOLEAN:
      value = parse_boolean (field, text, error);
      break;
    case SP_FIELD_NUMBER:
    case SP_FIELD_INTEGER:
      value = parse_number (field, text, error);
      break;
    case SP_FIELD_SET:
    case SP_FIELD_REFERENCES:
      value = parse_set (text);
      break;
    case SP_FIELD_OBJECT:
    case SP_FIELD_LIST:
    case SP_FIELD_JSON:
      refuse (field, error, "this has parts; name one of them, or give it as JSON with :=");
      break;
    default:
      value = sp_node_new_string (text);
    }
  if (value == NULL || !sp_field_check (field, value, error))
    return NULL;
  return g_steal_pointer (&value);
}

static void
give_id (SpNode *item)
{
  g_autofree char *uuid = g_uuid_string_random ();

  uuid[0] = 'i'; /* all digits would read as a position */
  uuid[8] = '\0'; /* 28 random bits are plenty within one list of one entry */
  sp_node_set_text (item, "id", uuid);
}

static SpNode *
new_item (void)
{
  SpNode *item = sp_node_new_object ();

  give_id (item);
  return item;
}

/**
 * sp_field_give_ids:
 * @body: an asset that nobody else holds
 * @member: one of its top members
 *
 * Gives a random `id` to each item that has none, if that member is a list of items: a merge goes by them.
 */
void
sp_field_give_ids (SpNode *body, const char *member)
{
  const SpField *field = sp_field_find (member);
  SpNode *list = sp_node_get (body, member);

  if (field == NULL || field->type != SP_FIELD_LIST || !sp_node_is_array (list))
    return;
  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      SpNode *item = sp_node_get_element (list, i);
      if (sp_node_is_object (item) && sp_node_get (item, "id") == NULL)
        give_id (item);
    }
}

/* The item that @step names; the position after the last makes a new one, if @value is to be set. */
static SpNode *
get_item (SpNode *list, const char *step, gboolean create)
{
  guint next = sp_node_get_length (list) + 1;
  SpNode *item = sp_node_get_path (list, step);

  if (item != NULL || !create || g_ascii_strtoull (step, NULL, 10) != next)
    return item;
  item = new_item ();
  sp_node_append (list, item);
  return item;
}

static SpNode *
get_child (SpNode *parent, const char *step, gboolean list, gboolean create)
{
  SpNode *child = sp_node_is_array (parent) ? get_item (parent, step, create) : sp_node_get (parent, step);

  if (child == NULL && create && sp_node_is_object (parent))
    {
      child = list ? sp_node_new_array () : sp_node_new_object ();
      sp_node_set (parent, step, child);
    }
  return child;
}

static void
remove_child (SpNode *parent, const char *step)
{
  SpNode *child = sp_node_is_array (parent) ? get_item (parent, step, FALSE) : NULL;

  if (!sp_node_is_array (parent))
    sp_node_remove (parent, step);
  for (guint i = 0; child != NULL && i < sp_node_get_length (parent); i++)
    if (sp_node_get_element (parent, i) == child)
      {
        sp_node_remove_index (parent, i);
        return;
      }
}

/* Absent means unknown: what has become empty goes. */
static void
drop_if_empty (SpNode *body, GPtrArray *parents, char **steps)
{
  for (guint i = parents->len; i-- > 1;)
    {
      SpNode *node = g_ptr_array_index (parents, i);
      gboolean empty = sp_node_get_length (node) == 0
                       || (sp_node_get_length (node) == 1 && sp_node_get (node, "id") != NULL);
      if (!empty)
        return;
      remove_child (g_ptr_array_index (parents, i - 1), steps[i - 1]);
    }
}

/**
 * sp_field_set:
 * @body: an asset that nobody else holds
 * @path: where; in a list a position from 1 or the `id` of an item, and one past the last adds an item
 * @value: (transfer full) (nullable): what; %NULL removes it, and what becomes empty by that
 * @error: %SP_ERROR_INVALID if the path cannot be
 *
 * Sets or removes one member, making the objects and list items on the way.
 *
 * Returns: whether that could be done
 */
gboolean
sp_field_set (SpNode *body, const char *path, SpNode *value, GError **error)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  g_autoptr (GPtrArray) parents = g_ptr_array_new ();
  g_autoptr (SpNode) owned = value;
  g_autofree char *so_far = g_strdup ("");
  SpNode *at = body;
  guint last = g_strv_length (steps);

  if (last-- == 0)
    return TRUE;
  for (guint i = 0; i <= last && at != NULL; i++)
    {
      g_autofree char *next = g_strconcat (so_far, i > 0 ? "." : "", steps[i], NULL);
      const SpField *field = sp_field_find (next);
      g_ptr_array_add (parents, at);
      if (i < last)
        at = get_child (at, steps[i], field != NULL && field->type == SP_FIELD_LIST, value != NULL);
      g_free (so_far);
      so_far = g_steal_pointer (&next);
    }
  if (at == NULL && value == NULL)
    return TRUE;
  if (at == NULL || (!sp_node_is_object (at) && !(sp_node_is_array (at) && value == NULL)))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: there is no such place in this entry", path);
      return FALSE;
    }
  if (value != NULL)
    sp_node_set (at, steps[last], g_steal_pointer (&owned));
  else
    {
      remove_child (at, steps[last]);
      drop_if_empty (body, parents, steps);
    }
  return TRUE;
}
