/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of SpClusterIndex. */

#include "sp-cluster-index.h"

G_BEGIN_DECLS

#define SP_CLUSTER_ROUNDS 2
#define SP_CLUSTER_MARGIN (2 * SP_CLUSTER_ROUNDS + 1) /* cells beyond those that are wanted, so that these come out right */

/**
 * SpClusterCell:
 * @column: of the cell
 * @row: of the cell
 * @count: points in it, at least one
 * @x: where they stand on average
 * @y: likewise
 * @host: index of the cell that it was joined to; its own if it stands for itself
 * @state: private
 *
 * What stands in one cell.
 */
typedef struct
{
  guint32 column;
  guint32 row;
  guint   count;
  double  x;
  double  y;
  guint   host;
  guint   state;
} SpClusterCell;

void sp_cluster_join (GArray *cells, guint level, guint32 left, guint32 top, guint width, guint height);

G_END_DECLS
