/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost sample: an invented neighbourhood in an empty store, to play with. */
#include "sp-cli.h"

#include "sp-cli-output.h"
#include "sp-data.h"
#include "sp-docs.h"

#include <glib/gi18n.h>

static gboolean
check_empty (SpDb *db, GError **error)
{
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) changes = sp_docs_get_changes (db, NULL, 1, &last, error);

  if (changes == NULL)
    return FALSE;
  if (changes->len == 0)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, _("The store %s is not empty; --store names another one"),
               sp_db_get_path (db));
  return FALSE;
}

static gboolean
put_document (SpDb *db, const SpNode *document, GError **error)
{
  g_autoptr (SpNode) body = sp_node_copy (document);

  sp_node_remove (body, "_id");
  return sp_docs_put_new (db, sp_node_get_text (document, "_id"), body, NULL, error);
}

static gboolean
put_file (SpDb *db, const char *name, guint *n_assets, GError **error)
{
  g_autoptr (SpNode) documents = sp_data_load_json (name);

  for (guint i = 0; i < sp_node_get_length (documents); i++)
    {
      const SpNode *document = sp_node_get_element (documents, i);
      if (!put_document (db, document, error))
        return FALSE;
      if (g_strcmp0 (sp_node_get_text (document, "type"), "asset") == 0)
        (*n_assets)++;
    }
  return TRUE;
}

/* All of it in one transaction: there is never half a neighbourhood. */
static gboolean
put_all (SpDb *db, guint *n_assets, GError **error)
{
  g_auto (GStrv) names = sp_data_list ("sample");

  if (!sp_db_begin (db, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (!put_file (db, names[i], n_assets, error))
      {
        sp_db_rollback (db);
        return FALSE;
      }
  return sp_db_commit (db, error);
}

/**
 * sp_cli_sample:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Fills an empty store with the sample neighbourhood.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_sample (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_autoptr (SpDb) db = NULL;
  guint n_assets = 0;

  if (!sp_cli_parse (call, context, argv, 0, 0, error))
    return FALSE;
  db = sp_cli_open (call, SP_CLI_CREATE, error);
  if (db == NULL || !check_empty (db, error) || !put_all (db, &n_assets, error))
    return FALSE;
  sp_cli_print (ngettext ("%u entry added\n", "%u entries added\n", n_assets), n_assets);
  return TRUE;
}
