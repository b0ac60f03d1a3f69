/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

/**
 * SpArrivals:
 *
 * The local sequences that were taken by what came from elsewhere. Any thread may use it.
 */
typedef struct _SpArrivals SpArrivals;

SpArrivals *sp_arrivals_new   (void);
SpArrivals *sp_arrivals_ref   (SpArrivals *self);
void        sp_arrivals_unref (SpArrivals *self);
void        sp_arrivals_add   (SpArrivals *self, gint64 first, gint64 last);
void        sp_arrivals_drop  (SpArrivals *self, gint64 before);
gboolean    sp_arrivals_count (SpArrivals *self, SpDb *db, gint64 since, guint *others, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpArrivals, sp_arrivals_unref)

G_END_DECLS
