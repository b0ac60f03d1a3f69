/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the document store share among themselves. */

#include "sp-docs.h"
#include "sp-revision.h"

G_BEGIN_DECLS

#define SP_DOCS_MAX_ID 2048 /* bytes */
#define SP_DOCS_REVISION_LIMIT 1000
#define SP_DOCS_MAX_LIVE 200 /* versions of one document that stand against each other */

/**
 * SpDocRow:
 * @n: local number; 0 if there is no such document
 * @winner: local number of the winning revision
 * @deleted: whether that is a tombstone
 * @leaves: how many leaves there are
 * @live: how many of them are no tombstones
 * @rev: the winning revision
 *
 * What one row of `doc` says.
 */
typedef struct
{
  gint64   n;
  gint64   winner;
  gboolean deleted;
  guint    leaves;
  guint    live;
  char    *rev;
} SpDocRow;

void sp_doc_row_clear (SpDocRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpDocRow, sp_doc_row_clear)

/**
 * SpRevRow:
 * @n: local number; 0 if there is no such revision
 * @parent: (nullable): hash of the generation below
 * @leaf: whether nothing hangs below it
 * @deleted: whether it is a tombstone
 * @seq: the document's sequence when it came
 *
 * What one row of `rev` says, but for its body.
 */
typedef struct
{
  gint64   n;
  char    *parent;
  gboolean leaf;
  gboolean deleted;
  gint64   seq;
} SpRevRow;

void sp_rev_row_clear (SpRevRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpRevRow, sp_rev_row_clear)

/**
 * SpRevPath:
 * @generation: of the newest revision
 * @hashes: (array length=length): hashes, newest first, each the child of the next
 * @length: how many, at least 1
 *
 * A revision with its history, as `_revisions` tells it.
 */
typedef struct
{
  guint32             generation;
  const char * const *hashes;
  guint               length;
} SpRevPath;

/**
 * SpDocLeaves:
 * @winner: local number of the winning revision; 0 if there is none, or it must be found out
 * @deleted: whether that is a tombstone
 * @live: how many leaves are no tombstones
 * @leaves: how many leaves there are
 *
 * The ends of a document's tree, counted.
 */
typedef struct
{
  gint64   winner;
  gboolean deleted;
  guint    live;
  guint    leaves;
} SpDocLeaves;

gboolean sp_docs_check_id       (const char *id, GError **error);
gboolean sp_docs_check_rev      (const char *id, const char *rev, GError **error);
gboolean sp_docs_find           (SpDb *db, const char *id, SpDocRow *row, GError **error);
gboolean sp_docs_find_rev       (SpDb *db, gint64 doc, guint32 generation, const char *hash, SpRevRow *row, GError **error);
gboolean sp_docs_is_known       (SpDb *db, gint64 doc, guint32 generation, const char *hash, gboolean *known, GError **error);

gboolean sp_docs_grow           (SpDb *db, const char *id, SpDocRow *doc, const SpRevPath *path, gboolean deleted, const SpBody *body, gboolean *changed, GError **error);
gboolean sp_docs_set_winner     (SpDb *db, const char *id, gint64 doc, gboolean is_new, gint64 seq, const SpDocLeaves *leaves, const SpBody *body,
                                 GError **error);
gboolean sp_docs_settle_leaves  (SpDb *db, const char *id, gint64 doc, gint64 seq, GError **error);
gboolean sp_docs_stem           (SpDb *db, gint64 doc, guint32 generation, GError **error);

G_END_DECLS
