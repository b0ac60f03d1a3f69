/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpLinkCache: the venue, the organisation and the calendar of one entry after the other. Venues and organisations are kept,
 * for many entries have the same, but not more of them than one town has. */
#include "sp-link-cache.h"

#include "sp-docs.h"

#define MOST_KEPT 2000 /* of each kind */

struct _SpLinkCache
{
  GHashTable *venues;   /* owned id → SpNode, NULL for one that is not in this store */
  GHashTable *organisations; /* likewise */
  SpNation    nation;
  char       *terms;    /* owned, nullable */
  SpCalendar *calendar; /* owned; the terms, once they were read */
};

static void
unref_node (gpointer node)
{
  if (node != NULL)
    sp_node_unref (node);
}

/**
 * sp_link_cache_new:
 * @nation: whose bank holidays count where an entry does not say where it is
 * @terms: (nullable): id of the term calendar for entries that name none, as for sp_links_read_calendar()
 *
 * Returns: (transfer full): a cache that nothing was read with
 */
SpLinkCache *
sp_link_cache_new (SpNation nation, const char *terms)
{
  SpLinkCache *self = g_new0 (SpLinkCache, 1);

  self->venues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_node);
  self->organisations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_node);
  self->nation = nation;
  self->terms = g_strdup (terms);
  return self;
}

/**
 * sp_link_cache_free:
 * @self: (transfer full): a cache
 */
void
sp_link_cache_free (SpLinkCache *self)
{
  g_hash_table_unref (self->venues);
  g_hash_table_unref (self->organisations);
  g_free (self->terms);
  g_free (self->calendar);
  g_free (self);
}

/* A document that is not here, or not yet, is none. */
static gboolean
read_body (SpDb *db, const char *id, SpNode **body, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, &problem);

  *body = doc != NULL && !doc->deleted && doc->body != NULL ? sp_node_parse (doc->body, -1, NULL) : NULL;
  if (doc != NULL || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
find (GHashTable *kept, SpDb *db, const char *id, const SpNode **linked, GError **error)
{
  gpointer known = NULL;
  SpNode *body = NULL;

  *linked = NULL;
  if (id == NULL)
    return TRUE;
  if (!g_hash_table_lookup_extended (kept, id, NULL, &known))
    {
      if (!read_body (db, id, &body, error))
        return FALSE;
      if (g_hash_table_size (kept) >= MOST_KEPT)
        g_hash_table_remove_all (kept);
      g_hash_table_insert (kept, g_strdup (id), body);
      known = body;
    }
  *linked = known;
  return TRUE;
}

static gboolean
read_calendar (SpLinkCache *self, SpDb *db, GError **error)
{
  SpCalendar calendar;

  if (self->calendar != NULL)
    return TRUE;
  if (!sp_links_read_calendar (db, NULL, self->nation, self->terms, &calendar, error))
    return FALSE;
  self->calendar = g_memdup2 (&calendar, sizeof calendar);
  return TRUE;
}

/**
 * sp_link_cache_read:
 * @self: a cache, used with one store only
 * @db: the store
 * @asset: an entry
 * @venue: (out) (transfer none) (nullable): the place it is held in; until the next call
 * @calendar: (out caller-allocates): the bank holidays and terms it goes by
 * @error: what SQLite says
 *
 * Returns: whether the store could be read
 */
gboolean
sp_link_cache_read (SpLinkCache *self, SpDb *db, const SpNode *asset, const SpNode **venue, SpCalendar *calendar,
                    GError **error)
{
  const char *postcode = sp_node_get_text (sp_node_get (asset, "address"), "postal_code");

  if (!find (self->venues, db, sp_node_get_text (asset, "venue"), venue, error) || !read_calendar (self, db, error))
    return FALSE;
  *calendar = *self->calendar;
  if (postcode != NULL)
    calendar->nation = sp_nation_from_postcode (postcode);
  return TRUE;
}

/**
 * sp_link_cache_read_organisation:
 * @self: a cache, used with one store only
 * @db: the store
 * @asset: an entry
 * @organisation: (out) (transfer none) (nullable): who runs it; until the next call
 * @error: what SQLite says
 *
 * Returns: whether the store could be read
 */
gboolean
sp_link_cache_read_organisation (SpLinkCache *self, SpDb *db, const SpNode *asset, const SpNode **organisation, GError **error)
{
  return find (self->organisations, db, sp_node_get_text (asset, "organisation"), organisation, error);
}
