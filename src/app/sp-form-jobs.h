/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"
#include "sp-store.h"

G_BEGIN_DECLS

void       sp_form_find_entries_async  (SpStore *store, const char *words, const char *kind, const char *except,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *sp_form_find_entries_finish (SpStore *store, GAsyncResult *result, GError **error);

void       sp_form_find_twins_async    (SpStore *store, const char *id, SpNode *body, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *sp_form_find_twins_finish   (SpStore *store, GAsyncResult *result, GError **error);

void        sp_form_read_calendar_async  (SpStore *store, SpNode *body, SpNation nation, const char *terms, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
SpCalendar *sp_form_read_calendar_finish (SpStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
