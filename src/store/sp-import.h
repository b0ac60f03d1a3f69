/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-known-place.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpImport:
 *
 * One import under way: documents go in by chunks of at most 20 ms, so that the window and the sync go on meanwhile, with
 * a journal by which the whole can be taken back as one step.
 */
typedef struct _SpImport SpImport;

/**
 * SpImportOutcome:
 * @SP_IMPORT_ADDED: a new entry
 * @SP_IMPORT_UPDATED: an entry that was there says something else now
 * @SP_IMPORT_UNCHANGED: it says what is known already
 * @SP_IMPORT_SKIPPED: it was left out, for the reason given
 */
typedef enum
{
  SP_IMPORT_ADDED,
  SP_IMPORT_UPDATED,
  SP_IMPORT_UNCHANGED,
  SP_IMPORT_SKIPPED,
} SpImportOutcome;

SpImport   *sp_import_begin   (SpDb *db, const char *label, const char *by, GError **error);
const char *sp_import_get_id  (SpImport *self);
gboolean    sp_import_put     (SpImport *self, const char *id, SpNode *body, SpImportOutcome *outcome, char **reason, GError **error);
gboolean    sp_import_put_place (SpImport *self, const SpKnownPlace *place, SpImportOutcome *outcome, GError **error);
gboolean    sp_import_pause   (SpImport *self, GError **error);
gboolean    sp_import_finish  (SpImport *self, GError **error);
void        sp_import_free    (SpImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpImport, sp_import_free)

gboolean    sp_import_undo    (SpDb *db, const char *import_id, guint *taken_back, GPtrArray **left, GError **error);
gboolean    sp_import_recover (SpDb *db, guint *taken_back, GError **error);

G_END_DECLS
