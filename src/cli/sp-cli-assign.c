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
  if (!check_path (path, &field, error))
    return FALSE;
  if (*text == '\0' && !json)
    return TRUE;
  *value = json ? read_json (field, path, text, &reason) : sp_field_parse (field, text, &reason);
  return *value != NULL || refuse (error, "%s", reason->message);
}

static gboolean
assign (SpNode *body, const char *argument, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *path = NULL;
  const char *text;
  gboolean json;
  SpNode *value;

  if (!sp_cli_assign_split (argument, &path, &text, &json, error)
      || !sp_cli_assign_read (path, text, json, &value, error))
    return FALSE;
  return sp_field_set (body, path, value, &reason) || refuse (error, "%s", reason->message);
}

/**
 * sp_cli_assign_all:
 * @body: an asset that nobody else holds
 * @arguments: (array zero-terminated=1): `FIELD=VALUE`, `FIELD:=JSON`, or `FIELD=` to remove it; FIELD is a dotted path
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

  for (guint i = 0; arguments[i] != NULL; i++)
    if (!assign (body, arguments[i], error))
      return FALSE;
  return sp_field_check_body (body, &reason) || refuse (error, "%s", reason->message);
}
