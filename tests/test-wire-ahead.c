/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that are taken apart ahead of the writer: each once and in its order, however many they are and whoever reads
 * them, with what is wrong with each; and an end at any time. */
#include "sp-wire-ahead.h"

#include <string.h>

#define MANY 3000 /* more than may be read ahead */

/* @n documents, of which every seventh is none; every fifth says nothing. */
static GPtrArray *
make_documents (guint n)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    if (i % 5 == 4)
      g_ptr_array_add (documents, NULL);
    else
      g_ptr_array_add (documents, g_strdup_printf (i % 7 == 6 ? "{\"_id\":\"asset:%u\"" : "{\"_id\":\"asset:%u\",\"_rev\":\"1-a\",\"type\":\"asset\",\"name\":\"%u\"}", i, i));
  return documents;
}

static SpWireText *
list_texts (GPtrArray *documents)
{
  SpWireText *texts = g_new0 (SpWireText, documents->len);

  for (guint i = 0; i < documents->len; i++)
    if (documents->pdata[i] != NULL)
      texts[i] = (SpWireText){ documents->pdata[i], strlen (documents->pdata[i]) };
  return texts;
}

static void
check_document (const SpWireDocument *document, guint i, SpWireKind kind)
{
  g_autofree char *id = g_strdup_printf ("asset:%u", i);
  g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"%u\"}", i);

  if (i % 5 == 4)
    g_assert_true (document->head.id == NULL && document->error == NULL && document->body.json == NULL);
  else if (i % 7 == 6)
    g_assert_error (document->error, SP_ERROR, SP_ERROR_PARSE);
  else
    {
      g_assert_no_error (document->error);
      g_assert_cmpstr (document->head.id, ==, id);
      g_assert_cmpstr (document->head.type, ==, "asset");
      g_assert_cmpstr (document->body.json, ==, json);
      g_assert_cmpint (document->body.node != NULL, ==, kind == SP_WIRE_ARRIVALS);
      g_assert_cmpint (document->body.text != NULL, ==, kind == SP_WIRE_ARRIVALS);
      g_assert_cmpint (document->body.rev != NULL, ==, kind == SP_WIRE_EDITS);
      g_assert_false (document->may_erase);
    }
}

/* Takes the first @taken of @n; with @slow the thread comes first. */
static void
take (guint n, guint taken, SpWireKind kind, gboolean slow)
{
  g_autoptr (GPtrArray) documents = make_documents (n);
  g_autofree SpWireText *texts = list_texts (documents);
  g_autoptr (SpWireAhead) ahead = sp_wire_ahead_new (texts, n, kind);

  for (guint i = 0; i < taken; i++)
    {
      if (slow && i % 64 == 0)
        g_usleep (500);
      check_document (sp_wire_ahead_next (ahead), i, kind);
    }
}

static void
test_all (void)
{
  static const guint counts[] = { 0, 1, 7, 8, 16, 17, 100, 1024, MANY };

  for (SpWireKind kind = SP_WIRE_ARRIVALS; kind <= SP_WIRE_EDITS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
      {
        take (counts[i], counts[i], kind, FALSE);
        take (counts[i], counts[i], kind, TRUE);
      }
}

/* What was not taken is not waited for: its text may go at once. */
static void
test_stop (void)
{
  for (guint taken = 0; taken <= 200; taken++)
    take (MANY, taken, SP_WIRE_ARRIVALS, taken % 2 == 1);
}

/* What tells of an erasure, by a name or a value that reads so. */
static void
test_may_erase (void)
{
  static const struct { const char *json; gboolean may; } cases[] = {
    { "{\"_id\":\"a\",\"_deleted\":true,\"erased\":true}", TRUE },
    { "{\"_id\":\"a\",\"edit\":[{\"merged\":[\"2-a\"]}]}", TRUE },
    { "{\"_id\":\"a\",\"name\":\"erased\"}", TRUE },
    { "{\"_id\":\"a\",\"name\":\"it was erased\",\"unerased\":1}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SpWireText text = { cases[i].json, strlen (cases[i].json) };
      g_autoptr (SpWireAhead) ahead = sp_wire_ahead_new (&text, 1, SP_WIRE_EDITS);

      g_assert_cmpint (sp_wire_ahead_next (ahead)->may_erase, ==, cases[i].may);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire-ahead/all", test_all);
  g_test_add_func ("/wire-ahead/stop", test_stop);
  g_test_add_func ("/wire-ahead/may-erase", test_may_erase);
  return g_test_run ();
}
