/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The signposting sheet: a few places to try, for somebody to take home. The name is written by hand, never typed. */
#include "sp-report-private.h"

#include "sp-base-map.h"
#include "sp-report-map.h"
#include "sp-report-words.h"
#include "sp-schedule.h"
#include "sp-words.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define N_DATES 3
#define A_WEEK 7 /* days: as if from so long before, for paper knows no “tomorrow” */
#define MAP_WIDTH 172.0
#define MAP_HEIGHT 128.0
#define LEAST_MAP 0.25 /* height to width, of a map below its entry */
#define BEST_MAP 0.5
#define MAP_SPACE 18.0 /* points, above and below it */
#define END_LINES 6    /* below the last map */

static void
draw_title (SpReport *self, SpFlow *flow)
{
  g_autofree char *date = sp_words_date (self->options.now.day);
  g_autoptr (PangoLayout) label = sp_flow_new_layout (flow, SP_STYLE_BODY, NULL, _("Name"), -1);
  double size = sp_flow_get_size (flow, SP_STYLE_BODY), inner = sp_flow_get_inner_width (flow), width;
  PangoRectangle logical;

  sp_flow_text (flow, SP_STYLE_TITLE, "H1", NULL, sp_report_get_title (self), NULL);
  sp_flow_text (flow, SP_STYLE_BODY, "P", NULL, date, NULL);
  flow->y += size * 1.6;
  pango_layout_get_extents (label, NULL, &logical);
  width = logical.width / (double) PANGO_SCALE + size;
  sp_flow_begin (flow, "P");
  sp_flow_show (flow, label, flow->margin, flow->y, SP_STYLE_BODY);
  sp_flow_end (flow, "P");
  flow->y += logical.height / (double) PANGO_SCALE;
  sp_flow_rule (flow, flow->margin + width, MIN (inner - width, 300), flow->y, 0.8);
  flow->y += size * 1.2;
}

static char *
list_dates (const SpReport *self, const SpReportEntry *entry)
{
  SpOccurrence dates[N_DATES];
  GString *out = g_string_new (NULL);
  guint n = sp_schedule_next (entry->body, self->options.now, entry->calendar, dates, N_DATES);

  for (guint i = 0; i < n && !dates[i].always; i++)
    {
      g_autofree char *words = sp_words_occurrence (&dates[i], dates[i].day - A_WEEK);
      g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", words);
    }
  return g_string_free (out, out->len == 0);
}

/* All that the sheet says of an entry but its name, in reading order. */
static SpCell *
make_facts (const SpReport *self, const SpReportEntry *entry)
{
  g_autofree char *when = sp_report_words_when (entry), *where = sp_report_words_where (entry), *cost = sp_report_words_cost (entry);
  g_autofree char *join = sp_report_words_join (entry), *notice = sp_report_words_notice (entry), *dates = list_dates (self, entry);
  g_autofree char *checked = sp_report_words_checked (entry), *phone = sp_report_words_phone (entry);
  SpCell *cell = sp_cell_new ();

  sp_cell_add (cell, SP_STYLE_BODY, NULL, sp_report_words_summary (entry), NULL);
  sp_cell_add (cell, SP_STYLE_STRONG, NULL, notice, NULL);
  sp_cell_add (cell, SP_STYLE_BODY, _("When"), when, NULL);
  sp_cell_add (cell, SP_STYLE_BODY, _("Next"), dates, NULL);
  sp_cell_add (cell, SP_STYLE_BODY, _("Where"), where, NULL);
  sp_cell_add (cell, SP_STYLE_BODY, _("Cost"), cost, NULL);
  sp_cell_add (cell, SP_STYLE_BODY, _("How to join"), join, NULL);
  sp_report_words_add_contacts (entry, cell, SP_STYLE_PHONE, NULL);
  sp_cell_add (cell, SP_STYLE_SMALL, NULL, checked, NULL);
  return cell;
}

static void
draw_map (SpReport *self, SpFlow *flow, SpReportEntry *entry, const cairo_rectangle_t *frame)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new (), marks = NULL;

  g_ptr_array_add (one, entry);
  marks = sp_report_map_draw (flow, one, self->options.dots, frame);
  if (marks != NULL)
    g_ptr_array_add (self->alternatives, g_strdup_printf (_("A small map of where to find %s."), sp_node_get_text (entry->body, "name")));
}

static gboolean
has_map (const SpReport *self, const SpReportEntry *entry)
{
  return sp_report_has (self, SP_REPORT_MAP) && !isnan (entry->latitude);
}

static char *
get_name (const SpReportEntry *entry)
{
  return g_strdup_printf ("%u. %s", entry->number, sp_node_get_text (entry->body, "name"));
}

/* In two columns, the map to the right, and never parted by a page's end. */
static void
draw_beside (SpReport *self, SpFlow *flow, SpReportEntry *entry)
{
  g_autofree char *name = get_name (entry);
  g_autoptr (SpCell) facts = make_facts (self, entry);
  double inner = sp_flow_get_inner_width (flow), most = flow->height - 2 * flow->margin - 80;
  double height = sp_cell_measure (facts, flow, inner - MAP_WIDTH - 18, most);
  gboolean placed = has_map (self, entry);

  height = MAX (height, placed ? MAP_HEIGHT : 0);
  sp_flow_heading (flow, SP_STYLE_SUBHEADING, "H2", name, CAIRO_PDF_OUTLINE_ROOT, height + 14);
  sp_cell_draw (facts, flow, flow->margin, flow->y, "P");
  if (placed)
    draw_map (self, flow, entry, &(cairo_rectangle_t){ flow->margin + inner - MAP_WIDTH, flow->y + 2, MAP_WIDTH, MAP_HEIGHT });
  flow->y += height + 6;
  sp_flow_rule (flow, flow->margin, inner, flow->y, 0.35);
}

/* As high as there is room for; on a page of its own it says what it is a map of, as an entry may follow below. */
static void
draw_map_below (SpReport *self, SpFlow *flow, SpReportEntry *entry, const char *name)
{
  double inner = sp_flow_get_inner_width (flow), height, end = 0;

  if (sp_flow_need (flow, inner * LEAST_MAP + MAP_SPACE))
    {
      /* Translators: number and name of an entry, above its map */
      g_autofree char *caption = g_strdup_printf (_("Map of %s"), name);
      sp_flow_text (flow, SP_STYLE_BODY, "P", NULL, caption, NULL);
    }
  if (entry->number == self->entries->len)
    end = END_LINES * sp_flow_get_size (flow, SP_STYLE_SMALL);
  height = CLAMP (sp_flow_get_room (flow) - MAP_SPACE - end, inner * LEAST_MAP, inner * BEST_MAP);
  draw_map (self, flow, entry, &(cairo_rectangle_t){ flow->margin, flow->y + 6, inner, height });
  flow->y += height + MAP_SPACE;
}

/* One below the other, and together on a page where one page has room for both; but the title never stands alone. */
static void
draw_large (SpReport *self, SpFlow *flow, SpReportEntry *entry)
{
  g_autofree char *name = get_name (entry);
  g_autoptr (SpCell) facts = make_facts (self, entry);
  double inner = sp_flow_get_inner_width (flow), page = flow->height - 2 * flow->margin - 80;
  double height = sp_cell_measure (facts, flow, inner, page) + (has_map (self, entry) ? inner * LEAST_MAP + MAP_SPACE : 0);
  gboolean together = entry->number > 1 && height <= page;

  sp_flow_heading (flow, SP_STYLE_SUBHEADING, "H2", name, CAIRO_PDF_OUTLINE_ROOT, together ? height : 120);
  sp_cell_run (facts, flow);
  if (has_map (self, entry))
    draw_map_below (self, flow, entry, name);
}

/**
 * sp_report_sheet_draw:
 * @self: a report
 * @flow: where to
 *
 * Sets the whole signposting sheet.
 */
void
sp_report_sheet_draw (SpReport *self, SpFlow *flow)
{
  gboolean mapped = FALSE;
  g_autofree char *map = g_strdup_printf (_("Map: %s"), SP_BASE_MAP_ATTRIBUTION);

  draw_title (self, flow);
  for (guint i = 0; i < self->entries->len && sp_report_step (self); i++)
    {
      SpReportEntry *entry = g_ptr_array_index (self->entries, i);
      mapped |= has_map (self, entry);
      if (flow->large)
        draw_large (self, flow, entry);
      else
        draw_beside (self, flow, entry);
    }
  flow->y += 6;
  if (mapped)
    sp_flow_text (flow, SP_STYLE_SMALL, "P", NULL, map, NULL);
}
