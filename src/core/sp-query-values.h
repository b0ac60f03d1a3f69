/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-geodesy.h"

G_BEGIN_DECLS

gboolean    sp_query_parse_distance (const char *text, double *metres, GError **error);
gboolean    sp_query_parse_days     (const char *text, guint *days, GError **error);
gboolean    sp_query_parse_time     (const char *text, int *minutes, GError **error);
gboolean    sp_query_parse_position (const char *text, double *latitude, double *longitude);
gboolean    sp_query_parse_box      (const char *text, SpBox *box, GError **error);
gboolean    sp_query_parse_amount   (const char *text, double *amount, GError **error);
gboolean    sp_query_parse_count    (const char *text, int most, int *count, GError **error);
char       *sp_query_parse_language (const char *text, GError **error);
const char *sp_query_day_name       (guint day);
const char *sp_query_language_name  (const char *code);

G_END_DECLS
