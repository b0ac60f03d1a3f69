/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards: taken apart by the rules of RFC 6350, with its folds and escapes undone, they say what the entry says. */
#include "exchange-utils.h"

static const char json[] =
  "{\"_id\":\"asset:3d80850a-35d8-4bcd-8893-6b0e08f72fd7\",\"type\":\"asset\",\"kind\":\"place\",\"name\":\"Hall; the \\\"big, old\\\" one\\nEND:VCARD\","
  "\"summary\":\"Tŷ Gwyn 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀\",\"categories\":[\"warm-space\",\"x,y\"],"
  "\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947},\"address\":{\"line_1\":\"1, High Street\",\"city\":\"Maryport\",\"postal_code\":\"CA15 6AA\"},"
  "\"contacts\":[{\"id\":\"c1\",\"title\":\"Bookings\",\"name\":\"Sam\",\"phone\":\"01632 960101\"},{\"id\":\"c2\",\"email\":\"a@example.org\"}],"
  "\"url\":\"javascript:alert(1)\",\"modified\":{\"on\":\"2026-11-22T10:00:00Z\"}}";

/* The lines of a card, unfolded. */
static char **
read_lines (const char *text)
{
  g_autoptr (GString) all = g_string_new (text);

  g_string_replace (all, "\r\n ", "", 0);
  return g_strsplit (all->str, "\r\n", -1);
}

static const char *
find_line (char **lines, const char *name)
{
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], name))
      return lines[i] + strlen (name);
  return NULL;
}

static char *
write_cards (const char * const *texts, guint n)
{
  g_autoptr (GPtrArray) assets = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_node_unref);
  g_autofree char *text = NULL;
  gsize length;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (assets, sp_node_parse (texts[i], -1, NULL));
  text = write_all ("vcard", (const SpNode * const *) assets->pdata, n, NULL, &length);
  return g_strndup (text, length);
}

static void
test_card (void)
{
  const char * const texts[] = { json };
  g_autofree char *text = write_cards (texts, 1);
  g_auto (GStrv) lines = read_lines (text), folded = g_strsplit (text, "\r\n", -1);

  for (guint i = 0; folded[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (folded[i]), <=, 75);
      g_assert_true (g_utf8_validate (folded[i], -1, NULL));
    }
  g_assert_cmpstr (lines[0], ==, "BEGIN:VCARD");
  g_assert_cmpstr (lines[1], ==, "VERSION:4.0"); /* right after it, says 6.7.9 */
  g_assert_cmpstr (find_line (lines, "KIND:"), ==, "location");
  g_assert_cmpstr (find_line (lines, "UID:"), ==, "urn:uuid:3d80850a-35d8-4bcd-8893-6b0e08f72fd7");
  g_assert_cmpstr (find_line (lines, "FN:"), ==, "Hall\\; the \"big\\, old\" one\\nEND:VCARD");
  g_assert_cmpstr (find_line (lines, "ADR;TYPE=work:"), ==, ";;1\\, High Street;Maryport;;CA15 6AA;");
  g_assert_cmpstr (find_line (lines, "GEO:"), ==, "geo:54.7143,-3.4947");
  g_assert_cmpstr (find_line (lines, "c1.TEL;VALUE=text;TYPE=\"work,voice\":"), ==, "01632 960101");
  g_assert_cmpstr (find_line (lines, "c1.X-ABLabel:"), ==, "Bookings");
  g_assert_cmpstr (find_line (lines, "c2.EMAIL;TYPE=work:"), ==, "a@example.org");
  g_assert_cmpstr (find_line (lines, "CATEGORIES:"), ==, "Warm space,x\\,y");
  g_assert_cmpstr (find_line (lines, "REV:"), ==, "20261122T100000Z");
  g_assert_null (find_line (lines, "URL:")); /* nothing that would run */
  g_assert_nonnull (strstr (find_line (lines, "NOTE:"), "Tŷ Gwyn 😀"));
}

static void
test_cards (void)
{
  const char * const texts[] = { "{\"_id\":\"asset:x\"}", json, "{\"_id\":\"asset:y\",\"name\":\"Inn\",\"url\":\"https://example.org/é\"}" };
  g_autofree char *text = write_cards (texts, 3);
  g_auto (GStrv) lines = read_lines (text);
  guint begun = 0, ended = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      begun += strcmp (lines[i], "BEGIN:VCARD") == 0;
      ended += strcmp (lines[i], "END:VCARD") == 0;
      g_assert_cmpuint (begun - ended, <=, 1);
    }
  g_assert_cmpuint (begun, ==, 3);
  g_assert_cmpuint (ended, ==, 3);
  g_assert_cmpstr (find_line (lines, "FN:"), ==, "?");
  g_assert_cmpstr (find_line (lines, "URL:"), ==, "https://example.org/%C3%A9");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/vcard/card", test_card);
  g_test_add_func ("/vcard/cards", test_cards);
  return g_test_run ();
}
