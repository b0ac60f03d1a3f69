/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server answers, byte for byte where replicators look at the bytes. */
#include "server-fixture.h"

static void
test_server_itself (ServerFixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  ASSERT_TELLS (NULL, "GET", "", NULL, 200, "'couchdb':'Welcome'");
  first = get_answer (f);
  ASSERT_ANSWERS (NULL, "GET", "_up", NULL, 200, "{'status':'ok'}");
  ASSERT_ANSWERS ("root", "GET", "_all_dbs", NULL, 200, "['town']");
  ASSERT_TELLS ("root", "GET", "_uuids?count=2", NULL, 200, "','");
  ASSERT_TELLS ("root", "GET", "_nothing", NULL, 404, "not_found");
  stop_server (f);
  start_server (f);
  ask (f, NULL, "GET", "", NULL);
  second = get_answer (f);
  g_assert_cmpstr (first, ==, second); /* the same uuid after a restart */
}

static void
test_databases (ServerFixture *f, gconstpointer data)
{
  ASSERT_ANSWERS ("root", "PUT", "a%2Fb", NULL, 201, "{'ok':true}");
  ASSERT_TELLS ("root", "PUT", "a%2Fb/", NULL, 412, "file_exists");
  ASSERT_TELLS ("root", "GET", "a%2Fb/", NULL, 200, "{'db_name':'a/b','update_seq':'0-");
  g_assert_cmpuint (ask (f, "root", "HEAD", "a%2Fb", NULL), ==, 200);
  g_assert_cmpuint (g_bytes_get_size (f->answer), ==, 0);
  g_assert_cmpuint (ask (f, "root", "HEAD", "none", NULL), ==, 404);
  ASSERT_TELLS ("root", "PUT", "Bad", NULL, 400, "illegal_database_name");
  ASSERT_TELLS ("eve", "PUT", "other", NULL, 403, "forbidden");
  ASSERT_ANSWERS ("root", "DELETE", "a%2Fb", NULL, 200, "{'ok':true}");
  ASSERT_ANSWERS ("root", "GET", "a%2Fb/", NULL, 404, "{'error':'not_found','reason':'Database does not exist.'}");
  ASSERT_ANSWERS ("root", "PUT", "a%2Fb", NULL, 201, "{'ok':true}");
  ASSERT_TELLS ("root", "GET", "a%2Fb", NULL, 200, "'doc_count':0");
}

/* What cannot be the name of a file cannot be that of a database. */
static void
test_long_names (ServerFixture *f, gconstpointer data)
{
  g_autoptr (GString) slashes = g_string_new ("a");
  g_autofree char *letters = g_strnfill (128, 'a');
  g_autofree char *more = g_strnfill (129, 'a');

  for (guint i = 0; i < 120; i++)
    g_string_append (slashes, "%2F");
  ASSERT_TELLS ("root", "PUT", slashes->str, NULL, 400, "illegal_database_name");
  g_string_truncate (slashes, 1 + 60 * 3);
  ASSERT_TELLS ("root", "PUT", slashes->str, NULL, 201, "'ok':true");
  ASSERT_TELLS ("root", "PUT", letters, NULL, 201, "'ok':true");
  ASSERT_TELLS ("root", "PUT", more, NULL, 400, "illegal_database_name");
}

static char *
write_asset (ServerFixture *f, const char *path, const char *body)
{
  g_autoptr (SpNode) answer = NULL;

  g_assert_cmpuint (ask (f, "eve", "PUT", path, body), ==, 201);
  answer = parse_answer (f);
  g_assert_true (sp_node_get_flag (answer, "ok", FALSE));
  return g_strdup (sp_node_get_text (answer, "rev"));
}

static void
test_document (ServerFixture *f, gconstpointer data)
{
  g_autofree char *first = write_asset (f, "town/asset:1", "{'type':'asset','n':1.50}");
  g_autofree char *again = g_strdup_printf ("town/asset:1?rev=%s", first);
  g_autofree char *second = NULL;
  g_autofree char *remove = NULL;
  g_autofree char *etag = NULL;

  ASSERT_ANSWERS ("eve", "PUT", "town/asset:1", "{'type':'asset','n':2}", 409, "{'error':'conflict','reason':'Document update conflict.'}");
  second = write_asset (f, again, "{'type':'asset','n':2}");
  ASSERT_TELLS ("vic", "GET", "town/asset:1?revs=true&local_seq=true", NULL, 200, "'_revisions':{'start':2,'ids':['");
  ASSERT_TELLS ("vic", "GET", again, NULL, 200, "'n':1.50}");
  ask (f, "vic", "GET", "town/asset:1", NULL);
  etag = g_strdup_printf ("\"%s\"", second);
  g_assert_cmpstr (f->etag, ==, etag);
  ASSERT_ANSWERS ("vic", "GET", "town/none", NULL, 404, "{'error':'not_found','reason':'missing'}");
  ASSERT_TELLS ("eve", "DELETE", "town/asset:1", NULL, 409, "conflict");
  remove = g_strdup_printf ("town/asset:1?rev=%s", second);
  ASSERT_TELLS ("eve", "DELETE", remove, NULL, 200, "'rev':'3-");
  ASSERT_ANSWERS ("vic", "GET", "town/asset:1", NULL, 404, "{'error':'not_found','reason':'deleted'}");
  g_free (write_asset (f, "town/asset:1", "{'type':'asset','n':4}"));
  ASSERT_TELLS ("vic", "GET", "town/asset:1", NULL, 200, "'_rev':'4-");
  ASSERT_TELLS ("eve", "PUT", "town/_odd", "{}", 404, "not_found");
  ASSERT_TELLS ("eve", "PUT", "town/asset:2?rev=nonsense", "{'type':'asset'}", 400, "bad_request");
  ASSERT_TELLS ("eve", "PUT", "town/asset:2", "[]", 400, "JSON object");
  ASSERT_TELLS ("eve", "PUT", "town/asset:2", "{'type':'asset','_odd':1}", 400, "doc_validation");
  ASSERT_TELLS ("eve", "PUT", "town/asset:2", "{'type':'asset','_attachments':{'a':{}}}", 403, "Attachments");
}

/* To have no attachments is no fault, in whatever way it is said. */
static void
test_no_attachments (ServerFixture *f, gconstpointer data)
{
  g_free (write_asset (f, "town/asset:1", "{'type':'asset','_attachments':{}}"));
  g_free (write_asset (f, "town/asset:2?new_edits=false", "{'_id':'asset:2','_rev':'1-a','_attachments':{ },'type':'asset'}"));
  ASSERT_ANSWERS ("vic", "GET", "town/asset:2", NULL, 200, "{'_id':'asset:2','_rev':'1-a','type':'asset'}");
  ASSERT_ANSWERS ("eve", "POST", "town/_bulk_docs", "{'new_edits':false,'docs':[{'_id':'asset:3','type':'asset','_rev':'1-a','_attachments':{}}]}",
                  201, "[]");
  ASSERT_TELLS ("eve", "POST", "town/_bulk_docs", "{'docs':[{'_id':'asset:4','_attachments':{},'type':'asset'}]}", 201, "'ok':true");
  ASSERT_TELLS ("vic", "GET", "town/asset:4", NULL, 200, "','type':'asset'}");
}

static void
test_if_none_match (ServerFixture *f, gconstpointer data)
{
  g_autofree char *rev = write_asset (f, "town/asset:1", "{'type':'asset'}");
  g_autofree char *etag = g_strdup_printf ("\"%s\"", rev);
  g_autoptr (SoupMessage) message = make_message (f, "vic", "GET", "town/asset:1", NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "If-None-Match", etag);
  g_assert_cmpuint (ask_message (f, message), ==, 304);
}

/* What is told beside a document may change while its revision stays. */
static void
test_if_none_match_of_conflicts (ServerFixture *f, gconstpointer data)
{
  g_autofree char *rev = write_asset (f, "town/asset:1", "{'type':'asset'}");
  g_autofree char *etag = g_strdup_printf ("\"%s\"", rev);
  g_autoptr (SoupMessage) message = make_message (f, "vic", "GET", "town/asset:1?conflicts=true", NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "If-None-Match", etag);
  ASSERT_TELLS ("eve", "PUT", "town/asset:1?new_edits=false", "{'type':'asset','_rev':'1-0'}", 201, "1-0");
  g_assert_cmpuint (ask_message (f, message), ==, 200);
  g_assert_null (soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag"));
}

/* PouchDB under Node uses a connection again that it asked to be closed, unless it is told. */
static void
test_connection_close (ServerFixture *f, gconstpointer data)
{
  g_autoptr (SoupMessage) message = make_message (f, "vic", "GET", "town", NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Connection", "close");
  g_assert_cmpuint (ask_message (f, message), ==, 200);
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message), "Connection"), ==, "close");
}

static void
test_ids (ServerFixture *f, gconstpointer data)
{
  g_free (write_asset (f, "town/asset:a%2Fb%20c%C3%A9", "{'type':'asset'}"));
  ASSERT_TELLS ("vic", "GET", "town/asset:a%2Fb%20cé", NULL, 200, "'_id':'asset:a/b cé'");
  ASSERT_TELLS ("root", "PUT", "town/_design/x", "{'language':'none'}", 201, "'id':'_design/x'");
  ASSERT_TELLS ("root", "GET", "town/_design%2Fx", NULL, 200, "'_id':'_design/x'");
  ASSERT_TELLS ("eve", "POST", "town", "{'_id':'asset:p','type':'asset'}", 201, "'id':'asset:p'");
  ASSERT_TELLS ("root", "POST", "town", "{}", 201, "'rev':'1-");
  ASSERT_TELLS ("root", "POST", "town", "{'_id':123}", 400, "_id is not a text");
  ASSERT_TELLS ("root", "POST", "town/_bulk_docs", "{'docs':[{'_id':'asset:q','type':'asset'},{'_id':123}]}", 400, "_id is not a text");
}

static void
test_bulk_docs (ServerFixture *f, gconstpointer data)
{
  ASSERT_ANSWERS ("eve", "POST", "town/_bulk_docs", "{'docs':[],'new_edits':false}", 201, "[]");
  ASSERT_TELLS ("eve", "POST", "town/_bulk_docs", "{'docs':[{'_id':'asset:1','type':'asset'},{'_id':'note','type':'asset'}]}", 201,
                "[{'ok':true,'id':'asset:1','rev':'1-");
  ASSERT_ANSWERS ("eve", "POST", "town/_bulk_docs", "{'docs':[{'_id':'asset:1','type':'asset'}]}", 201,
                  "[{'id':'asset:1','error':'conflict','reason':'Document update conflict.'}]");
  ASSERT_TELLS ("eve", "POST", "town/_bulk_docs", "{'docs':[{'_id':'asset:2','type':'asset'},{'_id':'_bad','type':'asset'}]}", 201, "forbidden");
  ASSERT_TELLS ("root", "POST", "town/_bulk_docs", "{'docs':[{'_id':'asset:3','type':'asset'},{'_id':'_bad','type':'asset'}]}", 400, "Document 1");
  ASSERT_TELLS ("eve", "GET", "town/asset:3", NULL, 404, "missing"); /* nothing was written */
  for (guint i = 0; i < 2; i++)
    ASSERT_ANSWERS ("eve", "POST", "town/_bulk_docs",
                    "{'new_edits':false,'docs':[{'_id':'asset:4','type':'asset','_rev':'2-b','_revisions':{'start':2,'ids':['b','a']}}]}", 201, "[]");
  ASSERT_TELLS ("vic", "GET", "town/asset:4?revs=true", NULL, 200, "'_revisions':{'start':2,'ids':['b','a']}");
  ASSERT_TELLS ("eve", "POST", "town/_bulk_docs", "{'new_edits':false,'docs':[{'_id':'asset:5','type':'asset'}]}", 400, "bad_request");
  ASSERT_TELLS ("eve", "POST", "town/_bulk_docs", "{'nothing':1}", 400, "docs");
  ASSERT_ANSWERS ("eve", "POST", "town/_bulk_docs",
                  "{'new_edits':false,'docs':[{'_id':'asset:6','type':'asset','_rev':'1-a','_attachments':{'a':{}}}]}", 201,
                  "[{'id':'asset:6','rev':'1-a','error':'forbidden','reason':'Attachments are not kept: put the file elsewhere and its address in the entry'}]");
}

static void
test_revisions (ServerFixture *f, gconstpointer data)
{
  ask (f, "eve", "POST", "town/_bulk_docs",
       "{'new_edits':false,'docs':["
       "{'_id':'asset:1','type':'asset','x':1,'_rev':'2-b','_revisions':{'start':2,'ids':['b','a']}},"
       "{'_id':'asset:1','type':'asset','x':2,'_rev':'2-c','_revisions':{'start':2,'ids':['c','a']}},"
       "{'_id':'asset:1','type':'asset','_deleted':true,'_rev':'3-d','_revisions':{'start':3,'ids':['d','e','a']}}]}");
  ASSERT_ANSWERS ("vic", "GET", "town/asset:1?conflicts=true&deleted_conflicts=true", NULL, 200,
                  "{'_id':'asset:1','_rev':'2-c','type':'asset','x':2,'_conflicts':['2-b'],'_deleted_conflicts':['3-d']}");
  ASSERT_ANSWERS ("vic", "POST", "town/_revs_diff", "{'asset:1':['1-a','2-b','4-z'],'asset:9':['1-q']}", 200,
                  "{'asset:1':{'missing':['4-z'],'possible_ancestors':['2-c','2-b','3-d']},'asset:9':{'missing':['1-q']}}");
  ASSERT_ANSWERS ("vic", "POST", "town/_revs_diff", "{'asset:1':['1-a']}", 200, "{}");
  ASSERT_ANSWERS ("vic", "POST", "town/_bulk_get?latest=true", "{'docs':[{'id':'asset:1','rev':'2-b'},{'id':'no'},{'id':'asset:1','rev':'9-x'}]}", 200,
                  "{'results':[{'id':'asset:1','docs':[{'ok':{'_id':'asset:1','_rev':'2-b','type':'asset','x':1}}]},"
                  "{'id':'no','docs':[{'error':{'id':'no','rev':'undefined','error':'not_found','reason':'missing'}}]},"
                  "{'id':'asset:1','docs':[{'error':{'id':'asset:1','rev':'9-x','error':'not_found','reason':'missing'}}]}]}");
  ASSERT_TELLS ("vic", "POST", "town/_bulk_get?latest=true", "{'docs':[{'id':'asset:1','rev':'1-a'}]}", 200,
                "{'ok':{'_id':'asset:1','_rev':'2-b','type':'asset','x':1}},{'ok':{'_id':'asset:1','_rev':'3-d','_deleted':true,");
  ASSERT_TELLS ("vic", "POST", "town/_bulk_get", "{}", 400, "bad_request");
  ASSERT_ANSWERS ("vic", "GET", "town/asset:1?open_revs=%5B%222-b%22,%229-x%22%5D", NULL, 200,
                  "[{'ok':{'_id':'asset:1','_rev':'2-b','type':'asset','x':1}},{'missing':'9-x'}]");
  ASSERT_ANSWERS ("vic", "GET", "town/asset:1?latest=true&open_revs=%5B%222-e%22,%223-d%22,%229-x%22,%229-x%22%5D", NULL, 200,
                  "[{'ok':{'_id':'asset:1','_rev':'3-d','_deleted':true,'type':'asset'}},{'missing':'9-x'}]");
  ASSERT_TELLS ("vic", "GET", "town/asset:1?open_revs=all&revs=true", NULL, 200, "'_revisions':{'start':3,'ids':['d','e','a']}");
  ASSERT_TELLS ("vic", "GET", "town/asset:1?open_revs=7", NULL, 400, "bad_request");
}

static void
test_all_docs (ServerFixture *f, gconstpointer data)
{
  g_autoptr (SpNode) all = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *path = g_strdup_printf ("town/asset:%u", i);

      g_free (write_asset (f, path, "{'type':'asset'}"));
    }
  ask (f, "vic", "GET", "town/_all_docs?startkey=%22asset:1%22&endkey=%22asset:3%22&inclusive_end=false&descending=false", NULL);
  all = parse_answer (f);
  g_assert_cmpfloat (sp_node_get_number (all, "total_rows"), ==, 6); /* with the design document */
  g_assert_cmpuint (sp_node_get_length (sp_node_get (all, "rows")), ==, 2);
  ASSERT_TELLS ("vic", "GET", "town/_all_docs?limit=1&descending=true&include_docs=true", NULL, 200, "'key':'asset:4'");
  ASSERT_TELLS ("vic", "POST", "town/_all_docs", "{'keys':['asset:2','none']}", 200, "{'key':'none','error':'not_found'}");
}

/* The ids that are listed, one after the other. */
static char *
list_ids (ServerFixture *f, const char *query, const char *body)
{
  g_autofree char *path = g_strconcat ("town/_all_docs", query, NULL);
  g_autoptr (SpNode) all = NULL;
  const SpNode *rows;
  GString *ids = g_string_new (NULL);

  g_assert_cmpuint (ask (f, "vic", body != NULL ? "POST" : "GET", path, body), ==, 200);
  all = parse_answer (f);
  rows = sp_node_get (all, "rows");
  for (guint i = 0; i < sp_node_get_length (rows); i++)
    {
      const char *id = sp_node_get_text (sp_node_get_element (rows, i), "id");

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", id != NULL ? id : "-");
    }
  return g_string_free (ids, FALSE);
}

#define ASSERT_IDS(query, body, expected) \
  G_STMT_START { \
    g_autofree char *ids_ = list_ids (f, query, body); \
    g_assert_cmpstr (ids_, ==, expected); \
  } G_STMT_END

/* No id is a number: such a key finds nothing, and as an end it stands before each id. */
static void
test_all_docs_keys (ServerFixture *f, gconstpointer data)
{
  g_free (write_asset (f, "town/asset:1", "{'type':'asset'}"));
  g_free (write_asset (f, "town/asset:2", "{'type':'asset'}"));
  ASSERT_IDS ("?key=%22asset:1%22", NULL, "asset:1");
  ASSERT_IDS ("?key=123", NULL, "");
  ASSERT_IDS ("?key=null", NULL, "");
  ASSERT_IDS ("?keys=%5B123,%22asset:2%22%5D", NULL, "- asset:2");
  ASSERT_TELLS ("vic", "GET", "town/_all_docs?keys=%5B%7B%7D%5D", NULL, 200, "{'key':{},'error':'not_found'}");
  ASSERT_IDS ("?startkey=123", NULL, "_design/signpost asset:1 asset:2");
  ASSERT_IDS ("?endkey=123", NULL, "");
  ASSERT_IDS ("?descending=true&startkey=123", NULL, "");
  ASSERT_IDS ("?descending=true&end_key=123", NULL, "asset:2 asset:1 _design/signpost");
  ASSERT_TELLS ("vic", "GET", "town/_all_docs?key=asset:1", NULL, 400, "key: ");
  ASSERT_TELLS ("vic", "GET", "town/_all_docs?limit=-1", NULL, 400, "limit must be");
  ASSERT_TELLS ("vic", "POST", "town/_all_docs", "{'keys':'asset:1'}", 400, "keys must be a list");
  ASSERT_TELLS ("vic", "POST", "town/_all_docs?key=%22asset:1%22", "{'keys':['asset:1']}", 400, "keys does not go together with key");
  ASSERT_TELLS ("vic", "GET", "town/_all_docs?update_seq=true", NULL, 200, "{'total_rows':3,'offset':0,'update_seq':'3-");
}

/* Options may stand in the body; those of the address come first. */
static void
test_all_docs_body (ServerFixture *f, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *path = g_strdup_printf ("town/asset:%u", i);

      g_free (write_asset (f, path, "{'type':'asset'}"));
    }
  ASSERT_IDS ("", "{'startkey':'asset:1','endkey':'asset:3'}", "asset:1 asset:2 asset:3");
  ASSERT_IDS ("", "{'startkey':'asset:1','endkey':'asset:3','inclusive_end':false}", "asset:1 asset:2");
  ASSERT_IDS ("", "{'start_key':'asset:3','descending':true,'limit':2,'skip':1}", "asset:2 asset:1");
  ASSERT_IDS ("", "{'key':'asset:4'}", "asset:4");
  ASSERT_IDS ("?limit=1", "{'startkey':'asset:1','limit':3}", "asset:1");
  ASSERT_IDS ("", "{'keys':['asset:1','asset:2','asset:3'],'descending':true,'limit':1,'skip':1}", "asset:2");
  ASSERT_TELLS ("vic", "POST", "town/_all_docs", "{'key':'asset:4','include_docs':true}", 200, "'doc':{'_id':'asset:4'");
}

static void
test_local (ServerFixture *f, gconstpointer data)
{
  ASSERT_ANSWERS ("vic", "GET", "town/_local/a", NULL, 404, "{'error':'not_found','reason':'missing'}");
  ASSERT_ANSWERS ("vic", "PUT", "town/_local/a%3D%3D", "{'x':1}", 201, "{'ok':true,'id':'_local/a==','rev':'0-1'}");
  ASSERT_ANSWERS ("vic", "PUT", "town/_local%2Fa%3D%3D", "{'x':2,'_rev':'0-9'}", 201, "{'ok':true,'id':'_local/a==','rev':'0-2'}");
  ASSERT_ANSWERS ("vic", "GET", "town/_local/a==", NULL, 200, "{'_id':'_local/a==','_rev':'0-2','x':2}");
  ASSERT_TELLS ("vic", "DELETE", "town/_local/a==", NULL, 200, "'ok':true");
  ASSERT_TELLS ("vic", "GET", "town/_local/a==", NULL, 404, "missing");
}

static void
test_in_passing (ServerFixture *f, gconstpointer data)
{
  ASSERT_ANSWERS ("vic", "POST", "town/_ensure_full_commit", "", 201, "{'ok':true,'instance_start_time':'0'}");
  ASSERT_ANSWERS ("root", "POST", "town/_compact", "", 202, "{'ok':true}");
  ASSERT_TELLS ("vic", "POST", "town/_compact", "", 403, "forbidden");
  ASSERT_TELLS ("vic", "GET", "town/_security", NULL, 200, "'members'");
  ASSERT_ANSWERS ("vic", "GET", "town/_revs_limit", NULL, 200, "1000");
  ASSERT_TELLS ("vic", "DELETE", "town/_revs_diff", NULL, 405, "method_not_allowed");
}

/* Who starts a server again has everyone back at once: the disk is theirs. */
static void
test_backup_waits (ServerFixture *f, gconstpointer data)
{
  g_autofree char *backups = g_build_filename (f->folder, "backups", NULL);
  g_autofree char *rev = write_asset (f, "town/asset:hall", "{\"type\":\"asset\",\"name\":\"Hall\"}");

  stop_server (f);
  start_server (f);
  ASSERT_TELLS ("eve", "GET", "town/asset:hall", NULL, 200, rev);
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/server/" name, ServerFixture, NULL, set_up_server, func, tear_down_server)
  ADD ("itself", test_server_itself);
  ADD ("databases", test_databases);
  ADD ("long-names", test_long_names);
  ADD ("document", test_document);
  ADD ("no-attachments", test_no_attachments);
  ADD ("if-none-match", test_if_none_match);
  ADD ("if-none-match-of-conflicts", test_if_none_match_of_conflicts);
  ADD ("connection-close", test_connection_close);
  ADD ("ids", test_ids);
  ADD ("bulk-docs", test_bulk_docs);
  ADD ("revisions", test_revisions);
  ADD ("all-docs", test_all_docs);
  ADD ("all-docs-keys", test_all_docs_keys);
  ADD ("all-docs-body", test_all_docs_body);
  ADD ("local", test_local);
  ADD ("in-passing", test_in_passing);
  ADD ("backup-waits", test_backup_waits);
  return g_test_run ();
}
