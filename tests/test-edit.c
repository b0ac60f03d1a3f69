/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits: what is written and what is left alone, the list of steps, and what can be rebuilt from it. */
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-edit.h"
#include "sp-history.h"
#include "sp-merge.h"
#include "sp-splice.h"

#include <string.h>

#define ID "asset:0b7e0000-0000-4000-8000-000000000001"

typedef struct
{
  SpDb *db;
  char *rev; /* owned; the newest */
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
  g_free (f->rev);
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

/* Puts a document as it came from elsewhere. */
static void
arrive (Fixture *f, const char *rev, const char *json)
{
  g_autoptr (GError) error = NULL;

  sp_docs_put_history (f->db, ID, (const char *[]){ rev, NULL }, FALSE, json, -1, NULL, &error);
  g_assert_no_error (error);
  g_free (f->rev);
  f->rev = g_strdup (rev);
}

static void
save_as (Fixture *f, const char *changes, const char *on, SpEditKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = parse (changes);
  SpEditStamp stamp = { "ann", on, kind };
  g_autofree char *parent = g_steal_pointer (&f->rev);

  sp_edit_save (f->db, ID, parent, node, &stamp, &f->rev, &error);
  g_assert_no_error (error);
}

static void
save (Fixture *f, const char *changes)
{
  save_as (f, changes, "2026-11-01T10:00:00Z", SP_EDIT_BY_PERSON);
}

static char *
get_text (Fixture *f, const char *rev)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (f->db, ID, rev, &error);

  g_assert_no_error (error);
  return g_strdup (doc->body);
}

static SpNode *
get_body (Fixture *f)
{
  g_autofree char *text = get_text (f, NULL);

  return parse (text);
}

static void
assert_member (Fixture *f, const char *member, const char *expected)
{
  g_autoptr (SpNode) body = get_body (f);
  g_autofree char *json = NULL;

  if (expected == NULL)
    {
      g_assert_null (sp_node_get (body, member));
      return;
    }
  g_assert_nonnull (sp_node_get (body, member));
  json = sp_node_to_json (sp_node_get (body, member));
  g_assert_cmpstr (json, ==, expected);
}

/* text | changes | result */
static const struct
{
  const char *text;
  const char *changes;
  const char *result;
} splices[] = {
  { "{}", "{\"a\":1}", "{\"a\":1}" },
  { "{\"a\":1}", "{\"a\":null}", "{}" },
  { "{\"a\":1,\"b\":2,\"c\":3}", "{\"b\":null}", "{\"a\":1,\"c\":3}" },
  { "{\"a\":1,\"b\":2,\"c\":3}", "{\"b\":\"x\",\"d\":[4]}", "{\"a\":1,\"b\":\"x\",\"c\":3,\"d\":[4]}" },
  { "{\"a\":1}", "{\"z\":null}", "{\"a\":1}" },
  { "{\"a\":1.50,\"b\":\"\\u00e9\\/\",\"c\":12345678901234567890}", "{\"a\":2}", "{\"a\":2,\"b\":\"\\u00e9\\/\",\"c\":12345678901234567890}" },
  { "{\"caf\\u00e9\":1,\"b\":2}", "{\"café\":3}", "{\"café\":3,\"b\":2}" },
  { "{\"a\\\"b\":1,\"c.d\":2}", "{\"a\\\"b\":null,\"c.d\":3}", "{\"c.d\":3}" },
  { "{\"a\":{\"b\":1},\"b\":[{\"a\":\"}\"}]}", "{\"a\":null}", "{\"b\":[{\"a\":\"}\"}]}" },
  { "{\"x\":null,\"a\":1}", "{\"a\":2}", "{\"x\":null,\"a\":2}" },
};

static void
test_splice (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (splices); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SpNode) changes = parse (splices[i].changes);
      g_autofree char *result = sp_splice_members (splices[i].text, changes, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (result, ==, splices[i].result);
    }
}

static void
test_splice_refused (void)
{
  g_autoptr (SpNode) changes = parse ("{\"a\":1}");
  g_autoptr (GError) error = NULL;

  g_assert_null (sp_splice_members ("[1]", changes, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
  g_clear_error (&error);
  g_assert_null (sp_splice_members ("{\"a\":01}", changes, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
}

#define ODD "\"odd\":\"\\u00e9\\/\\ud83d\\ude00\",\"big\":12345678901234567890,\"exact\":1.50E+2,\"new\":{\"b\":1,\"a\":[null,{}]}"

/* What an edit does not change keeps its bytes: odd escapes, large integers, the order of members. */
static void
test_bytes (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  arrive (f, "1-a", "{\"type\":\"asset\",\"name\":\"x\"," ODD ",\"url\":\"u\"}");
  save (f, "{\"name\":\"y\",\"url\":null}");
  text = get_text (f, NULL);
  g_assert_cmpstr (text, ==, "{\"type\":\"asset\",\"name\":\"y\"," ODD ",\"modified\":{\"on\":\"2026-11-01T10:00:00Z\",\"by\":\"ann\"},"
                             "\"edit\":[{\"from\":\"1-a\",\"by\":\"ann\",\"on\":\"2026-11-01T10:00:00Z\",\"was\":{\"name\":\"x\",\"url\":\"u\"}}]}");
}

static void
test_new (Fixture *f, gconstpointer data)
{
  save (f, "{\"type\":\"asset\",\"name\":\"x\",\"url\":null}");
  assert_member (f, "name", "\"x\"");
  assert_member (f, "url", NULL);
  assert_member (f, "created", "{\"on\":\"2026-11-01T10:00:00Z\",\"by\":\"ann\"}");
  assert_member (f, "modified", "{\"on\":\"2026-11-01T10:00:00Z\",\"by\":\"ann\"}");
  assert_member (f, "edit", NULL);
  save (f, "{\"url\":\"u\"}");
  assert_member (f, "url", "\"u\"");
  g_assert_true (g_str_has_prefix (f->rev, "2-"));
}

static void
test_new_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (SpNode) changes = parse ("{\"type\":\"asset\"}");
  SpEditStamp stamp = { "ann", "2026-11-01T10:00:00Z", SP_EDIT_BY_PERSON };
  g_autoptr (GError) error = NULL;

  save (f, "{\"type\":\"asset\",\"name\":\"x\"}");
  g_assert_false (sp_edit_save (f->db, ID, NULL, changes, &stamp, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
}

static void
test_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;

  save (f, "{\"type\":\"asset\",\"name\":\"x\",\"free\":true}");
  sp_db_watch_changes (f->db);
  rev = g_strdup (f->rev);
  save (f, "{\"name\":\"x\",\"url\":null}");
  g_assert_cmpstr (f->rev, ==, rev);
  g_autoptr (GPtrArray) changes = sp_db_take_changes (f->db);
  g_assert_cmpuint (changes->len, ==, 0);
}

static void
test_stale (Fixture *f, gconstpointer data)
{
  g_autoptr (SpNode) changes = parse ("{\"name\":\"z\"}");
  SpEditStamp stamp = { "bob", "2026-11-01T10:00:00Z", SP_EDIT_BY_PERSON };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;

  arrive (f, "1-a", "{\"type\":\"asset\",\"name\":\"x\"}");
  save (f, "{\"name\":\"y\"}");
  before = get_text (f, NULL);
  g_assert_false (sp_edit_save (f->db, ID, "1-a", changes, &stamp, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (sp_edit_save (f->db, "asset:unknown", "1-a", changes, &stamp, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_autofree char *after = get_text (f, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* A refused edit costs neither the transaction around it nor what was written in it before. */
static void
test_stale_in_batch (Fixture *f, gconstpointer data)
{
  g_autoptr (SpNode) changes = parse ("{\"name\":\"z\"}");
  SpEditStamp stamp = { "bob", "2026-11-01T10:00:00Z", SP_EDIT_BY_PERSON };

  g_assert_true (sp_db_begin (f->db, NULL));
  save (f, "{\"type\":\"asset\",\"name\":\"x\"}");
  g_assert_false (sp_edit_save (f->db, ID, "7-none", changes, &stamp, NULL, NULL));
  save (f, "{\"name\":\"y\"}");
  g_assert_true (sp_db_commit (f->db, NULL));
  assert_member (f, "name", "\"y\"");
}

static void
test_steps (Fixture *f, gconstpointer data)
{
  g_autoptr (SpNode) body = NULL;
  const SpNode *list;
  g_auto (GStrv) path = NULL;

  save (f, "{\"type\":\"asset\",\"free\":false}");
  for (guint i = 0; i < 11; i++)
    {
      g_autofree char *changes = g_strdup_printf ("{\"name\":\"n%u\"}", i);
      save (f, changes);
    }
  body = get_body (f);
  list = sp_node_get (body, "edit");
  g_assert_cmpuint (sp_node_get_length (list), ==, SP_EDIT_LIST_MAX_STEPS);
  path = sp_docs_get_revisions (f->db, ID, f->rev, NULL);
  g_assert_cmpuint (sp_edit_list_count (list, (const char * const *) path), ==, SP_EDIT_LIST_MAX_STEPS);
  for (guint i = 0; i < SP_EDIT_LIST_MAX_STEPS; i++)
    {
      g_autofree char *old = g_strdup_printf ("n%u", 9 - i);
      const SpNode *step = sp_node_get_element (list, i);
      g_assert_cmpstr (sp_node_get_text (step, "from"), ==, path[i + 1]);
      g_assert_cmpstr (sp_node_get_text (sp_node_get (step, "was"), "name"), ==, old);
    }
}

static char *
text_of (gsize length)
{
  char *text = g_malloc (length + 1);

  memset (text, 'x', length);
  text[length] = '\0';
  return text;
}

/* The list stays within its bytes; a step too large by itself is stored without old values, and the chain ends there. */
static void
test_steps_large (Fixture *f, gconstpointer data)
{
  g_autofree char *large = text_of (1500), *huge = text_of (5000);
  g_autofree char *first = g_strdup_printf ("{\"type\":\"asset\",\"description\":\"%s\"}", large);
  g_autofree char *second = g_strdup_printf ("{\"description\":\"%sy\"}", large);
  g_autofree char *third = g_strdup_printf ("{\"description\":\"%s\"}", huge);
  g_autoptr (SpNode) body = NULL;
  g_autoptr (SpNode) last = NULL;
  g_autofree char *json = NULL;

  save (f, first);
  for (guint i = 0; i < 4; i++)
    {
      save (f, second);
      save (f, first);
    }
  save (f, third);
  body = get_body (f);
  json = sp_node_to_json (sp_node_get (body, "edit"));
  g_assert_cmpuint (strlen (json), <=, SP_EDIT_LIST_MAX_BYTES);
  g_assert_cmpuint (sp_node_get_length (sp_node_get (body, "edit")), ==, 2);
  save (f, "{\"description\":\"short\"}");
  last = get_body (f);
  g_assert_null (sp_node_get (sp_node_get_path (last, "edit.1"), "was"));
  g_assert_cmpstr (sp_node_get_text (sp_node_get_path (last, "edit.1"), "by"), ==, "ann");
  g_auto (GStrv) path = sp_docs_get_revisions (f->db, ID, f->rev, NULL);
  g_assert_null (sp_edit_list_rebuild (last, (const char * const *) path, path[1]));
}

/* Another program's edit leaves an old list behind: it counts for nothing. */
static void
test_steps_foreign (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *foreign = NULL;
  g_autofree char *parent = NULL;
  g_autoptr (SpNode) body = NULL;
  g_auto (GStrv) path = NULL;

  save (f, "{\"type\":\"asset\",\"name\":\"x\"}");
  save (f, "{\"name\":\"y\"}");
  text = get_text (f, NULL);
  parent = g_steal_pointer (&f->rev);
  foreign = g_strconcat ("3-", "feed", NULL);
  g_assert_true (sp_docs_put_history (f->db, ID, (const char *[]){ foreign, parent, NULL }, FALSE, text, -1, NULL, NULL));
  body = get_body (f);
  path = sp_docs_get_revisions (f->db, ID, foreign, NULL);
  g_assert_cmpuint (sp_node_get_length (sp_node_get (body, "edit")), ==, 1);
  g_assert_cmpuint (sp_edit_list_count (sp_node_get (body, "edit"), (const char * const *) path), ==, 0);
  g_assert_null (sp_edit_list_rebuild (body, (const char * const *) path, parent));
}

/* The base that is kept and the one that is rebuilt have the same members, for every ancestor the list reaches. */
/* A merge that took an erasure over, and had no room for what else it changed: nobody knows what was before. */
static void
test_rebuild_merged (void)
{
  const char *path[] = { "3-c", "2-b", "1-a", NULL };
  g_autoptr (SpNode) erasure = sp_node_parse ("{\"edit\":[{\"from\":\"2-b\",\"erased\":[\"contacts\"]}],\"name\":\"x\"}", -1, NULL);
  g_autoptr (SpNode) merge = sp_node_parse ("{\"edit\":[{\"from\":\"2-b\",\"merged\":[\"2-a\"],\"erased\":[\"contacts\"]}],"
                                            "\"name\":\"x\"}", -1, NULL);
  g_autoptr (SpNode) before = sp_edit_list_rebuild (erasure, path, "2-b");

  g_assert_nonnull (before);
  g_assert_null (sp_edit_list_rebuild (merge, path, "2-b"));
}

static void
test_rebuild (Fixture *f, gconstpointer data)
{
  static const char * const edits[] = {
    "{\"name\":\"b\",\"url\":\"u\"}", "{\"url\":null,\"free\":true}", "{\"contacts\":[{\"id\":\"c\",\"phone\":\"1\"}]}",
    "{\"contacts\":[{\"id\":\"c\",\"phone\":\"2\"}],\"name\":\"c\"}", "{\"contacts\":null}", "{\"url\":\"v\",\"costs\":[]}",
  };
  g_autoptr (SpNode) newest = NULL;
  g_auto (GStrv) path = NULL;

  save (f, "{\"type\":\"asset\",\"name\":\"a\"}");
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    save (f, edits[i]);
  newest = get_body (f);
  path = sp_docs_get_revisions (f->db, ID, f->rev, NULL);
  g_assert_cmpuint (g_strv_length (path), ==, G_N_ELEMENTS (edits) + 1);
  for (guint i = 1; path[i] != NULL; i++)
    {
      g_autoptr (SpNode) rebuilt = sp_edit_list_rebuild (newest, (const char * const *) path, path[i]);
      g_autofree char *text = get_text (f, path[i]);
      g_autoptr (SpNode) kept = parse (text);

      sp_node_remove (kept, "edit");
      sp_node_remove (kept, "modified");
      g_assert_true (sp_node_equal (rebuilt, kept));
    }
}

static void
test_hand_corrected (Fixture *f, gconstpointer data)
{
  arrive (f, "1-a", "{\"type\":\"asset\",\"name\":\"x\",\"source\":{\"feed\":\"f\",\"row\":\"1\"}}");
  save_as (f, "{\"name\":\"imported\"}", "1", SP_EDIT_BY_PROGRAM);
  assert_member (f, "source", "{\"feed\":\"f\",\"row\":\"1\"}");
  save_as (f, "{\"url\":\"u\",\"checked\":{\"cost\":{\"on\":\"1\"}}}", "2", SP_EDIT_BY_PERSON);
  assert_member (f, "source", "{\"feed\":\"f\",\"row\":\"1\",\"hand_corrected\":[\"url\"]}");
  save_as (f, "{\"url\":\"v\"}", "3", SP_EDIT_BY_PERSON);
  assert_member (f, "source", "{\"feed\":\"f\",\"row\":\"1\",\"hand_corrected\":[\"url\"]}");
  save_as (f, "{\"name\":\"by hand\",\"url\":null}", "4", SP_EDIT_BY_PERSON);
  assert_member (f, "source", "{\"feed\":\"f\",\"row\":\"1\",\"hand_corrected\":[\"name\",\"url\"]}");
}

static void
test_hand_corrected_own (Fixture *f, gconstpointer data)
{
  save (f, "{\"type\":\"asset\",\"name\":\"x\"}");
  save (f, "{\"name\":\"y\"}");
  assert_member (f, "source", NULL);
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  SpEditStamp stamp = { "bob", "2026-11-02T10:00:00Z", SP_EDIT_BY_PERSON };
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = NULL;

  save (f, "{\"type\":\"asset\",\"name\":\"x\"}");
  g_assert_true (sp_edit_delete (f->db, ID, f->rev, &stamp, &rev, &error));
  g_assert_no_error (error);
  g_autoptr (SpDoc) doc = sp_docs_get (f->db, ID, NULL, NULL);
  g_assert_true (doc->deleted);
  g_assert_cmpstr (doc->body, ==, "{\"type\":\"asset\",\"modified\":{\"on\":\"2026-11-02T10:00:00Z\",\"by\":\"bob\"}}");
  g_assert_false (sp_edit_delete (f->db, ID, rev, &stamp, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (sp_edit_delete (f->db, ID, f->rev, &stamp, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
}

/* A deleted document goes on from its tombstone. */
static void
test_delete_and_back (Fixture *f, gconstpointer data)
{
  SpEditStamp stamp = { "bob", "2026-11-02T10:00:00Z", SP_EDIT_BY_PERSON };
  g_autofree char *tombstone = NULL;

  save (f, "{\"type\":\"asset\",\"name\":\"x\"}");
  g_assert_true (sp_edit_delete (f->db, ID, f->rev, &stamp, &tombstone, NULL));
  g_clear_pointer (&f->rev, g_free);
  save (f, "{\"type\":\"asset\",\"name\":\"again\"}");
  g_assert_true (g_str_has_prefix (f->rev, "3-"));
  g_clear_pointer (&tombstone, g_free);
  g_assert_true (sp_edit_delete (f->db, ID, f->rev, &stamp, &tombstone, NULL));
  g_free (f->rev);
  f->rev = g_steal_pointer (&tombstone);
  save (f, "{\"type\":\"asset\",\"name\":\"once more\"}");
  g_assert_true (g_str_has_prefix (f->rev, "5-"));
}

static void
test_written (Fixture *f, gconstpointer data)
{
  g_autofree char *none = NULL;
  g_autofree char *rev = NULL;

  arrive (f, "1-a", "{\"type\":\"asset\",\"name\":\"x\"}");
  none = sp_edit_get_written (f->db, ID, NULL);
  g_assert_null (none);
  save (f, "{\"name\":\"y\"}");
  rev = sp_edit_get_written (f->db, ID, NULL);
  g_assert_cmpstr (rev, ==, f->rev);
}

/* --- what stays, and for how long --- */

#define DAY (24 * 60 * 60)

static guint
count_versions (Fixture *f, const char *why)
{
  g_autoptr (GPtrArray) versions = sp_history_get (f->db, ID, NULL);
  guint count = 0;

  for (guint i = 0; i < versions->len; i++)
    count += g_strcmp0 (((SpVersion *) g_ptr_array_index (versions, i))->why, why) == 0;
  return count;
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gint64
newest_seq (Fixture *f)
{
  g_autoptr (SpDoc) doc = sp_docs_get (f->db, ID, NULL, NULL);

  return doc->seq;
}

static void
test_history (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) versions = NULL;
  const SpVersion *version;

  save (f, "{\"type\":\"asset\",\"name\":\"a\"}");
  save (f, "{\"name\":\"b\"}");
  save (f, "{\"name\":\"c\"}");
  g_assert_true (sp_docs_compact (f->db, NULL, NULL)); /* what is kept survives it */
  versions = sp_history_get (f->db, ID, NULL);
  g_assert_cmpuint (versions->len, ==, 2);
  version = g_ptr_array_index (versions, 0);
  g_assert_true (g_str_has_prefix (version->rev, "2-"));
  g_assert_cmpstr (version->why, ==, "base");
  g_assert_nonnull (strstr (version->body, "\"name\":\"b\""));
}

static void
test_history_at_most (Fixture *f, gconstpointer data)
{
  save (f, "{\"type\":\"asset\",\"name\":\"a\"}");
  for (guint i = 0; i < SP_HISTORY_MAX_BODIES + 5; i++)
    {
      g_autofree char *changes = g_strdup_printf ("{\"name\":\"n%u\"}", i);
      save (f, changes);
    }
  g_assert_cmpuint (count_versions (f, "base"), ==, SP_HISTORY_MAX_BODIES);
  g_autoptr (GPtrArray) versions = sp_history_get (f->db, ID, NULL);
  g_autofree char *newest = g_strdup_printf ("%d-", SP_HISTORY_MAX_BODIES + 5);
  g_assert_true (g_str_has_prefix (((SpVersion *) g_ptr_array_index (versions, 0))->rev, newest));
}

static void
test_history_without_peers (Fixture *f, gconstpointer data)
{
  save (f, "{\"type\":\"asset\",\"name\":\"a\"}");
  save (f, "{\"name\":\"b\"}");
  g_assert_true (sp_history_expire (f->db, now () + 89 * DAY, NULL));
  g_assert_cmpuint (count_versions (f, "base"), ==, 1);
  g_assert_true (sp_history_expire (f->db, now () + 91 * DAY, NULL));
  g_assert_cmpuint (count_versions (f, "base"), ==, 0);
  assert_member (f, "name", "\"b\"");
}

/* Kept as long as one peer lacks what followed, and 90 days from when the last had it. */
static void
test_history_with_peers (Fixture *f, gconstpointer data)
{
  gint64 start = now ();

  g_assert_true (sp_history_set_peer (f->db, "one", 0, start, NULL));
  g_assert_true (sp_history_set_peer (f->db, "two", 0, start, NULL));
  save (f, "{\"type\":\"asset\",\"name\":\"a\"}");
  save (f, "{\"name\":\"b\"}");
  g_assert_true (sp_history_set_peer (f->db, "one", newest_seq (f), start + 10 * DAY, NULL));
  g_assert_true (sp_history_expire (f->db, start + 1000 * DAY, NULL));
  g_assert_cmpuint (count_versions (f, "base"), ==, 1);
  g_assert_true (sp_history_set_peer (f->db, "two", newest_seq (f), start + 1000 * DAY, NULL));
  g_assert_true (sp_history_set_peer (f->db, "two", 0, start + 1001 * DAY, NULL)); /* never goes back */
  g_assert_true (sp_history_expire (f->db, start + 1089 * DAY, NULL));
  g_assert_cmpuint (count_versions (f, "base"), ==, 1);
  g_assert_true (sp_history_expire (f->db, start + 1090 * DAY, NULL));
  g_assert_cmpuint (count_versions (f, "base"), ==, 0);
}

static void
test_history_forget_peer (Fixture *f, gconstpointer data)
{
  gint64 start = now ();

  g_assert_true (sp_history_set_peer (f->db, "one", 0, start, NULL));
  save (f, "{\"type\":\"asset\",\"name\":\"a\"}");
  save (f, "{\"name\":\"b\"}");
  g_assert_true (sp_history_forget_peer (f->db, "one", start + 200 * DAY, NULL));
  g_assert_true (sp_history_expire (f->db, start + 289 * DAY, NULL));
  g_assert_cmpuint (count_versions (f, "base"), ==, 1);
  g_assert_true (sp_history_expire (f->db, start + 290 * DAY, NULL));
  g_assert_cmpuint (count_versions (f, "base"), ==, 0);
}

#define ADD(path, func) g_test_add ("/edit/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/edit/rebuild-merged", test_rebuild_merged);
  g_test_add_func ("/edit/splice", test_splice);
  g_test_add_func ("/edit/splice-refused", test_splice_refused);
  ADD ("bytes", test_bytes);
  ADD ("new", test_new);
  ADD ("new-twice", test_new_twice);
  ADD ("nothing", test_nothing);
  ADD ("stale", test_stale);
  ADD ("stale-in-batch", test_stale_in_batch);
  ADD ("steps", test_steps);
  ADD ("steps-large", test_steps_large);
  ADD ("steps-foreign", test_steps_foreign);
  ADD ("rebuild", test_rebuild);
  ADD ("hand-corrected", test_hand_corrected);
  ADD ("hand-corrected-own", test_hand_corrected_own);
  ADD ("delete", test_delete);
  ADD ("delete-and-back", test_delete_and_back);
  ADD ("written", test_written);
  ADD ("history", test_history);
  ADD ("history-at-most", test_history_at_most);
  ADD ("history-without-peers", test_history_without_peers);
  ADD ("history-with-peers", test_history_with_peers);
  ADD ("history-forget-peer", test_history_forget_peer);
  return g_test_run ();
}
