/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-couch-client.h"

G_BEGIN_DECLS

#define SP_TYPE_COUCH_FEED (sp_couch_feed_get_type ())
G_DECLARE_FINAL_TYPE (SpCouchFeed, sp_couch_feed, SP, COUCH_FEED, GObject)

SpCouchFeed *sp_couch_feed_new         (SpCouchClient *client, guint silence_ms);
void         sp_couch_feed_wait_async  (SpCouchFeed *self, const char *since, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     sp_couch_feed_wait_finish (SpCouchFeed *self, GAsyncResult *result, GError **error);
void         sp_couch_feed_close       (SpCouchFeed *self);
void         sp_couch_feed_forget      (SpCouchFeed *self);
gboolean     sp_couch_feed_is_polling  (SpCouchFeed *self);

G_END_DECLS
