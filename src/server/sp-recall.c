/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpRecall: who was let in before. An entry lasts for some time after its last use, and only as long as the account has the
 * password that it had. An account has so many entries, and all together too: the one that was used longest ago goes, of
 * that account if it has too many, so that nobody can push others out by logging in again and again.
 *
 * Belongs to the main loop. */
#include "sp-recall.h"

#include <string.h>

#define MOST 10000     /* entries */
#define MOST_EACH 256  /* of one account: devices that share it */
#define DUE_PART 10    /* of its life, after which whoever holds an entry is told that it lasts longer */

struct _SpRecall
{
  GHashTable *entries; /* key → Entry */
  gint64      life;    /* microseconds */
};

typedef struct
{
  char  *name;
  char  *hash;
  gint64 until; /* monotonic time */
  gint64 told;  /* monotonic time: when its holder was told that it lasts */
} Entry;

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry->hash);
  g_free (entry);
}

/**
 * sp_recall_new:
 * @life_s: how long an entry lasts after its last use, in seconds
 *
 * Returns: (transfer full): nobody
 */
SpRecall *
sp_recall_new (guint life_s)
{
  SpRecall *self = g_new (SpRecall, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_entry);
  self->life = life_s * G_TIME_SPAN_SECOND;
  return self;
}

/**
 * sp_recall_free:
 * @self: (transfer full): what is remembered
 */
void
sp_recall_free (SpRecall *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/* The key of the entry that was used longest ago; @count: how many there are. @name: (nullable): of this account only */
static const char *
find_oldest (SpRecall *self, const char *name, guint *count)
{
  const char *oldest = NULL;
  gint64 least = G_MAXINT64;
  GHashTableIter iter;
  gpointer key, value;

  *count = 0;
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Entry *entry = value;

      if (name != NULL && strcmp (entry->name, name) != 0)
        continue;
      ++*count;
      if (entry->until < least)
        {
          least = entry->until;
          oldest = key;
        }
    }
  return oldest;
}

static void
make_room (SpRecall *self, const char *name)
{
  guint count;
  const char *oldest = find_oldest (self, name, &count);

  if (count < MOST_EACH)
    oldest = g_hash_table_size (self->entries) >= MOST ? find_oldest (self, NULL, &count) : NULL;
  if (oldest != NULL)
    g_hash_table_remove (self->entries, oldest);
}

/**
 * sp_recall_add:
 * @self: what is remembered
 * @accounts: the accounts as they are now
 * @key: what will be shown again
 * @name: an account whose password was right
 */
void
sp_recall_add (SpRecall *self, SpAccounts *accounts, const char *key, const char *name)
{
  Entry *entry = g_new0 (Entry, 1);

  g_hash_table_remove (self->entries, key);
  make_room (self, name);
  entry->name = g_strdup (name);
  entry->hash = sp_accounts_get_password (accounts, name);
  entry->told = g_get_monotonic_time ();
  entry->until = entry->told + self->life;
  g_hash_table_replace (self->entries, g_strdup (key), entry);
}

static gboolean
is_good (const Entry *entry, SpAccounts *accounts)
{
  g_autofree char *hash = sp_accounts_get_password (accounts, entry->name);

  return entry->until > g_get_monotonic_time () && g_strcmp0 (hash, entry->hash) == 0;
}

static Entry *
find (SpRecall *self, SpAccounts *accounts, const char *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return NULL;
  if (is_good (entry, accounts))
    {
      entry->until = g_get_monotonic_time () + self->life;
      return entry;
    }
  g_hash_table_remove (self->entries, key);
  return NULL;
}

/**
 * sp_recall_find:
 * @self: what is remembered
 * @accounts: the accounts as they are now
 * @key: what is shown
 *
 * An entry that is found lasts on from now.
 *
 * Returns: (transfer none) (nullable): whose it is
 */
const char *
sp_recall_find (SpRecall *self, SpAccounts *accounts, const char *key)
{
  const Entry *entry = find (self, accounts, key);

  return entry != NULL ? entry->name : NULL;
}

/**
 * sp_recall_is_due:
 * @self: what is remembered
 * @accounts: the accounts as they are now
 * @key: what is shown
 *
 * Whoever holds an entry does not see that it lasts longer. It is told now and then, not each time.
 *
 * Returns: whether to tell it; the caller does so
 */
gboolean
sp_recall_is_due (SpRecall *self, SpAccounts *accounts, const char *key)
{
  const gint64 now = g_get_monotonic_time ();
  Entry *entry = find (self, accounts, key);

  if (entry == NULL || now - entry->told < self->life / DUE_PART)
    return FALSE;
  entry->told = now;
  return TRUE;
}

/**
 * sp_recall_remove:
 * @self: what is remembered
 * @key: what shall be forgotten
 */
void
sp_recall_remove (SpRecall *self, const char *key)
{
  g_hash_table_remove (self->entries, key);
}
