/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-field.h"

G_BEGIN_DECLS

/* What people type, and how it is shown to them again. */
char   *sp_typed_date   (const char *text, gint32 today);
char   *sp_typed_time   (const char *text);
char   *sp_typed_number (const char *text);
char   *sp_typed_url    (const char *text);

SpNode *sp_typed_parse  (const SpField *field, const char *text, gint32 today, GError **error);
char   *sp_typed_show   (const SpField *field, const SpNode *value);

G_END_DECLS
