/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-docs.h"
#include "sp-edit.h"
#include "sp-node.h"
#include "sp-resolve-private.h"

G_BEGIN_DECLS

/* For sp-reopen*.c only. */

/* A version that gave way, or was decided on. */
typedef struct
{
  SpDoc  *doc;
  SpNode *body;      /* of it */
  char   *tombstone; /* right below it, if it gave way; NULL of the winner of a decision */
} Version;

typedef struct
{
  char      *decision; /* revision */
  SpNode    *body;     /* of it; NULL if all were deleted */
  GPtrArray *versions; /* (element-type Version), the winner first */
} Decided;

void     sp_reopen_version_free (gpointer data);
void     sp_reopen_clear        (Decided *self);
gboolean sp_reopen_refuse       (GError **error, const char *id, const char *why);
gboolean sp_reopen_add_version  (SpDb *db, const char *id, const char *rev, GPtrArray *leaves, Decided *decided, GError **error);
gboolean sp_reopen_write_all    (SpDb *db, const char *id, const Decided *decided, const SpEditStamp *stamp, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decided, sp_reopen_clear)

G_END_DECLS
