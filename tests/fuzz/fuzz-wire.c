/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a document that travels: it is refused with a sentence, or it has an id or none, and a path of revisions
 * that goes down one by one. What is made out of a refused one can be said aloud. */
#include "sp-wire-name.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* As a new version: what has no sense counts as absent, but for members that only the protocol may have. */
static void
check_edit (const char *json, gsize size)
{
  g_auto (SpWireHead) head = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tokens = sp_json_gate_scan (json, size, SP_JSON_MAX_BYTES, NULL);

  if (tokens == NULL)
    return;
  g_assert_cmpint (sp_wire_read_edit (json, tokens, &head, &error), ==, error == NULL);
  g_assert_true (head.revisions == NULL || g_strv_length (head.revisions) == 1);
  g_assert_true (head.type == NULL || head.has_type);
}

static void
check_name (const char *json, gsize size)
{
  g_auto (SpWireHead) head = { 0 };
  g_autoptr (GError) error = g_error_new_literal (SP_ERROR, SP_ERROR_PARSE, "whatever it is");

  sp_wire_name_refused (json, size, &head, &error);
  g_assert_nonnull (error);
  g_assert_true (head.id == NULL || g_utf8_validate (head.id, -1, NULL));
  g_assert_true (head.revisions == NULL || (g_strv_length (head.revisions) == 1 && g_utf8_validate (head.revisions[0], -1, NULL)));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (SpWireHead) head = { 0 };
  g_autoptr (GError) error = NULL;

  check_edit ((const char *) data, size);
  check_name ((const char *) data, size);
  if (!sp_wire_read_head ((const char *) data, size, &head, &error))
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), >, 0);
      return 0;
    }
  g_assert_nonnull (head.revisions[0]);
  g_assert_cmpuint (g_strv_length (head.revisions), <=, SP_WIRE_MAX_REVISIONS);
  return 0;
}
