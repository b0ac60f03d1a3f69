/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-filters.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SP_TYPE_QUERY (sp_query_get_type ())
G_DECLARE_FINAL_TYPE (SpQuery, sp_query, SP, QUERY, GObject)

SpQuery         *sp_query_new          (void);
SpQuery         *sp_query_copy         (SpQuery *self);
const SpFilters *sp_query_get_filters  (SpQuery *self);
gboolean         sp_query_set_filter   (SpQuery *self, const char *name, const char *value, GError **error);
void             sp_query_clear_filter (SpQuery *self, const char *name);
void             sp_query_set_words    (SpQuery *self, const char *words);
void             sp_query_set_near     (SpQuery *self, const char *label, double latitude, double longitude);
void             sp_query_set_box      (SpQuery *self, const SpBox *box);
void             sp_query_set_area     (SpQuery *self, const char *id, const char *name);
void             sp_query_set_limit    (SpQuery *self, guint limit);
void             sp_query_set_order    (SpQuery *self, SpQueryOrder order);
void             sp_query_set_strict   (SpQuery *self, gboolean strict);
gboolean         sp_query_has_conditions (SpQuery *self);
char            *sp_query_describe     (SpQuery *self);

G_END_DECLS
