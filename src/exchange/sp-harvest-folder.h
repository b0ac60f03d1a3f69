/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-harvest-page.h"

G_BEGIN_DECLS

/**
 * SpHarvestState:
 * @first: (owned) (nullable): SHA-256 of the first page
 * @items: entries on all pages, as the feed said when it began; -1 if it did not
 * @pages: how many pages, likewise
 * @number: pages that are kept
 * @entries: entries on them
 * @bytes: of them all
 *
 * How far a feed was read.
 */
typedef struct
{
  char   *first;
  gint64  items;
  gint64  pages;
  guint   number;
  guint   entries;
  guint64 bytes;
} SpHarvestState;

char    *sp_harvest_folder_path   (const char *folder, const char *url);
char    *sp_harvest_folder_file   (const char *path, const char *name);
gboolean sp_harvest_folder_load   (const char *path, SpHarvestState *state);
gboolean sp_harvest_folder_save   (const char *path, const SpHarvestState *state, GError **error);
gboolean sp_harvest_folder_keep   (const char *path, SpHarvestState *state, const GString *entries, guint n, GError **error);
SpHarvestPage *sp_harvest_folder_get (const char *path, guint number, GError **error);
gboolean sp_harvest_folder_join   (const char *path, const SpHarvestState *state, GFile **list, GError **error);
void     sp_harvest_folder_empty  (const char *path);
void     sp_harvest_folder_sweep  (const char *folder);

G_END_DECLS
