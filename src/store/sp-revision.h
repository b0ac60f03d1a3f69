/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SP_REVISION_MAX_HASH 64 /* bytes; ours have 32 */

gboolean sp_revision_parse   (const char *rev, guint32 *generation, const char **hash);
int      sp_revision_compare (gboolean deleted_a, const char *rev_a, gboolean deleted_b, const char *rev_b);
char    *sp_revision_make    (gboolean deleted, const char *parent, const char *canonical);

G_END_DECLS
