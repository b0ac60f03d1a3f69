/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The projection: indexed tables, full text and R*Tree beside the documents, in the same transaction. Documents are
 * the truth; all of this can be dropped and rebuilt, and never travels. */
#include "sp-projection-private.h"

#include "sp-areas.h"
#include "sp-gazetteer.h"
#include "sp-schema.h"
#include "sp-twins.h"

#include <string.h>

static gboolean
is_asset (const char *id)
{
  return g_str_has_prefix (id, "asset:");
}

static gboolean
is_area (const char *id)
{
  return g_str_has_prefix (id, "area:");
}

/**
 * sp_projection_register:
 * @db: a connection that was just opened
 * @error: %SP_ERROR
 *
 * Gives the connection what writing the projection needs.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_register (SpDb *db, GError **error)
{
  return sp_words_register (db, error);
}

static SpNode *
load_body (SpDb *db, const char *id)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT body FROM doc JOIN rev ON rev.n = doc.winner WHERE doc.id = ? AND NOT doc.deleted", NULL);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, NULL) || !has_row || sqlite3_column_type (stmt, 0) == SQLITE_NULL)
    return NULL;
  return sp_node_parse ((const char *) sqlite3_column_text (stmt, 0), sqlite3_column_bytes (stmt, 0), NULL);
}

/* Writes the rows of an asset that has none. @text, @venue: what is made of it and its venue's body, if the caller has them
 * at hand. */
static gboolean
write_all (SpDb *db, gint64 doc, gint64 seq, const SpNode *body, const SpText *text, SpNode *venue, SpBulk *bulk, GError **error)
{
  const char *venue_id = sp_node_get_text (body, "venue");
  g_autoptr (SpNode) loaded = venue == NULL && venue_id != NULL ? load_body (db, venue_id) : NULL;
  g_autoptr (SpText) made = text == NULL ? sp_text_new (body) : NULL;
  SpProjected asset = { seq, doc, body, text != NULL ? text : made, venue != NULL ? venue : loaded, NAN, NAN, bulk };

  asset.latitude = asset.text->facts.latitude;
  asset.longitude = asset.text->facts.longitude;
  if (isnan (asset.latitude) && asset.venue != NULL)
    sp_facts_take_position (asset.venue, &asset.latitude, &asset.longitude);
  return sp_rows_write (db, &asset, error) && sp_text_write (db, &asset, error) && sp_rows_write_position (db, &asset, error)
         && sp_twins_project (db, doc, asset.text->traits, bulk != NULL ? bulk->keys : NULL, error) && sp_gazetteer_learn_from (db, body, error);
}

static gboolean
delete_old (SpDb *db, gint64 doc, GError **error)
{
  gboolean has_row;
  gint64 n;
  {
    SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n FROM asset WHERE doc = ?", error);
    if (stmt == NULL)
      return FALSE;
    sqlite3_bind_int64 (stmt, 1, doc);
    if (!sp_db_step (db, stmt, &has_row, error))
      return FALSE;
    n = has_row ? sqlite3_column_int64 (stmt, 0) : 0;
  }
  return !has_row || sp_rows_delete (db, n, error);
}

typedef struct
{
  gint64  n;
  gint64  doc;
  SpNode *body; /* owned */
} Dependent;

static void
clear_dependent (gpointer data)
{
  sp_node_unref (((Dependent *) data)->body);
}

/* What happens in the place @id. Collected first: writing changes the index that is read here. */
static GArray *
list_dependents (SpDb *db, const char *id, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Dependent));
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT asset.n, doc.n, body FROM asset JOIN doc ON doc.n = asset.doc JOIN rev ON rev.n = doc.winner WHERE asset.venue = ? AND NOT doc.deleted", error);

  g_array_set_clear_func (found, clear_dependent);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      SpNode *body = sp_node_parse ((const char *) sqlite3_column_text (stmt, 2), sqlite3_column_bytes (stmt, 2), NULL);
      if (body != NULL)
        g_array_append_val (found, ((Dependent){ sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1), body }));
    }
  return has_row ? NULL : g_steal_pointer (&found);
}

/* Whatever happens in this place takes its name and position from it: bring it up to date too. */
static gboolean
update_dependents (SpDb *db, const char *id, const SpNode *venue, GError **error)
{
  g_autoptr (GArray) dependents = list_dependents (db, id, error);

  if (dependents == NULL)
    return FALSE;
  for (guint i = 0; i < dependents->len; i++)
    {
      Dependent *dependent = &g_array_index (dependents, Dependent, i);
      if (!sp_rows_delete (db, dependent->n, error)
          || !write_all (db, dependent->doc, dependent->n, dependent->body, NULL, (SpNode *) venue, sp_bulk_get (db), error))
        return FALSE;
    }
  return TRUE;
}

/* A store that only serves has no projection: what another program may have made of it meanwhile is not kept up to date. */
static gboolean
leave_out (SpDb *db, GError **error)
{
  if (!sp_db_begin (db, error))
    return FALSE;
  if (sp_schema_leave_out_projection (db, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}

/**
 * sp_projection_update:
 * @db: the writing connection, inside a transaction
 * @doc: the document's local number
 * @seq: its new sequence; becomes the row id of its projection, so that the newest come last
 * @id: document id
 * @body: (nullable): the winning body; %NULL once the document is deleted
 * @text: (nullable): what sp_text_new() made of it, if the caller has it at hand
 * @error: %SP_ERROR
 *
 * Brings the projection of one document up to date, and of the services and groups that meet there. The tables of
 * documents and revisions must have the change already. Areas go into tables of their own; other documents are left
 * alone. On a connection that serves there is no projection.
 *
 * Returns: whether that went well; if not, the transaction must be rolled back
 */
gboolean
sp_projection_update (SpDb *db, gint64 doc, gint64 seq, const char *id, const SpNode *body, const SpText *text, GError **error)
{
  const gboolean is_new = doc == seq; /* the number of a document is the first sequence that it took */

  if (sp_db_get_mode (db) == SP_DB_SERVE)
    return sp_schema_leave_out_projection (db, error);
  if (is_area (id))
    return sp_areas_project (db, doc, id, body, error);
  if (!is_asset (id))
    return TRUE;
  return ((is_new && body != NULL) || delete_old (db, doc, error))
         && (body == NULL || write_all (db, doc, seq, body, text, NULL, sp_bulk_get (db), error))
         && update_dependents (db, id, body, error);
}

/**
 * sp_projection_write:
 * @db: the writing connection, inside a transaction
 * @doc: the document's local number
 * @seq: its sequence
 * @body: the winning body of an asset that has no rows yet
 * @text: (nullable): what sp_text_new() made of it, if the caller has it at hand
 * @bulk: gets what is better written later
 * @error: %SP_ERROR
 *
 * Writes one asset of a rebuild.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_write (SpDb *db, gint64 doc, gint64 seq, const SpNode *body, const SpText *text, SpBulk *bulk, GError **error)
{
  return write_all (db, doc, seq, body, text, NULL, bulk, error);
}

/**
 * sp_projection_set_bulk:
 * @db: the writing connection
 * @bulk: whether very many entries are about to be written in one transaction
 * @error: %SP_ERROR
 *
 * Lets each of the two full text indexes collect 64 MiB before it writes, and merge nothing meanwhile: 100,000 entries then
 * take a third of the time. Afterwards the usual settings of FTS5 are right.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_set_bulk (SpDb *db, gboolean bulk, GError **error)
{
  return sp_db_exec (db, bulk ? "INSERT INTO text (text, rank) VALUES ('automerge', 0), ('hashsize', 67108864);"
                                "INSERT INTO near (near, rank) VALUES ('automerge', 0), ('hashsize', 67108864)"
                              : "INSERT INTO text (text, rank) VALUES ('automerge', 4), ('hashsize', 1048576);"
                                "INSERT INTO near (near, rank) VALUES ('automerge', 4), ('hashsize', 1048576)", error);
}

/**
 * sp_projection_prepare:
 * @db: the writing connection
 * @error: %SP_ERROR
 *
 * Makes the projection if the store has none, or one of another version; on a connection that serves, takes it away.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_prepare (SpDb *db, GError **error)
{
  if (sp_db_get_mode (db) == SP_DB_SERVE)
    return leave_out (db, error);
  return sp_projection_is_current (db) || sp_projection_rebuild (db, NULL, NULL, NULL, error);
}
