/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SP_PIN_FAN_MOST 20 /* pins in one fan; more come page by page */

void sp_pin_fan_place (guint index, guint count, double pin, double *x, double *y);

G_END_DECLS
