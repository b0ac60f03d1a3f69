/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

GUri *sp_online_address_parse (const char *address, GError **error);
char *sp_online_address_fill  (const char *address, guint x, guint y, int zoom);
gboolean sp_online_address_is_allowed (GUri *uri, GError **error);

G_END_DECLS
