/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing what a contributor proposes before it is accepted: the form comes filled with the proposal, and saving it writes
 * the entry and accepts the submission, both or neither. */
#include "sp-entry-form-private.h"

#include <glib/gi18n.h>

/* What is to be written, on its way to the writer. */
typedef struct
{
  char   *id;
  char   *rev; /* nullable: a new entry */
  char   *submission;
  SpNode *changes;
} Acceptance;

static void
acceptance_free (gpointer data)
{
  Acceptance *acceptance = data;

  g_free (acceptance->id);
  g_free (acceptance->rev);
  g_free (acceptance->submission);
  sp_node_unref (acceptance->changes);
  g_free (acceptance);
}

/* On the writer. */
static gboolean
accept_job (SpDb *db, const SpEditStamp *stamp, gpointer data, GError **error)
{
  const Acceptance *acceptance = data;

  return sp_edit_save (db, acceptance->id, acceptance->rev, acceptance->changes, stamp, NULL, error)
         && sp_submissions_decide (db, acceptance->submission, SP_SUBMISSION_ACCEPTED, NULL, stamp, error);
}

/**
 * sp_entry_form_accept:
 * @self: a form that reviews a submission
 * @changes: what to write into the entry; copied
 * @label: what is done, for a person
 * @callback: called in the caller's main context; sp_changes_save_finish() tells how it went
 * @user_data: for @callback
 *
 * Saves the entry and accepts the submission.
 */
void
sp_entry_form_accept (SpEntryForm *self, const SpNode *changes, const char *label, GAsyncReadyCallback callback, gpointer user_data)
{
  const char *ids[] = { sp_entry_edit_get_id (self->edit), self->submission, NULL };
  Acceptance *acceptance = g_new0 (Acceptance, 1);

  *acceptance = (Acceptance){ g_strdup (ids[0]), g_strdup (sp_entry_edit_get_rev (self->edit)), g_strdup (self->submission),
                              sp_node_copy (changes) };
  sp_changes_run_async (self->changes, ids, label, accept_job, acceptance, acceptance_free, callback, user_data);
}

/**
 * sp_entry_form_review:
 * @self: an empty form
 * @proposal: a submission beside its entry
 * @result: what the entry would say
 *
 * Shows what is proposed, to be changed. No draft is kept of it: the submission itself is.
 */
void
sp_entry_form_review (SpEntryForm *self, const SpProposal *proposal, SpNode *result)
{
  const SpSubmission *submission = proposal->submission;
  g_autoptr (SpNode) nothing = sp_node_new_object ();
  SpEntryEdit *edit = sp_entry_edit_new (submission->target, proposal->rev, proposal->now != NULL ? proposal->now : nothing);
  /* Translators: who */
  g_autofree char *text = g_strdup_printf (_("This is what %s proposes. What you save is accepted."), submission->account);

  self->submission = g_strdup (submission->id);
  sp_entry_edit_restore (edit, result);
  sp_entry_form_show (self, edit);
  sp_form_notice_say (self->notice, text, NULL, NULL, NULL);
}
