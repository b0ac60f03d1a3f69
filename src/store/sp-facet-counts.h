/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-query.h"
#include "sp-store.h"

G_BEGIN_DECLS

/**
 * SpFacetCount:
 * @count: how many entries a query finds; at least so many if not @exact
 * @exact: whether all were counted
 *
 * What would be left if one chose this.
 */
typedef struct
{
  guint    count;
  gboolean exact;
} SpFacetCount;

GArray *sp_facet_counts        (SpDb *db, GPtrArray *queries, GCancellable *cancellable, GError **error);
void    sp_facet_counts_async  (SpStore *store, GPtrArray *queries, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
GArray *sp_facet_counts_finish (SpStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
