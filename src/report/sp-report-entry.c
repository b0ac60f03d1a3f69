/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of a report: where it stands in the list and on the map, and how fresh it is. */
#include "sp-report-entry.h"

#include "sp-asset-parts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The heading of its first known category, its pin, and the order of the taxonomy; what has none comes last. */
static void
read_category (SpReportEntry *self)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  const SpNode *codes = sp_node_get (self->body, "categories");
  const SpCategory *category = NULL;
  guint n = sp_taxonomy_get_n_headings (taxonomy);

  for (guint i = 0; category == NULL && sp_node_is_array (codes) && i < sp_node_get_length (codes); i++)
    {
      const char *code = sp_node_get_string (sp_node_get_element (codes, i));
      category = code != NULL ? sp_taxonomy_lookup (taxonomy, code) : NULL;
    }
  self->order = n;
  if (category == NULL)
    return;
  self->heading = category->heading;
  self->look.shape = (guint8) sp_pin_shape_from_name (self->heading->shape);
  self->look.colour = (guint8) sp_pin_colour_from_name (self->heading->colour);
  for (guint i = 0; i < n; i++)
    if (sp_taxonomy_get_heading (taxonomy, i) == self->heading)
      self->order = i;
}

static void
read_position (SpReportEntry *self)
{
  SpLocation location;

  sp_location_read (sp_node_get (self->body, "location"), &location);
  if (isnan (location.latitude) || isnan (location.longitude))
    sp_location_read (sp_node_get (self->venue, "location"), &location);
  self->latitude = isnan (location.longitude) ? NAN : location.latitude;
  self->longitude = isnan (location.latitude) ? NAN : location.longitude;
}

static void
read_freshness (SpReportEntry *self, const SpFreshnessRules *rules, gint32 today)
{
  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    sp_freshness_read (rules, self->body, (SpFactGroup) i, today, &self->freshness[i]);
  self->worst = sp_freshness_worst (rules, self->body, today);
}

/**
 * sp_report_entry_new:
 * @body: (transfer full): what may be printed of an asset
 * @venue: (transfer full) (nullable): likewise of the place it is held in
 * @calendar: what it goes by
 * @area: (nullable): the area it is in
 * @rules: when facts are due
 * @today: a day's number
 *
 * Returns: (transfer full): the entry
 */
SpReportEntry *
sp_report_entry_new (SpNode *body, SpNode *venue, const SpCalendar *calendar, const char *area, const SpFreshnessRules *rules,
                     gint32 today)
{
  SpReportEntry *self = g_new0 (SpReportEntry, 1);

  self->body = body;
  self->venue = venue;
  self->calendar = g_memdup2 (calendar, sizeof *calendar);
  self->area = g_strdup (area);
  read_category (self);
  read_position (self);
  read_freshness (self, rules, today);
  return self;
}

/**
 * sp_report_entry_free:
 * @self: (transfer full): an entry
 */
void
sp_report_entry_free (SpReportEntry *self)
{
  sp_node_unref (self->body);
  g_clear_pointer (&self->venue, sp_node_unref);
  g_free (self->calendar);
  g_free (self->area);
  g_free (self);
}

/**
 * sp_report_entry_is_overdue:
 * @self: an entry
 *
 * Returns: whether a fact that it tells was to be checked twice, and was not
 */
gboolean
sp_report_entry_is_overdue (const SpReportEntry *self)
{
  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    if (self->freshness[i].state == SP_FRESHNESS_OVERDUE && sp_fact_group_is_present (self->body, (SpFactGroup) i))
      return TRUE;
  return FALSE;
}

/**
 * sp_report_entry_get_category_name:
 * @self: an entry
 *
 * Returns: (transfer none): the heading of its category, for people
 */
const char *
sp_report_entry_get_category_name (const SpReportEntry *self)
{
  return self->heading != NULL ? sp_heading_get_local_name (self->heading) : _("Other");
}

/**
 * sp_report_entry_get_area_name:
 * @self: an entry
 *
 * Returns: (transfer none): the name of the area it is in, for people
 */
const char *
sp_report_entry_get_area_name (const SpReportEntry *self)
{
  return self->area != NULL ? self->area : _("In no area");
}
