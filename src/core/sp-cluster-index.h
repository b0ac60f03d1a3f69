/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-geodesy.h"
#include "sp-point.h"

G_BEGIN_DECLS

#define SP_CLUSTER_MOST 276      /* sprites in a view at most: 300 with a fan and what is selected */
#define SP_CLUSTER_LAST_LEVEL 28 /* its cells are 15 cm wide at the equator */

/**
 * SpClusterIndex:
 *
 * Entries on a map, to be shown as few sprites: an entry, or a cluster of those that would cover each other. At each
 * level the map is cut into 2^level by 2^level cells. What stands in one cell is one cluster, and clusters that are
 * nearer to each other than about a cell are joined. So a cluster's place and number follow from the
 * entries and the level alone, wherever one looks from.
 *
 * Belongs to one thread at a time.
 */
typedef struct _SpClusterIndex SpClusterIndex;

/**
 * SpCluster:
 * @x: east of 180° west, as a part of the map's side
 * @y: south of the map's northern edge, likewise
 * @count: entries in it
 * @only: the entry, if it is the only one
 * @level: private
 * @column: private
 * @row: private
 * @joined: private
 *
 * One sprite.
 */
typedef struct
{
  double  x;
  double  y;
  guint   count;
  SpPoint only;
  guint8  level;
  guint8  joined; /* bits for the cells around, in reading order, whose clusters were joined to it */
  guint32 column;
  guint32 row;
} SpCluster;

/**
 * SpMapBox:
 * @left: as a part of the map's side
 * @top: likewise
 * @right: likewise; not less than @left
 * @bottom: likewise; not less than @top
 *
 * A part of the square map. What reaches beyond its left or right edge begins again at the other.
 */
typedef struct
{
  double left;
  double top;
  double right;
  double bottom;
} SpMapBox;

SpClusterIndex *sp_cluster_index_new     (GArray *points);
void            sp_cluster_index_free    (SpClusterIndex *self);
void            sp_cluster_index_put     (SpClusterIndex *self, const SpPoint *point);
gboolean        sp_cluster_index_remove  (SpClusterIndex *self, gint64 doc);

guint           sp_cluster_index_count   (const SpClusterIndex *self);
gboolean        sp_cluster_index_find    (const SpClusterIndex *self, gint64 doc, SpPoint *point);
guint           sp_cluster_index_level   (const SpClusterIndex *self, double world, double width, double height, double sprite);
void            sp_cluster_index_look    (const SpClusterIndex *self, guint level, const SpMapBox *view, GArray *clusters);
GArray         *sp_cluster_index_members (const SpClusterIndex *self, const SpCluster *cluster, guint most);
gboolean        sp_cluster_is_same       (const SpCluster *a, const SpCluster *b);
gboolean        sp_cluster_index_bound   (const SpClusterIndex *self, const SpCluster *cluster, SpMapBox *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpClusterIndex, sp_cluster_index_free)

G_END_DECLS
