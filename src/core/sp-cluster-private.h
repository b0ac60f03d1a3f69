/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of SpClusterIndex, for the files sp-cluster-*.c. */

#include "sp-cluster-index.h"
#include "sp-point-blocks.h"

G_BEGIN_DECLS

struct _SpClusterIndex
{
  GArray        *points;  /* of SpPoint, owned; by doc */
  GArray        *late;    /* of SpPoint, owned: what came later; their numbers follow on */
  GHashTable    *changed; /* doc to number + 1 of what came later; to 0 if it is gone */
  SpPointBlocks *blocks;
};

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

const SpPoint *sp_cluster_index_get (const SpClusterIndex *self, guint32 number);

/* sp-cluster-join.c */
void sp_cluster_join (GArray *cells, guint level, guint32 left, guint32 top, guint width, guint height);

G_END_DECLS
