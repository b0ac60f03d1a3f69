/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-arrivals.h"
#include "sp-wire-ahead.h"

G_BEGIN_DECLS

/* For sp-store-peer.c only. */

/**
 * SpStorePeerPut:
 * @documents: (element-type SpPeerDocument): what arrived
 * @merges: whether versions that stand against each other are merged
 * @arrivals: gets the sequences that they take
 * @texts: of the documents
 * @ahead: (nullable): takes them apart
 *
 * A batch on its way to the writer; all is owned.
 */
typedef struct
{
  GPtrArray   *documents;
  gboolean     merges;
  SpArrivals  *arrivals;
  SpWireText  *texts;
  SpWireAhead *ahead;
} SpStorePeerPut;

SpStorePeerPut *sp_store_peer_put_new   (GPtrArray *documents, gboolean merges, SpArrivals *arrivals);
void            sp_store_peer_put_free  (gpointer self);

/* An SpStoreFunc. */
gpointer        sp_store_peer_put_write (SpDb *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
