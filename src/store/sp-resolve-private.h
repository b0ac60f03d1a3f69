/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-resolve.h"

G_BEGIN_DECLS

/* For sp-resolve.c, sp-reopen*.c and sp-edit-delete.c only. */
gboolean sp_resolve_remember_mine (SpDb *db, const char *id, const char *decision, const char *mine, GError **error);

G_END_DECLS
