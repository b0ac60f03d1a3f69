/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sp_title_case_is_capitals (const char *text);
char    *sp_title_case_write       (const char *text);

G_END_DECLS
