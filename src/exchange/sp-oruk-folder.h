/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpOrukFolder:
 *
 * Services as a folder of files, shaped like the API.
 */
typedef struct _SpOrukFolder SpOrukFolder;

SpOrukFolder *sp_oruk_folder_new    (const char *path, GError **error);
void          sp_oruk_folder_free   (SpOrukFolder *self);
gboolean      sp_oruk_folder_add    (SpOrukFolder *self, const SpNode *service, GError **error);
gboolean      sp_oruk_folder_end    (SpOrukFolder *self, GError **error);

char         *sp_oruk_page_tail     (guint items, guint number, guint size, guint on_page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpOrukFolder, sp_oruk_folder_free)

G_END_DECLS
