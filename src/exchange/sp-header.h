/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-columns.h"

G_BEGIN_DECLS

#define SP_HEADER_LOOK 12 /* rows among which the header is */

guint    sp_header_find     (GPtrArray *rows, const char * const *maps);
gboolean sp_header_is_missing (GPtrArray *rows, const char * const *maps, guint *entry);
gboolean sp_header_is_upper (GPtrArray *upper, GPtrArray *below);
char    *sp_header_join     (const char *group, const char *header);

G_END_DECLS
