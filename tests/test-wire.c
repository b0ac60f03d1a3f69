/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents as they travel: what is read of their head, and what is refused. */
#include "sp-wire.h"

#include <string.h>

static char *
read_path (const char *json)
{
  g_auto (SpWireHead) head = { 0 };
  g_autoptr (GError) error = NULL;

  if (!sp_wire_read_head (json, strlen (json), &head, &error))
    return g_strdup (error->message);
  return g_strjoinv (" ", head.revisions);
}

#define assert_path(json, expected) G_STMT_START { \
  g_autofree char *path_ = read_path (json); g_assert_cmpstr (path_, ==, expected); } G_STMT_END

static void
test_paths (void)
{
  assert_path ("{\"_rev\":\"3-c\",\"_revisions\":{\"start\":3,\"ids\":[\"c\",\"b\",\"a\"]}}", "3-c 2-b 1-a");
  assert_path ("{\"_revisions\":{\"ids\":[\"c\"],\"start\":9}}", "9-c");
  assert_path ("{\"_rev\":\"3-c\",\"_revisions\":{\"start\":2,\"ids\":[\"c\",\"a\"]}}", "2-c 1-a");
  assert_path ("{\"a\":{\"_rev\":\"7-z\"},\"_rev\":\"1-a\"}", "1-a");
}

static void
test_refused (void)
{
  assert_path ("{}", "The document has neither _rev nor _revisions");
  assert_path ("[]", "A document must be an object");
  assert_path ("{\"_rev\":7}", "_rev is not a text");
  assert_path ("{\"_id\":null,\"_rev\":\"1-a\"}", "_id is not a text");
  assert_path ("{\"_revisions\":[]}", "_revisions is not an object");
  assert_path ("{\"_revisions\":{\"start\":1}}", "_revisions has no start or no ids");
  assert_path ("{\"_revisions\":{\"start\":1,\"ids\":[]}}", "_revisions has no ids");
}

/* What is read of a new version: its id, its parent, "deleted", type and state; then what is wrong with it. */
static char *
read_edit (const char *json)
{
  g_auto (SpWireHead) head = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tokens = sp_json_gate_scan (json, strlen (json), SP_JSON_MAX_BYTES, &error);

  g_assert_no_error (error);
  sp_wire_read_edit (json, tokens, &head, &error);
  return g_strdup_printf ("%s %s %s %s%s %s%s%s", head.id, head.revisions != NULL ? head.revisions[0] : "-", head.deleted ? "deleted" : "live",
                          head.has_type ? "" : "no ", head.type != NULL ? head.type : "type", head.state != NULL ? head.state : "-",
                          error != NULL ? ": " : "", error != NULL ? error->message : "");
}

#define assert_edit(json, expected) G_STMT_START { \
  g_autofree char *edit_ = read_edit (json); g_assert_cmpstr (edit_, ==, expected); } G_STMT_END

static void
test_edits (void)
{
  assert_edit ("{\"_id\":\"a\",\"_rev\":\"1-b\",\"type\":\"asset\",\"state\":\"proposed\",\"x\":{\"_id\":\"z\",\"type\":7}}", "a 1-b live asset proposed");
  assert_edit ("{\"_id\":\"\\u00e9\",\"_deleted\":true,\"_revs_info\":[],\"_conflicts\":[]}", "é - deleted no type -");
  assert_edit ("{\"_id\":123,\"_rev\":\"1-b\"}", "(null) 1-b live no type -: _id is not a text");
  assert_edit ("{\"_id\":\"a\",\"_rev\":7,\"_deleted\":1,\"type\":null,\"state\":{}}", "a - live type -");
  assert_edit ("{\"_own\":1,\"_id\":\"a\",\"_attachments\":{\"b\":{}}}", "a - live no type -: Bad special document member: _own");
  assert_edit ("{\"_attachments\":{},\"_id\":\"a\"}", "a - live no type -");
  assert_edit ("{\"_attachments\":[],\"_id\":\"a\",\"_own\":1}",
               "a - live no type -: Attachments are not kept: put the file elsewhere and its address in the entry");
}

/* `_revisions` of @n ids of @length characters from generation @start. */
static char *
make_history (guint n, guint length, guint start)
{
  GString *out = g_string_new ("{\"_revisions\":{\"ids\":[");
  g_autofree char *id = g_strnfill (length, 'a');

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", id);
  g_string_append_printf (out, "],\"start\":%u}}", start);
  return g_string_free (out, FALSE);
}

static void
check_history (guint n, guint length, guint start, gboolean good)
{
  g_autofree char *json = make_history (n, length, start);
  g_auto (SpWireHead) head = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sp_wire_read_head (json, strlen (json), &head, &error), ==, good);
  if (good)
    g_assert_cmpuint (g_strv_length (head.revisions), ==, MIN (n, SP_WIRE_MAX_REVISIONS));
  else
    g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

static void
test_bounds (void)
{
  check_history (1000, 64, 1000, TRUE);
  check_history (5000, 64, 5000, TRUE); /* only the newest are read */
  check_history (1001, 64, 999, FALSE);
  check_history (2, 65, 2, FALSE);
  check_history (3, 32, 2, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/paths", test_paths);
  g_test_add_func ("/wire/refused", test_refused);
  g_test_add_func ("/wire/edits", test_edits);
  g_test_add_func ("/wire/bounds", test_bounds);
  return g_test_run ();
}
