/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"
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

#define SP_REPORT_SHEET_MAX 6 /* entries on a signposting sheet */

/**
 * SpReportOptions:
 * @kind: which document
 * @full: whether all that is known is printed, not only what the public may have
 * @overdue: whether entries that were to be checked twice and were not are printed in the public mode too
 * @large: whether it is set in large print
 * @filtered: (nullable): what was searched for, in words
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
  const char      *filtered;
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
void      sp_report_add   (SpReport *self, const SpNode *asset, const SpNode *venue, const SpCalendar *calendar);
guint     sp_report_get_n_entries (const SpReport *self);
char     *sp_report_describe_withheld (const SpReport *self);
GBytes   *sp_report_render (SpReport *self, GError **error);
gboolean  sp_report_write (SpReport *self, GFile *file, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpReport, sp_report_free)

G_END_DECLS
