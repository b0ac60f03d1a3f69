/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pins and clusters on an image: what differs in meaning differs in black and white too. */
#include "sp-pin.h"

#include <glib.h>
#include <string.h>

#define SIDE 96
#define WIDTH 26.0

static void
begin (cairo_t **cr, cairo_surface_t **surface, SpMapStyle style)
{
  double land = style == SP_MAP_STYLE_DARK ? 0.17 : 0.95;

  *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  *cr = cairo_create (*surface);
  cairo_set_source_rgb (*cr, land, land, land);
  cairo_paint (*cr);
  cairo_translate (*cr, SIDE / 2.0, SIDE * 0.75);
}

/* Black and white: one bit a pixel. */
static GByteArray *
take_bits (cairo_surface_t *surface)
{
  GByteArray *bits = g_byte_array_new ();

  cairo_surface_flush (surface);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        const guint8 *pixel = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface) + 4 * x;
        guint8 bit = 0.114 * pixel[0] + 0.587 * pixel[1] + 0.299 * pixel[2] > 160;
        g_byte_array_append (bits, &bit, 1);
      }
  return bits;
}

static GByteArray *
draw_pin (SpPinLook look, SpMapStyle style, guint state)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  GByteArray *bits;

  begin (&cr, &surface, style);
  sp_pin_draw (cr, &look, style, state, WIDTH);
  bits = take_bits (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bits;
}

static GByteArray *
draw_cluster (guint count, guint state)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  GByteArray *bits;

  begin (&cr, &surface, SP_MAP_STYLE_LIGHT);
  sp_pin_draw_cluster (cr, count, SP_MAP_STYLE_LIGHT, state, 30);
  bits = take_bits (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bits;
}

static guint
count_differences (GByteArray *a, GByteArray *b)
{
  guint n = 0;

  for (guint i = 0; i < a->len; i++)
    n += a->data[i] != b->data[i];
  return n;
}

/* All of one colour: only the sign tells them apart. */
static void
test_shapes (void)
{
  GByteArray *pins[SP_PIN_N_SHAPES];

  for (guint i = 0; i < SP_PIN_N_SHAPES; i++)
    pins[i] = draw_pin ((SpPinLook){ (guint8) i, SP_PIN_COLOUR_BLUE, 0 }, SP_MAP_STYLE_LIGHT, 0);
  for (guint i = 0; i < SP_PIN_N_SHAPES; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpuint (count_differences (pins[i], pins[j]), >=, 16);
  for (guint i = 0; i < SP_PIN_N_SHAPES; i++)
    g_byte_array_unref (pins[i]);
}

/* The sign shows in each colour, and each colour's pin against the land: in black and white too, but for the yellow. */
static void
test_colours (void)
{
  for (guint colour = 0; colour < SP_PIN_N_COLOURS; colour++)
    {
      SpPinLook look = { SP_PIN_SHAPE_SQUARE, (guint8) colour, 0 };
      g_autoptr (GByteArray) square = draw_pin (look, SP_MAP_STYLE_LIGHT, 0), star = NULL;

      look.shape = SP_PIN_SHAPE_STAR;
      star = draw_pin (look, SP_MAP_STYLE_LIGHT, 0);
      g_assert_cmpuint (count_differences (square, star), >=, 16);
    }
}

static void
test_states (void)
{
  GByteArray *pins[8];

  for (guint i = 0; i < G_N_ELEMENTS (pins); i++)
    pins[i] = draw_pin ((SpPinLook){ SP_PIN_SHAPE_HEART, SP_PIN_COLOUR_GREEN, (guint8) (i & 3) }, SP_MAP_STYLE_LIGHT,
                        i & 4 ? SP_PIN_SELECTED : 0);
  for (guint i = 0; i < G_N_ELEMENTS (pins); i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpuint (count_differences (pins[i], pins[j]), >=, 30);
  for (guint i = 0; i < G_N_ELEMENTS (pins); i++)
    g_byte_array_unref (pins[i]);
}

/* Keyboard and selection together differ from each alone, in light and dark. */
static void
test_focus (void)
{
  SpPinLook look = { SP_PIN_SHAPE_CIRCLE, SP_PIN_COLOUR_ORANGE, 0 };

  for (guint style = SP_MAP_STYLE_LIGHT; style <= SP_MAP_STYLE_DARK; style++)
    {
      g_autoptr (GByteArray) selected = draw_pin (look, (SpMapStyle) style, SP_PIN_SELECTED);
      g_autoptr (GByteArray) focused = draw_pin (look, (SpMapStyle) style, SP_PIN_FOCUSED);
      g_autoptr (GByteArray) both = draw_pin (look, (SpMapStyle) style, SP_PIN_SELECTED | SP_PIN_FOCUSED);

      g_assert_cmpuint (count_differences (selected, focused), >=, 16);
      g_assert_cmpuint (count_differences (selected, both), >=, 16);
      g_assert_cmpuint (count_differences (focused, both), >=, 16);
    }
}

static void
expect_inside (GByteArray *before, GByteArray *after, const SpPinBox *box)
{
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      if (before->data[y * SIDE + x] != after->data[y * SIDE + x])
        {
          g_assert_cmpfloat (x + 1, >, SIDE / 2.0 - box->left);
          g_assert_cmpfloat (x, <, SIDE / 2.0 + box->right);
          g_assert_cmpfloat (y + 1, >, SIDE * 0.75 - box->top);
          g_assert_cmpfloat (y, <, SIDE * 0.75 + box->bottom);
        }
}

/* Nothing is drawn outside the box that is said. */
static void
test_measure (void)
{
  SpPinLook look = { SP_PIN_SHAPE_CIRCLE, SP_PIN_COLOUR_RED, SP_PIN_CLOSED | SP_PIN_STALE };
  guint all = SP_PIN_HOVERED | SP_PIN_SELECTED | SP_PIN_FOCUSED | SP_PIN_CONTRAST;
  g_autoptr (GByteArray) pin = draw_pin (look, SP_MAP_STYLE_LIGHT, all);
  g_autoptr (GByteArray) cluster = draw_cluster (12345, all);
  g_autoptr (GByteArray) land = g_byte_array_new ();
  SpPinBox box;

  g_byte_array_set_size (land, SIDE * SIDE);
  memset (land->data, 1, SIDE * SIDE);
  sp_pin_measure (WIDTH, &box);
  expect_inside (land, pin, &box);
  sp_pin_measure_cluster (12345, 30, &box);
  expect_inside (land, cluster, &box);
}

static void
test_clusters (void)
{
  static const guint counts[] = { 2, 3, 10, 11, 99, 100, 101, 1000, 12345 };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GByteArray) one = draw_cluster (counts[i], 0), next = draw_cluster (counts[i + 1], 0);

      g_assert_cmpuint (count_differences (one, next), >=, 5);
      g_assert_cmpfloat (sp_pin_cluster_width (counts[i], 30), <=, sp_pin_cluster_width (counts[i + 1], 30));
    }
  g_assert_cmpfloat (sp_pin_cluster_width (9, 30), <, sp_pin_cluster_width (10, 30));
  g_assert_cmpfloat (sp_pin_cluster_width (10, 30), ==, sp_pin_cluster_width (99, 30));
}

static void
test_count (void)
{
  static const struct { guint count; const char *text; } cases[] = {
    { 2, "2" }, { 999, "999" }, { 1000, "1k" }, { 1234, "1.2k" }, { 9999, "9.9k" }, { 10000, "10k" }, { 123456, "123k" },
    { 999999, "999k" }, { 1000000, "1M" }, { 12345678, "12M" }, { G_MAXUINT, "4294M" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sp_pin_format_count (cases[i].count);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pin/shapes", test_shapes);
  g_test_add_func ("/pin/colours", test_colours);
  g_test_add_func ("/pin/states", test_states);
  g_test_add_func ("/pin/focus", test_focus);
  g_test_add_func ("/pin/measure", test_measure);
  g_test_add_func ("/pin/clusters", test_clusters);
  g_test_add_func ("/pin/count", test_count);
  return g_test_run ();
}
