/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a document may be written: the table of rights in databases that hold _design/signpost, plain CouchDB elsewhere
 * (members write documents, admins design documents). */
#include "sp-write-check.h"

#include "sp-revision.h"

#define ROOM 1000000 /* generations that must be left to those who decide on what a contributor wrote */

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

/* Generations end at 2³¹ − 1, and whoever pushes a history names its own: a contributor could write a submission that nobody
 * can ever accept or decline. Editors are trusted with that: they can overwrite everything as it is. */
static gboolean
leaves_room (const SpRequest *request, const char *id, const char *rev, GError **error)
{
  guint32 generation;

  if (request->role >= SP_ROLE_EDITOR || !sp_revision_parse (rev, &generation, NULL) || generation <= G_MAXINT32 - ROOM)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_DENIED, "%s: after revision %s there would be no room for those of others", id, rev);
  return FALSE;
}

/**
 * sp_write_check_allows:
 * @self: what is asked
 * @document: what shall be written
 * @rev: (nullable): its revision, or the one that it replaces
 * @error: %SP_ERROR_DENIED
 *
 * Returns: whether it may be written
 */
gboolean
sp_write_check_allows (const SpWriteCheck *self, const SpRightsDocument *document, const char *rev, GError **error)
{
  const SpRequest *request = self->request;

  if (self->has_rules)
    return sp_rights_check_write (request->account, request->role, document, error) && leaves_room (request, document->id, rev, error);
  if (!g_str_has_prefix (document->id, "_design/") || request->role >= SP_ROLE_ADMIN)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_DENIED, "%s: only an admin may write this", document->id);
  return FALSE;
}
