/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"
#include "sp-freshness.h"
#include "sp-map-dots.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpReportKind:
 * @SP_REPORT_LIST: the list for a meeting
 * @SP_REPORT_SIGNPOSTING: a sheet that somebody takes home
 *
 * Which document it is.
 */
typedef enum
{
  SP_REPORT_LIST,
  SP_REPORT_SIGNPOSTING,
} SpReportKind;

/**
 * SpReportParts:
 * @SP_REPORT_SUMMARY: how many entries there are of what, as a small chart
 * @SP_REPORT_MAP: the map, of the list or of each entry of a sheet
 * @SP_REPORT_BUILDINGS: buildings with a role in a crisis
 * @SP_REPORT_FUNDING: funding that ends within a year
 * @SP_REPORT_CHECKS: what is to be checked
 *
 * What a report has beside its entries.
 */
typedef enum
{
  SP_REPORT_SUMMARY = 1 << 0,
  SP_REPORT_MAP = 1 << 1,
  SP_REPORT_BUILDINGS = 1 << 2,
  SP_REPORT_FUNDING = 1 << 3,
  SP_REPORT_CHECKS = 1 << 4,
} SpReportParts;

#define SP_REPORT_SHEET_MAX 6 /* entries on a signposting sheet */

/**
 * SpReportOptions:
 * @kind: which document
 * @full: whether all that is known is printed, not only what the public may have
 * @overdue: whether entries that were to be checked twice and were not are printed in the public mode too
 * @large: whether it is set in large print
 * @by_area: whether the list goes by the areas that entries are given with, instead of by category
 * @without: parts that are left out
 * @title: (nullable): what stands at its head; %NULL for the usual one
 * @filtered: (nullable): what was searched for, in words
 * @rules: what the reader's organisation changed of when facts are due; all zero for the usual
 * @now: today, and the time of day from which next dates count
 * @dots: (nullable): postcodes, for the map
 *
 * What a report is to be.
 */
typedef struct
{
  SpReportKind     kind;
  gboolean         full;
  gboolean         overdue;
  gboolean         large;
  gboolean         by_area;
  SpReportParts    without;
  const char      *title;
  const char      *filtered;
  SpFreshnessRules rules;
  SpCivilTime      now;
  const SpMapDots *dots;
} SpReportOptions;

/**
 * SpReport:
 *
 * Entries that become pages. It belongs to one thread at a time, which may be any.
 */
typedef struct _SpReport SpReport;

SpReport *sp_report_new   (const SpReportOptions *options);
void      sp_report_free  (SpReport *self);
void      sp_report_add   (SpReport *self, const SpNode *asset, const SpNode *venue, const SpCalendar *calendar, const char *area);
guint     sp_report_get_n_entries (const SpReport *self);
const char *sp_report_get_title (const SpReport *self);
void      sp_report_get_page_size (const SpReport *self, double *width, double *height);
double    sp_report_get_progress (SpReport *self);
char     *sp_report_describe_withheld (const SpReport *self);
GBytes   *sp_report_render (SpReport *self, GCancellable *cancellable, GError **error);
GPtrArray *sp_report_draw_pages (SpReport *self, GCancellable *cancellable, GError **error);
gboolean  sp_report_write (SpReport *self, GFile *file, GCancellable *cancellable, GError **error);
const char *sp_report_get_usual_title (SpReportKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpReport, sp_report_free)

G_END_DECLS
