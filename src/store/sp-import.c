/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpImport: a list goes into the store by small transactions under one import id, each noted in a journal. What the
 * crash of a program leaves unfinished is taken back at the next start. */
#include "sp-import.h"

#include "sp-clock.h"
#include "sp-docs-private.h"
#include "sp-edit.h"
#include "sp-import-plan.h"
#include "sp-import-process.h"
#include "sp-projection.h"

#define CHUNK_US (15 * G_TIME_SPAN_MILLISECOND) /* of writing; what is gathered and the commit make it some 25 ms */

struct _SpImport
{
  SpDb  *db;
  gint64 n;          /* row of the journal */
  char  *id;         /* owned */
  char  *by;         /* owned; account under which it is done */
  char  *on;         /* owned; when it began */
  gint64 chunk_from; /* monotonic time; 0 while no chunk is open */
  gboolean finished;
};

static gboolean
write_header (SpImport *self, const char *label, GError **error)
{
  g_autofree char *process = sp_import_process_name ();
  SP_DB_STMT *stmt = sp_db_prepare (self->db, "INSERT INTO import (id, label, started, process) VALUES (?, ?, ?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, self->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, label, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, self->on, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, process, -1, SQLITE_STATIC);
  if (!sp_db_run (self->db, stmt, error))
    return FALSE;
  self->n = sqlite3_last_insert_rowid (sp_db_get_handle (self->db));
  return TRUE;
}

/**
 * sp_import_begin:
 * @db: the writing connection, with no transaction open
 * @label: what is imported, for people: the name of a file
 * @by: account under which it is done
 * @error: %SP_ERROR
 *
 * Begins an import. Until sp_import_finish() nothing of it counts as done: freed before that, or after a crash at the
 * next start, it is taken back. So its chunks need not wait for the disk; the last commit does.
 *
 * Returns: (transfer full) (nullable): the import
 */
SpImport *
sp_import_begin (SpDb *db, const char *label, const char *by, GError **error)
{
  SpImport *self = g_new0 (SpImport, 1);

  self->db = db;
  self->id = g_uuid_string_random ();
  self->by = g_strdup (by);
  self->on = sp_clock_now_text ();
  if (write_header (self, label, error) && sp_db_set_lasting (db, FALSE, error))
    return self;
  self->finished = TRUE; /* nothing to take back */
  sp_import_free (self);
  return NULL;
}

/**
 * sp_import_get_id:
 * @self: an import
 *
 * Returns: (transfer none): its id, by which it can be taken back
 */
const char *sp_import_get_id (SpImport *self) { return self->id; }

static gboolean
open_chunk (SpImport *self, GError **error)
{
  if (self->chunk_from != 0)
    return TRUE;
  self->chunk_from = g_get_monotonic_time ();
  return sp_db_begin (self->db, error) && sp_projection_begin_batch (self->db, FALSE, error);
}

static gboolean
close_chunk (SpImport *self, GError **error)
{
  if (self->chunk_from == 0)
    return TRUE;
  self->chunk_from = 0;
  return sp_projection_end_batch (self->db, error) && sp_db_commit (self->db, error);
}

/* A document that this import changed before goes from what it was then to what it is now. */
static gboolean
lengthen_step (SpImport *self, const char *id, const char *before, const char *after, gboolean *done, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (self->db, "UPDATE import_step SET after = ? WHERE import = ? AND id = ? AND after = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, after, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, self->n);
  sqlite3_bind_text (stmt, 3, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, before, -1, SQLITE_STATIC);
  if (!sp_db_run (self->db, stmt, error))
    return FALSE;
  *done = sqlite3_changes (sp_db_get_handle (self->db)) > 0;
  return TRUE;
}

/* Journal: revision @before, or nothing, became @after. */
static gboolean
note_step (SpImport *self, const char *id, const char *before, const char *after, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (self->db, "INSERT INTO import_step (import, id, before, after) VALUES (?, ?, ?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, self->n);
  sqlite3_bind_text (stmt, 2, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, before, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, after, -1, SQLITE_STATIC);
  return sp_db_run (self->db, stmt, error);
}

static gboolean
add (SpImport *self, const char *id, const SpDoc *tombstone, SpNode *body, GError **error)
{
  g_autoptr (SpNode) plain = sp_import_plan_get_body (body);
  g_autofree char *rev = NULL;
  gboolean done;

  if (tombstone != NULL)
    done = sp_docs_put (self->db, id, tombstone->rev, FALSE, plain, &rev, error);
  else
    done = sp_docs_put_new (self->db, id, plain, &rev, error);
  return done && note_step (self, id, tombstone != NULL ? tombstone->rev : NULL, rev, error);
}

/* What comes of it can be what it goes together with another version to. */
static gboolean
update (SpImport *self, const SpDoc *doc, const SpNode *changes, GError **error)
{
  const SpEditStamp stamp = { self->by, self->on, SP_EDIT_BY_PROGRAM };
  g_auto (SpDocRow) now = { 0 };
  gboolean done;

  return sp_edit_save (self->db, doc->id, doc->rev, changes, &stamp, NULL, error)
         && sp_docs_find (self->db, doc->id, &now, error)
         && lengthen_step (self, doc->id, doc->rev, now.rev, &done, error)
         && (done || note_step (self, doc->id, doc->rev, now.rev, error));
}

static gboolean
write_plan (SpImport *self, const char *id, const SpImportPlan *plan, SpNode *body, GError **error)
{
  if (plan->outcome == SP_IMPORT_ADDED)
    return add (self, id, plan->doc, body, error);
  if (plan->outcome == SP_IMPORT_UPDATED)
    return update (self, plan->doc, plan->changes, error);
  return TRUE;
}

/* An entry that would be larger than one may be was refused before anything of it was written: that costs its row only. */
static gboolean
skip_large (SpImport *self, SpImportPlan *plan, SpNode *body, GError *problem, GError **error)
{
  const SpEditStamp stamp = { self->by, self->on, SP_EDIT_BY_PROGRAM };
  gboolean refused = g_error_matches (problem, SP_ERROR, SP_ERROR_INVALID) && sp_import_plan_check_room (plan, body, &stamp, NULL)
                     && plan->outcome == SP_IMPORT_SKIPPED;

  if (refused)
    g_error_free (problem);
  else
    g_propagate_error (error, problem);
  return refused;
}

static gboolean
put (SpImport *self, const char *id, SpNode *body, SpImportOutcome *outcome, char **reason, GError **error)
{
  g_auto (SpImportPlan) plan = { 0 };
  GError *problem = NULL;

  if (!sp_import_plan_make (&plan, self->db, id, body, error)
      || (!write_plan (self, id, &plan, body, &problem) && !skip_large (self, &plan, body, problem, error)))
    return FALSE;
  *outcome = plan.outcome;
  *reason = g_steal_pointer (&plan.reason);
  return TRUE;
}

/**
 * sp_import_put:
 * @self: an import
 * @id: document id
 * @body: what the row became; with `_rev` if it is a row of our own export, which then is the whole entry
 * @outcome: (out): what became of it
 * @reason: (out) (transfer full) (nullable): why it was skipped, or what of it was not taken
 * @error: %SP_ERROR; the import cannot go on after it
 *
 * Puts one document in, as sp_import_plan_make() decides. One that would be larger than an entry may be is skipped.
 *
 * Returns: whether that went well
 */
gboolean
sp_import_put (SpImport *self, const char *id, SpNode *body, SpImportOutcome *outcome, char **reason, GError **error)
{
  *reason = NULL;
  if (!open_chunk (self, error) || !put (self, id, body, outcome, reason, error))
    return FALSE;
  if (g_get_monotonic_time () - self->chunk_from >= CHUNK_US)
    return close_chunk (self, error);
  return TRUE;
}

/**
 * sp_import_put_place:
 * @self: an import
 * @place: a postcode or place of a published list
 * @outcome: (out): what became of it
 * @error: %SP_ERROR; the import cannot go on after it
 *
 * Tells the gazetteer of a postcode or place. That is no document: it stays when the import is taken back.
 *
 * Returns: whether that went well
 */
gboolean
sp_import_put_place (SpImport *self, const SpKnownPlace *place, SpImportOutcome *outcome, GError **error)
{
  SpGazetteerNews news;

  if (!open_chunk (self, error) || !sp_gazetteer_put (self->db, place, &news, error))
    return FALSE;
  *outcome = sp_import_outcome_of_news (news);
  return g_get_monotonic_time () - self->chunk_from < CHUNK_US || close_chunk (self, error);
}

static gboolean
set_finished (SpDb *db, gint64 n, GError **error)
{
  g_autofree char *now = sp_clock_now_text ();
  SP_DB_STMT *stmt = sp_db_prepare (db, "UPDATE import SET finished = ? WHERE n = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, now, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, n);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_import_pause:
 * @self: an import
 * @error: %SP_ERROR
 *
 * Writes what is in the chunk that is open, so that others may use the connection before the next document comes: at the
 * end of each job of a program with a main loop.
 *
 * Returns: whether that went well
 */
gboolean
sp_import_pause (SpImport *self, GError **error)
{
  return close_chunk (self, error);
}

/**
 * sp_import_finish:
 * @self: an import
 * @error: %SP_ERROR
 *
 * Ends an import. From here on it is acknowledged: it survives a crash, and can be undone as one step.
 *
 * Returns: whether it is safely on the disk
 */
gboolean
sp_import_finish (SpImport *self, GError **error)
{
  if (!close_chunk (self, error) || !sp_db_set_lasting (self->db, TRUE, error)
      || !set_finished (self->db, self->n, error))
    return FALSE;
  self->finished = TRUE;
  if (sp_projection_is_loose (self->db))
    sp_projection_merge (self->db, NULL); /* if not, searches take longer until FTS5 has merged enough by itself */
  return TRUE;
}

/**
 * sp_import_free:
 * @self: (transfer full) (nullable): an import; one that was not finished is taken back first
 */
void
sp_import_free (SpImport *self)
{
  if (self == NULL)
    return;
  if (!self->finished)
    {
      g_autoptr (GError) error = NULL;
      sp_db_rollback (self->db);
      if (!sp_import_undo (self->db, self->id, NULL, NULL, &error))
        g_info ("The import %s will be taken back at the next start: %s", self->id, error->message);
    }
  sp_db_set_lasting (self->db, TRUE, NULL);
  g_free (self->id);
  g_free (self->by);
  g_free (self->on);
  g_free (self);
}
