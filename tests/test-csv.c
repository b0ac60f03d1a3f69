/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists as CSV: dialects, encodings, what rows become, and what bad files get. The fixtures are invented, in the shape of
 * lists that are published. */
#include "exchange-utils.h"
#include "sp-disclosure.h"

static GPtrArray *
read_fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "csv", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = sp_reader_open (file, NULL, NULL, &error);
  GPtrArray *records;

  g_assert_no_error (error);
  records = drain (reader);
  g_assert_cmpfloat (sp_reader_get_progress (reader), ==, 1.0);
  return records;
}

static void
test_published_list (void)
{
  g_autoptr (GPtrArray) r = read_fixture ("food-banks.csv");

  g_assert_cmpuint (r->len, ==, 4);
  g_assert_cmpuint (get_record (r, 0)->row, ==, 2);
  g_assert_cmpuint (get_record (r, 3)->row, ==, 5); /* rows, not lines of text */
  g_assert_cmpstr (at (r, 0, "name"), ==, "Harbour Pantry");
  g_assert_cmpstr (at (r, 0, "kind"), ==, "service");
  g_assert_cmpstr (at (r, 0, "categories.1"), ==, "food-bank"); /* from the name of the file */
  g_assert_cmpstr (at (r, 0, "address.line_1"), ==, "The Lodge, Quay Lane");
  g_assert_cmpstr (at (r, 0, "address.city"), ==, "Maryport");
  g_assert_cmpstr (at (r, 0, "address.postal_code"), ==, "CA15 6AA");
  g_assert_null (at (r, 0, "referral.detail"));
  g_assert_cmpstr (at (r, 0, "source.original.Area code"), ==, "E08000099");
  g_assert_cmpstr (at (r, 0, "source.original.Name"), ==, "Harbour Pantry ");
  g_assert_cmpstr (at (r, 1, "address.line_1"), ==, "Mission Hall, 12 Senhouse Street");
  g_assert_cmpstr (at (r, 1, "referral.how"), ==, "self");
  g_assert_null (at (r, 1, "schedule_words"));
  g_assert_cmpstr (at (r, 1, "contacts.1.phone"), ==, "01632 960 101");
  g_assert_cmpstr (at (r, 1, "contacts.2.phone"), ==, "01632960102");
  g_assert_cmpstr (at (r, 1, "url"), ==, "http://www.table.example.org");
  g_assert_cmpstr (at (r, 2, "address.postal_code"), ==, "CA15 0AB"); /* a letter O for a digit 0 */
  g_assert_cmpstr (at (r, 2, "schedule_words"), ==, "Mon - Fri\n10 - 12");
  g_assert_cmpstr (at (r, 2, "referral.detail"), ==, "Vouchers; \"blue\" ones");
  g_assert_cmpstr (at (r, 2, "contacts.1.email"), ==, "larder@example.org");
  g_assert_cmpstr (at (r, 2, "contacts.1.phone"), ==, "01632 960103");
  g_assert_null (sp_node_get (get_asset (r, 3), "contacts"));
  g_assert_null (sp_node_get (get_asset (r, 0), "checked")); /* importing is not checking */
}

static void
test_ids (void)
{
  g_autoptr (GPtrArray) one = read_fixture ("food-banks.csv");
  g_autoptr (GPtrArray) two = read_fixture ("food-banks.csv");
  g_autoptr (GPtrArray) given = read_text ("ref,name\n7,A\n7,B\n8,A\n", -1, NULL);
  SpReaderOptions options = { .url = "https://example.org/x.csv?key=1" };
  g_autoptr (GPtrArray) fetched = read_text ("name\nA\n", -1, &options);

  for (guint i = 0; i < one->len; i++)
    g_assert_cmpstr (at (one, i, "_id"), ==, at (two, i, "_id"));
  g_assert_cmpstr (at (one, 0, "_id"), !=, at (one, 3, "_id"));
  g_assert_cmpstr (at (one, 3, "source.row"), ==, "harbour pantry | ca156aa#2");
  g_assert_cmpstr (at (given, 0, "source.row"), ==, "7");
  g_assert_cmpstr (at (given, 1, "source.row"), ==, "7#2");
  g_assert_cmpstr (at (given, 2, "source.row"), ==, "8");
  g_assert_cmpstr (at (fetched, 0, "source.feed"), ==, "https://example.org/x.csv");
}

static void
test_windows_1252 (void)
{
  g_autoptr (GPtrArray) r = read_fixture ("windows-1252.csv");

  g_assert_cmpuint (r->len, ==, 2);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Café “Y Bwthyn”");
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632960104");
  g_assert_cmpstr (lexeme_at (r, 0, "location.latitude"), ==, "54.7143");
  g_assert_cmpstr (lexeme_at (r, 0, "location.longitude"), ==, "-3.4947");
  g_assert_cmpstr (lexeme_at (r, 0, "costs.1.amount"), ==, "2.50");
  g_assert_cmpstr (at (r, 0, "costs.1.currency"), ==, "GBP");
  g_assert_true (sp_node_get_flag (get_asset (r, 1), "free", FALSE));
  g_assert_null (sp_node_get (get_asset (r, 1), "location"));
  g_assert_nonnull (strstr (problem_at (r, 1), "not a position"));
}

static void
test_bom_tab_cr (void)
{
  g_autoptr (GPtrArray) r = read_fixture ("bom-tab-cr.csv");

  g_assert_cmpuint (r->len, ==, 2);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Shed");
  g_assert_cmpfloat_with_epsilon (sp_node_get_double (sp_node_get_path (get_asset (r, 0), "location.latitude")), 54.7145, 0.005);
  g_assert_cmpfloat_with_epsilon (sp_node_get_double (sp_node_get_path (get_asset (r, 0), "location.longitude")), -3.4955, 0.005);
  g_assert_cmpstr (lexeme_at (r, 1, "location.latitude"), ==, "54.7"); /* degrees under the words of the grid, the wrong way round */
}

static void
test_mixed_encodings (void)
{
  g_autoptr (GPtrArray) r = read_fixture ("mixed.csv");

  g_assert_cmpstr (at (r, 0, "name"), ==, "Yn Tŷ Gwyn");
  g_assert_cmpstr (at (r, 0, "source.original.Notes"), ==, "utf-8 – here");
  g_assert_cmpstr (at (r, 1, "name"), ==, "Café");
  g_assert_cmpstr (at (r, 1, "source.original.Notes"), ==, "and – not here \uFFFD");
  g_assert_nonnull (strstr (problem_at (r, 1), "could not be read"));
}

static void
test_utf16 (void)
{
  gsize length;
  g_autofree char *little = g_convert ("\uFEFFName\tTown\nTŷ\tBarrow\n", -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  g_autoptr (GPtrArray) r = read_text (little, (gssize) length, NULL);

  g_assert_cmpuint (r->len, ==, 1);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Tŷ");
  g_assert_cmpstr (at (r, 0, "address.city"), ==, "Barrow");
}

/* In both orders of bytes, with a mark and without. */
static void
test_utf16_orders (void)
{
  static const char * const encodings[] = { "UTF-16LE", "UTF-16BE" };

  for (guint i = 0; i < 4; i++)
    {
      gsize length;
      g_autofree char *bytes = g_convert (i % 2 ? "\uFEFFName,Town,Note\r\nTŷ Gwyn,Barrow,\"a, b\"\r\n" : "Name,Town,Note\r\nTŷ Gwyn,Barrow,\"a, b\"\r\n",
                                          -1, encodings[i / 2], "UTF-8", NULL, &length, NULL);
      g_autoptr (GPtrArray) r = read_text (bytes, (gssize) length, NULL);

      g_assert_cmpuint (r->len, ==, 1);
      g_assert_cmpstr (at (r, 0, "name"), ==, "Tŷ Gwyn");
      g_assert_cmpstr (at (r, 0, "source.original.Note"), ==, "a, b");
    }
}

static void
test_delimiters (void)
{
  static const char delimiters[] = ",;\t|^~:#!*%$&\x1F";

  for (const char *d = delimiters; *d != '\0'; d++)
    {
      g_autofree char *text = g_strdup_printf ("Name%1$cTown%1$cPhone\nHall%1$cMaryport%1$c01632 960101\nInn%1$cWigton%1$c01632 960102\n", *d);
      g_autoptr (GPtrArray) r = read_text (text, -1, NULL);

      g_assert_cmpuint (r->len, ==, 2);
      g_assert_cmpstr (at (r, 1, "name"), ==, "Inn");
      g_assert_cmpstr (at (r, 1, "address.city"), ==, "Wigton");
      g_assert_cmpstr (at (r, 1, "contacts.1.phone"), ==, "01632 960102");
    }
}

/* What only looks like a delimiter is none. */
static void
test_no_delimiter (void)
{
  g_autoptr (GPtrArray) r = read_text ("Name\nHall: the big one\nInn: the old one\n", -1, NULL);
  g_autoptr (GPtrArray) uneven = read_text ("Name;Notes\nHall;a, b, c\nInn;d, e, f\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "name"), ==, "Hall: the big one");
  g_assert_cmpstr (at (uneven, 1, "name"), ==, "Inn");
}

static void
test_title_above (void)
{
  g_autoptr (GPtrArray) r = read_text ("Directory of our town;;\nas of November 2026;;\n;;\nName;Postcode;Phone\nHall;CA15 6AA;01632 960101\n", -1, NULL);
  g_autoptr (GPtrArray) bare = read_text ("Directory of our town\n\nName\tPostcode\nHall\tCA15 6AA\nInn\tCA15 6AB\n", -1, NULL);

  g_assert_cmpuint (r->len, ==, 1);
  g_assert_cmpuint (get_record (r, 0)->row, ==, 5);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Hall");
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960101");
  g_assert_cmpuint (bare->len, ==, 2);
  g_assert_cmpstr (at (bare, 1, "address.postal_code"), ==, "CA15 6AB");
}

/* No header at all: what stands in the columns tells what they are. */
static void
test_no_header (void)
{
  g_autoptr (GPtrArray) r = read_text (
    "1,Harbour Hall,\"2 High Street, Maryport\",CA15 6AA,01632 960101,hall@example.org,www.example.org,Tues 10am - 12pm,54.7143,-3.4947\n"
    "2,Men's Shed,\"Unit 3, Dock Road, Maryport\",CA15 6AB,01632 960102,shed@example.org,https://example.org/shed,Mon & Wed 2-4pm,54.7150,-3.4950\n"
    "3,Chess,,,,,,,,\n", -1, NULL);
  g_autoptr (GPtrArray) grid = read_text ("List of halls,,\nHall,303700,536600\nInn,303800,536700\n", -1, NULL);
  g_autoptr (GPtrArray) pair = read_text ("Hall|54.7143 -3.4947\nInn|54.7150 -3.4950\n", -1, NULL);

  g_assert_cmpuint (r->len, ==, 3);
  g_assert_cmpuint (get_record (r, 0)->row, ==, 1);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Harbour Hall");
  g_assert_cmpstr (at (r, 0, "address.line_1"), ==, "2 High Street, Maryport");
  g_assert_cmpstr (at (r, 0, "address.postal_code"), ==, "CA15 6AA");
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960101");
  g_assert_cmpstr (at (r, 0, "contacts.1.email"), ==, "hall@example.org");
  g_assert_cmpstr (at (r, 1, "url"), ==, "https://example.org/shed");
  g_assert_cmpstr (at (r, 0, "schedules.1.byday"), ==, "TU");
  g_assert_cmpstr (lexeme_at (r, 0, "location.latitude"), ==, "54.7143");
  g_assert_cmpstr (at (r, 2, "name"), ==, "Chess");
  g_assert_cmpuint (grid->len, ==, 2);
  g_assert_cmpstr (at (pair, 0, "name"), ==, "Hall");
  g_assert_cmpstr (lexeme_at (pair, 1, "location.longitude"), ==, "-3.495");
}

/* Headers that say nothing known, above content that can be nothing else. */
static void
test_content (void)
{
  g_autoptr (GPtrArray) r = read_text ("Name,Ring,Fax machine,Write,See,PC (new)\n"
                                       "Hall,01632 960101,01632 960901,hall@example.org,example.org,ca156aa\n"
                                       "Inn,1632960102,01632 960902,inn@example.org,example.org/inn,CA15 6AB\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960101");
  g_assert_cmpstr (at (r, 0, "contacts.1.email"), ==, "hall@example.org");
  g_assert_cmpstr (at (r, 0, "url"), ==, "http://example.org");
  g_assert_cmpstr (at (r, 0, "address.postal_code"), ==, "CA15 6AA");
  g_assert_cmpstr (at (r, 1, "contacts.1.phone"), ==, "01632960102");
  g_assert_cmpstr (at (r, 1, "source.original.Ring"), ==, "1632960102");
  g_assert_null (sp_node_get_path (get_asset (r, 0), "contacts.2"));
}

static void
test_repeated_names (void)
{
  g_autoptr (GPtrArray) r = read_text ("Name,Phone,Phone,,,Notes,Notes\nHall,01632 960101,01632 960102,x,y,a,b\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960101");
  g_assert_cmpstr (at (r, 0, "contacts.2.phone"), ==, "01632 960102");
  g_assert_cmpstr (at (r, 0, "source.original.Column 4"), ==, "x");
  g_assert_cmpstr (at (r, 0, "source.original.Column 5"), ==, "y");
  g_assert_cmpstr (at (r, 0, "source.original.Notes (2)"), ==, "b");
}

/* Descriptions that come from a web page. */
static void
test_html (void)
{
  g_autoptr (GPtrArray) r = read_text ("Name,Description\nHall &amp; Inn,\"<p>Hot <b>meals</b> &amp; tea<br>every day</p><script>alert(1)</script>\"\n"
                                       "<18s welcome,&lt;b&gt; is bold; a < b\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "name"), ==, "Hall & Inn");
  g_assert_cmpstr (at (r, 0, "description"), ==, "Hot meals & tea\nevery day");
  g_assert_nonnull (strstr (at (r, 0, "source.original.Description"), "<script>"));
  g_assert_cmpstr (at (r, 1, "name"), ==, "<18s welcome");
  g_assert_cmpstr (at (r, 1, "description"), ==, "<b> is bold; a < b");
}

static void
test_coordinates (void)
{
  g_autoptr (GPtrArray) r = read_text ("name;coordinates\na;54.7143, -3.4947\nb;(-3.4947, 54.7143)\nc;[54.7143 -3.4947]\nd;NY 037 366\ne;here\n", -1, NULL);
  g_autoptr (GPtrArray) swapped = read_text ("name,lat,lng\na,-3.4947,54.7143\n", -1, NULL);
  g_autoptr (GPtrArray) xy = read_text ("name,x,y\na,303700,536600\nb,-3.4947,54.7143\nc,x,1\n", -1, NULL);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpstr (lexeme_at (r, i, "location.latitude"), ==, "54.7143");
      g_assert_cmpstr (lexeme_at (r, i, "location.longitude"), ==, "-3.4947");
    }
  g_assert_cmpfloat_with_epsilon (sp_node_get_double (sp_node_get_path (get_asset (r, 3), "location.latitude")), 54.7145, 0.005);
  g_assert_nonnull (problem_at (r, 4));
  g_assert_cmpstr (lexeme_at (swapped, 0, "location.latitude"), ==, "54.7143");
  g_assert_nonnull (strstr (problem_at (swapped, 0), "exchanged"));
  g_assert_cmpfloat_with_epsilon (sp_node_get_double (sp_node_get_path (get_asset (xy, 0), "location.longitude")), -3.4955, 0.005);
  g_assert_cmpstr (lexeme_at (xy, 1, "location.longitude"), ==, "-3.4947");
  g_assert_nonnull (strstr (problem_at (xy, 2), "not a coordinate"));
}

static void
test_many_columns (void)
{
  g_autoptr (GPtrArray) r = read_text (
    "Service name,Organisation,Venue,Address 1,Address 2,Town,Post Code,Category,About,Eligibility,Min age,Max age,Kitchen,Capacity,"
    "Languages,Wheelchair access,Mon,Thu,Cost,Status,Last checked,Contact name,Phone,Email\n"
    "Lunch,Age Well,St Mary's Hall,1 High St,Netherton,Maryport,ca15 6aa,Lunch clubs; Quizzing,\"Hot &amp; cheap\",Over 55s,55,ninety,Yes,80,"
    "English / Welsh / Klingon,Y,10-12,2-4,£3 a meal,Open,01/10/2026,Jo Bloggs,01632 960 111,lunch@example.org\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "name"), ==, "Lunch");
  g_assert_cmpstr (at (r, 0, "kind"), ==, "place");
  g_assert_cmpstr (at (r, 0, "categories.1"), ==, "lunch-club");
  g_assert_cmpstr (at (r, 0, "description"), ==, "Hot & cheap\n\nRun by Age Well.\n\nListed under: Quizzing.");
  g_assert_cmpstr (at (r, 0, "address.line_1"), ==, "St Mary's Hall");
  g_assert_cmpstr (at (r, 0, "address.line_2"), ==, "1 High St, Netherton");
  g_assert_cmpstr (at (r, 0, "address.city"), ==, "Maryport");
  g_assert_cmpstr (lexeme_at (r, 0, "eligibility.minimum_age"), ==, "55");
  g_assert_null (sp_node_get_path (get_asset (r, 0), "eligibility.maximum_age"));
  g_assert_cmpstr (lexeme_at (r, 0, "building.capacity"), ==, "80");
  g_assert_true (sp_node_get_boolean (sp_node_get_path (get_asset (r, 0), "building.kitchen")));
  g_assert_cmpstr (at (r, 0, "languages.2"), ==, "cy");
  g_assert_cmpstr (at (r, 0, "accessibility.detail"), ==, "Wheelchair access: yes");
  g_assert_cmpstr (at (r, 0, "schedule_words"), ==, "Monday 10-12; Thursday 2-4");
  g_assert_cmpstr (at (r, 0, "costs.1.description"), ==, "£3 a meal");
  g_assert_cmpstr (at (r, 0, "status"), ==, "active");
  g_assert_cmpstr (at (r, 0, "checked.times.on"), ==, "2026-10-01");
  g_assert_cmpstr (at (r, 0, "checked.place.how"), ==, "imported");
  g_assert_cmpstr (at (r, 0, "contacts.1.name"), ==, "Jo Bloggs");
  g_assert_cmpuint (get_record (r, 0)->problems->len, ==, 2); /* ninety, Klingon */
}

/* The members of a row as text, with a bar between. */
static char *
tags_at (GPtrArray *records, guint row, const char *path)
{
  const SpNode *tags = sp_node_get_path (get_asset (records, row), path);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sp_node_get_length (tags); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", sp_node_get_string (sp_node_get_element (tags, i)));
  return g_string_free (text, FALSE);
}

/* What lists say of access and of people is what entries are filtered by: where it is certain, and nowhere else. */
static void
test_tags (void)
{
  static const struct { const char *cells, *access, *people; } rows[] = {
    { "\"Accessible toilet facilities; Hearing loop; Car parking; Hoist\",,\"Autism;Dementia;Stamp collectors\"", "accessible-toilet|hearing-loop|hoist", "autism|dementia" },
    { "\"Step-free access, induction loop\",no,Older people", "step-free|hearing-loop", "older people" },
    { "\"Level access, except the stage\",yes,Anybody; carers", "lift", "carers" },
    { "Partial wheelchair access,no,Not for carers", "", "" },
    { "Fully wheelchair accessible!,Y,\"Carers, older adults\"", "wheelchair|lift", "carers|older people" },
  };
  g_autoptr (GString) text = g_string_new ("Name,Accessibility,Lift,Who is it for\n");
  g_autoptr (GPtrArray) r = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_string_append_printf (text, "Shed %u,%s\n", i, rows[i].cells);
  r = read_text (text->str, -1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *access = tags_at (r, i, "accessibility.tags"), *people = tags_at (r, i, "eligibility.tags");
      g_assert_cmpstr (access, ==, rows[i].access);
      g_assert_cmpstr (people, ==, rows[i].people);
    }
  g_assert_cmpstr (at (r, 1, "accessibility.detail"), ==, "Step-free access, induction loop; Lift: no");
  g_assert_cmpstr (at (r, 3, "eligibility.who"), ==, "Not for carers");
}

/* What a list does not publish, goes into no public list. */
static void
test_shown (void)
{
  g_autoptr (GPtrArray) r = read_text ("Name,Visible,Approved,Visible from,Visible to,Temporarily closed,needs_referral,How to start\n"
                                       "Shed,TRUE,TRUE,2022-05-17,17/05/2023,FALSE,TRUE,\nInn,FALSE,TRUE,2022-05-17,,TRUE,FALSE,Ring first\n"
                                       "Hut,yes,no,,,,,\nTent,yes,,,never,,,\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "visible.from"), ==, "2022-05-17");
  g_assert_cmpstr (at (r, 0, "visible.until"), ==, "2023-05-17");
  g_assert_cmpstr (at (r, 0, "status"), ==, "active");
  g_assert_cmpstr (at (r, 0, "referral.detail"), ==, "Needs referral: yes");
  g_assert_cmpstr (at (r, 1, "referral.how"), ==, "ring first");
  g_assert_cmpstr (at (r, 1, "referral.detail"), ==, "Ring first; Needs referral: no");
  g_assert_null (at (r, 1, "visible.from"));
  g_assert_cmpstr (at (r, 1, "visible.until"), ==, SP_DISCLOSURE_NEVER);
  g_assert_cmpstr (at (r, 1, "status"), ==, "temporarily closed");
  g_assert_cmpstr (at (r, 2, "visible.until"), ==, SP_DISCLOSURE_NEVER);
  g_assert_null (sp_node_get (get_asset (r, 3), "visible"));
  g_assert_cmpuint (get_record (r, 3)->problems->len, ==, 1);
}

/* Whether a list publishes a row is not guessed: somebody is told. On which day it did says nothing against it. */
static void
test_shown_perhaps (void)
{
  g_autoptr (GPtrArray) r = read_text ("Name,Published,Approved\nShed,draft,\nInn,12/05/2022,\nHut,pending,no\n", -1, NULL);

  g_assert_null (sp_node_get (get_asset (r, 0), "visible"));
  g_assert_nonnull (strstr (problem_at (r, 0), "“draft” is neither yes nor no"));
  g_assert_null (sp_node_get (get_asset (r, 1), "visible"));
  g_assert_cmpuint (get_record (r, 1)->problems->len, ==, 0);
  g_assert_cmpstr (at (r, 2, "visible.until"), ==, SP_DISCLOSURE_NEVER);
}

/* What is closed for now, is so however active it may be; what has ended, has ended. */
static void
test_closed_for_now (void)
{
  g_autoptr (GPtrArray) r = read_text ("Name,Status,Temporarily closed\nShed,active,yes\nInn,defunct,yes\nHut,suspended,no\nTent,,yes\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "status"), ==, "temporarily closed");
  g_assert_cmpstr (at (r, 1, "status"), ==, "defunct");
  g_assert_cmpstr (at (r, 2, "status"), ==, "temporarily closed");
  g_assert_cmpstr (at (r, 3, "status"), ==, "temporarily closed");
}

/* “Out of order” says nothing without the word above it. */
static void
test_access_words (void)
{
  g_autoptr (GPtrArray) r = read_text ("Name,hearing_loop,Lift,Wheelchair access,Accessibility\nShed,Main hall only,Out of order,Level access,Ring the bell\n", -1, NULL);
  g_autofree char *tags = tags_at (r, 0, "accessibility.tags");

  g_assert_cmpstr (at (r, 0, "accessibility.detail"), ==, "Hearing loop: Main hall only; Lift: Out of order; Level access; Ring the bell");
  g_assert_cmpstr (tags, ==, "step-free");
}

static void
test_maps (void)
{
  static const char * const maps[] = { "What=name", "Name=", "Ring=contacts.1.phone", NULL };
  static const char * const wrong[] = { "What=nonsense", NULL };
  SpReaderOptions options = { .maps = maps };
  g_autoptr (GPtrArray) r = read_text ("What,Name,Ring\nShed,Jo,01632 960 112\n", -1, &options);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (at (r, 0, "name"), ==, "Shed");
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960 112");
  g_assert_null (at (r, 0, "contacts.1.name"));
  options.maps = wrong;
  g_assert_null (open_text ("What\nx\n", -1, NULL, &options, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_USAGE);
}

static void
test_mapping (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = open_text ("Title,Post code,Colour,,Title\nA,B,C,D,E\n", -1, NULL, NULL, &error);
  g_autoptr (SpNode) mapping = sp_reader_get_mapping (reader);
  g_autofree char *json = sp_node_to_json (mapping);

  g_assert_cmpstr (json, ==,
                   "{\"Title\":\"name\",\"Post code\":\"address.postal_code\",\"Colour\":null,\"Column 4\":null,\"Title (2)\":null}");
}

static void
test_rows_that_fail (void)
{
  g_autoptr (GString) text = g_string_new ("name,town\nA,B\n\nno comma, here,C,D\n,B\nnul\0,x\n");
  g_autoptr (GPtrArray) r = NULL;

  g_string_append_len (text, "E,nul \0 here\n\"", 14);
  for (guint i = 0; i < 3000000; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\",B\nF,G,,,\nlast,\"never closed\nH,I\n");
  r = read_text (text->str, (gssize) text->len, NULL);
  g_assert_cmpstr (at (r, 0, "name"), ==, "A");
  g_assert_cmpuint (get_record (r, 1)->row, ==, 4); /* the blank row counts */
  g_assert_nonnull (strstr (problem_at (r, 1), "4 cells where the header has 2"));
  g_assert_nonnull (strstr (problem_at (r, 2), "no name"));
  g_assert_cmpuint (r->len, ==, 7);
  g_assert_nonnull (strstr (problem_at (r, 3), "nul"));
  g_assert_nonnull (strstr (problem_at (r, 4), "longer than 2 MB"));
  g_assert_cmpstr (at (r, 5, "name"), ==, "F");
  g_assert_nonnull (strstr (problem_at (r, 6), "never closed"));
  g_assert_null (get_record (r, 6)->asset);
}

/* A document would be too long for the gate, though the row can be read. */
static void
test_long_row (void)
{
  g_autoptr (GString) text = g_string_new ("name,about\nA,\"");
  g_autoptr (GPtrArray) r = NULL;

  for (guint i = 0; i < 400000; i++)
    g_string_append_c (text, '\n');
  g_string_append (text, "\"\nB,short\n");
  r = read_text (text->str, (gssize) text->len, NULL);
  g_assert_null (get_record (r, 0)->asset);
  g_assert_nonnull (strstr (problem_at (r, 0), "300 kB"));
  g_assert_cmpstr (at (r, 1, "name"), ==, "B");
}

/* A cell of blanks, then a quote, long beyond the limit: the trick that drops what is too long must not lose its way. */
static void
test_long_cells_of_all_kinds (void)
{
  static const char * const patterns[] = { " ", "\"\"", "x \t", "\" \" ", "é" };

  for (guint p = 0; p < G_N_ELEMENTS (patterns); p++)
    for (guint quoted = 0; quoted < 2; quoted++)
      {
        g_autoptr (GString) text = g_string_new (quoted ? "name,a\nA,\"x" : "name,a\nA,x");
        g_autoptr (GPtrArray) r = NULL;

        while (text->len < 2200000)
          g_string_append (text, patterns[p]);
        g_string_append (text, quoted ? "\"\nB,b\n" : "\nB,b\n");
        r = read_text (text->str, (gssize) text->len, NULL);
        g_assert_null (get_record (r, 0)->asset);
      }
}

static void
test_million_columns (void)
{
  g_autoptr (GString) text = g_string_new ("name");

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, ',');
  g_string_append (text, "\nA\n");
  assert_refused (text->str, (gssize) text->len, NULL, SP_ERROR_PARSE, "1,000 columns");
}

static void
test_files_that_fail (void)
{
  static const char binary[] = "\x7F" "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0";
  g_autoptr (GPtrArray) only_header = read_text ("Name,Town\n", -1, NULL);

  g_assert_cmpuint (only_header->len, ==, 0);
  assert_refused ("", 0, NULL, SP_ERROR_PARSE, "empty");
  assert_refused (" \n\n", -1, NULL, SP_ERROR_PARSE, "empty");
  assert_refused (binary, sizeof binary, NULL, SP_ERROR_PARSE, "not a text file");
  assert_refused ("Colour,Size\nred,3\n", -1, NULL, SP_ERROR_PARSE, "--map");
  assert_refused ("Name\nx\n", -1, "xml", SP_ERROR_USAGE, "xml");
  assert_refused ("Name\nx\n", -1, "geojson", SP_ERROR_PARSE, "GeoJSON");
}

/* Everything that is recognised and not read yet. */
static void
test_recognised (void)
{
  static const struct
  {
    const char *text;
    const char *word;
  } cases[] = {
    { "WD25CD,WD25NM,LAD25CD,LAD25NM\nE05,A,E06,B\n", "codes and names of areas" },
    { "%PDF-1.7\n", "PDF" },
    { "<!DOCTYPE html>\n<html></html>", "web page" },
    { "<?xml version=\"1.0\"?>\n<note/>", "XML" },
    { "PK\x03\x04....readme.txt", "ZIP" },
    { "\x1F\x8B\x08", "compressed" },
    { "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "iCalendar" },
    { "BEGIN:VCARD\r\nEND:VCARD\r\n", "vCard" },
    { "{\"type\":\"Topology\",\"objects\":{}}", "TopoJSON" },
    { "{\"a\":1}", "JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, -1, NULL, SP_ERROR_UNSUPPORTED, cases[i].word);
  assert_refused ("SQLite format 3\0....", 20, NULL, SP_ERROR_UNSUPPORTED, "SQLite");
  assert_refused ("name\nx\n", -1, "oruk", SP_ERROR_PARSE, "Open Referral"); /* asked for, whatever the file is */
}

static void
test_missing_file (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at-all.csv");
  g_autoptr (GError) error = NULL;

  g_assert_null (sp_reader_open (file, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "at-all.csv"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/csv/published-list", test_published_list);
  g_test_add_func ("/csv/ids", test_ids);
  g_test_add_func ("/csv/windows-1252", test_windows_1252);
  g_test_add_func ("/csv/bom-tab-cr", test_bom_tab_cr);
  g_test_add_func ("/csv/mixed-encodings", test_mixed_encodings);
  g_test_add_func ("/csv/utf-16", test_utf16);
  g_test_add_func ("/csv/utf-16-orders", test_utf16_orders);
  g_test_add_func ("/csv/delimiters", test_delimiters);
  g_test_add_func ("/csv/no-delimiter", test_no_delimiter);
  g_test_add_func ("/csv/title-above", test_title_above);
  g_test_add_func ("/csv/no-header", test_no_header);
  g_test_add_func ("/csv/content", test_content);
  g_test_add_func ("/csv/repeated-names", test_repeated_names);
  g_test_add_func ("/csv/html", test_html);
  g_test_add_func ("/csv/coordinates", test_coordinates);
  g_test_add_func ("/csv/many-columns", test_many_columns);
  g_test_add_func ("/csv/tags", test_tags);
  g_test_add_func ("/csv/shown", test_shown);
  g_test_add_func ("/csv/shown-perhaps", test_shown_perhaps);
  g_test_add_func ("/csv/closed-for-now", test_closed_for_now);
  g_test_add_func ("/csv/access-words", test_access_words);
  g_test_add_func ("/csv/maps", test_maps);
  g_test_add_func ("/csv/mapping", test_mapping);
  g_test_add_func ("/csv/rows-that-fail", test_rows_that_fail);
  g_test_add_func ("/csv/long-row", test_long_row);
  g_test_add_func ("/csv/long-cells-of-all-kinds", test_long_cells_of_all_kinds);
  g_test_add_func ("/csv/million-columns", test_million_columns);
  g_test_add_func ("/csv/files-that-fail", test_files_that_fail);
  g_test_add_func ("/csv/recognised", test_recognised);
  g_test_add_func ("/csv/missing-file", test_missing_file);
  return g_test_run ();
}
