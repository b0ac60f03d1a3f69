/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store.h"

G_BEGIN_DECLS

/**
 * SpStoreOpening:
 *
 * A store that is being opened before anybody waits for it: a program begins with it and goes on with what else there is
 * to do at its start. For the main loop.
 */
typedef struct _SpStoreOpening SpStoreOpening;

SpStoreOpening *sp_store_opening_start      (const char *path);
void            sp_store_opening_free       (SpStoreOpening *self);
gboolean        sp_store_opening_is_done    (SpStoreOpening *self);
SpStore        *sp_store_opening_take       (SpStoreOpening *self, GError **error);
void            sp_store_opening_wait_async (SpStoreOpening *self, GAsyncReadyCallback callback, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpStoreOpening, sp_store_opening_free)

G_END_DECLS
