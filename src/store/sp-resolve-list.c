/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of what waits for a person because versions collide, and how long it is. */
#include "sp-resolve.h"

/* Submissions are decided on as such. */
#define IN_CONFLICT "FROM doc WHERE conflicts > 0 AND NOT (id >= 'submission:' AND id < 'submission;')"

/**
 * sp_resolve_list:
 * @db: a connection
 * @limit: the greatest number to give
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpConflict): what waits for a person, the newest first
 */
GPtrArray *
sp_resolve_list (SpDb *db, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_conflict_free);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT id " IN_CONFLICT " ORDER BY seq DESC LIMIT ?", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, limit);
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      g_autoptr (GError) reason = NULL;
      SpConflict *conflict = sp_resolve_look (db, (const char *) sqlite3_column_text (stmt, 0), &reason);

      if (conflict != NULL)
        g_ptr_array_add (list, conflict);
      else if (!g_error_matches (reason, SP_ERROR, SP_ERROR_INVALID)) /* that one was decided in this moment */
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
    }
  return has_row ? NULL : g_steal_pointer (&list);
}

/**
 * sp_resolve_count:
 * @db: a connection
 * @count: (out): how many documents wait for a person
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_resolve_count (SpDb *db, guint *count, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) " IN_CONFLICT, error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *count = (guint) sqlite3_column_int64 (stmt, 0);
  return TRUE;
}
