/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost submissions: what contributors propose: the list, proposing, accepting, declining. */
#include "sp-cli.h"

#include "sp-asset.h"
#include "sp-cli-assign.h"
#include "sp-cli-choices.h"
#include "sp-cli-document.h"
#include "sp-cli-output.h"
#include "sp-clock.h"
#include "sp-refusals.h"
#include "sp-submissions.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the options say. */
typedef struct
{
  gboolean json;
  gboolean all;
  gboolean refused;
  char    *note;
} Options;

/* ---- the list ---- */

static void
set_text (SpNode *node, const char *member, const char *text)
{
  if (text != NULL)
    sp_node_set_text (node, member, text);
}

static SpNode *
ref_or_null (SpNode *node)
{
  return node != NULL ? sp_node_ref (node) : sp_node_new_null ();
}

static SpNode *
differences_to_node (const SpProposal *proposal)
{
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < proposal->differences->len; i++)
    {
      const SpDifference *difference = g_ptr_array_index (proposal->differences, i);
      SpNode *node = sp_node_new_object ();

      sp_node_set_text (node, "path", difference->path);
      sp_node_set (node, "now", ref_or_null (difference->now));
      sp_node_set (node, "proposed", ref_or_null (difference->proposed));
      sp_node_set (node, "contested", sp_node_new_boolean (difference->contested));
      sp_node_append (list, node);
    }
  return list;
}

static SpNode *
proposal_to_node (const SpProposal *proposal)
{
  const SpSubmission *submission = proposal->submission;
  SpNode *node = sp_node_new_object ();

  sp_node_set_text (node, "id", submission->id);
  sp_node_set_text (node, "account", submission->account);
  sp_node_set_text (node, "change", sp_submission_change_to_text (submission->change));
  sp_node_set_text (node, "state", sp_submission_state_to_text (submission->state));
  sp_node_set_text (node, "target", submission->target);
  set_text (node, "name", proposal->name);
  set_text (node, "note", submission->note);
  set_text (node, "reply", submission->reply);
  set_text (node, "proposed_on", submission->proposed_on);
  set_text (node, "decided_by", submission->decided_by);
  set_text (node, "decided_on", submission->decided_on);
  sp_node_set (node, "differences", differences_to_node (proposal));
  return node;
}

static void
print_proposal (const SpProposal *proposal)
{
  const SpSubmission *submission = proposal->submission;

  /* Translators: who, “add”, “edit”, “close” or “report”, name of an entry, “proposed”, “accepted” or “declined”, document id */
  sp_cli_print (_("%s: %s “%s”, %s (%s)\n"), submission->account, sp_submission_change_to_text (submission->change),
                proposal->name != NULL ? proposal->name : submission->target, sp_submission_state_to_text (submission->state), submission->id);
  if (submission->note != NULL)
    sp_cli_print ("  %s\n", submission->note);
  for (guint i = 0; i < proposal->differences->len; i++)
    {
      const SpDifference *difference = g_ptr_array_index (proposal->differences, i);
      g_autofree char *now = difference->now != NULL ? sp_node_to_json (difference->now) : g_strdup ("-");
      g_autofree char *proposed = difference->proposed != NULL ? sp_node_to_json (difference->proposed) : g_strdup ("-");

      sp_cli_print ("  %s: %s → %s%s\n", difference->path, now, proposed, difference->contested ? _(" (changed since)") : "");
    }
}

static gboolean
list (SpCliCall *call, const Options *options, GError **error)
{
  g_autoptr (SpDb) db = sp_cli_open (call, SP_CLI_READ, error);
  g_autoptr (GPtrArray) submissions = db != NULL ? sp_submissions_list (db, NULL, !options->all, G_MAXINT, error) : NULL;
  g_autoptr (SpNode) array = sp_node_new_array ();

  if (submissions == NULL)
    return FALSE;
  for (guint i = 0; i < submissions->len; i++)
    {
      const SpSubmission *submission = g_ptr_array_index (submissions, i);
      g_autoptr (SpProposal) proposal = sp_submissions_look (db, submission->id, error);

      if (proposal == NULL)
        return FALSE;
      if (options->json)
        sp_node_append (array, proposal_to_node (proposal));
      else
        print_proposal (proposal);
    }
  if (options->json)
    {
      sp_cli_print_json (array);
      sp_cli_print ("\n");
    }
  return TRUE;
}

/* ---- proposing ---- */

/* What the assignments change in a body; @body is NULL of a new entry. */
static SpNode *
read_changes (const SpNode *body, char **arguments, GError **error)
{
  g_autoptr (SpNode) before = body != NULL ? sp_node_copy (body) : sp_node_new_object ();
  g_autoptr (SpNode) after = sp_node_copy (before);

  return sp_cli_assign_all (after, arguments, error) ? sp_asset_diff (before, after) : NULL;
}

static gboolean
propose (SpCliCall *call, const Options *options, const SpEditStamp *stamp, GError **error)
{
  const char *account = call->rest[1], *target = call->rest[2];
  gboolean is_new = strcmp (target, "new") == 0;
  g_autoptr (SpDb) db = sp_cli_open (call, is_new ? SP_CLI_CREATE : SP_CLI_WRITE, error);
  g_autoptr (SpDoc) doc = db != NULL && !is_new ? sp_cli_document_get (db, target, error) : NULL;
  g_autoptr (SpNode) body = doc != NULL ? sp_node_parse (doc->body, -1, error) : NULL;
  g_autoptr (SpNode) changes = NULL;
  g_autofree char *uuid = g_uuid_string_random (), *new_id = g_strconcat ("asset:", uuid, NULL), *id = NULL;

  if (db == NULL || (!is_new && body == NULL))
    return FALSE;
  if (call->rest[3] != NULL && (changes = read_changes (body, call->rest + 3, error)) == NULL)
    return FALSE;
  if (changes == NULL && (is_new || options->note == NULL))
    return sp_cli_usage (error, _("Say what shall change, or with --note what is wrong"));
  id = sp_submissions_propose (db, account, is_new ? new_id : doc->id, is_new ? NULL : doc->rev, changes, options->note, stamp, error);
  if (id == NULL)
    return FALSE;
  sp_cli_print ("%s\n", id);
  return TRUE;
}

/* What another replica refused: the account and the entry say all. */
static gboolean
propose_refused (SpCliCall *call, const Options *options, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (SpDb) db = NULL;
  g_autoptr (SpDoc) none = NULL;
  g_autofree char *id = NULL;
  gboolean stays;

  if (call->rest[3] != NULL || options->note != NULL)
    return sp_cli_usage (error, _("--refused takes an account and the id of an entry, and nothing else"));
  id = sp_submission_new_id (call->rest[1], error);
  db = id != NULL ? sp_cli_open (call, SP_CLI_WRITE, error) : NULL;
  if (db == NULL || !sp_refusals_propose (db, call->rest[2], id, stamp, &stays, error))
    return FALSE;
  if (stays)
    sp_cli_tell (_("The change stays here too: another copy has it, or what was before is no longer kept\n"));
  none = sp_docs_get (db, id, NULL, NULL);
  if (none == NULL)
    sp_cli_tell (_("It said nothing new, and was only taken back\n"));
  else
    sp_cli_print ("%s\n", id);
  return TRUE;
}

/* ---- deciding ---- */

static gboolean
accept_one (SpCliCall *call, const SpEditStamp *stamp, GError **error)
{
  static const SpCliWords words = { "now", "proposed", FALSE };
  g_autoptr (GPtrArray) choices = sp_cli_choices_read (call->rest + 2, &words, error);
  g_autoptr (SpDb) db = NULL;

  if (choices == NULL)
    return FALSE;
  db = sp_cli_open (call, SP_CLI_WRITE, error);
  return db != NULL && sp_submissions_accept (db, call->rest[1], choices, stamp, error);
}

static gboolean
decline (SpCliCall *call, const SpEditStamp *stamp, GError **error)
{
  g_autofree char *words = g_strjoinv (" ", call->rest + 2);
  g_autoptr (SpDb) db = sp_cli_open (call, SP_CLI_WRITE, error);

  return db != NULL && sp_submissions_decide (db, call->rest[1], SP_SUBMISSION_DECLINED, words, stamp, error);
}

static gboolean
run (SpCliCall *call, const Options *options, GError **error)
{
  g_autofree char *now = sp_clock_now_text ();
  const SpEditStamp stamp = { sp_cli_who (), now, SP_EDIT_BY_PERSON };
  const char *what = call->rest[0];
  guint n = g_strv_length (call->rest);

  if (what == NULL)
    return list (call, options, error);
  if (strcmp (what, "propose") == 0 && n >= 3 && options->refused)
    return propose_refused (call, options, &stamp, error);
  if (strcmp (what, "propose") == 0 && n >= 3)
    return propose (call, options, &stamp, error);
  if (strcmp (what, "accept") == 0 && n >= 2)
    return accept_one (call, &stamp, error);
  if (strcmp (what, "decline") == 0 && n >= 3)
    return decline (call, &stamp, error);
  return sp_cli_usage (error, _("What to do is: nothing, to list them; accept ID; decline ID WORDS…; propose ACCOUNT ID|new FIELD=VALUE…"));
}

/**
 * sp_cli_submissions:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Lists what contributors propose, proposes, accepts or declines.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_submissions (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_autofree char *note = NULL;
  Options options = { FALSE, FALSE, FALSE, NULL };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("an array for scripts"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_("also what was decided on"), NULL },
    { "refused", 0, 0, G_OPTION_ARG_NONE, &options.refused, N_("propose the change that was refused, and take it back here"), NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, N_("words to whoever decides"), N_("WORDS") },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 0, G_MAXUINT, error))
    return FALSE;
  options.note = note;
  return run (call, &options, error);
}
