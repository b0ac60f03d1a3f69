/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents by the id that a person gave, and who that person is. */
#include "sp-cli-document.h"

#include <glib/gi18n.h>

/**
 * sp_cli_document_get_any:
 * @db: a connection
 * @id: what was given as an id
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the winning revision, which may be a tombstone
 */
SpDoc *
sp_cli_document_get_any (SpDb *db, const char *id, GError **error)
{
  g_autoptr (GError) reason = NULL;
  SpDoc *doc = sp_docs_get (db, id, NULL, &reason);

  if (doc == NULL && !g_error_matches (reason, SP_ERROR, SP_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&reason));
  else if (doc == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("There is no entry %s in this store"), id);
  return doc;
}

/**
 * sp_cli_document_get:
 * @db: a connection
 * @id: what was given as an id
 * @error: %SP_ERROR_NOT_FOUND also where it was deleted
 *
 * Returns: (transfer full) (nullable): the winning revision, alive and with its body
 */
SpDoc *
sp_cli_document_get (SpDb *db, const char *id, GError **error)
{
  g_autoptr (SpDoc) doc = sp_cli_document_get_any (db, id, error);

  if (doc != NULL && doc->deleted)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("The entry %s was deleted"), id);
      return NULL;
    }
  return g_steal_pointer (&doc);
}

static SpNode *
new_list (GStrv words)
{
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; words[i] != NULL; i++)
    sp_node_append (list, sp_node_new_string (words[i]));
  return list;
}

/**
 * sp_cli_document_read:
 * @db: a connection
 * @id: what was given as an id
 * @error: %SP_ERROR_NOT_FOUND also where it was deleted
 *
 * Returns: (transfer full) (nullable): `_id`, `_rev`, the stored members, and `_conflicts` if there are any
 */
SpNode *
sp_cli_document_read (SpDb *db, const char *id, GError **error)
{
  g_autoptr (SpDoc) doc = sp_cli_document_get (db, id, error);
  g_autoptr (SpNode) body = doc != NULL ? sp_node_parse (doc->body, -1, error) : NULL;
  g_autoptr (SpNode) document = NULL;
  g_auto (GStrv) conflicts = body != NULL ? sp_docs_get_conflicts (db, id, error) : NULL;

  if (conflicts == NULL)
    return NULL;
  document = sp_node_new_object ();
  sp_node_set_text (document, "_id", doc->id);
  sp_node_set_text (document, "_rev", doc->rev);
  for (guint i = 0; i < sp_node_get_length (body); i++)
    sp_node_set (document, sp_node_get_name (body, i), sp_node_ref (sp_node_get_element (body, i)));
  if (conflicts[0] != NULL)
    sp_node_set (document, "_conflicts", new_list (conflicts));
  return g_steal_pointer (&document);
}

/**
 * sp_cli_who:
 *
 * Whom to name as the author of a change: the account on this machine, until the store has one on a server.
 *
 * Returns: (transfer none): a name
 */
const char *
sp_cli_who (void)
{
  return g_get_user_name ();
}
