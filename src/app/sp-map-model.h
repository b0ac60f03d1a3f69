/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-cluster-index.h"
#include "sp-query.h"
#include "sp-store.h"

G_BEGIN_DECLS

#define SP_TYPE_MAP_MODEL (sp_map_model_get_type ())
G_DECLARE_FINAL_TYPE (SpMapModel, sp_map_model, SP, MAP_MODEL, GObject)

SpMapModel           *sp_map_model_new        (SpStore *store);
SpStore              *sp_map_model_get_store  (SpMapModel *self);
void                  sp_map_model_set_query  (SpMapModel *self, SpQuery *query);
SpQuery              *sp_map_model_get_query  (SpMapModel *self);
const SpClusterIndex *sp_map_model_get_index  (SpMapModel *self);
const GError         *sp_map_model_get_error  (SpMapModel *self);
gboolean              sp_map_model_is_running (SpMapModel *self);

G_END_DECLS
