/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Submissions: what one differs by from its entry, what an editor decides, and that a server lets each of these writes
 * through for whoever makes it. */
#include "sp-rights.h"
#include "sp-submissions.h"
#include "versions-fixture.h"

static const SpEditStamp ann = { "ann", "2026-11-20T10:00:00Z", SP_EDIT_BY_PERSON };
static const SpEditStamp editor = { "eve", "2026-11-22T10:00:00Z", SP_EDIT_BY_PERSON };

#define HALL "{'type':'asset','schema':1,'name':'Hall','url':'https://a.example.org','contacts':[{'id':'c1','phone':'01632 960001'}]}"

static char *
propose (SpDb *db, const char *base, const char *json)
{
  g_autoptr (SpNode) changes = json != NULL ? parse_json (json) : NULL;
  g_autoptr (GError) error = NULL;
  char *id = sp_submissions_propose (db, "ann", ID, base, changes, "Please", &ann, &error);

  g_assert_no_error (error);
  return id;
}

static gboolean
accept_all (SpDb *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  return sp_submissions_accept (db, id, none, &editor, error);
}

/* "url: a → b" and so on; "!" where it is contested */
static char *
describe (SpDb *db, const char *id)
{
  g_autoptr (SpProposal) proposal = sp_submissions_look (db, id, NULL);
  GString *text = g_string_new (NULL);

  g_assert_nonnull (proposal);
  for (guint i = 0; i < proposal->differences->len; i++)
    {
      const SpDifference *difference = g_ptr_array_index (proposal->differences, i);
      g_autofree char *now = difference->now != NULL ? sp_node_to_canonical (difference->now) : g_strdup ("-");
      g_autofree char *proposed = difference->proposed != NULL ? sp_node_to_canonical (difference->proposed) : g_strdup ("-");
      g_string_append_printf (text, "%s%s%s: %s > %s", i > 0 ? "; " : "", difference->path, difference->contested ? "!" : "", now, proposed);
    }
  return g_strdelimit (g_string_free (text, FALSE), "\"", '\'');
}

#define assert_differences(db, id, expected) G_STMT_START { \
  g_autofree char *text_ = describe (db, id); \
  g_assert_cmpstr (text_, ==, expected); } G_STMT_END

static void
test_differences (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob");
  g_autofree char *id = propose (db, first, "{'url':null,'name':'Hall','summary':'New.','source':{'feed':'x'},'_rev':'9-x'}");

  assert_differences (db, id, "url: 'https://a.example.org' > -; summary: - > 'New.'"); /* not what it says already, nor bookkeeping */
  g_assert_true (accept_all (db, id, NULL));
  assert_member (db, ID, "summary", "New.");
  assert_member (db, ID, "url", NULL);
  assert_member (db, ID, "source.feed", NULL);
  assert_member (db, ID, "modified.by", "eve");
  assert_member (db, id, "state", "accepted");
}

/* What others changed meanwhile goes together with it, item by item; only the same is contested. */
static void
test_changed_since (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob");
  g_autofree char *id = propose (db, first, "{'contacts':[{'id':'c1','phone':'01632 960001','email':'a@example.org'}],'url':'https://b.example.org'}");
  g_autofree char *second = write_version (db, ID, first, "{'contacts':[{'id':'c1','phone':'01632 960002'}],'url':'https://c.example.org'}", "bob");
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_choice_free);
  g_autoptr (GError) error = NULL;

  assert_differences (db, id, "contacts: [{'id':'c1','phone':'01632 960002'}] > [{'email':'a@example.org','id':'c1','phone':'01632 960002'}]; "
                              "url!: 'https://c.example.org' > 'https://b.example.org'");
  g_assert_false (accept_all (db, id, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
  assert_member (db, id, "state", "proposed"); /* nothing was written */
  g_ptr_array_add (choices, sp_choice_new ("url", SP_CHOICE_THEIRS, NULL, NULL));
  g_assert_true (sp_submissions_accept (db, id, choices, &editor, NULL));
  assert_member (db, ID, "url", "https://b.example.org");
  g_autoptr (SpNode) body = get_body (db, ID);
  g_assert_cmpstr (sp_node_get_text (sp_node_get_element (sp_node_get (body, "contacts"), 0), "phone"), ==, "01632 960002");
}

/* Nobody knows any more what it was made from. */
static void
test_unknown_base (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob");
  g_autofree char *id = propose (db, "7-00000000000000000000000000000001", "{'url':'https://b.example.org','name':'Hall'}");

  assert_differences (db, id, "url!: 'https://a.example.org' > 'https://b.example.org'");
}

static void
test_new_entry (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *id = propose (db, NULL, "{'name':'Shed','kind':'group','type':'area','created':{'by':'x'}}");
  g_autoptr (SpProposal) proposal = sp_submissions_look (db, id, NULL);

  g_assert_cmpint (proposal->submission->change, ==, SP_SUBMISSION_ADD);
  g_assert_cmpstr (proposal->submission->account, ==, "ann");
  g_assert_cmpstr (proposal->submission->note, ==, "Please");
  g_assert_cmpstr (proposal->name, ==, "Shed");
  g_assert_null (proposal->now);
  g_assert_true (accept_all (db, id, NULL));
  assert_member (db, ID, "name", "Shed");
  assert_member (db, ID, "type", "asset");
  assert_member (db, ID, "created.by", "eve");
}

/* What is no value of its field does not get in, whoever proposes it. */
static void
test_nonsense (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob");
  g_autofree char *id = propose (db, first, "{'url':{'a':1}}");
  g_autoptr (GError) error = NULL;

  g_assert_false (accept_all (db, id, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  assert_member (db, ID, "url", "https://a.example.org");
  assert_member (db, id, "state", "proposed");
}

static void
test_unreadable (void)
{
  static const char *const documents[] = {
    "{'type':'submission','target':'area:x','change':'edit','body':{},'state':'proposed'}",
    "{'type':'submission','target':'asset:x','change':'explode','body':{},'state':'proposed'}",
    "{'type':'submission','target':'asset:x','change':'edit','body':{},'state':'pending'}",
    "{'type':'submission','target':'asset:x','change':'edit','body':[],'state':'proposed'}",
    "{'type':'asset','target':'asset:x','change':'edit','body':{},'state':'proposed'}",
  };
  g_autoptr (SpDb) db = new_store ();
  g_autoptr (GPtrArray) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autofree char *id = g_strdup_printf ("submission:ann:%u", i);
      g_autoptr (GError) error = NULL;
      put_version (db, id, "2-00000000000000000000000000000001", "1-0000000000000000000000000000000a", documents[i]);
      g_assert_null (sp_submissions_look (db, id, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
    }
  list = sp_submissions_list (db, NULL, FALSE, 10, NULL);
  g_assert_cmpuint (list->len, ==, 0); /* left to a version that understands them */
}

/* Two editors decide without knowing of each other, and its author takes it back: a yes counts. */
static void
test_decided_twice (void)
{
  static const char proposed[] = "{'type':'submission','target':'" ID "','base':'1-0','change':'edit','body':{'url':'u'},'state':'%s'}";
  static const char *const states[] = { "declined", "accepted", "proposed" };
  g_autoptr (SpDb) db = new_store ();
  g_autoptr (GPtrArray) list = NULL;
  guint waiting;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *json = g_strdup_printf (proposed, states[i]);
      g_autofree char *rev = g_strdup_printf ("2-0000000000000000000000000000000%u", i + 1);
      put_version (db, "submission:ann:1", rev, "1-0000000000000000000000000000000a", json);
    }
  list = sp_submissions_list (db, "ann", FALSE, 10, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((SpSubmission *) g_ptr_array_index (list, 0))->state, ==, SP_SUBMISSION_ACCEPTED);
  g_assert_true (sp_submissions_count (db, &waiting, NULL));
  g_assert_cmpuint (waiting, ==, 0);
}

static void
test_whose (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob");
  g_autofree char *id = propose (db, first, "{'url':'https://b.example.org'}");
  g_autoptr (GPtrArray) of_ann = sp_submissions_list (db, "ann", TRUE, 10, NULL), of_an = sp_submissions_list (db, "an", TRUE, 10, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (of_ann->len, ==, 1);
  g_assert_cmpuint (of_an->len, ==, 0);
  g_assert_null (sp_submissions_propose (db, "not:me", ID, first, NULL, "x", &ann, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

/* ---- the rules of a server ---- */

static void
assert_rights (SpDb *db, const char *id, SpRole least)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, NULL);
  g_autoptr (SpNode) body = sp_node_parse (doc->body, -1, NULL);
  const SpRightsDocument document = sp_rights_read (id, doc->deleted, body);

  for (guint role = SP_ROLE_VIEWER; role <= SP_ROLE_EDITOR; role++)
    g_assert_cmpint (sp_rights_check_write ("ann", role, &document, NULL), ==, role >= least);
}

static void
test_rights (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = write_version (db, ID, NULL, HALL, "bob");
  g_autofree char *id = propose (db, first, "{'url':'https://b.example.org'}"), *back = propose (db, first, NULL);
  g_autoptr (SpProposal) proposal = sp_submissions_look (db, back, NULL);

  assert_rights (db, id, SP_ROLE_CONTRIBUTOR);
  g_assert_cmpint (proposal->submission->change, ==, SP_SUBMISSION_REPORT);
  g_assert_true (sp_edit_delete (db, back, proposal->submission->rev, &ann, NULL, NULL));
  assert_rights (db, back, SP_ROLE_CONTRIBUTOR); /* its author may take it back */
  g_assert_true (sp_submissions_decide (db, id, SP_SUBMISSION_DECLINED, "No", &editor, NULL));
  assert_rights (db, id, SP_ROLE_EDITOR);
  assert_member (db, id, "reply", "No");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/submissions/differences", test_differences);
  g_test_add_func ("/submissions/changed-since", test_changed_since);
  g_test_add_func ("/submissions/unknown-base", test_unknown_base);
  g_test_add_func ("/submissions/new-entry", test_new_entry);
  g_test_add_func ("/submissions/nonsense", test_nonsense);
  g_test_add_func ("/submissions/unreadable", test_unreadable);
  g_test_add_func ("/submissions/decided-twice", test_decided_twice);
  g_test_add_func ("/submissions/whose", test_whose);
  g_test_add_func ("/submissions/rights", test_rights);
  return g_test_run ();
}
