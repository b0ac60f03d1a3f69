/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-fetcher.h"

G_BEGIN_DECLS

/**
 * SpHarvestFunc:
 * @read: entries read so far
 * @total: how many the feed says it has; 0 if it does not say
 * @user_data: as given
 *
 * Hears how far it is, on the thread that harvests.
 */
typedef void (*SpHarvestFunc) (guint read, guint total, gpointer user_data);

GFile *sp_harvest_run   (SpFetcher *fetcher, const char *url, const char *folder, SpHarvestFunc progress, gpointer user_data,
                         char **address, GCancellable *cancellable, GError **error);
void   sp_harvest_blame (GError *error, GFile *list, const char *address);
void   sp_harvest_clear (const char *url, const char *folder);

G_END_DECLS
