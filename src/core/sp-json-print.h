/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-json-gate.h"

G_BEGIN_DECLS

gboolean sp_json_is_compact (GArray *tokens);

void sp_json_append_text      (GString *out, const char *text);
void sp_json_append_minified  (GString *out, const char *bytes, gsize length);
void sp_json_append_canonical (GString *out, const char *bytes, GArray *tokens, guint index, gboolean top);

G_END_DECLS
