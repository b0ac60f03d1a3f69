/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-asset.h"
#include "sp-db.h"

G_BEGIN_DECLS

#define SP_SHORTLIST_NAME_MAX 120  /* characters */
#define SP_SHORTLIST_WHY_MAX 300   /* characters */
#define SP_SHORTLIST_ITEMS_MAX 500 /* entries in one list */
#define SP_SHORTLIST_END G_MAXUINT /* position: after the last */

/**
 * SpShortlistItem:
 * @id: document id
 * @why: (nullable): why it is on the list, in one line
 * @asset: (nullable): what it says now; %NULL once it is deleted, and where nobody asked for it
 *
 * One entry of a shortlist.
 */
typedef struct
{
  char    *id;
  char    *why;
  SpAsset *asset;
} SpShortlistItem;

/**
 * SpShortlist:
 * @n: its number in this store
 * @name: what its maker calls it
 * @items: (element-type SpShortlistItem): its entries in their order
 *
 * Entries that somebody gathered for one occasion. It belongs to this store alone: no document, export, report, log or
 * plain backup has it, and no peer gets it.
 */
typedef struct
{
  gint64     n;
  char      *name;
  GPtrArray *items;
} SpShortlist;

/**
 * SpShortlistAction:
 * @SP_SHORTLIST_CREATE: a new list called `text`
 * @SP_SHORTLIST_RENAME: the list is called `text`
 * @SP_SHORTLIST_DELETE: the list goes
 * @SP_SHORTLIST_ADD: entry `id` goes to `position`, with `text` for why; one that is there moves, and keeps its why unless
 *   there is another
 * @SP_SHORTLIST_REMOVE: entry `id` goes from the list
 * @SP_SHORTLIST_MOVE: entry `id` goes to `position`
 * @SP_SHORTLIST_EXPLAIN: `text` is why entry `id` is there; %NULL for nothing
 * @SP_SHORTLIST_RESTORE: the list is as `whole` says, and there is one if there was none
 */
typedef enum
{
  SP_SHORTLIST_CREATE,
  SP_SHORTLIST_RENAME,
  SP_SHORTLIST_DELETE,
  SP_SHORTLIST_ADD,
  SP_SHORTLIST_REMOVE,
  SP_SHORTLIST_MOVE,
  SP_SHORTLIST_EXPLAIN,
  SP_SHORTLIST_RESTORE,
} SpShortlistAction;

/**
 * SpShortlistChange:
 * @action: what to do
 * @list: number of the list; of no meaning to %SP_SHORTLIST_CREATE and %SP_SHORTLIST_RESTORE
 * @id: (nullable): document id
 * @text: (nullable): a name, or why
 * @position: from 0 in the list without the entry, or %SP_SHORTLIST_END
 * @whole: (nullable): the list to restore
 *
 * One change to the shortlists.
 */
typedef struct
{
  SpShortlistAction  action;
  gint64             list;
  const char        *id;
  const char        *text;
  guint              position;
  const SpShortlist *whole;
} SpShortlistChange;

SpShortlistItem *sp_shortlist_item_new  (const char *id, const char *why);
void             sp_shortlist_item_free (SpShortlistItem *self);
SpShortlist     *sp_shortlist_new       (gint64 n, const char *name);
SpShortlist     *sp_shortlist_copy      (const SpShortlist *self);
void             sp_shortlist_free      (SpShortlist *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpShortlist, sp_shortlist_free)

GPtrArray       *sp_shortlists_list     (SpDb *db, GError **error);
SpShortlist     *sp_shortlists_get      (SpDb *db, gint64 n, gboolean with_assets, GError **error);
gboolean         sp_shortlists_change   (SpDb *db, const SpShortlistChange *change, SpShortlist **before,
                                         SpShortlist **after, GError **error);

G_END_DECLS
