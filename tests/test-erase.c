/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasure: what the tree says, that it wins everywhere, and that no byte of what was erased is left in the file. */
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-erase.h"
#include "sp-history.h"
#include "sp-projection.h"
#include "sp-settle.h"
#include "sp-twins.h"

#include <glib/gstdio.h>
#include <string.h>

#define ID "asset:0b7e0000-0000-4000-8000-000000000001"
#define OTHER "asset:0b7e0000-0000-4000-8000-000000000002"
#define SECRET "zqxjbrendavoss"
#define DIGITS "1632960111" /* of its telephone number */
#define WITH_SECRET "[{\"id\":\"c1\",\"name\":\"" SECRET "\",\"phone\":\"01632 960111\"}]"

static const SpEditStamp stamp = { "ann", "2026-11-05T10:00:00Z", SP_EDIT_BY_PERSON };

typedef struct
{
  char *folder;
  char *path;
  SpDb *db;
} Fixture;

static void
open_store (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->db = sp_db_open (f->path, SP_DB_WRITE, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("signpost-erase-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "signpost.db", NULL);
  open_store (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  sp_db_close (f->db);
  dir = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

static SpNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (text, -1, &error);

  if (node == NULL)
    g_error ("%s: %s", text, error->message);
  return node;
}

static char *
save_in (SpDb *db, const char *id, const char *parent, const char *changes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = parse (changes);
  char *rev = NULL;

  sp_edit_save (db, id, parent, node, &stamp, &rev, &error);
  g_assert_no_error (error);
  return rev;
}

static SpDoc *
get (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  SpDoc *doc = sp_docs_get (db, ID, NULL, &error);

  g_assert_no_error (error);
  return doc;
}

static void
erase (SpDb *db, const char *member)
{
  g_autoptr (GError) error = NULL;

  sp_erase_members (db, ID, (const char *[]){ member, NULL }, &stamp, &error);
  g_assert_no_error (error);
}

static void
replicate (SpDb *from, SpDb *to)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (from, ID, NULL);

  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      g_auto (GStrv) path = sp_docs_get_revisions (from, ID, leaf->rev, NULL);
      g_assert_true (sp_docs_put_history (to, ID, (const char * const *) path, leaf->deleted, leaf->body, -1, NULL, NULL));
    }
}

static SpSettled
settle (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  SpSettled result;

  sp_settle_document (db, ID, &result, &error);
  g_assert_no_error (error);
  return result;
}

/* How often the secret stands in the files of the store, in any case of letters. */
static guint
count_traces (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      for (gsize i = 0; i + strlen (SECRET) <= length; i++)
        count += g_ascii_strncasecmp (bytes + i, SECRET, strlen (SECRET)) == 0 || strncmp (bytes + i, DIGITS, strlen (DIGITS)) == 0;
    }
  return count;
}

/* A store with other entries around, so that its pages fill and split. */
static void
fill (Fixture *f)
{
  g_assert_true (sp_db_begin (f->db, NULL));
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      g_autofree char *body = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Hall %u\",\"description\":\"%0*u\"}", i, (int) (i % 40) * 20 + 1, i);
      g_free (save_in (f->db, id, NULL, body));
    }
  g_assert_true (sp_db_commit (f->db, NULL));
}

static void
test_members (Fixture *f, gconstpointer data)
{
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"x\",\"source\":{\"row\":\"1\",\"original\":{\"who\":\"" SECRET "\"}},\"contacts\":" WITH_SECRET "}");
  g_autofree char *second = save_in (f->db, ID, first, "{\"contacts\":[],\"name\":\"y\"}");
  g_autofree char *third = save_in (f->db, ID, second, "{\"contacts\":" WITH_SECRET "}");
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (SpNode) body = NULL;
  g_autofree char *step = NULL;
  g_autofree char *expected = g_strdup_printf ("{\"from\":\"%s\",\"by\":\"ann\",\"on\":\"2026-11-05T10:00:00Z\",\"erased\":[\"contacts\"]}", third);

  erase (f->db, "contacts");
  doc = get (f->db);
  g_assert_null (strstr (doc->body, SECRET));
  body = parse (doc->body);
  g_assert_null (sp_node_get (body, "contacts"));
  g_assert_null (sp_node_get_path (body, "source.original"));
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (body, "source.row")), ==, "1");
  step = sp_node_to_json (sp_node_get_path (body, "edit.1"));
  g_assert_cmpstr (step, ==, expected);
  g_assert_null (sp_node_get_path (body, "edit.2.was.contacts"));
  g_assert_null (sp_node_get_path (body, "edit.3.was.contacts"));
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (body, "edit.3.was.name")), ==, "x");
}

/* Earlier versions go, those that come after stay. */
static void
test_members_history (Fixture *f, gconstpointer data)
{
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"x\",\"contacts\":" WITH_SECRET "}");
  g_autofree char *second = save_in (f->db, ID, first, "{\"name\":\"y\"}");
  g_autoptr (SpDoc) erased = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autofree char *next = NULL;

  erase (f->db, "contacts");
  versions = sp_history_get (f->db, ID, NULL);
  g_assert_cmpuint (versions->len, ==, 0);
  erased = get (f->db);
  next = save_in (f->db, ID, erased->rev, "{\"name\":\"z\"}");
  settle (f->db);
  later = sp_history_get (f->db, ID, NULL);
  g_assert_cmpuint (later->len, ==, 1);
  g_assert_cmpstr (((SpVersion *) g_ptr_array_index (later, 0))->rev, ==, erased->rev);
}

/* The chain of old values goes on for the other members. */
static void
test_members_rebuild (Fixture *f, gconstpointer data)
{
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"x\",\"contacts\":" WITH_SECRET "}");
  g_autofree char *second = save_in (f->db, ID, first, "{\"name\":\"y\"}");
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (SpNode) body = NULL;
  g_autoptr (SpNode) rebuilt = NULL;
  g_auto (GStrv) path = NULL;

  erase (f->db, "contacts");
  doc = get (f->db);
  body = parse (doc->body);
  path = sp_docs_get_revisions (f->db, ID, doc->rev, NULL);
  rebuilt = sp_edit_list_rebuild (body, (const char * const *) path, first);
  g_assert_cmpstr (sp_node_get_text (rebuilt, "name"), ==, "x");
  g_assert_null (sp_node_get (rebuilt, "contacts"));
}

static void
test_members_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"x\"}");
  g_autoptr (GError) error = NULL;

  g_assert_false (sp_erase_members (f->db, ID, (const char *[]){ "type", NULL }, &stamp, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sp_erase_members (f->db, "asset:unknown", (const char *[]){ "name", NULL }, &stamp, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (sp_edit_delete (f->db, ID, first, &stamp, NULL, NULL));
  g_assert_false (sp_erase_members (f->db, ID, (const char *[]){ "name", NULL }, &stamp, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
}

static void
test_members_in_conflict (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) leaves = NULL;

  g_assert_true (sp_docs_put_history (f->db, ID, (const char *[]){ "2-a", "1-r", NULL }, FALSE, "{\"type\":\"asset\",\"name\":\"x\",\"contacts\":" WITH_SECRET "}", -1, NULL, NULL));
  g_assert_true (sp_docs_put_history (f->db, ID, (const char *[]){ "2-b", "1-r", NULL }, FALSE, "{\"type\":\"asset\",\"name\":\"y\",\"contacts\":" WITH_SECRET "}", -1, NULL, NULL));
  erase (f->db, "contacts");
  leaves = sp_docs_get_leaves (f->db, ID, NULL);
  g_assert_cmpuint (leaves->len, ==, 2);
  for (guint i = 0; i < leaves->len; i++)
    g_assert_null (strstr (((SpDoc *) g_ptr_array_index (leaves, i))->body, SECRET));
}

static char *
get_draft (SpDb *db)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT body FROM private_draft", NULL);

  return sqlite3_step (stmt) == SQLITE_ROW ? g_strdup ((const char *) sqlite3_column_text (stmt, 0)) : NULL;
}

static void
test_draft (Fixture *f, gconstpointer data)
{
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"x\",\"contacts\":" WITH_SECRET "}");
  g_autofree char *draft = NULL;
  g_autofree char *none = NULL;

  g_assert_true (sp_db_exec (f->db, "INSERT INTO private_draft VALUES ('" ID "', NULL, '{\"name\":\"z\",\"contacts\":[\"" SECRET "\"]}', 0)", NULL));
  erase (f->db, "contacts");
  draft = get_draft (f->db);
  g_assert_cmpstr (draft, ==, "{\"name\":\"z\"}");
  g_assert_true (sp_erase_document (f->db, ID, NULL));
  none = get_draft (f->db);
  g_assert_null (none);
}

/* The erasure arrives at a replica that has changed the member meanwhile: it wins, and the replica forgets. */
static void
test_members_arrive (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) other = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"x\",\"contacts\":" WITH_SECRET "}");
  g_autofree char *second = NULL;
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  replicate (f->db, other);
  erase (other, "contacts");
  second = save_in (f->db, ID, first, "{\"url\":\"u\",\"contacts\":[{\"id\":\"c1\",\"name\":\"" SECRET "\",\"phone\":\"01632 960222\"}]}");
  replicate (other, f->db);
  g_assert_cmpint (settle (f->db), ==, SP_SETTLED_MERGED);
  doc = get (f->db);
  g_assert_nonnull (strstr (doc->body, "\"url\":\"u\""));
  g_assert_null (strstr (doc->body, "\"contacts\":["));
  versions = sp_history_get (f->db, ID, NULL);
  g_assert_cmpuint (versions->len, ==, 1); /* the version that erased them tells nothing of them */
  g_assert_nonnull (strstr (((SpVersion *) g_ptr_array_index (versions, 0))->body, "\"erased\":[\"contacts\"]"));
  g_assert_true (sp_erase_clean (f->db, NULL));
  g_assert_cmpuint (count_traces (f), ==, 0);
}

/* It arrives where nothing else was written: there is nothing to merge, but something to forget. */
static void
test_members_arrive_alone (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) other = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"x\",\"contacts\":" WITH_SECRET "}");

  replicate (f->db, other);
  erase (other, "contacts");
  replicate (other, f->db);
  g_assert_cmpuint (count_traces (f), >, 0);
  g_assert_cmpint (settle (f->db), ==, SP_SETTLED_NOTHING);
  g_assert_true (sp_erase_clean (f->db, NULL));
  g_assert_cmpuint (count_traces (f), ==, 0);
}

static void
test_document (Fixture *f, gconstpointer data)
{
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"" SECRET "\"}");
  g_autofree char *second = save_in (f->db, ID, first, "{\"name\":\"y\"}");
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (GError) error = NULL;
  gboolean erased;

  g_assert_true (sp_erase_is_erased (f->db, ID, &erased, &error));
  g_assert_false (erased);
  g_assert_true (sp_erase_document (f->db, ID, &error));
  doc = get (f->db);
  g_assert_true (doc->deleted);
  g_assert_cmpstr (doc->body, ==, "{\"type\":\"asset\",\"erased\":true}");
  versions = sp_history_get (f->db, ID, NULL);
  g_assert_cmpuint (versions->len, ==, 0);
  g_assert_true (sp_erase_is_erased (f->db, ID, &erased, &error));
  g_assert_true (erased);
  g_assert_true (sp_erase_is_erased (f->db, "asset:unknown", &erased, &error));
  g_assert_false (erased);
  g_assert_false (sp_erase_document (f->db, "area:1", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

/* The erasure beats an edit made elsewhere, on both sides, and both end with the same leaves. */
static void
test_document_beats_edit (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) other = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"" SECRET "\"}");
  g_autofree char *second = NULL;
  g_autoptr (SpDoc) here = NULL;
  g_autoptr (SpDoc) there = NULL;

  replicate (f->db, other);
  g_assert_true (sp_erase_document (other, ID, NULL));
  second = save_in (f->db, ID, first, "{\"url\":\"u\"}");
  replicate (f->db, other);
  replicate (other, f->db);
  g_assert_cmpint (settle (f->db), ==, SP_SETTLED_ERASED);
  g_assert_cmpint (settle (other), ==, SP_SETTLED_ERASED);
  here = get (f->db);
  there = get (other);
  g_assert_true (here->deleted);
  g_assert_cmpstr (here->rev, ==, there->rev);
  g_assert_true (sp_erase_clean (f->db, NULL));
  g_assert_cmpuint (count_traces (f), ==, 0);
}

/* Another program's tombstone that kept the text gets an empty one below it. */
static void
test_document_telling_tombstone (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) leaves = NULL;

  g_assert_true (sp_docs_put_history (f->db, ID, (const char *[]){ "2-a", "1-r", NULL }, TRUE, "{\"type\":\"asset\",\"name\":\"" SECRET "\"}", -1, NULL, NULL));
  g_assert_true (sp_docs_put_history (f->db, ID, (const char *[]){ "2-b", "1-r", NULL }, FALSE, "{\"type\":\"asset\",\"name\":\"x\"}", -1, NULL, NULL));
  g_assert_true (sp_erase_document (f->db, ID, NULL));
  leaves = sp_docs_get_leaves (f->db, ID, NULL);
  g_assert_cmpuint (leaves->len, ==, 2);
  for (guint i = 0; i < leaves->len; i++)
    g_assert_cmpstr (((SpDoc *) g_ptr_array_index (leaves, i))->body, ==, "{\"type\":\"asset\",\"erased\":true}");
}

static gint64
count_keys (SpDb *db)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) FROM likeness_key", NULL);

  g_assert_true (sp_db_step (db, stmt, &has_row, NULL));
  return sqlite3_column_int64 (stmt, 0);
}

/* The keys by which twins are found are made of what was erased. */
static void
test_keys (Fixture *f, gconstpointer data)
{
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"Hall of x\",\"contacts\":" WITH_SECRET "}");
  gint64 before;

  before = count_keys (f->db);
  erase (f->db, "contacts");
  g_assert_cmpint (count_keys (f->db), <, before);
  g_assert_cmpint (count_keys (f->db), >, 0);
  g_assert_true (sp_erase_document (f->db, ID, NULL));
  g_assert_cmpint (count_keys (f->db), ==, 0);
}

/* --- bytes --- */

static void
test_bytes_members (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  fill (f);
  first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"x\",\"source\":{\"row\":\"1\",\"original\":{\"who\":\"" SECRET "\"}},\"contacts\":" WITH_SECRET "}");
  second = save_in (f->db, ID, first, "{\"name\":\"y\",\"contacts\":[]}");
  third = save_in (f->db, ID, second, "{\"name\":\"z\",\"contacts\":" WITH_SECRET "}");
  g_assert_cmpuint (count_traces (f), >, 0);
  erase (f->db, "contacts");
  g_assert_true (sp_erase_clean (f->db, NULL));
  g_assert_cmpuint (count_traces (f), ==, 0);
  sp_db_close (f->db);
  g_assert_cmpuint (count_traces (f), ==, 0);
  open_store (f);
  g_autoptr (SpDoc) doc = get (f->db);
  g_assert_nonnull (strstr (doc->body, "\"name\":\"z\""));
}

/* The log is moved into the file now and then while the text is still wanted, and the pages around it change. */
static void
test_bytes_document (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;

  rev = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"" SECRET "\",\"description\":\"" SECRET "\",\"contacts\":" WITH_SECRET "}");
  g_assert_true (sp_db_exec (f->db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL));
  fill (f);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *parent = g_steal_pointer (&rev);
      g_autofree char *changes = g_strdup_printf ("{\"description\":\"%s %0*u\"}", SECRET, (int) i * 90 + 1, i);
      rev = save_in (f->db, ID, parent, changes);
      if (i % 10 == 0)
        g_assert_true (sp_db_exec (f->db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL));
    }
  g_assert_true (sp_erase_document (f->db, ID, NULL));
  g_assert_true (sp_erase_clean (f->db, NULL));
  g_assert_cmpuint (count_traces (f), ==, 0);
}

/* A full-text index keeps the words of rows that are gone until it is optimised. */
static void
test_bytes_full_text (Fixture *f, gconstpointer data)
{
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"" SECRET "\"}");

  g_assert_true (sp_db_exec (f->db, "CREATE VIRTUAL TABLE words USING fts5 (text);"
                                    "INSERT INTO words (rowid, text) VALUES (1, 'hall " SECRET "'), (2, 'the other hall');", NULL));
  g_assert_true (sp_db_exec (f->db, "DELETE FROM words WHERE rowid = 1", NULL));
  g_assert_true (sp_erase_document (f->db, ID, NULL));
  g_assert_true (sp_erase_clean (f->db, NULL));
  g_assert_cmpuint (count_traces (f), ==, 0);
}

/* The index of what is near knows one of them and not the other when they are erased, and is completed afterwards. */
static void
test_bytes_near (Fixture *f, gconstpointer data)
{
  static const char body[] = "{\"type\":\"asset\",\"name\":\"" SECRET "\",\"location\":{\"latitude\":54.5,\"longitude\":-3}}";
  g_autofree char *first = save_in (f->db, ID, NULL, body);
  g_autofree char *second = NULL;

  g_assert_true (sp_db_begin (f->db, NULL) && sp_projection_fall_behind (f->db, G_MAXUINT, NULL));
  second = save_in (f->db, OTHER, NULL, body);
  g_assert_true (sp_db_commit (f->db, NULL));
  fill (f);
  g_assert_true (sp_erase_document (f->db, ID, NULL) && sp_erase_document (f->db, OTHER, NULL));
  g_assert_true (sp_erase_clean (f->db, NULL));
  g_assert_true (sp_projection_is_behind (f->db));
  g_assert_cmpuint (count_traces (f), ==, 0);
  g_assert_true (sp_projection_catch_up (f->db, G_MAXINT64, NULL));
  g_assert_cmpuint (count_traces (f), ==, 0);
}

/* While somebody reads an old state the log stays; the next call finishes. */
static void
test_bytes_reader (Fixture *f, gconstpointer data)
{
  g_autofree char *first = save_in (f->db, ID, NULL, "{\"type\":\"asset\",\"name\":\"" SECRET "\"}");
  SpDb *reader = sp_db_open (f->path, SP_DB_READ, NULL);

  sp_db_set_patience (f->db, 0);
  g_assert_true (sp_db_exec (reader, "BEGIN; SELECT count (*) FROM doc", NULL));
  g_assert_true (sp_erase_document (f->db, ID, NULL));
  sp_erase_clean (f->db, NULL);
  g_assert_cmpuint (count_traces (f), >, 0);
  sp_db_close (reader);
  g_assert_true (sp_erase_clean (f->db, NULL));
  g_assert_cmpuint (count_traces (f), ==, 0);
}

/* Writes @count entries anew, chosen by chance, with texts of chance length that hold the secret. */
static void
rewrite (Fixture *f, char **revs, guint count, int longest, GRand *random)
{
  g_assert_true (sp_db_begin (f->db, NULL));
  for (guint i = 0; i < count; i++)
    {
      guint which = (guint) g_rand_int_range (random, 0, (gint32) count);
      g_autofree char *id = g_strdup_printf ("asset:%u", which);
      g_autofree char *filling = g_strnfill ((gsize) g_rand_int_range (random, 1, longest), '.');
      g_autofree char *changes = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"%s %u\",\"description\":\"%s%s\"}", SECRET, i, filling, SECRET);
      g_autofree char *parent = g_steal_pointer (&revs[which]);

      revs[which] = save_in (f->db, id, parent, changes);
    }
  g_assert_true (sp_db_commit (f->db, NULL));
}

/* Where rows move between pages SQLite leaves copies in the gaps, even with secure_delete: only a file that is written
 * anew has none. */
static void
test_bytes_many (Fixture *f, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  char *revs[700] = { NULL };

  g_assert_true (sp_db_exec (f->db, "PRAGMA synchronous = OFF", NULL));
  for (guint round = 0; round < 6; round++)
    {
      rewrite (f, revs, G_N_ELEMENTS (revs), round % 2 != 0 ? 200 : 3000, random);
      g_assert_true (sp_db_exec (f->db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL));
    }
  g_assert_true (sp_db_begin (f->db, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (revs); i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      g_assert_true (revs[i] == NULL || sp_erase_document (f->db, id, NULL));
      g_free (revs[i]);
    }
  g_assert_true (sp_db_commit (f->db, NULL));
  g_assert_true (sp_erase_clean (f->db, NULL));
  g_assert_cmpuint (count_traces (f), ==, 0);
}

#define ADD(path, func) g_test_add ("/erase/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("members", test_members);
  ADD ("members-history", test_members_history);
  ADD ("members-rebuild", test_members_rebuild);
  ADD ("members-refused", test_members_refused);
  ADD ("members-in-conflict", test_members_in_conflict);
  ADD ("draft", test_draft);
  ADD ("members-arrive", test_members_arrive);
  ADD ("members-arrive-alone", test_members_arrive_alone);
  ADD ("document", test_document);
  ADD ("document-beats-edit", test_document_beats_edit);
  ADD ("document-telling-tombstone", test_document_telling_tombstone);
  ADD ("keys", test_keys);
  ADD ("bytes-members", test_bytes_members);
  ADD ("bytes-document", test_bytes_document);
  ADD ("bytes-full-text", test_bytes_full_text);
  ADD ("bytes-near", test_bytes_near);
  ADD ("bytes-reader", test_bytes_reader);
  ADD ("bytes-many", test_bytes_many);
  return g_test_run ();
}
