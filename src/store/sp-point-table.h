/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-point.h"

G_BEGIN_DECLS

/**
 * SpPointFlags:
 * @SP_POINT_PLACED: it has a position
 * @SP_POINT_SHOWN: it is not closed for good, and today is one of the days on which it is shown
 *
 * What is known of an entry beside its point; bits.
 */
typedef enum
{
  SP_POINT_PLACED = 1 << 0,
  SP_POINT_SHOWN = 1 << 1,
} SpPointFlags;

/**
 * SpPointRow:
 * @point: the entry; without @SP_POINT_PLACED only its document and its look are right
 * @n: number of its row in the table asset, less than 2³¹
 * @flags: bits of #SpPointFlags
 *
 * One entry in memory, in 32 bytes.
 */
typedef struct
{
  SpPoint point;
  guint32 n;
  guint32 flags;
} SpPointRow;

/**
 * SpPointLooks:
 *
 * The looks of pins by category, for as long as one statement runs.
 */
typedef GHashTable SpPointLooks;

SpPointLooks *sp_point_looks_new  (void);
SpPinLook     sp_point_looks_take (SpPointLooks *self, const char *category, int status, gboolean stale);

/**
 * SpPointTable:
 *
 * All entries of a store as they were at one sequence, on one day. It never changes, and any thread may read it.
 */
typedef struct _SpPointTable SpPointTable;

SpPointTable     *sp_point_table_new      (GArray *rows, gint64 seq, gint32 day);
SpPointTable     *sp_point_table_ref      (SpPointTable *self);
void              sp_point_table_unref    (SpPointTable *self);
const GArray     *sp_point_table_get_rows (const SpPointTable *self);
gint64            sp_point_table_get_seq  (const SpPointTable *self);
gboolean          sp_point_table_is_of    (const SpPointTable *self, gint32 day);
const SpPointRow *sp_point_table_find     (const SpPointTable *self, gint64 n, guint *near);
guint             sp_point_table_list     (const SpPointTable *self, GArray *points);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPointTable, sp_point_table_unref)

/* sp-point-table-load.c */
gboolean          sp_point_table_register (SpDb *db);
SpPointTable     *sp_point_table_load     (SpDb *db, gint64 seq, gint32 day, GError **error);
SpPointTable     *sp_point_table_renew    (const SpPointTable *old, SpDb *db, gint64 seq, gint32 day, GError **error);

/**
 * SpPointCache:
 *
 * The newest table of a store, for all its readers.
 */
typedef struct _SpPointCache SpPointCache;

SpPointCache *sp_point_cache_new   (void);
void          sp_point_cache_unref (SpPointCache *self);
void          sp_point_cache_give  (SpPointCache *self, SpDb *db);
SpPointTable *sp_point_cache_take  (SpDb *db, gint64 seq, gboolean load, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPointCache, sp_point_cache_unref)

G_END_DECLS
