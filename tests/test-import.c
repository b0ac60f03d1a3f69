/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports: what becomes of each row, that nothing a person did is lost, and taking it back as one step. */
#include "sp-disclosure.h"
#include "sp-docs.h"
#include "sp-edit.h"
#include "sp-erase.h"
#include "sp-import-memory.h"
#include "sp-import-plan.h"
#include "sp-import.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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
  sp_db_close (f->db);
}

static SpImport *
begin (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  SpImport *import = sp_import_begin (db, "list.csv", "local", &error);

  g_assert_no_error (error);
  return import;
}

static SpImportOutcome
put_body (SpImport *import, const char *id, SpNode *body, char **reason)
{
  g_autoptr (GError) error = NULL;
  SpImportOutcome outcome = SP_IMPORT_SKIPPED;
  char *why = NULL;

  g_assert_true (sp_import_put (import, id, body, &outcome, &why, &error));
  g_assert_no_error (error);
  g_assert_true (why != NULL || outcome != SP_IMPORT_SKIPPED);
  if (reason != NULL)
    *reason = why;
  else
    g_free (why);
  return outcome;
}

static SpImportOutcome
put (SpImport *import, const char *id, const char *json, char **reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);

  g_assert_no_error (error);
  return put_body (import, id, body, reason);
}

static char *
finish (SpImport *import)
{
  g_autoptr (GError) error = NULL;
  char *id = g_strdup (sp_import_get_id (import));

  g_assert_true (sp_import_finish (import, &error));
  g_assert_no_error (error);
  sp_import_free (import);
  return id;
}

/* One document by one import. */
static char *
import_one (SpDb *db, const char *id, const char *json, SpImportOutcome expected)
{
  SpImport *import = begin (db);

  g_assert_cmpint (put (import, id, json, NULL), ==, expected);
  return finish (import);
}

static SpDoc *
get (SpDb *db, const char *id)
{
  return sp_docs_get (db, id, NULL, NULL);
}

static gboolean
is_deleted (SpDb *db, const char *id)
{
  g_autoptr (SpDoc) doc = get (db, id);

  return doc->deleted;
}

static void
assert_member (SpDb *db, const char *id, const char *member, const char *expected)
{
  g_autoptr (SpDoc) doc = get (db, id);
  g_autoptr (SpNode) body = sp_node_parse (doc->body, -1, NULL);

  g_assert_false (doc->deleted);
  g_assert_cmpstr (sp_node_get_text (body, member), ==, expected);
}

static char *
save (SpDb *db, const char *id, const char *changes_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) doc = get (db, id);
  g_autoptr (SpNode) changes = sp_node_parse (changes_json, -1, NULL);
  SpEditStamp stamp = { "ann", "2026-11-22T10:00:00Z", SP_EDIT_BY_PERSON };
  char *rev = NULL;

  g_assert_true (sp_edit_save (db, id, doc->rev, changes, &stamp, &rev, &error));
  g_assert_no_error (error);
  return rev;
}

static guint
undo (SpDb *db, const char *import_id, guint expected_left)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) left = NULL;
  guint taken_back = 0;

  g_assert_true (sp_import_undo (db, import_id, &taken_back, &left, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (left->len, ==, expected_left);
  return taken_back;
}

#define ROW "{\"type\":\"asset\",\"name\":\"Shed\",\"url\":\"https://a.example.org/\",\"source\":{\"feed\":\"f\",\"row\":\"1\",\"retrieved\":\"2026-11-20\"}}"

static void
test_editions (Fixture *f, gconstpointer data)
{
  g_autofree char *first = import_one (f->db, "asset:1", ROW, SP_IMPORT_ADDED);
  g_autofree char *again = import_one (f->db, "asset:1", "{\"type\":\"asset\",\"name\":\"Shed\",\"url\":\"https://a.example.org/\","
                                       "\"source\":{\"feed\":\"f\",\"row\":\"1\",\"retrieved\":\"2026-11-22\"}}", SP_IMPORT_UNCHANGED);
  g_autofree char *other = import_one (f->db, "asset:1", "{\"type\":\"asset\",\"name\":\"Shed\",\"url\":\"https://a.example.org/\","
                                       "\"source\":{\"feed\":\"f\",\"row\":\"1\",\"original\":{\"colour\":\"red\"}}}", SP_IMPORT_UNCHANGED);
  g_autofree char *next = import_one (f->db, "asset:1", "{\"type\":\"asset\",\"name\":\"Men’s Shed\","
                                      "\"source\":{\"feed\":\"f\",\"row\":\"1\",\"retrieved\":\"2026-11-22\"}}", SP_IMPORT_UPDATED);

  assert_member (f->db, "asset:1", "name", "Men’s Shed");
  assert_member (f->db, "asset:1", "url", "https://a.example.org/"); /* the new edition does not speak of it */
}

#define HIDDEN(name, until) \
  "{\"type\":\"asset\",\"name\":\"" name "\",\"visible\":{\"until\":\"" until "\"},\"source\":{\"feed\":\"f\",\"row\":\"1\"}}"

/* What a list published not yet, and now does, is in public lists; dates that it had stay. */
static void
test_published_now (Fixture *f, gconstpointer data)
{
  g_autofree char *hidden = import_one (f->db, "asset:1", HIDDEN ("Shed", SP_DISCLOSURE_NEVER), SP_IMPORT_ADDED);
  g_autofree char *dated = import_one (f->db, "asset:2", HIDDEN ("Shed", "2027-01-01"), SP_IMPORT_ADDED);
  g_autofree char *shown = import_one (f->db, "asset:1", ROW, SP_IMPORT_UPDATED);
  g_autofree char *still = import_one (f->db, "asset:2", ROW, SP_IMPORT_UPDATED);
  g_autoptr (SpDoc) one = get (f->db, "asset:1"), two = get (f->db, "asset:2");
  g_autoptr (SpNode) first = sp_node_parse (one->body, -1, NULL), second = sp_node_parse (two->body, -1, NULL);

  g_assert_null (sp_node_get (first, "visible"));
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (second, "visible.until")), ==, "2027-01-01");
}

/* What the import itself adds to an entry is not an edition of the list: that it is put on the map does not publish it. */
static void
test_placed_unpublished (Fixture *f, gconstpointer data)
{
  g_autofree char *hidden = import_one (f->db, "asset:1", HIDDEN ("Shed", SP_DISCLOSURE_NEVER), SP_IMPORT_ADDED);
  g_autofree char *placed = import_one (f->db, "asset:1", "{\"location\":{\"latitude\":54.7,\"longitude\":-3.5}}", SP_IMPORT_UPDATED);
  g_autoptr (SpDoc) doc = get (f->db, "asset:1");
  g_autoptr (SpNode) body = sp_node_parse (doc->body, -1, NULL);

  g_assert_nonnull (sp_node_get (body, "location"));
  g_assert_false (sp_disclosure_is_shown (body, "2026-11-22"));
}

static void
test_hand_corrected_stays (Fixture *f, gconstpointer data)
{
  g_autofree char *first = import_one (f->db, "asset:1", ROW, SP_IMPORT_ADDED);
  g_autofree char *rev = save (f->db, "asset:1", "{\"name\":\"Maryport Men’s Shed\"}");
  g_autofree char *same = import_one (f->db, "asset:1", ROW, SP_IMPORT_UNCHANGED);
  g_autofree char *next = import_one (f->db, "asset:1", "{\"type\":\"asset\",\"name\":\"The Shed\",\"url\":\"https://b.example.org/\","
                                      "\"source\":{\"feed\":\"f\",\"row\":\"1\",\"retrieved\":\"2026-11-22\"}}", SP_IMPORT_UPDATED);
  g_autoptr (SpDoc) doc = get (f->db, "asset:1");

  assert_member (f->db, "asset:1", "name", "Maryport Men’s Shed");
  assert_member (f->db, "asset:1", "url", "https://b.example.org/");
  g_assert_nonnull (strstr (doc->body, "\"hand_corrected\":[\"name\"]"));
}

#define EDITION(name, colour) \
  "{\"type\":\"asset\",\"name\":\"" name "\",\"source\":{\"feed\":\"f\",\"row\":\"1\",\"original\":{\"Name\":\"" name "\",\"Colour\":\"" colour "\"}}}"

/* That it stays is told once the list says something new, and not every time. */
static void
test_hand_corrected_is_told (Fixture *f, gconstpointer data)
{
  SpImport *import = begin (f->db);
  g_autoptr (GError) error = NULL;
  g_autofree char *none = NULL, *still = NULL, *told = NULL, *rev = NULL;

  put (import, "asset:1", EDITION ("Shed", "red"), &none);
  g_assert_true (sp_import_finish (import, &error));
  sp_import_free (import);
  rev = save (f->db, "asset:1", "{\"name\":\"Men’s Shed\"}");
  import = begin (f->db);
  put (import, "asset:1", EDITION ("Shed", "red"), &still);
  g_assert_cmpint (put (import, "asset:1", EDITION ("The Shed", "red"), &told), !=, SP_IMPORT_SKIPPED);
  g_assert_true (sp_import_finish (import, &error));
  sp_import_free (import);
  g_assert_null (none);
  g_assert_null (still);
  g_assert_nonnull (strstr (told, "name"));
  assert_member (f->db, "asset:1", "name", "Men’s Shed");
}

/* What a new edition does not have any more; unless it is another list with the same columns. */
static gboolean
has_seen (const char *id, gboolean *seen, gpointer ids, GError **error)
{
  *seen = g_hash_table_contains (ids, id);
  return TRUE;
}

static void
test_gone (Fixture *f, gconstpointer data)
{
  static const char * const ids[] = { "asset:1", "asset:2", "asset:3", "asset:4" };
  SpImport *import = begin (f->db);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) gone = NULL, other = NULL, closed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    put (import, ids[i], EDITION ("Shed", "red"), NULL);
  put (import, "asset:5", "{\"type\":\"asset\",\"name\":\"Inn\",\"source\":{\"feed\":\"g\",\"row\":\"1\"}}", NULL);
  g_assert_true (sp_import_finish (import, &error));
  sp_import_free (import);
  g_hash_table_add (seen, (gpointer) "asset:1");
  other = sp_import_find_gone (f->db, "f", has_seen, seen, &error);
  g_assert_cmpuint (other->len, ==, 0); /* one of four is no edition of it */
  g_hash_table_add (seen, (gpointer) "asset:2");
  g_hash_table_add (seen, (gpointer) "asset:3");
  gone = sp_import_find_gone (f->db, "f", has_seen, seen, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gone->len, ==, 1);
  g_assert_cmpstr (((SpImportGone *) g_ptr_array_index (gone, 0))->id, ==, "asset:4");
  g_assert_cmpstr (((SpImportGone *) g_ptr_array_index (gone, 0))->name, ==, "Shed");
  rev = save (f->db, "asset:4", "{\"status\":\"inactive\"}");
  closed = sp_import_find_gone (f->db, "f", has_seen, seen, &error);
  g_assert_cmpuint (closed->len, ==, 0);
}

static void
test_memory (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) choices = sp_node_parse ("{\"maps\":[\"Colour=name\"]}", -1, NULL), none = NULL, back = NULL;

  none = sp_import_memory_read (f->db, "https://example.org/list.csv", &error);
  g_assert_null (none);
  g_assert_no_error (error);
  g_assert_true (sp_import_memory_write (f->db, "https://example.org/list.csv", choices, &error));
  back = sp_import_memory_read (f->db, "https://example.org/list.csv", &error);
  g_assert_true (sp_node_equal (back, choices));
  g_assert_null (sp_import_memory_read (f->db, "https://example.org/other.csv", &error));
}

static void
test_own_export (Fixture *f, gconstpointer data)
{
  g_autofree char *first = import_one (f->db, "asset:1", ROW, SP_IMPORT_ADDED);
  g_autoptr (SpDoc) doc = get (f->db, "asset:1");
  g_autofree char *same = g_strdup_printf ("{\"_id\":\"asset:1\",\"_rev\":\"%s\",%s", doc->rev, doc->body + 1);
  g_autofree char *changed = g_strdup_printf ("{\"_rev\":\"%s\",\"type\":\"asset\",\"name\":\"Shed two\"}", doc->rev);
  g_autofree char *late = g_strdup_printf ("{\"_rev\":\"%s\",\"type\":\"asset\",\"name\":\"Shed three\"}", doc->rev);
  g_autofree char *one = import_one (f->db, "asset:1", same, SP_IMPORT_UNCHANGED);
  g_autofree char *two = import_one (f->db, "asset:1", changed, SP_IMPORT_UPDATED);
  g_autofree char *three = import_one (f->db, "asset:1", late, SP_IMPORT_SKIPPED); /* the store has moved on since */

  assert_member (f->db, "asset:1", "name", "Shed two");
  assert_member (f->db, "asset:1", "url", NULL); /* the export was the whole entry */
}

static void
test_deleted_and_erased_stay_away (Fixture *f, gconstpointer data)
{
  g_autofree char *first = import_one (f->db, "asset:1", ROW, SP_IMPORT_ADDED);
  g_autoptr (SpDoc) doc = get (f->db, "asset:1");
  g_autoptr (SpNode) tombstone = sp_node_parse ("{\"type\":\"asset\",\"erased\":true}", -1, NULL);
  g_autofree char *rev = NULL;
  SpImport *import;
  char *reason = NULL;

  g_assert_true (sp_docs_put (f->db, "asset:1", doc->rev, TRUE, tombstone, &rev, NULL));
  import = begin (f->db);
  g_assert_cmpint (put (import, "asset:1", ROW, &reason), ==, SP_IMPORT_SKIPPED);
  g_assert_nonnull (strstr (reason, "erased"));
  g_free (reason);
  g_free (finish (import));
  g_assert_true (is_deleted (f->db, "asset:1"));
}

/* What a preview says of a row that the import will not have. */
static void
assert_preview_skips (SpDb *db, const char *id, SpNode *body, const char *reason)
{
  const SpEditStamp nobody = { "", "", SP_EDIT_BY_PROGRAM };
  g_auto (SpImportPlan) plan = { 0 };

  g_assert_true (sp_import_plan_make (&plan, db, id, body, NULL));
  g_assert_true (sp_import_plan_check_room (&plan, body, &nobody, NULL));
  g_assert_cmpint (plan.outcome, ==, SP_IMPORT_SKIPPED);
  g_assert_cmpstr (plan.reason, ==, reason);
}

/* The row that makes an entry more than one may be is skipped, and no other: asset:2 as an update, and asset:3 as a new one
 * if it is given. Both are as they were. */
static void
check_too_much (SpDb *db, const char *first, const char *row, SpNode *new_row, const char *expected)
{
  g_autofree char *before = import_one (db, "asset:2", first, SP_IMPORT_ADDED);
  g_autoptr (SpNode) body = sp_node_parse (row, -1, NULL);
  g_autofree char *reason = NULL, *again = NULL, *import_id = NULL;
  g_autoptr (SpDoc) stored = get (db, "asset:2"), after = NULL;
  SpImport *import = begin (db);

  assert_preview_skips (db, "asset:2", body, expected);
  g_assert_cmpint (put (import, "asset:1", ROW, NULL), ==, SP_IMPORT_ADDED);
  g_assert_cmpint (put_body (import, "asset:2", body, &reason), ==, SP_IMPORT_SKIPPED);
  g_assert_cmpstr (reason, ==, expected);
  if (new_row != NULL)
    {
      assert_preview_skips (db, "asset:3", new_row, expected);
      g_assert_cmpint (put_body (import, "asset:3", new_row, &again), ==, SP_IMPORT_SKIPPED);
      g_assert_cmpstr (again, ==, expected);
    }
  g_assert_cmpint (put (import, "asset:4", ROW, NULL), ==, SP_IMPORT_ADDED);
  import_id = finish (import);
  after = get (db, "asset:2");
  g_assert_cmpstr (after->rev, ==, stored->rev);
  g_assert_cmpstr (after->body, ==, stored->body);
  g_assert_null (get (db, "asset:3"));
  assert_member (db, "asset:4", "name", "Shed");
  g_assert_cmpuint (undo (db, import_id, 0), ==, 2);
  g_assert_null (get (db, "asset:1"));
  g_assert_null (get (db, "asset:4"));
  g_assert_false (is_deleted (db, "asset:2"));
}

static void
test_too_large (Fixture *f, gconstpointer data)
{
  g_autofree char *much = g_strnfill (SP_JSON_MAX_BYTES - 2048, 'x'), *more = g_strnfill (2048, 'y');
  g_autofree char *first = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Shed\",\"summary\":\"%s\"}", much);
  g_autofree char *row = g_strdup_printf ("{\"type\":\"asset\",\"url\":\"%s\"}", more);
  g_autoptr (SpNode) new_row = sp_node_parse (ROW, -1, NULL);

  sp_node_set_text (new_row, "summary", much);
  sp_node_set_text (new_row, "description", more);
  check_too_much (f->db, first, row, new_row, "with it the entry would be larger than 1 MiB, the most that is stored");
}

/* What an entry was goes into its list of steps, and is nested more deeply there. */
static void
test_too_deep (Fixture *f, gconstpointer data)
{
  g_autofree char *open = g_strnfill (SP_JSON_MAX_DEPTH - 1, '['), *closed = g_strnfill (SP_JSON_MAX_DEPTH - 1, ']');
  g_autofree char *first = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Shed\",\"odd\":%s%s}", open, closed);

  check_too_much (f->db, first, "{\"type\":\"asset\",\"odd\":1}", NULL, "with it the entry would be nested deeper than is stored");
}

#define ROW_WITH_PHONE \
  "{\"type\":\"asset\",\"name\":\"%s\",\"contacts\":[{\"id\":\"c\",\"phone\":\"01632 960001\"}]," \
  "\"source\":{\"feed\":\"f\",\"row\":\"1\",\"retrieved\":\"2026-11-%02d\",\"original\":{\"Tel\":\"01632 960001\"}}}"

/* Neither the members nor the row that repeats them, however often the list comes and whatever is edited meanwhile. */
static void
test_erased_members_stay_away (Fixture *f, gconstpointer data)
{
  SpEditStamp stamp = { "ann", "2026-11-22T10:00:00Z", SP_EDIT_BY_PERSON };
  g_autofree char *first_row = g_strdup_printf (ROW_WITH_PHONE, "Shed", 1);
  g_autofree char *first = import_one (f->db, "asset:1", first_row, SP_IMPORT_ADDED);
  g_autofree char *same = NULL;
  g_autoptr (SpDoc) doc = NULL;

  g_assert_true (sp_erase_members (f->db, "asset:1", (const char *[]){ "contacts", NULL }, &stamp, NULL));
  same = import_one (f->db, "asset:1", first_row, SP_IMPORT_UNCHANGED);
  for (int i = 2; i < 14; i++) /* more steps than the list of them holds */
    {
      g_autofree char *name = g_strdup_printf ("Shed %d", i);
      g_autofree char *next_row = g_strdup_printf (ROW_WITH_PHONE, name, i);
      g_autofree char *next = import_one (f->db, "asset:1", next_row, SP_IMPORT_UPDATED);
    }
  doc = get (f->db, "asset:1");
  assert_member (f->db, "asset:1", "name", "Shed 13");
  g_assert_null (strstr (doc->body, "960001"));
}

/* A document that is put in and then changed once more by the same import is taken back as one. */
static void
test_undo_of_two_changes (Fixture *f, gconstpointer data)
{
  for (guint offered = 0; offered < 2; offered++)
    {
      g_autofree char *id = g_strdup_printf ("asset:two-%u", offered);
      g_autofree char *import_id = NULL;
      g_autoptr (SpImport) import = begin (f->db);
      g_autoptr (GPtrArray) left = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (SpDoc) doc = NULL, after = NULL;
      guint taken_back;

      g_assert_cmpint (put (import, id, "{\"type\":\"asset\",\"name\":\"Hall\"}", NULL), ==, SP_IMPORT_ADDED);
      g_assert_cmpint (put (import, id, "{\"location\":{\"latitude\":54.7,\"longitude\":-3.4}}", NULL), ==, SP_IMPORT_UPDATED);
      import_id = g_strdup (sp_import_get_id (import));
      g_assert_true (sp_import_finish (import, &error));
      doc = sp_docs_get (f->db, id, NULL, &error);
      if (offered)
        g_assert_true (sp_docs_mark_offered (f->db, doc->seq, &error));
      g_assert_true (sp_import_undo (f->db, import_id, &taken_back, &left, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (taken_back, ==, 1);
      g_assert_cmpuint (left->len, ==, 0);
      after = sp_docs_get (f->db, id, NULL, NULL);
      g_assert_true (offered ? after->deleted : after == NULL);
    }
}

static void
test_undo_removes_what_was_never_offered (Fixture *f, gconstpointer data)
{
  g_autofree char *first = import_one (f->db, "asset:1", ROW, SP_IMPORT_ADDED);
  g_autofree char *second = import_one (f->db, "asset:1", "{\"type\":\"asset\",\"name\":\"Other\"}", SP_IMPORT_UPDATED);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (undo (f->db, second, 0), ==, 1);
  assert_member (f->db, "asset:1", "name", "Shed");
  g_assert_cmpuint (undo (f->db, first, 0), ==, 1);
  g_assert_null (sp_docs_get (f->db, "asset:1", NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sp_import_undo (f->db, first, NULL, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
}

static void
test_undo_leaves_what_was_edited (Fixture *f, gconstpointer data)
{
  SpImport *import = begin (f->db);
  g_autofree char *id = NULL;
  g_autofree char *rev = NULL;

  put (import, "asset:1", ROW, NULL);
  put (import, "asset:2", ROW, NULL);
  id = finish (import);
  rev = save (f->db, "asset:2", "{\"name\":\"Mine now\"}");
  g_assert_cmpuint (undo (f->db, id, 1), ==, 1);
  g_assert_null (get (f->db, "asset:1"));
  assert_member (f->db, "asset:2", "name", "Mine now");
}

static void
test_undo_after_offering (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = import_one (f->db, "asset:1", ROW, SP_IMPORT_ADDED);
  g_autofree char *second = import_one (f->db, "asset:1", "{\"type\":\"asset\",\"name\":\"Other\"}", SP_IMPORT_UPDATED);
  g_autoptr (SpDoc) offered = get (f->db, "asset:1");
  g_autoptr (SpDoc) now = NULL;
  g_autofree char *back = NULL;

  g_assert_true (sp_docs_mark_offered (f->db, offered->seq, &error));
  undo (f->db, second, 0);
  assert_member (f->db, "asset:1", "name", "Shed");
  now = get (f->db, "asset:1");
  g_assert_true (g_str_has_prefix (now->rev, "3-"));
  undo (f->db, first, 1); /* it has become another revision since, though it says the same */
  back = import_one (f->db, "asset:1", ROW, SP_IMPORT_UNCHANGED);
}

static void
put_version (SpDb *db, const char *rev, const char *parent, const char *json)
{
  g_assert_true (sp_docs_put_history (db, "asset:1", (const char *[]){ rev, parent, NULL }, FALSE, json, -1, NULL, NULL));
}

static guint
count_live (SpDb *db)
{
  g_auto (GStrv) others = sp_docs_get_conflicts (db, "asset:1", NULL);

  return 1 + g_strv_length (others);
}

/* An import can end a conflict, in that both versions then say the same, or go together otherwise. */
static char *
import_over_conflict (SpDb *db, const char *more, gboolean finished)
{
  g_autofree char *other = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"b\"%s}", more);
  SpImport *import;

  put_version (db, "1-a", NULL, "{\"type\":\"asset\",\"name\":\"x\"}");
  put_version (db, "2-b", "1-a", other);
  put_version (db, "2-c", "1-a", "{\"type\":\"asset\",\"name\":\"c\"}");
  g_assert_cmpuint (count_live (db), ==, 2);
  import = begin (db);
  g_assert_cmpint (put (import, "asset:1", "{\"type\":\"asset\",\"name\":\"b\"}", NULL), ==, SP_IMPORT_UPDATED);
  g_assert_cmpuint (count_live (db), ==, 1);
  if (finished)
    return finish (import);
  sp_import_free (import);
  return NULL;
}

static void
test_undo_asks_again (Fixture *f, gconstpointer data)
{
  static const char *const more[] = { "", ",\"url\":\"u\"" };

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (SpDb) db = sp_db_open (":memory:", SP_DB_WRITE, NULL);
      g_autofree char *id = import_over_conflict (db, more[i % 2], i < 2);
      g_auto (GStrv) others = NULL;

      if (id != NULL)
        g_assert_cmpuint (undo (db, id, 0), ==, 1);
      assert_member (db, "asset:1", "name", "c");
      assert_member (db, "asset:1", "url", NULL);
      others = sp_docs_get_conflicts (db, "asset:1", NULL);
      g_assert_cmpuint (g_strv_length (others), ==, 1);
      g_assert_cmpstr (others[0], ==, "2-b");
    }
}

/* What others may have by now is not taken from them. */
static void
test_undo_leaves_what_was_merged (Fixture *f, gconstpointer data)
{
  g_autofree char *id = import_over_conflict (f->db, "", TRUE);
  g_autoptr (SpDoc) offered = get (f->db, "asset:1");

  g_assert_true (sp_docs_mark_offered (f->db, offered->seq, NULL));
  g_assert_cmpuint (undo (f->db, id, 1), ==, 0);
  assert_member (f->db, "asset:1", "name", "b");
}

static void
test_undone_may_come_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = import_one (f->db, "asset:1", ROW, SP_IMPORT_ADDED);
  g_autoptr (SpDoc) offered = get (f->db, "asset:1");
  g_autofree char *again = NULL;

  g_assert_true (sp_docs_mark_offered (f->db, offered->seq, &error));
  undo (f->db, first, 0);
  g_assert_true (is_deleted (f->db, "asset:1"));
  again = import_one (f->db, "asset:1", ROW, SP_IMPORT_ADDED);
  assert_member (f->db, "asset:1", "name", "Shed");
}

static void
test_abandoned_import_is_taken_back (Fixture *f, gconstpointer data)
{
  SpImport *import = begin (f->db);

  put (import, "asset:1", ROW, NULL);
  sp_import_free (import);
  g_assert_null (get (f->db, "asset:1"));
}

/* Between two chunks the connection is free for other writes. */
static void
test_pause (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SpImport *import = begin (f->db);

  put (import, "asset:1", ROW, NULL);
  g_assert_false (sqlite3_get_autocommit (sp_db_get_handle (f->db)));
  g_assert_true (sp_import_pause (import, &error));
  g_assert_true (sqlite3_get_autocommit (sp_db_get_handle (f->db)));
  g_free (save (f->db, "asset:1", "{\"name\":\"Meanwhile\"}"));
  put (import, "asset:2", ROW, NULL);
  g_free (finish (import));
  assert_member (f->db, "asset:1", "name", "Meanwhile");
  assert_member (f->db, "asset:2", "name", "Shed");
}

/* A program that imports until it is killed; tells when it has written enough for several chunks. */
static void
import_until_killed (const char *path, int ready)
{
  SpDb *db = sp_db_open (path, SP_DB_WRITE, NULL);
  SpImport *import = begin (db);

  for (guint i = 0;; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      put (import, id, ROW, NULL);
      if (i == 2000 && write (ready, "x", 1) != 1)
        _exit (1);
    }
}

static void
test_killed_import_is_taken_back (void)
{
  g_autofree char *folder = g_dir_make_tmp ("signpost-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = NULL;
  int ready[2];
  char byte;
  guint taken_back;
  pid_t child;

  db = sp_db_open (path, SP_DB_WRITE, NULL);
  kept = import_one (db, "asset:kept", ROW, SP_IMPORT_ADDED);
  g_clear_pointer (&db, sp_db_close);
  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0)
    import_until_killed (path, ready[1]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  db = sp_db_open (path, SP_DB_WRITE, &error);
  g_assert_true (sp_import_recover (db, &taken_back, &error));
  g_assert_cmpuint (taken_back, ==, 0); /* it still runs */
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  g_assert_true (sp_import_recover (db, &taken_back, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (taken_back, ==, 1);
  g_assert_null (get (db, "asset:0"));
  assert_member (db, "asset:kept", "name", "Shed");
}

#define ADD(name, function) g_test_add ("/import/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("editions", test_editions);
  ADD ("published-now", test_published_now);
  ADD ("placed-unpublished", test_placed_unpublished);
  ADD ("hand-corrected-stays", test_hand_corrected_stays);
  ADD ("hand-corrected-is-told", test_hand_corrected_is_told);
  ADD ("gone", test_gone);
  ADD ("memory", test_memory);
  ADD ("own-export", test_own_export);
  ADD ("deleted-and-erased-stay-away", test_deleted_and_erased_stay_away);
  ADD ("too-large", test_too_large);
  ADD ("too-deep", test_too_deep);
  ADD ("erased-members-stay-away", test_erased_members_stay_away);
  ADD ("undo-of-two-changes", test_undo_of_two_changes);
  ADD ("undo-removes-what-was-never-offered", test_undo_removes_what_was_never_offered);
  ADD ("undo-leaves-what-was-edited", test_undo_leaves_what_was_edited);
  ADD ("undo-after-offering", test_undo_after_offering);
  ADD ("undo-asks-again", test_undo_asks_again);
  ADD ("undo-leaves-what-was-merged", test_undo_leaves_what_was_merged);
  ADD ("undone-may-come-back", test_undone_may_come_back);
  ADD ("abandoned-import-is-taken-back", test_abandoned_import_is_taken_back);
  ADD ("pause", test_pause);
  g_test_add_func ("/import/killed-import-is-taken-back", test_killed_import_is_taken_back);
  return g_test_run ();
}
