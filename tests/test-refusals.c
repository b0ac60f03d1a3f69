/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was refused becomes a submission: the entry says again what it says where it was refused, in the same revision; unless
 * a third copy has it too. */
#include "sp-refusals.h"
#include "sp-settle.h"
#include "sp-submissions.h"
#include "versions-fixture.h"

#define SERVER "5e000000000000000000000000000001"
#define STICK "5e000000000000000000000000000002"
#define SUBMISSION "submission:ann:0b7e0000-0000-4000-8000-000000000009"
#define HALL "{'type':'asset','schema':1,'name':'Hall','url':'https://a.example.org'}"

static const SpEditStamp ann = { "ann", "2026-11-22T10:00:00Z", SP_EDIT_BY_PERSON };

/* @lacks: revisions with commas between */
static void
refuse (SpDb *db, const char *rev, const char *lacks)
{
  g_auto (GStrv) list = g_strsplit (lacks, ",", -1);
  const SpRefusal refusal = { .peer = (char *) SERVER, .id = (char *) ID, .rev = (char *) rev, .reason = (char *) "Only an editor may", .sent = TRUE,
                              .on = 1, .lacks = list };

  g_assert_true (sp_refusals_note (db, &refusal, NULL));
}

static gboolean
propose (SpDb *db, gboolean *stays, GError **error)
{
  return sp_refusals_propose (db, ID, SUBMISSION, &ann, stays, error);
}

static void
propose_and_take_back (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  gboolean stays = TRUE;

  propose (db, &stays, &error);
  g_assert_no_error (error);
  g_assert_false (stays);
}

static char *
get_rev (SpDb *db)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, ID, NULL, NULL);

  return doc != NULL ? g_strdup (doc->rev) : NULL;
}

static guint
count_leaves (SpDb *db)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, ID, NULL);

  return leaves != NULL ? leaves->len : 0;
}

static void
assert_refusals (SpDb *db, guint count)
{
  g_autoptr (GPtrArray) refusals = sp_refusals_list (db, NULL, NULL);

  g_assert_cmpuint (refusals->len, ==, count);
}

/* Two edits in a row, of which the server has neither. */
static void
test_edits (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob"), *second = write_version (db, ID, first, "{'url':null}", "ann");
  g_autofree char *third = write_version (db, ID, second, "{'summary':'New.'}", "ann"), *lacks = g_strjoin (",", third, second, NULL);
  g_autofree char *now = NULL;
  g_autoptr (SpProposal) proposal = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  refuse (db, third, lacks);
  propose_and_take_back (db);
  now = get_rev (db);
  g_assert_cmpstr (now, ==, first);
  assert_member (db, ID, "url", "https://a.example.org");
  assert_member (db, ID, "summary", NULL);
  assert_refusals (db, 0);
  proposal = sp_submissions_look (db, SUBMISSION, NULL);
  g_assert_cmpint (proposal->submission->change, ==, SP_SUBMISSION_EDIT);
  g_assert_cmpstr (proposal->submission->account, ==, "ann");
  g_assert_cmpstr (proposal->submission->base, ==, first);
  g_assert_cmpuint (proposal->differences->len, ==, 2);
  g_assert_true (sp_submissions_accept (db, SUBMISSION, none, &ann, NULL)); /* and an editor need only say yes */
  assert_member (db, ID, "summary", "New.");
  assert_member (db, ID, "url", NULL);
}

/* An entry that the server never had goes altogether, and waits as a proposal. */
static void
test_addition (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "ann"), *now = NULL;
  g_autoptr (SpProposal) proposal = NULL;
  guint live, deleted;

  refuse (db, first, first);
  propose_and_take_back (db);
  now = get_rev (db);
  g_assert_null (now);
  g_assert_true (sp_docs_count (db, &live, &deleted, NULL));
  g_assert_cmpuint (live + deleted, ==, 1);
  proposal = sp_submissions_look (db, SUBMISSION, NULL);
  g_assert_cmpint (proposal->submission->change, ==, SP_SUBMISSION_ADD);
  g_assert_cmpstr (proposal->name, ==, "Hall");
  g_assert_null (sp_node_get (proposal->submission->body, "created"));
}

/* Who may not delete can propose to close. */
static void
test_deletion (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob"), *gone = NULL, *now = NULL;
  g_autoptr (SpProposal) proposal = NULL;

  g_assert_true (sp_edit_delete (db, ID, first, &ann, &gone, NULL));
  refuse (db, gone, gone);
  propose_and_take_back (db);
  now = get_rev (db);
  g_assert_cmpstr (now, ==, first);
  proposal = sp_submissions_look (db, SUBMISSION, NULL);
  g_assert_cmpint (proposal->submission->change, ==, SP_SUBMISSION_CLOSE);
}

/* Others changed the entry meanwhile, both were merged here, and none of that could be sent. */
static void
test_merged (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob"), *mine = write_version (db, ID, first, "{'summary':'New.'}", "ann");
  g_autofree char *now = NULL, *lacks = NULL, *merged = NULL;
  g_autoptr (GPtrArray) leaves = NULL;
  const char *theirs = "2-00000000000000000000000000000001", *tombstone;
  SpSettled settled;

  put_version (db, ID, theirs, first, "{'type':'asset','schema':1,'name':'Great Hall','url':'https://a.example.org'}");
  g_assert_true (sp_settle_document (db, ID, &settled, NULL));
  merged = get_rev (db);
  leaves = sp_docs_get_leaves (db, ID, NULL);
  g_assert_cmpuint (leaves->len, ==, 2);
  tombstone = ((SpDoc *) g_ptr_array_index (leaves, 1))->rev;
  lacks = g_strjoin (",", merged, mine, tombstone, NULL);
  refuse (db, merged, lacks);
  propose_and_take_back (db);
  now = get_rev (db);
  g_assert_cmpstr (now, ==, theirs);
  g_assert_cmpuint (count_leaves (db), ==, 1);
  g_autoptr (SpProposal) proposal = sp_submissions_look (db, SUBMISSION, NULL);
  g_assert_cmpuint (proposal->differences->len, ==, 1); /* the name is theirs already */
  g_assert_cmpstr (((SpDifference *) g_ptr_array_index (proposal->differences, 0))->path, ==, "summary");
}

/* What was changed back is only taken back. */
static void
test_nothing_new (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob"), *second = write_version (db, ID, first, "{'name':'Shed'}", "ann");
  g_autofree char *third = write_version (db, ID, second, "{'name':'Hall'}", "ann"), *lacks = g_strjoin (",", third, second, NULL), *now = NULL;
  g_autoptr (SpDoc) none = NULL;

  refuse (db, third, lacks);
  propose_and_take_back (db);
  now = get_rev (db);
  g_assert_cmpstr (now, ==, first);
  none = sp_docs_get (db, SUBMISSION, NULL, NULL);
  g_assert_null (none);
}

/* ---- what stays ---- */

static void
assert_stays (SpDb *db, const char *rev)
{
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *now = NULL;
  gboolean stays = FALSE;

  propose (db, &stays, &error);
  g_assert_no_error (error);
  g_assert_true (stays);
  now = get_rev (db);
  g_assert_cmpstr (now, ==, rev);
  refusals = sp_refusals_list (db, NULL, NULL);
  g_assert_cmpuint (refusals->len, ==, 1);
  g_assert_true (((SpRefusal *) g_ptr_array_index (refusals, 0))->proposed);
}

/* A checkpoint as a replicator leaves it: @target was given all up to the newest sequence but @less. */
static void
leave_checkpoint (SpDb *db, const char *name, const char *target, guint less)
{
  g_autofree char *now = sp_docs_get_update_seq (db, NULL);
  g_autofree char *json = g_strdup_printf ("{\"replicator\":\"signpost\",\"target\":\"%s\",\"source_last_seq\":\"%d%s\"}", target,
                                           atoi (now) - (int) less, strchr (now, '-'));

  g_assert_true (sp_docs_put_local (db, name, json, -1, NULL, NULL));
}

/* A memory stick has it too: then taking it back here would only make a difference between the two. */
static void
test_spread (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob"), *second = write_version (db, ID, first, "{'name':'Shed'}", "ann");

  refuse (db, second, second);
  leave_checkpoint (db, "server", SERVER, 0);
  leave_checkpoint (db, "stick", STICK, 0);
  assert_stays (db, second);
  assert_member (db, SUBMISSION, "body.name", "Shed");
}

/* The stick was here before, not since. */
static void
test_not_spread (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob"), *second = write_version (db, ID, first, "{'name':'Shed'}", "ann");

  refuse (db, second, second);
  leave_checkpoint (db, "server", SERVER, 0);
  leave_checkpoint (db, "stick", STICK, 1);
  propose_and_take_back (db);
}

static void
test_not_kept (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob"), *second = write_version (db, ID, first, "{'name':'Shed'}", "ann");
  g_autoptr (SpProposal) proposal = NULL;

  refuse (db, second, second);
  g_assert_true (sp_docs_drop_body (db, ID, first, NULL));
  assert_stays (db, second);
  proposal = sp_submissions_look (db, SUBMISSION, NULL);
  g_assert_cmpuint (sp_node_get_length (proposal->submission->body), ==, 1); /* the old values that the entry tells still serve */
}

/* ---- what cannot be proposed ---- */

static void
assert_fails (SpDb *db, int code)
{
  g_autofree char *before = get_rev (db), *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) none = NULL;
  gboolean stays;

  g_assert_false (propose (db, &stays, &error));
  g_assert_error (error, SP_ERROR, code);
  after = get_rev (db);
  g_assert_cmpstr (before, ==, after);
  none = sp_docs_get (db, SUBMISSION, NULL, NULL);
  g_assert_null (none);
}

static void
test_fails (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob"), *second = write_version (db, ID, first, "{'name':'Shed'}", "ann"), *third = NULL;

  assert_fails (db, SP_ERROR_NOT_FOUND); /* nothing was refused */
  refuse (db, second, second);
  third = write_version (db, ID, second, "{'name':'Barn'}", "ann");
  assert_fails (db, SP_ERROR_CONFLICT); /* nobody was asked about this one yet */
  refuse (db, third, second);           /* nor was all of it refused */
  assert_fails (db, SP_ERROR_CONFLICT);
}

/* Two versions of our own stand against each other. */
static void
test_undecided (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob"), *second = write_version (db, ID, first, "{'name':'Shed'}", "ann"), *lacks = NULL;
  const char *other = "2-00000000000000000000000000000001";

  put_version (db, ID, other, first, "{'type':'asset','name':'Barn'}");
  lacks = g_strjoin (",", second, other, NULL);
  refuse (db, second, lacks);
  assert_fails (db, SP_ERROR_CONFLICT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/refusals/edits", test_edits);
  g_test_add_func ("/refusals/addition", test_addition);
  g_test_add_func ("/refusals/deletion", test_deletion);
  g_test_add_func ("/refusals/merged", test_merged);
  g_test_add_func ("/refusals/nothing-new", test_nothing_new);
  g_test_add_func ("/refusals/spread", test_spread);
  g_test_add_func ("/refusals/not-spread", test_not_spread);
  g_test_add_func ("/refusals/not-kept", test_not_kept);
  g_test_add_func ("/refusals/fails", test_fails);
  g_test_add_func ("/refusals/undecided", test_undecided);
  return g_test_run ();
}
