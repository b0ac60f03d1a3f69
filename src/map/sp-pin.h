/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-style.h"
#include "sp-pin-look.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * SpPinState:
 * @SP_PIN_HOVERED: the pointer is on it
 * @SP_PIN_SELECTED: it is what list and details show
 * @SP_PIN_FOCUSED: the keyboard is on it
 * @SP_PIN_CONTRAST: drawn for people who need strong contrast
 *
 * How a sprite is drawn at the moment; bits.
 */
typedef enum
{
  SP_PIN_HOVERED = 1 << 0,
  SP_PIN_SELECTED = 1 << 1,
  SP_PIN_FOCUSED = 1 << 2,
  SP_PIN_CONTRAST = 1 << 3,
} SpPinState;

/**
 * SpPinBox:
 * @left: how far it reaches to the left of its place
 * @top: above
 * @right: to the right
 * @bottom: below
 *
 * What a sprite covers around the place that it marks, with its outline.
 */
typedef struct
{
  double left;
  double top;
  double right;
  double bottom;
} SpPinBox;

void     sp_pin_measure         (double width, SpPinBox *box);
void     sp_pin_draw            (cairo_t *cr, const SpPinLook *look, SpMapStyle style, guint state, double width);
double   sp_pin_height          (double width);
double   sp_pin_cluster_width   (guint count, double width);
void     sp_pin_measure_cluster (guint count, double width, SpPinBox *box);
void     sp_pin_draw_cluster    (cairo_t *cr, guint count, SpMapStyle style, guint state, double width);
void     sp_pin_draw_cluster_body  (cairo_t *cr, guint count, SpMapStyle style, guint state, double width);
void     sp_pin_draw_cluster_count (cairo_t *cr, guint count, SpMapStyle style, double width);
char    *sp_pin_format_count    (guint count);

G_END_DECLS
