/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bare loop: fills the same tables, full text and R*Tree as the store does, asset by asset, by prepared statements.
 * It has every value at hand: it copies the finished rows of a store that is ready. So it parses nothing, folds
 * nothing, decides nothing; and the time of reading them is taken off. What is left is what SQLite must do to write. */
#include "sp-bare.h"

#include "sp-bench.h"

/* The tables, in the order in which the projection writes the rows of one asset; @key finds them. The words come last
 * and all at once, as each is written once. */
static const struct { const char *table; const char *columns; const char *key; guint n; gboolean document; } tables[] = {
  { "doc", "n, id, seq, winner, deleted, conflicts, leaves", "n", 7, TRUE },
  { "rev", "n, doc, gen, hash, seq, parent, leaf, deleted, kept, kept_since, body", "n", 11, TRUE },
  { "checked", "asset, facts, checked_on, due, how", "asset", 5, FALSE },
  { "asset", "n, doc, kind, status, name, category, latitude, longitude, minimum_age, maximum_age, cost, capacity, days, hours, ends, visible_from, visible_until, due, overdue, venue", "n", 20, FALSE },
  { "asset_category", "asset, code", "asset", 2, FALSE },
  { "schedule", "asset, i, freq, days, opens, closes, valid_from, valid_to", "asset", 8, FALSE },
  { "contact", "asset, i, phone, email, visible_to", "asset", 5, FALSE },
  { "building", "asset, capacity, floor_area, kitchen, parking, wifi, generator, crisis_roles", "asset", 8, FALSE },
  { "funding", "asset, i, source, amount, currency, until", "asset", 6, FALSE },
  { "likeness_key", "key, doc, signature", "doc", 3, FALSE },
  { "position", "n, south, north, west, east", "n", 5, FALSE },
  { "text", "rowid, name, summary, place, description, facets", "rowid", 6, FALSE },
};

struct _SpBare
{
  SpDb         *db; /* borrowed */
  sqlite3_stmt *select[G_N_ELEMENTS (tables)];
  sqlite3_stmt *insert[G_N_ELEMENTS (tables)];
};

static sqlite3_stmt *
prepare (SpDb *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (sp_db_get_handle (db), sql, -1, &stmt, NULL) != SQLITE_OK)
    g_printerr ("%s: %s\n", sql, sqlite3_errmsg (sp_db_get_handle (db)));
  sp_bench_check (stmt != NULL, NULL);
  return stmt;
}

/**
 * sp_bare_new:
 * @db: (transfer none): a store whose tables are empty
 * @ready: path of a store that has what is to be written
 *
 * Returns: (transfer full): a loop that is ready to run
 */
SpBare *
sp_bare_new (SpDb *db, const char *ready)
{
  SpBare *self = g_new0 (SpBare, 1);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS ready", ready);
  g_autoptr (GError) error = NULL;

  self->db = db;
  sp_bench_check (sp_db_exec (db, attach, &error)
                  && sp_db_exec (db, "CREATE INDEX IF NOT EXISTS ready.likeness_by_doc ON likeness_key (doc)", &error), &error);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *select = g_strdup_printf ("SELECT %s FROM ready.%s WHERE %s = ?", tables[i].columns, tables[i].table, tables[i].key);
      g_autoptr (GString) insert = g_string_new (NULL);

      g_string_append_printf (insert, "INSERT INTO main.%s (%s) VALUES (?", tables[i].table, tables[i].columns);
      for (guint j = 1; j < tables[i].n; j++)
        g_string_append (insert, ", ?");
      g_string_append_c (insert, ')');
      self->select[i] = prepare (db, select);
      self->insert[i] = prepare (db, insert->str);
    }
  return self;
}

void
sp_bare_free (SpBare *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      sqlite3_finalize (self->select[i]);
      sqlite3_finalize (self->insert[i]);
    }
  g_free (self);
}

static void
copy_rows (sqlite3_stmt *select, sqlite3_stmt *insert, guint columns, gint64 key)
{
  sqlite3_bind_int64 (select, 1, key);
  while (sqlite3_step (select) == SQLITE_ROW)
    {
      if (insert == NULL)
        continue;
      for (int i = 0; i < (int) columns; i++)
        sqlite3_bind_value (insert, i + 1, sqlite3_column_value (select, i));
      sp_bench_check (sqlite3_step (insert) == SQLITE_DONE, NULL);
      sqlite3_reset (insert);
    }
  sqlite3_reset (select);
}

/**
 * sp_bare_write:
 * @self: a loop
 * @first: number of the first asset, from 1
 * @count: how many
 * @documents: whether the documents and their revisions are written too
 *
 * Writes some assets. Transactions are the caller's business. Once all are written, write the words.
 */
void
sp_bare_write (SpBare *self, guint first, guint count, gboolean documents)
{
  for (guint n = first; n < first + count; n++)
    for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
      if (documents || !tables[i].document)
        copy_rows (self->select[i], self->insert[i], tables[i].n, n);
}

/* Reads what sp_bare_write() reads and writes nothing: the time it takes is no part of the bare loop's. */
void
sp_bare_read (SpBare *self, guint first, guint count, gboolean documents)
{
  for (guint n = first; n < first + count; n++)
    for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
      if (documents || !tables[i].document)
        copy_rows (self->select[i], NULL, tables[i].n, n);
}

/* The vocabulary: each word once. */
void
sp_bare_write_words (SpBare *self)
{
  g_autoptr (GError) error = NULL;

  sp_bench_check (sp_db_exec (self->db, "INSERT INTO main.word SELECT word FROM ready.word", &error), &error);
}
