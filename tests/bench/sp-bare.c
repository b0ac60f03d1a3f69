/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bare loop: fills the same tables, full text and R*Tree as the store does, asset by asset, by prepared statements.
 * It has every value in memory: the finished rows of a store that is ready. So it parses nothing, folds nothing,
 * decides nothing. What is left is what SQLite must do to write. */
#include "sp-bare.h"

#include "sp-bench.h"
#include "sp-projection-private.h"
#include "sp-tiles.h"

/* The tables, in the order in which the projection writes the rows of one asset; @where finds them. The words come last
 * and all at once, as each is written once. */
static const struct { const char *table; const char *columns; const char *where; guint n; SpBareParts part; } tables[] = {
  { "doc", "n, id, seq, winner, deleted, conflicts, leaves", "n = ?1", 7, SP_BARE_DOCUMENT },
  { "rev", "n, doc, gen, hash, seq, parent, leaf, deleted, kept, kept_since, body", "n = ?1", 11, SP_BARE_DOCUMENT },
  { "import_step", "n, import, id, before, after", "n = ?1", 5, SP_BARE_JOURNAL },
  { "checked", "n, facts, checked_on, due, how", SP_ITEMS_OF, 5, SP_BARE_PROJECTION },
  { "asset", "n, doc, kind, status, name, category, latitude, longitude, minimum_age, maximum_age, cost, capacity, days, hours, ends, visible_from, visible_until, due, overdue, venue, organisation", "n = ?1", 21, SP_BARE_PROJECTION },
  { "asset_category", "asset, code", "asset = ?1", 2, SP_BARE_PROJECTION },
  { "schedule", "asset, i, freq, days, opens, closes, valid_from, valid_to", "asset = ?1", 8, SP_BARE_PROJECTION },
  { "contact", "n, phone, email, visible_to", SP_ITEMS_OF, 4, SP_BARE_PROJECTION },
  { "building", "asset, capacity, floor_area, kitchen, parking, wifi, generator, crisis_roles", "asset = ?1", 8, SP_BARE_PROJECTION },
  { "funding", "n, source, amount, currency, until", SP_ITEMS_OF, 5, SP_BARE_PROJECTION },
  { "likeness_key", "key, doc, signature", "doc = ?1", 3, SP_BARE_PROJECTION },
  { "position", "n, south, north, west, east", "n = ?1", 5, SP_BARE_PROJECTION },
  { "text", "rowid, name, summary, place, description, facets, cells", "rowid = ?1", 7, SP_BARE_PROJECTION },
};

/* One row that waits to be written. */
typedef struct
{
  guint8          table;
  sqlite3_value **values; /* owned */
} Row;

struct _SpBare
{
  SpDb         *db; /* borrowed */
  sqlite3_stmt *select[G_N_ELEMENTS (tables)];
  sqlite3_stmt *insert[G_N_ELEMENTS (tables)];
  GArray       *rows;  /* of Row, asset by asset */
  GArray       *ends;  /* of guint: where the rows of each loaded asset end */
  guint         first; /* number of the first loaded asset */
  sqlite3_stmt *select_near;
  sqlite3_stmt *insert_near;
  GArray       *near;  /* of Near: of the loaded assets, in the order of the map */
};

/* One row of the index of what is near, which has an order of its own. */
typedef struct
{
  gint64         row;
  gint64         n;
  sqlite3_value *words; /* owned */
} Near;

static void
clear_row (gpointer data)
{
  Row *row = data;

  for (guint i = 0; i < tables[row->table].n; i++)
    sqlite3_value_free (row->values[i]);
  g_free (row->values);
}

static void
clear_near (gpointer near)
{
  sqlite3_value_free (((Near *) near)->words);
}

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
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  self->near = g_array_new (FALSE, FALSE, sizeof (Near));
  g_array_set_clear_func (self->near, clear_near);
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint));
  sp_bench_check (sp_db_exec (db, attach, &error)
                  && sp_db_exec (db, "CREATE INDEX IF NOT EXISTS ready.likeness_by_doc ON likeness_key (doc)", &error), &error);
  self->select_near = prepare (db, "SELECT latitude, longitude, text.name || ' ' || summary || ' ' || place || ' ' || description || ' ' || facets"
                                   " FROM ready.asset JOIN ready.text ON text.rowid = n WHERE n = ? AND latitude IS NOT NULL");
  self->insert_near = prepare (db, "INSERT INTO main.near (rowid, words) VALUES (?, ?)");
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *select = g_strdup_printf ("SELECT %s FROM ready.%s WHERE %s", tables[i].columns, tables[i].table, tables[i].where);
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
  g_array_unref (self->rows);
  g_array_unref (self->ends);
  g_array_unref (self->near);
  sqlite3_finalize (self->select_near);
  sqlite3_finalize (self->insert_near);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      sqlite3_finalize (self->select[i]);
      sqlite3_finalize (self->insert[i]);
    }
  g_free (self);
}

static void
load_rows (SpBare *self, guint8 table, gint64 key)
{
  sqlite3_stmt *select = self->select[table];

  sqlite3_bind_int64 (select, 1, key);
  while (sqlite3_step (select) == SQLITE_ROW)
    {
      Row row = { table, g_new (sqlite3_value *, tables[table].n) };

      for (int i = 0; i < (int) tables[table].n; i++)
        row.values[i] = sqlite3_value_dup (sqlite3_column_value (select, i));
      g_array_append_val (self->rows, row);
    }
  sqlite3_reset (select);
}

static void
load_near (SpBare *self, gint64 n)
{
  sqlite3_stmt *select = self->select_near;

  sqlite3_bind_int64 (select, 1, n);
  if (sqlite3_step (select) == SQLITE_ROW)
    {
      guint64 order = sp_tiles_order (sqlite3_column_double (select, 0), sqlite3_column_double (select, 1));
      Near near = { sp_near_first (order) + n, n, sqlite3_value_dup (sqlite3_column_value (select, 2)) };

      g_array_append_val (self->near, near);
    }
  sqlite3_reset (select);
}

static int
compare_near (gconstpointer a, gconstpointer b)
{
  const Near *first = a, *second = b;

  return (first->row > second->row) - (first->row < second->row);
}

/**
 * sp_bare_load:
 * @self: a loop
 * @first: number of the first asset, from 1
 * @count: how many
 * @parts: what of them is written
 *
 * Brings the rows of some assets into memory, instead of those that were there. Not to be timed.
 */
void
sp_bare_load (SpBare *self, guint first, guint count, SpBareParts parts)
{
  g_array_set_size (self->rows, 0);
  g_array_set_size (self->ends, 0);
  g_array_set_size (self->near, 0);
  self->first = first;
  for (guint n = first; n < first + count; n++)
    {
      for (guint8 i = 0; i < G_N_ELEMENTS (tables); i++)
        if ((parts & tables[i].part) != 0)
          load_rows (self, i, n);
      g_array_append_val (self->ends, self->rows->len);
      if ((parts & SP_BARE_NEAR) != 0)
        load_near (self, n);
    }
  g_array_sort (self->near, compare_near);
}

static void
write_row (SpBare *self, const Row *row)
{
  sqlite3_stmt *insert = self->insert[row->table];

  for (int i = 0; i < (int) tables[row->table].n; i++)
    sqlite3_bind_value (insert, i + 1, row->values[i]);
  sp_bench_check (sqlite3_step (insert) == SQLITE_DONE, NULL);
  sqlite3_reset (insert);
}

static void
write_near (SpBare *self, const Near *near)
{
  sqlite3_bind_int64 (self->insert_near, 1, near->row);
  sqlite3_bind_value (self->insert_near, 2, near->words);
  sp_bench_check (sqlite3_step (self->insert_near) == SQLITE_DONE, NULL);
  sqlite3_reset (self->insert_near);
}

/**
 * sp_bare_write:
 * @self: a loop
 * @first: number of the first asset
 * @count: how many; all of them loaded
 *
 * Writes some assets. Transactions are the caller's business. Once all are written, write the words.
 */
void
sp_bare_write (SpBare *self, guint first, guint count)
{
  guint start = first - self->first;
  guint from = start == 0 ? 0 : g_array_index (self->ends, guint, start - 1);

  for (guint i = from; i < g_array_index (self->ends, guint, start + count - 1); i++)
    write_row (self, &g_array_index (self->rows, Row, i));
  for (guint i = 0; i < self->near->len; i++)
    if (g_array_index (self->near, Near, i).n >= first && g_array_index (self->near, Near, i).n < first + count)
      write_near (self, &g_array_index (self->near, Near, i));
}

/* The vocabulary: each word once. */
void
sp_bare_write_words (SpBare *self)
{
  g_autoptr (GError) error = NULL;

  sp_bench_check (sp_db_exec (self->db, "INSERT INTO main.word SELECT word FROM ready.word", &error), &error);
}
