/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-report.h"
#include "sp-window.h"

G_BEGIN_DECLS

/**
 * SpReportGoal:
 * @SP_REPORT_PRINT: paper
 * @SP_REPORT_SAVE: a PDF
 *
 * What the pages are for.
 */
typedef enum
{
  SP_REPORT_PRINT,
  SP_REPORT_SAVE,
} SpReportGoal;

#define SP_TYPE_REPORT_DIALOG (sp_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SpReportDialog, sp_report_dialog, SP, REPORT_DIALOG, AdwWindow)

SpReportDialog *sp_report_dialog_new   (SpWindow *window, GtkWindow *parent, SpReportGoal goal, const char *name,
                                        const char * const *ids);
void            sp_report_dialog_write (SpReportDialog *self, GFile *file);
void            sp_report_dialog_print (SpReportDialog *self, const char *file);

G_END_DECLS
