/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-freshness.h"
#include "sp-refusals.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpCheckParts:
 * @SP_CHECK_INTEGRITY: the file, the revision trees, the projection
 * @SP_CHECK_CONFLICTS: entries with more than one live version
 * @SP_CHECK_STALE: facts that want checking
 * @SP_CHECK_DUPLICATES: entries that probably mean the same
 * @SP_CHECK_REFUSED: documents that a replica refused
 * @SP_CHECK_UNPLACED: how many entries are not on the map yet
 * @SP_CHECK_ALL: all of it
 */
typedef enum
{
  SP_CHECK_INTEGRITY = 1 << 0,
  SP_CHECK_CONFLICTS = 1 << 1,
  SP_CHECK_STALE = 1 << 2,
  SP_CHECK_DUPLICATES = 1 << 3,
  SP_CHECK_REFUSED = 1 << 4,
  SP_CHECK_UNPLACED = 1 << 5,
  SP_CHECK_ALL = SP_CHECK_INTEGRITY | SP_CHECK_CONFLICTS | SP_CHECK_STALE | SP_CHECK_DUPLICATES | SP_CHECK_REFUSED
                 | SP_CHECK_UNPLACED,
} SpCheckParts;

/**
 * SpConflicted:
 * @id: document id
 * @name: (nullable): its name, where it has one
 * @others: live versions beside the one that is shown
 */
typedef struct
{
  char *id;
  char *name;
  guint others;
} SpConflicted;

/**
 * SpStale:
 * @id: document id
 * @name: (nullable): its name
 * @group: which of its facts
 * @state: %SP_FRESHNESS_DUE, %SP_FRESHNESS_OVERDUE or %SP_FRESHNESS_NEVER
 * @on: the day of the last check, or %SP_CIVIL_NO_DAY
 * @due: the day since which it is due, or %SP_CIVIL_NO_DAY
 */
typedef struct
{
  char            *id;
  char            *name;
  SpFactGroup      group;
  SpFreshnessState state;
  gint32           on;
  gint32           due;
} SpStale;

/**
 * SpCheckReport:
 * @problems: (element-type utf8): what is wrong with the store itself, a sentence each
 * @conflicts: (element-type SpConflicted): by id
 * @stale: (element-type SpStale): by id, then group
 * @duplicates: (element-type SpDuplicate): the likeliest first
 * @refused: (element-type SpRefusal): documents that could not go from one replica to another, the newest first
 * @unplaced: how many entries in use are not on the map yet; not a finding, since some belong nowhere
 *
 * What a check found. Parts that were not asked for are empty.
 */
typedef struct
{
  GPtrArray *problems;
  GPtrArray *conflicts;
  GPtrArray *stale;
  GPtrArray *duplicates;
  GPtrArray *refused;
  guint64    unplaced;
} SpCheckReport;

SpCheckReport *sp_check_run             (SpDb *db, SpCheckParts parts, const SpFreshnessRules *rules, gint32 today, GCancellable *cancellable,
                                         GFileProgressCallback progress, gpointer user_data, GError **error);
gboolean       sp_check_report_is_clean (const SpCheckReport *self);
SpNode        *sp_check_report_to_node  (const SpCheckReport *self);
void           sp_check_report_free     (SpCheckReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpCheckReport, sp_check_report_free)

gboolean       sp_check_integrity       (SpDb *db, GPtrArray *problems, GCancellable *cancellable, GError **error);

G_END_DECLS
