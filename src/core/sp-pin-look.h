/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpPinShape:
 * @SP_PIN_SHAPE_OTHER: a ring: no category, or a shape that this version does not know
 * @SP_PIN_SHAPE_SQUARE: "square"
 * @SP_PIN_SHAPE_CIRCLE: "circle"
 * @SP_PIN_SHAPE_HEART: "heart"
 * @SP_PIN_SHAPE_DIAMOND: "diamond"
 * @SP_PIN_SHAPE_CROSS: "cross"
 * @SP_PIN_SHAPE_TRIANGLE: "triangle"
 * @SP_PIN_SHAPE_STAR: "star"
 * @SP_PIN_SHAPE_TRIANGLE_DOWN: "triangle-down"
 * @SP_PIN_SHAPE_LEAF: "leaf"
 * @SP_PIN_SHAPE_HEXAGON: "hexagon"
 * @SP_PIN_N_SHAPES: how many there are
 *
 * The sign on a pin. It tells a category's heading without its colour.
 */
typedef enum
{
  SP_PIN_SHAPE_OTHER,
  SP_PIN_SHAPE_SQUARE,
  SP_PIN_SHAPE_CIRCLE,
  SP_PIN_SHAPE_HEART,
  SP_PIN_SHAPE_DIAMOND,
  SP_PIN_SHAPE_CROSS,
  SP_PIN_SHAPE_TRIANGLE,
  SP_PIN_SHAPE_STAR,
  SP_PIN_SHAPE_TRIANGLE_DOWN,
  SP_PIN_SHAPE_LEAF,
  SP_PIN_SHAPE_HEXAGON,
  SP_PIN_N_SHAPES,
} SpPinShape;

/**
 * SpPinColour:
 * @SP_PIN_COLOUR_OTHER: grey: no category, or a colour that this version does not know
 * @SP_PIN_COLOUR_BROWN: "brown"
 * @SP_PIN_COLOUR_ORANGE: "orange"
 * @SP_PIN_COLOUR_PINK: "pink"
 * @SP_PIN_COLOUR_GREEN: "green"
 * @SP_PIN_COLOUR_RED: "red"
 * @SP_PIN_COLOUR_PURPLE: "purple"
 * @SP_PIN_COLOUR_YELLOW: "yellow"
 * @SP_PIN_COLOUR_BLUE: "blue"
 * @SP_PIN_COLOUR_TEAL: "teal"
 * @SP_PIN_COLOUR_SLATE: "slate"
 * @SP_PIN_N_COLOURS: how many there are
 *
 * The colour of a pin, by name. It never tells two headings apart alone.
 */
typedef enum
{
  SP_PIN_COLOUR_OTHER,
  SP_PIN_COLOUR_BROWN,
  SP_PIN_COLOUR_ORANGE,
  SP_PIN_COLOUR_PINK,
  SP_PIN_COLOUR_GREEN,
  SP_PIN_COLOUR_RED,
  SP_PIN_COLOUR_PURPLE,
  SP_PIN_COLOUR_YELLOW,
  SP_PIN_COLOUR_BLUE,
  SP_PIN_COLOUR_TEAL,
  SP_PIN_COLOUR_SLATE,
  SP_PIN_N_COLOURS,
} SpPinColour;

/**
 * SpPinMarks:
 * @SP_PIN_CLOSED: temporarily closed
 * @SP_PIN_STALE: a fact is twice overdue for a check
 *
 * What a pin says about the state of its entry; bits.
 */
typedef enum
{
  SP_PIN_CLOSED = 1 << 0,
  SP_PIN_STALE = 1 << 1,
} SpPinMarks;

/**
 * SpPinLook:
 * @shape: an #SpPinShape
 * @colour: an #SpPinColour
 * @marks: bits of #SpPinMarks
 *
 * All that makes one pin look unlike another, in few bytes.
 */
typedef struct
{
  guint8 shape;
  guint8 colour;
  guint8 marks;
} SpPinLook;

SpPinShape  sp_pin_shape_from_name  (const char *name);
SpPinColour sp_pin_colour_from_name (const char *name);

G_END_DECLS
