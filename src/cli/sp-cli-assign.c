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

static gboolean
set (SpNode *body, const char *path, SpNode *value, GError **error)
{
  GError *reason = NULL;

  if (sp_field_set (body, path, value, &reason))
    return TRUE;
  refuse (error, "%s", reason->message);
  g_error_free (reason);
  return FALSE;
}

/* The value that @text means; @json: it is JSON, whatever the field is. */
static SpNode *
read_value (const SpField *field, const char *path, const char *text, gboolean json, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (SpNode) value = NULL;

  if (!json)
    value = sp_field_parse (field, text, &reason);
  else
    {
      value = sp_node_parse (text, -1, &reason);
      g_prefix_error (&reason, "%s: ", path);
      if (value != NULL && !sp_field_check (field, value, &reason))
        g_clear_pointer (&value, sp_node_unref);
    }
  if (value == NULL)
    refuse (error, "%s", reason->message);
  return g_steal_pointer (&value);
}

/**
 * sp_cli_assign:
 * @body: an asset that nobody else holds
 * @argument: `FIELD=VALUE`, `FIELD:=JSON`, or `FIELD=` to remove it; FIELD is a dotted path
 * @error: %SP_ERROR_USAGE
 *
 * Does what one argument says.
 *
 * Returns: whether it could be done
 */
gboolean
sp_cli_assign (SpNode *body, const char *argument, GError **error)
{
  const char *equals = strchr (argument, '=');
  gboolean json = equals != NULL && equals > argument && equals[-1] == ':';
  g_autofree char *path = NULL;
  const SpField *field;
  SpNode *value;

  if (equals == NULL || equals == argument)
    return refuse (error, _("“%s” is not of the form FIELD=VALUE"), argument);
  path = g_strndup (argument, (gsize) (equals - argument) - json);
  if (!check_path (path, &field, error))
    return FALSE;
  if (equals[1] == '\0' && !json)
    return set (body, path, NULL, error);
  value = read_value (field, path, equals + 1, json, error);
  return value != NULL && set (body, path, value, error);
}

/**
 * sp_cli_assign_all:
 * @body: an asset that nobody else holds
 * @arguments: (array zero-terminated=1): see sp_cli_assign()
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
    if (!sp_cli_assign (body, arguments[i], error))
      return FALSE;
  return sp_field_check_body (body, &reason) || refuse (error, "%s", reason->message);
}
