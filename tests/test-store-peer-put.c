/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A batch that arrived: what is wrong with one document costs that one, and what cannot be settled is said. */
#include "sp-store-peer-put.h"

#include "sp-docs.h"
#include "sp-peer.h"
#include "sp-projection.h"

#include <string.h>

#define ID "asset:0b7e0000-0000-4000-8000-000000000001"

/* Single quotes stand for double ones; takes @json. */
static void
add (GPtrArray *documents, char *json)
{
  g_strdelimit (json, "'", '"');
  g_ptr_array_add (documents, sp_peer_document_new (ID, "1-a", g_bytes_new_take (json, strlen (json)), NULL));
}

static GPtrArray *
write_batch (SpDb *db, GPtrArray *documents, GError **error)
{
  g_autoptr (SpArrivals) arrivals = sp_arrivals_new ();
  SpStorePeerPut *put = sp_store_peer_put_new (documents, TRUE, arrivals);
  GPtrArray *refused = sp_store_peer_put_write (db, put, NULL, error);

  sp_store_peer_put_free (put);
  return refused;
}

static guint
count_documents (SpDb *db)
{
  guint live, deleted;

  g_assert_true (sp_docs_count (db, &live, &deleted, NULL));
  return live + deleted;
}

static void
write_many (SpDb *db, guint first, guint count)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (sp_peer_document_free);
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = first; i < first + count; i++)
    add (documents, g_strdup_printf ("{'_id':'asset:%u','_rev':'1-a','type':'asset','location':{'latitude':54,'longitude':-3}}", i));
  refused = write_batch (db, documents, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refused->len, ==, 0);
}

/* A large batch that is a large part of the store leaves the index of what is near behind, and then all do until it is completed. */
static void
test_falls_behind (void)
{
  g_autoptr (SpDb) db = sp_db_open (":memory:", SP_DB_WRITE, NULL);

  write_many (db, 0, 99);
  g_assert_false (sp_projection_is_behind (db));
  write_many (db, 99, 301);
  g_assert_true (sp_projection_is_behind (db));
  write_many (db, 400, 100);
  g_assert_true (sp_projection_catch_up (db, 0, NULL));
  g_assert_false (sp_projection_is_behind (db));
  write_many (db, 500, 100);
  g_assert_false (sp_projection_is_behind (db));
  write_many (db, 600, 200);
  g_assert_true (sp_projection_is_behind (db));
}

/* Two versions that go together, but not into one document, wait; all the rest is there. */
static void
test_too_much (void)
{
  g_autoptr (SpDb) db = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (sp_peer_document_free);
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *many = g_strnfill (SP_JSON_MAX_BYTES * 2 / 3, 'x');

  add (documents, g_strdup ("{'_id':'asset:first','_rev':'1-a','type':'asset'}"));
  add (documents, g_strdup ("{'_id':'" ID "','_rev':'1-a','type':'asset'}"));
  add (documents, g_strdup_printf ("{'_id':'" ID "','_revisions':{'start':2,'ids':['b','a']},'type':'asset','summary':'%s'}", many));
  add (documents, g_strdup_printf ("{'_id':'" ID "','_revisions':{'start':2,'ids':['c','a']},'type':'asset','description':'%s'}", many));
  add (documents, g_strdup ("{'_id':'asset:last','_rev':'1-a','type':'asset'}"));
  refused = write_batch (db, documents, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refused->len, ==, 0);
  g_assert_cmpuint (count_documents (db), ==, 3);
}

static void
expect_erased (SpDb *db)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, ID, NULL);

  g_assert_cmpuint (leaves->len, ==, 2);
  for (guint i = 0; i < leaves->len; i++)
    {
      g_autoptr (SpNode) body = sp_node_parse (((const SpDoc *) g_ptr_array_index (leaves, i))->body, -1, NULL);

      g_assert_nonnull (body);
      g_assert_null (sp_node_get (body, "url"));
    }
}

/* A version that has hardly any room, with more of it that others erased. Says how many documents there then are. */
static guint
write_erasure (const char *more, GError **error)
{
  g_autoptr (SpDb) db = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (sp_peer_document_free);
  g_autoptr (GPtrArray) refused = NULL;
  g_autofree char *many = g_strnfill (SP_JSON_MAX_BYTES - 150, 'x');

  add (documents, g_strdup ("{'_id':'" ID "','_rev':'1-a','type':'asset','name':'x'}"));
  add (documents, g_strdup_printf ("{'_id':'" ID "','_revisions':{'start':2,'ids':['c','a']},'type':'asset'%s,'name':'%s'}", more, many));
  add (documents, g_strdup ("{'_id':'" ID "','_revisions':{'start':2,'ids':['b','a']},'type':'asset','name':'y',"
                            "'edit':[{'from':'1-a','by':'eve','on':'2026-11-22T10:00:00Z','erased':['url']}]}"));
  add (documents, g_strdup ("{'_id':'asset:last','_rev':'1-a','type':'asset'}"));
  refused = write_batch (db, documents, error);
  g_assert_cmpint (refused == NULL, ==, *error != NULL);
  expect_erased (db);
  return count_documents (db);
}

/* Where nothing of it is there, there is nothing to erase. */
static void
test_no_room (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (write_erasure ("", &error), ==, 2);
  g_assert_no_error (error);
}

/* What is there goes, and the batch stays: the version forgets what it must to have room. */
static void
test_no_room_to_say_so (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (write_erasure (",'url':'u'", &error), ==, 2);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store-peer-put/falls-behind", test_falls_behind);
  g_test_add_func ("/store-peer-put/too-much", test_too_much);
  g_test_add_func ("/store-peer-put/no-room", test_no_room);
  g_test_add_func ("/store-peer-put/no-room-to-say-so", test_no_room_to_say_so);
  return g_test_run ();
}
