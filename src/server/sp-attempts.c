/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAttempts: whoever fails waits, per account and per address, longer each time; a right password forgives. Who has to wait
 * cannot try the same account from the same address again meanwhile: else a hundred guesses would wait side by side.
 *
 * Belongs to the main loop. */
#include "sp-attempts.h"

#define MAX_DELAY_MS 8000
#define MOST_NOTED 10000 /* names and addresses; then noting starts anew */
#define MOST_WAITING 256
#define MOST_WAITING_EACH 4 /* from one address: an office behind one, not a list of accounts to try */

struct _SpAttempts
{
  GHashTable *accounts;  /* name → failures */
  GHashTable *addresses; /* address → failures */
  GHashTable *pairs;     /* address and name → attempts under way */
  GHashTable *waiting;   /* address → attempts under way that have to wait, or had to */
  GHashTable *late;      /* address and name: those */
  guint       n_waiting;
};

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * sp_attempts_new:
 *
 * Returns: (transfer full): no attempts
 */
SpAttempts *
sp_attempts_new (void)
{
  SpAttempts *self = g_new0 (SpAttempts, 1);

  self->accounts = make_table ();
  self->addresses = make_table ();
  self->pairs = make_table ();
  self->waiting = make_table ();
  self->late = make_table ();
  return self;
}

/**
 * sp_attempts_free:
 * @self: (transfer full): attempts
 */
void
sp_attempts_free (SpAttempts *self)
{
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->addresses);
  g_hash_table_unref (self->pairs);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->late);
  g_free (self);
}

static guint
get_count (GHashTable *table, const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (table, key));
}

static void
add_count (GHashTable *table, const char *key, int change)
{
  const guint n = get_count (table, key) + (guint) change;

  if (n > 0)
    g_hash_table_replace (table, g_strdup (key), GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (table, key);
}

/* An address comes from a header of HTTP, which has no line ends. */
static char *
make_pair (const char *name, const char *address)
{
  return g_strconcat (address, "\n", name, NULL);
}

/* Two failures are free; then half a second, doubled each time. */
static guint
get_delay (guint failures)
{
  return failures < 3 ? 0 : MIN (500u << MIN (failures - 3, 5), MAX_DELAY_MS);
}

/**
 * sp_attempts_begin:
 * @self: attempts
 * @name: who somebody says to be
 * @address: where from
 * @delay_ms: (out): how long to wait before the password is checked
 *
 * What is under way counts as if it had failed: nobody gains by trying many at once.
 *
 * Returns: whether it may be tried; then sp_attempts_end() follows
 */
gboolean
sp_attempts_begin (SpAttempts *self, const char *name, const char *address, guint *delay_ms)
{
  g_autofree char *pair = make_pair (name, address);
  const guint under_way = get_count (self->pairs, pair);
  const guint failures = MAX (get_count (self->accounts, name), get_count (self->addresses, address));
  const guint delay = get_delay (failures + under_way);

  if (delay > 0)
    {
      if (under_way > 0 || self->n_waiting >= MOST_WAITING || get_count (self->waiting, address) >= MOST_WAITING_EACH)
        return FALSE;
      self->n_waiting++;
      add_count (self->waiting, address, 1);
      g_hash_table_add (self->late, g_strdup (pair));
    }
  add_count (self->pairs, pair, 1);
  *delay_ms = delay;
  return TRUE;
}

static void
note_failure (GHashTable *table, const char *key)
{
  if (g_hash_table_size (table) >= MOST_NOTED)
    g_hash_table_remove_all (table);
  if (get_count (table, key) < 16)
    add_count (table, key, 1);
}

/**
 * sp_attempts_end:
 * @self: attempts
 * @name: who somebody said to be
 * @address: where from
 * @end: how it ended
 */
void
sp_attempts_end (SpAttempts *self, const char *name, const char *address, SpAttemptEnd end)
{
  g_autofree char *pair = make_pair (name, address);

  add_count (self->pairs, pair, -1);
  if (g_hash_table_remove (self->late, pair))
    {
      self->n_waiting--;
      add_count (self->waiting, address, -1);
    }
  if (end == SP_ATTEMPT_RIGHT)
    {
      g_hash_table_remove (self->accounts, name);
      g_hash_table_remove (self->addresses, address);
    }
  else if (end == SP_ATTEMPT_WRONG)
    {
      note_failure (self->accounts, name);
      note_failure (self->addresses, address);
    }
}
