/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost show: one entry in full, for a person or as the document it is. */
#include "sp-cli.h"

#include "sp-cli-document.h"
#include "sp-cli-output.h"
#include "sp-field.h"

#include <glib/gi18n.h>
#include <string.h>

#define INDENT 2

/* Of no use to somebody who reads an entry; --json has them. */
static const char * const left_out[] = { "type", "schema", "edit", "translations", NULL };

static void print_member (const char *path, const char *label, const SpNode *value, int depth);

static const char *
label_of (const char *path, const char *name)
{
  const SpField *field = sp_field_find (path);

  return field != NULL ? _(field->label) : name;
}

static void
print_members (const SpNode *object, const char *prefix, int depth)
{
  for (guint i = 0; i < sp_node_get_length (object); i++)
    {
      const char *name = sp_node_get_name (object, i);
      g_autofree char *path = g_strconcat (prefix, ".", name, NULL);
      if (strcmp (path, "source.original") != 0)
        print_member (path, label_of (path, name), sp_node_get_element (object, i), depth);
    }
}

static void
print_items (const SpNode *list, const char *path, int depth)
{
  g_autofree char *prefix = g_strconcat (path, ".*", NULL);

  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      sp_cli_print ("%*s%u.\n", depth * INDENT, "", i + 1);
      print_members (sp_node_get_element (list, i), prefix, depth + 1);
    }
}

/* Text as it is, a list of words with commas, anything else as JSON. */
static char *
value_words (const SpNode *value)
{
  g_autoptr (GString) words = NULL;

  if (sp_node_get_string (value) != NULL)
    return g_strdup (sp_node_get_string (value));
  if (sp_node_get_kind (value) == SP_JSON_TRUE)
    return g_strdup (_("yes"));
  if (sp_node_get_kind (value) == SP_JSON_FALSE)
    return g_strdup (_("no"));
  if (!sp_node_is_array (value))
    return sp_node_to_json (value);
  words = g_string_new (NULL);
  for (guint i = 0; i < sp_node_get_length (value); i++)
    {
      g_autofree char *word = value_words (sp_node_get_element (value, i));
      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", word);
    }
  return g_strdup (words->str);
}

static void
print_member (const char *path, const char *label, const SpNode *value, int depth)
{
  g_autofree char *words = NULL;

  if (sp_node_is_object (value))
    {
      sp_cli_print ("%*s%s:\n", depth * INDENT, "", label);
      print_members (value, path, depth + 1);
      return;
    }
  if (sp_node_is_array (value) && sp_node_get_length (value) > 0 && sp_node_is_object (sp_node_get_element (value, 0)))
    {
      sp_cli_print ("%*s%s:\n", depth * INDENT, "", label);
      print_items (value, path, depth + 1);
      return;
    }
  words = value_words (value);
  sp_cli_print ("%*s%s: %s\n", depth * INDENT, "", label, words);
}

/* Members in the order of the table of fields, then those that the table does not know. */
static void
print_entry (const SpNode *document)
{
  guint n;
  const SpField *fields = sp_field_get_all (&n);

  for (guint i = 0; i < n; i++)
    {
      const SpNode *value = strchr (fields[i].path, '.') == NULL ? sp_node_get (document, fields[i].path) : NULL;
      if (value != NULL && !g_strv_contains (left_out, fields[i].path))
        print_member (fields[i].path, _(fields[i].label), value, 0);
    }
  for (guint i = 0; i < sp_node_get_length (document); i++)
    {
      const char *name = sp_node_get_name (document, i);
      if (*name != '_' && sp_field_find (name) == NULL)
        print_member (name, name, sp_node_get_element (document, i), 0);
    }
  sp_cli_print (_("id: %s\nversion: %s\n"), sp_node_get_text (document, "_id"), sp_node_get_text (document, "_rev"));
}

static void
print_conflicts (const SpNode *conflicts)
{
  if (conflicts == NULL)
    return;
  for (guint i = 0; i < sp_node_get_length (conflicts); i++)
    sp_cli_print (_("another version, not merged: %s\n"), sp_node_get_string (sp_node_get_element (conflicts, i)));
}

/**
 * sp_cli_show:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Shows one entry in full.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_show (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("the document as it is stored, with its conflicts"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SpDb) db = NULL;
  g_autoptr (SpNode) document = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 1, 1, error))
    return FALSE;
  db = sp_cli_open (call, SP_CLI_READ, error);
  document = db != NULL ? sp_cli_document_read (db, call->rest[0], error) : NULL;
  if (document == NULL)
    return FALSE;
  if (json)
    {
      sp_cli_print_json (document);
      sp_cli_print ("\n");
      return TRUE;
    }
  print_entry (document);
  print_conflicts (sp_node_get (document, "_conflicts"));
  return TRUE;
}
