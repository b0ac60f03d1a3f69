/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invented neighbourhood that comes with Signpost, put into a store. */
#include "sp-sample.h"

#include "sp-data.h"
#include "sp-docs.h"

#include <glib/gi18n-lib.h>

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
 * sp_sample_fill:
 * @db: the writing connection, with no transaction open
 * @n_assets: (out): how many entries were added
 * @error: %SP_ERROR_CONFLICT if the store is not empty
 *
 * Fills an empty store with the sample neighbourhood.
 *
 * Returns: whether it was done; if not, nothing changed
 */
gboolean
sp_sample_fill (SpDb *db, guint *n_assets, GError **error)
{
  *n_assets = 0;
  return check_empty (db, error) && put_all (db, n_assets, error);
}
