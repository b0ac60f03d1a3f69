/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking an import back: as one step, by the journal, newest first. What was edited since is left and named. Revisions
 * that no peer was ever offered are removed outright; the others get a tombstone, or the old body as a new revision. */
#include "sp-import.h"

#include "sp-clock.h"
#include "sp-docs.h"
#include "sp-import-process.h"
#include "sp-projection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK_STEPS 64

typedef struct
{
  gint64 n;
  char  *id;
  char  *before; /* nullable */
  char  *after;
} Step;

static void
free_step (gpointer data)
{
  Step *step = data;

  g_free (step->id);
  g_free (step->before);
  g_free (step->after);
  g_free (step);
}

static gint64
find_import (SpDb *db, const char *import_id, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n FROM import WHERE id = ?", error);

  if (stmt == NULL)
    return -1;
  sqlite3_bind_text (stmt, 1, import_id, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return -1;
  if (has_row)
    return sqlite3_column_int64 (stmt, 0);
  g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("There is no import %s in this store; it may have been undone already"), import_id);
  return -1;
}

static GPtrArray *
read_steps (SpDb *db, gint64 import, gint64 below, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n, id, before, after FROM import_step WHERE import = ? AND n < ? ORDER BY n DESC LIMIT ?", error);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (free_step);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, import);
  sqlite3_bind_int64 (stmt, 2, below);
  sqlite3_bind_int (stmt, 3, CHUNK_STEPS);
  while (has_row)
    {
      Step *step;
      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      step = g_new0 (Step, 1);
      step->n = sqlite3_column_int64 (stmt, 0);
      step->id = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
      step->before = g_strdup ((const char *) sqlite3_column_text (stmt, 2));
      step->after = g_strdup ((const char *) sqlite3_column_text (stmt, 3));
      g_ptr_array_add (steps, step);
    }
  return g_steal_pointer (&steps);
}

static SpNode *
undone_tombstone (const char *id)
{
  g_autofree char *type = g_strndup (id, strcspn (id, ":"));
  SpNode *body = sp_node_new_object ();

  sp_node_set_text (body, "type", type);
  sp_node_set (body, "undone", sp_node_new_boolean (TRUE));
  return body;
}

/* A revision that says again what @before said, or that the document is gone; @rev is the document's. */
static gboolean
write_back (SpDb *db, const Step *step, const char *rev, gboolean *left, GError **error)
{
  g_autoptr (SpDoc) before = step->before != NULL ? sp_docs_get (db, step->id, step->before, error) : NULL;
  g_autoptr (SpNode) body = NULL;

  if (step->before == NULL)
    {
      body = undone_tombstone (step->id);
      return sp_docs_put (db, step->id, rev, TRUE, body, NULL, error);
    }
  if (before == NULL)
    return FALSE;
  *left = before->body == NULL; /* compacted since: nobody knows any more what it said */
  if (*left)
    return TRUE;
  body = sp_node_parse (before->body, -1, error);
  return body != NULL && sp_docs_put (db, step->id, rev, before->deleted, body, NULL, error);
}

/* Takes the revisions since @before out, as far as no peer was offered them. */
static gboolean
remove_revisions (SpDb *db, const Step *step, gboolean *left, GError **error)
{
  g_auto (GStrv) revisions = sp_docs_get_revisions (db, step->id, step->after, error);

  for (guint i = 0; revisions != NULL && revisions[i] != NULL && g_strcmp0 (revisions[i], step->before) != 0; i++)
    {
      g_autoptr (GError) refused = NULL;

      if (sp_docs_remove_unoffered (db, step->id, revisions[i], &refused))
        continue;
      if (g_error_matches (refused, SP_ERROR, SP_ERROR_DENIED)) /* peers may have it: only a newer revision undoes it */
        return write_back (db, step, revisions[i], left, error);
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  return revisions != NULL;
}

static gboolean
take_step_back (SpDb *db, const Step *step, gboolean *left, GError **error)
{
  g_autoptr (GError) refused = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, step->id, NULL, &refused);

  if (doc == NULL && !g_error_matches (refused, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  *left = doc == NULL || strcmp (doc->rev, step->after) != 0;
  return *left || remove_revisions (db, step, left, error);
}

static gboolean
forget_steps (SpDb *db, gint64 import, gint64 from, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "DELETE FROM import_step WHERE import = ? AND n >= ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, import);
  sqlite3_bind_int64 (stmt, 2, from);
  return sp_db_run (db, stmt, error);
}

static gboolean
take_chunk_back (SpDb *db, gint64 import, GPtrArray *steps, guint *taken_back, GPtrArray *left, GError **error)
{
  const Step *last = g_ptr_array_index (steps, steps->len - 1);

  if (!sp_db_begin (db, error) || !sp_projection_begin_batch (db, FALSE, error))
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = g_ptr_array_index (steps, i);
      gboolean is_left;
      if (!take_step_back (db, step, &is_left, error))
        return FALSE;
      if (is_left)
        g_ptr_array_add (left, g_strdup (step->id));
      else
        (*taken_back)++;
    }
  return forget_steps (db, import, last->n, error) && sp_projection_end_batch (db, error) && sp_db_commit (db, error);
}

static gboolean
forget_import (SpDb *db, gint64 import, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "DELETE FROM import WHERE n = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, import);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_import_undo:
 * @db: the writing connection, with no transaction open
 * @import_id: what sp_import_get_id() gave
 * @taken_back: (out) (optional): how many changes were taken back
 * @left: (out) (optional) (transfer full) (element-type utf8): ids that were edited since and stay as they are
 * @error: %SP_ERROR_NOT_FOUND if there is no such import
 *
 * Takes one import back. Works in small transactions; cut off, it goes on where it stopped when called again.
 *
 * Returns: whether all that could be taken back was
 */
gboolean
sp_import_undo (SpDb *db, const char *import_id, guint *taken_back, GPtrArray **left, GError **error)
{
  gint64 import = find_import (db, import_id, error);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  guint count = 0;

  if (import < 0)
    return FALSE;
  for (;;)
    {
      g_autoptr (GPtrArray) steps = read_steps (db, import, G_MAXINT64, error);
      if (steps == NULL)
        return FALSE;
      if (steps->len == 0)
        break;
      if (!take_chunk_back (db, import, steps, &count, kept, error))
        {
          sp_db_rollback (db);
          return FALSE;
        }
    }
  if (!forget_import (db, import, error))
    return FALSE;
  if (taken_back != NULL)
    *taken_back = count;
  if (left != NULL)
    *left = g_steal_pointer (&kept);
  return TRUE;
}

static GPtrArray *
find_cut_off (SpDb *db, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT id, process FROM import WHERE finished IS NULL", error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (has_row)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (has_row && !sp_import_process_is_alive ((const char *) sqlite3_column_text (stmt, 1)))
        g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
  return g_steal_pointer (&ids);
}

/**
 * sp_import_recover:
 * @db: the writing connection, just opened
 * @taken_back: (out) (optional): how many imports were taken back
 * @error: %SP_ERROR
 *
 * Takes back the imports that a crash cut off; one that another program is just doing is let be.
 *
 * Returns: whether that went well
 */
gboolean
sp_import_recover (SpDb *db, guint *taken_back, GError **error)
{
  g_autoptr (GPtrArray) ids = find_cut_off (db, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!sp_import_undo (db, g_ptr_array_index (ids, i), NULL, NULL, error))
      return FALSE;
  if (taken_back != NULL)
    *taken_back = ids->len;
  return TRUE;
}
