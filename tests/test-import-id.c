/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sp-import-id.h"

#include <string.h>

/* RFC 9562, appendix A.4: DNS namespace, "www.example.com". */
static void
test_uuid5 (void)
{
  static const guint8 dns[16] = { 0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };
  g_autofree char *uuid = sp_import_id_uuid5 (dns, "www.example.com");

  g_assert_cmpstr (uuid, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

/* These must never change: every list would come in a second time. */
static void
test_stable (void)
{
  static const char * const names[] = { "Name", "Post code" };
  g_autofree char *feed = sp_import_id_feed_from_names (names, 2);
  g_autofree char *row = sp_import_id_row_from_words ("St. Mary’s Café", "CA15 6AA", NULL);
  g_autofree char *id = sp_import_id_for_row (feed, row);
  g_autofree char *item = sp_import_id_for_item (id, "contacts", 0);

  g_assert_cmpstr (feed, ==, "sha256:d1f5e623a29c05f0b7a67e33290819d00f651743b4d7e83a4dd871cc74a63d95");
  g_assert_cmpstr (row, ==, "st marys cafe | ca156aa");
  g_assert_cmpstr (id, ==, "asset:ed1040da-59da-5242-83a1-45a89164f37c");
  g_assert_cmpstr (item, ==, "c953285959b8");
}

static void
assert_feed (const char *url, const char *feed)
{
  g_autofree char *got = sp_import_id_feed_from_url (url);

  g_assert_cmpstr (got, ==, feed);
}

static void
test_feed_from_url (void)
{
  assert_feed ("https://example.org/lists/halls.csv?token=abc&page=2#top", "https://example.org/lists/halls.csv");
  assert_feed ("https://jo:secret@example.org/halls.csv", "https://example.org/halls.csv");
  assert_feed ("not a url?x", "not a url");
}

/* Order, case and punctuation of a header do not make another list, nor does how a map draws it. */
static void
test_feed_from_names (void)
{
  static const char * const one[] = { "Name", "Opening times", "Postcode" };
  static const char * const two[] = { "postcode", "opening_times", "NAME", "marker-color", "stroke-width" };
  static const char * const other[] = { "Name", "Opening times" };
  g_autofree char *a = sp_import_id_feed_from_names (one, 3);
  g_autofree char *b = sp_import_id_feed_from_names (two, 5);
  g_autofree char *c = sp_import_id_feed_from_names (other, 2);

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
}

static void
test_row_from_words (void)
{
  g_autofree char *a = sp_import_id_row_from_words ("Men's Shed", "ca15 6aa", "somewhere");
  g_autofree char *b = sp_import_id_row_from_words ("  MENS   SHED! ", "CA156AA", "elsewhere");
  g_autofree char *by_address = sp_import_id_row_from_words ("Men's Shed", NULL, "The Hall, Senhouse St.");

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (by_address, ==, "mens shed | the hall senhouse st");
}

/* An item's id must never read as a position in its list. */
static void
test_items_are_no_numbers (void)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = sp_import_id_for_item ("asset:x", "contacts", i);
      g_assert_cmpuint (strlen (id), ==, 12);
      g_assert_true (g_ascii_isalpha (id[0]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import-id/uuid5", test_uuid5);
  g_test_add_func ("/import-id/stable", test_stable);
  g_test_add_func ("/import-id/feed-from-url", test_feed_from_url);
  g_test_add_func ("/import-id/feed-from-names", test_feed_from_names);
  g_test_add_func ("/import-id/row-from-words", test_row_from_words);
  g_test_add_func ("/import-id/items-are-no-numbers", test_items_are_no_numbers);
  return g_test_run ();
}
