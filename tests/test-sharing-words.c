/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a store is shared, in words: true, short, and each state with a shape of its own; and which addresses are taken. */
#include "sp-sharing-words.h"

#include <string.h>

#define NOW 1795341600 /* 22 November 2026, 10:00 */
#define MINUTE 60

static void
test_short (void)
{
  g_autoptr (GError) login = g_error_new (SP_ERROR, SP_ERROR_LOGIN, "x");
  g_autoptr (GError) untrusted = g_error_new (SP_ERROR, SP_ERROR_UNTRUSTED, "x");
  const struct { SpSharingLook look; const char *words; const char *icon; } cases[] = {
    { { .state = SP_SYNC_SYNCED, .last_synced = NOW - 5 }, "Synced just now", "done" },
    { { .state = SP_SYNC_SYNCED, .last_synced = NOW - MINUTE }, "Synced 1 minute ago", "done" },
    { { .state = SP_SYNC_SYNCED, .last_synced = NOW - 2 * MINUTE }, "Synced 2 minutes ago", "done" },
    { { .state = SP_SYNC_SYNCED, .last_synced = NOW - 90 * MINUTE }, "Synced 08:30", "done" },
    { { .state = SP_SYNC_SYNCED, .last_synced = NOW, .refused = 2 }, "2 entries refused", "refused" },
    { { .state = SP_SYNC_WAITING, .pending = 1 }, "1 change waiting", "waiting" },
    { { .state = SP_SYNC_WAITING, .pending = 3, .connected = TRUE }, "3 changes waiting", "waiting" },
    { { .state = SP_SYNC_WAITING, .connected = TRUE }, "Syncing…", "busy" },
    { { .state = SP_SYNC_WAITING }, "Connecting…", "busy" },
    { { .state = SP_SYNC_FIRST }, "Connecting…", "busy" },
    { { .state = SP_SYNC_FIRST, .connected = TRUE, .done = 30, .total = 400 }, "30 of 400", "busy" },
    { { .state = SP_SYNC_FIRST, .connected = TRUE, .done = 500, .total = 400 }, "400 of 400", "busy" },
    { { .state = SP_SYNC_OFFLINE, .offline_since = NOW - 46 * MINUTE }, "Offline since 09:14", "offline" },
    { { .state = SP_SYNC_OFFLINE, .offline_since = NOW - 2 * 1440 * MINUTE }, "Offline since 20 November", "offline" },
    { { .state = SP_SYNC_OFFLINE, .offline_since = NOW, .problem = login }, "Offline since 10:00", "offline" },
    { { .state = SP_SYNC_REFUSED, .problem = login }, "Wrong name or password", "refused" },
    { { .state = SP_SYNC_REFUSED, .problem = login, .nameless = TRUE }, "Name needed", "refused" },
    { { .state = SP_SYNC_REFUSED, .problem = untrusted }, "Certificate not trusted", "refused" },
    { { .state = SP_SYNC_IDLE }, "Sync stopped", "offline" },
    { { .wants_password = TRUE }, "Password needed", "refused" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SpSharingLook look = cases[i].look;
      g_autofree char *words = NULL;
      g_autofree char *icon = g_strdup_printf ("signpost-sync-%s-symbolic", cases[i].icon);

      look.now = NOW;
      words = sp_sharing_words_short (&look);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (sp_sharing_words_icon (&look), ==, icon);
    }
}

/* Whose name and password were taken before is not told that they are wrong while that is not certain. */
static void
test_denied (void)
{
  g_autoptr (GError) login = g_error_new (SP_ERROR, SP_ERROR_LOGIN, "x");
  SpSharingLook look = { .state = SP_SYNC_OFFLINE, .offline_since = NOW, .now = NOW, .problem = login };
  g_autofree char *at_first = sp_sharing_words_more (&look);
  g_autofree char *then = NULL;

  look.state = SP_SYNC_REFUSED;
  then = sp_sharing_words_more (&look);
  g_assert_cmpstr (at_first, ==, "The server took name and password before, but not just now. It is tried again.");
  g_assert_cmpstr (then, ==, "Name or password is wrong.");
}

/* Offline, one wants to know what waits and how old all is; nothing else may claim that others have it. */
static void
test_more (void)
{
  g_autoptr (GError) problem = g_error_new (SP_ERROR, SP_ERROR_NO_HOST, "x");
  const SpSharingLook offline = { .state = SP_SYNC_OFFLINE, .pending = 3, .last_synced = NOW - 90 * MINUTE,
                                  .offline_since = NOW - MINUTE, .now = NOW, .problem = problem };
  const SpSharingLook synced = { .state = SP_SYNC_SYNCED, .last_synced = NOW, .now = NOW };
  g_autofree char *words = sp_sharing_words_more (&offline);
  g_autofree char *calm = sp_sharing_words_more (&synced);

  g_assert_cmpstr (words, ==, "There is no server of that name, or no network.\nSynced 08:30\n3 changes waiting");
  g_assert_cmpstr (calm, ==, "Everybody who shares the list can see your changes.");
}

static void
test_problems (void)
{
  static const int codes[] = { SP_ERROR_NO_HOST, SP_ERROR_UNREACHABLE, SP_ERROR_UNTRUSTED, SP_ERROR_LOGIN, SP_ERROR_DENIED,
                               SP_ERROR_NOT_FOUND, SP_ERROR_FOREIGN, SP_ERROR_SERVER, SP_ERROR_DISK_FULL };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) problem = g_error_new (SP_ERROR, codes[i], "The words of error %u.", i);

      g_assert_true (g_hash_table_add (seen, g_strdup (sp_sharing_words_problem (problem))));
    }
}

static void
test_addresses (void)
{
  static const struct { const char *typed; const char *address; } cases[] = {
    { "https://signpost.example.org/maryport", "https://signpost.example.org/maryport/" },
    { " signpost.example.org/maryport/ ", "https://signpost.example.org/maryport/" },
    { "http://127.0.0.1:5985/town", "http://127.0.0.1:5985/town/" },
    { "http://localhost:5985/town", "http://localhost:5985/town/" },
    { "http://signpost.example.org/maryport", NULL },
    { "https://signpost.example.org/", NULL },
    { "https://ann:secret@signpost.example.org/maryport", NULL },
    { "ftp://signpost.example.org/maryport", NULL },
    { "", NULL },
    { "https://", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = sp_sharing_read_address (cases[i].typed, &error);

      g_assert_cmpstr (address, ==, cases[i].address);
      if (address == NULL)
        g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sharing-words/short", test_short);
  g_test_add_func ("/sharing-words/more", test_more);
  g_test_add_func ("/sharing-words/denied", test_denied);
  g_test_add_func ("/sharing-words/problems", test_problems);
  g_test_add_func ("/sharing-words/addresses", test_addresses);
  return g_test_run ();
}
