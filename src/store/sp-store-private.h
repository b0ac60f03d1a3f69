/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of SpStore, for the files sp-store*.c. */

#include "sp-result-source.h"
#include "sp-store.h"

G_BEGIN_DECLS

/**
 * SpStoreCrew:
 * @SP_STORE_WRITER: the one connection that writes
 * @SP_STORE_READERS: what a person waits for
 * @SP_STORE_KEEPER: a reader for what takes its time and nobody waits for
 *
 * Who does a job.
 */
typedef enum
{
  SP_STORE_WRITER,
  SP_STORE_READERS,
  SP_STORE_KEEPER,
} SpStoreCrew;
#define SP_STORE_N_CREWS (SP_STORE_KEEPER + 1)

SpStore      *sp_store_new_closed  (const char *path);
gboolean      sp_store_open_here   (SpStore *self, GError **error);
void          sp_store_begin       (SpStore *self);
void          sp_store_push        (SpStore *self, SpStoreCrew crew, GTask *task);
GCancellable *sp_store_get_closing (SpStore *self);

/* sp-store-backup.c */
GSource      *sp_store_watch_days  (SpStore *self, GMainContext *context);

/* sp-store-clean.c */
void          sp_store_clean       (SpStore *self, gboolean now);
gboolean      sp_store_needs_cleaning (SpDb *db);
void          sp_store_clean_later (SpStore *self, SpDb *db, GMainContext *context, gint *waiting);

/* sp-store-results.c */
void          sp_store_result_source_init (SpResultSourceInterface *iface);
GPtrArray    *sp_store_load_assets        (SpDb *db, const gint64 *docs, guint n, GCancellable *cancellable, GError **error);

G_END_DECLS
