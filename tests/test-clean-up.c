/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is tidied up on the way in, what is left out, and that the original stays. */
#include "exchange-utils.h"

#include "sp-title-case.h"

static void
test_title_case (void)
{
  static const struct { const char *text, *written; } cases[] = {
    { "MEN'S SHED AT ST MARY'S", "Men's Shed at St Mary's" }, { "THE FRIENDS OF YMCA WIGTON", "The Friends of YMCA Wigton" },
    { "O'BRIEN AND MCDONALD HALL", "O'Brien and McDonald Hall" }, { "WORKINGTON U3A - CHESS/GO", "Workington U3A - Chess/Go" },
    { "TŶ GWYN", "Tŷ Gwyn" }, { "STOKE-ON-TRENT CIC (NHS)", "Stoke-on-Trent CIC (NHS)" }, { "1ST MARYPORT SCOUTS", "1st Maryport Scouts" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *written = sp_title_case_write (cases[i].text);
      g_assert_true (sp_title_case_is_capitals (cases[i].text));
      g_assert_cmpstr (written, ==, cases[i].written);
    }
  g_assert_false (sp_title_case_is_capitals ("YMCA"));
  g_assert_false (sp_title_case_is_capitals ("Men's SHED"));
  g_assert_false (sp_title_case_is_capitals ("12345 67890"));
}

/* It is offered, and done only where it was asked for; the row itself, and so the id, stays the same. */
static void
test_names_in_capitals (void)
{
  static const char text[] = "Name,Postcode\nWARM HUB,CA15 6AA\nChess,CA15 6AB\n";
  const SpReaderOptions options = { .title_case = TRUE };
  g_autoptr (GPtrArray) plain = read_text (text, -1, NULL), asked = read_text (text, -1, &options);

  g_assert_true (get_record (plain, 0)->in_capitals);
  g_assert_false (get_record (plain, 1)->in_capitals);
  g_assert_cmpstr (at (plain, 0, "name"), ==, "WARM HUB");
  g_assert_cmpstr (at (asked, 0, "name"), ==, "Warm Hub");
  g_assert_cmpstr (at (asked, 1, "name"), ==, "Chess");
  g_assert_cmpstr (at (asked, 0, "source.original.Name"), ==, "WARM HUB");
  g_assert_cmpstr (at (asked, 0, "_id"), ==, at (plain, 0, "_id"));
}

/* The letter O and the digit 0, a leading 0 that a spreadsheet took away, a web address without its scheme. */
static void
test_safe (void)
{
  g_autoptr (GPtrArray) r = read_text ("Name,Postcode,Phone,Website\nA,ca156aa,1632960101,example.org\nB,CAl5 OAA,O1632 960102,www.example.org/x\n"
                                       "C,SW1A OAA,(01632) 960103,https://example.org\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "address.postal_code"), ==, "CA15 6AA");
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632960101");
  g_assert_cmpstr (at (r, 0, "url"), ==, "http://example.org");
  g_assert_cmpstr (at (r, 1, "contacts.1.phone"), ==, "01632 960102");
  g_assert_cmpstr (at (r, 2, "address.postal_code"), ==, "SW1A 0AA");
  g_assert_cmpstr (at (r, 2, "source.original.Postcode"), ==, "SW1A OAA");
}

#define REGISTER "Charity name,Registered charity number,Trustee 1,Trustee 2,Secretary,Secretary email,Contact\n" \
                 "Hall,123,Jane Smith,John Ali,Ann Jones,a@example.org,Sam Poe\n"

static void
assert_nameless (GPtrArray *r, gboolean nameless)
{
  g_autofree char *json = sp_node_to_json (get_asset (r, 0));
  static const char * const people[] = { "Jane Smith", "John Ali", "Ann Jones", "Sam Poe" };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    g_assert_true ((strstr (json, people[i]) == NULL) == nameless);
  g_assert_nonnull (strstr (json, "a@example.org"));
}

/* A register of trustees is read without their names, unless somebody wants them; other lists the other way round. */
static void
test_people (void)
{
  static const char list[] = "Name,Chair,Phone\nHall,Jane Smith,01632 960101\n";
  const SpReaderOptions keep = { .names = SP_NAMES_KEEP }, leave = { .names = SP_NAMES_LEAVE };
  g_autoptr (GPtrArray) usual = read_text (REGISTER, -1, NULL), kept = read_text (REGISTER, -1, &keep), left = read_text (list, -1, &leave);
  g_autoptr (GPtrArray) plain = read_text (list, -1, NULL);

  assert_nameless (usual, TRUE);
  assert_nameless (kept, FALSE);
  g_assert_null (at (left, 0, "source.original.Chair"));
  g_assert_cmpstr (at (plain, 0, "source.original.Chair"), ==, "Jane Smith");
  g_assert_cmpstr (at (left, 0, "contacts.1.phone"), ==, "01632 960101");
}

/* The same in GeoJSON, where columns come up as one reads on. */
static void
test_people_in_features (void)
{
  g_autoptr (GString) text = g_string_new ("{\"type\":\"FeatureCollection\",\"features\":[");
  const SpReaderOptions leave = { .names = SP_NAMES_LEAVE };
  g_autoptr (GPtrArray) r = NULL;

  for (guint i = 0; i < 150; i++)
    g_string_append_printf (text, "%s{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"name\":\"n%u\"%s}}", i > 0 ? "," : "", i,
                            i == 149 ? ",\"trustee\":\"Jane Smith\"" : "");
  g_string_append (text, "]}");
  r = read_text (text->str, -1, &leave);
  g_assert_null (at (r, 149, "source.original.trustee"));
  g_assert_cmpstr (at (r, 149, "name"), ==, "n149");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/clean-up/title-case", test_title_case);
  g_test_add_func ("/clean-up/names-in-capitals", test_names_in_capitals);
  g_test_add_func ("/clean-up/safe", test_safe);
  g_test_add_func ("/clean-up/people", test_people);
  g_test_add_func ("/clean-up/people-in-features", test_people_in_features);
  return g_test_run ();
}
