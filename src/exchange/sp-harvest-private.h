/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-harvest-folder.h"
#include "sp-harvest.h"
#include "sp-seen.h"

G_BEGIN_DECLS

#define SP_HARVEST_MOST_PAGE (32 * 1000 * 1000) /* bytes of one page of several */

/**
 * SpHarvest:
 * @fetcher: how the web is reached
 * @url: (owned): of the first page
 * @host: (owned): for people
 * @path: (owned): of the folder
 * @progress: (nullable): hears how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): gives it up
 * @state: how far it is
 * @seen: (owned): ids of entries, and the page that had them
 *
 * One list that is fetched.
 */
typedef struct
{
  SpFetcher     *fetcher;
  char          *url;
  char          *host;
  char          *path;
  SpHarvestFunc  progress;
  gpointer       user_data;
  GCancellable  *cancellable;
  SpHarvestState state;
  SpSeen        *seen;
} SpHarvest;

gboolean sp_harvest_read_feed (SpHarvest *self, SpHarvestPage *first, GError **error);
void     sp_harvest_give_up   (SpHarvest *self, GError **error, const char *sentence);
char    *sp_harvest_step_url  (const char *url, const char *step);
GUri    *sp_harvest_parse_url (const char *url);

G_END_DECLS
