/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries that are not on the map yet: how many there are, and where those that came with a list and have a postcode
 * belong. What a person entered or corrected is left to people. */
#include "sp-unplaced.h"

#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-gazetteer.h"
#include "sp-postcode.h"
#include "sp-query.h"

#include <string.h>

#define SELECT_SQL \
  "SELECT d.id FROM asset a JOIN doc d ON d.n = a.doc JOIN rev r ON r.n = d.winner WHERE r.body -> '$.source.feed' IS NOT NULL"
#define VAGUE "area" /* location.accuracy of a position that was taken from neighbours */

/**
 * sp_unplaced_count:
 * @db: a connection
 * @error: %SP_ERROR
 *
 * Returns: how many entries in use have no position, and no venue that has one; %G_MAXUINT64 with @error set if that
 *   cannot be read
 */
guint64
sp_unplaced_count (SpDb *db, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) FROM asset WHERE latitude IS NULL AND status IN (?, ?)", error);

  if (stmt == NULL)
    return G_MAXUINT64;
  sqlite3_bind_int (stmt, 1, SP_STATUS_ACTIVE);
  sqlite3_bind_int (stmt, 2, SP_STATUS_CLOSED_FOR_NOW);
  return sp_db_step (db, stmt, &has_row, error) ? (guint64) sqlite3_column_int64 (stmt, 0) : G_MAXUINT64;
}

/**
 * sp_unplaced_list:
 * @db: a connection
 * @vague_too: whether those are wanted too whose position was taken from the neighbours of their postcode; that reads
 *   every document
 * @cancellable: (nullable): to give it up
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type utf8): ids of the entries that came with a list and have no position
 */
GPtrArray *
sp_unplaced_list (SpDb *db, gboolean vague_too, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, vague_too ? SELECT_SQL " AND (a.latitude IS NULL OR r.body ->> '$.location.accuracy' = '" VAGUE "')"
                                                  : SELECT_SQL " AND a.latitude IS NULL", error);

  if (stmt == NULL)
    return NULL;
  for (;;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&ids);
      g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
}

/* Whether a person said where it is, or that nobody shall know. */
static gboolean
is_for_people (const SpNode *asset)
{
  const SpNode *list = sp_node_get_path (asset, "source.hand_corrected");
  g_autoptr (GPtrArray) erased = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    if (g_strcmp0 (sp_node_get_string (sp_node_get_element (list, i)), "location") == 0)
      return TRUE;
  sp_edit_list_add_erased (sp_node_get (asset, "edit"), erased);
  return sp_edit_list_contains (erased, "location");
}

/* Whether the position that is there was put by an import from the postcode, and not said by the list itself: the edit says
 * that there was none before. */
static gboolean
was_put_here (const SpNode *asset)
{
  const SpNode *edit = sp_node_get (asset, "edit");

  for (guint i = 0; sp_node_is_array (edit) && i < sp_node_get_length (edit); i++)
    {
      const SpNode *before = sp_node_get_path (sp_node_get_element (edit, i), "was.location");
      if (before != NULL && sp_node_get_kind (before) == SP_JSON_NULL)
        return TRUE;
    }
  return FALSE;
}

static SpNode *
new_location (double latitude, double longitude, gboolean approximate)
{
  SpNode *location = sp_node_new_object ();
  SpNode *body = sp_node_new_object ();

  sp_node_set (location, "latitude", sp_node_new_number (latitude));
  sp_node_set (location, "longitude", sp_node_new_number (longitude));
  sp_node_set_text (location, "accuracy", approximate ? VAGUE : "postcode");
  sp_node_set (body, "location", location);
  return body;
}

/**
 * sp_unplaced_locate:
 * @db: a connection
 * @id: of sp_unplaced_list()
 * @body: (out) (transfer full) (nullable): what to put: a `location` in the middle of the postcode, with the accuracy
 *   `postcode`; or, where only others of its sector or district are known, in the middle of those, with the accuracy `area`.
 *   %NULL if nothing better is known than what is there
 * @approximate: (out): whether it is the latter
 * @error: %SP_ERROR
 *
 * Returns: whether it could be looked up
 */
gboolean
sp_unplaced_locate (SpDb *db, const char *id, SpNode **body, gboolean *approximate, GError **error)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, error);
  g_autoptr (SpNode) asset = doc != NULL && doc->body != NULL ? sp_node_parse (doc->body, -1, error) : NULL;
  g_autofree char *postcode = sp_postcode_normalise (sp_node_get_string (sp_node_get_path (asset, "address.postal_code")));
  g_autoptr (GError) why = NULL;
  double latitude, longitude;

  *body = NULL;
  *approximate = FALSE;
  if (asset == NULL)
    return doc != NULL && doc->body == NULL;
  if (postcode == NULL || is_for_people (asset) || (sp_node_get (asset, "location") != NULL && !was_put_here (asset)))
    return TRUE;
  if (!sp_gazetteer_look_up_postcode (db, postcode, &latitude, &longitude, approximate, &why))
    {
      if (g_error_matches (why, SP_ERROR, SP_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  if (!*approximate || sp_node_get (asset, "location") == NULL)
    *body = new_location (latitude, longitude, *approximate);
  return TRUE;
}
