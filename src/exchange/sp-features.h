/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpFeatures:
 *
 * The features of a GeoJSON text of any size. Only where each one stands is kept; each passes the gate by itself.
 */
typedef struct _SpFeatures SpFeatures;

SpFeatures *sp_features_new        (GBytes *bytes, GError **error);
void        sp_features_free       (SpFeatures *self);
guint       sp_features_get_length (const SpFeatures *self);
SpNode     *sp_features_get        (const SpFeatures *self, guint index, GError **error);
gboolean    sp_features_project    (const SpFeatures *self, double x, double y, double *latitude, double *longitude);
gboolean    sp_features_is_projected (const SpFeatures *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpFeatures, sp_features_free)

G_END_DECLS
