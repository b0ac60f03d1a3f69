/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-flat.h"

G_BEGIN_DECLS

/**
 * SpFlatSpool:
 *
 * Flat rows on their way into a file, and which columns they need. First they are added, then the spool is rewound, then
 * they come out in their order.
 */
typedef struct _SpFlatSpool SpFlatSpool;

SpFlatSpool *sp_flat_spool_new    (void);
void         sp_flat_spool_free   (SpFlatSpool *self);
gboolean     sp_flat_spool_add    (SpFlatSpool *self, const SpNode *asset, GError **error);
gboolean     sp_flat_spool_rewind (SpFlatSpool *self, GError **error);
const GArray *sp_flat_spool_next  (SpFlatSpool *self, GError **error);
gboolean     sp_flat_spool_has    (const SpFlatSpool *self, guint column);

G_END_DECLS
