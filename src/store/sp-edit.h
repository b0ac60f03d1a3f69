/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-docs.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpEditKind:
 * @SP_EDIT_BY_PERSON: a person corrected what stands there; an import will not undo it
 * @SP_EDIT_BY_PROGRAM: an import or another program
 *
 * Who makes an edit.
 */
typedef enum
{
  SP_EDIT_BY_PERSON,
  SP_EDIT_BY_PROGRAM,
} SpEditKind;

/**
 * SpEditStamp:
 * @by: the account
 * @on: when, UTC, such as `2026-11-22T10:00:00Z`
 * @kind: who makes it
 *
 * The signature below an edit.
 */
typedef struct
{
  const char *by;
  const char *on;
  SpEditKind  kind;
} SpEditStamp;

gboolean sp_edit_save         (SpDb *db, const char *id, const char *parent, const SpNode *changes, const SpEditStamp *stamp, char **new_rev, GError **error);
gboolean sp_edit_delete       (SpDb *db, const char *id, const char *parent, const SpEditStamp *stamp, char **new_rev, GError **error);

char    *sp_edit_make_json    (const SpDoc *leaf, const SpNode *changes, const SpEditStamp *stamp, GError **error);
gboolean sp_edit_write_below  (SpDb *db, const char *id, const char *parent, const char *json, char **new_rev, GError **error);
gboolean sp_edit_note_written (SpDb *db, const char *id, const char *rev, GError **error);
char    *sp_edit_get_written  (SpDb *db, const char *id, GError **error);

G_END_DECLS
