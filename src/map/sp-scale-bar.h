/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpScaleUnits:
 * @SP_SCALE_METRIC: metres and kilometres
 * @SP_SCALE_IMPERIAL: yards and miles, as on British roads
 */
typedef enum
{
  SP_SCALE_METRIC,
  SP_SCALE_IMPERIAL,
} SpScaleUnits;

/**
 * SpScaleBar:
 * @length: of the bar, in pixels
 * @amount: what it stands for: 1, 2 or 5, or one of them with noughts; of miles also a half or a quarter
 * @large: whether @amount counts kilometres or miles, not metres or yards
 * @units: the units
 */
typedef struct
{
  double       length;
  double       amount;
  gboolean     large;
  SpScaleUnits units;
} SpScaleBar;

void  sp_scale_bar_init     (SpScaleBar *self, double metres_per_pixel, double max_length, SpScaleUnits units);
char *sp_scale_bar_describe (const SpScaleBar *self);

G_END_DECLS
