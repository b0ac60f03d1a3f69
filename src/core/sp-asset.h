/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-asset-parts.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_TYPE_ASSET (sp_asset_get_type ())
G_DECLARE_FINAL_TYPE (SpAsset, sp_asset, SP, ASSET, GObject)

SpAsset    *sp_asset_new             (const char *id, const char *rev, SpNode *body);
SpAsset    *sp_asset_copy            (SpAsset *self);
const char *sp_asset_get_id          (SpAsset *self);
const char *sp_asset_get_rev         (SpAsset *self);
SpNode     *sp_asset_get_body        (SpAsset *self);
const char *sp_asset_get_text        (SpAsset *self, const char *path);
const char *sp_asset_get_name        (SpAsset *self);
double      sp_asset_get_latitude    (SpAsset *self);
double      sp_asset_get_longitude   (SpAsset *self);
GStrv       sp_asset_get_words       (SpAsset *self, const char *path);

guint       sp_asset_get_n_items     (SpAsset *self, const char *list);
SpNode     *sp_asset_get_item        (SpAsset *self, const char *list, guint index);

gboolean    sp_asset_set_value       (SpAsset *self, const char *path, SpNode *value, GError **error);
gboolean    sp_asset_set_text        (SpAsset *self, const char *path, const char *text, GError **error);
SpNode     *sp_asset_diff            (const SpNode *before, const SpNode *after);

G_END_DECLS
