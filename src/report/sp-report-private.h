/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-disclosure.h"
#include "sp-flow.h"
#include "sp-report-entry.h"
#include "sp-report.h"

G_BEGIN_DECLS

struct _SpReport
{
  SpReportOptions options;
  char           *filtered;     /* owned, nullable */
  char           *footer;       /* owned */
  GPtrArray      *entries;      /* (element-type SpReportEntry) */
  SpDisclosure    disclosure;
  guint           n_overdue;    /* left out for that */
  GPtrArray      *alternatives; /* (element-type utf8): what each picture shows, in reading order */
};

void        sp_report_list_draw     (SpReport *self, SpFlow *flow);
void        sp_report_sections_draw (SpReport *self, SpFlow *flow);
void        sp_report_sheet_draw    (SpReport *self, SpFlow *flow);
void        sp_report_end_draw      (SpReport *self, SpFlow *flow);
const char *sp_report_get_title     (const SpReport *self);

G_END_DECLS
