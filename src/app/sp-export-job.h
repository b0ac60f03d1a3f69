/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"
#include "sp-query.h"
#include "sp-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpExportMode:
 * @SP_EXPORT_PUBLIC: what the public may have, without entries that nobody has checked for too long
 * @SP_EXPORT_PUBLIC_OVERDUE: what the public may have, those entries too
 * @SP_EXPORT_FULL: everything
 *
 * For whom a file is.
 */
typedef enum
{
  SP_EXPORT_PUBLIC,
  SP_EXPORT_PUBLIC_OVERDUE,
  SP_EXPORT_FULL,
} SpExportMode;

#define SP_TYPE_EXPORT_JOB (sp_export_job_get_type ())
G_DECLARE_FINAL_TYPE (SpExportJob, sp_export_job, SP, EXPORT_JOB, GObject)

SpExportJob *sp_export_job_new (SpStore *store, SpQuery *query, SpNation nation, const char *terms);
void         sp_export_job_run_async    (SpExportJob *self, GFile *file, const char *format, SpExportMode mode,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     sp_export_job_run_finish   (SpExportJob *self, GAsyncResult *result, GError **error);
double       sp_export_job_get_progress (SpExportJob *self);
guint        sp_export_job_get_count    (SpExportJob *self);
const char  *sp_export_job_get_withheld (SpExportJob *self);

G_END_DECLS
