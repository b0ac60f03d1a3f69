/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-geodesy.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpPolygon:
 *
 * One or more polygons with holes, WGS 84, as GeoJSON has them. Immutable, so it may cross threads. Positions are
 * kept on a grid of 1e-7 degrees (about a centimetre), so that every question about a side is answered exactly.
 */
typedef struct _SpPolygon SpPolygon;

SpPolygon *sp_polygon_new             (const SpNode *geometry, GError **error);
SpPolygon *sp_polygon_ref             (SpPolygon *self);
void       sp_polygon_unref           (SpPolygon *self);
void       sp_polygon_get_box         (const SpPolygon *self, SpBox *box);
gboolean   sp_polygon_contains        (const SpPolygon *self, double latitude, double longitude);
void       sp_polygon_get_inner_point (const SpPolygon *self, double *latitude, double *longitude);
double     sp_polygon_get_area        (const SpPolygon *self);
guint      sp_polygon_get_n_rings     (const SpPolygon *self);
guint      sp_polygon_get_n_corners   (const SpPolygon *self, guint ring);
void       sp_polygon_get_corner      (const SpPolygon *self, guint ring, guint corner, double *latitude, double *longitude);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPolygon, sp_polygon_unref)

G_END_DECLS
