/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-schedule.h"

G_BEGIN_DECLS

/**
 * SpWeekEvent:
 * @asset: index of the asset it belongs to
 * @occurrence: when; its texts are owned by that asset's body
 *
 * One thing that is on in a week.
 */
typedef struct
{
  guint        asset;
  SpOccurrence occurrence;
} SpWeekEvent;

gint32  sp_week_monday (gint32 day);
GArray *sp_week_list   (GPtrArray *assets, gint32 monday, const SpCalendar *calendar);

G_END_DECLS
