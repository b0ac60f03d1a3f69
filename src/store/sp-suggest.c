/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What something that is being typed may mean besides a search for its words: a place or a postcode to be near, an area
 * to be in, a category, one entry by its name. */
#include "sp-suggest.h"

#include "sp-areas.h"
#include "sp-fold.h"
#include "sp-gazetteer.h"
#include "sp-geodesy.h"
#include "sp-places.h"
#include "sp-postcode.h"
#include "sp-search-private.h"

#include <math.h>
#include <string.h>

#define MOST_OF_A_KIND 3
#define MOST_AREAS 50    /* where nothing but areas is asked for */
#define SAME_PLACE_M 3000.0 /* two of one name within this are one place */
#define FEWEST_LETTERS 3 /* of a name before it is looked up */

/**
 * sp_suggestion_free:
 * @self: (transfer full): a suggestion
 */
void
sp_suggestion_free (SpSuggestion *self)
{
  g_free (self->label);
  g_free (self->value);
  g_free (self);
}

/* @label: (transfer full) */
static void
add (GPtrArray *out, SpSuggestionKind kind, char *label, const char *value, double latitude, double longitude)
{
  SpSuggestion *suggestion = g_new0 (SpSuggestion, 1);

  suggestion->kind = kind;
  suggestion->label = label;
  suggestion->value = g_strdup (value);
  suggestion->latitude = latitude;
  suggestion->longitude = longitude;
  g_ptr_array_add (out, suggestion);
}

/* Whether a whole or partial postcode was typed; it is offered where it is known to be. */
static gboolean
add_postcode (SpDb *db, const char *text, GPtrArray *out)
{
  SpPostcodeKind kind;
  g_autofree char *postcode = sp_postcode_read (text, &kind);
  double latitude, longitude;
  gboolean approximate;

  if (postcode == NULL)
    return FALSE;
  if (sp_gazetteer_look_up_postcode (db, postcode, &latitude, &longitude, &approximate, NULL))
    add (out, SP_SUGGESTION_PLACE, g_steal_pointer (&postcode), NULL, latitude, longitude);
  return TRUE;
}

static gboolean
is_there (GPtrArray *places, const SpPlace *place)
{
  for (guint i = 0; i < places->len; i++)
    {
      const SpPlace *other = g_ptr_array_index (places, i);
      if (sp_geodesy_rough_distance (other->latitude, other->longitude, place->latitude, place->longitude) < SAME_PLACE_M
          && strcmp (other->name, place->name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_place (GPtrArray *out, const SpPlace *place)
{
  add (out, SP_SUGGESTION_PLACE, sp_place_describe (place), NULL, place->latitude, place->longitude);
}

/* Towns of exactly that name, then those that begin so, the largest first; what room is left goes to the smaller places
 * of published lists. */
static gboolean
add_places (SpDb *db, const char *text, const char *folded, GPtrArray *out, GError **error)
{
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) places = sp_places_find (text);
  g_autoptr (GPtrArray) more = sp_places_suggest (text, 2 * MOST_OF_A_KIND);

  for (guint i = 0; i < more->len; i++)
    {
      SpPlace *place = g_ptr_array_index (more, i);
      g_autofree char *name = sp_fold_text (place->name);

      if (g_str_has_prefix (name, folded) && !g_ptr_array_find (places, place, NULL))
        g_ptr_array_add (places, place);
    }
  for (guint i = 0; i < MIN (places->len, MOST_OF_A_KIND); i++)
    add_place (out, g_ptr_array_index (places, i));
  if (places->len >= MOST_OF_A_KIND)
    return TRUE;
  listed = sp_gazetteer_begin_places (db, text, 2 * MOST_OF_A_KIND, error);
  for (guint i = 0, room = MOST_OF_A_KIND - places->len; listed != NULL && i < listed->len && room > 0; i++)
    if (!is_there (places, g_ptr_array_index (listed, i)))
      {
        add_place (out, g_ptr_array_index (listed, i));
        room--;
      }
  return listed != NULL;
}

/* Areas whose name begins so, in the order of their names. */
static gboolean
add_areas (SpDb *db, const char *folded, guint most, GPtrArray *out, GError **error)
{
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT name, id FROM area WHERE folded >= ?1 AND folded < ?1 || char (0x10ffff)"
                                        " ORDER BY folded LIMIT ?2", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, folded, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, most);
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    add (out, SP_SUGGESTION_AREA, g_strdup ((const char *) sqlite3_column_text (stmt, 0)),
         (const char *) sqlite3_column_text (stmt, 1), NAN, NAN);
  return !has_row;
}

/* By the whole of what was typed as a need, else as the beginning of a word. */
static void
add_categories (SpDb *db, const char *text, GPtrArray *out)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  g_auto (GStrv) codes = sp_taxonomy_match_need (taxonomy, text);

  if (codes == NULL || codes[0] == NULL)
    {
      g_strfreev (codes);
      codes = sp_taxonomy_match_word (taxonomy, text);
    }
  for (guint i = 0; codes != NULL && codes[i] != NULL && i < MOST_OF_A_KIND; i++)
    {
      const SpCategory *category = sp_taxonomy_lookup (taxonomy, codes[i]);
      if (category != NULL)
        add (out, SP_SUGGESTION_CATEGORY, g_strdup (category->name), category->code, NAN, NAN);
    }
}

/* The entries that fit best, as far as their name holds what was typed. */
static gboolean
add_entries (SpDb *db, const char *text, const char *folded, GPtrArray *out, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpHits) hits = NULL;
  g_autoptr (GPtrArray) bodies = NULL;

  sp_query_set_words (query, text);
  sp_query_set_limit (query, MOST_OF_A_KIND);
  sp_query_set_order (query, SP_ORDER_FIT);
  sp_query_set_strict (query, TRUE);
  hits = sp_search_find (db, query, cancellable, error);
  if (hits == NULL)
    return FALSE;
  bodies = sp_search_load (db, (const SpHit *) hits->hits->data, hits->hits->len, error);
  for (guint i = 0; bodies != NULL && i < bodies->len; i++)
    {
      const SpNode *body = g_ptr_array_index (bodies, i);
      const char *name = sp_node_get_text (body, "name");
      g_autofree char *key = name != NULL ? sp_fold_text (name) : NULL;

      if (key != NULL && strstr (key, folded) != NULL)
        add (out, SP_SUGGESTION_ENTRY, g_strdup (name), sp_node_get_text (body, "_id"), NAN, NAN);
    }
  return bodies != NULL;
}

/**
 * sp_suggest:
 * @db: a connection
 * @text: what was typed so far
 * @kinds: bits 1 << SpSuggestionKind of what is wanted
 * @cancellable: (nullable): as for sp_search_find()
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Says what else somebody may mean: at most three of each kind, places first. A postcode means nothing else. If only
 * areas are wanted, fifty, also before anything is typed.
 *
 * Returns: (transfer full) (nullable) (element-type SpSuggestion): the suggestions
 */
GPtrArray *
sp_suggest (SpDb *db, const char *text, guint kinds, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_suggestion_free);
  g_autofree char *typed = g_strstrip (g_strdup (text));
  g_autofree char *folded = sp_fold_text (typed);

  if ((kinds & 1 << SP_SUGGESTION_PLACE) && add_postcode (db, typed, out))
    return g_steal_pointer (&out);
  if (kinds == 1 << SP_SUGGESTION_AREA)
    return add_areas (db, folded, MOST_AREAS, out, error) ? g_steal_pointer (&out) : NULL;
  if (g_utf8_strlen (folded, -1) < FEWEST_LETTERS)
    return g_steal_pointer (&out);
  if ((kinds & 1 << SP_SUGGESTION_PLACE) && !add_places (db, typed, folded, out, error))
    return NULL;
  if ((kinds & 1 << SP_SUGGESTION_AREA) && !add_areas (db, folded, MOST_OF_A_KIND, out, error))
    return NULL;
  if (kinds & 1 << SP_SUGGESTION_CATEGORY)
    add_categories (db, typed, out);
  if ((kinds & 1 << SP_SUGGESTION_ENTRY) && !add_entries (db, typed, folded, out, cancellable, error))
    return NULL;
  return g_steal_pointer (&out);
}

typedef struct
{
  char *text;
  guint kinds;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_free (request->text);
  g_free (request);
}

/* On a reader. */
static gpointer
suggest_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return sp_suggest (db, request->text, request->kinds, cancellable, error);
}

/**
 * sp_suggest_async:
 * @store: a store
 * @text: what was typed so far
 * @kinds: bits 1 << SpSuggestionKind of what is wanted
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Looks for suggestions on one of the store's readers.
 */
void
sp_suggest_async (SpStore *store, const char *text, guint kinds, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->text = g_strdup (text);
  request->kinds = kinds;
  sp_store_read_async (store, suggest_job, request, free_request, (GDestroyNotify) g_ptr_array_unref,
                       cancellable, callback, user_data);
}

/**
 * sp_suggest_finish:
 * @store: a store
 * @result: what the callback got
 * @error: as of sp_suggest()
 *
 * Returns: (transfer full) (nullable) (element-type SpSuggestion): the suggestions
 */
GPtrArray *
sp_suggest_finish (SpStore *store, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (store, result, error);
}
