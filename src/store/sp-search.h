/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-node.h"
#include "sp-query.h"
#include "sp-taxonomy.h"

G_BEGIN_DECLS

#define SP_SEARCH_BOUND 5000 /* entries that are ranked at most, where there is a limit */
#define SP_SEARCH_COUNTED 5000 /* entries around, up to which all matches are counted; beyond it, where only the nearest few
                                   are wanted, they may not be */

/**
 * SpHit:
 * @doc: the document's local number
 * @n: the entry's row in the projection: its newest sequence
 * @latitude: degrees, WGS 84; NAN if it is not placed
 * @longitude: degrees
 * @distance: metres from the query's place; NAN without one, or if the entry is not placed
 * @fit: how well the words fit; 0 without words
 * @kind: an SpKind
 * @status: an SpStatus
 * @category: (nullable): its first category's code, owned by the hits
 *
 * One entry that was found: what a list and a map need to place it.
 */
typedef struct
{
  gint64      doc;
  gint64      n;
  double      latitude;
  double      longitude;
  double      distance;
  float       fit;
  guint8      kind;
  guint8      status;
  const char *category;
} SpHit;

/**
 * SpHits:
 * @hits: (element-type SpHit): in their order
 * @total: how many match; at least so many if not @exact
 * @exact: whether all matches were looked at; else the nearest or the freshest were
 * @relaxed: whether nothing has all the words, and these have some of them
 * @first: (nullable) (element-type SpAsset): the entries of the first page of @hits, %NULL for one that is gone; only
 *   sp_store_find_async() reads them
 *
 * What a search found. Nobody changes it afterwards, so that it may cross threads.
 */
typedef struct
{
  GArray       *hits;
  guint         total;
  gboolean      exact;
  gboolean      relaxed;
  GPtrArray    *first;
  GStringChunk *strings; /* private */
} SpHits;

gboolean    sp_search_register     (SpDb *db, GError **error);
SpHits     *sp_search_find         (SpDb *db, SpQuery *query, GCancellable *cancellable, GError **error);
gboolean    sp_search_check_category (SpDb *db, const char *text, GError **error);
GPtrArray  *sp_search_load         (SpDb *db, const SpHit *hits, guint n, GError **error);
GHashTable *sp_search_count_by     (SpDb *db, SpQuery *query, const char *facet, GCancellable *cancellable, GError **error);
void        sp_hits_free           (SpHits *hits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpHits, sp_hits_free)

G_END_DECLS
