/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpKmlPlace:
 *
 * One place of a KML file, while it is read: its texts, its data and its geometries.
 */
typedef struct _SpKmlPlace SpKmlPlace;

SpKmlPlace *sp_kml_place_new         (void);
void        sp_kml_place_free        (SpKmlPlace *self);
void        sp_kml_place_set         (SpKmlPlace *self, const char *name, const char *text);
void        sp_kml_place_add_shape   (SpKmlPlace *self, const char *type, const char *coordinates);
void        sp_kml_place_begin_polygon (SpKmlPlace *self);
void        sp_kml_place_add_ring    (SpKmlPlace *self, const char *coordinates, gboolean outer);
void        sp_kml_place_end_polygon (SpKmlPlace *self);
SpNode     *sp_kml_place_to_feature  (const SpKmlPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpKmlPlace, sp_kml_place_free)

G_END_DECLS
