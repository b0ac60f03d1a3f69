/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Areas: wards, parishes and neighbourhoods to search in. Their documents hold the outline; an R*Tree finds which may
 * hold a point, the outline decides. */
#include "sp-areas.h"

#include "sp-alike.h"
#include "sp-docs.h"
#include "sp-fold.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_CANDIDATES 20
#define MOST_SUGGESTIONS 5

/**
 * sp_area_free:
 * @self: (transfer full): an area
 */
void
sp_area_free (SpArea *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->code);
  g_clear_pointer (&self->outline, sp_polygon_unref);
  g_free (self);
}

/**
 * sp_area_describe:
 * @self: an area
 *
 * Returns: (transfer full): its name with what tells it from others, "Newport (ward, E05014171)"
 */
char *
sp_area_describe (const SpArea *self)
{
  if (self->code == NULL)
    return g_strdup_printf ("%s (%s)", self->name, self->kind);
  return g_strdup_printf ("%s (%s, %s)", self->name, self->kind, self->code);
}

static const char *
text_or (const SpNode *body, const char *member, const char *otherwise)
{
  const char *text = sp_node_get_text (body, member);

  return text != NULL ? text : otherwise;
}

static SpArea *
area_from_body (const char *id, const SpNode *body, GError **error)
{
  g_autoptr (SpPolygon) outline = sp_polygon_new (sp_node_get (body, "geometry"), error);
  SpArea *self;

  if (outline == NULL)
    {
      g_prefix_error (error, "%s: ", text_or (body, "name", id));
      return NULL;
    }
  self = g_new0 (SpArea, 1);
  self->id = g_strdup (id);
  self->name = g_strdup (text_or (body, "name", text_or (body, "code", id)));
  self->kind = g_strdup (text_or (body, "kind", "area"));
  self->code = g_strdup (sp_node_get_text (body, "code"));
  self->population = sp_node_get_number (body, "population");
  self->decile = sp_node_get_number (body, "decile");
  self->size = sp_polygon_get_area (outline);
  sp_polygon_get_inner_point (outline, &self->latitude, &self->longitude);
  self->outline = g_steal_pointer (&outline);
  return self;
}

static gboolean
delete_area (SpDb *db, gint64 doc, GError **error)
{
  static const char * const tables[] = { "DELETE FROM area WHERE doc = ?", "DELETE FROM area_box WHERE doc = ?" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      SP_DB_STMT *stmt = sp_db_prepare (db, tables[i], error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, doc);
      if (!sp_db_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_area (SpDb *db, gint64 doc, const SpArea *area, GError **error)
{
  g_autofree char *folded = sp_fold_text (area->name);
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO area VALUES (?, ?, ?, ?, ?, upper (?), ?, ?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  sqlite3_bind_text (stmt, 2, area->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, area->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, folded, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 5, area->kind, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 6, area->code, -1, SQLITE_STATIC);
  sqlite3_bind_double (stmt, 7, area->latitude);
  sqlite3_bind_double (stmt, 8, area->longitude);
  sqlite3_bind_double (stmt, 9, area->size);
  return sp_db_run (db, stmt, error);
}

static gboolean
insert_box (SpDb *db, gint64 doc, const SpPolygon *outline, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO area_box VALUES (?, ?, ?, ?, ?)", error);
  SpBox box;

  if (stmt == NULL)
    return FALSE;
  sp_polygon_get_box (outline, &box);
  sqlite3_bind_int64 (stmt, 1, doc);
  sqlite3_bind_double (stmt, 2, box.south);
  sqlite3_bind_double (stmt, 3, box.north);
  sqlite3_bind_double (stmt, 4, box.west);
  sqlite3_bind_double (stmt, 5, box.east);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_areas_project:
 * @db: the writing connection, inside a transaction
 * @doc: the document's local number
 * @id: document id, beginning with "area:"
 * @body: (nullable): the winning body; %NULL once the document is deleted
 * @error: %SP_ERROR
 *
 * Brings the tables of areas up to date. A document without an outline that can be read is no area that one can search
 * in; it is left out, and `check` names it.
 *
 * Returns: whether that went well
 */
gboolean
sp_areas_project (SpDb *db, gint64 doc, const char *id, const SpNode *body, GError **error)
{
  g_autoptr (SpArea) area = NULL;

  if (!delete_area (db, doc, error))
    return FALSE;
  if (g_strcmp0 (sp_node_get_text (body, "type"), "area") != 0)
    return TRUE;
  area = area_from_body (id, body, NULL);
  return area == NULL || (insert_area (db, doc, area, error) && insert_box (db, doc, area->outline, error));
}

/**
 * sp_areas_load:
 * @db: a connection
 * @id: document id
 * @error: %SP_ERROR_NOT_FOUND; %SP_ERROR_PARSE if its outline cannot be read
 *
 * Returns: (transfer full) (nullable): the area with its outline
 */
SpArea *
sp_areas_load (SpDb *db, const char *id, GError **error)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, error);
  g_autoptr (SpNode) body = NULL;

  if (doc == NULL)
    return NULL;
  if (doc->deleted || doc->body == NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("There is no area %s"), id);
      return NULL;
    }
  body = sp_node_parse (doc->body, -1, error);
  return body != NULL ? area_from_body (id, body, error) : NULL;
}

/* Loads the areas whose ids @stmt gives. */
static GPtrArray *
load_all (SpDb *db, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) areas = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_area_free);
  gboolean has_row;

  while (sp_db_step (db, stmt, &has_row, error))
    {
      SpArea *area;

      if (!has_row)
        return g_steal_pointer (&areas);
      area = sp_areas_load (db, (const char *) sqlite3_column_text (stmt, 0), error);
      if (area == NULL)
        return NULL;
      g_ptr_array_add (areas, area);
    }
  return NULL;
}

/* "Newport (parish)" → "Newport" and "parish". */
static void
split_kind (const char *text, char **name, char **kind)
{
  const char *open = strrchr (text, '(');

  *kind = NULL;
  *name = g_strdup (text);
  if (open == NULL || open == text || !g_str_has_suffix (open, ")"))
    return;
  *kind = g_strndup (open + 1, strcspn (open + 1, ",)"));
  (*name)[open - text] = '\0';
}

static GPtrArray *
areas_named (SpDb *db, const char *text, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *code = g_ascii_strup (text, -1);
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT id FROM area WHERE id = ?1 OR code = ?2 OR"
                                        " (folded = ?3 AND folded <> '' AND (?4 IS NULL OR kind = ?4))"
                                        " ORDER BY kind, code, id LIMIT ?5", error);

  if (stmt == NULL)
    return NULL;
  split_kind (text, &name, &kind);
  folded = sp_fold_text (name);
  sqlite3_bind_text (stmt, 1, text, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, g_strstrip (code), -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, folded, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, kind, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 5, MOST_CANDIDATES);
  return load_all (db, stmt, error);
}

/* Whether somebody who typed @typed may have meant @name; both folded. */
static gboolean
may_mean (const char *typed, const char *name)
{
  gsize length = strlen (typed);

  if (length < 3)
    return FALSE;
  return g_str_has_prefix (name, typed) || sp_alike_distance (typed, name, length < 6 ? 1 : 2) <= (length < 6 ? 1u : 2u);
}

static gboolean
not_found (SpDb *db, const char *text, GError **error)
{
  g_autofree char *typed = sp_fold_text (text);
  g_autoptr (GString) list = g_string_new (NULL);
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT DISTINCT name, folded FROM area ORDER BY folded", error);
  gboolean has_row = TRUE;
  guint found = 0;

  if (stmt == NULL)
    return FALSE;
  while (found < MOST_SUGGESTIONS && sp_db_step (db, stmt, &has_row, error) && has_row)
    if (may_mean (typed, (const char *) sqlite3_column_text (stmt, 1)))
      g_string_append_printf (list, "%s%s", found++ > 0 ? ", " : "", (const char *) sqlite3_column_text (stmt, 0));
  if (error != NULL && *error != NULL)
    return FALSE;
  if (found > 0)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("No area is called “%s”. Did you mean %s?"), text, list->str);
  else
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("No area is called “%s”. Areas come from boundary files: signpost import --format areas FILE"), text);
  return FALSE;
}

/**
 * sp_areas_find:
 * @db: a connection
 * @text: a name, in any case; a name with its kind, "Newport (parish)"; a code; or a document id
 * @candidates: (out) (optional) (nullable) (element-type SpArea): the areas between which one must choose
 * @error: %SP_ERROR_NOT_FOUND with suggestions; %SP_ERROR_AMBIGUOUS with what tells the areas apart
 *
 * Returns: (transfer full) (nullable): the only area that @text means
 */
SpArea *
sp_areas_find (SpDb *db, const char *text, GPtrArray **candidates, GError **error)
{
  g_autoptr (GPtrArray) areas = areas_named (db, text, error);
  g_autoptr (GString) list = g_string_new (NULL);

  if (candidates != NULL)
    *candidates = NULL;
  if (areas == NULL)
    return NULL;
  if (areas->len == 0)
    {
      not_found (db, text, error);
      return NULL;
    }
  if (areas->len == 1)
    return g_ptr_array_steal_index (areas, 0);
  for (guint i = 0; i < areas->len; i++)
    {
      g_autofree char *words = sp_area_describe (g_ptr_array_index (areas, i));
      g_string_append_printf (list, "%s%s", i > 0 ? "; " : "", words);
    }
  g_set_error (error, SP_ERROR, SP_ERROR_AMBIGUOUS, _("Several areas are called “%s”: %s"), text, list->str);
  if (candidates != NULL)
    *candidates = g_steal_pointer (&areas);
  return NULL;
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  double x = (*(const SpArea * const *) a)->size;
  double y = (*(const SpArea * const *) b)->size;

  return (x > y) - (x < y);
}

/**
 * sp_areas_of_point:
 * @db: a connection
 * @latitude: degrees north
 * @longitude: degrees east
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpArea): the areas that hold the point, the smallest first
 */
GPtrArray *
sp_areas_of_point (SpDb *db, double latitude, double longitude, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT id FROM area_box CROSS JOIN area USING (doc)"
                                        " WHERE south <= ?1 AND north >= ?1 AND west <= ?2 AND east >= ?2", error);
  GPtrArray *areas;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_double (stmt, 1, latitude);
  sqlite3_bind_double (stmt, 2, longitude);
  areas = load_all (db, stmt, error);
  if (areas == NULL)
    return NULL;
  for (guint i = areas->len; i-- > 0;)
    if (!sp_polygon_contains (((SpArea *) g_ptr_array_index (areas, i))->outline, latitude, longitude))
      g_ptr_array_remove_index (areas, i);
  g_ptr_array_sort (areas, compare_sizes);
  return areas;
}

/**
 * sp_areas_list_kinds:
 * @db: a connection
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): the kinds of areas that this store has, those that lists usually go by first
 */
GStrv
sp_areas_list_kinds (SpDb *db, GError **error)
{
  static const char sql[] = "SELECT DISTINCT kind FROM area ORDER BY CASE kind WHEN 'ward' THEN 1 WHEN 'parish' THEN 2"
                            " WHEN 'pcn' THEN 3 WHEN 'icc' THEN 4 WHEN 'drawn' THEN 5 WHEN 'lsoa' THEN 6 ELSE 7 END, kind";
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);
  g_autoptr (GStrvBuilder) kinds = g_strv_builder_new ();
  gboolean has_row = stmt != NULL;

  while (has_row)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (has_row)
        g_strv_builder_add (kinds, (const char *) sqlite3_column_text (stmt, 0));
    }
  return stmt != NULL ? g_strv_builder_end (kinds) : NULL;
}
