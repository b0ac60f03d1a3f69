/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-disclosure.h"
#include "sp-flow.h"
#include "sp-report-entry.h"
#include "sp-report.h"

G_BEGIN_DECLS

#define SP_REPORT_N_SECTIONS 3 /* after the list; each goes over all entries */

struct _SpReport
{
  SpReportOptions options;
  char           *filtered;     /* owned, nullable */
  char           *title;        /* owned */
  char           *footer;       /* owned */
  GPtrArray      *entries;      /* (element-type SpReportEntry) */
  SpDisclosure    disclosure;
  guint           n_overdue;    /* left out for that */
  GPtrArray      *alternatives; /* (element-type utf8): what each picture shows, in reading order */
  GCancellable   *cancellable;  /* not owned, nullable: of the drawing that goes on */
  guint           steps;        /* of it that are done; other threads read it */
};

void        sp_report_list_draw     (SpReport *self, SpFlow *flow);
void        sp_report_summary_draw  (SpReport *self, SpFlow *flow, double width);
void        sp_report_sections_draw (SpReport *self, SpFlow *flow);
void        sp_report_sheet_draw    (SpReport *self, SpFlow *flow);
void        sp_report_end_draw      (SpReport *self, SpFlow *flow);
gboolean    sp_report_step          (SpReport *self);
gboolean    sp_report_has           (const SpReport *self, SpReportParts part);

G_END_DECLS
