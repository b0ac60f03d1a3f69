/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names on the map: none touches another, all stay where they are while the map moves, and towns get theirs in time. */
#include "sp-place-labels-private.h"

#include "sp-map-palette.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

typedef struct
{
  double         left;
  double         top;
  double         right;
  double         bottom;
  const SpLabel *label;
} Box;

static int
compare_boxes (gconstpointer a, gconstpointer b)
{
  const Box *x = a, *y = b;

  return (x->left > y->left) - (x->left < y->left);
}

/* The rectangles that the names shown at @zoom take. */
static GArray *
boxes_at (const SpPlaceLabels *labels, double zoom)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  double world = 256 * exp2 (zoom);

  for (guint i = 0; i < labels->labels->len; i++)
    {
      const SpLabel *label = &g_array_index (labels->labels, SpLabel, i);
      double left = label->x * world + label->offset_x, top = label->y * world + label->offset_y;
      Box box = { left, top, left + label->width, top + label->height, label };

      if (label->first_zoom <= floor (zoom) && floor (zoom) <= label->last_zoom)
        g_array_append_val (boxes, box);
    }
  g_array_sort (boxes, compare_boxes);
  return boxes;
}

static void
assert_none_touch (const SpPlaceLabels *labels, double zoom)
{
  g_autoptr (GArray) boxes = boxes_at (labels, zoom);

  for (guint i = 0; i < boxes->len; i++)
    for (guint j = i + 1; j < boxes->len; j++)
      {
        const Box *a = &g_array_index (boxes, Box, i), *b = &g_array_index (boxes, Box, j);

        if (b->left > a->right)
          break;
        if (a->top < b->bottom && b->top < a->bottom)
          g_error ("zoom %g: %s and %s touch", zoom, a->label->text, b->label->text);
      }
}

static void
test_none_touch (void)
{
  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, i);

      for (double zoom = 3; zoom <= 18; zoom += 0.25)
        assert_none_touch (labels, zoom);
    }
}

static const SpLabel *
find (const SpPlaceLabels *labels, const char *text)
{
  for (guint i = 0; i < labels->labels->len; i++)
    if (strcmp (g_array_index (labels->labels, SpLabel, i).text, text) == 0)
      return &g_array_index (labels->labels, SpLabel, i);
  g_error ("%s is no name on the map", text);
}

static void
test_towns_in_time (void)
{
  static const struct { const char *name; int first; int last; } known[] = {
    { "London", 3, 5 },     { "Glasgow", 3, 6 },  { "Belfast", 4, 6 },    { "Cardiff", 4, 7 },      { "Carlisle", 5, 8 },
    { "Workington", 7, 9 }, { "Maryport", 8, 11 }, { "Flimby", 9, 13 },   { "Cockermouth", 8, 11 }, { "Wigan", 6, 9 },
    { "Lerwick", 5, 8 },    { "ENGLAND", 3, 6 },  { "Irish Sea", 5, 7 },  { "Lake District", 8, 10 }, { "Dublin", 4, 6 },
    { "Islington", 8, 12 },
  };
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1);
  guint never = 0;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      int zoom = find (labels, known[i].name)->first_zoom;

      if (zoom < known[i].first || zoom > known[i].last)
        g_error ("%s appears at zoom %d, not at %d to %d", known[i].name, zoom, known[i].first, known[i].last);
    }
  for (guint i = 0; i < labels->labels->len; i++)
    never += g_array_index (labels->labels, SpLabel, i).first_zoom == SP_LABEL_NEVER;
  g_assert_cmpuint (never, <=, 5);
}

/* Larger text needs more room: fewer names, but never none. */
static void
test_font_scale (void)
{
  g_autoptr (SpPlaceLabels) small = sp_place_labels_new (NULL, 1);
  g_autoptr (SpPlaceLabels) large = sp_place_labels_new (NULL, 2);
  g_autoptr (GArray) few = boxes_at (large, 9);
  g_autoptr (GArray) many = boxes_at (small, 9);

  g_assert_cmpuint (few->len, <, many->len * 3 / 4);
  g_assert_cmpuint (few->len, >, many->len / 8);
  g_assert_cmpfloat_with_epsilon (find (large, "London")->width, 2 * find (small, "London")->width, 2);
}

static cairo_surface_t *
draw (SpPlaceLabels *labels, const SpMapWindow *window, const cairo_rectangle_t *avoid, guint n_avoid)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) window->width, (int) window->height);
  cairo_t *cr = cairo_create (surface);

  sp_place_labels_draw (labels, cr, window, SP_MAP_STYLE_LIGHT, avoid, n_avoid);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (surface);

  return *(const guint32 *) (const void *) (data + y * cairo_image_surface_get_stride (surface) + 4 * x);
}

static guint
count_painted (cairo_surface_t *surface, int left, int top, int right, int bottom)
{
  guint count = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      count += pixel (surface, x, y) != 0;
  return count;
}

/* Up to the rounding of where a dot begins. */
static void
assert_alike (guint32 a, guint32 b, int rounding)
{
  for (guint shift = 0; shift <= 24; shift += 8)
    g_assert_cmpint (abs ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)), <=, rounding);
}

/* What two windows have in common looks alike in both, up to their edges. */
static void
test_stay_while_panning (void)
{
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1);
  guint painted = 0;

  for (double zoom = 5; zoom < 14; zoom += 0.5)
    {
      SpMapWindow here, there;
      cairo_surface_t *a, *b;

      sp_map_window_init_around (&here, 53.5, -2.5, zoom, 400, 300);
      there = here;
      there.x += 83 / here.world;
      there.y += 41 / here.world;
      a = draw (labels, &here, NULL, 0);
      b = draw (labels, &there, NULL, 0);
      for (int y = 0; y < 300 - 41; y++)
        for (int x = 0; x < 400 - 83; x++)
          {
            assert_alike (pixel (a, x + 83, y + 41), pixel (b, x, y), 3);
            painted += pixel (b, x, y) != 0;
          }
      cairo_surface_destroy (a);
      cairo_surface_destroy (b);
    }
  g_assert_cmpuint (painted, >, 20000);
}

static void
test_avoid (void)
{
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1);
  const cairo_rectangle_t middle = { 200, 130, 60, 40 };
  cairo_surface_t *with, *without;
  SpMapWindow window;

  sp_map_window_init_around (&window, 51.5085, -0.1257, 10, 400, 300);
  without = draw (labels, &window, NULL, 0);
  with = draw (labels, &window, &middle, 1);
  g_assert_cmpuint (count_painted (without, 205, 135, 255, 165), >, 50); /* London */
  g_assert_cmpuint (count_painted (with, 205, 135, 255, 165), ==, 0);
  g_assert_cmpuint (count_painted (with, 0, 0, 400, 120), >, 500);
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

static const SpLabelSpot *
find_spot (GArray *spots, const char *text)
{
  for (guint i = 0; i < spots->len; i++)
    if (strcmp (g_array_index (spots, SpLabelSpot, i).label->text, text) == 0)
      return &g_array_index (spots, SpLabelSpot, i);
  return NULL;
}

static gboolean
is_on (const SpLabelSpot *spot, const SpLabelBox *box)
{
  return spot->x < box->right && box->left < spot->x + spot->label->width && spot->y + 2 < box->bottom
         && box->top < spot->y + spot->label->height - 2;
}

/* A grid of what covers the map, as clusters do, moved by so many pixels. */
static guint
make_clusters (SpLabelBox *boxes, double right, double down)
{
  guint n = 0;

  for (double y = -160; y < 560; y += 90)
    for (double x = -160; x < 760; x += 90)
      boxes[n++] = (SpLabelBox){ x + right, y + down, x + right + 44, y + down + 44 };
  return n;
}

/* No name on a pin, none on another; those that moved are still near their place, and most are still there. */
static void
test_dodge (void)
{
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1);
  SpLabelBox boxes[100];
  guint n = make_clusters (boxes, 0, 0), shown = 0, laid_out = 0, moved = 0;

  for (double zoom = 6; zoom < 15; zoom += 0.7)
    {
      SpMapWindow window;
      g_autoptr (GArray) all = NULL, spots = NULL;

      sp_map_window_init_around (&window, 53.5, -2.5, zoom, 600, 400);
      all = sp_label_find_spots (labels, &window, NULL, 0);
      spots = sp_label_find_spots (labels, &window, boxes, n);
      laid_out += all->len;
      shown += spots->len;
      for (guint i = 0; i < spots->len; i++)
        {
          const SpLabelSpot *spot = &g_array_index (spots, SpLabelSpot, i);

          moved += spot->x != spot->place_x + spot->label->offset_x;
          g_assert_cmpfloat (spot->x - spot->place_x, <, 70);
          g_assert_cmpfloat (spot->place_x - spot->x - spot->label->width, <, 70);
          g_assert_cmpfloat (fabs (spot->y + spot->label->height / 2 - spot->place_y), <, 90);
          for (guint j = 0; j < n; j++)
            g_assert_false (is_on (spot, &boxes[j]));
          for (guint j = 0; j < i; j++)
            {
              const SpLabelSpot *other = &g_array_index (spots, SpLabelSpot, j);
              SpLabelBox box = { other->x, other->y + 2, other->x + other->label->width, other->y + other->label->height - 2 };

              g_assert_false (is_on (spot, &box));
            }
        }
    }
  g_test_message ("%u names, %u of them shown, %u not where they were laid out", laid_out, shown, moved);
  g_assert_cmpuint (moved, >, shown / 10);
  g_assert_cmpuint (shown, >, laid_out * 8 / 10);
}

/* The side that is the least way: what is left of a cluster stays there. */
static void
test_dodge_nearby (void)
{
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1);
  const SpLabelSpot *before = NULL, *after;
  g_autoptr (GArray) free_spots = NULL, spots = NULL, none = NULL;
  const SpLabelBox everything = { -1000, -1000, 2000, 2000 };
  SpLabelBox cover;
  SpMapWindow window;

  sp_map_window_init_around (&window, 55.86, -4.26, 6, 600, 400);
  free_spots = sp_label_find_spots (labels, &window, NULL, 0);
  for (guint i = 0; i < free_spots->len && before == NULL; i++)
    if (g_array_index (free_spots, SpLabelSpot, i).x + g_array_index (free_spots, SpLabelSpot, i).label->width
        < g_array_index (free_spots, SpLabelSpot, i).place_x)
      before = &g_array_index (free_spots, SpLabelSpot, i);
  g_assert_nonnull (before);
  cover = (SpLabelBox){ before->place_x - 15, before->place_y - 20, before->place_x + 25, before->place_y + 20 };
  spots = sp_label_find_spots (labels, &window, &cover, 1);
  after = find_spot (spots, before->label->text);
  g_assert_nonnull (after);
  g_assert_false (after->has_dot);
  g_assert_cmpfloat (after->x + after->label->width, <=, cover.left);
  none = sp_label_find_spots (labels, &window, &everything, 1);
  g_assert_cmpuint (none->len, ==, 0);
}

/* While the map is dragged, pins and all, names keep their sides: but for those that meet pins beyond the edge. */
static void
test_dodge_while_panning (void)
{
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1);
  SpLabelBox boxes[100], dragged[100];
  guint n = make_clusters (boxes, 0, 0), same = 0;

  make_clusters (dragged, -37, 23);
  for (double zoom = 6; zoom < 15; zoom += 0.7)
    {
      SpMapWindow here, there;
      g_autoptr (GArray) before = NULL, after = NULL;

      sp_map_window_init_around (&here, 53.5, -2.5, zoom, 600, 400);
      there = here;
      there.x += 37 / here.world;
      there.y -= 23 / here.world;
      before = sp_label_find_spots (labels, &here, boxes, n);
      after = sp_label_find_spots (labels, &there, dragged, n);
      for (guint i = 0; i < before->len; i++)
        {
          const SpLabelSpot *a = &g_array_index (before, SpLabelSpot, i), *b = find_spot (after, a->label->text);

          if (a->place_x < 100 || a->place_x > 500 || a->place_y < 60 || a->place_y > 340)
            continue;
          g_assert_nonnull (b);
          g_assert_cmpfloat_with_epsilon (a->x - 37, b->x, 0.01);
          g_assert_cmpfloat_with_epsilon (a->y + 23, b->y, 0.01);
          same++;
        }
    }
  g_assert_cmpuint (same, >, 50);
}

/* On a surface of twice the pixels names are twice as large and as sharp, whichever way that is said. */
static void
test_scale (void)
{
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1);
  cairo_surface_t *scaled = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 400);
  cairo_surface_t *device = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 400);
  cairo_t *cr;
  SpMapWindow window;

  sp_map_window_init_around (&window, 51.5085, -0.1257, 10, 200, 200);
  cr = cairo_create (scaled);
  cairo_scale (cr, 2, 2);
  sp_place_labels_draw (labels, cr, &window, SP_MAP_STYLE_DARK, NULL, 0);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (device, 2, 2);
  cr = cairo_create (device);
  sp_place_labels_draw (labels, cr, &window, SP_MAP_STYLE_DARK, NULL, 0);
  cairo_destroy (cr);
  cairo_surface_flush (scaled);
  cairo_surface_flush (device);
  g_assert_cmpuint (count_painted (scaled, 0, 0, 400, 400), >, 2000);
  for (int y = 0; y < 400; y++)
    for (int x = 0; x < 400; x++)
      assert_alike (pixel (scaled, x, y), pixel (device, x, y), 50);
  cairo_surface_destroy (scaled);
  cairo_surface_destroy (device);
}

/* A frame that has no time gets one new name, the next another, and so on until they are as drawn at once. */
static void
test_until (void)
{
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1), others = sp_place_labels_new (NULL, 1);
  cairo_surface_t *at_once, *in_time = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 300);
  cairo_t *cr = cairo_create (in_time);
  guint frames = 1, before = 0;
  SpMapWindow window;

  sp_map_window_init_around (&window, 54.7, -3.3, 9, 400, 300);
  while (!sp_place_labels_draw_until (labels, cr, &window, SP_MAP_STYLE_LIGHT, NULL, 0, 0))
    {
      guint painted = count_painted (in_time, 0, 0, 400, 300);

      g_assert_cmpuint (painted, >=, MAX (before, 1));
      before = painted;
      frames++;
      cairo_save (cr);
      cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
      cairo_paint (cr);
      cairo_restore (cr);
    }
  cairo_destroy (cr);
  g_assert_cmpuint (frames, >, 5);
  at_once = draw (others, &window, NULL, 0);
  cairo_surface_flush (in_time);
  for (int y = 0; y < 300; y++)
    for (int x = 0; x < 400; x++)
      g_assert_cmphex (pixel (in_time, x, y), ==, pixel (at_once, x, y));
  cairo_surface_destroy (at_once);
  cairo_surface_destroy (in_time);
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_string_append_len (closure, (const char *) data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
test_paper (void)
{
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1);
  g_autoptr (GString) pdf = g_string_new (NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, pdf, 400, 400);
  cairo_t *cr;
  SpMapWindow window;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4); /* later ones compress what is looked for below */
  cr = cairo_create (surface);
  sp_map_window_init_around (&window, 54.6, -3.3, 9, 400, 400);
  sp_place_labels_draw (labels, cr, &window, SP_MAP_STYLE_PRINT, NULL, 0);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  g_assert_nonnull (memmem (pdf->str, pdf->len, "/FontFile", 9)); /* text, in a font that goes with it */
  g_assert_null (memmem (pdf->str, pdf->len, "/Subtype /Image", 15));
}

static gpointer
draw_in_thread (gpointer data)
{
  SpPlaceLabels *labels = data;
  SpMapWindow window;
  cairo_surface_t *surface;
  char *sum;

  sp_map_window_init_around (&window, 53.5, -2.5, 9, 300, 300);
  surface = draw (labels, &window, NULL, 0);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, cairo_image_surface_get_data (surface), 300 * 1200);
  cairo_surface_destroy (surface);
  return sum;
}

static void
test_threads (void)
{
  g_autoptr (SpPlaceLabels) labels = sp_place_labels_new (NULL, 1);
  g_autoptr (SpPlaceLabels) others = sp_place_labels_new (NULL, 1);
  g_autofree char *expected = draw_in_thread (others);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("draw", draw_in_thread, labels);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *sum = g_thread_join (threads[i]);
      g_assert_cmpstr (sum, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/place-labels/none-touch", test_none_touch);
  g_test_add_func ("/place-labels/towns-in-time", test_towns_in_time);
  g_test_add_func ("/place-labels/font-scale", test_font_scale);
  g_test_add_func ("/place-labels/stay-while-panning", test_stay_while_panning);
  g_test_add_func ("/place-labels/avoid", test_avoid);
  g_test_add_func ("/place-labels/dodge", test_dodge);
  g_test_add_func ("/place-labels/dodge-nearby", test_dodge_nearby);
  g_test_add_func ("/place-labels/dodge-while-panning", test_dodge_while_panning);
  g_test_add_func ("/place-labels/scale", test_scale);
  g_test_add_func ("/place-labels/paper", test_paper);
  g_test_add_func ("/place-labels/until", test_until);
  g_test_add_func ("/place-labels/threads", test_threads);
  return g_test_run ();
}
