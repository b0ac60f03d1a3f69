/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpEncoding:
 *
 * How the bytes of a text file become characters.
 */
typedef struct _SpEncoding SpEncoding;

SpEncoding   *sp_encoding_guess  (const char *head, gsize length);
void          sp_encoding_free   (SpEncoding *self);
const char   *sp_encoding_get_name (const SpEncoding *self);
GInputStream *sp_encoding_wrap   (const SpEncoding *self, GInputStream *stream, GError **error);
char         *sp_encoding_read_head (const SpEncoding *self, const char *head, gsize *length);
gboolean      sp_encoding_append (SpEncoding *self, const char *bytes, gsize length, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpEncoding, sp_encoding_free)

G_END_DECLS
