/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-query.h"

G_BEGIN_DECLS

/**
 * SpFilterMode:
 * @SP_FILTER_ONE: a filter of one value, which replaces the one before, and those of its sisters
 * @SP_FILTER_ANY: one of several values is enough
 * @SP_FILTER_ALL: each value must hold
 * @SP_FILTER_FLAG: without a value
 *
 * How the values of a filter go together.
 */
typedef enum
{
  SP_FILTER_ONE,
  SP_FILTER_ANY,
  SP_FILTER_ALL,
  SP_FILTER_FLAG,
} SpFilterMode;

/**
 * SpFilterValue:
 * @filter: its name, as for sp_query_set_filter()
 * @value: (nullable): one of its values, as for sp_query_set_filter(); %NULL for a flag, and for the place with its distance
 * @label: what a person calls it: "Tuesday", "Near Maryport · 3 km"
 *
 * One condition of a query.
 */
typedef struct
{
  const char *filter;
  char       *value;
  char       *label;
} SpFilterValue;

void         sp_filter_value_free  (SpFilterValue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpFilterValue, sp_filter_value_free)

SpFilterMode sp_filter_get_mode    (const char *filter);
GPtrArray   *sp_filter_list        (SpQuery *query, gboolean miles);
char        *sp_filter_get_label   (const char *filter, const char *value, gboolean miles);
gboolean     sp_filter_is_set      (SpQuery *query, const char *filter, const char *value);
SpQuery     *sp_filter_with        (SpQuery *query, const char *filter, const char *value, GError **error);
SpQuery     *sp_filter_with_only   (SpQuery *query, const char *filter, const char *value);
SpQuery     *sp_filter_without     (SpQuery *query, const char *filter, const char *value);
SpQuery     *sp_filter_without_all (SpQuery *query);

char        *sp_filter_distance_label (double metres, gboolean miles);

G_END_DECLS
