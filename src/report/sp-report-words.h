/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-cell.h"
#include "sp-report-entry.h"

G_BEGIN_DECLS

char       *sp_report_words_when    (const SpReportEntry *entry);
char       *sp_report_words_where   (const SpReportEntry *entry);
char       *sp_report_words_cost    (const SpReportEntry *entry);
char       *sp_report_words_join    (const SpReportEntry *entry);
char       *sp_report_words_notice  (const SpReportEntry *entry);
char       *sp_report_words_checked (const SpReportEntry *entry);
char       *sp_report_words_due     (const SpReportEntry *entry);
char       *sp_report_words_set     (const SpNode *list, const char *field);
const char *sp_report_words_summary (const SpReportEntry *entry);
void        sp_report_words_add_contacts (const SpReportEntry *entry, SpCell *cell, SpStyle phone, const char *label);
char       *sp_report_words_phone   (const SpReportEntry *entry);

G_END_DECLS
