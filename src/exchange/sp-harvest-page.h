/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpHarvestPage:
 * @bytes: (owned): as it came
 * @ranges: (owned) (element-type SpJsonRange): where its entries stand
 * @is_paged: whether there may be more pages
 * @items: entries on all pages; -1 if it does not say
 * @pages: how many pages; -1 if it does not say
 * @number: which one it is, from 1; -1 if it does not say
 * @is_last: whether it says that it is the last
 *
 * One page of a feed.
 */
typedef struct
{
  GBytes  *bytes;
  GArray  *ranges;
  gboolean is_paged;
  gint64   items;
  gint64   pages;
  gint64   number;
  gboolean is_last;
} SpHarvestPage;

SpHarvestPage *sp_harvest_page_new     (GBytes *bytes, GError **error);
void           sp_harvest_page_free    (SpHarvestPage *self);
const char    *sp_harvest_page_get     (const SpHarvestPage *self, guint index, gsize *length);
char          *sp_harvest_page_get_id  (const SpHarvestPage *self, guint index, gboolean *is_brief);
gboolean       sp_harvest_page_is_end  (const SpHarvestPage *self, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpHarvestPage, sp_harvest_page_free)

G_END_DECLS
