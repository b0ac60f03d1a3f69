/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sp_fold_text (const char *text);
char *sp_fold_key  (const char *text);
char *sp_fold_stem (const char *folded_word);

G_END_DECLS
