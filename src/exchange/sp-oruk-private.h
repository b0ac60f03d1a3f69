/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/* For sp-oruk-*.c. */
const SpNode *sp_oruk_get_fitting    (const SpNode *object, const char *member, const char *path);
void          sp_oruk_copy           (const SpNode *from, const char *name, SpNode *to, const char *member, const char *path);
guint         sp_oruk_count          (const SpNode *list);
void          sp_oruk_set_list       (SpNode *object, const char *member, SpNode *list);
SpNode       *sp_oruk_or_null        (SpNode *container);

void          sp_oruk_add_schedules  (SpNode *service, const char *id, const SpNode *asset);
void          sp_oruk_add_location   (SpNode *service, const char *id, const SpNode *asset, const SpNode *venue);

G_END_DECLS
