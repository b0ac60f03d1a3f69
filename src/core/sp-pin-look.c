/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shapes and colours of pins by the names that taxonomies use for them. Pure functions. */
#include "sp-pin-look.h"

static const char * const shapes[SP_PIN_N_SHAPES] = {
  [SP_PIN_SHAPE_SQUARE] = "square", [SP_PIN_SHAPE_CIRCLE] = "circle", [SP_PIN_SHAPE_HEART] = "heart",
  [SP_PIN_SHAPE_DIAMOND] = "diamond", [SP_PIN_SHAPE_CROSS] = "cross", [SP_PIN_SHAPE_TRIANGLE] = "triangle",
  [SP_PIN_SHAPE_STAR] = "star", [SP_PIN_SHAPE_TRIANGLE_DOWN] = "triangle-down", [SP_PIN_SHAPE_LEAF] = "leaf",
  [SP_PIN_SHAPE_HEXAGON] = "hexagon",
};

static const char * const colours[SP_PIN_N_COLOURS] = {
  [SP_PIN_COLOUR_BROWN] = "brown", [SP_PIN_COLOUR_ORANGE] = "orange", [SP_PIN_COLOUR_PINK] = "pink",
  [SP_PIN_COLOUR_GREEN] = "green", [SP_PIN_COLOUR_RED] = "red", [SP_PIN_COLOUR_PURPLE] = "purple",
  [SP_PIN_COLOUR_YELLOW] = "yellow", [SP_PIN_COLOUR_BLUE] = "blue", [SP_PIN_COLOUR_TEAL] = "teal",
  [SP_PIN_COLOUR_SLATE] = "slate",
};

/* 0 for what is not in the list: "other" of both. */
static guint
look_up (const char * const *names, guint n, const char *name)
{
  for (guint i = 1; i < n; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return 0;
}

/**
 * sp_pin_shape_from_name:
 * @name: (nullable): as taxonomies have it
 *
 * Returns: the shape; %SP_PIN_SHAPE_OTHER for a name that is not known
 */
SpPinShape
sp_pin_shape_from_name (const char *name)
{
  return (SpPinShape) look_up (shapes, SP_PIN_N_SHAPES, name);
}

/**
 * sp_pin_colour_from_name:
 * @name: (nullable): as taxonomies have it
 *
 * Returns: the colour; %SP_PIN_COLOUR_OTHER for a name that is not known
 */
SpPinColour
sp_pin_colour_from_name (const char *name)
{
  return (SpPinColour) look_up (colours, SP_PIN_N_COLOURS, name);
}
