/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

/**
 * SpNewsKind:
 * @SP_NEWS_ADDED: the entry was not here before
 * @SP_NEWS_CHANGED: it was, and says something else
 * @SP_NEWS_CLOSED: it was, and is closed since, for now or for good
 * @SP_NEWS_DELETED: it is gone
 * @SP_NEWS_KEPT: somebody deleted it and somebody else edited it, neither knowing of the other; it is still there
 *
 * What others did to an entry.
 */
typedef enum
{
  SP_NEWS_ADDED,
  SP_NEWS_CHANGED,
  SP_NEWS_CLOSED,
  SP_NEWS_DELETED,
  SP_NEWS_KEPT,
} SpNewsKind;

/**
 * SpNewsItem:
 * @id: document id
 * @name: (nullable): of the entry; of one that was deleted as far as it is still known
 * @kind: what was done
 * @by: (nullable): by whom, the last time
 * @on: (nullable): when, as documents hold it
 * @deleted_by: (nullable): of one that was kept: who deleted it
 * @members: (array zero-terminated=1): the top members that changed, as far as that is still known
 *
 * One entry that others added or changed since a person here last looked.
 */
typedef struct
{
  char      *id;
  char      *name;
  SpNewsKind kind;
  char      *by;
  char      *on;
  char      *deleted_by;
  GStrv      members;
} SpNewsItem;

void       sp_news_item_free (SpNewsItem *self);

gboolean   sp_news_is_first  (SpDb *db, gboolean *is_first, GError **error);
gboolean   sp_news_end_first (SpDb *db, GError **error);
gboolean   sp_news_note      (SpDb *db, gint64 before, GError **error);
GPtrArray *sp_news_list      (SpDb *db, guint limit, GError **error);
gboolean   sp_news_count     (SpDb *db, guint most, guint *count, GError **error);
gboolean   sp_news_get_last  (SpDb *db, gint64 *last, GError **error);
gboolean   sp_news_mark_seen (SpDb *db, gint64 last, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpNewsItem, sp_news_item_free)

G_END_DECLS
