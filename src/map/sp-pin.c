/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pins and clusters, drawn onto any cairo surface: the window's and a page's. A pin's point is at the origin; a
 * cluster's middle is. Colour, sign and state each have a form of their own, so that all can be told in black and white:
 * what is closed for now is hollow and has a bar on its badge, what wants checking an exclamation mark. */
#include "sp-pin.h"

#include "sp-pin-glyph.h"

#include <math.h>
#include <pango/pangocairo.h>

#define NECK 1.75    /* from the point of a pin to the middle of its head, in radii of the head */
#define OUTLINE 0.13 /* its width, in radii */
#define REACH 0.58   /* of all lines around a sprite, likewise */
#define GLYPH 0.56   /* the sign's radius, in radii */
#define LETTER_SIZE 16    /* of the numbers on clusters before they are scaled, in units of the context */
#define LETTERS 0.46      /* their size, in widths of the cluster */
#define MOST_LETTERS 0.72 /* how wide the number is at most, likewise */
#define SHADE 0.35   /* of the thin line around all, against a ground of the outline's colour */

#define RGB(hex) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0 }

typedef struct
{
  double red, green, blue;
} Colour;

/* White signs stand out from each by 3 : 1 at least, and a hollow pin in that colour does from white; on the yellow the
 * sign is black, and hollow pins have the dark one. */
static const struct { Colour fill, ink; } colours[SP_PIN_N_COLOURS] = {
  [SP_PIN_COLOUR_OTHER] = { RGB (0x6f6e73), RGB (0x5e5c64) },
  [SP_PIN_COLOUR_BROWN] = { RGB (0x7d5230), RGB (0x63452c) },
  [SP_PIN_COLOUR_ORANGE] = { RGB (0xcf5400), RGB (0xa84300) },
  [SP_PIN_COLOUR_PINK] = { RGB (0xd1376f), RGB (0xb02459) },
  [SP_PIN_COLOUR_GREEN] = { RGB (0x1f7a3d), RGB (0x17632f) },
  [SP_PIN_COLOUR_RED] = { RGB (0xb3151f), RGB (0xa51d2d) },
  [SP_PIN_COLOUR_PURPLE] = { RGB (0x813d9c), RGB (0x613583) },
  [SP_PIN_COLOUR_YELLOW] = { RGB (0xf0bb1c), RGB (0x7a5700) },
  [SP_PIN_COLOUR_BLUE] = { RGB (0x1a5fb4), RGB (0x1a5fb4) },
  [SP_PIN_COLOUR_TEAL] = { RGB (0x0b7a75), RGB (0x09635f) },
  [SP_PIN_COLOUR_SLATE] = { RGB (0x46566b), RGB (0x3a485a) },
};

static const Colour white = RGB (0xffffff), black = RGB (0x000000), night = RGB (0x241f31);
static const Colour cluster_light = RGB (0x2c4a5e), cluster_dark = RGB (0xdce6ec);

static void
set_colour (cairo_t *cr, Colour colour, double alpha)
{
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, alpha);
}

/* The outline of a pin, @by wider all around. */
static void
trace_pin (cairo_t *cr, double r, double by)
{
  double reach = NECK * r + by * NECK, radius = r + by, side = acos (radius / reach);

  cairo_new_path (cr);
  cairo_arc (cr, 0, -NECK * r, radius, G_PI / 2 + side, 2.5 * G_PI - side);
  cairo_line_to (cr, 0, reach - NECK * r);
  cairo_close_path (cr);
}

static void
trace_disc (cairo_t *cr, double radius)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
}

/* The lines around the body, from the outermost: a ring for what has the keyboard, one for what is selected, a thin dark
 * one, and the white one that parts it from the map. */
static void
draw_around (cairo_t *cr, void (*trace) (cairo_t *, double, double), double r, SpMapStyle style, guint state)
{
  gboolean dark = style == SP_MAP_STYLE_DARK, strong = (state & (SP_PIN_CONTRAST | SP_PIN_HOVERED)) != 0 || style == SP_MAP_STYLE_PRINT;
  double line = OUTLINE * r;

  if (state & (SP_PIN_SELECTED | SP_PIN_FOCUSED))
    {
      double width = (state & SP_PIN_SELECTED) ? (state & SP_PIN_FOCUSED) ? 3.3 : 2.6 : 1.8;

      trace (cr, r, line * (1 + width));
      set_colour (cr, dark ? white : night, 1);
      cairo_fill (cr);
    }
  if (state & SP_PIN_FOCUSED)
    {
      trace (cr, r, line * 2.9);
      set_colour (cr, dark ? black : white, 1);
      cairo_set_line_width (cr, line * 0.7);
      cairo_set_dash (cr, (double[]){ line * 1.6, line * 1.2 }, 2, 0);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
  trace (cr, r, line * (strong ? 1.7 : 1.35));
  set_colour (cr, black, strong || dark ? 1 : SHADE);
  cairo_fill (cr);
  trace (cr, r, line);
  set_colour (cr, white, 1);
  cairo_fill (cr);
}

/* A dark disc at the head's upper left or right, with the sign that @draw makes in a disc of that size. */
static void
draw_badge (cairo_t *cr, double r, double side, void (*draw) (cairo_t *, double))
{
  double size = 0.43 * r;

  cairo_save (cr);
  cairo_translate (cr, side * 0.88 * r, -0.88 * r);
  trace_disc (cr, size + OUTLINE * r);
  set_colour (cr, white, 1);
  cairo_fill (cr);
  trace_disc (cr, size);
  set_colour (cr, night, 1);
  cairo_fill (cr);
  set_colour (cr, white, 1);
  draw (cr, size);
  cairo_restore (cr);
}

/* An exclamation mark. */
static void
draw_stale (cairo_t *cr, double size)
{
  cairo_rectangle (cr, -0.16 * size, -0.68 * size, 0.32 * size, 0.8 * size);
  cairo_fill (cr);
  cairo_arc (cr, 0, 0.48 * size, 0.2 * size, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* The bar of a sign that says no entry. */
static void
draw_closed (cairo_t *cr, double size)
{
  cairo_rectangle (cr, -0.62 * size, -0.2 * size, 1.24 * size, 0.4 * size);
  cairo_fill (cr);
}

static void
draw_body (cairo_t *cr, const SpPinLook *look, double r)
{
  guint colour = look->colour < SP_PIN_N_COLOURS ? look->colour : SP_PIN_COLOUR_OTHER;
  gboolean closed = (look->marks & SP_PIN_CLOSED) != 0;

  trace_pin (cr, r, 0);
  set_colour (cr, closed ? colours[colour].ink : colours[colour].fill, 1);
  cairo_fill (cr);
  cairo_translate (cr, 0, -NECK * r);
  if (closed)
    {
      trace_disc (cr, 0.8 * r);
      set_colour (cr, white, 1);
      cairo_fill (cr);
    }
  set_colour (cr, closed ? colours[colour].ink : colour == SP_PIN_COLOUR_YELLOW ? black : white, 1);
  sp_pin_glyph (cr, (SpPinShape) look->shape, GLYPH * r);
  if (closed)
    draw_badge (cr, r, -1, draw_closed);
  if (look->marks & SP_PIN_STALE)
    draw_badge (cr, r, 1, draw_stale);
}

/**
 * sp_pin_draw:
 * @cr: where; the pin's point is at its origin
 * @look: which
 * @style: on which map
 * @state: bits of #SpPinState
 * @width: of the pin's head, in the units of @cr
 *
 * Draws a pin. @cr is left as it was.
 */
void
sp_pin_draw (cairo_t *cr, const SpPinLook *look, SpMapStyle style, guint state, double width)
{
  double r = width / 2;

  cairo_save (cr);
  draw_around (cr, trace_pin, r, style, state);
  draw_body (cr, look, r);
  cairo_restore (cr);
}

/**
 * sp_pin_height:
 * @width: of a pin's head
 *
 * Returns: how far the middle of its head is above its point
 */
double
sp_pin_height (double width)
{
  return NECK * width / 2;
}

/**
 * sp_pin_measure:
 * @width: of a pin's head
 * @box: (out caller-allocates): what a pin covers at most, whatever its look and state
 */
void
sp_pin_measure (double width, SpPinBox *box)
{
  double r = width / 2, around = r * (1 + REACH);

  *box = (SpPinBox){ around, NECK * r + around, around, REACH * NECK * r };
}

/**
 * sp_pin_cluster_width:
 * @count: how many are in a cluster
 * @width: of the smallest cluster
 *
 * Returns: how wide it is, without its outline: wider for each nought
 */
double
sp_pin_cluster_width (guint count, double width)
{
  return width * (count < 10 ? 1 : count < 100 ? 1.14 : count < 1000 ? 1.3 : 1.48);
}

/**
 * sp_pin_measure_cluster:
 * @count: how many are in a cluster
 * @width: of the smallest cluster
 * @box: (out caller-allocates): what it covers at most, whatever its state
 */
void
sp_pin_measure_cluster (guint count, double width, SpPinBox *box)
{
  double around = sp_pin_cluster_width (count, width) / 2 * (1 + REACH);

  *box = (SpPinBox){ around, around, around, around };
}

/**
 * sp_pin_format_count:
 * @count: how many
 *
 * Returns: (transfer full): the number as it fits on a cluster: "999", "1k", "1.2k", "12k", "1.5M"
 */
char *
sp_pin_format_count (guint count)
{
  static const struct { guint from, unit; const char *suffix; } units[] = { { 1000000, 1000000, "M" }, { 1000, 1000, "k" } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (count >= units[i].from)
      {
        guint tenths = count / (units[i].unit / 10);
        return tenths < 100 && tenths % 10 != 0 ? g_strdup_printf ("%u.%u%s", tenths / 10, tenths % 10, units[i].suffix)
                            : g_strdup_printf ("%u%s", tenths / 10, units[i].suffix);
      }
  return g_strdup_printf ("%u", count);
}

static void
trace_cluster (cairo_t *cr, double r, double by)
{
  trace_disc (cr, r + by);
}

/* In one size of letters, drawn as large as there is room: a size that is new would make Pango look through all fonts once
 * more, which takes longer than ten numbers. */
static void
write_count (cairo_t *cr, guint count, double width, Colour colour)
{
  g_autofree char *text = sp_pin_format_count (count);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans Bold");
  PangoRectangle ink;
  double scale = width * LETTERS / LETTER_SIZE;

  pango_font_description_set_absolute_size (font, LETTER_SIZE * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_extents (layout, &ink, NULL);
  if (ink.width * scale > width * MOST_LETTERS * PANGO_SCALE)
    scale = width * MOST_LETTERS * PANGO_SCALE / ink.width;
  set_colour (cr, colour, 1);
  cairo_scale (cr, scale, scale);
  cairo_move_to (cr, -(ink.x + ink.width / 2.0) / PANGO_SCALE, -(ink.y + ink.height / 2.0) / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
}

/**
 * sp_pin_draw_cluster_body:
 * @cr: where; the cluster's middle is at its origin
 * @count: how many are in it
 * @style: on which map
 * @state: bits of #SpPinState
 * @width: of the smallest cluster, in the units of @cr
 *
 * Draws a cluster without its number: the same for all with as many noughts. @cr is left as it was.
 */
void
sp_pin_draw_cluster_body (cairo_t *cr, guint count, SpMapStyle style, guint state, double width)
{
  double own = sp_pin_cluster_width (count, width);

  cairo_save (cr);
  draw_around (cr, trace_cluster, own / 2, style, state);
  trace_disc (cr, own / 2);
  set_colour (cr, style == SP_MAP_STYLE_DARK ? cluster_dark : cluster_light, 1);
  cairo_fill (cr);
  cairo_restore (cr);
}

/**
 * sp_pin_draw_cluster_count:
 * @cr: where; the cluster's middle is at its origin
 * @count: how many are in it
 * @style: on which map
 * @width: of the smallest cluster, in the units of @cr
 *
 * Writes a cluster's number onto its body. @cr is left as it was.
 */
void
sp_pin_draw_cluster_count (cairo_t *cr, guint count, SpMapStyle style, double width)
{
  cairo_save (cr);
  write_count (cr, count, sp_pin_cluster_width (count, width), style == SP_MAP_STYLE_DARK ? night : white);
  cairo_restore (cr);
}

/**
 * sp_pin_draw_cluster:
 * @cr: where; the cluster's middle is at its origin
 * @count: how many are in it
 * @style: on which map
 * @state: bits of #SpPinState
 * @width: of the smallest cluster, in the units of @cr
 *
 * Draws a cluster with its number. @cr is left as it was.
 */
void
sp_pin_draw_cluster (cairo_t *cr, guint count, SpMapStyle style, guint state, double width)
{
  sp_pin_draw_cluster_body (cr, count, style, state, width);
  sp_pin_draw_cluster_count (cr, count, style, width);
}
