/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches of documents. Some are refused: whatever is wrong with one, the others are stored, and its sender hears which it
 * was. And what is read at once has a bound. */
#include "server-fixture.h"

#define LARGE (1100 * 1000) /* more bytes than a document may have */
#define SEVENTY "0123456789012345678901234567890123456789012345678901234567890123456789" /* more than a hash may have */

/* What is wrong | the document, in which `%` stands for many bytes | what it is called | what is said of it */
static const struct
{
  const char *fault;
  const char *document;
  const char *named;
  const char *reason;
} refused[] = {
  { "large", "{'_id':'asset:bad','_rev':'1-a','type':'asset','x':'%'}", "'id':'asset:bad','rev':'1-a'", "more than the" },
  { "attachment", "{'_id':'asset:bad','_rev':'1-a','_attachments':{'a.jpg':{'data':'%'}}}", "'id':'asset:bad','rev':'1-a'",
    "Attachments are not kept" },
  { "small-attachment", "{'_id':'asset:bad','_rev':'1-a','_attachments':{'a.jpg':{}}}", "'id':'asset:bad','rev':'1-a'", "Attachments are not kept" },
  { "large-beside-none", "{'_attachments':{ },'x':'%','_rev':'1-a','_id':'asset:bad'}", "'id':'asset:bad','rev':'1-a'", "more than the" },
  { "name-twice", "{'_id':'asset:bad','_rev':'1-a','x':1,'x':2}", "'id':'asset:bad','rev':'1-a'", "two members of one name" },
  { "nul", "{'_id':'asset:bad','_rev':'1-a','x':'a\\u0000'}", "'id':'asset:bad','rev':'1-a'", "u0000" },
  { "nul-in-id", "{'_id':'asset:\\u0000','_rev':'1-a'}", "'id':'asset:\\\\u0000','rev':'1-a'", "u0000" },
  { "escaped-name", "{'_id':'asset:bad','_rev':'1-a','\\u0061bc':1}", "'id':'asset:bad','rev':'1-a'", "written as an escape" },
  { "half-a-pair", "{'_id':'asset:bad','_rev':'1-a','x':'\\ud800'}", "'id':'asset:bad','rev':'1-a'", "surrogate" },
  { "number", "{'_id':'asset:bad','_rev':'1-a','x':1e999}", "'id':'asset:bad','rev':'1-a'", "too large" },
  { "no-json", "{'_id':'asset:bad','_rev':'1-a','x':nul}", "'id':'asset:bad','rev':'1-a'", "a value is expected" },
  { "long-revision", "{'_id':'asset:bad','_revisions':{'start':2,'ids':['" SEVENTY "','a']}}",
    "'id':'asset:bad','rev':'2-" SEVENTY "'", "_revisions has ids that cannot be" },
  { "odd-revision", "{'_id':'asset:bad','_rev':'nonsense','type':'asset'}", "'id':'asset:bad','rev':'nonsense'", "nonsense" },
  { "no-type", "{'_id':'asset:bad','_rev':'1-a'}", "'id':'asset:bad','rev':'1-a'", "its type must be asset" },
};

static void
set_up_plain (ServerFixture *f, gconstpointer data)
{
  set_up_server (f, NULL); /* @data is no limits */
}

static char *
fill_in (const char *document, const char *filling)
{
  g_auto (GStrv) parts = g_strsplit (document, "%", 2);

  return g_strjoinv (filling, parts);
}

/* Sends @bad between two good ones. */
static void
send_between (ServerFixture *f, const char *bad, const char *options, guint status)
{
  g_autofree char *body = g_strdup_printf ("{%s'docs':[{'_id':'asset:1','_rev':'1-a','type':'asset'},%s,"
                                           "{'_id':'asset:2','_rev':'1-a','type':'asset'}]}", options, bad);

  g_assert_cmpuint (ask (f, "eve", "POST", "town/_bulk_docs", body), ==, status);
}

static void
assert_refused (ServerFixture *f, const char *named, const char *reason)
{
  g_autofree char *answer = get_answer (f);
  g_autofree char *begins = g_strdup_printf ("[{%s,'error':'forbidden','reason':'", named);

  if (!g_str_has_prefix (answer, begins) || strstr (answer, reason) == NULL)
    g_error ("%s", answer);
  g_assert_true (g_str_has_suffix (answer, "'}]"));
  g_assert_null (strstr (answer, "},{"));
  ASSERT_TELLS ("vic", "GET", "town/asset:1", NULL, 200, "asset:1");
  ASSERT_TELLS ("vic", "GET", "town/asset:2", NULL, 200, "asset:2");
  ASSERT_TELLS ("vic", "GET", "town/asset:bad", NULL, 404, "missing");
}

static void
test_refused (ServerFixture *f, gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autofree char *filling = g_strnfill (LARGE, 'a');
  g_autofree char *bad = fill_in (refused[i].document, filling);

  send_between (f, bad, "'new_edits':false,", 201);
  assert_refused (f, refused[i].named, refused[i].reason);
}

static void
test_deep (ServerFixture *f, gconstpointer data)
{
  g_autofree char *open = g_strnfill (120, '['), *closed = g_strnfill (120, ']');
  g_autofree char *bad = g_strdup_printf ("{'_id':'asset:bad','x':%s%s,'_rev':'1-a'}", open, closed);

  send_between (f, bad, "'new_edits':false,", 201);
  assert_refused (f, "'id':'asset:bad','rev':'1-a'", "the nesting is deeper");
}

/* Of new versions each has its entry. */
static void
test_refused_edit (ServerFixture *f, gconstpointer data)
{
  g_autofree char *filling = g_strnfill (LARGE, 'a');
  g_autofree char *large = g_strdup_printf ("{'docs':[{'_id':'asset:1','type':'asset'},{'_id':'asset:bad','type':'asset','x':'%s'},"
                                            "{'_id':'asset:bad','x':1,'x':2},{'_id':'asset:2','type':'asset'}]}", filling);
  g_autoptr (SpNode) answer = NULL;

  g_assert_cmpuint (ask (f, "eve", "POST", "town/_bulk_docs", large), ==, 201);
  answer = parse_answer (f);
  g_assert_cmpuint (sp_node_get_length (answer), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const SpNode *entry = sp_node_get_element (answer, i);

      g_assert_cmpstr (sp_node_get_text (entry, "error"), ==, i == 1 || i == 2 ? "forbidden" : NULL);
      g_assert_cmpstr (sp_node_get_text (entry, "id"), ==, i == 0 ? "asset:1" : i == 3 ? "asset:2" : "asset:bad");
    }
  ASSERT_TELLS ("vic", "GET", "town/asset:2", NULL, 200, "asset:2");
}

/* Nothing to name it by: then nothing is stored, as by CouchDB. */
static void
test_nameless (ServerFixture *f, gconstpointer data)
{
  static const char *const nameless[] = { "{'_rev':'1-a','x':nul}", "{'_id':7,'_rev':'1-a'}", "7", "{'_id':'asset:bad','x':1,'x':2}",
                                          "{'_id':'asset:bad'}", "{'_id':'asset:bad','_rev':'1-a','x':[}" };

  for (guint i = 0; i < G_N_ELEMENTS (nameless); i++)
    {
      send_between (f, nameless[i], "'new_edits':false,", 400);
      ASSERT_TELLS ("vic", "GET", "town/asset:1", NULL, 404, "missing");
    }
  send_between (f, "{'x':1,'x':2}", "", 400);
  ASSERT_TELLS ("vic", "GET", "town/asset:1", NULL, 404, "missing");
}

static void
put_large (ServerFixture *f)
{
  g_autofree char *filling = g_strnfill (1000 * 1000, 'a');
  g_autofree char *large = g_strdup_printf ("{'type':'asset','x':'%s','_rev':'1-a'}", filling);

  g_assert_cmpuint (ask (f, "eve", "PUT", "town/asset:large?new_edits=false", large), ==, 201);
}

/* @n times @entry, between @head and @tail. */
static char *
repeat (const char *head, const char *entry, guint n, const char *tail)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", entry);
  g_string_append (text, tail);
  return g_string_free (text, FALSE);
}

/* One that asks for more than fits is told to ask for less; it gets all or nothing. */
static void
test_bulk_get_bound (ServerFixture *f, gconstpointer data)
{
  g_autofree char *fits = repeat ("{'docs':[", "{'id':'asset:large'}", 60, "]}");
  g_autofree char *passes = repeat ("{'docs':[", "{'id':'asset:large'}", 400, "]}");

  put_large (f);
  g_assert_cmpuint (ask (f, "vic", "POST", "town/_bulk_get", fits), ==, 200);
  g_assert_cmpuint (g_bytes_get_size (f->answer), >, 60 * 1000 * 1000);
  ASSERT_TELLS ("vic", "POST", "town/_bulk_get", passes, 413, "{'error':'too_large'");
  g_assert_cmpuint (g_bytes_get_size (f->answer), <, 200);
}

/* A document of many versions, each as large as can be. */
static void
test_open_revs_bound (ServerFixture *f, gconstpointer data)
{
  g_autofree char *filling = g_strnfill (1000 * 1000, 'a');

  for (guint i = 0; i < 70; i++)
    {
      g_autofree char *version = g_strdup_printf ("{'type':'asset','x':'%s','_rev':'1-%02u'}", filling, i);

      g_assert_cmpuint (ask (f, "eve", "PUT", "town/asset:large?new_edits=false", version), ==, 201);
    }
  g_assert_cmpuint (ask (f, "vic", "GET", "town/asset:large?open_revs=%5B%221-00%22,%221-69%22%5D", NULL), ==, 200);
  ASSERT_TELLS ("vic", "GET", "town/asset:large?open_revs=all", NULL, 413, "{'error':'too_large'");
}

static void
test_all_docs_bound (ServerFixture *f, gconstpointer data)
{
  g_autofree char *fits = repeat ("{'include_docs':true,'keys':[", "'asset:large'", 60, "]}");
  g_autofree char *passes = repeat ("{'include_docs':true,'keys':[", "'asset:large'", 400, "]}");

  put_large (f);
  g_assert_cmpuint (ask (f, "vic", "POST", "town/_all_docs", fits), ==, 200);
  g_assert_cmpuint (g_bytes_get_size (f->answer), >, 60 * 1000 * 1000);
  ASSERT_TELLS ("vic", "POST", "town/_all_docs", passes, 413, "with limit and startkey");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/server-bulk/" name, ServerFixture, NULL, set_up_server, func, tear_down_server)
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/server-bulk/refused/", refused[i].fault, NULL);

      g_test_add (path, ServerFixture, GUINT_TO_POINTER (i), set_up_plain, test_refused, tear_down_server);
    }
  ADD ("deep", test_deep);
  ADD ("refused-edit", test_refused_edit);
  ADD ("nameless", test_nameless);
  ADD ("bulk-get-bound", test_bulk_get_bound);
  ADD ("open-revs-bound", test_open_revs_bound);
  ADD ("all-docs-bound", test_all_docs_bound);
  return g_test_run ();
}
