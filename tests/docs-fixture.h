/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A store in memory, and short words for what the tests of documents do with it. */

#include "sp-docs.h"
#include "sp-revision.h"

#include <string.h>

typedef struct
{
  SpDb *db;
} Fixture;

G_GNUC_UNUSED static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->db = sp_db_open (":memory:", SP_DB_WRITE, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, sp_db_close);
}

G_GNUC_UNUSED static gboolean
try_put (SpDb *db, const char *id, const char *parent, gboolean deleted, const char *json, char **rev, GError **error)
{
  g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);

  g_assert_nonnull (body);
  return sp_docs_put (db, id, parent, deleted, body, rev, error);
}

/* Writes @json below @parent and gives the revision. */
G_GNUC_UNUSED static char *
put (SpDb *db, const char *id, const char *parent, const char *json)
{
  g_autoptr (GError) error = NULL;
  char *rev = NULL;

  g_assert_true (try_put (db, id, parent, FALSE, json, &rev, &error));
  g_assert_no_error (error);
  return rev;
}

G_GNUC_UNUSED static char *
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
G_GNUC_UNUSED static gboolean
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
G_GNUC_UNUSED static char *
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

G_GNUC_UNUSED static char *
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

G_GNUC_UNUSED static gint64
query_number (SpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (sp_db_step (db, stmt, &has_row, &error));
  return sqlite3_column_int64 (stmt, 0);
}

G_GNUC_UNUSED static gint64
get_seq (SpDb *db)
{
  return query_number (db, "SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'update_seq'");
}

G_GNUC_UNUSED static char *
get_body (SpDb *db, const char *id, const char *rev)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, rev, &error);

  g_assert_no_error (error);
  return g_steal_pointer (&doc->body);
}
