/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-docs.h"
#include "sp-edit.h"
#include "sp-gazetteer.h"
#include "sp-import.h"

G_BEGIN_DECLS

/**
 * SpImportPlan:
 * @outcome: what becomes of the row
 * @reason: (owned) (nullable): why it is skipped, or what of it is not taken, a sentence without the place
 * @doc: (owned) (nullable): the document that is there, or its tombstone
 * @changes: (owned) (nullable): what changes in it, as sp_edit_save() takes it
 *
 * What a row of a list means for the document that is there already.
 */
typedef struct
{
  SpImportOutcome outcome;
  char           *reason;
  SpDoc          *doc;
  SpNode         *changes;
} SpImportPlan;

gboolean sp_import_plan_place (SpDb *db, const SpKnownPlace *place, SpImportOutcome *outcome, GError **error);
gboolean sp_import_plan_make  (SpImportPlan *self, SpDb *db, const char *id, const SpNode *body, GError **error);
SpNode  *sp_import_plan_get_body (SpNode *body);
gboolean sp_import_plan_check_room (SpImportPlan *self, SpNode *body, const SpEditStamp *stamp, GError **error);
SpImportOutcome sp_import_outcome_of_news (SpGazetteerNews news);
void     sp_import_plan_clear (SpImportPlan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpImportPlan, sp_import_plan_clear)

G_END_DECLS
