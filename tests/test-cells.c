/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people write into cells, one table a kind. */
#include "sp-cells.h"
#include "sp-columns.h"

#include <string.h>

typedef struct
{
  const char *in;
  const char *out; /* NULL: nothing is read */
} Case;

static void
run (const Case *cases, guint n, char *(*read) (const char *))
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *got = read (cases[i].in);
      if (g_strcmp0 (got, cases[i].out) != 0)
        g_error ("“%s” became “%s”, not “%s”", cases[i].in, got, cases[i].out);
    }
}

static void
test_clean (void)
{
  static const Case cases[] = {
    { "  Hall \n", "Hall" }, { "Tea &amp; cake", "Tea & cake" }, { "&pound;2 &#8211; caf&eacute;", "£2 – café" },
    { "A\u00a0B\u200b", "A B" }, { "one\r\ntwo\rthree", "one\ntwo\nthree" }, { "AT&T; Co", "AT&T; Co" }, { "&#0;&#xD800;x", "&#0;&#xD800;x" },
    { "a\x07" "b", "ab" }, { "", NULL }, { " - ", NULL }, { "N/A", NULL }, { "Not known", NULL }, { "TBC", NULL }, { "—", NULL },
    { "\u00a0", NULL }, { "None of us", "None of us" }, { "NAPA", "NAPA" },
  };

  run (cases, G_N_ELEMENTS (cases), sp_cell_clean);
}

static void
test_number (void)
{
  static const Case cases[] = {
    { "12", "12" }, { "-3.4900", "-3.4900" }, { "007", "7" }, { "0.5", "0.5" }, { ".5", "0.5" }, { "£2.50", "2.50" }, { "1,250", "1250" },
    { "1,234,567.8", "1234567.8" }, { "53,5603", "53.5603" }, { "−3.5", "-3.5" }, { "+4", "4" }, { "00.5", "0.5" }, { "0", "0" },
    { "", NULL }, { "-", NULL }, { "12 people", NULL }, { "1.2.3", NULL }, { "1e5", NULL }, { "5.", NULL }, { "1,2,3", NULL },
  };

  run (cases, G_N_ELEMENTS (cases), sp_cell_number);
}

static void
test_date (void)
{
  static const Case cases[] = {
    { "2026-11-22", "2026-11-22" }, { "2026-11-22T10:00:00Z", "2026-11-22" }, { "22/11/2026", "2026-11-22" }, { "1.2.26", "2026-02-01" },
    { "01.02.26", "2026-02-01" }, { "22nd Nov 2026", "2026-11-22" }, { "1 March 2024", "2024-03-01" }, { "3 Sept 2024", "2024-09-03" },
    { "29/02/2023", NULL }, { "11/22/2026", NULL }, { "last week", NULL }, { "2026", NULL }, { "Nov 2026", NULL }, { "22/11/2026 10:00", "2026-11-22" },
    { "Jan 5 2027", "2027-01-05" }, { "November 22nd, 2026", "2026-11-22" }, { "Dec 1, 26", "2026-12-01" }, { "2026 Nov 5", "2026-11-05" },
    { "1 Feb Mar", NULL }, { "Jan Feb 2026", NULL }, { "2026 5 Nov", NULL },
  };

  run (cases, G_N_ELEMENTS (cases), sp_cell_date);
}

static void
test_phone (void)
{
  static const Case cases[] = {
    { "01632 960123", "01632 960123" }, { "O1632 960123", "01632 960123" }, { "1632960123", "01632960123" },
    { "1632 960123 ext 5", "01632 960123 ext 5" }, { "+44 1632 960123", "+44 1632 960123" }, { "(01632) 960123", "(01632) 960123" },
    { "01632 960 123 (evenings)", "01632 960 123 (evenings)" }, { "116 123", "116 123" }, { "0800 1111", "0800 1111" },
    { "01632 960123 or 01632 960124", NULL }, { "ask inside", NULL }, { "12", NULL }, { "Ring 01632 960123", "01632 960123" },
  };

  run (cases, G_N_ELEMENTS (cases), sp_cell_phone);
}

static char *
read_url (const char *text)
{
  return sp_cell_url (text, FALSE);
}

static void
test_url (void)
{
  static const Case cases[] = {
    { "https://example.org/a,b", "https://example.org/a,b" }, { "www.example.org", "http://www.example.org" },
    { "example.org/page", "http://example.org/page" }, { "http://example.org/  http://example.net", "http://example.org/" },
    { "see example.org.", "http://example.org" }, { "HTTPS://example.org", "HTTPS://example.org" }, { "none yet", NULL },
    { "jo@example.org", NULL }, { "page 3.2", NULL }, { "http://", NULL },
  };

  run (cases, G_N_ELEMENTS (cases), read_url);
}

static char *
join (GPtrArray *list)
{
  g_ptr_array_add (list, NULL);
  return g_strjoinv ("|", (char **) list->pdata);
}

static char *
read_phones (const char *text)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  sp_cell_phones (text, list);
  return join (list);
}

static char *
read_emails (const char *text)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  sp_cell_emails (text, list);
  return join (list);
}

/* A cell that is just called "Contact". */
static void
test_contacts (void)
{
  static const Case phones[] = {
    { "01632 960 901 or 01632960902", "01632 960 901|01632960902" }, { "01632 960901 01632 960902", "01632 960901|01632 960902" },
    { "jo@example.org\n01632\n960903", "01632\n960903" }, { "jo1234567890@example.org", "" }, { "http://example.org/01632960901", "" },
    { "Room 12, 10-12", "" }, { "see O1632 960904", "01632 960904" }, { "01632 960901 / 01632 960901", "01632 960901" },
  };
  static const Case emails[] = {
    { "jo@example.org; sam@example.org", "jo@example.org|sam@example.org" }, { "<jo@example.org>.", "jo@example.org" },
    { "jo...jo@example.org", "jo@example.org" }, { "jo@example", "" }, { "@example.org", "" }, { "o'neill@example.org", "o'neill@example.org" },
    { "JO@example.org jo@EXAMPLE.org", "JO@example.org" }, { "a@b@example.org", "b@example.org" },
  };

  run (phones, G_N_ELEMENTS (phones), read_phones);
  run (emails, G_N_ELEMENTS (emails), read_emails);
}

static void
test_boolean (void)
{
  static const char * const yes[] = { "Yes", "Y", "TRUE", "1", "✓" };
  static const char * const no[] = { "No", "n", "False", "0" };
  gboolean value;

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (sp_cell_boolean (yes[i], &value) && value);
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_true (sp_cell_boolean (no[i], &value) && !value);
  g_assert_false (sp_cell_boolean ("perhaps", &value));
}

static void
test_headers (void)
{
  static const struct
  {
    const char   *header;
    SpColumnField field;
  } cases[] = {
    { "Name", SP_COLUMN_NAME }, { "Service_Name", SP_COLUMN_NAME }, { "ServiceName", SP_COLUMN_NAME }, { " POST CODE ", SP_COLUMN_POSTAL_CODE },
    { "Opening times (please check)", SP_COLUMN_WORDS }, { "Who's it for?", SP_COLUMN_NONE }, { "Who is it for?", SP_COLUMN_WHO },
    { "E-mail", SP_COLUMN_EMAIL }, { "Tel. No.", SP_COLUMN_PHONE }, { "Lat/Long", SP_COLUMN_COORDINATES }, { "Lng", SP_COLUMN_LONGITUDE },
    { "Eastings", SP_COLUMN_EASTING }, { "OS Grid Ref", SP_COLUMN_COORDINATES }, { "Weds", SP_COLUMN_MONDAY + 2 },
    { "Referral method", SP_COLUMN_REFERRAL }, { "Web-site", SP_COLUMN_URL }, { "Staff notes", SP_COLUMN_NONE }, { "Notes", SP_COLUMN_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint rank;
      SpColumnField field = sp_column_recognise (cases[i].header, &rank);
      if (field != cases[i].field)
        g_error ("“%s” became %d, not %d", cases[i].header, field, cases[i].field);
    }
}

/* Every field has a name for --map that leads back to it. */
static void
test_field_paths (void)
{
  for (guint field = SP_COLUMN_NONE + 1; field < SP_N_COLUMN_FIELDS; field++)
    {
      const char *path = sp_column_field_get_path (field);
      g_assert_nonnull (path);
      g_assert_cmpint (sp_column_field_from_path (path), ==, field);
    }
  g_assert_cmpint (sp_column_field_from_path ("contacts.1.phone"), ==, SP_COLUMN_PHONE);
  g_assert_cmpint (sp_column_field_from_path ("nonsense"), ==, SP_COLUMN_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cells/clean", test_clean);
  g_test_add_func ("/cells/number", test_number);
  g_test_add_func ("/cells/date", test_date);
  g_test_add_func ("/cells/phone", test_phone);
  g_test_add_func ("/cells/url", test_url);
  g_test_add_func ("/cells/contacts", test_contacts);
  g_test_add_func ("/cells/boolean", test_boolean);
  g_test_add_func ("/cells/headers", test_headers);
  g_test_add_func ("/cells/field-paths", test_field_paths);
  return g_test_run ();
}
