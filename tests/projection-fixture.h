/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stores in memory whose projection is looked at: entries put into them, questions in SQL, and all rows of all tables, to compare. */

#include "sp-docs.h"
#include "sp-projection.h"

G_GNUC_UNUSED static SpDb *
open_store (void)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (":memory:", SP_DB_WRITE, &error);

  g_assert_no_error (error);
  return db;
}

/* Puts a document over what is there; single quotes stand for double ones. NULL deletes it. */
static void
put (SpDb *db, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdelimit (g_strdup (json != NULL ? json : "{}"), "'", '"');
  g_autofree char *rev = NULL;
  g_autoptr (SpNode) body = sp_node_parse (text, -1, &error);
  g_autoptr (SpDoc) old = sp_docs_get (db, id, NULL, NULL);

  g_assert_no_error (error);
  sp_node_set_text (body, "type", "asset");
  sp_docs_put (db, id, old != NULL ? old->rev : NULL, json == NULL, body, &rev, &error);
  g_assert_no_error (error);
}

/* All rows of a question: columns with | between, each row with a line feed after. */
static char *
ask (SpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  while (sp_db_step (db, stmt, &has_row, &error) && has_row)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      {
        const char *text = (const char *) sqlite3_column_text (stmt, i);
        g_string_append_printf (out, "%s%c", text != NULL ? text : "-", i + 1 < sqlite3_column_count (stmt) ? '|' : '\n');
      }
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

G_GNUC_UNUSED static void
expect (SpDb *db, const char *sql, const char *rows)
{
  g_autofree char *found = ask (db, sql);

  g_assert_cmpstr (found, ==, rows);
}

static const char full[] =
  "{'kind':'place','name':'Harbour Hall','summary':'A hall','categories':['village-hall','food-bank'],'status':'temporarily closed',"
  "'location':{'latitude':54.7143,'longitude':-3.4947},'address':{'city':'Maryport','postal_code':'CA15 6AA'},"
  "'visible':{'from':'1970-01-11','until':'1970-02-01'},'eligibility':{'minimum_age':18,'maximum_age':99},"
  "'costs':[{'id':'k','amount':4},{'id':'l','amount':2.5}],"
  "'schedules':[{'id':'s','freq':'weekly','byday':'TU,TH','opens_at':'10:00','closes_at':'12:30','valid_to':'1970-03-01'},"
  "{'id':'t','freq':'monthly','byday':'-1FR','opens_at':'22:00','closes_at':'01:00'},{'id':'u','freq':'always'},"
  "{'id':'v','freq':'once','dtstart':'1970-01-01','opens_at':'09:00'}],"
  "'contacts':[{'id':'c','phone':'01632 960 001','email':'Hall@Example.org','visible_to':'members'}],"
  "'building':{'capacity':120,'floor_area_m2':200.5,'kitchen':true,'wifi':false,'crisis_roles':['rest centre','food hub']},"
  "'funding':[{'id':'f','source':'Lottery','amount':12000,'currency':'GBP','until':'1970-01-02'}],"
  "'checked':{'place':{'on':'1970-01-01','how':'visit'}}}";

static const char * const all_tables[] = {
  "SELECT * FROM asset", "SELECT * FROM asset_category", "SELECT * FROM schedule", "SELECT * FROM contact", "SELECT * FROM checked",
  "SELECT * FROM building", "SELECT * FROM funding", "SELECT * FROM position ORDER BY n", "SELECT rowid, * FROM text",
  "SELECT term, doc, col FROM vocabulary", "SELECT term, doc FROM near_vocabulary",
};

static void
make_vocabularies (SpDb *db)
{
  g_autoptr (GError) error = NULL;

  sp_db_exec (db, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab ('main', 'text', 'instance');"
                  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.near_vocabulary USING fts5vocab ('main', 'near', 'instance')", &error);
  g_assert_no_error (error);
}

/* The index of what is near knows of all that has a position what full text does, without cells, and of nothing else. */
static void
check_near (SpDb *db)
{
  static const char text[] = "SELECT DISTINCT term, v.doc FROM vocabulary AS v JOIN asset ON n = v.doc WHERE latitude IS NOT NULL AND col <> 'cells'";
  static const char near[] = "SELECT term, doc & 0x7fffffff FROM near_vocabulary";
  g_autofree char *missing = g_strdup_printf ("SELECT count (*) FROM (%s EXCEPT %s)", text, near);
  g_autofree char *wrong = g_strdup_printf ("SELECT count (*) FROM (%s EXCEPT %s)", near, text);
  g_autofree char *twice = g_strdup_printf ("SELECT count (*) - count (DISTINCT term || ' ' || (doc & 0x7fffffff)) FROM near_vocabulary");

  make_vocabularies (db);
  expect (db, missing, "0\n");
  expect (db, wrong, "0\n");
  expect (db, twice, "0\n");
}

static char *
dump (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  check_near (db);
  for (guint i = 0; i < G_N_ELEMENTS (all_tables); i++)
    {
      g_autofree char *rows = ask (db, all_tables[i]);
      g_string_append_printf (out, "%s:\n%s", all_tables[i], rows);
    }
  return g_string_free (out, FALSE);
}

static void
put_batch (SpDb *db, guint first, guint count)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sp_db_begin (db, &error) && sp_projection_begin_batch (db, TRUE, &error));
  for (guint i = first; i < first + count; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      g_autofree char *body = g_strdup_printf ("{'name':'Hall %u','location':{'latitude':%u.5,'longitude':-%u}}", i, 50 + i % 9, i % 5);

      put (db, id, body);
    }
  g_assert_true (sp_projection_end_batch (db, &error) && sp_db_commit (db, &error));
  g_assert_no_error (error);
}

/* Adds, changes and deletes @steps times. @rand: what */
G_GNUC_UNUSED static void
change_much (SpDb *db, GRand *rand, guint steps)
{
  for (guint i = 0; i < steps; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%d", g_rand_int_range (rand, 0, 40));
      g_autoptr (SpDoc) old = sp_docs_get (db, id, NULL, NULL);
      int what = g_rand_int_range (rand, 0, 6);
      g_autofree char *body = what == 0 ? NULL
                              : what < 3 ? g_strdup (full)
                                         : g_strdup_printf ("{'kind':'service','name':'Club %u','venue':'asset:%d'}", i, g_rand_int_range (rand, 0, 40));
      if (body != NULL || (old != NULL && !old->deleted))
        put (db, id, body);
    }
}
