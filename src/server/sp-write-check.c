/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a document may be written: the table of rights in databases that hold _design/signpost, plain CouchDB elsewhere
 * (members write documents, admins design documents). */
#include "sp-write-check.h"

/**
 * sp_write_check_init:
 * @self: to be filled
 * @db: a connection
 * @request: who asks
 * @error: %SP_ERROR
 *
 * Returns: whether it could be found out if the database has rules
 */
gboolean
sp_write_check_init (SpWriteCheck *self, SpDb *db, const SpRequest *request, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SpDoc) design = sp_docs_get (db, "_design/signpost", NULL, &problem);

  *self = (SpWriteCheck){ request, design != NULL && !design->deleted };
  if (design != NULL || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * sp_write_check_allows:
 * @self: what is asked
 * @document: what shall be written
 * @error: %SP_ERROR_DENIED
 *
 * Returns: whether it may be written
 */
gboolean
sp_write_check_allows (const SpWriteCheck *self, const SpRightsDocument *document, GError **error)
{
  const SpRequest *request = self->request;

  if (self->has_rules)
    return sp_rights_check_write (request->account, request->role, document, error);
  if (!g_str_has_prefix (document->id, "_design/") || request->role >= SP_ROLE_ADMIN)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_DENIED, "%s: only an admin may write this", document->id);
  return FALSE;
}
