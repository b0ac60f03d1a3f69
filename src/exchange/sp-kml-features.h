/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-features.h"
#include "sp-taxonomy.h"

G_BEGIN_DECLS

SpFeatures *sp_kml_features_new (GBytes *bytes, SpTaxonomy *taxonomy, GError **error);

G_END_DECLS
