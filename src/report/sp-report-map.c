/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map of a report: the base map for paper, and signs with the numbers of the list. A sign is a small plate with the
 * shape of its heading and its number, set beside its place where it covers no other; what finds no room shares a plate
 * with its neighbour. Nothing depends on colour. */
#include "sp-report-map.h"

#include "sp-base-map.h"
#include "sp-pin-glyph.h"
#include "sp-place-labels.h"
#include "sp-scale-bar.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define MAX_ZOOM 14.5
#define ONE_ZOOM 13.0 /* for one entry: that the nearest names are on it */
#define MAX_LETTERS 9 /* of the numbers on a plate; more get letters, and a line below the map */
#define STALK 5.0

typedef struct
{
  SpFlow           *flow;
  SpMapWindow       window;
  cairo_rectangle_t frame;
  GPtrArray        *marks; /* (element-type SpReportMark) */
  guint             n_keys;
  double            height; /* of a plate */
} Map;

static void
free_mark (gpointer data)
{
  SpReportMark *mark = data;

  g_array_unref (mark->numbers);
  g_free (mark->key);
  g_free (mark);
}

static gboolean
overlaps (const cairo_rectangle_t *a, const cairo_rectangle_t *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

/* So that all entries are in it, with room for their plates at the edge. */
static gboolean
find_window (Map *map, GPtrArray *entries)
{
  double x0 = 1, y0 = 1, x1 = 0, y1 = 0, zoom, latitude, longitude;
  const double pad = map->height * 2.5;

  for (guint i = 0; i < entries->len; i++)
    {
      const SpReportEntry *entry = g_ptr_array_index (entries, i);
      double x, y;
      if (isnan (entry->latitude))
        continue;
      sp_geodesy_to_tile (entry->latitude, entry->longitude, 0, &x, &y);
      x0 = MIN (x0, x), x1 = MAX (x1, x), y0 = MIN (y0, y), y1 = MAX (y1, y);
    }
  if (x0 > x1)
    return FALSE;
  zoom = log2 (MIN ((map->frame.width - 2 * pad) / MAX (x1 - x0, 1e-9), (map->frame.height - 2 * pad) / MAX (y1 - y0, 1e-9)) / 256);
  sp_geodesy_from_tile ((x0 + x1) / 2, (y0 + y1) / 2, 0, &latitude, &longitude);
  sp_map_window_init_around (&map->window, latitude, longitude, CLAMP (zoom, 1, entries->len == 1 ? ONE_ZOOM : MAX_ZOOM), map->frame.width, map->frame.height);
  return TRUE;
}

/**
 * sp_report_map_list_numbers:
 * @mark: a mark
 *
 * Returns: (transfer full): its numbers: "3", "3, 7", "3–5, 9"
 */
char *
sp_report_map_list_numbers (const SpReportMark *mark)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < mark->numbers->len; i++)
    {
      guint first = g_array_index (mark->numbers, guint, i), last = first;
      while (i + 1 < mark->numbers->len && g_array_index (mark->numbers, guint, i + 1) == last + 1)
        last = g_array_index (mark->numbers, guint, ++i);
      g_string_append_printf (out, out->len > 0 ? ", %u" : "%u", first);
      if (last > first)
        g_string_append_printf (out, last == first + 1 ? ", %u" : "–%u", last);
    }
  return g_string_free (out, FALSE);
}

/* How wide a plate is at most: letters take no more room than two numbers of four digits do. */
static double
get_width (const Map *map, const SpReportMark *mark)
{
  g_autofree char *text = sp_report_map_list_numbers (mark);
  glong length = g_utf8_strlen (text, -1);

  return map->height * (mark->numbers->len == 1 ? 1.15 : 0.5) + map->height * 0.48 * (double) MIN (length, MAX_LETTERS);
}

static gboolean
is_free (const Map *map, const SpReportMark *mark, const cairo_rectangle_t *box)
{
  if (box->x < 1 || box->y < 1 || box->x + box->width > map->frame.width - 1 || box->y + box->height > map->frame.height - 1)
    return FALSE;
  for (guint i = 0; i < map->marks->len; i++)
    {
      const SpReportMark *other = g_ptr_array_index (map->marks, i);
      cairo_rectangle_t point = { other->x - 2, other->y - 2, 4, 4 };
      if (other != mark && (overlaps (box, &other->box) || overlaps (box, &point)))
        return FALSE;
    }
  return TRUE;
}

/* Above, below, right, left, and the four corners. */
static gboolean
find_room (Map *map, SpReportMark *mark)
{
  static const struct { double x, y; } sides[] = { { -0.5, -1 }, { -0.5, 0 }, { 0, -0.5 }, { -1, -0.5 }, { 0, -1 }, { -1, -1 }, { 0, 0 }, { -1, 0 } };
  double width = get_width (map, mark), height = map->height;

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      double right = sides[i].x + 0.5, down = sides[i].y + 0.5;
      cairo_rectangle_t box = { mark->x + sides[i].x * width + right * 2 * STALK,
                                mark->y + sides[i].y * height + down * 2 * STALK, width, height };
      if (is_free (map, mark, &box))
        {
          mark->box = box;
          return TRUE;
        }
    }
  return FALSE;
}

static SpReportMark *
find_nearest (const Map *map, const SpReportMark *mark)
{
  SpReportMark *nearest = NULL;
  double least = INFINITY;

  for (guint i = 0; i < map->marks->len; i++)
    {
      SpReportMark *other = g_ptr_array_index (map->marks, i);
      double distance = hypot (other->x - mark->x, other->y - mark->y);
      if (other != mark && distance < least)
        nearest = other, least = distance;
    }
  return nearest;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint one = *(const guint *) a, two = *(const guint *) b;

  return one < two ? -1 : one > two;
}

/* Marks that find no room, or whose plate grew over another, join the nearest until all have room. */
static void
place (Map *map, SpReportMark *mark)
{
  while (!find_room (map, mark))
    {
      SpReportMark *nearest = find_nearest (map, mark);

      if (nearest == NULL)
        {
          mark->box = (cairo_rectangle_t){ CLAMP (mark->x, 0, map->frame.width - 40), MAX (mark->y - map->height, 0), 40, map->height };
          return;
        }
      g_array_append_vals (mark->numbers, nearest->numbers->data, nearest->numbers->len);
      g_array_sort (mark->numbers, compare_numbers);
      mark->x = nearest->x;
      mark->y = nearest->y;
      mark->shape = nearest->shape;
      g_ptr_array_remove (map->marks, nearest);
    }
}

static SpReportMark *
find_same_place (const Map *map, double x, double y)
{
  for (guint i = 0; i < map->marks->len; i++)
    {
      SpReportMark *mark = g_ptr_array_index (map->marks, i);
      if (hypot (mark->x - x, mark->y - y) < 1.5)
        return mark;
    }
  return NULL;
}

static void
make_marks (Map *map, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const SpReportEntry *entry = g_ptr_array_index (entries, i);
      SpReportMark *mark;
      double x, y;
      if (isnan (entry->latitude))
        continue;
      sp_map_window_to_pixel (&map->window, entry->latitude, entry->longitude, &x, &y);
      mark = find_same_place (map, x, y);
      if (mark == NULL)
        {
          mark = g_new0 (SpReportMark, 1);
          *mark = (SpReportMark){ .x = x, .y = y, .shape = (SpPinShape) entry->look.shape, .numbers = g_array_new (FALSE, FALSE, sizeof (guint)) };
          g_ptr_array_add (map->marks, mark);
        }
      g_array_append_val (mark->numbers, entry->number);
      place (map, mark);
    }
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const SpReportMark *one = *(const SpReportMark * const *) a, *two = *(const SpReportMark * const *) b;

  return compare_numbers (one->numbers->data, two->numbers->data);
}

/* "A" to "Z", "AA" to "ZZ" … */
static char *
make_key (guint index)
{
  GString *out = g_string_new (NULL);

  for (index++; index > 0; index = (index - 1) / 26)
    g_string_prepend_c (out, (char) ('A' + (index - 1) % 26));
  return g_string_free (out, FALSE);
}

static void
make_keys (Map *map)
{
  g_ptr_array_sort (map->marks, compare_marks);
  for (guint i = 0; i < map->marks->len; i++)
    {
      SpReportMark *mark = g_ptr_array_index (map->marks, i);
      g_autofree char *text = sp_report_map_list_numbers (mark);
      if (g_utf8_strlen (text, -1) > MAX_LETTERS)
        mark->key = make_key (map->n_keys++);
    }
}

static void
draw_plate (cairo_t *cr, const cairo_rectangle_t *box, gboolean dark)
{
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_set_source_rgb (cr, dark ? 0.1 : 1, dark ? 0.1 : 1, dark ? 0.1 : 1);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_set_line_width (cr, 0.7);
  cairo_stroke (cr);
}

/* From the place to the nearest point of its plate. */
static void
draw_stalk (cairo_t *cr, const SpReportMark *mark)
{
  const cairo_rectangle_t *box = &mark->box;

  cairo_move_to (cr, mark->x, mark->y);
  cairo_line_to (cr, CLAMP (mark->x, box->x, box->x + box->width), CLAMP (mark->y, box->y, box->y + box->height));
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_set_line_width (cr, 0.9);
  cairo_stroke (cr);
  cairo_arc (cr, mark->x, mark->y, 1.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_mark (Map *map, const SpReportMark *mark)
{
  cairo_t *cr = map->flow->cr;
  g_autofree char *numbers = sp_report_map_list_numbers (mark);
  g_autofree char *text = mark->key != NULL ? g_strdup_printf ("%s (%u)", mark->key, mark->numbers->len) : g_strdup (numbers);
  g_autoptr (PangoLayout) layout = sp_flow_new_layout (map->flow, SP_STYLE_STRONG, NULL, text, -1);
  PangoFontDescription *font = pango_font_description_copy (pango_layout_get_font_description (layout));
  double height = map->height, sign = mark->numbers->len == 1 ? height : 0, grey = mark->key != NULL ? 1 : 0.1;
  PangoRectangle logical;

  pango_font_description_set_absolute_size (font, height * 0.78 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_get_extents (layout, NULL, &logical);
  draw_plate (cr, &mark->box, mark->key != NULL);
  cairo_set_source_rgb (cr, grey, grey, grey);
  if (sign > 0)
    {
      cairo_save (cr);
      cairo_translate (cr, mark->box.x + height * 0.55, mark->box.y + height / 2);
      sp_pin_glyph (cr, mark->shape, height * 0.3);
      cairo_restore (cr);
    }
  cairo_move_to (cr, mark->box.x + sign + (mark->box.width - sign - logical.width / (double) PANGO_SCALE) / 2,
                 mark->box.y + (height - logical.height / (double) PANGO_SCALE) / 2);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_scale (Map *map)
{
  cairo_t *cr = map->flow->cr;
  SpScaleBar bar;
  double latitude, longitude, y = map->frame.height - 8, above = 1.6 * sp_flow_get_size (map->flow, SP_STYLE_SMALL);
  g_autofree char *words = NULL;
  g_autoptr (PangoLayout) layout = NULL;

  sp_map_window_from_pixel (&map->window, map->frame.width / 2, map->frame.height / 2, &latitude, &longitude);
  sp_scale_bar_init (&bar, sp_map_window_get_metres_per_pixel (&map->window, latitude), 90, SP_SCALE_IMPERIAL);
  words = sp_scale_bar_describe (&bar);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.85);
  cairo_rectangle (cr, 3, y - above - 2, bar.length + 10, above + 7);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_rectangle (cr, 8, y - 1, bar.length, 1.6);
  cairo_fill (cr);
  layout = sp_flow_new_layout (map->flow, SP_STYLE_SMALL, NULL, words, -1);
  sp_flow_show (map->flow, layout, 8, y - above, SP_STYLE_SMALL);
}

/* Names keep clear of the plates, their places, the scale, and the frame, which would cut them. */
static void
draw_names (Map *map)
{
  double width = map->frame.width, height = map->frame.height;
  const cairo_rectangle_t others[] = { { 0, height - 42, 110, 42 }, { -500, -500, 500, height + 1000 }, { width, -500, 500, height + 1000 },
                                       { -500, -500, width + 1000, 500 }, { -500, height, width + 1000, 500 } };
  guint n = 2 * map->marks->len;
  g_autofree cairo_rectangle_t *avoid = g_new0 (cairo_rectangle_t, n + G_N_ELEMENTS (others));
  SpPlaceLabels *labels = sp_place_labels_new (NULL, map->flow->large ? 1.3 : 0.8);

  for (guint i = 0; i < map->marks->len; i++)
    {
      const SpReportMark *mark = g_ptr_array_index (map->marks, i);
      avoid[2 * i] = mark->box;
      avoid[2 * i + 1] = (cairo_rectangle_t){ mark->x - 3, mark->y - 3, 6, 6 };
    }
  memcpy (avoid + n, others, sizeof others);
  sp_place_labels_draw (labels, map->flow->cr, &map->window, SP_MAP_STYLE_PRINT, avoid, n + G_N_ELEMENTS (others));
  sp_place_labels_unref (labels);
}

static void
draw_all (Map *map, const SpMapDots *dots)
{
  cairo_t *cr = map->flow->cr;

  cairo_save (cr);
  cairo_translate (cr, map->frame.x, map->frame.y);
  cairo_rectangle (cr, 0, 0, map->frame.width, map->frame.height);
  cairo_clip_preserve (cr);
  cairo_new_path (cr);
  sp_base_map_draw (sp_base_map_get_default (), cr, &map->window, SP_MAP_STYLE_PRINT, dots);
  draw_names (map);
  for (guint i = 0; i < map->marks->len; i++)
    draw_stalk (cr, g_ptr_array_index (map->marks, i));
  for (guint i = 0; i < map->marks->len; i++)
    draw_mark (map, g_ptr_array_index (map->marks, i));
  draw_scale (map);
  cairo_rectangle (cr, 0, 0, map->frame.width, map->frame.height);
  cairo_set_source_rgb (cr, 0.35, 0.35, 0.35);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/**
 * sp_report_map_draw:
 * @flow: where to
 * @entries: (element-type SpReportEntry): with their numbers
 * @dots: (nullable): postcodes
 * @frame: where on the page, in points
 *
 * Draws the map that shows all entries which have a position.
 *
 * Returns: (transfer full) (nullable) (element-type SpReportMark): what stands on it, in the order of the numbers; %NULL
 *   if no entry has a position, and nothing was drawn
 */
GPtrArray *
sp_report_map_draw (SpFlow *flow, GPtrArray *entries, const SpMapDots *dots, const cairo_rectangle_t *frame)
{
  Map map = { .flow = flow, .frame = *frame, .height = flow->large ? 20 : 10.5 };

  if (!find_window (&map, entries))
    return NULL;
  map.marks = g_ptr_array_new_with_free_func (free_mark);
  make_marks (&map, entries);
  make_keys (&map);
  sp_flow_begin (flow, "Figure");
  draw_all (&map, dots);
  sp_flow_end (flow, "Figure");
  return map.marks;
}
