/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpHeadingSpool:
 *
 * Pieces of text that are written down as they come and read back sorted by the heading they stand under.
 */
typedef struct _SpHeadingSpool SpHeadingSpool;

SpHeadingSpool *sp_heading_spool_new   (guint n_headings);
void            sp_heading_spool_free  (SpHeadingSpool *self);
gboolean        sp_heading_spool_add   (SpHeadingSpool *self, guint heading, const char *text, gsize length, GError **error);
guint           sp_heading_spool_count (const SpHeadingSpool *self, guint heading);
gboolean        sp_heading_spool_write (SpHeadingSpool *self, guint heading, GOutputStream *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpHeadingSpool, sp_heading_spool_free)

G_END_DECLS
