/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Replicas of one document, in memory, that exchange it in any order. */

#include "sp-docs.h"
#include "sp-edit.h"
#include "sp-history.h"
#include "sp-resolve.h"
#include "sp-settle.h"

#include <string.h>

#define ID "asset:0b7e0000-0000-4000-8000-000000000001"

G_GNUC_UNUSED static SpNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (text, -1, &error);

  if (node == NULL)
    g_error ("%s: %s", text, error->message);
  return node;
}

G_GNUC_UNUSED static SpDb *
new_replica (void)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (":memory:", SP_DB_WRITE, &error);

  g_assert_no_error (error);
  return db;
}

G_GNUC_UNUSED static char *
save (SpDb *db, const char *parent, const char *changes, const char *by, const char *on)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = parse (changes);
  SpEditStamp stamp = { by, on, SP_EDIT_BY_PERSON };
  char *rev = NULL;

  sp_edit_save (db, ID, parent, node, &stamp, &rev, &error);
  g_assert_no_error (error);
  return rev;
}

G_GNUC_UNUSED static void
put (SpDb *db, const char *json, const char *rev, const char *parent)
{
  g_autoptr (GError) error = NULL;

  sp_docs_put_history (db, ID, (const char *[]){ rev, parent, NULL }, FALSE, json, -1, NULL, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static SpSettled
settle (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  SpSettled result;

  sp_settle_document (db, ID, &result, &error);
  g_assert_no_error (error);
  return result;
}

/* Brings all leaves of the document from one replica to the other, in the order of @random. */
G_GNUC_UNUSED static void
replicate (SpDb *from, SpDb *to, GRand *random)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (from, ID, NULL);

  for (guint i = leaves != NULL ? leaves->len : 0; i > 0; i--)
    {
      guint k = random != NULL ? (guint) g_rand_int_range (random, 0, (gint32) i) : i - 1;
      g_autoptr (SpDoc) leaf = g_ptr_array_steal_index (leaves, k);
      g_auto (GStrv) path = sp_docs_get_revisions (from, ID, leaf->rev, NULL);
      g_autoptr (GError) error = NULL;

      sp_docs_put_history (to, ID, (const char * const *) path, leaf->deleted, leaf->body, -1, NULL, &error);
      g_assert_no_error (error);
    }
}

/* Every leaf with its bytes, the winner first. */
G_GNUC_UNUSED static char *
describe (SpDb *db)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, ID, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      g_string_append_printf (text, "%s %d %s\n", leaf->rev, leaf->deleted, leaf->body);
    }
  return g_string_free (text, FALSE);
}

G_GNUC_UNUSED static void
assert_same (SpDb *a, SpDb *b)
{
  g_autofree char *first = describe (a), *second = describe (b);

  g_assert_cmpstr (first, ==, second);
}

G_GNUC_UNUSED static guint
count_live (SpDb *db)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, ID, NULL);
  guint live = 0;

  for (guint i = 0; i < leaves->len; i++)
    live += !((SpDoc *) g_ptr_array_index (leaves, i))->deleted;
  return live;
}

G_GNUC_UNUSED static SpNode *
get_winner (SpDb *db)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, ID, NULL, NULL);

  return parse (doc->body);
}

G_GNUC_UNUSED static void
assert_text (SpDb *db, const char *path, const char *expected)
{
  g_autoptr (SpNode) body = get_winner (db);

  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (body, path)), ==, expected);
}

#define ON "2026-11-01T10:00:00Z"
#define LATER "2026-11-02T10:00:00Z"

/* Two replicas of one document; each edits it without knowing of the other. */
G_GNUC_UNUSED static void
part (SpDb *a, SpDb *b, const char *body, const char *in_a, const char *in_b)
{
  g_autofree char *root = save (a, NULL, body, "ann", ON);

  replicate (a, b, NULL);
  g_free (save (a, root, in_a, "ann", ON));
  g_free (save (b, root, in_b, "bob", LATER));
}
