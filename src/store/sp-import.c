/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpImport: a list goes into the store by small transactions under one import id, each noted in a journal. What the
 * crash of a program leaves unfinished is taken back at the next start. */
#include "sp-import.h"

#include "sp-clock.h"
#include "sp-docs.h"
#include "sp-edit.h"
#include "sp-edit-list.h"
#include "sp-import-process.h"

#include <string.h>

#define CHUNK_US (15 * G_TIME_SPAN_MILLISECOND) /* of writing; the commit makes it 20 ms at most */

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
  if (write_header (self, label, error) && sp_db_exec (db, "PRAGMA synchronous = NORMAL", error))
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
  return sp_db_begin (self->db, error);
}

static gboolean
close_chunk (SpImport *self, GError **error)
{
  if (self->chunk_from == 0)
    return TRUE;
  self->chunk_from = 0;
  return sp_db_commit (self->db, error);
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
is_own_member (const char *name)
{
  static const char * const own[] = { "created", "modified", "edit", NULL };

  return name[0] == '_' || g_strv_contains (own, name);
}

/* What a person changed since. */
static gboolean
is_hand_corrected (const SpNode *stored, const char *name)
{
  const SpNode *list = sp_node_get_path (stored, "source.hand_corrected");

  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    if (g_strcmp0 (sp_node_get_string (sp_node_get_element (list, i)), name) == 0)
      return TRUE;
  return FALSE;
}

/* The source as the new edition has it; what people corrected stays marked. The row itself, which repeats what was
 * erased, stays away where an erasure took it. */
static SpNode *
new_source (const SpNode *stored, const SpNode *source)
{
  SpNode *after = sp_node_copy (source);
  SpNode *corrected = sp_node_get (stored, "hand_corrected");

  if (corrected != NULL && sp_node_is_object (after))
    sp_node_set (after, "hand_corrected", sp_node_ref (corrected));
  if (sp_node_is_object (stored) && sp_node_is_object (after) && sp_node_get (stored, "original") == NULL)
    sp_node_remove (after, "original");
  return after;
}

/* What a new edition of a list changes: never what a person corrected or erased, and nothing that it does not speak of. */
static SpNode *
edition_changes (const SpNode *stored, const SpNode *body)
{
  g_autoptr (GPtrArray) erased = g_ptr_array_new_with_free_func (g_free);
  SpNode *changes = sp_node_new_object ();

  sp_edit_list_add_erased (sp_node_get (stored, "edit"), 0, erased);
  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      const char *name = sp_node_get_name (body, i);
      SpNode *value = sp_node_get_element (body, i);

      if (is_own_member (name) || is_hand_corrected (stored, name) || sp_edit_list_contains (erased, name))
        continue;
      if (strcmp (name, "source") == 0)
        sp_node_set (changes, name, new_source (sp_node_get (stored, name), value));
      else if (!sp_node_equal (sp_node_get (stored, name), value))
        sp_node_set (changes, name, sp_node_ref (value));
    }
  return changes;
}

/* What a row of our own export, which holds everything, changes. */
static SpNode *
export_changes (const SpNode *stored, const SpNode *body)
{
  SpNode *changes = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      const char *name = sp_node_get_name (body, i);
      if (!is_own_member (name) && !sp_node_equal (sp_node_get (stored, name), sp_node_get_element (body, i)))
        sp_node_set (changes, name, sp_node_ref (sp_node_get_element (body, i)));
    }
  for (guint i = 0; i < sp_node_get_length (stored); i++)
    {
      const char *name = sp_node_get_name (stored, i);
      if (!is_own_member (name) && sp_node_get (body, name) == NULL)
        sp_node_set (changes, name, sp_node_new_null ());
    }
  return changes;
}

/* A row that another file spells differently, in columns that mean nothing to us, says nothing new. */
static gboolean
says_nothing_new (const SpNode *changes)
{
  return sp_node_get_length (changes) == 0
         || (sp_node_get_length (changes) == 1 && sp_node_get (changes, "source") != NULL);
}

static gboolean
skip (SpImportOutcome *outcome, char **reason, char *why)
{
  *outcome = SP_IMPORT_SKIPPED;
  *reason = why;
  return TRUE;
}

static gboolean
update (SpImport *self, const SpDoc *doc, SpNode *body, SpImportOutcome *outcome, char **reason, GError **error)
{
  g_autoptr (SpNode) stored = sp_node_parse (doc->body, -1, error);
  const char *base = sp_node_get_text (body, "_rev");
  SpEditStamp stamp = { self->by, self->on, SP_EDIT_BY_PROGRAM };
  g_autoptr (SpNode) changes = NULL;
  g_autofree char *rev = NULL;

  if (stored == NULL)
    return FALSE;
  changes = base != NULL ? export_changes (stored, body) : edition_changes (stored, body);
  *outcome = SP_IMPORT_UNCHANGED;
  if (base == NULL ? says_nothing_new (changes) : sp_node_get_length (changes) == 0)
    return TRUE;
  if (base != NULL && strcmp (base, doc->rev) != 0)
    return skip (outcome, reason, g_strdup ("it was changed here since that list was written; the newer version stays"));
  if (!sp_edit_save (self->db, doc->id, doc->rev, changes, &stamp, &rev, error))
    return FALSE;
  *outcome = SP_IMPORT_UPDATED;
  return note_step (self, doc->id, doc->rev, rev, error);
}

/* The body as it will be stored: without the members that the document itself has. */
static SpNode *
stored_body (SpNode *body)
{
  SpNode *copy;

  if (sp_node_get (body, "_id") == NULL && sp_node_get (body, "_rev") == NULL)
    return sp_node_ref (body);
  copy = sp_node_copy (body);
  sp_node_remove (copy, "_id");
  sp_node_remove (copy, "_rev");
  return copy;
}

static gboolean
add (SpImport *self, const char *id, const SpDoc *tombstone, SpNode *body, SpImportOutcome *outcome, GError **error)
{
  g_autoptr (SpNode) plain = stored_body (body);
  g_autofree char *rev = NULL;
  gboolean done;

  if (tombstone != NULL)
    done = sp_docs_put (self->db, id, tombstone->rev, FALSE, plain, &rev, error);
  else
    done = sp_docs_put_new (self->db, id, plain, &rev, error);
  if (!done)
    return FALSE;
  *outcome = SP_IMPORT_ADDED;
  return note_step (self, id, tombstone != NULL ? tombstone->rev : NULL, rev, error);
}

/* A tombstone that a person wrote stays; one that an undone import left may be followed by a new life. */
static gboolean
return_to_life (SpImport *self, const SpDoc *doc, SpNode *body, SpImportOutcome *outcome, char **reason, GError **error)
{
  g_autoptr (SpNode) tombstone = doc->body != NULL ? sp_node_parse (doc->body, -1, NULL) : NULL;

  if (sp_node_get_flag (tombstone, "erased", FALSE))
    return skip (outcome, reason, g_strdup ("it was erased and must not come back"));
  if (!sp_node_get_flag (tombstone, "undone", FALSE))
    return skip (outcome, reason, g_strdup ("it was deleted here on purpose"));
  return add (self, doc->id, doc, body, outcome, error);
}

static gboolean
put (SpImport *self, const char *id, SpNode *body, SpImportOutcome *outcome, char **reason, GError **error)
{
  g_autoptr (GError) not_found = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (self->db, id, NULL, &not_found);

  if (doc == NULL && !g_error_matches (not_found, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&not_found));
      return FALSE;
    }
  if (doc == NULL)
    return add (self, id, NULL, body, outcome, error);
  if (doc->deleted)
    return return_to_life (self, doc, body, outcome, reason, error);
  return update (self, doc, body, outcome, reason, error);
}

/**
 * sp_import_put:
 * @self: an import
 * @id: document id
 * @body: what the row became; with `_rev` if it is a row of our own export, which then is the whole entry
 * @outcome: (out): what became of it
 * @reason: (out) (transfer full) (nullable): why it was skipped
 * @error: %SP_ERROR; the import cannot go on after it
 *
 * Puts one document in. Members that a person corrected since the last edition are never overwritten, erased and deleted
 * entries do not come back, and a row that says nothing new writes nothing.
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
  if (!close_chunk (self, error) || !sp_db_exec (self->db, "PRAGMA synchronous = FULL", error)
      || !set_finished (self->db, self->n, error))
    return FALSE;
  self->finished = TRUE;
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
      if (self->chunk_from != 0)
        sp_db_rollback (self->db);
      if (!sp_import_undo (self->db, self->id, NULL, NULL, &error))
        g_info ("The import %s will be taken back at the next start: %s", self->id, error->message);
    }
  sp_db_exec (self->db, "PRAGMA synchronous = FULL", NULL);
  g_free (self->id);
  g_free (self->by);
  g_free (self->on);
  g_free (self);
}
