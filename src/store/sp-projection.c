/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The projection: indexed tables, full text and R*Tree beside the documents, in the same transaction. Documents are
 * the truth; all of this can be dropped and rebuilt, and never travels. */
#include "sp-projection.h"

/**
 * sp_projection_update:
 * @db: the writing connection, inside a transaction
 * @doc: the document's local number
 * @seq: its new sequence; becomes the row id of its projection, so that the newest come last
 * @id: document id
 * @body: (nullable): the winning body; %NULL once the document is deleted
 * @error: %SP_ERROR
 *
 * Brings the projection of one document up to date.
 *
 * Returns: whether that went well; if not, the transaction must be rolled back
 */
gboolean
sp_projection_update (SpDb *db, gint64 doc, gint64 seq, const char *id, const SpNode *body, GError **error)
{
  return TRUE;
}
