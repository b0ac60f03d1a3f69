/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of one asset in the projection's tables. */
#include "sp-projection-private.h"

#include "sp-tiles.h"

static void
bind_day (sqlite3_stmt *stmt, int index, gint32 day)
{
  if (day != SP_CIVIL_NO_DAY)
    sqlite3_bind_int (stmt, index, day);
}

static void
bind_number (sqlite3_stmt *stmt, int index, double value)
{
  if (!isnan (value))
    sqlite3_bind_double (stmt, index, value);
}

static void
bind_count (sqlite3_stmt *stmt, int index, double value)
{
  if (!isnan (value))
    sqlite3_bind_int64 (stmt, index, (gint64) value);
}

static void
bind_text (sqlite3_stmt *stmt, int index, const char *text)
{
  sqlite3_bind_text (stmt, index, text, -1, SQLITE_STATIC);
}

static void
bind_flag (sqlite3_stmt *stmt, int index, const SpNode *node, const char *member)
{
  const SpNode *value = sp_node_get (node, member);

  if (value != NULL)
    sqlite3_bind_int (stmt, index, sp_node_get_boolean (value));
}

/* The member's items: an array of objects, or nothing. */
static guint
count_items (const SpNode *list)
{
  return sp_node_is_array (list) ? sp_node_get_length (list) : 0;
}

/* Items that no document of the largest size has room for do not come. */
static gint64
number_item (const SpProjected *asset, guint i)
{
  return asset->n << SP_ITEM_BITS | i;
}

static gboolean
write_categories (SpDb *db, const SpProjected *asset, GError **error)
{
  const SpNode *list = sp_node_get (asset->body, "categories");

  for (guint i = 0; i < count_items (list); i++)
    {
      const char *code = sp_node_get_string (sp_node_get_element (list, i));
      SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT OR IGNORE INTO asset_category VALUES (?, ?)", error);

      if (stmt == NULL)
        return FALSE;
      if (code == NULL)
        continue;
      sqlite3_bind_int64 (stmt, 1, asset->n);
      bind_text (stmt, 2, code);
      if (!sp_db_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_schedules (SpDb *db, const SpProjected *asset, GError **error)
{
  const SpNode *list = sp_node_get (asset->body, "schedules");

  for (guint i = 0; i < count_items (list); i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      SpHours hours = sp_facts_hours (item);
      SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO schedule VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, asset->n);
      sqlite3_bind_int64 (stmt, 2, i);
      bind_text (stmt, 3, sp_node_get_text (item, "freq"));
      sqlite3_bind_int64 (stmt, 4, hours.days);
      bind_number (stmt, 5, hours.opens >= 0 ? hours.opens : NAN);
      bind_number (stmt, 6, hours.closes >= 0 ? hours.closes : NAN);
      bind_day (stmt, 7, hours.from);
      bind_day (stmt, 8, hours.to);
      if (!sp_db_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static char *
digits_of (const char *text)
{
  GString *out;

  if (text == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static gboolean
write_contacts (SpDb *db, const SpProjected *asset, GError **error)
{
  const SpNode *list = sp_node_get (asset->body, "contacts");

  for (guint i = 0; i < count_items (list); i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      const char *email_as_written = sp_node_get_text (item, "email");
      g_autofree char *phone = digits_of (sp_node_get_text (item, "phone"));
      g_autofree char *email = email_as_written != NULL ? g_utf8_strdown (email_as_written, -1) : NULL;
      SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO contact (n, phone, email, visible_to) VALUES (?, ?, ?, ?)", error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, number_item (asset, i));
      bind_text (stmt, 2, phone);
      bind_text (stmt, 3, email);
      bind_text (stmt, 4, sp_node_get_text (item, "visible_to"));
      if (!sp_db_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_building (SpDb *db, const SpProjected *asset, GError **error)
{
  const SpNode *building = sp_node_get (asset->body, "building");
  const SpNode *roles = sp_node_get (building, "crisis_roles");
  g_autoptr (GString) joined = g_string_new (NULL);
  SP_DB_STMT *stmt = NULL;

  if (!sp_node_is_object (building))
    return TRUE;
  stmt = sp_db_prepare (db, "INSERT INTO building VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < count_items (roles); i++)
    {
      const char *role = sp_node_get_string (sp_node_get_element (roles, i));
      if (role != NULL)
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? "\n" : "", role);
    }
  sqlite3_bind_int64 (stmt, 1, asset->n);
  bind_count (stmt, 2, sp_facts_count (building, "capacity"));
  bind_number (stmt, 3, sp_node_get_number (building, "floor_area_m2"));
  bind_flag (stmt, 4, building, "kitchen");
  bind_count (stmt, 5, sp_facts_count (building, "parking"));
  bind_flag (stmt, 6, building, "wifi");
  bind_flag (stmt, 7, building, "generator");
  bind_text (stmt, 8, joined->len > 0 ? joined->str : NULL);
  return sp_db_run (db, stmt, error);
}

static gboolean
write_funding (SpDb *db, const SpProjected *asset, GError **error)
{
  const SpNode *list = sp_node_get (asset->body, "funding");

  for (guint i = 0; i < count_items (list); i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO funding (n, source, amount, currency, until) VALUES (?, ?, ?, ?, ?)", error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, number_item (asset, i));
      bind_text (stmt, 2, sp_node_get_text (item, "source"));
      bind_number (stmt, 3, sp_node_get_number (item, "amount"));
      bind_text (stmt, 4, sp_node_get_text (item, "currency"));
      bind_day (stmt, 5, sp_civil_parse_date (sp_node_get_text (item, "until")));
      if (!sp_db_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_clock (SpDb *db, const SpProjected *asset, SpFactGroup group, GError **error)
{
  const SpFreshness *clock = &asset->text->facts.clocks[group];
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO checked (n, facts, checked_on, due, how) VALUES (?, ?, ?, ?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, number_item (asset, group));
  bind_text (stmt, 2, sp_fact_group_get_name (group));
  bind_day (stmt, 3, clock->on);
  bind_day (stmt, 4, clock->due);
  bind_text (stmt, 5, clock->how);
  return sp_db_run (db, stmt, error);
}

static gboolean
write_checked (SpDb *db, const SpProjected *asset, GError **error)
{
  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    if (asset->text->facts.clocks[i].on != SP_CIVIL_NO_DAY && !write_clock (db, asset, (SpFactGroup) i, error))
      return FALSE;
  return TRUE;
}

static const char *
first_category (const SpNode *body)
{
  const SpNode *list = sp_node_get (body, "categories");

  return count_items (list) > 0 ? sp_node_get_string (sp_node_get_element (list, 0)) : NULL;
}

static gboolean
write_asset (SpDb *db, const SpProjected *asset, GError **error)
{
  const SpNode *body = asset->body;
  const SpFacts *facts = &asset->text->facts;
  const SpNode *eligibility = sp_node_get (body, "eligibility");
  const SpNode *visible = sp_node_get (body, "visible");
  const char *name = sp_node_get_text (body, "name");
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO asset VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, asset->n);
  sqlite3_bind_int64 (stmt, 2, asset->doc);
  sqlite3_bind_int (stmt, 3, (int) sp_kind_from_text (sp_node_get_text (body, "kind")));
  sqlite3_bind_int (stmt, 4, (int) sp_status_from_text (sp_node_get_text (body, "status")));
  bind_text (stmt, 5, name != NULL ? name : "");
  bind_text (stmt, 6, first_category (body));
  bind_number (stmt, 7, asset->latitude);
  bind_number (stmt, 8, asset->longitude);
  bind_count (stmt, 9, sp_facts_count (eligibility, "minimum_age"));
  bind_count (stmt, 10, sp_facts_count (eligibility, "maximum_age"));
  bind_number (stmt, 11, facts->cost);
  bind_count (stmt, 12, sp_facts_count (sp_node_get (body, "building"), "capacity"));
  sqlite3_bind_int64 (stmt, 13, facts->opening.days);
  sqlite3_bind_int64 (stmt, 14, facts->opening.bands);
  bind_day (stmt, 15, facts->opening.ends);
  bind_day (stmt, 16, sp_civil_parse_date (sp_node_get_text (visible, "from")));
  bind_day (stmt, 17, sp_civil_parse_date (sp_node_get_text (visible, "until")));
  bind_day (stmt, 18, facts->due);
  bind_day (stmt, 19, facts->overdue);
  bind_text (stmt, 20, sp_node_get_text (body, "venue"));
  bind_text (stmt, 21, sp_node_get_text (body, "organisation"));
  return sp_db_run (db, stmt, error);
}

static gboolean
insert_position (SpDb *db, const SpPlaced *placed, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO position VALUES (?1, ?2, ?2, ?3, ?3)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, placed->n);
  sqlite3_bind_double (stmt, 2, placed->latitude);
  sqlite3_bind_double (stmt, 3, placed->longitude);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_rows_clear_placed:
 * @placed: an SpPlaced; what it holds is freed, the struct is not
 */
void
sp_rows_clear_placed (gpointer placed)
{
  g_free (((SpPlaced *) placed)->words);
}

/* The words that full text gets, where they are at hand: the place of what happens elsewhere is told by its venue. */
static char *
make_words (const SpProjected *asset)
{
  return asset->text->columns[SP_TEXT_PLACE] != NULL ? sp_near_join (asset->text->columns) : NULL;
}

/**
 * sp_rows_write_position:
 * @db: the writing connection
 * @asset: an asset that has its other rows already, those of full text too
 * @error: %SP_ERROR
 *
 * Writes where it is, if that is known.
 *
 * Returns: whether that went well
 */
gboolean
sp_rows_write_position (SpDb *db, const SpProjected *asset, GError **error)
{
  SpPlaced placed = { asset->n, 0, asset->latitude, asset->longitude, NULL };
  gboolean good;
  gint64 last;

  if (isnan (asset->latitude))
    return TRUE;
  if (asset->bulk == NULL)
    {
      placed.words = make_words (asset);
      good = insert_position (db, &placed, error) && sp_near_add (db, &placed, error);
      sp_rows_clear_placed (&placed);
      return good;
    }
  if (!sp_near_get_last (db, &last, error))
    return FALSE;
  placed.order = sp_tiles_order (placed.latitude, placed.longitude);
  if (asset->bulk->waiting != NULL)
    {
      placed.words = placed.n <= last ? make_words (asset) : NULL;
      g_hash_table_add (asset->bulk->waiting, GSIZE_TO_POINTER (placed.n));
    }
  g_array_append_val (asset->bulk->positions, placed);
  return TRUE;
}

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const SpPlaced *first = a, *second = b;

  if (first->order != second->order)
    return first->order < second->order ? -1 : 1;
  return (first->n > second->n) - (first->n < second->n);
}

/**
 * sp_rows_sort_placed:
 * @positions: (element-type SpPlaced): what was collected
 *
 * Puts it into the order of the map.
 */
void
sp_rows_sort_placed (GArray *positions)
{
  g_array_sort (positions, compare_placed);
}

/**
 * sp_rows_write_positions:
 * @db: the writing connection
 * @positions: (element-type SpPlaced): what was collected; is emptied
 * @error: %SP_ERROR
 *
 * Writes many positions at once, neighbours after each other: so the R*Tree works on the same few pages for a while, and then
 * full text on the same few words. In the order of the documents a million of them would read most pages anew for each, and FTS5
 * begin a piece of its index.
 *
 * Returns: whether that went well
 */
gboolean
sp_rows_write_positions (SpDb *db, GArray *positions, GError **error)
{
  sp_rows_sort_placed (positions);
  for (guint i = 0; i < positions->len; i++)
    if (!insert_position (db, &g_array_index (positions, SpPlaced, i), error))
      return FALSE;
  if (!sp_near_write (db, positions, error))
    return FALSE;
  g_array_set_size (positions, 0);
  return TRUE;
}

/**
 * sp_rows_write:
 * @db: the writing connection
 * @asset: an asset that has no rows yet
 * @error: %SP_ERROR
 *
 * Writes the rows of all tables but those of full text and of where it is.
 *
 * Returns: whether that went well
 */
gboolean
sp_rows_write (SpDb *db, const SpProjected *asset, GError **error)
{
  return write_checked (db, asset, error)
         && write_asset (db, asset, error)
         && write_categories (db, asset, error)
         && write_schedules (db, asset, error)
         && write_contacts (db, asset, error)
         && write_building (db, asset, error)
         && write_funding (db, asset, error);
}

/**
 * sp_rows_delete:
 * @db: the writing connection, inside a transaction
 * @n: the asset's row
 * @error: %SP_ERROR
 *
 * Takes the rows of an asset out of all tables, the full text index too.
 *
 * Returns: whether that went well
 */
gboolean
sp_rows_delete (SpDb *db, gint64 n, GError **error)
{
  static const char * const statements[] = {
    "DELETE FROM asset WHERE n = ?", "DELETE FROM asset_category WHERE asset = ?", "DELETE FROM schedule WHERE asset = ?",
    "DELETE FROM contact WHERE " SP_ITEMS_OF, "DELETE FROM checked WHERE " SP_ITEMS_OF, "DELETE FROM building WHERE asset = ?",
    "DELETE FROM funding WHERE " SP_ITEMS_OF, "DELETE FROM position WHERE n = ?", "DELETE FROM text WHERE rowid = ?",
  };

  if (!sp_bulk_settle (db, n, error) || !sp_near_remove (db, n, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      SP_DB_STMT *stmt = sp_db_prepare (db, statements[i], error);
      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, n);
      if (!sp_db_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}
