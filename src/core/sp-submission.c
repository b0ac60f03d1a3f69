/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Submissions: what a contributor proposes, as a document of its own that an editor decides on. */
#include "sp-submission.h"

#include "sp-rights.h"

#include <string.h>

static const char *const change_names[] = { "add", "edit", "close", "report" };
static const char *const state_names[] = { "proposed", "accepted", "declined" };

/**
 * sp_submission_change_to_text:
 * @change: what is proposed
 *
 * Returns: (transfer none): as documents hold it
 */
const char *sp_submission_change_to_text (SpSubmissionChange change) { return change_names[change]; }

/**
 * sp_submission_state_to_text:
 * @state: what became of it
 *
 * Returns: (transfer none): as documents hold it
 */
const char *sp_submission_state_to_text (SpSubmissionState state) { return state_names[state]; }

/**
 * sp_submission_free:
 * @self: (transfer full): a submission
 */
void
sp_submission_free (SpSubmission *self)
{
  g_free (self->id);
  g_free (self->rev);
  g_free (self->account);
  g_free (self->target);
  g_free (self->base);
  g_clear_pointer (&self->body, sp_node_unref);
  g_free (self->note);
  g_free (self->reply);
  g_free (self->proposed_on);
  g_free (self->decided_by);
  g_free (self->decided_on);
  g_free (self);
}

static gpointer
refuse (const char *id, const char *what, GError **error)
{
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: %s", id, what);
  return NULL;
}

/* The index of the member's word; -1 if it is none of @names. */
static int
find_word (const SpNode *body, const char *member, const char *const *names, guint n)
{
  const char *word = sp_node_get_text (body, member);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (word, names[i]) == 0)
      return (int) i;
  return -1;
}

/* "submission:<account>:<uuid>": names of accounts have no colon in them. */
static char *
read_account (const char *id)
{
  const char *start = id + strlen (SP_SUBMISSION_PREFIX);
  const char *end = g_str_has_prefix (id, SP_SUBMISSION_PREFIX) ? strchr (start, ':') : NULL;

  return end != NULL && end > start ? g_strndup (start, (gsize) (end - start)) : NULL;
}

static char *
cut (const SpNode *body, const char *member)
{
  const char *text = sp_node_get_text (body, member);

  if (text == NULL || *text == '\0')
    return NULL;
  return g_utf8_strlen (text, -1) > SP_SUBMISSION_WORDS_MAX ? g_utf8_substring (text, 0, SP_SUBMISSION_WORDS_MAX) : g_strdup (text);
}

static void
fill (SpSubmission *self, const SpNode *document)
{
  const SpNode *created = sp_node_get (document, "created"), *modified = sp_node_get (document, "modified");
  SpNode *body = sp_node_get (document, "body");

  self->base = g_strdup (sp_node_get_text (document, "base"));
  self->body = sp_node_is_object (body) ? sp_node_ref (body) : NULL;
  self->note = cut (document, "note");
  self->reply = cut (document, "reply");
  self->proposed_on = g_strdup (sp_node_get_text (created, "on"));
  if (self->state == SP_SUBMISSION_PROPOSED)
    return;
  self->decided_by = g_strdup (sp_node_get_text (modified, "by"));
  self->decided_on = g_strdup (sp_node_get_text (modified, "on"));
}

/**
 * sp_submission_read:
 * @id: document id
 * @rev: its revision
 * @body: the document
 * @error: %SP_ERROR_INVALID if it is no submission that this version understands
 *
 * Who proposes is read from the id, which is all that a server vouches for.
 *
 * Returns: (transfer full) (nullable): the submission
 */
SpSubmission *
sp_submission_read (const char *id, const char *rev, const SpNode *body, GError **error)
{
  g_autoptr (SpSubmission) self = g_new0 (SpSubmission, 1);
  int change = find_word (body, "change", change_names, G_N_ELEMENTS (change_names));
  int state = find_word (body, "state", state_names, G_N_ELEMENTS (state_names));

  self->id = g_strdup (id);
  self->rev = g_strdup (rev);
  self->account = read_account (id);
  self->target = g_strdup (sp_node_get_text (body, "target"));
  if (self->account == NULL || g_strcmp0 (sp_node_get_text (body, "type"), "submission") != 0)
    return refuse (id, "this is no submission", error);
  if (self->target == NULL || !g_str_has_prefix (self->target, "asset:"))
    return refuse (id, "the submission does not say which entry it is about", error);
  if (change < 0 || state < 0)
    return refuse (id, "this version does not know what the submission wants", error);
  self->change = (SpSubmissionChange) change;
  self->state = (SpSubmissionState) state;
  fill (self, body);
  if (self->body == NULL && self->change != SP_SUBMISSION_REPORT)
    return refuse (id, "the submission does not say what shall change", error);
  return g_steal_pointer (&self);
}

/**
 * sp_submission_new_id:
 * @account: who proposes
 * @error: %SP_ERROR_INVALID if that is no name of an account
 *
 * Returns: (transfer full) (nullable): an id for a new submission
 */
char *
sp_submission_new_id (const char *account, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return sp_rights_check_account (account, error) ? g_strconcat (SP_SUBMISSION_PREFIX, account, ":", uuid, NULL) : NULL;
}

static SpSubmissionChange
find_change (const char *base, const SpNode *changes)
{
  const char *status = sp_node_get_text (changes, "status");

  if (changes == NULL)
    return SP_SUBMISSION_REPORT;
  if (base == NULL)
    return SP_SUBMISSION_ADD;
  return status != NULL && strcmp (status, "active") != 0 ? SP_SUBMISSION_CLOSE : SP_SUBMISSION_EDIT;
}

/**
 * sp_submission_make:
 * @target: document id of an entry, or of what shall become one
 * @base: (nullable): its revision; %NULL if it is new
 * @changes: (nullable): the top members that shall change, JSON null for those that shall go; %NULL to report only
 * @note: (nullable): words to whoever decides
 *
 * Returns: (transfer full): the document, to be saved as an edit
 */
SpNode *
sp_submission_make (const char *target, const char *base, const SpNode *changes, const char *note)
{
  SpNode *document = sp_node_new_object ();

  sp_node_set_text (document, "type", "submission");
  sp_node_set_text (document, "target", target);
  if (base != NULL)
    sp_node_set_text (document, "base", base);
  sp_node_set_text (document, "change", change_names[find_change (base, changes)]);
  if (changes != NULL)
    sp_node_set (document, "body", sp_node_copy (changes));
  if (note != NULL && *note != '\0')
    sp_node_set_text (document, "note", note);
  sp_node_set_text (document, "state", state_names[SP_SUBMISSION_PROPOSED]);
  return document;
}
