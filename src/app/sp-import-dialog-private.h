/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of SpImportDialog, for the files sp-import-dialog*.c. */

#include "sp-import-dialog.h"
#include "sp-import-job.h"

G_BEGIN_DECLS

struct _SpImportDialog
{
  AdwWindow parent_instance;

  SpWindow     *window;      /* owned: GTK wants it to live as long as this, which a job may hold */
  SpImportJob  *job;         /* owned */
  GCancellable *cancellable; /* owned; of what is running */
  gboolean      running;
  guint         n_files;
  GtkFilter    *filter;      /* owned by the list's model */
  GPtrArray    *groups;      /* (element-type AdwPreferencesGroup) of the page of columns; not owned */

  /* of the template */
  GtkStack           *stack;
  AdwStatusPage      *working_page;
  AdwStatusPage      *failed_page;
  GtkProgressBar     *progress;
  GtkLabel           *summary;
  GtkLabel           *alike;
  GtkLabel           *places;
  GtkLabel           *left_out;
  GtkCheckButton     *close_gone;
  GtkLabel           *gone;
  GtkLabel           *unlisted;
  GtkWidget          *switcher;
  GtkStack           *pages;
  GtkStackPage       *columns_page;
  AdwPreferencesPage *columns;
  GtkCheckButton     *only_noted;
  GtkListView        *list;
};

/* sp-import-dialog.c */
void sp_import_dialog_look         (SpImportDialog *self);

/* sp-import-dialog-columns.c */
void sp_import_dialog_show_columns (SpImportDialog *self);

G_END_DECLS
