/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sp_markup_append (GString *out, const char *text);
void sp_markup_append_lines (GString *out, const char *text);
void sp_markup_append_element (GString *out, const char *name, const char *text);

G_END_DECLS
