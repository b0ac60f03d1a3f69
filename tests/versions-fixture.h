/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stores in memory, and versions of a document that stand against each other. Single quotes stand for double ones. */

#include "sp-docs.h"
#include "sp-edit.h"

#define ID "asset:0b7e0000-0000-4000-8000-000000000001"

static SpNode *
parse_json (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static SpDb *
new_store (void)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (":memory:", SP_DB_WRITE, &error);

  g_assert_no_error (error);
  return db;
}

/* What a person here writes. */
G_GNUC_UNUSED static char *
write_version (SpDb *db, const char *id, const char *parent, const char *json, const char *by)
{
  const SpEditStamp stamp = { by, "2026-11-20T10:00:00Z", SP_EDIT_BY_PERSON };
  g_autoptr (SpNode) changes = parse_json (json);
  g_autoptr (GError) error = NULL;
  char *rev = NULL;

  sp_edit_save (db, id, parent, changes, &stamp, &rev, &error);
  g_assert_no_error (error);
  return rev;
}

/* What comes from elsewhere: a child of @parent. */
G_GNUC_UNUSED static void
put_version (SpDb *db, const char *id, const char *rev, const char *parent, const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;

  sp_docs_put_history (db, id, (const char *[]){ rev, parent, NULL }, FALSE, text, -1, NULL, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static SpNode *
get_body (SpDb *db, const char *id)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, NULL);

  return doc != NULL && !doc->deleted ? sp_node_parse (doc->body, -1, NULL) : NULL;
}

#define assert_member(db, id, path, expected) G_STMT_START { \
  g_autoptr (SpNode) body_ = get_body (db, id); \
  g_assert_nonnull (body_); \
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (body_, path)), ==, expected); } G_STMT_END
