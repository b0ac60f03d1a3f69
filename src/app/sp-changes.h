/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-change-job.h"
#include "sp-node.h"
#include "sp-store.h"

G_BEGIN_DECLS

#define SP_TYPE_CHANGES (sp_changes_get_type ())
G_DECLARE_FINAL_TYPE (SpChanges, sp_changes, SP, CHANGES, GObject)

SpChanges  *sp_changes_new           (SpStore *store);
void        sp_changes_set_author    (SpChanges *self, const char *author);
const char *sp_changes_get_author    (SpChanges *self);
void        sp_changes_set_submits   (SpChanges *self, const char *account);
const char *sp_changes_get_submits   (SpChanges *self);

void        sp_changes_save_async    (SpChanges *self, const char *id, const char *parent, const SpNode *changes, const char *label,
                                      GAsyncReadyCallback callback, gpointer user_data);
char       *sp_changes_save_finish   (SpChanges *self, GAsyncResult *result, GError **error);
void        sp_changes_delete_async  (SpChanges *self, const char *id, const char *parent, const char *label,
                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean    sp_changes_delete_finish (SpChanges *self, GAsyncResult *result, GError **error);
void        sp_changes_run_async     (SpChanges *self, const char *const *ids, const char *label, SpChangeFunc func, gpointer data,
                                      GDestroyNotify free_data, GAsyncReadyCallback callback, gpointer user_data);
gboolean    sp_changes_run_finish    (SpChanges *self, GAsyncResult *result, GError **error);

void        sp_changes_add_import    (SpChanges *self, const char *import_id, const char *label);
void        sp_changes_undo_import   (SpChanges *self, const char *import_id);

gboolean    sp_changes_can_undo      (SpChanges *self);
gboolean    sp_changes_can_redo      (SpChanges *self);
void        sp_changes_undo          (SpChanges *self);
void        sp_changes_redo          (SpChanges *self);

G_END_DECLS
