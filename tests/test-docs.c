/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents and their revision trees, as the replication protocol of CouchDB wants them. The hashes in these trees are
 * short and made up: to the store they are opaque. */
#include "sp-docs.h"
#include "sp-revision.h"

#include <string.h>

typedef struct
{
  SpDb *db;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->db = sp_db_open (":memory:", SP_DB_WRITE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, sp_db_close);
}

static gboolean
try_put (SpDb *db, const char *id, const char *parent, gboolean deleted, const char *json, char **rev, GError **error)
{
  g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);

  g_assert_nonnull (body);
  return sp_docs_put (db, id, parent, deleted, body, rev, error);
}

/* Writes @json below @parent and gives the revision. */
static char *
put (SpDb *db, const char *id, const char *parent, const char *json)
{
  g_autoptr (GError) error = NULL;
  char *rev = NULL;

  g_assert_true (try_put (db, id, parent, FALSE, json, &rev, &error));
  g_assert_no_error (error);
  return rev;
}

static char *
delete (SpDb *db, const char *id, const char *parent)
{
  g_autoptr (GError) error = NULL;
  char *rev = NULL;

  g_assert_true (try_put (db, id, parent, TRUE, "{}", &rev, &error));
  g_assert_no_error (error);
  return rev;
}

#define assert_put_fails(db, id, parent, deleted, json, code) G_STMT_START { \
  g_autoptr (GError) put_error = NULL; \
  g_assert_false (try_put (db, id, parent, deleted, json, NULL, &put_error)); \
  g_assert_error (put_error, SP_ERROR, code); } G_STMT_END

/* Pushes the newest of @path, "3-c 2-b 1-a", as a replicator does. Gives whether the tree changed. */
static gboolean
push (SpDb *db, const char *id, const char *path, gboolean deleted)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) revisions = g_strsplit (path, " ", -1);
  g_autofree char *json = g_strdup_printf ("{\"at\":\"%s\"}", revisions[0]);
  gboolean added = FALSE;

  g_assert_true (sp_docs_put_history (db, id, (const char * const *) revisions, deleted, json, -1, &added, &error));
  g_assert_no_error (error);
  return added;
}

/* "3-d 3-a 4-d!": the leaves, winner first, tombstones with an exclamation mark. */
static char *
list_leaves (SpDb *db, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      g_string_append_printf (out, "%s%s%s", i > 0 ? " " : "", leaf->rev, leaf->deleted ? "!" : "");
    }
  return g_string_free (out, FALSE);
}

#define assert_leaves(db, id, expected) G_STMT_START { \
  g_autofree char *leaves_ = list_leaves (db, id); \
  g_assert_cmpstr (leaves_, ==, expected); } G_STMT_END

static char *
list_revisions (SpDb *db, const char *id, const char *rev)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) revisions = sp_docs_get_revisions (db, id, rev, &error);

  g_assert_no_error (error);
  return g_strjoinv (" ", revisions);
}

#define assert_revisions(db, id, rev, expected) G_STMT_START { \
  g_autofree char *revisions_ = list_revisions (db, id, rev); \
  g_assert_cmpstr (revisions_, ==, expected); } G_STMT_END

static gint64
query_number (SpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (sp_db_step (db, stmt, &has_row, &error));
  return sqlite3_column_int64 (stmt, 0);
}

static gint64
get_seq (SpDb *db)
{
  return query_number (db, "SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'update_seq'");
}

static char *
get_body (SpDb *db, const char *id, const char *rev)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, rev, &error);

  g_assert_no_error (error);
  return g_steal_pointer (&doc->body);
}

/* ---- put and get ---- */

static void
test_put_get (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = put (f->db, "asset:1", NULL, "{\"name\":\"Hall\"}");
  g_autofree char *second = put (f->db, "asset:1", first, "{\"name\":\"Hall\",\"n\":1.50}");
  g_autoptr (SpDoc) doc = sp_docs_get (f->db, "asset:1", NULL, &error);
  g_autoptr (SpDoc) old = sp_docs_get (f->db, "asset:1", first, &error);
  g_autofree char *expected = sp_revision_make (FALSE, first, "{\"n\":1.5,\"name\":\"Hall\"}");

  g_assert_no_error (error);
  g_assert_cmpstr (second, ==, expected);
  g_assert_cmpstr (doc->rev, ==, second);
  g_assert_cmpstr (doc->id, ==, "asset:1");
  g_assert_cmpstr (doc->body, ==, "{\"name\":\"Hall\",\"n\":1.50}");
  g_assert_false (doc->deleted);
  g_assert_cmpint (doc->seq, ==, 2);
  g_assert_cmpstr (old->body, ==, "{\"name\":\"Hall\"}");
}

static void
test_not_found (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = put (f->db, "asset:1", NULL, "{}");
  static const struct { const char *id, *rev; SpError code; } cases[] = {
    { "asset:2", NULL, SP_ERROR_NOT_FOUND },
    { "asset:1", "9-x", SP_ERROR_NOT_FOUND },
    { "asset:1", "x", SP_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (sp_docs_get (f->db, cases[i].id, cases[i].rev, &error));
      g_assert_error (error, SP_ERROR, (int) cases[i].code);
      if (cases[i].rev == NULL)
        continue;
      g_clear_error (&error);
      g_assert_null (sp_docs_get_revisions (f->db, cases[i].id, cases[i].rev, &error));
      g_assert_error (error, SP_ERROR, (int) cases[i].code);
    }
  {
    g_autoptr (GError) error = NULL;
    g_assert_null (sp_docs_get_leaves (f->db, "asset:2", &error));
    g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  }
}

static void
test_conflict_on_put (Fixture *f, gconstpointer data)
{
  g_autofree char *first = put (f->db, "asset:1", NULL, "{\"v\":1}");
  g_autofree char *second = put (f->db, "asset:1", first, "{\"v\":2}");

  assert_put_fails (f->db, "asset:1", NULL, FALSE, "{\"v\":3}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:1", first, FALSE, "{\"v\":3}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:1", first, FALSE, "{\"v\":2}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:1", "2-0", FALSE, "{\"v\":3}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:2", first, FALSE, "{\"v\":3}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:1", "second", FALSE, "{\"v\":3}", SP_ERROR_INVALID);
  g_assert_cmpint (get_seq (f->db), ==, 2);
  assert_leaves (f->db, "asset:1", second);
}

static void
test_delete_and_recreate (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = put (f->db, "asset:1", NULL, "{\"v\":1}");
  g_autofree char *tombstone = delete (f->db, "asset:1", first);
  g_autofree char *again = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SpDoc) deleted = sp_docs_get (f->db, "asset:1", NULL, &error);

  g_assert_no_error (error);
  g_assert_true (deleted->deleted);
  g_assert_cmpstr (deleted->rev, ==, tombstone);
  assert_put_fails (f->db, "asset:1", NULL, TRUE, "{}", SP_ERROR_CONFLICT);

  again = put (f->db, "asset:1", NULL, "{\"v\":1}");
  g_assert_true (g_str_has_prefix (again, "3-"));
  path = g_strjoin (" ", again, tombstone, first, NULL);
  assert_revisions (f->db, "asset:1", again, path);
  assert_leaves (f->db, "asset:1", again);
}

static void
test_recreate_captured (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;

  push (f->db, "doc", "3-x 2-b 1-a", TRUE);
  rev = put (f->db, "doc", NULL, "{\"again\":true}");
  g_assert_true (g_str_has_prefix (rev, "4-"));
  assert_leaves (f->db, "doc", rev);
}

static void
test_refused_ids (Fixture *f, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (512, 'a');
  g_autofree char *too_long = g_strnfill (513, 'a');
  g_autofree char *rev = put (f->db, longest, NULL, "{}");
  g_autofree char *design = put (f->db, "_design/signpost", NULL, "{}");
  const char * const bad[] = { "", "_local/x", "_x", "_design/", "a\xff", too_long };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      const char * const path[] = { "1-a", NULL };
      assert_put_fails (f->db, bad[i], NULL, FALSE, "{}", SP_ERROR_INVALID);
      g_assert_false (sp_docs_put_history (f->db, bad[i], path, FALSE, "{}", -1, NULL, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
    }
  g_assert_cmpint (query_number (f->db, "SELECT count(*) FROM doc"), ==, 2);
}

static void
test_refused_members (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;
  g_autofree char *body = NULL;

  assert_put_fails (f->db, "doc", NULL, FALSE, "{\"a\":1,\"_attachments\":{}}", SP_ERROR_DENIED);
  assert_put_fails (f->db, "doc", NULL, FALSE, "{\"_what\":1}", SP_ERROR_INVALID);
  assert_put_fails (f->db, "doc", NULL, FALSE, "[1]", SP_ERROR_INVALID);
  rev = put (f->db, "doc", NULL, "{\"_id\":\"doc\",\"a\":{\"_inner\":1},\"_rev\":\"1-a\",\"_revisions\":{},\"_conflicts\":[]}");
  body = get_body (f->db, "doc", NULL);
  g_assert_cmpstr (body, ==, "{\"a\":{\"_inner\":1}}");
}

static void
test_too_large (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autofree char *text = g_strnfill (SP_JSON_MAX_BYTES, 'a');

  sp_node_set_text (body, "text", text);
  g_assert_false (sp_docs_put (f->db, "doc", NULL, FALSE, body, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

/* A refused document does not cost the batch it stands in. */
static void
test_batch (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = NULL;
  const char * const path[] = { "1-a", NULL };

  g_assert_true (sp_db_begin (f->db, &error));
  rev = put (f->db, "doc", NULL, "{}");
  assert_put_fails (f->db, "doc", NULL, FALSE, "{}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "_x", NULL, FALSE, "{}", SP_ERROR_INVALID);
  g_assert_false (sp_docs_put_history (f->db, "other", path, FALSE, "{\"a\":}", -1, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
  g_clear_error (&error);
  push (f->db, "third", "1-a", FALSE);
  g_assert_true (sp_db_commit (f->db, &error));
  g_assert_cmpint (query_number (f->db, "SELECT count(*) FROM doc"), ==, 2);
}

static void
test_rolled_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *rev = NULL;

  g_assert_true (sp_db_begin (f->db, &error));
  rev = put (f->db, "doc", NULL, "{}");
  sp_db_rollback (f->db);
  g_assert_null (sp_docs_get (f->db, "doc", NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sp_db_commit (f->db, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_FAILED);
  changes = sp_db_take_changes (f->db);
  g_assert_cmpuint (changes->len, ==, 0);
}

static void
test_put_new (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse ("{\"b\":2,\"a\":1}", -1, NULL);
  g_autofree char *rev = NULL;
  g_autofree char *same = put (f->db, "b", NULL, "{\"a\":1,\"b\":2}");
  g_autofree char *next = NULL;
  g_autofree char *stored = NULL;

  g_assert_true (sp_docs_put_new (f->db, "a", body, &rev, &error));
  g_assert_cmpstr (rev, ==, same);
  assert_leaves (f->db, "a", rev);
  stored = get_body (f->db, "a", NULL);
  g_assert_cmpstr (stored, ==, "{\"b\":2,\"a\":1}");
  g_assert_false (sp_docs_put_new (f->db, "a", body, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
  next = put (f->db, "a", rev, "{\"a\":2}");
  assert_leaves (f->db, "a", next);
  assert_leaves (f->db, "b", same);
}

/* Two replicas that make one edit of one parent make one revision. */
static void
test_deterministic (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) other = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  push (f->db, "doc", "1-a", FALSE);
  push (other, "doc", "1-a", FALSE);
  here = put (f->db, "doc", "1-a", "{\"b\":[1.0,\"\\u00e9\"],\"a\":1e2}");
  there = put (other, "doc", "1-a", "{\"a\":100,\"b\":[1,\"é\"],\"_rev\":\"1-a\"}");
  g_assert_cmpstr (here, ==, there);
}

/* ---- put with history ---- */

static void
test_bytes_are_kept (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char * const path[] = { "1-a", NULL };
  static const char json[] = " { \"_id\" : \"doc\",\t\"a b\" : [ 1.50 , -0 , 1e2 , 12345678901234567890 ],\r\n"
                             " \"_rev\":\"1-a\", \"s\" : \"x  \\u00e9 \\\" \\\\\", \"é\" : { } , \"_x\" : { \"deep\" : [ 1 ] } , \"_inner\":1,\n"
                             " \"in\" : { \"_id\" : true , \"n\" : null } } ";
  g_autofree char *body = NULL;

  g_assert_true (sp_docs_put_history (f->db, "doc", path, FALSE, json, -1, NULL, &error));
  g_assert_no_error (error);
  body = get_body (f->db, "doc", NULL);
  g_assert_cmpstr (body, ==, "{\"a b\":[1.50,-0,1e2,12345678901234567890],\"s\":\"x  \\u00e9 \\\" \\\\\",\"é\":{},\"in\":{\"_id\":true,\"n\":null}}");
}

static void
test_refused_histories (Fixture *f, gconstpointer data)
{
  static const struct { const char *path, *json; SpError code; } cases[] = {
    { "", "{}", SP_ERROR_INVALID },
    { "2-b 1-a ", "{}", SP_ERROR_INVALID },
    { "3-c 1-a", "{}", SP_ERROR_INVALID },
    { "2-b 2-a", "{}", SP_ERROR_INVALID },
    { "2-b 3-a", "{}", SP_ERROR_INVALID },
    { "1-a 0-a", "{}", SP_ERROR_INVALID },
    { "x", "{}", SP_ERROR_INVALID },
    { "1-a", "[]", SP_ERROR_PARSE },
    { "1-a", "{\"a\":1,\"a\":2}", SP_ERROR_PARSE },
    { "1-a", "", SP_ERROR_PARSE },
    { "1-a", "{\"_attachments\":{\"x\":{\"stub\":true}}}", SP_ERROR_DENIED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) path = g_strsplit (cases[i].path, " ", -1);
      g_test_message ("%s %s", cases[i].path, cases[i].json);
      g_assert_false (sp_docs_put_history (f->db, "doc", (const char * const *) path, FALSE, cases[i].json, -1, NULL, &error));
      g_assert_error (error, SP_ERROR, (int) cases[i].code);
    }
  g_assert_cmpint (get_seq (f->db), ==, 0);
}

static void
test_known_is_no_change (Fixture *f, gconstpointer data)
{
  g_assert_true (push (f->db, "doc", "3-c 2-b 1-a", FALSE));
  g_assert_false (push (f->db, "doc", "3-c 2-b 1-a", FALSE));
  g_assert_false (push (f->db, "doc", "3-c", FALSE));
  g_assert_false (push (f->db, "doc", "2-b 1-a", FALSE));
  g_assert_false (push (f->db, "doc", "1-a", TRUE));
  g_assert_cmpint (get_seq (f->db), ==, 1);
  assert_leaves (f->db, "doc", "3-c");
  assert_revisions (f->db, "doc", "3-c", "3-c 2-b 1-a");
  assert_revisions (f->db, "doc", "2-b", "2-b 1-a");
}

/* As captured from CouchDB 3.5.0: three leaves, then a tombstone below the winner. */
static void
test_winner_captured (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) conflicts = NULL;
  g_autofree char *joined = NULL;

  push (f->db, "doc", "3-a 2-b 1-c", FALSE);
  push (f->db, "doc", "3-d 2-b 1-c", FALSE);
  push (f->db, "doc", "2-d", FALSE);
  assert_leaves (f->db, "doc", "3-d 3-a 2-d");
  conflicts = sp_docs_get_conflicts (f->db, "doc", &error);
  joined = g_strjoinv (" ", conflicts);
  g_assert_cmpstr (joined, ==, "3-a 2-d");
  g_assert_cmpint (query_number (f->db, "SELECT conflicts FROM doc"), ==, 2);

  push (f->db, "doc", "4-d 3-d", TRUE);
  assert_leaves (f->db, "doc", "3-a 2-d 4-d!");
  g_assert_cmpint (query_number (f->db, "SELECT conflicts FROM doc"), ==, 1);
  g_assert_cmpint (query_number (f->db, "SELECT leaves FROM doc"), ==, 3);
  g_assert_cmpint (query_number (f->db, "SELECT deleted FROM doc"), ==, 0);
}

static void
test_put_below_loser (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *merged = NULL;
  g_autofree char *loser = NULL;
  g_autofree char *expected = NULL;

  push (f->db, "doc", "2-a 1-a", FALSE);
  push (f->db, "doc", "2-b 1-a", FALSE);
  g_assert_true (sp_db_begin (f->db, &error));
  merged = put (f->db, "doc", "2-b", "{\"merged\":1}");
  loser = delete (f->db, "doc", "2-a");
  g_assert_true (sp_db_commit (f->db, &error));
  expected = g_strdup_printf ("%s %s!", merged, loser);
  assert_leaves (f->db, "doc", expected);
  g_assert_cmpint (query_number (f->db, "SELECT conflicts FROM doc"), ==, 0);
  assert_put_fails (f->db, "doc", "2-a", FALSE, "{}", SP_ERROR_CONFLICT);
}

/* A child that came before its parent's own history: the links join whatever the order. */
static void
test_late_ancestors (Fixture *f, gconstpointer data)
{
  push (f->db, "doc", "3-c 2-b", FALSE);
  push (f->db, "doc", "1-a", FALSE);
  assert_leaves (f->db, "doc", "3-c 1-a");
  g_assert_true (push (f->db, "doc", "2-b 1-a", FALSE));
  assert_leaves (f->db, "doc", "3-c");
  assert_revisions (f->db, "doc", "3-c", "3-c 2-b 1-a");
  g_assert_false (push (f->db, "doc", "2-b 1-a", FALSE));
}

static void
test_all_deleted (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) doc = NULL;

  push (f->db, "doc", "2-a 1-a", TRUE);
  push (f->db, "doc", "3-b 2-b 1-a", TRUE);
  doc = sp_docs_get (f->db, "doc", NULL, &error);
  g_assert_true (doc->deleted);
  g_assert_cmpstr (doc->rev, ==, "3-b");
  g_assert_cmpint (query_number (f->db, "SELECT conflicts FROM doc"), ==, 0);
  push (f->db, "doc", "2-c 1-a", FALSE);
  assert_leaves (f->db, "doc", "2-c 3-b! 2-a!");
}

/* ---- any order ---- */

#define REVS 24

typedef struct
{
  int      parent; /* index; -1 of a root */
  guint    generation;
  gboolean deleted;
  gboolean has_child;
} RandomRev;

static char *
random_rev_name (const RandomRev *revs, int i)
{
  return g_strdup_printf ("%u-%02x", revs[i].generation, (i * 167) % 256);
}

static void
make_random_tree (RandomRev *revs)
{
  for (int i = 0; i < REVS; i++)
    {
      int parent = g_test_rand_int_range (-1, MAX (i, 1));
      if (i == 0)
        parent = -1;
      revs[i] = (RandomRev){ .parent = parent, .generation = parent < 0 ? 1 : revs[parent].generation + 1,
                             .deleted = g_test_rand_int_range (0, 4) == 0 };
      if (parent >= 0)
        revs[parent].has_child = TRUE;
    }
}

/* The revision and as much of its history as chance gives, but always its parent. */
static void
push_random (SpDb *db, const RandomRev *revs, int i)
{
  GString *path = g_string_new (NULL);
  g_autofree char *text = NULL;
  int length = g_test_rand_int_range (2, 6);

  for (int at = i; at >= 0 && length > 0; at = revs[at].parent, length--)
    {
      g_autofree char *name = random_rev_name (revs, at);
      g_string_append_printf (path, "%s%s", path->len > 0 ? " " : "", name);
    }
  text = g_string_free (path, FALSE);
  push (db, "doc", text, revs[i].deleted);
}

static void
push_all_shuffled (SpDb *db, const RandomRev *revs)
{
  int order[REVS];

  for (int i = 0; i < REVS; i++)
    {
      int k = g_test_rand_int_range (0, i + 1);
      order[i] = order[k];
      order[k] = i;
    }
  for (int i = 0; i < REVS; i++)
    push_random (db, revs, order[i]);
}

static int
compare_leaves (gconstpointer a, gconstpointer b)
{
  const char *first = *(char **) a, *second = *(char **) b;
  gboolean first_deleted = g_str_has_suffix (first, "!"), second_deleted = g_str_has_suffix (second, "!");

  return sp_revision_compare (first_deleted, first, second_deleted, second);
}

/* What the leaves must be, straight from the tree. */
static char *
expect_leaves (const RandomRev *revs)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < REVS; i++)
    if (!revs[i].has_child)
      {
        g_autofree char *name = random_rev_name (revs, i);
        g_ptr_array_add (leaves, g_strconcat (name, revs[i].deleted ? "!" : "", NULL));
      }
  g_ptr_array_sort (leaves, compare_leaves);
  g_ptr_array_add (leaves, NULL);
  return g_strjoinv (" ", (char **) leaves->pdata);
}

static void
test_any_order (void)
{
  for (int round = 0; round < 150; round++)
    {
      g_autoptr (SpDb) here = sp_db_open (":memory:", SP_DB_WRITE, NULL);
      g_autoptr (SpDb) there = sp_db_open (":memory:", SP_DB_WRITE, NULL);
      RandomRev revs[REVS];
      g_autofree char *expected = NULL;
      gint64 seq;

      make_random_tree (revs);
      expected = expect_leaves (revs);
      push_all_shuffled (here, revs);
      push_all_shuffled (there, revs);
      assert_leaves (here, "doc", expected);
      assert_leaves (there, "doc", expected);
      seq = get_seq (here);
      push_all_shuffled (here, revs);
      g_assert_cmpint (get_seq (here), ==, seq);
      for (int i = 0; i < REVS; i++)
        {
          g_autofree char *name = random_rev_name (revs, i);
          g_autofree char *first = list_revisions (here, "doc", name);
          assert_revisions (there, "doc", name, first);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(name, func) g_test_add ("/docs/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("put-get", test_put_get);
  TEST ("not-found", test_not_found);
  TEST ("conflict-on-put", test_conflict_on_put);
  TEST ("delete-and-recreate", test_delete_and_recreate);
  TEST ("recreate-captured", test_recreate_captured);
  TEST ("refused-ids", test_refused_ids);
  TEST ("refused-members", test_refused_members);
  TEST ("too-large", test_too_large);
  TEST ("batch", test_batch);
  TEST ("rolled-back", test_rolled_back);
  TEST ("put-new", test_put_new);
  TEST ("deterministic", test_deterministic);
  TEST ("bytes-are-kept", test_bytes_are_kept);
  TEST ("refused-histories", test_refused_histories);
  TEST ("known-is-no-change", test_known_is_no_change);
  TEST ("winner-captured", test_winner_captured);
  TEST ("put-below-loser", test_put_below_loser);
  TEST ("late-ancestors", test_late_ancestors);
  TEST ("all-deleted", test_all_deleted);
  g_test_add_func ("/docs/any-order", test_any_order);
  return g_test_run ();
}
