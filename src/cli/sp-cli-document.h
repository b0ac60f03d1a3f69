/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-docs.h"

G_BEGIN_DECLS

SpDoc      *sp_cli_document_get_any (SpDb *db, const char *id, GError **error);
SpDoc      *sp_cli_document_get  (SpDb *db, const char *id, GError **error);
SpNode     *sp_cli_document_read (SpDb *db, const char *id, GError **error);
const char *sp_cli_who           (void);

G_END_DECLS
