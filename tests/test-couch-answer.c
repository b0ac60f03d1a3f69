/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a CouchDB says: answers as real ones gave them, and those that break the protocol. */
#include "sp-couch-answer.h"

#include <string.h>

static GBytes *
bytes (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static void
test_changes (void)
{
  g_autoptr (GBytes) answer = bytes ("{\"results\":[\n{\"seq\":\"5-g1AA\",\"id\":\"doc4\",\"changes\":[{\"rev\":\"1-b0f2\"}]},\n"
                                     "{\"seq\":\"8-g1AA\",\"id\":\"doc2\",\"changes\":[{\"rev\":\"2-cc42\"},{\"rev\":\"2-aa\"}],\"deleted\":true}\n"
                                     "],\n\"last_seq\":\"9-g1AA\",\"pending\":0}");
  g_autoptr (GError) error = NULL;
  g_autoptr (SpPeerChanges) changes = sp_couch_read_changes (answer, &error);
  const SpPeerRev *last;

  g_assert_no_error (error);
  g_assert_cmpuint (changes->n_documents, ==, 2);
  g_assert_cmpuint (changes->revs->len, ==, 3);
  last = g_ptr_array_index (changes->revs, 2);
  g_assert_cmpstr (last->id, ==, "doc2");
  g_assert_cmpstr (last->rev, ==, "2-aa");
  g_assert_cmpstr (changes->last, ==, "\"9-g1AA\"");
}

static void
test_sequences (void)
{
  static const char *const kinds[] = { "12", "\"12-abc\"", "[3,\"g1\"]", "12345678901234567890" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"results\":[],\"last_seq\":%s}", kinds[i]);
      g_autoptr (GBytes) answer = bytes (text);
      g_autoptr (SpPeerChanges) changes = sp_couch_read_changes (answer, NULL);

      g_assert_cmpstr (changes->last, ==, kinds[i]);
    }
}

static void
check_refused (const char *text, int code)
{
  g_autoptr (GBytes) answer = bytes (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (sp_couch_read_changes (answer, &error));
  g_assert_error (error, SP_ERROR, code);
}

static void
test_broken_changes (void)
{
  check_refused ("", SP_ERROR_SERVER);
  check_refused ("<html>Log in</html>", SP_ERROR_SERVER);
  check_refused ("{\"results\":{}}", SP_ERROR_SERVER);
  check_refused ("{\"results\":[]}", SP_ERROR_SERVER);
  check_refused ("{\"results\":[7],\"last_seq\":1}", SP_ERROR_SERVER);
  check_refused ("{\"results\":[{\"id\":7,\"changes\":[]}],\"last_seq\":1}", SP_ERROR_SERVER);
  check_refused ("{\"results\":[{\"id\":\"a\",\"changes\":[{}]}],\"last_seq\":1}", SP_ERROR_SERVER);
}

static GPtrArray *
ask_for (const char *const *ids)
{
  GPtrArray *asked = g_ptr_array_new_with_free_func (sp_peer_rev_free);

  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (asked, sp_peer_rev_new (ids[i], "1-a"));
  return asked;
}

/* Each is handed on as it came: whoever stores it sends it through the gate. */
static void
test_documents (void)
{
  static const char *const ids[] = { "a", "b", "c", NULL };
  g_autoptr (GPtrArray) asked = ask_for (ids);
  g_autoptr (GBytes) answer = bytes ("{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"a\", \"x\":1.50}}]},"
                                     "{\"id\":\"b\",\"docs\":[{\"ok\":{\"x\":\"\\ud83d\"}}]},"
                                     "{\"id\":\"c\",\"docs\":[{\"error\":{\"error\":\"not_found\"}}]}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = sp_couch_read_documents (answer, asked, &error);
  const SpPeerDocument *first, *second, *third;

  g_assert_no_error (error);
  g_assert_cmpuint (documents->len, ==, 3);
  first = g_ptr_array_index (documents, 0);
  second = g_ptr_array_index (documents, 1);
  third = g_ptr_array_index (documents, 2);
  g_assert_cmpmem (g_bytes_get_data (first->json, NULL), g_bytes_get_size (first->json), "{\"_id\":\"a\", \"x\":1.50}", 21);
  g_assert_cmpmem (g_bytes_get_data (second->json, NULL), g_bytes_get_size (second->json), "{\"x\":\"\\ud83d\"}", 14);
  g_assert_error (third->error, SP_ERROR, SP_ERROR_NOT_FOUND);
}

/* A row that is left out, is empty or has an error costs itself; the ids tell whose it is. */
static void
test_rows (void)
{
  static const char *const ids[] = { "a", "b", "c\"d", "e", NULL };
  static const int codes[] = { SP_ERROR_SERVER, SP_ERROR_SERVER, -1, SP_ERROR_NOT_FOUND };
  g_autoptr (GPtrArray) asked = ask_for (ids);
  g_autoptr (GBytes) answer = bytes ("{\"results\":[{\"id\":\"a\",\"docs\":[]},{\"id\":\"c\\\"d\",\"docs\":[{\"ok\":{\"_id\":\"c\"}}]},"
                                     "{\"id\":\"e\",\"docs\":[{\"error\":{\"error\":\"not_found\"}}]}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = sp_couch_read_documents (answer, asked, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (documents->len, ==, 4);
  for (guint i = 0; i < documents->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (documents, i);

      g_assert_cmpstr (document->id, ==, ids[i]);
      g_assert_cmpint (document->json != NULL, ==, codes[i] == -1);
      if (codes[i] != -1)
        g_assert_error (document->error, SP_ERROR, codes[i]);
    }
}

/* What was cut off on its way is the fault of the way: it may come whole the next time. */
static void
test_cut_off (void)
{
  static const char *const ids[] = { "a", NULL };
  g_autoptr (GPtrArray) asked = ask_for (ids);
  g_autoptr (GBytes) cut = bytes ("{\"results\":[{\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}],\"docs\":[{\"ok\":{\"_i");
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  GError *error[4] = { NULL };
  char *rev;

  g_assert_null (sp_couch_read_documents (cut, asked, &error[0]));
  g_assert_null (sp_couch_read_missing (cut, &error[1]));
  g_assert_null (sp_couch_read_refused (cut, &error[2]));
  g_assert_null (sp_couch_read_local (cut, &rev, &error[3]));
  for (guint i = 0; i < G_N_ELEMENTS (error); i++)
    {
      g_ptr_array_add (errors, error[i]);
      g_assert_error (error[i], SP_ERROR, SP_ERROR_SERVER);
    }
}

static void
test_what_is_sent (void)
{
  g_autoptr (GPtrArray) revs = g_ptr_array_new_with_free_func (sp_peer_rev_free);
  g_autoptr (GBytes) missing = NULL;
  g_autoptr (GBytes) wanted = NULL;

  g_ptr_array_add (revs, sp_peer_rev_new ("a\"b", "2-x"));
  g_ptr_array_add (revs, sp_peer_rev_new ("a\"b", "2-y"));
  g_ptr_array_add (revs, sp_peer_rev_new ("c", "1-z"));
  missing = sp_couch_write_missing (revs, 0, revs->len);
  wanted = sp_couch_write_wanted (revs);
  g_assert_cmpmem (g_bytes_get_data (missing, NULL), g_bytes_get_size (missing),
                   "{\"a\\\"b\":[\"2-x\",\"2-y\"],\"c\":[\"1-z\"]}", 34);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (wanted, NULL), "{\"docs\":[{\"id\":\"a\\\"b\",\"rev\":\"2-x\"},"));
}

static void
test_refused_documents (void)
{
  g_autoptr (GBytes) answer = bytes ("[{\"id\":\"a\",\"rev\":\"1-a\",\"error\":\"forbidden\",\"reason\":\"Not yours\"},{\"ok\":true,\"id\":\"b\"}]");
  g_autoptr (GPtrArray) refused = sp_couch_read_refused (answer, NULL);
  const SpPeerDocument *document = g_ptr_array_index (refused, 0);

  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpstr (document->error->message, ==, "Not yours");
}

/* Who may do what in a database is told by its name, which stands escaped in its address. */
static void
test_role (void)
{
  g_autoptr (GBytes) answer = bytes ("{\"ok\":true,\"userCtx\":{\"name\":\"ann\",\"roles\":[\"viewer\"],\"databases\":{\"town/hall\":[\"editor\"]}}}");

  g_assert_cmpint (sp_couch_read_role (answer, "https://signpost.example.org/town%2Fhall/"), ==, SP_ROLE_EDITOR);
  g_assert_cmpint (sp_couch_read_role (answer, "https://signpost.example.org/hall/"), ==, SP_ROLE_VIEWER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/couch-answer/changes", test_changes);
  g_test_add_func ("/couch-answer/sequences", test_sequences);
  g_test_add_func ("/couch-answer/broken-changes", test_broken_changes);
  g_test_add_func ("/couch-answer/documents", test_documents);
  g_test_add_func ("/couch-answer/rows", test_rows);
  g_test_add_func ("/couch-answer/cut-off", test_cut_off);
  g_test_add_func ("/couch-answer/what-is-sent", test_what_is_sent);
  g_test_add_func ("/couch-answer/refused-documents", test_refused_documents);
  g_test_add_func ("/couch-answer/role", test_role);
  return g_test_run ();
}
