/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

char *sp_checkpoint_make_id (const char *source_uuid, const char *target_uuid);
char *sp_checkpoint_agree   (const char *source, const char *target);
char *sp_checkpoint_write   (const char *before, const char *session, const char *target, const char *since, gboolean skipped);
gboolean sp_checkpoint_has_skipped (const char *checkpoint);
char *sp_checkpoint_write_alone (const char *checkpoint, const char *instance);
char *sp_checkpoint_trust       (const char *checkpoint, const char *instance);

G_END_DECLS
