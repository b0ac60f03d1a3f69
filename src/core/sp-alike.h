/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sp_alike_phone    (const char *text);
char *sp_alike_url      (const char *text);
guint sp_alike_distance (const char *a, const char *b, guint limit);

G_END_DECLS
