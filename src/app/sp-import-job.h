/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-import-columns.h"
#include "sp-import-row.h"
#include "sp-list-choices.h"
#include "sp-store.h"

G_BEGIN_DECLS

#define SP_IMPORT_JOB_ROWS 2000 /* rows of a preview that are listed at most; and so those with a note */

/**
 * SpImportCounts:
 * @read: rows that were read
 * @outcomes: how many became what, by #SpImportOutcome
 * @alike: how many new entries may be there already; only a preview looks
 * @noted: how many rows have something to be told of
 * @capitals: how many rows have their name in capitals
 * @closed: how many entries were closed that are not in the lists any more
 * @joined: how many rows more were joined to the entry they belong to
 * @known: how many rows were postcodes and places of a published list
 * @more: whether such a list has more of them, which a preview does not read
 * @hidden: how many entries of the lists are outside their dates for showing
 * @unplaced: how many entries of the lists have no position of their own; only a preview looks
 * @placed: how many entries are put in the middle of their postcode
 * @approximate: how many of those only by neighbours of their postcode
 */
typedef struct
{
  guint read;
  guint outcomes[4];
  guint alike;
  guint noted;
  guint capitals;
  guint closed;
  guint joined;
  guint known;
  gboolean more;
  guint hidden;
  guint unplaced;
  guint placed;
  guint approximate;
} SpImportCounts;

#define SP_TYPE_IMPORT_JOB (sp_import_job_get_type ())
G_DECLARE_FINAL_TYPE (SpImportJob, sp_import_job, SP, IMPORT_JOB, GObject)

SpImportJob          *sp_import_job_new         (SpStore *store, GListModel *files);
void                  sp_import_job_set_maps    (SpImportJob *self, guint file, const char *const *maps);
char                 *sp_import_job_get_file_name (SpImportJob *self, guint file);
void                  sp_import_job_set_names   (SpImportJob *self, SpNamesRule rule);
void                  sp_import_job_set_title_case (SpImportJob *self, gboolean title_case);
void                  sp_import_job_set_close_gone (SpImportJob *self, gboolean close_gone);
void                  sp_import_job_run_async   (SpImportJob *self, const char *by, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean              sp_import_job_run_finish  (SpImportJob *self, GAsyncResult *result, GError **error);

GListModel           *sp_import_job_get_rows    (SpImportJob *self);
GPtrArray            *sp_import_job_get_columns (SpImportJob *self);
const SpListChoices  *sp_import_job_get_choices (SpImportJob *self);
GPtrArray            *sp_import_job_get_gone    (SpImportJob *self);
const SpImportCounts *sp_import_job_get_counts  (SpImportJob *self);
double                sp_import_job_get_progress (SpImportJob *self);
const char           *sp_import_job_get_id      (SpImportJob *self);

G_END_DECLS
