/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpText:
 *
 * What the projection, full text and the search for twins get of an asset, as far as its own body tells it, and as far as it
 * takes long to find. Making it is work for any thread.
 */
typedef struct _SpText SpText;

SpText  *sp_text_new              (const SpNode *body);
void     sp_text_free             (SpText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpText, sp_text_free)

gboolean sp_projection_register   (SpDb *db, GError **error);
gboolean sp_projection_is_current (SpDb *db);
const char *sp_projection_get_version (void);
gboolean sp_projection_prepare    (SpDb *db, GError **error);
gboolean sp_projection_update     (SpDb *db, gint64 doc, gint64 seq, const char *id, const SpNode *body, const SpText *text, GError **error);
gboolean sp_projection_set_bulk   (SpDb *db, gboolean bulk, GError **error);
gboolean sp_projection_begin_batch (SpDb *db, gboolean many, GError **error);
gboolean sp_projection_end_batch  (SpDb *db, GError **error);
gboolean sp_projection_merge      (SpDb *db, GError **error);
gboolean sp_projection_is_loose   (SpDb *db);
gboolean sp_projection_is_busy    (SpDb *db);
gboolean sp_projection_fall_behind (SpDb *db, guint coming, GError **error);
gboolean sp_projection_is_behind  (SpDb *db);
gboolean sp_projection_catch_up   (SpDb *db, gint64 until, GError **error);
gboolean sp_projection_rebuild    (SpDb *db, GCancellable *cancellable, GFileProgressCallback progress, gpointer user_data, GError **error);

G_END_DECLS
