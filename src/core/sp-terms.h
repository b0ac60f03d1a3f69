/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void      sp_terms_append       (GString *out, const char *text);
char     *sp_terms_fold         (const char *text);
gboolean  sp_terms_is_stop_word (const char *word);

G_END_DECLS
