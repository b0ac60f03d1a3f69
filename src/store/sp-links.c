/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an asset has to do with others: the place it is held in and who runs it, and the other way round all that is
 * held in a place and all that an organisation runs. A document names only the former; the projection has an index for
 * the latter. */
#include "sp-links.h"

#include "sp-areas.h"
#include "sp-docs.h"
#include "sp-query.h"

#include <glib/gi18n-lib.h>

static SpAsset *
read_asset (const char *id, const char *rev, const char *json, gssize length)
{
  g_autoptr (SpNode) body = json != NULL ? sp_node_parse (json, length, NULL) : NULL;

  return body != NULL ? sp_asset_new (id, rev, body) : NULL;
}

/* Gives NULL without an error for an asset that is not in this store: it may not have arrived yet. */
static gboolean
load (SpDb *db, const char *id, SpAsset **asset, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SpDoc) doc = NULL;

  *asset = NULL;
  if (id == NULL)
    return TRUE;
  doc = sp_docs_get (db, id, NULL, &problem);
  if (doc != NULL && !doc->deleted)
    *asset = read_asset (doc->id, doc->rev, doc->body, -1);
  if (doc != NULL || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

#define GOES_ON "asset.status IN (?2, ?3)"

static void
bind_link (sqlite3_stmt *stmt, const char *id)
{
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 2, SP_STATUS_ACTIVE);
  sqlite3_bind_int (stmt, 3, SP_STATUS_CLOSED_FOR_NOW);
}

static gboolean
count (SpDb *db, const char *sql, const char *id, guint *n, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  bind_link (stmt, id);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *n = (guint) sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static GPtrArray *
list (SpDb *db, const char *sql, const char *id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) assets = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  bind_link (stmt, id);
  sqlite3_bind_int64 (stmt, 4, limit);
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      SpAsset *asset = read_asset ((const char *) sqlite3_column_text (stmt, 0), NULL,
                                   (const char *) sqlite3_column_text (stmt, 1), sqlite3_column_bytes (stmt, 1));
      if (asset != NULL)
        g_ptr_array_add (assets, asset);
    }
  return has_row ? NULL : g_steal_pointer (&assets);
}

#define LIST(column) \
  "SELECT doc.id, body FROM asset JOIN doc ON doc.n = asset.doc JOIN rev ON rev.n = doc.winner" \
  " WHERE asset." column " = ?1 AND " GOES_ON " ORDER BY asset.name COLLATE NOCASE, doc.id LIMIT ?4"
#define COUNT(column) "SELECT count (*) FROM asset WHERE " column " = ?1 AND " GOES_ON

static gboolean
read_back_links (SpDb *db, const char *id, guint limit, SpLinks *links, GError **error)
{
  links->here = list (db, LIST ("venue"), id, limit, error);
  if (links->here == NULL || !count (db, COUNT ("venue"), id, &links->n_here, error))
    return FALSE;
  links->groups = list (db, LIST ("organisation"), id, limit, error);
  return links->groups != NULL && count (db, COUNT ("organisation"), id, &links->n_groups, error);
}

/* An area that has not arrived yet has its id for a name. */
static gboolean
name_area (SpDb *db, const char *id, GStrvBuilder *names, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT name FROM area WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  g_strv_builder_add (names, has_row ? (const char *) sqlite3_column_text (stmt, 0) : id);
  return TRUE;
}

static gboolean
read_areas (SpDb *db, SpAsset *asset, SpLinks *links, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) ids = sp_asset_get_words (asset, "service_areas");

  for (guint i = 0; ids[i] != NULL; i++)
    if (!name_area (db, ids[i], names, error))
      return FALSE;
  links->areas = g_strv_builder_end (names);
  return TRUE;
}

/**
 * sp_links_read_calendar:
 * @db: a connection
 * @body: (nullable): an asset; if it has a postcode, that tells whose bank holidays count
 * @nation: whose bank holidays count otherwise
 * @terms: (nullable): document id of a term calendar; %NULL or empty for the first that the store has
 * @calendar: (out caller-allocates): bank holidays and school terms
 * @error: %SP_ERROR
 *
 * Returns: whether that went well; a term calendar that is not there is none
 */
gboolean
sp_links_read_calendar (SpDb *db, const SpNode *body, SpNation nation, const char *terms, SpCalendar *calendar, GError **error)
{
  const char *postcode = sp_node_get_text (sp_node_get (body, "address"), "postal_code");
  g_autoptr (SpNode) document = NULL;
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT body FROM doc JOIN rev ON rev.n = doc.winner WHERE NOT doc.deleted"
                                        " AND doc.id >= 'term-calendar:' AND doc.id < 'term-calendar;' AND doc.id = ifnull (?, doc.id)"
                                        " ORDER BY doc.id LIMIT 1", error);

  sp_calendar_init (calendar, postcode != NULL ? sp_nation_from_postcode (postcode) : nation);
  if (stmt == NULL)
    return FALSE;
  if (terms != NULL && *terms != '\0')
    sqlite3_bind_text (stmt, 1, terms, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (has_row)
    document = sp_node_parse ((const char *) sqlite3_column_text (stmt, 0), sqlite3_column_bytes (stmt, 0), NULL);
  if (document != NULL)
    sp_calendar_add (calendar, document, NULL); /* the terms before one that cannot be read still hold */
  return TRUE;
}

/**
 * sp_links_read:
 * @db: a connection
 * @id: document id of an asset
 * @nation: as of sp_links_read_calendar()
 * @terms: (nullable): likewise
 * @limit: how many of each list to read
 * @error: %SP_ERROR_NOT_FOUND if there is no such document
 *
 * Reads what is around an asset.
 *
 * Returns: (transfer full) (nullable): it
 */
SpLinks *
sp_links_read (SpDb *db, const char *id, SpNation nation, const char *terms, guint limit, GError **error)
{
  g_autoptr (SpLinks) links = g_new0 (SpLinks, 1);
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, error);
  g_autoptr (SpAsset) asset = doc != NULL ? read_asset (id, doc->rev, doc->body != NULL ? doc->body : "{}", -1) : NULL;

  if (asset == NULL)
    {
      if (doc != NULL)
        g_set_error (error, SP_ERROR, SP_ERROR_DAMAGED, _("%s cannot be read"), id);
      return NULL;
    }
  if (load (db, sp_asset_get_text (asset, "venue"), &links->venue, error)
      && load (db, sp_asset_get_text (asset, "organisation"), &links->organisation, error)
      && read_back_links (db, id, limit, links, error)
      && read_areas (db, asset, links, error)
      && sp_links_read_calendar (db, sp_asset_get_body (asset), nation, terms, &links->calendar, error))
    return g_steal_pointer (&links);
  return NULL;
}

/**
 * sp_links_free:
 * @self: (transfer full): links
 */
void
sp_links_free (SpLinks *self)
{
  g_clear_object (&self->venue);
  g_clear_object (&self->organisation);
  g_clear_pointer (&self->here, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_strfreev (self->areas);
  g_free (self);
}
