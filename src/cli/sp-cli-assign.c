/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FIELD=VALUE, FIELD:=JSON and FIELD= on the command line. */
#include "sp-cli-assign.h"

#include "sp-field.h"

#include <glib/gi18n.h>
#include <string.h>

/* Members that say what happened to a document; only the store writes them. */
static const char * const kept_by_store[] = { "type", "schema", "edit", "created", "modified", NULL };

/* Everything below is about what a person typed, so every failure is one of usage. */
static gboolean
refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (SP_ERROR, SP_ERROR_USAGE, format, args));
  va_end (args);
  return FALSE;
}

/**
 * sp_cli_assign_split:
 * @argument: `FIELD=VALUE` or `FIELD:=JSON`
 * @path: (out) (transfer full): FIELD
 * @text: (out) (transfer none): VALUE or JSON, which may be empty
 * @json: (out): whether it is JSON
 * @error: %SP_ERROR_USAGE
 *
 * Takes one argument apart.
 *
 * Returns: whether it has that form
 */
gboolean
sp_cli_assign_split (const char *argument, char **path, const char **text, gboolean *json, GError **error)
{
  const char *equals = strchr (argument, '=');

  *json = equals != NULL && equals > argument && equals[-1] == ':';
  if (equals == NULL || equals - *json <= argument)
    return refuse (error, _("“%s” is not of the form FIELD=VALUE"), argument);
  *path = g_strndup (argument, (gsize) (equals - argument) - *json);
  *text = equals + 1;
  return TRUE;
}

static gboolean
check_path (const char *path, const SpField **field, GError **error)
{
  g_autofree char *member = g_strndup (path, strcspn (path, "."));

  if (g_strv_contains (kept_by_store, member) || *member == '_')
    return refuse (error, _("%s: Signpost keeps this member itself"), path);
  *field = strchr (path, '*') == NULL ? sp_field_find (path) : NULL;
  if (*field == NULL)
    return refuse (error, _("%s: an entry has no such field; “man signpost-edit” lists them"), path);
  return TRUE;
}

/* Whether a whole item of a list is meant, which can only be removed. */
static gboolean
is_item (const char *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *list = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : NULL;
  const SpField *field = list != NULL ? sp_field_find (list) : NULL;

  return field != NULL && field->type == SP_FIELD_LIST && dot[1] != '\0' && strchr (dot + 1, '.') == NULL;
}

static SpNode *
read_json (const SpField *field, const char *path, const char *text, GError **error)
{
  g_autoptr (SpNode) value = sp_node_parse (text, -1, error);

  if (value == NULL)
    g_prefix_error (error, "%s: ", path);
  return value != NULL && sp_field_check (field, value, error) ? g_steal_pointer (&value) : NULL;
}

/**
 * sp_cli_assign_read:
 * @path: which field
 * @text: its value as it was typed; empty for none
 * @json: whether @text is JSON
 * @value: (out) (transfer full) (nullable): the value; %NULL for none
 * @error: %SP_ERROR_USAGE
 *
 * Reads the value of one field.
 *
 * Returns: whether there is such a field, and the value fits it
 */
gboolean
sp_cli_assign_read (const char *path, const char *text, gboolean json, SpNode **value, GError **error)
{
  g_autoptr (GError) reason = NULL;
  const SpField *field;

  *value = NULL;
  if (*text == '\0' && !json && is_item (path))
    return TRUE;
  if (!check_path (path, &field, error))
    return FALSE;
  if (*text == '\0' && !json)
    return TRUE;
  *value = json ? read_json (field, path, text, &reason) : sp_field_parse (field, text, &reason);
  return *value != NULL || refuse (error, "%s", reason->message);
}

/* Where something is put. Positions are those before the first change, whatever the changes add and remove. */
typedef struct
{
  const SpNode *before;
  gboolean      from_zero; /* whether positions are counted from 0 */
} Places;

static gboolean
is_number (const char *step)
{
  return *step != '\0' && step[strspn (step, "0123456789")] == '\0';
}

/* Whether one of the paths names item 0. No item has that position for people, who count from 1; programs do not. */
static gboolean
count_from_zero (char **arguments)
{
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      g_autofree char *path = g_strndup (arguments[i], strcspn (arguments[i], ":="));
      if (strstr (path, ".0.") != NULL || g_str_has_suffix (path, ".0"))
        return TRUE;
    }
  return FALSE;
}

static const SpNode *
find_by_id (const SpNode *list, const char *id)
{
  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    if (g_strcmp0 (sp_node_get_text (sp_node_get_element (list, i), "id"), id) == 0)
      return sp_node_get_element (list, i);
  return NULL;
}

/* The path with the id of an item instead of its position; of an item that is to be added, its position from 1. */
static char *
locate (const Places *places, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", 3);
  const SpField *field = sp_field_find (steps[0]);
  const SpNode *list = sp_node_get (places->before, steps[0]), *item = NULL;
  guint64 position;

  if (field == NULL || field->type != SP_FIELD_LIST || steps[1] == NULL || !is_number (steps[1])
      || find_by_id (list, steps[1]) != NULL)
    return g_strdup (path);
  position = g_ascii_strtoull (steps[1], NULL, 10) + places->from_zero;
  if (sp_node_is_array (list) && position >= 1 && position <= sp_node_get_length (list))
    item = sp_node_get_element (list, (guint) position - 1);
  g_free (steps[1]);
  steps[1] = item != NULL && sp_node_get_text (item, "id") != NULL ? g_strdup (sp_node_get_text (item, "id"))
                                                                    : g_strdup_printf ("%" G_GUINT64_FORMAT, position);
  return g_strjoinv (".", steps);
}

static gboolean
assign (SpNode *body, const Places *places, const char *argument, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *path = NULL;
  g_autofree char *place = NULL;
  g_autofree char *member = NULL;
  const char *text;
  gboolean json;
  SpNode *value;

  if (!sp_cli_assign_split (argument, &path, &text, &json, error)
      || !sp_cli_assign_read (path, text, json, &value, error))
    return FALSE;
  place = locate (places, path);
  if (!sp_field_set (body, place, value, &reason))
    return refuse (error, "%s: there is no such place in this entry", path);
  member = g_strndup (path, strcspn (path, "."));
  sp_field_give_ids (body, member);
  return TRUE;
}

/* So that a position can be told by an id. */
static void
give_ids (SpNode *body, char **arguments)
{
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      g_autofree char *member = g_strndup (arguments[i], strcspn (arguments[i], ".:="));
      if (arguments[i][strlen (member)] == '.')
        sp_field_give_ids (body, member);
    }
}

/**
 * sp_cli_assign_all:
 * @body: an asset that nobody else holds
 * @arguments: (array zero-terminated=1): `FIELD=VALUE`, `FIELD:=JSON`, or `FIELD=` to remove it; FIELD is a dotted path
 *   in which an item of a list is named by its id or its position, from 1, or from 0 if one of the paths has a 0
 * @error: %SP_ERROR_USAGE
 *
 * Does what all arguments say, then looks whether the result is an asset.
 *
 * Returns: whether it could be done
 */
gboolean
sp_cli_assign_all (SpNode *body, char **arguments, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (SpNode) before = NULL;
  Places places = { .from_zero = count_from_zero (arguments) };

  give_ids (body, arguments);
  places.before = before = sp_node_copy (body);
  for (guint i = 0; arguments[i] != NULL; i++)
    if (!assign (body, &places, arguments[i], error))
      return FALSE;
  return sp_field_check_body (body, &reason) || refuse (error, "%s", reason->message);
}
