/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

#define SP_TYPE_STORE (sp_store_get_type ())
G_DECLARE_FINAL_TYPE (SpStore, sp_store, SP, STORE, GObject)

/**
 * SpStoreFunc:
 * @db: the connection of the thread that runs it; a transaction of its own is the function's business
 * @data: what was given to the call; owned by the call, touched by nobody else meanwhile
 * @cancellable: (nullable): to ask between steps; a running statement is interrupted anyway
 * @error: why it failed
 *
 * A piece of work on the store. Runs on one of the store's threads.
 *
 * Returns: (nullable): the result; %NULL with @error set if it failed
 */
typedef gpointer (*SpStoreFunc) (SpDb *db, gpointer data, GCancellable *cancellable, GError **error);

void     sp_store_open_async  (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void     sp_store_serve_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SpStore *sp_store_open_finish (GAsyncResult *result, GError **error);
void     sp_store_close_async (SpStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean sp_store_close_finish (SpStore *self, GAsyncResult *result, GError **error);
const char *sp_store_get_path (SpStore *self);
void     sp_store_look        (SpStore *self);

void     sp_store_read_async  (SpStore *self, SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void     sp_store_write_async (SpStore *self, SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer sp_store_call_finish (SpStore *self, GAsyncResult *result, GError **error);

void     sp_store_put_off_backup (SpStore *self, guint seconds);
void     sp_store_back_up_async  (SpStore *self, GAsyncReadyCallback callback, gpointer user_data);
char    *sp_store_back_up_finish (SpStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
