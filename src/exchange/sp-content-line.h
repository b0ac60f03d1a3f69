/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  sp_content_line_append      (GString *out, const char *name, const char *value);
void  sp_content_line_append_text (GString *out, const char *name, const char *text);
char *sp_content_line_escape      (const char *text);
char *sp_content_line_uuid        (const char *id);

G_END_DECLS
