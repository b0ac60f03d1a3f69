/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpSeen:
 *
 * What a long list has brought so far: a number for each key. However many there are, it takes little memory; the rest
 * lies on disk, in a file without a name that goes when the program ends, however it ends. One thread at a time.
 */
typedef struct _SpSeen SpSeen;

SpSeen  *sp_seen_new   (void);
void     sp_seen_free  (SpSeen *self);
gboolean sp_seen_get   (SpSeen *self, const char *key, guint *value, GError **error);
gboolean sp_seen_set   (SpSeen *self, const char *key, guint value, GError **error);
gboolean sp_seen_clear (SpSeen *self, GError **error);
gboolean sp_seen_has   (const char *key, gboolean *seen, gpointer self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpSeen, sp_seen_free)

G_END_DECLS
