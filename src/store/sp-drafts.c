/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: entries that somebody began to write or to change and did not save. One for each document, in a table that
 * never travels. */
#include "sp-drafts.h"

/**
 * sp_draft_new:
 * @id: document id
 * @parent: (nullable): revision that the edit began with
 * @body: the entry as it was typed so far; a reference is taken
 * @changed: seconds since 1970
 *
 * Returns: (transfer full): the draft
 */
SpDraft *
sp_draft_new (const char *id, const char *parent, SpNode *body, gint64 changed)
{
  SpDraft *self = g_new (SpDraft, 1);

  *self = (SpDraft){ g_strdup (id), g_strdup (parent), sp_node_ref (body), changed };
  return self;
}

/**
 * sp_draft_free:
 * @self: (transfer full): a draft
 */
void
sp_draft_free (SpDraft *self)
{
  g_free (self->id);
  g_free (self->parent);
  sp_node_unref (self->body);
  g_free (self);
}

/**
 * sp_drafts_keep:
 * @db: the writing connection
 * @draft: a draft; it takes the place of the one kept before
 * @error: %SP_ERROR
 *
 * Returns: whether it is kept
 */
gboolean
sp_drafts_keep (SpDb *db, const SpDraft *draft, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO private_draft VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE"
                                        " SET parent = excluded.parent, body = excluded.body, changed = excluded.changed", error);
  g_autofree char *json = sp_node_to_json (draft->body);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, draft->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, draft->parent, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, json, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 4, draft->changed);
  return sp_db_run (db, stmt, error);
}

/* A draft that cannot be read is passed over: it must not stand in the way of the others. */
static void
add_draft (sqlite3_stmt *stmt, GPtrArray *drafts)
{
  g_autoptr (SpNode) body = sp_node_parse ((const char *) sqlite3_column_text (stmt, 2), sqlite3_column_bytes (stmt, 2), NULL);

  if (sp_node_is_object (body))
    g_ptr_array_add (drafts, sp_draft_new ((const char *) sqlite3_column_text (stmt, 0), (const char *) sqlite3_column_text (stmt, 1),
                                           body, sqlite3_column_int64 (stmt, 3)));
}

/**
 * sp_drafts_list:
 * @db: a connection
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpDraft): all drafts, the newest first
 */
GPtrArray *
sp_drafts_list (SpDb *db, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_draft_free);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT id, parent, body, changed FROM private_draft ORDER BY changed DESC, id", error);

  if (stmt == NULL)
    return NULL;
  while (sp_db_step (db, stmt, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&drafts);
      add_draft (stmt, drafts);
    }
  return NULL;
}

/**
 * sp_drafts_forget:
 * @db: the writing connection
 * @id: document id
 * @error: %SP_ERROR
 *
 * Throws a draft away, if there is one.
 *
 * Returns: whether there is none now
 */
gboolean
sp_drafts_forget (SpDb *db, const char *id, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "DELETE FROM private_draft WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}
