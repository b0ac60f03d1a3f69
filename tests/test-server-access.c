/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what, and how much. */
#include "server-fixture.h"

#include "sp-login.h"
#include "sp-selector.h"

static void
test_nobody (ServerFixture *f, gconstpointer data)
{
  static const char *const paths[] = { "town", "town/", "town/_changes", "town/_changes?feed=continuous", "town/_all_docs", "town/x",
                                       "town/_local/x", "none", "_all_dbs", "_uuids" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    ASSERT_TELLS (NULL, "GET", paths[i], NULL, 401, "unauthorized");
  ASSERT_TELLS (NULL, "POST", "town/_changes", "{}", 401, "unauthorized");
  ASSERT_TELLS (NULL, "PUT", "new", NULL, 401, "unauthorized");
  ASSERT_TELLS ("eve:wrong", "GET", "town", NULL, 401, "Name or password is incorrect.");
  ASSERT_TELLS ("nobody", "GET", "town", NULL, 401, "Name or password is incorrect.");
  ASSERT_TELLS ("eve:", "GET", "town", NULL, 401, "incorrect");
}

static void
test_roles (ServerFixture *f, gconstpointer data)
{
  ASSERT_TELLS ("vic", "PUT", "town/asset:1", "{'type':'asset'}", 403, "forbidden");
  ASSERT_TELLS ("con", "PUT", "town/asset:1", "{'type':'asset'}", 403, "forbidden");
  ASSERT_TELLS ("con", "PUT", "town/submission:eve:1", "{'type':'submission','state':'proposed'}", 403, "somebody else");
  ASSERT_TELLS ("con", "PUT", "town/submission:con:1", "{'type':'submission','state':'accepted'}", 403, "only an editor");
  ASSERT_TELLS ("con", "PUT", "town/submission:con:1", "{'type':'submission','state':'proposed'}", 201, "ok");
  ASSERT_TELLS ("eve", "PUT", "town/note", "{}", 403, "only an admin");
  ASSERT_TELLS ("eve", "PUT", "town/_design/x", "{}", 403, "only an admin");
  ASSERT_TELLS ("root", "PUT", "town/note", "{}", 201, "ok");
  ASSERT_TELLS ("eve", "PUT", "town/asset:1?new_edits=false", "{'type':'asset','_rev':'5-x'}", 201, "5-x");
  ASSERT_TELLS ("con", "PUT", "town/asset:1?new_edits=false", "{'type':'asset','_rev':'6-x'}", 403, "forbidden");
  ASSERT_TELLS ("root", "PUT", "plain", NULL, 201, "ok");
  ASSERT_TELLS ("eve", "GET", "plain", NULL, 403, "not allowed to access");
  ASSERT_TELLS ("root", "PUT", "plain/note", "{}", 201, "ok");
}

/* The same in a batch, where each document is judged by itself; with @history as revisions of somebody else. */
static void
check_roles_in_batch (ServerFixture *f, gboolean history)
{
  const char *before = history ? "'new_edits':false," : "", *rev = history ? "'_rev':'1-a'," : "", *next = history ? "'_rev':'2-a'," : "";
  g_autofree char *mixed = g_strdup_printf ("{%s'docs':[{'_id':'submission:con:7',%s'type':'submission','state':'proposed'},"
                                            "{'_id':'submission:con:8',%s'type':'submission','state':'accepted'},{'_id':'asset:7',%s'type':'asset'}]}", before, rev, rev, rev);
  g_autofree char *tombstones = g_strdup_printf ("{%s'docs':[{'_id':'asset:8',%s'_deleted':true},{'_id':'asset:9',%s'_deleted':true,'type':null},"
                                                 "{'_id':'area:9',%s'type':['area']}]}", before, next, next, next);

  ASSERT_TELLS ("con", "POST", "town/_bulk_docs", mixed, 201, "submission:con:8: only an editor may decide on this");
  ASSERT_TELLS ("con", "POST", "town/_bulk_docs", mixed, 201, "asset:7: your role does not allow to write this");
  ASSERT_TELLS ("con", "GET", "town/submission:con:7", NULL, 200, "proposed");
  ASSERT_TELLS ("eve", "POST", "town/_bulk_docs", tombstones, 201, "asset:9: its type must be asset");
  ASSERT_TELLS ("eve", "POST", "town/_bulk_docs", tombstones, 201, "area:9: its type must be area");
  ASSERT_TELLS ("eve", "GET", "town/asset:8", NULL, 404, "deleted");
}

static void
test_roles_in_batch (ServerFixture *f, gconstpointer data)
{
  check_roles_in_batch (f, FALSE);
}

static void
test_roles_of_history (ServerFixture *f, gconstpointer data)
{
  check_roles_in_batch (f, TRUE);
}

static void
test_security (ServerFixture *f, gconstpointer data)
{
  static const char put[] = "{'admins':{'names':['eve'],'roles':['admin']},'members':{'names':['con'],'roles':[]}}";

  ASSERT_ANSWERS ("vic", "GET", "town/_security", NULL, 200, "{'admins':{'names':[],'roles':['_admin','admin']},"
                                                             "'members':{'names':[],'roles':['viewer','contributor','editor']}}");
  ASSERT_TELLS ("root", "GET", "town/_security", NULL, 200, "'members':{'names':['eve','con','vic']");
  ASSERT_TELLS ("eve", "PUT", "town/_security", put, 403, "Only an admin");
  ASSERT_TELLS ("root", "PUT", "town/_security", "{'members':{'names':['nobody']}}", 400, "no account “nobody”");
  ASSERT_TELLS ("root", "PUT", "town/_security", "{'members':{'roles':['staff']}}", 400, "no role “staff”");
  ASSERT_TELLS ("root", "PUT", "town/_security", "{'members':{'names':'eve'}}", 400, "list of strings");
  ASSERT_TELLS ("root", "PUT", "town/_security", "[]", 400, "JSON object");
  ASSERT_TELLS ("vic", "GET", "town", NULL, 200, "town");
  ASSERT_TELLS ("root", "PUT", "town/_security", put, 200, "{'ok':true}");
  ASSERT_TELLS ("eve", "GET", "town/_security", NULL, 200, "{'admins':{'names':['eve'],'roles':['_admin','admin']},'members':{'names':['con']");
  ASSERT_TELLS ("vic", "GET", "town", NULL, 403, "not allowed to access");
  ASSERT_TELLS ("con", "PUT", "town/asset:1", "{'type':'asset'}", 403, "forbidden"); /* stays a contributor */
  ASSERT_TELLS ("eve", "PUT", "town/_security", "{'members':{'names':['eve','vic']}}", 200, "ok");
  ASSERT_TELLS ("eve", "PUT", "town/_security", put, 403, "Only an admin");
  ASSERT_TELLS ("vic", "PUT", "town/asset:1", "{'type':'asset'}", 201, "ok");
  ASSERT_TELLS ("con", "GET", "town", NULL, 403, "not allowed to access");
  ASSERT_TELLS ("root", "GET", "town", NULL, 200, "town"); /* of the whole server */
}

/* ── Two who change the accounts at once ── */

#define AT_ONCE 12

typedef struct
{
  guint started;
  guint ended;
} AtOnce;

/* In a thread. It takes so long that, if they did not wait for each other, all would begin with the same file. */
static gboolean
give_role (SpAccounts *accounts, gpointer database, GError **error)
{
  static const char *const viewer[] = { "viewer", NULL };

  g_usleep (2000);
  sp_accounts_set_roles (accounts, "eve", database, viewer);
  return TRUE;
}

static void
gave_role_cb (GObject *login, GAsyncResult *result, gpointer data)
{
  AtOnce *both = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) databases = NULL;

  g_assert_true (sp_login_change_finish (SP_LOGIN (login), result, &error));
  g_assert_no_error (error);
  both->ended++;
  databases = sp_accounts_get_databases (sp_login_get_accounts (SP_LOGIN (login)), "eve");
  g_assert_cmpuint (g_strv_length (databases), >=, 1 + both->ended); /* "town", and each so far: none is heard of too late */
}

static void
test_at_once (ServerFixture *f, gconstpointer data)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autoptr (SpLogin) login = sp_login_new (path, SP_LOGIN_SESSION_S, NULL);
  g_autoptr (SpAccounts) accounts = NULL;
  g_auto (GStrv) databases = NULL;
  AtOnce both = { 0 };

  for (; both.started < AT_ONCE; both.started++)
    sp_login_change_async (login, give_role, g_strdup_printf ("db%u", both.started), g_free, gave_role_cb, &both);
  while (both.ended < AT_ONCE)
    g_main_context_iteration (NULL, TRUE);
  accounts = sp_accounts_load (path, NULL);
  databases = sp_accounts_get_databases (accounts, "eve");
  g_assert_cmpuint (g_strv_length (databases), ==, 1 + AT_ONCE);
}

/* The command line waits for a server, and a server for the command line. */
static void
test_lock (ServerFixture *f, gconstpointer data)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autoptr (SpLogin) login = sp_login_new (path, SP_LOGIN_SESSION_S, NULL);
  const int lock = sp_accounts_lock (path, NULL);
  g_autoptr (SpAccounts) accounts = sp_accounts_load (path, NULL);
  AtOnce both = { 0 };

  sp_login_change_async (login, give_role, g_strdup ("db"), g_free, gave_role_cb, &both);
  g_usleep (20000);
  g_assert_true (give_role (accounts, (char *) "other", NULL) && sp_accounts_save (accounts, path, NULL));
  sp_accounts_unlock (lock);
  while (both.ended < 1)
    g_main_context_iteration (NULL, TRUE);
  g_auto (GStrv) databases = sp_accounts_get_databases (sp_login_get_accounts (login), "eve");
  g_assert_cmpuint (g_strv_length (databases), ==, 3);
}

/* Many knock while the server has no time: all are let in, none has to knock again. */
static void
test_many_knock (ServerFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GUri) uri = g_uri_parse (f->address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", (guint) g_uri_get_port (uri));

  for (guint i = 0; i < 100; i++)
    {
      GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (sockets, socket);
      g_socket_set_timeout (socket, 30); /* it fails only once it has knocked again and again */
      g_socket_connect (socket, address, NULL, &error);
      g_assert_no_error (error);
    }
}

/* ── Web pages ── */

/* What the answer to a page of @origin allows it; %NULL for nothing. */
static char *
ask_from (ServerFixture *f, const char *method, const char *origin, guint status)
{
  g_autoptr (SoupMessage) message = make_message (f, strcmp (method, "OPTIONS") == 0 ? NULL : "eve", method, "town", NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Origin", origin);
  g_assert_cmpuint (ask_message (f, message), ==, status);
  return g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Access-Control-Allow-Origin"));
}

static void
test_origins (ServerFixture *f, gconstpointer data)
{
  static const char *const origins[] = { "https://map.example.org", NULL };
  static const char *const methods[] = { "OPTIONS", "GET" };

  stop_server (f);
  f->origins = origins;
  start_server (f);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *listed = ask_from (f, methods[i], "https://map.example.org", 200);
      g_autofree char *other = ask_from (f, methods[i], "https://map.example.org.example.com", 200);

      g_assert_cmpstr (listed, ==, "https://map.example.org");
      g_assert_null (other);
    }
}

/* ── What one client cannot do ── */

static void
test_large_documents (ServerFixture *f, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (1024 * 1024, 'x');
  g_autofree char *document = g_strdup_printf ("{'type':'asset','x':'%s'}", filler);
  g_autofree char *local = g_strdup_printf ("{'x':'%.65536s'}", filler);

  ASSERT_TELLS ("eve", "PUT", "town/asset:1", document, 413, "document_too_large");
  ASSERT_TELLS ("vic", "PUT", "town/_local/x", local, 413, "document_too_large");
}

/* Local documents of 1,000 bytes each; gives the last answer. */
static void
put_many_local (ServerFixture *f, guint first, guint n)
{
  g_autofree char *filler = g_strnfill (1000, 'x');
  g_autoptr (GString) body = g_string_new ("{'docs':[");

  for (guint i = first; i < first + n; i++)
    g_string_append_printf (body, "%s{'_id':'_local/%u','x':'%s'}", i > first ? "," : "", i, filler);
  g_string_append (body, "]}");
  g_assert_cmpuint (ask (f, "vic", "POST", "town/_bulk_docs", body->str), ==, 201);
}

/* Some thousand devices may share an account; what they keep here has a limit all the same. */
static void
test_many_local_documents (ServerFixture *f, gconstpointer data)
{
  g_autofree char *answer = NULL;
  g_autofree char *large = g_strnfill (60000, 'x');
  g_autofree char *body = g_strdup_printf ("{'x':'%s'}", large);

  for (guint i = 0; i < 4000; i += 500)
    put_many_local (f, i, 500);
  answer = get_answer (f);
  g_assert_null (strstr (answer, "error"));
  put_many_local (f, 4000, 500);
  answer = (g_free (answer), get_answer (f));
  g_assert_nonnull (strstr (answer, "'forbidden','reason':'An account may have 4096 local documents, of 4 MiB together'"));
  ASSERT_TELLS ("vic", "PUT", "town/_local/more", body, 403, "4096 local documents");
  ASSERT_TELLS ("con", "PUT", "town/_local/more", body, 201, "0-1");
  ASSERT_TELLS ("vic", "PUT", "town/_local/7", "{'again':true}", 201, "0-2");
  ASSERT_ANSWERS ("vic", "POST", "town/_bulk_docs", "{'docs':[{'_id':'_local/7','a':1},{'_id':'_local/9','_deleted':true}]}", 201,
                  "[{'ok':true,'id':'_local/7','rev':'0-3'},{'ok':true,'id':'_local/9','rev':'0-0'}]");
  ASSERT_TELLS ("vic", "GET", "town/_local/7", NULL, 200, "'a':1");
  ASSERT_TELLS ("vic", "GET", "town/_local/9", NULL, 404, "missing");
  ASSERT_ANSWERS ("vic", "PUT", "town/_local/7", "{'_deleted':true}", 201, "{'ok':true,'id':'_local/7','rev':'0-0'}");
  ASSERT_TELLS ("vic", "GET", "town/_local/7", NULL, 404, "missing");
}

/* Each account has its own: nobody sees, changes or removes another's, by whichever way. */
static void
test_own_local_documents (ServerFixture *f, gconstpointer data)
{
  ASSERT_TELLS ("eve", "PUT", "town/_local/x", "{'last_seq':'7'}", 201, "0-1");
  ASSERT_TELLS ("vic", "GET", "town/_local/x", NULL, 404, "missing");
  ASSERT_TELLS ("vic", "DELETE", "town/_local/x", NULL, 404, "_local/x: there is no such");
  ASSERT_TELLS ("vic", "PUT", "town/_local/x", "{'last_seq':'99'}", 201, "0-1");
  ASSERT_TELLS ("vic", "POST", "town/_bulk_docs", "{'docs':[{'_id':'_local/x','_deleted':true}]}", 201, "0-0");
  ASSERT_TELLS ("vic", "PUT", "town/_local/eve%0Ax", "{'last_seq':'99'}", 201, "0-1");
  ASSERT_TELLS ("root", "GET", "town/_local/x", NULL, 404, "missing");
  ASSERT_ANSWERS ("eve", "GET", "town/_local/x", NULL, 200, "{'_id':'_local/x','_rev':'0-1','last_seq':'7'}");
}

/* Who may only propose cannot write what nobody could decide on any more. */
static void
test_last_generation (ServerFixture *f, gconstpointer data)
{
  static const char last[] = "{'new_edits':false,'docs':[{'_id':'submission:con:1','type':'submission','state':'proposed','_rev':'2147483647-a'}]}";
  g_autoptr (SpNode) written = NULL;
  g_autofree char *path = NULL;

  ASSERT_TELLS ("con", "POST", "town/_bulk_docs", last, 201, "'error':'forbidden','reason':'submission:con:1: after revision");
  ASSERT_TELLS ("con", "PUT", "town/submission:con:1?new_edits=false", "{'type':'submission','state':'proposed','_rev':'2146483648-a'}", 403, "room");
  ASSERT_TELLS ("con", "PUT", "town/submission:con:1?new_edits=false", "{'type':'submission','state':'proposed','_rev':'2146483647-a'}", 201, "ok");
  ASSERT_TELLS ("con", "PUT", "town/submission:con:1", "{'type':'submission','state':'proposed','n':1,'_rev':'2146483647-a'}", 201, "'2146483648-");
  written = parse_answer (f);
  path = g_strconcat ("town/submission:con:1?rev=", sp_node_get_text (written, "rev"), NULL);
  ASSERT_TELLS ("con", "PUT", path, "{'type':'submission','state':'proposed','n':2}", 403, "room");
  ASSERT_TELLS ("eve", "PUT", path, "{'type':'submission','state':'accepted'}", 201, "'2146483649-");
}

static void
test_long_history (ServerFixture *f, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new ("{'new_edits':false,'docs':[{'_id':'asset:1','type':'asset','_revisions':{'start':1001,'ids':['a0'");
  g_autoptr (SpNode) document = NULL;

  for (guint i = 1; i <= 1000; i++)
    g_string_append_printf (body, ",'a%u'", i);
  g_string_append (body, "]}}]}");
  ASSERT_ANSWERS ("eve", "POST", "town/_bulk_docs", body->str, 201, "[]");
  g_assert_cmpuint (ask (f, "eve", "GET", "town/asset:1?revs=true", NULL), ==, 200);
  document = parse_answer (f);
  g_assert_cmpuint (sp_node_get_length (sp_node_get (sp_node_get (document, "_revisions"), "ids")), ==, 1000);
  ASSERT_TELLS ("eve", "POST", "town/_bulk_docs", "{'new_edits':false,'docs':[{'_id':'asset:1','type':'asset','_rev':'2147483648-a'}]}", 201, "error");
  ASSERT_TELLS ("eve", "GET", "town/asset:1", NULL, 200, "1001-a0");
}

static void
test_exposure (void)
{
  g_autofree char *folder = g_dir_make_tmp ("signpost-server-XXXXXX", NULL);
  SpServerOptions options = { .listen = "0.0.0.0:5985", .limits = SP_SERVER_LIMITS };
  g_autoptr (GError) error = NULL;
  g_autoptr (SpServer) behind = NULL;

  g_assert_null (sp_server_new (folder, &options, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_USAGE);
  options.behind_proxy = TRUE;
  behind = sp_server_new (folder, &options, NULL);
  g_assert_nonnull (behind);
  g_clear_error (&error);
  options.listen = "nowhere";
  g_assert_null (sp_server_new (folder, &options, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_USAGE);
  remove_tree (folder);
}

static gboolean
matches (const char *selector, const char *body)
{
  g_autofree char *a = g_strdelimit (g_strdup (selector), "'", '"');
  g_autofree char *b = g_strdelimit (g_strdup (body), "'", '"');
  g_autoptr (SpNode) wanted = sp_node_parse (a, -1, NULL);
  g_autoptr (SpNode) document = sp_node_parse (b, -1, NULL);

  g_assert_true (sp_selector_check (wanted, NULL));
  return sp_selector_matches (wanted, document);
}

static void
test_selector (void)
{
  static const char *const bad[] = { "[]", "{\"$nor\":[]}", "{\"$or\":1}", "{\"a\":{\"$gt\":1}}", "{\"a\":{\"$in\":1}}", "{\"a\":{\"$exists\":1}}" };
  static const char body[] = "{'type':'asset','n':1,'address':{'city':'Maryport'}}";

  g_assert_true (matches ("{}", body));
  g_assert_true (matches ("{'type':'asset','n':1.0}", body));
  g_assert_false (matches ("{'type':'area'}", body));
  g_assert_true (matches ("{'address.city':{'$eq':'Maryport'}}", body));
  g_assert_true (matches ("{'n':{'$in':[3,1]}}", body));
  g_assert_false (matches ("{'n':{'$in':[3]}}", body));
  g_assert_true (matches ("{'none':{'$exists':false},'n':{'$exists':true}}", body));
  g_assert_true (matches ("{'$or':[{'n':2},{'$and':[{'n':1},{'type':'asset'}]}]}", body));
  g_assert_false (matches ("{'$or':[{'n':2},{'$and':[{'n':1},{'type':'area'}]}]}", body));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SpNode) selector = sp_node_parse (bad[i], -1, NULL);

      g_assert_false (sp_selector_check (selector, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, limits, func) g_test_add ("/server-access/" name, ServerFixture, limits, set_up_server, func, tear_down_server)
  ADD ("nobody", NULL, test_nobody);
  ADD ("roles", NULL, test_roles);
  ADD ("roles-in-batch", NULL, test_roles_in_batch);
  ADD ("roles-of-history", NULL, test_roles_of_history);
  ADD ("security", NULL, test_security);
  ADD ("at-once", NULL, test_at_once);
  ADD ("lock", NULL, test_lock);
  ADD ("many-knock", NULL, test_many_knock);
  ADD ("origins", NULL, test_origins);
  ADD ("many-local-documents", NULL, test_many_local_documents);
  ADD ("own-local-documents", NULL, test_own_local_documents);
  ADD ("large-documents", NULL, test_large_documents);
  ADD ("long-history", NULL, test_long_history);
  ADD ("last-generation", NULL, test_last_generation);
  g_test_add_func ("/server-access/exposure", test_exposure);
  g_test_add_func ("/server-access/selector", test_selector);
  return g_test_run ();
}
