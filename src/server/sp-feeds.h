/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-accounts.h"
#include "sp-request.h"

G_BEGIN_DECLS

/**
 * SpFeeds:
 *
 * The feeds that are open, with who reads them.
 */
typedef struct _SpFeeds SpFeeds;

/**
 * SpOpenFeed:
 *
 * One of them.
 */
typedef struct _SpOpenFeed SpOpenFeed;

/**
 * SpFeedEnd:
 * @feed: what was given with it
 *
 * Ends a feed; it is taken out then, or later.
 */
typedef void (*SpFeedEnd) (gpointer feed);

SpFeeds    *sp_feeds_new          (void);
void        sp_feeds_unref        (SpFeeds *self);
SpOpenFeed *sp_feeds_add          (SpFeeds *self, SpAccounts *accounts, const SpRequest *request, SpFeedEnd end, gpointer feed);
void        sp_feeds_remove       (SpOpenFeed *open);
void        sp_feeds_check        (SpFeeds *self, SpAccounts *accounts);
void        sp_feeds_end_database (SpFeeds *self, const char *database);

G_END_DECLS
