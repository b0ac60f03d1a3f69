/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many entries there are of what, as small charts: of each heading, with the sign that it has on the map, and in a
 * list by area of each area before that. */
#include "sp-report-private.h"

#include "sp-pin-glyph.h"
#include "sp-words.h"

#include <glib/gi18n-lib.h>

#define LEAST_AREAS 6 /* bars; where they do not fit on the page, what more there is has one together */
#define BAR_GAP 0.45  /* between bars, in sizes of the font */

/* A bar of a chart. */
typedef struct
{
  const char *name;  /* not owned */
  guint       order; /* of the bars: the smallest first, then by name */
  guint       count;
  gboolean    has_sign; /* whether a shape stands before it */
  SpPinShape  shape;
} Bar;

static void
draw_sign (SpFlow *flow, const Bar *bar, double size)
{
  cairo_set_source_rgb (flow->cr, 0.1, 0.1, 0.1);
  cairo_save (flow->cr);
  cairo_translate (flow->cr, flow->margin + size * 0.5, flow->y + size * 0.56);
  sp_pin_glyph (flow->cr, bar->shape, size * 0.4);
  cairo_restore (flow->cr);
}

/* One line: the sign, the name, a bar, and how many. */
static void
draw_bar (SpFlow *flow, const Bar *bar, guint most, double width)
{
  double size = sp_flow_get_size (flow, SP_STYLE_BODY), x = flow->margin, name_width = width * 0.56, height;
  double length = MAX ((width - name_width - size * 5.5) * bar->count / most, 1);
  g_autofree char *number = g_strdup_printf ("%u", bar->count);
  g_autoptr (PangoLayout) name = sp_flow_new_layout (flow, SP_STYLE_BODY, NULL, bar->name, name_width);
  g_autoptr (PangoLayout) figure = sp_flow_new_layout (flow, SP_STYLE_STRONG, NULL, number, -1);
  PangoRectangle logical;

  pango_layout_get_extents (name, NULL, &logical);
  height = logical.height / (double) PANGO_SCALE;
  sp_flow_need (flow, height);
  if (bar->has_sign)
    draw_sign (flow, bar, size);
  sp_flow_begin (flow, "TR");
  sp_flow_begin (flow, "TH");
  sp_flow_show (flow, name, x + (bar->has_sign ? size * 1.5 : 0), flow->y, SP_STYLE_BODY);
  sp_flow_end (flow, "TH");
  sp_flow_begin (flow, "TD");
  cairo_set_source_rgb (flow->cr, 0.42, 0.42, 0.42);
  cairo_rectangle (flow->cr, x + size * 2.2 + name_width, flow->y + size * 0.16, length, size * 0.8);
  cairo_fill (flow->cr);
  sp_flow_show (flow, figure, x + size * 2.8 + name_width + length, flow->y, SP_STYLE_STRONG);
  sp_flow_end (flow, "TD");
  sp_flow_end (flow, "TR");
  flow->y += height + size * BAR_GAP;
}

static void
draw_chart (SpFlow *flow, GArray *bars, double width)
{
  guint most = 1;

  for (guint i = 0; i < bars->len; i++)
    most = MAX (most, g_array_index (bars, Bar, i).count);
  sp_flow_begin (flow, "Table");
  for (guint i = 0; i < bars->len; i++)
    draw_bar (flow, &g_array_index (bars, Bar, i), most, width);
  sp_flow_end (flow, "Table");
}

static int
compare_orders (gconstpointer a, gconstpointer b)
{
  const Bar *one = a, *two = b;

  return one->order < two->order ? -1 : one->order > two->order;
}

/* One bar for each heading, as in the taxonomy. */
static GArray *
count_headings (const SpReport *self)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (Bar));

  for (guint i = 0; i < self->entries->len; i++)
    {
      const SpReportEntry *entry = g_ptr_array_index (self->entries, i);
      Bar bar = { sp_report_entry_get_category_name (entry), entry->order, 1, TRUE, (SpPinShape) entry->look.shape };
      guint at = 0;

      while (at < bars->len && g_array_index (bars, Bar, at).order != entry->order)
        at++;
      if (at < bars->len)
        g_array_index (bars, Bar, at).count++;
      else
        g_array_append_val (bars, bar);
    }
  g_array_sort (bars, compare_orders);
  return bars;
}

/* One bar for each area, in the order of the list. */
static GArray *
count_areas (const SpReport *self)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (Bar));

  for (guint i = 0; i < self->entries->len; i++)
    {
      const SpReportEntry *entry = g_ptr_array_index (self->entries, i);
      Bar bar = { .name = sp_report_entry_get_area_name (entry), .order = entry->group, .count = 1 };

      if (bars->len > 0 && g_array_index (bars, Bar, bars->len - 1).order == entry->group)
        g_array_index (bars, Bar, bars->len - 1).count++;
      else
        g_array_append_val (bars, bar);
    }
  return bars;
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const Bar *one = a, *two = b;

  return one->count != two->count ? (one->count < two->count) - (one->count > two->count) : compare_orders (a, b);
}

/* How many bars of areas leave room for @n_headings more and for what stands below them; large print goes over pages. */
static guint
count_fitting (SpFlow *flow, guint n_headings)
{
  double size = sp_flow_get_size (flow, SP_STYLE_BODY), line = size * (1.4 + BAR_GAP);
  int n = (int) (sp_flow_get_room (flow) / line) - (int) n_headings - 3;

  return flow->large ? G_MAXUINT : (guint) MAX (n, LEAST_AREAS);
}

/* Keeps the @most bars with the most entries. Gives what a last one says of the rest, or NULL. */
static char *
shorten (GArray *bars, guint most)
{
  guint rest = 0, n = bars->len > most ? bars->len - most + 1 : 0;
  Bar last = { NULL };

  if (n == 0)
    return NULL;
  g_array_sort (bars, compare_counts);
  for (guint i = bars->len - n; i < bars->len; i++)
    rest += g_array_index (bars, Bar, i).count;
  g_array_set_size (bars, bars->len - n);
  g_array_sort (bars, compare_orders);
  last.count = rest;
  g_array_append_val (bars, last);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more area", "%u more areas", n), n);
}

static void
draw_areas (SpReport *self, SpFlow *flow, guint n_headings, double width)
{
  g_autoptr (GArray) bars = count_areas (self);
  g_autofree char *rest = shorten (bars, count_fitting (flow, n_headings));

  if (rest != NULL)
    g_array_index (bars, Bar, bars->len - 1).name = rest;
  draw_chart (flow, bars, width);
  flow->y += sp_flow_get_size (flow, SP_STYLE_BODY);
}

/**
 * sp_report_summary_draw:
 * @self: a report whose entries have their numbers
 * @flow: where to
 * @width: points
 *
 * Sets how many entries there are of what.
 */
void
sp_report_summary_draw (SpReport *self, SpFlow *flow, double width)
{
  g_autoptr (GArray) headings = count_headings (self);

  if (self->options.by_area)
    draw_areas (self, flow, headings->len, width);
  draw_chart (flow, headings, width);
}
