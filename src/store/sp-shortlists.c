/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortlists: entries gathered for one occasion, in an order, each with a line of why. They are private tables, which
 * never travel. A change is read, made in memory and written whole: lists are short, and what stood before is at hand to
 * take the change back. */
#include "sp-shortlists.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * sp_shortlist_item_new:
 * @id: document id
 * @why: (nullable): why it is on the list
 *
 * Returns: (transfer full): an item without its asset
 */
SpShortlistItem *
sp_shortlist_item_new (const char *id, const char *why)
{
  SpShortlistItem *self = g_new0 (SpShortlistItem, 1);

  self->id = g_strdup (id);
  self->why = g_strdup (why);
  return self;
}

/**
 * sp_shortlist_item_free:
 * @self: (transfer full): an item
 */
void
sp_shortlist_item_free (SpShortlistItem *self)
{
  g_clear_object (&self->asset);
  g_free (self->id);
  g_free (self->why);
  g_free (self);
}

/**
 * sp_shortlist_new:
 * @n: its number
 * @name: its name
 *
 * Returns: (transfer full): a list without entries, in memory alone
 */
SpShortlist *
sp_shortlist_new (gint64 n, const char *name)
{
  SpShortlist *self = g_new0 (SpShortlist, 1);

  *self = (SpShortlist){ n, g_strdup (name), g_ptr_array_new_with_free_func ((GDestroyNotify) sp_shortlist_item_free) };
  return self;
}

/**
 * sp_shortlist_copy:
 * @self: a list
 *
 * Returns: (transfer full): a copy without the assets, to cross threads or to restore it later
 */
SpShortlist *
sp_shortlist_copy (const SpShortlist *self)
{
  SpShortlist *copy = sp_shortlist_new (self->n, self->name);

  for (guint i = 0; i < self->items->len; i++)
    {
      const SpShortlistItem *item = g_ptr_array_index (self->items, i);
      g_ptr_array_add (copy->items, sp_shortlist_item_new (item->id, item->why));
    }
  return copy;
}

/**
 * sp_shortlist_free:
 * @self: (transfer full): a list
 */
void
sp_shortlist_free (SpShortlist *self)
{
  g_ptr_array_unref (self->items);
  g_free (self->name);
  g_free (self);
}

/* ---- reading ---- */

static gboolean
read_items (SpDb *db, SpShortlist *list, gboolean with_assets, GError **error)
{
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT item.id, note, CASE WHEN ?2 THEN body END FROM private_shortlist_item item"
                                        " LEFT JOIN doc ON doc.id = item.id AND NOT doc.deleted LEFT JOIN rev ON rev.n = doc.winner"
                                        " WHERE shortlist = ?1 ORDER BY position, item.id", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, list->n);
  sqlite3_bind_int (stmt, 2, with_assets);
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      SpShortlistItem *item = sp_shortlist_item_new ((const char *) sqlite3_column_text (stmt, 0),
                                                     (const char *) sqlite3_column_text (stmt, 1));
      const char *json = (const char *) sqlite3_column_text (stmt, 2);
      g_autoptr (SpNode) body = json != NULL ? sp_node_parse (json, sqlite3_column_bytes (stmt, 2), NULL) : NULL;
      if (body != NULL)
        item->asset = sp_asset_new (item->id, NULL, body);
      g_ptr_array_add (list->items, item);
    }
  return !has_row;
}

/**
 * sp_shortlists_get:
 * @db: a connection
 * @n: number of the list
 * @with_assets: whether to read what the entries say now
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the list
 */
SpShortlist *
sp_shortlists_get (SpDb *db, gint64 n, gboolean with_assets, GError **error)
{
  g_autoptr (SpShortlist) list = NULL;
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT name FROM private_shortlist WHERE n = ?", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, n);
  if (!sp_db_step (db, stmt, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("This shortlist was deleted"));
      return NULL;
    }
  list = sp_shortlist_new (n, (const char *) sqlite3_column_text (stmt, 0));
  return read_items (db, list, with_assets, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * sp_shortlists_list:
 * @db: a connection
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpShortlist): all lists without the assets of their entries, the one
 *   that changed last first
 */
GPtrArray *
sp_shortlists_list (SpDb *db, GError **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_shortlist_free);
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n, name FROM private_shortlist ORDER BY changed DESC, n DESC", error);

  if (stmt == NULL)
    return NULL;
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      SpShortlist *list = sp_shortlist_new (sqlite3_column_int64 (stmt, 0), (const char *) sqlite3_column_text (stmt, 1));
      g_ptr_array_add (lists, list);
      if (!read_items (db, list, FALSE, error))
        return NULL;
    }
  return has_row ? NULL : g_steal_pointer (&lists);
}

/* ---- what a change makes of a list ---- */

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
set_name (SpShortlist *list, const char *text, GError **error)
{
  g_autofree char *name = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (*name == '\0')
    return refuse (error, _("A shortlist needs a name"));
  if (g_utf8_strlen (name, -1) > SP_SHORTLIST_NAME_MAX)
    return refuse (error, _("The name of the shortlist is too long"));
  g_free (list->name);
  list->name = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
set_why (SpShortlistItem *item, const char *text, GError **error)
{
  g_autofree char *why = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (g_utf8_strlen (why, -1) > SP_SHORTLIST_WHY_MAX)
    return refuse (error, _("The line of why is too long"));
  g_free (item->why);
  item->why = *why != '\0' ? g_steal_pointer (&why) : NULL;
  return TRUE;
}

/* Takes the item of a document out of the list; NULL if it is not there. */
static SpShortlistItem *
take_item (SpShortlist *list, const char *id)
{
  for (guint i = 0; i < list->items->len; i++)
    if (g_strcmp0 (((SpShortlistItem *) g_ptr_array_index (list->items, i))->id, id) == 0)
      return g_ptr_array_steal_index (list->items, i);
  return NULL;
}

static void
put_item (SpShortlist *list, SpShortlistItem *item, guint position)
{
  g_ptr_array_insert (list->items, position < list->items->len ? (int) position : -1, item);
}

static gboolean
add_item (SpShortlist *list, const SpShortlistChange *change, GError **error)
{
  SpShortlistItem *item = take_item (list, change->id);
  gboolean good = TRUE;

  if (item == NULL && list->items->len >= SP_SHORTLIST_ITEMS_MAX)
    return refuse (error, _("The shortlist is full"));
  if (item == NULL)
    item = sp_shortlist_item_new (change->id, NULL);
  if (change->text != NULL)
    good = set_why (item, change->text, error);
  put_item (list, item, change->position);
  return good;
}

static gboolean
change_item (SpShortlist *list, const SpShortlistChange *change, GError **error)
{
  for (guint i = 0; i < list->items->len; i++)
    {
      SpShortlistItem *item = g_ptr_array_index (list->items, i);
      if (g_strcmp0 (item->id, change->id) != 0)
        continue;
      if (change->action == SP_SHORTLIST_EXPLAIN)
        return set_why (item, change->text, error);
      item = g_ptr_array_steal_index (list->items, i);
      if (change->action == SP_SHORTLIST_MOVE)
        put_item (list, item, change->position);
      else
        sp_shortlist_item_free (item);
      return TRUE;
    }
  return refuse (error, _("This entry is not on the shortlist"));
}

/* Makes the list what it shall be. */
static gboolean
apply (SpShortlist *list, const SpShortlistChange *change, GError **error)
{
  switch (change->action)
    {
    case SP_SHORTLIST_CREATE:
    case SP_SHORTLIST_RENAME:
      return set_name (list, change->text, error);
    case SP_SHORTLIST_ADD:
      return add_item (list, change, error);
    case SP_SHORTLIST_REMOVE:
    case SP_SHORTLIST_MOVE:
    case SP_SHORTLIST_EXPLAIN:
      return change_item (list, change, error);
    case SP_SHORTLIST_RESTORE:
    case SP_SHORTLIST_DELETE:
      break;
    }
  return TRUE;
}

/* ---- writing ---- */

static gboolean
run_for_list (SpDb *db, const char *sql, gint64 n, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n);
  return sp_db_run (db, stmt, error);
}

static gboolean
delete_list (SpDb *db, gint64 n, GError **error)
{
  return run_for_list (db, "DELETE FROM private_shortlist_item WHERE shortlist = ?", n, error)
         && run_for_list (db, "DELETE FROM private_shortlist WHERE n = ?", n, error);
}

/* A new list gets its number here; @changed counts up, so that the order is that of the changes within a second too. */
static gboolean
write_head (SpDb *db, SpShortlist *list, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO private_shortlist (n, name, changed) VALUES (?1, ?2,"
                                        " max (CAST (strftime ('%s', 'now') AS INTEGER),"
                                        "      (SELECT ifnull (max (changed), 0) + 1 FROM private_shortlist)))", error);

  if (stmt == NULL)
    return FALSE;
  if (list->n > 0)
    sqlite3_bind_int64 (stmt, 1, list->n);
  sqlite3_bind_text (stmt, 2, list->name, -1, SQLITE_STATIC);
  if (!sp_db_run (db, stmt, error))
    return FALSE;
  if (list->n <= 0)
    list->n = sqlite3_last_insert_rowid (sp_db_get_handle (db));
  return TRUE;
}

static gboolean
write_item (SpDb *db, gint64 list, guint position, const SpShortlistItem *item, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO private_shortlist_item (shortlist, id, position, note) VALUES (?, ?, ?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, list);
  sqlite3_bind_text (stmt, 2, item->id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 3, position);
  sqlite3_bind_text (stmt, 4, item->why, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

static gboolean
write_list (SpDb *db, SpShortlist *list, GError **error)
{
  if ((list->n > 0 && !delete_list (db, list->n, error)) || !write_head (db, list, error))
    return FALSE;
  for (guint i = 0; i < list->items->len; i++)
    if (!write_item (db, list->n, i, g_ptr_array_index (list->items, i), error))
      return FALSE;
  return TRUE;
}

/* The list that is there, or NULL without an error where the change makes one. */
static gboolean
read_before (SpDb *db, const SpShortlistChange *change, SpShortlist **before, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *before = NULL;
  if (change->action == SP_SHORTLIST_CREATE)
    return TRUE;
  if (change->action != SP_SHORTLIST_RESTORE)
    return (*before = sp_shortlists_get (db, change->list, FALSE, error)) != NULL;
  *before = sp_shortlists_get (db, change->whole->n, FALSE, &problem);
  if (*before != NULL || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
change_inside (SpDb *db, const SpShortlistChange *change, SpShortlist **before, SpShortlist **after, GError **error)
{
  if (!read_before (db, change, before, error))
    return FALSE;
  if (change->action == SP_SHORTLIST_DELETE)
    return delete_list (db, change->list, error);
  if (change->action == SP_SHORTLIST_RESTORE)
    *after = sp_shortlist_copy (change->whole);
  else
    *after = *before != NULL ? sp_shortlist_copy (*before) : sp_shortlist_new (0, "");
  return apply (*after, change, error) && write_list (db, *after, error);
}

/**
 * sp_shortlists_change:
 * @db: the writing connection
 * @change: what to do
 * @before: (out) (optional) (nullable) (transfer full): the list as it was, to be restored; %NULL of a new one
 * @after: (out) (optional) (nullable) (transfer full): the list as it is now; %NULL of a deleted one
 * @error: %SP_ERROR_INVALID for a name or a text that will not do, %SP_ERROR_NOT_FOUND for a list that is gone
 *
 * Makes one change, in one transaction.
 *
 * Returns: whether it was made
 */
gboolean
sp_shortlists_change (SpDb *db, const SpShortlistChange *change, SpShortlist **before, SpShortlist **after, GError **error)
{
  g_autoptr (SpShortlist) old = NULL, new = NULL;

  if (!sp_db_begin (db, error))
    return FALSE;
  if (!change_inside (db, change, &old, &new, error) || !sp_db_commit (db, error))
    {
      sp_db_rollback (db);
      return FALSE;
    }
  if (before != NULL)
    *before = g_steal_pointer (&old);
  if (after != NULL)
    *after = g_steal_pointer (&new);
  return TRUE;
}
