/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

char *sp_entry_words_label  (const char *path);
char *sp_entry_words_value  (const char *path, const SpNode *value);
char *sp_entry_words_change (const char *member, const SpNode *before, const SpNode *after);
char *sp_entry_words_whole  (const char *path, const SpNode *value, const SpNode *other);
char *sp_entry_words_instant (const char *on);
char *sp_entry_words_signature (const char *by, const char *on);

G_END_DECLS
