/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that were refused on their way to or from another replica, remembered until they get through. Each is a local
 * document, which never travels: its name begins with `refused/`, the direction and a digest of the peer, and ends with the
 * document's id. */
#include "sp-refusals-private.h"

#include "sp-docs.h"

#include <string.h>

#define PREFIX "refused/"
#define AFTER "refused0" /* the first name after all that begin with PREFIX */

/**
 * sp_refusal_free:
 * @refusal: (transfer full): an SpRefusal
 */
void
sp_refusal_free (gpointer refusal)
{
  SpRefusal *self = refusal;

  g_free (self->peer);
  g_free (self->id);
  g_free (self->rev);
  g_free (self->name);
  g_free (self->reason);
  g_strfreev (self->lacks);
  g_free (self);
}

/* A document's id may be as long as a local one's: of a long one a digest stands for it. */
static char *
make_name (const char *peer, gboolean sent, const char *id)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, peer, -1);
  g_autofree char *key = strlen (id) <= 128 ? g_strdup (id) : g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);

  return g_strdup_printf (PREFIX "%s/%.16s/%s", sent ? "sent" : "got", digest, key);
}

static SpNode *
make_list (GStrv texts)
{
  SpNode *array = sp_node_new_array ();

  for (guint i = 0; texts[i] != NULL; i++)
    sp_node_append (array, sp_node_new_string (texts[i]));
  return array;
}

/**
 * sp_refusals_note_proposed:
 * @db: the writing connection
 * @refusal: what was refused
 * @submission: (nullable): document id of what proposes the same
 * @error: %SP_ERROR
 *
 * As sp_refusals_note(), for what was proposed instead and stays here all the same.
 *
 * Returns: whether it is remembered
 */
gboolean
sp_refusals_note_proposed (SpDb *db, const SpRefusal *refusal, const char *submission, GError **error)
{
  g_autofree char *name = make_name (refusal->peer, refusal->sent, refusal->id);
  g_autoptr (SpNode) node = sp_node_new_object ();
  g_autofree char *json = NULL;

  sp_node_set_text (node, "peer", refusal->peer);
  sp_node_set_text (node, "id", refusal->id);
  if (refusal->rev != NULL)
    sp_node_set_text (node, "rev", refusal->rev);
  sp_node_set_text (node, "reason", refusal->reason);
  sp_node_set (node, "on", sp_node_new_number ((double) refusal->on));
  if (refusal->lacks != NULL && refusal->lacks[0] != NULL)
    sp_node_set (node, "lacks", make_list (refusal->lacks));
  if (submission != NULL)
    sp_node_set_text (node, "submission", submission);
  json = sp_node_to_json (node);
  return sp_docs_put_local (db, name, json, -1, NULL, error);
}

/**
 * sp_refusals_note:
 * @db: the writing connection
 * @refusal: what was refused; its name is not used, nor whether it was proposed
 * @error: %SP_ERROR
 *
 * Remembers it; what was known of the same document and peer before is replaced.
 *
 * Returns: whether it is remembered
 */
gboolean
sp_refusals_note (SpDb *db, const SpRefusal *refusal, GError **error)
{
  return sp_refusals_note_proposed (db, refusal, NULL, error);
}

/**
 * sp_refusals_forget:
 * @db: the writing connection
 * @peer: uuid of the other replica
 * @sent: whether this store sent it
 * @id: a document that got through
 * @error: %SP_ERROR
 *
 * Returns: whether nothing is remembered of it, now or before
 */
gboolean
sp_refusals_forget (SpDb *db, const char *peer, gboolean sent, const char *id, GError **error)
{
  g_autofree char *name = make_name (peer, sent, id);
  g_autoptr (GError) problem = NULL;

  if (sp_docs_delete_local (db, name, &problem) || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static GStrv
read_lacks (const char *json)
{
  g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);
  const SpNode *array = sp_node_get (body, "lacks");
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  if (!sp_node_is_array (array))
    return NULL;
  for (guint i = 0; i < sp_node_get_length (array); i++)
    g_strv_builder_add (texts, sp_node_get_string (sp_node_get_element (array, i)));
  return g_strv_builder_end (texts);
}

static SpRefusal *
read_refusal (sqlite3_stmt *stmt)
{
  SpRefusal *refusal = g_new0 (SpRefusal, 1);

  refusal->peer = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  refusal->id = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
  refusal->rev = g_strdup ((const char *) sqlite3_column_text (stmt, 2));
  refusal->reason = g_strdup ((const char *) sqlite3_column_text (stmt, 3));
  refusal->on = sqlite3_column_int64 (stmt, 4);
  refusal->sent = sqlite3_column_int (stmt, 5);
  refusal->name = g_strdup ((const char *) sqlite3_column_text (stmt, 6));
  refusal->lacks = read_lacks ((const char *) sqlite3_column_text (stmt, 7));
  refusal->proposed = sqlite3_column_int (stmt, 8);
  return refusal;
}

/**
 * sp_refusals_list:
 * @db: a connection
 * @peer: (nullable): uuid of a replica; %NULL for all
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpRefusal): what is remembered, the newest first
 */
GPtrArray *
sp_refusals_list (SpDb *db, const char *peer, GError **error)
{
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func (sp_refusal_free);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT l.body ->> '$.peer', l.body ->> '$.id', l.body ->> '$.rev', l.body ->> '$.reason',"
                                        " l.body ->> '$.on', l.id LIKE '" PREFIX "sent/%', r.body ->> '$.name', l.body,"
                                        " EXISTS (SELECT 1 FROM doc s WHERE s.id = l.body ->> '$.submission' AND NOT s.deleted)"
                                        " FROM local l LEFT JOIN doc d ON d.id = l.body ->> '$.id' LEFT JOIN rev r ON r.n = d.winner"
                                        " WHERE l.id > '" PREFIX "' AND l.id < '" AFTER "' AND (?1 IS NULL OR l.body ->> '$.peer' = ?1)"
                                        " ORDER BY l.body ->> '$.on' DESC, l.id", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, peer, -1, SQLITE_STATIC);
  while (has_row)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (refusals, read_refusal (stmt));
    }
  return g_steal_pointer (&refusals);
}
