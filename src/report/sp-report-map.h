/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-flow.h"
#include "sp-map-dots.h"
#include "sp-report-entry.h"

G_BEGIN_DECLS

/**
 * SpReportMark:
 * @x: points from the left edge of the map, of the place
 * @y: points from its top
 * @box: what the sign covers, likewise
 * @shape: the sign before the number; of the first of them
 * @numbers: (element-type guint): of the entries there, ascending
 * @key: (nullable): the letters that stand for them where there are too many
 *
 * What stands on the map for one entry, or for several that are too near to each other.
 */
typedef struct
{
  double            x;
  double            y;
  cairo_rectangle_t box;
  SpPinShape        shape;
  GArray           *numbers;
  char             *key;
} SpReportMark;

GPtrArray *sp_report_map_draw (SpFlow *flow, GPtrArray *entries, const SpMapDots *dots, const cairo_rectangle_t *frame);
char      *sp_report_map_list_numbers (const SpReportMark *mark);

G_END_DECLS
