/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sp_language_get_tag  (void);
char *sp_language_get_code (void);

G_END_DECLS
