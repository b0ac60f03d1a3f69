/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-change-step.h"
#include "sp-edit.h"

G_BEGIN_DECLS

/**
 * SpChangeFunc:
 * @db: the writing connection, inside a transaction
 * @stamp: who, when
 * @data: what was given to sp_changes_run_async()
 * @error: why it failed
 *
 * A change to several documents. Runs on the store's writer.
 *
 * Returns: whether it was done; if not, all of it is undone
 */
typedef gboolean (*SpChangeFunc) (SpDb *db, const SpEditStamp *stamp, gpointer data, GError **error);

/**
 * SpChangeEdit:
 * @step: what to do; afterwards what was done
 * @parent: (nullable): the revision that it began with
 * @by: who
 * @on: when, UTC
 * @account: (nullable): who may only propose
 * @ids: (nullable): what @func may change
 * @func: (nullable): what does it, instead of @step
 * @data: for @func
 * @free_data: (nullable): frees @data
 * @replays: undo or redo: whatever revision stands now is the parent
 * @partly: afterwards: whether what others changed since was left to them
 *
 * A change on its way to the writer and back; owns all it points to.
 */
typedef struct
{
  SpChangeStep  *step;
  char          *parent;
  char          *by;
  char          *on;
  char          *account;
  GStrv          ids;
  SpChangeFunc   func;
  gpointer       data;
  GDestroyNotify free_data;
  gboolean       replays;
  gboolean       partly;
} SpChangeEdit;

void     sp_change_edit_free (gpointer edit);
gpointer sp_change_edit_job  (SpDb *db, gpointer edit, GCancellable *cancellable, GError **error);

G_END_DECLS
