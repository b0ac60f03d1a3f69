/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-edit.h"

G_BEGIN_DECLS

/**
 * SpChoiceKind:
 * @SP_CHOICE_MINE: the version this store wrote, else the winner
 * @SP_CHOICE_THEIRS: the greatest other version
 * @SP_CHOICE_REV: the version with the revision that is named
 * @SP_CHOICE_VALUE: a new value
 *
 * Where a value comes from that a person decides for.
 */
typedef enum
{
  SP_CHOICE_MINE,
  SP_CHOICE_THEIRS,
  SP_CHOICE_REV,
  SP_CHOICE_VALUE,
} SpChoiceKind;

/**
 * SpChoice:
 * @path: what is decided: a collision, or a member that holds collisions
 * @kind: where its value comes from
 * @rev: (nullable): of %SP_CHOICE_REV
 * @value: (nullable): of %SP_CHOICE_VALUE; %NULL removes
 *
 * One decision.
 */
typedef struct
{
  char        *path;
  SpChoiceKind kind;
  char        *rev;
  SpNode      *value;
} SpChoice;

/**
 * SpCollision:
 * @path: names with dots between; in a list the item's id
 * @mine: (nullable): what stands there in the version this store wrote, else in the winner
 * @theirs: (nullable): what stands there in the greatest other version
 * @values: (element-type SpNode): what stands there in each of the conflict's versions, %NULL where nothing does
 *
 * One thing that a person must decide.
 */
typedef struct
{
  char      *path;
  SpNode    *mine;
  SpNode    *theirs;
  GPtrArray *values;
} SpCollision;

/**
 * SpConflictSide:
 * @rev: its revision
 * @by: (nullable): who wrote it
 * @on: (nullable): when, as documents hold it
 *
 * One of the versions that stand against each other.
 */
typedef struct
{
  char *rev;
  char *by;
  char *on;
} SpConflictSide;

/**
 * SpConflict:
 * @id: document id
 * @name: (nullable): of the entry, as the winner says
 * @own: whether this store wrote the first of @sides
 * @sides: (element-type SpConflictSide): the versions: first the one this store wrote, else the winner; then the greatest
 *   other; then the rest, greatest first
 * @collisions: (element-type SpCollision): what only a person can decide; empty if the versions go together
 *
 * A document in which several versions live.
 */
typedef struct
{
  char      *id;
  char      *name;
  gboolean   own;
  GPtrArray *sides;
  GPtrArray *collisions;
} SpConflict;

SpChoice   *sp_choice_new     (const char *path, SpChoiceKind kind, const char *rev, SpNode *value);
void        sp_choice_free    (SpChoice *choice);
void        sp_conflict_free  (SpConflict *conflict);

SpConflict *sp_resolve_look   (SpDb *db, const char *id, GError **error);
GPtrArray  *sp_resolve_list   (SpDb *db, guint limit, GError **error);
gboolean    sp_resolve_count  (SpDb *db, guint *count, GError **error);
gboolean    sp_resolve_write  (SpDb *db, const char *id, GPtrArray *choices, const SpEditStamp *stamp, char **rev, GError **error);
gboolean    sp_resolve_reopen (SpDb *db, const char *id, const SpEditStamp *stamp, GError **error);
gboolean    sp_resolve_reopen_edit (SpDb *db, const char *id, const char *before, const char *edited, const SpEditStamp *stamp, GError **error);
gboolean    sp_resolve_undelete (SpDb *db, const char *id, const char *const *versions, const SpEditStamp *stamp, GError **error);
gboolean    sp_resolve_split  (SpDb *db, const char *id, const char *const *new_ids, const SpEditStamp *stamp, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpChoice, sp_choice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpConflict, sp_conflict_free)

G_END_DECLS
