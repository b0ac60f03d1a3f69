/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-cluster-index.h"
#include "sp-query.h"
#include "sp-store.h"

G_BEGIN_DECLS

/**
 * SpPointChange:
 * @point: the entry; of one that is gone, only its doc
 * @is_there: whether it is on the map
 *
 * What became of one entry.
 */
typedef struct
{
  SpPoint  point;
  gboolean is_there;
} SpPointChange;

/**
 * SpPoints:
 * @query: what was looked for, with its place and area looked up
 * @index: (nullable): where all that matches is; %NULL if @changes tell all
 * @changes: (nullable) (element-type SpPointChange): what is to do to the index of before
 * @seq: (nullable): the store's newest sequence, of which @index lacks nothing
 *
 * The present result on the map.
 */
typedef struct
{
  SpQuery        *query;
  SpClusterIndex *index;
  GArray         *changes;
  char           *seq;
} SpPoints;

void      sp_points_free  (SpPoints *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPoints, sp_points_free)

GArray   *sp_points_find  (SpDb *db, SpQuery *query, GCancellable *cancellable, GError **error);
GArray   *sp_points_check (SpDb *db, SpQuery *query, const char * const *ids, GCancellable *cancellable, GError **error);

gboolean  sp_points_get   (SpDb *db, const char *id, SpPoint *point, GError **error);

void      sp_store_points_async  (SpStore *self, SpQuery *query, const char * const *changed, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
SpPoints *sp_store_points_finish (SpStore *self, GAsyncResult *result, GError **error);
void      sp_store_point_async   (SpStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
SpPoint  *sp_store_point_finish  (SpStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
