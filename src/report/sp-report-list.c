/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list for a meeting: what was asked for, how many there are of what, the map, and the entries by heading. */
#include "sp-report-private.h"

#include "sp-base-map.h"
#include "sp-report-map.h"
#include "sp-report-words.h"
#include "sp-row-table.h"
#include "sp-words.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define N_COLUMNS 8
#define CHART_WIDTH 262.0 /* points; the map has the rest */

static const SpReportEntry *
get_entry (const SpReport *self, guint index)
{
  return g_ptr_array_index (self->entries, index);
}

static const char *
get_group_name (const SpReport *self, const SpReportEntry *entry)
{
  return self->options.by_area ? sp_report_entry_get_area_name (entry) : sp_report_entry_get_category_name (entry);
}

/* How many entries of one group there are from @first on. */
static guint
count_same (const SpReport *self, guint first)
{
  guint last = first;

  while (last < self->entries->len && get_entry (self, last)->group == get_entry (self, first)->group)
    last++;
  return last - first;
}

static guint
count_unplaced (const SpReport *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += isnan (get_entry (self, i)->latitude);
  return n;
}

static void
draw_title (SpReport *self, SpFlow *flow)
{
  g_autofree char *date = sp_words_date (self->options.now.day);
  g_autofree char *n = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry", "%u entries", self->entries->len), self->entries->len);
  g_autofree char *counts = g_strdup_printf ("%s · %s", n, date);

  sp_flow_text (flow, SP_STYLE_TITLE, "H1", NULL, sp_report_get_title (self), NULL);
  flow->y += 3;
  if (self->filtered != NULL)
    sp_flow_text (flow, SP_STYLE_SUBHEADING, "P", NULL, self->filtered, NULL);
  flow->y += 2;
  sp_flow_text (flow, SP_STYLE_BODY, "P", NULL, counts, NULL);
  flow->y += sp_flow_get_size (flow, SP_STYLE_BODY);
}

/* What is at the letters of the map. */
static SpCell *
make_keys (GPtrArray *marks)
{
  SpCell *cell = sp_cell_new ();
  gboolean begun = FALSE;

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const SpReportMark *mark = g_ptr_array_index (marks, i);
      g_autofree char *numbers = mark->key != NULL ? sp_report_map_list_numbers (mark) : NULL;
      if (numbers != NULL && !begun)
        sp_cell_add (cell, SP_STYLE_STRONG, NULL, _("Close together on the map"), NULL);
      sp_cell_add (cell, SP_STYLE_BODY, mark->key, numbers, NULL);
      begun |= numbers != NULL;
    }
  return cell;
}

static void
note_map (SpReport *self, GPtrArray *marks)
{
  if (marks != NULL)
    g_ptr_array_add (self->alternatives, g_strdup (_("A map. Each sign has the number of an entry of the list, whose address "
                                                     "is given there.")));
}

static void
draw_below (SpReport *self, SpFlow *flow, gboolean mapped)
{
  guint n = count_unplaced (self);
  g_autofree char *rest = NULL;
  g_autofree char *map = g_strdup_printf (_("Map: %s"), SP_BASE_MAP_ATTRIBUTION);

  if (n > 0)
    {
      rest = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry has no known position and is not on the map.",
                                           "%u entries have no known position and are not on the map.", n), n);
      sp_flow_text (flow, SP_STYLE_SMALL, "P", NULL, rest, NULL);
    }
  if (mapped)
    sp_flow_text (flow, SP_STYLE_SMALL, "P", NULL, map, NULL);
}

/* What belongs together stays on a page, unless that would leave half of one empty; their heading never stands alone. Paragraphs
 * are a little higher than in a cell. */
static double
get_keys_need (SpFlow *flow, SpCell *keys)
{
  double height = 1.2 * sp_cell_measure (keys, flow, sp_flow_get_inner_width (flow), G_MAXINT / PANGO_SCALE);

  return MAX (height < flow->height / 2 ? height : 0, 4 * sp_flow_get_size (flow, SP_STYLE_STRONG));
}

/* The letters of the map stand below the chart if there is room, else below the map. */
static void
draw_keys (SpFlow *flow, SpCell *keys, const cairo_rectangle_t *frame, double chart_end, double chart)
{
  double below = chart_end + sp_flow_get_size (flow, SP_STYLE_BODY);
  double height = sp_cell_measure (keys, flow, chart, G_MAXINT / PANGO_SCALE);

  if (!flow->large && chart > 0 && below + height <= frame->y + frame->height)
    sp_cell_draw (keys, flow, flow->margin, below, "P");
  else
    {
      sp_flow_need (flow, get_keys_need (flow, keys));
      sp_cell_run (keys, flow);
    }
}

static void
draw_map (SpReport *self, SpFlow *flow, const cairo_rectangle_t *frame, double chart)
{
  double chart_end = flow->y;
  g_autoptr (GPtrArray) marks = sp_report_map_draw (flow, self->entries, self->options.dots, frame);
  g_autoptr (SpCell) keys = make_keys (marks);

  note_map (self, marks);
  if (marks != NULL)
    flow->y = frame->y + frame->height + 4;
  draw_below (self, flow, marks != NULL);
  draw_keys (flow, keys, frame, chart_end, chart);
}

/* Chart and map beside each other, or one after the other in large print. */
static void
draw_overview (SpReport *self, SpFlow *flow)
{
  gboolean has_chart = sp_report_has (self, SP_REPORT_SUMMARY);
  double inner = sp_flow_get_inner_width (flow), chart = !has_chart ? 0 : flow->large ? inner : CHART_WIDTH;
  double left = flow->large || !has_chart ? 0 : chart + 18;
  cairo_rectangle_t frame = { flow->margin + left, flow->y, inner - left, sp_flow_get_room (flow) - 28 };
  guint page = flow->page;

  if (has_chart)
    sp_report_summary_draw (self, flow, chart);
  if (!sp_report_has (self, SP_REPORT_MAP))
    return;
  if (has_chart && (flow->large || flow->page != page))
    {
      sp_flow_break (flow);
      frame = (cairo_rectangle_t){ flow->margin, flow->y, inner, sp_flow_get_room (flow) - 28 };
      chart = 0;
    }
  if (flow->large)
    frame.height = sp_flow_get_room (flow) - 110;
  draw_map (self, flow, &frame, chart);
}

static void
add_what (const SpReportEntry *entry, SpCell *cell, gboolean large)
{
  g_autofree char *notice = sp_report_words_notice (entry);
  g_autofree char *name = large ? g_strdup_printf ("%u. %s", entry->number, sp_node_get_text (entry->body, "name")) : NULL;

  sp_cell_add (cell, large ? SP_STYLE_SUBHEADING : SP_STYLE_STRONG, NULL, name != NULL ? name : sp_node_get_text (entry->body, "name"), NULL);
  sp_cell_add (cell, SP_STYLE_SMALL, NULL, sp_report_words_summary (entry), NULL);
  sp_cell_add (cell, SP_STYLE_STRONG, NULL, notice, NULL);
}

static void
add_checked (const SpReportEntry *entry, SpCell *cell)
{
  g_autofree char *checked = sp_report_words_checked (entry), *due = sp_report_words_due (entry);

  sp_cell_add (cell, SP_STYLE_SMALL, NULL, checked, NULL);
  if (entry->worst != SP_FRESHNESS_FRESH)
    sp_cell_add (cell, SP_STYLE_SMALL, _("Ask about"), due, NULL);
}

static void
draw_entry (const SpReportEntry *entry, SpRowTable *table)
{
  gboolean large = table->flow->large;
  g_autofree char *number = g_strdup_printf ("%u", entry->number);
  g_autofree char *when = sp_report_words_when (entry), *where = sp_report_words_where (entry);
  g_autofree char *cost = sp_report_words_cost (entry), *join = sp_report_words_join (entry);
  SpCell *cells[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    cells[i] = sp_cell_new ();
  sp_cell_add (cells[0], SP_STYLE_STRONG, NULL, large ? NULL : number, NULL);
  add_what (entry, cells[1], large);
  sp_cell_add (cells[2], SP_STYLE_BODY, large ? _("When") : NULL, when, NULL);
  sp_cell_add (cells[3], SP_STYLE_BODY, large ? _("Where") : NULL, where, NULL);
  sp_cell_add (cells[4], SP_STYLE_BODY, large ? _("Cost") : NULL, cost, NULL);
  sp_cell_add (cells[5], SP_STYLE_BODY, large ? _("How to join") : NULL, join, NULL);
  sp_report_words_add_contacts (entry, cells[6], SP_STYLE_BODY, large ? _("Telephone") : NULL);
  add_checked (entry, cells[7]);
  sp_row_table_add (table, cells);
  for (guint i = 0; i < N_COLUMNS; i++)
    sp_cell_free (cells[i]);
}

static void
draw_group (SpReport *self, SpFlow *flow, guint first, guint n, int outline)
{
  const char *names[N_COLUMNS] = { _("No."), _("What"), _("When"), _("Where"), _("Cost"), _("How to join"), _("Contact"), _("Checked") };
  static const double shares[N_COLUMNS] = { 28, 134, 104, 96, 64, 80, 160, 88 };
  SpRowTable table;

  sp_flow_heading (flow, SP_STYLE_HEADING, "H3", get_group_name (self, get_entry (self, first)), outline, flow->large ? 120 : 90);
  sp_row_table_init (&table, flow, N_COLUMNS, names, shares);
  for (guint i = first; i < first + n && sp_report_step (self); i++)
    draw_entry (get_entry (self, i), &table);
  sp_row_table_end (&table);
}

static void
draw_entries (SpReport *self, SpFlow *flow)
{
  int outline = sp_flow_heading (flow, SP_STYLE_HEADING, "H2", _("The list"), CAIRO_PDF_OUTLINE_ROOT, 130);

  for (guint i = 0; i < self->entries->len; i += count_same (self, i))
    draw_group (self, flow, i, count_same (self, i), outline);
}

/**
 * sp_report_list_draw:
 * @self: a report
 * @flow: where to
 *
 * Sets the whole list for a meeting.
 */
void
sp_report_list_draw (SpReport *self, SpFlow *flow)
{
  draw_title (self, flow);
  if (self->entries->len == 0)
    {
      sp_flow_text (flow, SP_STYLE_BODY, "P", NULL, _("Nothing fits. With fewer filters there may be something."), NULL);
      return;
    }
  draw_overview (self, flow);
  draw_entries (self, flow);
  sp_report_sections_draw (self, flow);
}
