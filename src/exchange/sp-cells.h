/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *sp_cell_clean    (const char *raw);
gboolean sp_cell_boolean  (const char *text, gboolean *value);
char    *sp_cell_number   (const char *text);
char    *sp_cell_date     (const char *text);
char    *sp_cell_url      (const char *text, gboolean with_scheme_only);
void     sp_cell_emails   (const char *text, GPtrArray *emails);
void     sp_cell_phones   (const char *text, GPtrArray *phones);
char    *sp_cell_phone    (const char *text);

G_END_DECLS
