/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-changes.h"
#include "sp-draft-list.h"
#include "sp-entry-edit.h"
#include "sp-submissions.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_ENTRY_FORM (sp_entry_form_get_type ())
G_DECLARE_FINAL_TYPE (SpEntryForm, sp_entry_form, SP, ENTRY_FORM, AdwWindow)

SpEntryForm *sp_entry_form_new      (GtkWindow *parent, SpStore *store, SpChanges *changes, SpDraftList *drafts, GSettings *settings);
void         sp_entry_form_add      (SpEntryForm *self);
void         sp_entry_form_open     (SpEntryForm *self, const char *id);
void         sp_entry_form_review   (SpEntryForm *self, const SpProposal *proposal, SpNode *result);
void         sp_entry_form_begin_at (SpEntryForm *self, const char *path);
void         sp_entry_form_save     (SpEntryForm *self);
SpEntryEdit *sp_entry_form_get_edit (SpEntryForm *self);
GtkWidget   *sp_entry_form_get_content (SpEntryForm *self);
const char  *sp_entry_form_get_notice (SpEntryForm *self);

G_END_DECLS
