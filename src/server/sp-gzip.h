/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

void    sp_gzip_pack   (GString *text);
GBytes *sp_gzip_unpack (GBytes *packed, gsize limit, GError **error);

G_END_DECLS
