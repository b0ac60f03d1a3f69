/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking an import back: as one step, by the journal, newest first. What was edited since is left and named. Revisions
 * that no peer was ever offered are removed outright; the others get a tombstone, or the old body as a new revision. What
 * others wrote and what was merged with it stays, or stands against the old version again. */
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

/* Takes the revisions that were written out, as far as no peer was offered them. */
static gboolean
remove_written (SpDb *db, const Step *step, GStrv written, gboolean *left, GError **error)
{
  for (guint i = 0; written[i] != NULL; i++)
    {
      g_autoptr (GError) refused = NULL;

      if (sp_docs_remove_unoffered (db, step->id, written[i], &refused))
        continue;
      if (g_error_matches (refused, SP_ERROR, SP_ERROR_DENIED)) /* peers may have it: only a newer revision undoes it */
        return write_back (db, step, written[i], left, error);
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  return TRUE;
}

/* The revisions from @after down to the one above @before; NULL without an error if the one did not come of the other. */
static GStrv
find_written (SpDb *db, const Step *step, GError **error)
{
  g_auto (GStrv) path = sp_docs_get_revisions (db, step->id, step->after, error);
  g_autoptr (GStrvBuilder) written = g_strv_builder_new ();
  guint i = 0;

  for (; path != NULL && path[i] != NULL && g_strcmp0 (path[i], step->before) != 0; i++)
    g_strv_builder_add (written, path[i]);
  return path != NULL && (path[i] != NULL || step->before == NULL) ? g_strv_builder_end (written) : NULL;
}

/* The tombstones of versions that were merged into what was written, or said the same. */
static GStrv
find_merged (SpDb *db, const Step *step, GStrv written, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, step->id, error);
  g_autoptr (GStrvBuilder) merged = g_strv_builder_new ();

  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      g_autoptr (SpNode) body = leaf->deleted ? sp_node_parse (leaf->body, -1, NULL) : NULL;
      const char *winner = sp_node_get_text (body, "merged");

      if (winner != NULL && g_strv_contains ((const char *const *) written, winner))
        g_strv_builder_add (merged, leaf->rev);
    }
  return leaves != NULL ? g_strv_builder_end (merged) : NULL;
}

/* Versions that stood against each other until the import do so again; where peers may have what they went together to, or
 * one of them is no longer kept, it stays. */
static gboolean
take_apart (SpDb *db, const Step *step, GStrv written, GStrv merged, gboolean *left, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) refused = NULL;
  g_auto (GStrv) all = NULL;

  g_strv_builder_addv (builder, (const char **) written);
  g_strv_builder_addv (builder, (const char **) merged);
  all = g_strv_builder_end (builder);
  if (!sp_docs_find_offered (db, step->id, (const char *const *) all, left, error))
    return FALSE;
  if (*left || sp_docs_remove_revisions (db, step->id, (const char *const *) all, &refused))
    return TRUE;
  *left = g_error_matches (refused, SP_ERROR, SP_ERROR_DENIED);
  if (!*left)
    g_propagate_error (error, g_steal_pointer (&refused));
  return *left;
}

static gboolean
remove_revisions (SpDb *db, const Step *step, gboolean *left, GError **error)
{
  GError *problem = NULL;
  g_auto (GStrv) written = find_written (db, step, &problem);
  g_auto (GStrv) merged = written != NULL ? find_merged (db, step, written, &problem) : NULL;

  *left = written == NULL && problem == NULL;
  if (*left)
    return TRUE;
  if (merged == NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return merged[0] != NULL ? take_apart (db, step, written, merged, left, error) : remove_written (db, step, written, left, error);
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
