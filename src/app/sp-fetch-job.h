/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_TYPE_FETCH_JOB (sp_fetch_job_get_type ())
G_DECLARE_FINAL_TYPE (SpFetchJob, sp_fetch_job, SP, FETCH_JOB, GObject)

SpFetchJob *sp_fetch_job_new        (void);
void        sp_fetch_job_run_async  (SpFetchJob *self, const char *url, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
GFile      *sp_fetch_job_run_finish (SpFetchJob *self, GAsyncResult *result, GError **error);
guint       sp_fetch_job_get_read   (SpFetchJob *self);
guint       sp_fetch_job_get_total  (SpFetchJob *self);

G_END_DECLS
