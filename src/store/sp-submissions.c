/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Submissions in a store: making one, listing them, and what an editor decides. How one differs from the entry that it is
 * about is found in sp-proposal.c. */
#include "sp-submissions.h"

#include "sp-asset.h"
#include "sp-field.h"
#include "sp-path.h"

#include <string.h>

/* ---- listing ---- */

/* Two editors may decide without knowing of each other, or the contributor may take back what was just decided: what was
 * decided counts, and a yes more than a no. */
#define STANDING "(SELECT r.n FROM rev r WHERE r.doc = d.n AND r.leaf AND NOT r.deleted ORDER BY" \
                 " CASE r.body ->> '$.state' WHEN 'accepted' THEN 0 WHEN 'declined' THEN 1 ELSE 2 END, r.gen DESC, r.hash DESC LIMIT 1)"

/* Reads the row of a document; NULL if this version does not understand it: then it is left to one that does. */
static SpSubmission *
read_row (sqlite3_stmt *row)
{
  g_autoptr (SpNode) body = sp_node_parse ((const char *) sqlite3_column_text (row, 2), sqlite3_column_bytes (row, 2), NULL);

  return body != NULL ? sp_submission_read ((const char *) sqlite3_column_text (row, 0), (const char *) sqlite3_column_text (row, 1), body, NULL)
                      : NULL;
}

/**
 * sp_submissions_list:
 * @db: a connection
 * @account: (nullable): whose; %NULL for everybody's
 * @waiting: whether only those that wait for an editor
 * @limit: the greatest number to give
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpSubmission): the submissions, the one that changed last first
 */
GPtrArray *
sp_submissions_list (SpDb *db, const char *account, gboolean waiting, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_submission_free);
  g_autofree char *first = g_strconcat (SP_SUBMISSION_PREFIX, account, account != NULL ? ":" : NULL, NULL);
  g_autofree char *end = g_strdup (first);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT d.id, s.gen || '-' || s.hash, s.body FROM doc d JOIN rev s ON s.n = " STANDING
                                        " WHERE d.id >= ?1 AND d.id < ?2 AND NOT d.deleted AND (NOT ?3 OR s.body ->> '$.state' = 'proposed')"
                                        " ORDER BY d.seq DESC LIMIT ?4", error);

  if (stmt == NULL)
    return NULL;
  end[strlen (end) - 1] = ';'; /* what comes after ':' */
  sqlite3_bind_text (stmt, 1, first, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, end, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 3, waiting);
  sqlite3_bind_int64 (stmt, 4, limit);
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      SpSubmission *submission = read_row (stmt);
      if (submission != NULL)
        g_ptr_array_add (list, submission);
    }
  return has_row ? NULL : g_steal_pointer (&list);
}

/**
 * sp_submissions_count:
 * @db: a connection
 * @count: (out): how many wait for an editor
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_submissions_count (SpDb *db, guint *count, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) FROM doc d JOIN rev s ON s.n = " STANDING
                                        " WHERE d.id >= 'submission:' AND d.id < 'submission;' AND NOT d.deleted AND s.body ->> '$.state' = 'proposed'", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *count = (guint) sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* ---- proposing ---- */

/**
 * sp_submissions_propose:
 * @db: the writing connection
 * @account: who proposes; the id names it
 * @target: document id of an entry, or of what shall become one
 * @base: (nullable): its revision; %NULL if it is new
 * @changes: (nullable): the top members that shall change, JSON null for those that shall go; %NULL to report only
 * @note: (nullable): words to whoever decides
 * @stamp: who, when
 * @error: %SP_ERROR_INVALID if @account is no name of one
 *
 * Writes a submission that waits for an editor. The entry itself is left as it is.
 *
 * Returns: (transfer full) (nullable): the submission's document id
 */
char *
sp_submissions_propose (SpDb *db, const char *account, const char *target, const char *base, const SpNode *changes,
                        const char *note, const SpEditStamp *stamp, GError **error)
{
  g_autofree char *id = sp_submission_new_id (account, error);
  g_autoptr (SpNode) document = sp_submission_make (target, base, changes, note);

  return id != NULL && sp_edit_save (db, id, NULL, document, stamp, NULL, error) ? g_steal_pointer (&id) : NULL;
}

/* ---- deciding ---- */

static gboolean
refuse (GError **error, SpError code, const char *id, const char *why)
{
  g_set_error (error, SP_ERROR, code, "%s: %s", id, why);
  return FALSE;
}

static gboolean
write_state (SpDb *db, const SpSubmission *submission, SpSubmissionState state, const char *reply, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (SpNode) changes = sp_node_new_object ();

  if (submission->state != SP_SUBMISSION_PROPOSED)
    return refuse (error, SP_ERROR_CONFLICT, submission->id, "this submission was decided on already");
  sp_node_set_text (changes, "state", sp_submission_state_to_text (state));
  if (reply != NULL && *reply != '\0')
    sp_node_set_text (changes, "reply", reply);
  return sp_edit_save (db, submission->id, submission->rev, changes, stamp, NULL, error);
}

/**
 * sp_submissions_decide:
 * @db: the writing connection
 * @id: document id of a submission
 * @state: accepted or declined
 * @reply: (nullable): words to whoever proposed it
 * @stamp: who decides, when
 * @error: %SP_ERROR_CONFLICT if it was decided on already, %SP_ERROR_NOT_FOUND, %SP_ERROR_INVALID
 *
 * Notes a decision. The entry is left as it is: see sp_submissions_accept().
 *
 * Returns: whether it was written
 */
gboolean
sp_submissions_decide (SpDb *db, const char *id, SpSubmissionState state, const char *reply, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (SpProposal) proposal = sp_submissions_look (db, id, error);

  return proposal != NULL && write_state (db, proposal->submission, state, reply, stamp, error);
}

static const SpChoice *
find_choice (GPtrArray *choices, const char *path)
{
  for (guint i = 0; i < choices->len; i++)
    if (strcmp (((const SpChoice *) g_ptr_array_index (choices, i))->path, path) == 0)
      return g_ptr_array_index (choices, i);
  return NULL;
}

static const SpDifference *
find_difference (const SpProposal *proposal, const char *path)
{
  for (guint i = 0; i < proposal->differences->len; i++)
    if (strcmp (((const SpDifference *) g_ptr_array_index (proposal->differences, i))->path, path) == 0)
      return g_ptr_array_index (proposal->differences, i);
  return NULL;
}

static SpNode *
get_value (const SpDifference *difference, const SpChoice *choice)
{
  if (choice != NULL && choice->kind == SP_CHOICE_VALUE)
    return choice->value;
  return choice != NULL && choice->kind == SP_CHOICE_MINE ? difference->now : difference->proposed;
}

/* The entry as it was chosen to be; NULL if something is still to choose, or there is nothing where a choice points. */
static SpNode *
make_result (const SpProposal *proposal, GPtrArray *choices, GError **error)
{
  const char *id = proposal->submission->id;
  g_autoptr (SpNode) result = sp_node_copy (proposal->result);

  for (guint i = 0; i < choices->len; i++)
    {
      const char *path = ((const SpChoice *) g_ptr_array_index (choices, i))->path;
      if (find_difference (proposal, path) != NULL)
        continue;
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: there is nothing to choose about “%s”", id, path);
      return NULL;
    }
  for (guint i = 0; i < proposal->differences->len; i++)
    {
      const SpDifference *difference = g_ptr_array_index (proposal->differences, i);
      const SpChoice *choice = find_choice (choices, difference->path);
      g_autoptr (SpNode) value = NULL;

      if (choice == NULL && difference->contested)
        {
          g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, "%s: the entry has changed since; still to choose: %s", id, difference->path);
          return NULL;
        }
      value = sp_node_copy (get_value (difference, choice));
      sp_path_set (result, difference->path, value);
    }
  return g_steal_pointer (&result);
}

/* An entry that is gone is not made again by changing it: only an addition may. */
static gboolean
check_target (const SpProposal *proposal, GError **error)
{
  const SpSubmission *submission = proposal->submission;

  return proposal->now != NULL || submission->change == SP_SUBMISSION_ADD || submission->change == SP_SUBMISSION_REPORT
         || refuse (error, SP_ERROR_NOT_FOUND, submission->id, "the entry that it is about was deleted");
}

static gboolean
write_entry (SpDb *db, const SpProposal *proposal, GPtrArray *choices, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (SpNode) result = NULL;
  g_autoptr (SpNode) changes = NULL;

  if (!check_target (proposal, error))
    return FALSE;
  if (proposal->result == NULL)
    return TRUE;
  result = make_result (proposal, choices, error);
  if (result == NULL || !sp_field_check_body (result, error))
    return FALSE;
  changes = proposal->now != NULL ? sp_asset_diff (proposal->now, result) : g_steal_pointer (&result);
  return sp_edit_save (db, proposal->submission->target, proposal->rev, changes, stamp, NULL, error);
}

/**
 * sp_submissions_accept:
 * @db: the writing connection
 * @id: document id of a submission
 * @choices: (element-type SpChoice): for paths of #SpDifference: %SP_CHOICE_MINE for what the entry says now,
 *   %SP_CHOICE_THEIRS for what is proposed, or a value; what nothing is chosen for becomes as proposed
 * @stamp: who decides, when
 * @error: %SP_ERROR_CONFLICT if something is contested and not chosen for, or it was decided on already;
 *   %SP_ERROR_NOT_FOUND if the entry is gone; %SP_ERROR_INVALID
 *
 * Writes what is proposed into the entry, signed by who accepts it, and notes that in the submission, in one transaction.
 *
 * Returns: whether it was written; if not, nothing is
 */
gboolean
sp_submissions_accept (SpDb *db, const char *id, GPtrArray *choices, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (SpProposal) proposal = NULL;

  if (!sp_db_begin (db, error))
    return FALSE;
  proposal = sp_submissions_look (db, id, error);
  if (proposal != NULL && write_state (db, proposal->submission, SP_SUBMISSION_ACCEPTED, NULL, stamp, error)
      && write_entry (db, proposal, choices, stamp, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
