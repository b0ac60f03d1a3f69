/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows the list: buildings for a crisis, money that ends, what wants checking, and what was left out. */
#include "sp-report-private.h"

#include "sp-asset-parts.h"
#include "sp-report-words.h"
#include "sp-row-table.h"
#include "sp-words.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* Fills the cells beside number and name; FALSE if the entry does not belong here. */
typedef gboolean (*FillFunc) (const SpReport *self, const SpReportEntry *entry, SpCell **cells, gboolean large);

typedef struct
{
  const char *title;
  SpReportParts part;
  FillFunc    fill;
  guint       n_columns;
  const char *names[6];
  double      shares[6];
} Section;

static void
add_labelled (SpCell *cell, const char *label, const char *text, gboolean large)
{
  sp_cell_add (cell, SP_STYLE_BODY, large ? label : NULL, text, NULL);
}

static void
add_part (GString *out, const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", text);
}

static char *
describe_building (const SpBuilding *building)
{
  GString *out = g_string_new (NULL);
  char *words;

  add_part (out, building->kitchen == SP_ANSWER_YES ? _("kitchen") : NULL);
  add_part (out, building->generator == SP_ANSWER_YES ? _("generator") : NULL);
  add_part (out, building->wifi == SP_ANSWER_YES ? _("Wi-Fi") : NULL);
  add_part (out, building->heating);
  words = sp_words_capitalise (out->str);
  g_string_free (out, TRUE);
  return words;
}

static gboolean
fill_crisis (const SpReport *self, const SpReportEntry *entry, SpCell **cells, gboolean large)
{
  const SpNode *node = sp_node_get (entry->body, "building");
  g_autofree char *roles = sp_report_words_set (sp_node_get (node, "crisis_roles"), "building.crisis_roles");
  g_autofree char *where = sp_report_words_where (entry), *phone = sp_report_words_phone (entry), *offers = NULL, *people = NULL;
  SpBuilding building;

  if (roles == NULL)
    return FALSE;
  sp_building_read (node, &building);
  offers = describe_building (&building);
  people = building.capacity > 0 ? g_strdup_printf ("%.0f", building.capacity) : NULL;
  add_labelled (cells[0], _("Role"), roles, large);
  add_labelled (cells[1], _("People"), people, large);
  add_labelled (cells[2], _("Has"), offers, large);
  add_labelled (cells[3], _("Where and telephone"), where, large);
  add_labelled (cells[3], _("Telephone"), phone, large);
  return TRUE;
}

/* Today or later, and within a year. */
static gboolean
ends_soon (const SpFunding *funding, gint32 today)
{
  gint32 until = funding->until != NULL ? sp_civil_parse_date (funding->until) : SP_CIVIL_NO_DAY;

  return until != SP_CIVIL_NO_DAY && until >= today && until <= sp_civil_add_months (today, 12);
}

static gboolean
fill_funding (const SpReport *self, const SpReportEntry *entry, SpCell **cells, gboolean large)
{
  const SpNode *list = sp_node_get (entry->body, "funding");
  gboolean any = FALSE;

  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    {
      g_autofree char *amount = NULL, *until = NULL;
      SpFunding funding;

      sp_funding_read (sp_node_get_element (list, i), &funding);
      if (!ends_soon (&funding, self->options.now.day))
        continue;
      amount = sp_words_money (funding.amount, funding.currency);
      until = sp_words_date (sp_civil_parse_date (funding.until));
      add_labelled (cells[0], _("Paid by"), funding.source != NULL ? funding.source : "–", large);
      add_labelled (cells[1], _("Amount"), amount != NULL ? amount : "–", large);
      add_labelled (cells[2], _("Until"), until, large);
      any = TRUE;
    }
  return any;
}

static gboolean
fill_stale (const SpReport *self, const SpReportEntry *entry, SpCell **cells, gboolean large)
{
  g_autofree char *due = sp_report_words_due (entry), *checked = sp_report_words_checked (entry);
  g_autofree char *phone = sp_report_words_phone (entry);

  if (due == NULL)
    return FALSE;
  add_labelled (cells[0], _("Ask about"), due, large);
  add_labelled (cells[1], _("Last check"), checked, large);
  add_labelled (cells[2], _("Telephone"), phone, large);
  return TRUE;
}

static void
begin_section (SpFlow *flow, const Section *section, SpRowTable *table)
{
  const char *names[6];

  for (guint i = 0; i < section->n_columns; i++)
    names[i] = _(section->names[i]);
  sp_flow_heading (flow, SP_STYLE_HEADING, "H2", _(section->title), CAIRO_PDF_OUTLINE_ROOT, flow->large ? 120 : 70);
  sp_row_table_init (table, flow, section->n_columns, names, section->shares);
}

static void
draw_section (SpReport *self, SpFlow *flow, const Section *section)
{
  SpRowTable table;
  gboolean begun = FALSE;

  for (guint i = 0; i < self->entries->len && sp_report_step (self); i++)
    {
      const SpReportEntry *entry = g_ptr_array_index (self->entries, i);
      g_autofree char *number = g_strdup_printf (flow->large ? "%u." : "%u", entry->number);
      SpCell *cells[6];

      for (guint j = 0; j < section->n_columns; j++)
        cells[j] = sp_cell_new ();
      sp_cell_add (cells[0], SP_STYLE_STRONG, NULL, number, NULL);
      sp_cell_add (cells[1], SP_STYLE_STRONG, NULL, sp_node_get_text (entry->body, "name"), NULL);
      if (section->fill (self, entry, cells + 2, flow->large))
        {
          if (!begun)
            begin_section (flow, section, &table);
          begun = TRUE;
          sp_row_table_add (&table, cells);
        }
      for (guint j = 0; j < section->n_columns; j++)
        sp_cell_free (cells[j]);
    }
  if (begun)
    sp_row_table_end (&table);
}

/**
 * sp_report_sections_draw:
 * @self: a report
 * @flow: where to
 *
 * Sets what follows the entries: buildings for a crisis, money that ends, what is to be checked.
 */
void
sp_report_sections_draw (SpReport *self, SpFlow *flow)
{
  static const Section sections[SP_REPORT_N_SECTIONS] = {
    { N_("Buildings in a crisis"), SP_REPORT_BUILDINGS, fill_crisis, 6,
      { N_("No."), N_("What"), N_("Role"), N_("People"), N_("Has"), N_("Where and telephone") }, { 28, 180, 130, 50, 150, 230 } },
    { N_("Funding that ends within a year"), SP_REPORT_FUNDING, fill_funding, 5,
      { N_("No."), N_("What"), N_("Paid by"), N_("Amount"), N_("Until") }, { 30, 260, 256, 90, 130 } },
    { N_("To be checked"), SP_REPORT_CHECKS, fill_stale, 5,
      { N_("No."), N_("What"), N_("Ask about"), N_("Last check"), N_("Telephone") }, { 30, 250, 206, 170, 100 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (sp_report_has (self, sections[i].part))
      draw_section (self, flow, &sections[i]);
}

/**
 * sp_report_end_draw:
 * @self: a report
 * @flow: where to
 *
 * Says what was left out, at the end of every report.
 */
void
sp_report_end_draw (SpReport *self, SpFlow *flow)
{
  g_autofree char *withheld = sp_report_describe_withheld (self);
  double size = sp_flow_get_size (flow, SP_STYLE_BODY);

  flow->y += size * 1.5;
  if (withheld != NULL)
    sp_flow_text (flow, SP_STYLE_SMALL, "P", NULL, withheld, NULL);
  if (self->options.full)
    sp_flow_text (flow, SP_STYLE_STRONG, "P", NULL, _("For people who keep the list: this holds details that are not public."), NULL);
  sp_flow_text (flow, SP_STYLE_SMALL, "P", NULL, _("Things change. Please ring before you go."), NULL);
}
