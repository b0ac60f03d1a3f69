/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-settle.h"

G_BEGIN_DECLS

/* For sp-settle*.c only. */
gboolean sp_settle_drop            (SpDb *db, const char *id, GPtrArray *leaves, gboolean *wrote, GError **error);
gboolean sp_settle_find_waiting    (SpDb *db, const char *id, GPtrArray *leaves, gboolean *waits, GError **error);
gboolean sp_settle_was_reopened    (GPtrArray *leaves);
gboolean sp_settle_write_tombstone (SpDb *db, const char *id, const SpMergeLeaf *loser, const char *winner, GError **error);

G_END_DECLS
