/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query as one SQL statement with bound values. What the full text index can answer goes into its expression; exact
 * conditions on numbers and dates stand beside it. No text of a person becomes part of the SQL. */
#include "sp-search-private.h"

#include "sp-clock.h"
#include "sp-projection-private.h"

#define EVERY_DAY 0x7f
#define NIGHT_ENDS (12 * 60) /* no opening goes on longer on the day after it began */
#define MOST_CELLS 32 /* of the map, to cover a box */
#define MOST_TILES 4 /* to cover a box by ranges of the index of what is near; each costs looking up all phrases */
#define MANY_ROWS 3000 /* in a box: too many to look at each */
#define VISIBLE "(a.visible_from IS NULL OR a.visible_from <= ?) AND (a.visible_until IS NULL OR a.visible_until >= ?)"
#define IN_BOX "north >= ? AND south <= ? AND east >= ? AND west <= ?"

static void
add_integer (SpPlan *plan, gint64 value)
{
  SpValue bound = { .type = SP_VALUE_INTEGER, .integer = value };

  g_array_append_val (plan->values, bound);
}

static void
add_real (SpPlan *plan, double value)
{
  SpValue bound = { .type = SP_VALUE_REAL, .real = value };

  g_array_append_val (plan->values, bound);
}

static void
add_condition (SpPlan *plan, const char *sql)
{
  g_string_append_printf (plan->where, " AND %s", sql);
}

/* The days of the index are numbered from Monday, 0. */
static const char *
day_name (guint day)
{
  static const char * const names[] = { "0", "1", "2", "3", "4", "5", "6" };

  return names[day];
}

static const char *kind_name (guint kind) { return sp_kind_to_text ((SpKind) kind); }
static const char *status_name (guint status) { return sp_status_to_text ((SpStatus) status); }

static void
add_kinds (SpPlan *plan, const SpFilters *f)
{
  if (f->kinds == 0)
    return;
  sp_facets_add_bits (plan->coarse, 'k', f->kinds, kind_name);
  add_condition (plan, "(1 << a.kind) & ?");
  add_integer (plan, f->kinds);
}

static void
add_status (SpPlan *plan, const SpFilters *f)
{
  gint64 today = sp_clock_today ();

  sp_facets_add_bits (plan->coarse, 's', f->statuses, status_name);
  plan->public = f->statuses == 0 && !f->hidden;
  if (plan->public)
    return;
  if (f->statuses != 0)
    {
      add_condition (plan, "(1 << a.status) & ?");
      add_integer (plan, f->statuses);
    }
  else
    g_string_append_printf (plan->where, " AND a.status <= %d", SP_STATUS_CLOSED_FOR_NOW);
  add_condition (plan, f->hidden ? "(ifnull (a.visible_from > ?, 0) OR ifnull (a.visible_until < ?, 0))" : VISIBLE);
  add_integer (plan, today);
  add_integer (plan, today);
}

static void
add_days (SpPlan *plan, guint days)
{
  sp_facets_add_bits (plan->coarse, 'd', days, day_name);
  add_condition (plan, "a.days & ?");
  add_integer (plan, days);
}

static void
add_time (SpPlan *plan, int time)
{
  guint band = sp_facts_time_band (time);

  sp_facets_add_numbers (plan->coarse, 'h', band, band);
  add_condition (plan, "a.hours & ?");
  add_integer (plan, 1 << band);
}

/* A night that begins on one day goes on on the next. */
static guint
days_before (guint days)
{
  return (days >> 1 | days << 6) & EVERY_DAY;
}

/* The asset's own row tells which may be open then. Which of its schedules it is matters only where one has an end, or a
 * time is asked for: then those are looked at. */
static void
add_when (SpPlan *plan, const SpFilters *f)
{
  guint days = f->days != 0 ? f->days : EVERY_DAY;

  if (f->days == 0 && f->time < 0)
    return;
  if (f->days != 0)
    add_days (plan, f->time >= 0 && f->time < NIGHT_ENDS ? days | days_before (days) : days);
  if (f->time >= 0)
    add_time (plan, f->time);
  add_condition (plan, f->time < 0 ? "(a.ends IS NULL OR " : "(");
  g_string_append (plan->where, "EXISTS (SELECT 1 FROM schedule AS s WHERE s.asset = a.n AND ifnull (s.valid_to >= ?, 1)");
  add_integer (plan, sp_clock_today ());
  if (f->time >= 0)
    {
      add_condition (plan, "(s.days & ? AND s.opens <= ? AND s.closes > ? OR s.days & ? AND s.closes > ?)");
      add_integer (plan, days);
      add_integer (plan, f->time);
      add_integer (plan, f->time);
      add_integer (plan, days_before (days));
      add_integer (plan, f->time + 1440);
    }
  else
    {
      add_condition (plan, "s.days & ?");
      add_integer (plan, days);
    }
  g_string_append (plan->where, "))");
}

static void
add_cost (SpPlan *plan, const SpFilters *f)
{
  double most = f->free ? 0 : f->cost_at_most;

  if (isnan (most))
    return; /* not for full text: half of all are free, and walking such a list costs more than asking the rows */
  add_condition (plan, "a.cost <= ?");
  add_real (plan, most);
}

static void
add_people (SpPlan *plan, const SpFilters *f)
{
  sp_facets_add_any (plan->facets, 'l', f->languages);
  sp_facets_add_all (plan->facets, 'w', f->access);
  sp_facets_add_any (plan->facets, 'x', f->crisis);
  if (f->age >= 0)
    {
      add_condition (plan, "ifnull (a.minimum_age <= ?, 1) AND ifnull (a.maximum_age >= ?, 1)");
      add_integer (plan, f->age);
      add_integer (plan, f->age);
    }
  if (f->capacity >= 0)
    {
      sp_facets_add_numbers (plan->coarse, 'p', sp_text_capacity_band (f->capacity), SP_TEXT_CAPACITY_BANDS - 1);
      add_condition (plan, "a.capacity >= ?");
      add_integer (plan, f->capacity);
    }
  if (f->volunteers)
    sp_facets_add_flag (plan->facets, 'v');
  if (f->available)
    sp_facets_add_flag (plan->facets, 'o');
  if (f->unplaced)
    add_condition (plan, "a.latitude IS NULL");
  if (f->stale)
    {
      add_condition (plan, "a.due <= ?");
      add_integer (plan, sp_clock_today ());
    }
}

static gboolean
add_needs (SpPlan *plan, SpDb *db, const SpFilters *f, GError **error)
{
  if (f->needs->len == 0)
    return TRUE;
  sp_expression_open (&plan->expression);
  for (guint i = 0; i < f->needs->len; i++)
    if (!sp_search_add_need (db, g_ptr_array_index (f->needs, i), &plan->expression, error))
      return FALSE;
  sp_expression_close (&plan->expression);
  return TRUE;
}

/**
 * sp_plan_init:
 * @plan: gets the plan; clear it in any case
 * @db: a connection
 * @filters: the conditions
 * @any: whether one of the words is enough
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_plan_init (SpPlan *plan, SpDb *db, const SpFilters *filters, gboolean any, GError **error)
{
  sp_expression_init (&plan->expression);
  plan->facets = sp_facets_new ();
  plan->coarse = sp_facets_new ();
  plan->columns = "a.n, a.doc, a.kind, a.status, a.latitude, a.longitude, a.category, a.overdue, a.name";
  plan->public = plan->numbers = FALSE;
  plan->where = g_string_new (NULL);
  plan->values = g_array_new (FALSE, FALSE, sizeof (SpValue));
  plan->ranges = g_array_new (FALSE, FALSE, sizeof (SpTileRange));
  plan->moment = NULL;
  if (!sp_search_add_words (db, filters->words, any, &plan->expression, &plan->n_words, error)
      || !add_needs (plan, db, filters, error))
    return FALSE;
  sp_search_add_categories (db, filters->categories, plan->facets);
  add_kinds (plan, filters);
  add_status (plan, filters);
  add_cost (plan, filters);
  add_people (plan, filters);
  add_when (plan, filters); /* last: it looks into another table */
  return TRUE;
}

static void
end_moment (SpPlan *plan)
{
  if (plan->moment != NULL)
    sqlite3_reset (plan->moment);
  plan->moment = NULL;
}

/**
 * sp_plan_clear:
 * @plan: a plan; what it holds is freed, the struct is not
 */
void
sp_plan_clear (SpPlan *plan)
{
  sp_expression_clear (&plan->expression);
  g_ptr_array_unref (plan->facets);
  g_ptr_array_unref (plan->coarse);
  g_string_free (plan->where, TRUE);
  g_array_unref (plan->values);
  g_array_unref (plan->ranges);
  end_moment (plan);
}

static void
bind_box (sqlite3_stmt *stmt, const SpBox *box, int *index)
{
  sqlite3_bind_double (stmt, (*index)++, box->south);
  sqlite3_bind_double (stmt, (*index)++, box->north);
  sqlite3_bind_double (stmt, (*index)++, box->west);
  sqlite3_bind_double (stmt, (*index)++, box->east);
}

static void
bind_values (SpPlan *plan, sqlite3_stmt *stmt, int *index)
{
  for (guint i = 0; plan->public && !plan->numbers && i < 2; i++)
    sqlite3_bind_int (stmt, (*index)++, sp_clock_today ());
  for (guint i = 0; i < plan->values->len; i++)
    {
      const SpValue *value = &g_array_index (plan->values, SpValue, i);
      if (value->type == SP_VALUE_REAL)
        sqlite3_bind_double (stmt, (*index)++, value->real);
      else
        sqlite3_bind_int64 (stmt, (*index)++, value->integer);
    }
}

static void
append_all (SpExpression *to, const SpExpression *from)
{
  if (from->match->len > 0 && to->match->len > 0)
    g_string_append (to->match, " AND ");
  g_string_append (to->match, from->match->str);
  g_byte_array_append (to->phrases, from->phrases->data, from->phrases->len);
}

/**
 * sp_plan_count_in_box:
 * @db: a connection
 * @box: where
 * @most: where to stop counting
 *
 * Returns: how many entries of any sort are in a box, roughly at its edges; at most @most
 */
guint
sp_plan_count_in_box (SpDb *db, const SpBox *box, guint most)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) FROM (SELECT 1 FROM position WHERE " IN_BOX " LIMIT ?)", NULL);
  int index = 1;

  if (stmt == NULL)
    return most;
  bind_box (stmt, box, &index);
  sqlite3_bind_int64 (stmt, index, most);
  return sp_db_step (db, stmt, &has_row, NULL) && has_row ? (guint) sqlite3_column_int64 (stmt, 0) : most;
}

/**
 * sp_plan_count_all:
 * @db: a connection
 *
 * Returns: how many entries the store has at most, by the number of the newest
 */
double
sp_plan_count_all (SpDb *db)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT (SELECT max (n) FROM asset) - (SELECT min (n) FROM asset) + 1", NULL);

  return stmt != NULL && sp_db_step (db, stmt, &has_row, NULL) && has_row ? sqlite3_column_double (stmt, 0) : 0;
}

/* One of the cells must be there. */
static void
add_cells (SpExpression *expression, const GPtrArray *cells)
{
  sp_expression_open (expression);
  for (guint i = 0; i < cells->len; i++)
    sp_expression_add (expression, g_ptr_array_index (cells, i), FALSE, SP_PHRASE_FILTER, SP_PHRASE_EXACT);
  sp_expression_close (expression);
}

/* What full text is asked; nothing if it is not needed. In a box with little in it the rows answer faster what full text
 * would have to walk the lists of "on Tuesdays" for. The words come last: each stands for many, and FTS5 moves the first
 * group most.
 * @near: whether it is the index of what is near, that needs no cells of the map */
static void
make_expression (SpPlan *plan, SpDb *db, const SpBox *box, gboolean near, SpExpression *all)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  if (plan->coarse->len > 0 && (box == NULL || near || sp_plan_count_in_box (db, box, MANY_ROWS) == MANY_ROWS))
    sp_facets_express (plan->coarse, all);
  sp_facets_express (plan->facets, all);
  if (box != NULL && !near && all->match->len + plan->expression.match->len > 0 && sp_tiles_cover (box, MOST_CELLS, cells) > 0)
    add_cells (all, cells);
  append_all (all, &plan->expression);
}

/* Whether the rows may come in any order: who asks for the nearest sorts them. */
static gboolean
is_any (SpQueryOrder order)
{
  return order == SP_ORDER_DISTANCE || order == SP_ORDER_ANY;
}

/* All that is asked of the asset's row. */
static char *
make_conditions (const SpPlan *plan)
{
  if (!plan->public || plan->numbers)
    return g_strdup (plan->where->str);
  return g_strdup_printf (" AND a.status <= %d AND " VISIBLE "%s", SP_STATUS_CLOSED_FOR_NOW, plan->where->str);
}

static char *
make_sql (SpPlan *plan, const SpExpression *text, const SpBox *box, gboolean near, SpQueryOrder order)
{
  g_autofree char *where = make_conditions (plan);

  if (text->match->len > 0 && box == NULL && plan->numbers && *where == '\0')
    return g_strdup_printf ("SELECT %s FROM text AS a WHERE text MATCH ?", plan->columns);
  if (text->match->len > 0 && near)
    return g_strdup_printf ("SELECT %s, 0 FROM near CROSS JOIN asset AS a ON a.n = " SP_NEAR_N
                            " WHERE near MATCH ? AND near.rowid BETWEEN ? AND ?%s", plan->columns, where);
  if (text->match->len > 0)
    return g_strdup_printf ("SELECT %s, %s FROM text CROSS JOIN asset AS a ON a.n = text.rowid"
                            " WHERE text MATCH ?%s ORDER BY text.rowid%s",
                            plan->columns, order == SP_ORDER_FIT ? "sp_fit (text, ?)" : "0", where,
                            is_any (order) ? "" : " DESC");
  if (box != NULL)
    return g_strdup_printf ("SELECT %s, 0 FROM (SELECT n FROM position WHERE " IN_BOX ") AS p"
                            " CROSS JOIN asset AS a ON a.n = p.n WHERE 1%s", plan->columns, where);
  return g_strdup_printf ("SELECT %s, 0 FROM asset AS a WHERE 1%s ORDER BY a.n%s", plan->columns, where, is_any (order) ? "" : " DESC");
}

/* Whether the index of what is near has all rows. The statement that says so stays at its row: until it is reset the connection
 * sees nothing that others write, so the index is as complete when it is read. */
static gboolean
is_near_complete (SpPlan *plan, SpDb *db)
{
  gboolean has_row;

  end_moment (plan);
  plan->moment = sp_db_prepare (db, "SELECT NOT EXISTS (SELECT 1 FROM meta WHERE key = '" SP_NEAR_MARK "')", NULL);
  return plan->moment != NULL && sp_db_step (db, plan->moment, &has_row, NULL) && has_row && sqlite3_column_int (plan->moment, 0);
}

static void
bind_range (const SpPlan *plan, sqlite3_stmt *stmt, int index)
{
  const SpTileRange *range = &g_array_index (plan->ranges, SpTileRange, plan->range);

  sqlite3_bind_int64 (stmt, index, sp_near_first (range->first));
  sqlite3_bind_int64 (stmt, index + 1, sp_near_last (range->last));
}

static void
bind_text (SpPlan *plan, sqlite3_stmt *stmt, const SpExpression *text, SpQueryOrder order, int *index)
{
  if (order == SP_ORDER_FIT)
    sqlite3_bind_blob (stmt, (*index)++, text->phrases->data, (int) text->phrases->len, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, (*index)++, text->match->str, (int) text->match->len, SQLITE_TRANSIENT);
  if (plan->ranges->len == 0)
    return;
  bind_range (plan, stmt, *index);
  *index += 2;
}

/**
 * sp_plan_bind:
 * @plan: a plan
 * @db: a connection
 * @box: (nullable): where to look; the rows are those of the box and of some more around it
 * @order: which are wanted: for the best fit the last column says how well the words fit; for the nearest, and for any, the
 *   rows come as they are found fastest; else the freshest come first, except in a box without words
 * @error: %SP_ERROR
 *
 * Returns: (transfer none) (nullable): the statement, ready to step, and after its last row for sp_plan_go_on(); hold it as
 *   `SP_DB_STMT *`
 */
sqlite3_stmt *
sp_plan_bind (SpPlan *plan, SpDb *db, const SpBox *box, SpQueryOrder order, GError **error)
{
  const gboolean near = box != NULL && is_any (order) && is_near_complete (plan, db);
  g_autofree char *sql = NULL;
  SpExpression text;
  sqlite3_stmt *stmt;
  int index = 1;

  sp_expression_init (&text);
  make_expression (plan, db, box, near, &text);
  sql = make_sql (plan, &text, box, near, order);
  stmt = sp_db_prepare (db, sql, error);
  g_array_set_size (plan->ranges, 0);
  plan->range = 0;
  if (near && text.match->len > 0)
    sp_tiles_list_ranges (box, MOST_TILES, plan->ranges);
  if (stmt != NULL && text.match->len > 0)
    bind_text (plan, stmt, &text, order, &index);
  else if (stmt != NULL && box != NULL)
    bind_box (stmt, box, &index);
  if (stmt != NULL)
    bind_values (plan, stmt, &index);
  sp_expression_clear (&text);
  return stmt;
}

/**
 * sp_plan_go_on:
 * @plan: a plan
 * @stmt: its statement, of which all rows were taken
 *
 * Binds the next part of the map.
 *
 * Returns: whether there is one, and @stmt is to be stepped again
 */
gboolean
sp_plan_go_on (SpPlan *plan, sqlite3_stmt *stmt)
{
  if (plan->range + 1 >= plan->ranges->len)
    return FALSE;
  plan->range++;
  sqlite3_reset (stmt);
  bind_range (plan, stmt, 2);
  return TRUE;
}
