/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFeeds: who reads which database just now, for the day when they may no longer: a feed that stays open for weeks was
 * allowed only when it began.
 *
 * Belongs to the main loop. */
#include "sp-feeds.h"

#include <string.h>

struct _SpFeeds
{
  GQueue open;
};

struct _SpOpenFeed
{
  GList      link; /* of @feeds */
  SpFeeds   *feeds;
  char      *account;
  char      *hash; /* of the password that the account had when the feed began */
  char      *database;
  SpFeedEnd  end;
  gpointer   feed;
};

/**
 * sp_feeds_new:
 *
 * Returns: (transfer full): none
 */
SpFeeds *
sp_feeds_new (void)
{
  return g_rc_box_new0 (SpFeeds);
}

/**
 * sp_feeds_unref:
 * @self: (transfer full): feeds; those that are open keep it
 */
void
sp_feeds_unref (SpFeeds *self)
{
  g_rc_box_release (self);
}

/**
 * sp_feeds_add:
 * @self: feeds
 * @accounts: the accounts as they are now
 * @request: what opened it
 * @end: what ends it
 * @feed: for @end
 *
 * Returns: (transfer none): the feed among the others, until sp_feeds_remove()
 */
SpOpenFeed *
sp_feeds_add (SpFeeds *self, SpAccounts *accounts, const SpRequest *request, SpFeedEnd end, gpointer feed)
{
  SpOpenFeed *open = g_new0 (SpOpenFeed, 1);

  open->link.data = open;
  open->feeds = g_rc_box_acquire (self);
  open->account = g_strdup (request->account);
  open->hash = sp_accounts_get_password (accounts, request->account);
  open->database = g_strdup (request->database);
  open->end = end;
  open->feed = feed;
  g_queue_push_tail_link (&self->open, &open->link);
  return open;
}

/**
 * sp_feeds_remove:
 * @open: (transfer full): a feed that has ended
 */
void
sp_feeds_remove (SpOpenFeed *open)
{
  g_queue_unlink (&open->feeds->open, &open->link);
  sp_feeds_unref (open->feeds);
  g_free (open->account);
  g_free (open->hash);
  g_free (open->database);
  g_free (open);
}

static gboolean
may_read (const SpOpenFeed *open, SpAccounts *accounts)
{
  g_autofree char *hash = sp_accounts_get_password (accounts, open->account);

  return g_strcmp0 (hash, open->hash) == 0 && sp_accounts_get_role (accounts, open->account, open->database) >= SP_ROLE_VIEWER;
}

/* A feed that ends takes itself out: so they are listed first. */
static void
end_all (GPtrArray *ending)
{
  for (guint i = 0; i < ending->len; i++)
    {
      const SpOpenFeed *open = g_ptr_array_index (ending, i);

      open->end (open->feed);
    }
}

/**
 * sp_feeds_check:
 * @self: feeds
 * @accounts: the accounts as they are now
 *
 * Ends the feeds of those who may no longer read them, or whose password has changed.
 */
void
sp_feeds_check (SpFeeds *self, SpAccounts *accounts)
{
  g_autoptr (GPtrArray) ending = g_ptr_array_new ();

  for (GList *link = self->open.head; link != NULL; link = link->next)
    if (!may_read (link->data, accounts))
      g_ptr_array_add (ending, link->data);
  end_all (ending);
}

/**
 * sp_feeds_end_database:
 * @self: feeds
 * @database: one that goes
 *
 * Ends all feeds of it.
 */
void
sp_feeds_end_database (SpFeeds *self, const char *database)
{
  g_autoptr (GPtrArray) ending = g_ptr_array_new ();

  for (GList *link = self->open.head; link != NULL; link = link->next)
    if (strcmp (((SpOpenFeed *) link->data)->database, database) == 0)
      g_ptr_array_add (ending, link->data);
  end_all (ending);
}
