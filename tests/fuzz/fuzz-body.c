/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document from outside, made into the body that is stored: what is stored means what came less the members of the
 * protocol, and stays as it is when it is read again. The first line of the input is tried as a revision too. */
#include "sp-body.h"
#include "sp-revision.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_body (const char *text, gsize size)
{
  g_auto (SpBody) body = { 0 };
  g_auto (SpBody) again = { 0 };
  g_autoptr (SpNode) stored = NULL;

  if (!sp_body_from_text (&body, text, (gssize) size, NULL))
    return;
  g_assert_cmpuint (strlen (body.json), <=, size);
  stored = sp_node_parse (body.json, -1, NULL);
  g_assert_nonnull (stored);
  g_assert_true (sp_node_equal (stored, body.node));
  g_assert_true (sp_body_from_text (&again, body.json, -1, NULL));
  g_assert_cmpstr (again.json, ==, body.json);
  for (guint i = 0; i < sp_node_get_length (stored); i++)
    g_assert_true (sp_node_get_name (stored, i)[0] != '_');
}

/* Without a value the same text is stored, under the same revision. */
static void
check_served (const char *text, gsize size)
{
  g_auto (SpBody) body = { 0 };
  g_auto (SpBody) served = { 0 };
  g_autoptr (GArray) tokens = sp_json_gate_scan (text, size, SP_JSON_MAX_BYTES, NULL);
  g_autofree char *rev = NULL;
  g_autofree char *same = NULL;

  if (tokens == NULL)
    return;
  g_assert_cmpint (sp_body_take_text (&served, text, tokens, NULL), ==, sp_body_from_text (&body, text, (gssize) size, NULL));
  g_assert_cmpstr (served.json, ==, body.json);
  if (body.json == NULL)
    return;
  rev = sp_body_make_rev (&body, "3-a", FALSE);
  same = sp_body_make_rev (&served, "3-a", FALSE);
  g_assert_cmpstr (same, ==, rev);
}

static void
check_revision (const char *text, gsize size)
{
  const char *end = memchr (text, '\n', size);
  g_autofree char *rev = g_strndup (text, end != NULL ? (gsize) (end - text) : size);
  guint32 generation;
  const char *hash;

  if (!sp_revision_parse (rev, &generation, &hash))
    return;
  g_autofree char *again = g_strdup_printf ("%u-%s", generation, hash);
  g_assert_cmpstr (again, ==, rev);
  g_assert_cmpint (sp_revision_compare (FALSE, rev, FALSE, again), ==, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size == 0)
    return 0;
  check_body ((const char *) data, size);
  check_served ((const char *) data, size);
  check_revision ((const char *) data, size);
  return 0;
}
