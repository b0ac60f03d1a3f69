/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"
#include "sp-freshness.h"
#include "sp-pin-look.h"
#include "sp-taxonomy.h"

G_BEGIN_DECLS

/**
 * SpReportEntry:
 * @body: what may be printed of it
 * @venue: (nullable): the body of the place it is held in, likewise
 * @heading: (nullable): of its first category; owned by the taxonomy
 * @order: of that heading in the taxonomy
 * @area: (nullable): the area it is in
 * @group: of which part of the list it is, from 0; the list is sorted by it
 * @number: in the list and on the map, from 1
 * @latitude: degrees north, of it or its venue, or NAN
 * @longitude: degrees east, or NAN
 * @look: of its pin
 * @calendar: the bank holidays and terms it goes by
 * @freshness: of each group of facts
 * @worst: of those in which it says anything
 *
 * One entry of a report.
 */
typedef struct
{
  SpNode          *body;
  SpNode          *venue;
  const SpHeading *heading;
  guint            order;
  char            *area;
  guint            group;
  guint            number;
  double           latitude;
  double           longitude;
  SpPinLook        look;
  SpCalendar      *calendar;
  SpFreshness      freshness[SP_N_FACT_GROUPS];
  SpFreshnessState worst;
} SpReportEntry;

SpReportEntry *sp_report_entry_new  (SpNode *body, SpNode *venue, const SpCalendar *calendar, const char *area,
                                     const SpFreshnessRules *rules, gint32 today);
void           sp_report_entry_free (SpReportEntry *self);
gboolean       sp_report_entry_is_overdue (const SpReportEntry *self);
const char    *sp_report_entry_get_category_name (const SpReportEntry *self);
const char    *sp_report_entry_get_area_name (const SpReportEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpReportEntry, sp_report_entry_free)

G_END_DECLS
