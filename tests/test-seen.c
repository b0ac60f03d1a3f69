/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a long list has brought: each key by its own number, in little memory, also with no room on disk. */
#include "sp-error.h"
#include "sp-seen.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#define KEYS 200000
#define MOST_MEMORY (2 * 1024 * 1024) /* bytes; the table is some 3 MiB */

static void
number (guint i, char *key)
{
  g_snprintf (key, 32, "row %u", i);
}

static void
assert_value (SpSeen *seen, const char *key, guint expected)
{
  g_autoptr (GError) error = NULL;
  gboolean has = FALSE;
  guint value;

  g_assert_true (sp_seen_get (seen, key, &value, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (value, ==, expected);
  g_assert_true (sp_seen_has (key, &has, seen, &error));
  g_assert_true (has == (expected > 0));
}

static void
test_numbers (void)
{
  g_autoptr (SpSeen) seen = sp_seen_new ();
  g_autoptr (GError) error = NULL;

  assert_value (seen, "a", 0);
  g_assert_true (sp_seen_set (seen, "a", 1, &error));
  g_assert_true (sp_seen_set (seen, "", G_MAXUINT, &error));
  assert_value (seen, "a", 1);
  assert_value (seen, "", G_MAXUINT);
  assert_value (seen, "A", 0);
  g_assert_true (sp_seen_set (seen, "a", 7, &error));
  assert_value (seen, "a", 7);
  g_assert_true (sp_seen_clear (seen, &error));
  assert_value (seen, "a", 0);
  g_assert_no_error (error);
}

static void
test_nothing (void)
{
  g_autoptr (SpSeen) seen = sp_seen_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (sp_seen_clear (seen, &error));
  g_assert_no_error (error);
}

static void
test_many (void)
{
  g_autoptr (SpSeen) seen = sp_seen_new ();
  g_autoptr (GError) error = NULL;
  const gint64 before = sqlite3_memory_used ();
  char key[32];

  for (guint i = 0; i < KEYS; i++)
    {
      number (i, key);
      g_assert_true (sp_seen_set (seen, key, i + 1, &error));
    }
  g_assert_cmpint (sqlite3_memory_used (), >, before); /* it is counted */
  g_assert_cmpint (sqlite3_memory_used () - before, <, MOST_MEMORY);
  for (guint i = 0; i < KEYS; i += 97)
    {
      number (i, key);
      assert_value (seen, key, i + 1);
    }
  number (KEYS, key);
  assert_value (seen, key, 0);
}

/* A limit on files is what a full disk is. */
static void
test_no_room (void)
{
  g_autoptr (SpSeen) seen = sp_seen_new ();
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  char key[32];
  guint i = 0;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &(struct rlimit){ 0, before.rlim_max }), ==, 0);
  do
    number (i, key);
  while (sp_seen_set (seen, key, 1, &error) && ++i < KEYS);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpuint (i, <, KEYS);
  g_assert_error (error, SP_ERROR, SP_ERROR_DISK_FULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seen/numbers", test_numbers);
  g_test_add_func ("/seen/nothing", test_nothing);
  g_test_add_func ("/seen/many", test_many);
  g_test_add_func ("/seen/no-room", test_no_room);
  return g_test_run ();
}
