/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stores of every released schema, kept as SQL text in databases/, are brought up to date: their documents are what
 * they were, and their tables what a new store has. databases/schema-N.txt says what schema-N.sql holds. */
#include "folder-fixture.h"

#include "sp-identity.h"
#include "sp-schema.h"

static char *
get_fixture (int version, const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("schema-%d%s", version, suffix);

  return g_test_build_filename (G_TEST_DIST, "databases", name, NULL);
}

/* Makes the store that @version's fixture describes, as that version left it. */
static gboolean
load_fixture (const char *path, int version)
{
  g_autofree char *file = get_fixture (version, ".sql");
  g_autofree char *sql = NULL;

  if (!g_file_get_contents (file, &sql, NULL, NULL))
    return FALSE;
  run_elsewhere (path, sql);
  return TRUE;
}

static void
append_leaf (SpDb *db, const SpDoc *leaf, GString *out)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) revisions = sp_docs_get_revisions (db, leaf->id, leaf->rev, &error);
  g_autofree char *history = NULL;

  g_assert_no_error (error);
  history = g_strjoinv (" ", revisions);
  g_string_append_printf (out, "  %s%s\n    %s\n", history, leaf->deleted ? " (deleted)" : "", leaf->body);
}

/* All documents with their leaves, histories and bodies, as text. */
static char *
describe_documents (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = sp_docs_get_changes (db, NULL, G_MAXUINT, NULL, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++)
    {
      const SpChange *change = g_ptr_array_index (changes, i);
      g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, change->id, &error);
      g_assert_no_error (error);
      g_string_append_printf (out, "%" G_GINT64_FORMAT " %s\n", change->seq, change->id);
      for (guint k = 0; k < leaves->len; k++)
        append_leaf (db, g_ptr_array_index (leaves, k), out);
    }
  return g_string_free (out, FALSE);
}

static char *
query_lines (SpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  while (sp_db_step (db, stmt, &has_row, &error) && has_row)
    g_string_append_printf (out, "%s\n", (const char *) sqlite3_column_text (stmt, 0));
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

/* Every table and index, each as it was made. */
static char *
describe_schema (SpDb *db)
{
  return query_lines (db, "SELECT type || ' ' || name || ': ' || coalesce (sql, '') FROM sqlite_schema ORDER BY type, name");
}

static void
assert_upgraded (SpDb *db, int version)
{
  g_autoptr (SpDb) fresh = open_store (":memory:", SP_DB_WRITE);
  g_autofree char *file = get_fixture (version, ".txt");
  g_autofree char *expected = NULL;
  g_autofree char *documents = describe_documents (db);
  g_autofree char *schema = describe_schema (db);
  g_autofree char *fresh_schema = describe_schema (fresh);
  g_autofree char *integrity = query_lines (db, "PRAGMA integrity_check");

  g_assert_true (g_file_get_contents (file, &expected, NULL, NULL));
  g_assert_cmpstr (documents, ==, strchr (expected, '\n') + 1); /* its first line says the licence */
  g_assert_cmpstr (schema, ==, fresh_schema);
  g_assert_cmpstr (integrity, ==, "ok\n");
}

static void
test_upgrade (Fixture *f, gconstpointer data)
{
  guint fixtures = 0;

  for (int version = 1; version <= sp_schema_get_newest (); version++)
    {
      SpDb *db;
      if (!load_fixture (f->path, version))
        continue;
      fixtures++;
      db = open_store (f->path, SP_DB_WRITE);
      assert_upgraded (db, version);
      sp_db_close (db);
      g_unlink (f->path);
    }
  g_assert_cmpuint (fixtures, >, 0);
}

/* The projection is made again from the documents, and the rest of schema 1 is still there. */
static void
test_rest_of_1 (Fixture *f, gconstpointer data)
{
  g_autofree char *assets = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *local = NULL;
  g_autofree char *uuid = NULL;
  g_autoptr (SpDb) db = NULL;

  g_assert_true (load_fixture (f->path, 1));
  db = open_store (f->path, SP_DB_WRITE);
  assets = query_lines (db, "SELECT name FROM asset ORDER BY name");
  g_assert_cmpstr (assets, ==, "Maryport Men's Shed — “Siôn's”\nNetherhall Community Hall\nThe Thursday Lunch Club\n");
  kept = query_lines (db, "SELECT kept || ' ' || kept_since || ' ' || length (body) FROM rev WHERE kept IS NOT NULL");
  g_assert_cmpstr (kept, ==, "base 1790000000 437\n");
  rest = query_lines (db, "SELECT label FROM import UNION ALL SELECT after FROM import_step UNION ALL SELECT lat FROM postcode WHERE key = 1000");
  g_assert_cmpstr (rest, ==, "halls.csv\n1-92e5f385c56039b66c82ba1268cd01a5\n54714300\n");
  local = sp_docs_get_local (db, "checkpoint", NULL, NULL);
  g_assert_cmpstr (local, ==, "{\"last\":\"5-ab\"}");
  uuid = sp_identity_get_uuid (db); /* it came from another machine */
  g_assert_cmpstr (uuid, !=, "00112233445566778899aabbccddeeff");
}

static void
test_goes_on (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) db = NULL;
  g_autoptr (SpDoc) doc = NULL;

  g_assert_true (load_fixture (f->path, 1));
  db = open_store (f->path, SP_DB_WRITE);
  save (db, "doc:new");
  doc = sp_docs_get (db, "doc:new", NULL, NULL);
  g_assert_cmpint (doc->seq, ==, 9);
}

/* A step that fails leaves the store in the form it had. */
static void
test_failed_step (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *handle;
  sqlite3_stmt *stmt;

  g_assert_true (load_fixture (f->path, 1));
  run_elsewhere (f->path, "CREATE TABLE private_note (a)"); /* step 2 stumbles over it */
  g_assert_null (sp_db_open (f->path, SP_DB_WRITE, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_FAILED);
  g_assert_cmpint (sqlite3_open (f->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT v.user_version, count (s.name) FROM pragma_user_version v, sqlite_schema s WHERE s.name GLOB 'private_*'", -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (stmt, 0), ==, 1);
  g_assert_cmpint (sqlite3_column_int (stmt, 1), ==, 1);
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(name, func) g_test_add ("/schema/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("upgrade", test_upgrade);
  TEST ("rest-of-1", test_rest_of_1);
  TEST ("goes-on", test_goes_on);
  TEST ("failed-step", test_failed_step);
  return g_test_run ();
}
