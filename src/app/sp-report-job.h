/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"
#include "sp-query.h"
#include "sp-report.h"
#include "sp-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpReportChoice:
 * @kind: which pages
 * @full: whether all that is known is printed, not only what the public may have
 * @overdue: whether entries that nobody has checked for too long are printed in the public mode too
 * @large: whether it is set in large print
 * @area_kind: (nullable): the kind of areas that the list goes by, such as "ward"; %NULL for categories
 * @without: parts that are left out
 * @title: (nullable): what stands at the head
 *
 * What somebody chose for pages.
 */
typedef struct
{
  SpReportKind  kind;
  gboolean      full;
  gboolean      overdue;
  gboolean      large;
  const char   *area_kind;
  SpReportParts without;
  const char   *title;
} SpReportChoice;

#define SP_TYPE_REPORT_JOB (sp_report_job_get_type ())
G_DECLARE_FINAL_TYPE (SpReportJob, sp_report_job, SP, REPORT_JOB, GObject)

SpReportJob *sp_report_job_new (SpStore *store, SpQuery *query, const char * const *ids, GSettings *settings);
void         sp_report_job_run_async    (SpReportJob *self, const SpReportChoice *choice, GFile *file, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
SpReport    *sp_report_job_run_finish   (SpReportJob *self, GAsyncResult *result, GPtrArray **pages, GError **error);
double       sp_report_job_get_progress (SpReportJob *self);

G_END_DECLS
