/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

gint64   sp_tile_answer_get_expiry (SoupMessage *message, gint64 now);
gboolean sp_tile_answer_may_keep   (SoupMessage *message);
char    *sp_tile_answer_get_header (SoupMessage *message, const char *name);
GUri    *sp_tile_answer_get_next   (SoupMessage *message, GError **error);
guint    sp_tile_answer_get_pause  (SoupMessage *message, gint64 now);
GError  *sp_tile_answer_get_error  (SoupMessage *message);

G_END_DECLS
