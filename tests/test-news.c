/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is new since a person last looked: what came from another store, until it is marked as seen or changed here. */
#include "replica-fixture.h"
#include "sp-store-updates.h"

#include <string.h>

static SpUpdates *
read_updates (StoreFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SpUpdates *updates;

  sp_store_read_updates_async (f->store, NULL, NULL, result_cb, f);
  result = wait_for_result (f);
  updates = sp_store_read_updates_finish (f->store, result, &error);
  g_assert_no_error (error);
  return updates;
}

static void
mark_seen (StoreFixture *f, gint64 last)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_mark_seen_async (f->store, last, result_cb, f);
  result = wait_for_result (f);
  g_assert_true (sp_store_mark_seen_finish (f->store, result, NULL));
}

static guint
count_news (StoreFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree SpUpdateCounts *counts = NULL;

  sp_store_count_updates_async (f->store, NULL, result_cb, f);
  result = wait_for_result (f);
  counts = sp_store_count_updates_finish (f->store, result, NULL);
  g_assert_nonnull (counts);
  return counts->news;
}

/* "changed Hall [url,summary] jo@example.org", one line each */
static char *
describe (StoreFixture *f)
{
  static const char *const kinds[] = { "added", "changed", "closed", "deleted", "kept" };
  g_autoptr (SpUpdates) updates = read_updates (f);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < updates->news->len; i++)
    {
      const SpNewsItem *item = g_ptr_array_index (updates->news, i);
      g_autofree char *members = g_strjoinv (",", item->members);
      g_assert_cmpstr (item->by, ==, stamp.by);
      g_assert_cmpstr (item->on, ==, stamp.on);
      g_string_append_printf (text, "%s%s %s [%s]", i > 0 ? "; " : "", kinds[item->kind], item->name, members);
    }
  return g_string_free (text, FALSE);
}

#define assert_news(f, expected) G_STMT_START { \
  g_autofree char *news_ = describe (f); \
  g_assert_cmpstr (news_, ==, expected); } G_STMT_END

/* Both have a hall and a shed, and have seen them. */
static void
share (Replicas *f, char **hall, char **shed)
{
  *hall = save_entry (&f->stores[0], "asset:hall", NULL, "{'type':'asset','name':'Hall','url':'https://a.example.org'}", NULL);
  *shed = save_entry (&f->stores[0], "asset:shed", NULL, "{'type':'asset','name':'Shed','status':'active'}", NULL);
  replicate (f, 0, 1);
  mark_seen (&f->stores[1], G_MAXINT64);
}

static void
test_kinds (Replicas *f, gconstpointer data)
{
  StoreFixture *a = &f->stores[0], *b = &f->stores[1];
  g_autofree char *hall = NULL, *shed = NULL, *second = NULL, *closed = NULL, *new = NULL, *gone = NULL;

  share (f, &hall, &shed);
  assert_news (a, ""); /* what one wrote oneself is not new */
  assert_news (b, "");
  second = save_entry (a, "asset:hall", hall, "{'url':null,'summary':'New.'}", NULL);
  replicate (f, 0, 1);
  assert_news (b, "changed Hall [summary,url]");
  closed = save_entry (a, "asset:shed", shed, "{'status':'defunct'}", NULL);
  new = save_entry (a, "asset:new", NULL, "{'type':'asset','name':'New'}", NULL);
  gone = delete_entry (a, "asset:hall", second, NULL);
  replicate (f, 0, 1);
  assert_news (b, "deleted Hall []; added New []; closed Shed [status]");
  g_assert_cmpuint (count_news (b), ==, 3);
}

/* Edit beats delete: both are told, once each, and who did what. */
static void
test_kept (Replicas *f, gconstpointer data)
{
  StoreFixture *a = &f->stores[0], *b = &f->stores[1];
  g_autofree char *hall = NULL, *shed = NULL, *gone = NULL, *edited = NULL, *later = NULL;
  g_autoptr (SpUpdates) updates = NULL;

  share (f, &hall, &shed);
  gone = delete_entry (a, "asset:hall", hall, NULL);
  edited = save_entry (b, "asset:hall", hall, "{'summary':'New.'}", NULL);
  replicate (f, 0, 1);
  replicate (f, 1, 0);
  assert_news (a, "kept Hall [summary]"); /* who deleted it */
  assert_news (b, "kept Hall []");        /* who edited it */
  updates = read_updates (a);
  g_assert_cmpstr (((SpNewsItem *) g_ptr_array_index (updates->news, 0))->deleted_by, ==, stamp.by);
  mark_seen (a, G_MAXINT64);
  mark_seen (b, G_MAXINT64);
  later = save_entry (b, "asset:hall", edited, "{'summary':'Newer.'}", NULL);
  replicate (f, 1, 0);
  assert_news (a, "changed Hall [summary]"); /* that is over */
}

/* What another program wrote tells no steps. */
static gpointer
write_bare (SpDb *db, gpointer parent, GCancellable *cancellable, GError **error)
{
  const char *const path[] = { "2-00000000000000000000000000000001", parent, NULL };

  return sp_docs_put_history (db, "asset:hall", path, FALSE, "{\"type\":\"asset\",\"name\":\"Great Hall\",\"modified\":"
                              "{\"by\":\"jo@example.org\",\"on\":\"2026-11-22T10:00:00Z\"}}", -1, NULL, error) ? parent : NULL;
}

static void
test_bare (Replicas *f, gconstpointer data)
{
  g_autofree char *hall = NULL, *shed = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  share (f, &hall, &shed);
  sp_store_write_async (f->stores[0].store, write_bare, hall, NULL, NULL, NULL, result_cb, &f->stores[0]);
  result = wait_for_result (&f->stores[0]);
  g_assert_nonnull (sp_store_call_finish (f->stores[0].store, result, NULL));
  replicate (f, 0, 1);
  assert_news (&f->stores[1], "changed Great Hall [name,url]");
}

/* Twice changed before anybody looked: told once, against what was seen last. */
static void
test_together (Replicas *f, gconstpointer data)
{
  StoreFixture *a = &f->stores[0], *b = &f->stores[1];
  g_autofree char *hall = NULL, *shed = NULL, *second = NULL, *third = NULL, *new = NULL, *newer = NULL;

  share (f, &hall, &shed);
  second = save_entry (a, "asset:hall", hall, "{'url':'https://b.example.org'}", NULL);
  new = save_entry (a, "asset:new", NULL, "{'type':'asset','name':'New'}", NULL);
  replicate (f, 0, 1);
  third = save_entry (a, "asset:hall", second, "{'summary':'New.'}", NULL);
  newer = save_entry (a, "asset:new", new, "{'summary':'Newer.'}", NULL);
  replicate (f, 0, 1);
  assert_news (b, "added New []; changed Hall [url,summary]");
}

static void
test_seen (Replicas *f, gconstpointer data)
{
  StoreFixture *a = &f->stores[0], *b = &f->stores[1];
  g_autofree char *hall = NULL, *shed = NULL, *second = NULL, *closed = NULL;
  g_autoptr (SpUpdates) looked = NULL;

  share (f, &hall, &shed);
  second = save_entry (a, "asset:hall", hall, "{'summary':'New.'}", NULL);
  replicate (f, 0, 1);
  looked = read_updates (b);
  closed = save_entry (a, "asset:shed", shed, "{'status':'inactive'}", NULL);
  replicate (f, 0, 1);
  mark_seen (b, looked->last);
  assert_news (b, "closed Shed [status]"); /* what came after one looked stays new */
  mark_seen (b, looked->last);
  g_assert_cmpuint (count_news (b), ==, 1);
}

/* Who changes an entry has seen it. */
static void
test_own_edit (Replicas *f, gconstpointer data)
{
  StoreFixture *a = &f->stores[0], *b = &f->stores[1];
  g_autofree char *hall = NULL, *shed = NULL, *second = NULL, *third = NULL;

  share (f, &hall, &shed);
  second = save_entry (a, "asset:hall", hall, "{'summary':'New.'}", NULL);
  replicate (f, 0, 1);
  third = save_entry (b, "asset:hall", second, "{'summary':'Newer.'}", NULL);
  assert_news (b, "");
  replicate (f, 1, 0);
  assert_news (a, "changed Hall [summary]");
}

/* What is put together on arrival is new as well; what collides waits for a decision and is not told twice. */
static void
test_merged (Replicas *f, gconstpointer data)
{
  StoreFixture *a = &f->stores[0], *b = &f->stores[1];
  g_autofree char *hall = NULL, *shed = NULL, *mine = NULL, *theirs = NULL, *one = NULL, *other = NULL;
  g_autoptr (SpUpdates) updates = NULL;

  share (f, &hall, &shed);
  mine = save_entry (a, "asset:hall", hall, "{'summary':'Mine.'}", NULL);
  theirs = save_entry (b, "asset:hall", hall, "{'url':'https://b.example.org'}", NULL);
  one = save_entry (a, "asset:shed", shed, "{'name':'Mine'}", NULL);
  other = save_entry (b, "asset:shed", shed, "{'name':'Theirs'}", NULL);
  replicate (f, 0, 1);
  assert_news (b, "changed Hall [summary]");
  updates = read_updates (b);
  g_assert_cmpuint (updates->counts.conflicts, ==, 1);
  g_assert_cmpuint (updates->conflicts->len, ==, 1);
}

/* Where all is new, nothing is: what first comes into an empty store has been seen, in however many batches, and although somebody
 * works there meanwhile. */
static void
test_first (Replicas *f, gconstpointer data)
{
  StoreFixture *a = &f->stores[0], *b = &f->stores[1];
  g_autoptr (SpPeer) target = SP_PEER (sp_store_peer_new (b->store, TRUE));
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (sp_peer_document_free);
  g_autofree char *mine = NULL, *hall = NULL, *shed = NULL, *second = NULL;
  static const char early[] = "{\"_id\":\"asset:early\",\"_rev\":\"1-0a\",\"type\":\"asset\",\"name\":\"Early\"}";
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (batch, sp_peer_document_new ("asset:early", "1-0a", g_bytes_new_static (early, strlen (early)), NULL));
  sp_peer_put_documents_async (target, batch, NULL, result_cb, b); /* of a sync that was cut off then */
  result = wait_for_result (b);
  g_ptr_array_unref (sp_peer_put_documents_finish (target, result, NULL));
  mine = save_entry (b, "asset:mine", NULL, "{'type':'asset','name':'Mine'}", NULL);
  hall = save_entry (a, "asset:hall", NULL, "{'type':'asset','name':'Hall'}", NULL);
  replicate (f, 0, 1);
  assert_news (b, "");
  second = save_entry (a, "asset:hall", hall, "{'summary':'New.'}", NULL);
  shed = save_entry (a, "asset:shed", NULL, "{'type':'asset','name':'Shed'}", NULL);
  replicate (f, 0, 1);
  assert_news (b, "added Shed []; changed Hall [summary]");
}

/* What comes to a store that has entries is new, the first time too; so is what comes after an empty server was met. */
static void
test_not_first (Replicas *f, gconstpointer data)
{
  StoreFixture *a = &f->stores[0], *b = &f->stores[1];
  g_autofree char *mine = save_entry (b, "asset:mine", NULL, "{'type':'asset','name':'Mine'}", NULL);
  g_autofree char *hall = NULL;

  replicate (f, 0, 2);
  hall = save_entry (a, "asset:hall", NULL, "{'type':'asset','name':'Hall'}", NULL);
  replicate (f, 0, 1);
  replicate (f, 0, 2);
  assert_news (b, "added Hall []");
  assert_news (&f->stores[2], "added Hall []");
}

/* On a reader: how SQLite went about it. */
static gpointer
look_at_plan (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) news = sp_news_list (db, 10, NULL);
  guint count, seen = 0;

  g_assert_true (sp_news_count (db, 10, &count, NULL));
  g_assert_cmpuint (news->len, ==, count);
  for (sqlite3_stmt *stmt = sqlite3_next_stmt (sp_db_get_handle (db), NULL); stmt != NULL; stmt = sqlite3_next_stmt (sp_db_get_handle (db), stmt))
    if (strstr (sqlite3_sql (stmt), "FROM arrived a ") != NULL)
      {
        g_assert_cmpint (sqlite3_stmt_status (stmt, SQLITE_STMTSTATUS_SORT, 0), ==, 0);
        g_assert_cmpint (sqlite3_stmt_status (stmt, SQLITE_STMTSTATUS_AUTOINDEX, 0), ==, 0);
        g_assert_cmpint (sqlite3_stmt_status (stmt, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0), <=, 4); /* of ranges; not of 60 entries */
        seen++;
      }
  g_assert_cmpuint (seen, ==, 2);
  return data;
}

/* It costs as much as it gives: neither a sort nor a look at all entries. */
static void
test_cheap (Replicas *f, gconstpointer data)
{
  StoreFixture *a = &f->stores[0], *b = &f->stores[1];
  g_autofree char *hall = NULL, *shed = NULL, *second = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  share (f, &hall, &shed);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:bench-%u", i);
      g_free (save_entry (b, id, NULL, "{'type':'asset','name':'Bench'}", NULL));
    }
  second = save_entry (a, "asset:hall", hall, "{'summary':'New.'}", NULL);
  replicate (f, 0, 1);
  sp_store_read_async (b->store, look_at_plan, f, NULL, NULL, NULL, result_cb, b);
  result = wait_for_result (b);
  g_assert_nonnull (sp_store_call_finish (b->store, result, NULL));
}

#define TEST(name, function) g_test_add ("/news/" name, Replicas, NULL, set_up_replicas, function, tear_down_replicas)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST ("kinds", test_kinds);
  TEST ("kept", test_kept);
  TEST ("bare", test_bare);
  TEST ("together", test_together);
  TEST ("seen", test_seen);
  TEST ("own-edit", test_own_edit);
  TEST ("merged", test_merged);
  TEST ("first", test_first);
  TEST ("not-first", test_not_first);
  TEST ("cheap", test_cheap);
  return g_test_run ();
}
