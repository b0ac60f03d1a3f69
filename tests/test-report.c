/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The PDFs read back with poppler: what stands where, in which order, and that nothing leaves the page. */
#include "sp-report.h"

#include <glib/gstdio.h>
#include <cairo.h>
#include <poppler.h>
#include <string.h>

/* poppler's own clean-up functions came one by one, some after Debian 12. */
typedef PopplerPage Page;
typedef PopplerDocument Document;
typedef PopplerFontInfo FontInfo;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FontInfo, g_object_unref)

#define MARGIN 40.0 /* points that stay white on each side */

/* One of the sample's kind, with a phone number for members only. */
static SpNode *
make_asset (guint i, const char *category, const char *checked)
{
  g_autofree char *json = g_strdup_printf (
      "{\"_id\":\"asset:%u\",\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Harbour Club %04u\",\"summary\":\"Tea and company.\","
      "\"categories\":[\"%s\"],\"location\":{\"latitude\":%.4f,\"longitude\":%.4f},\"address\":{\"line_1\":\"%u Senhouse Street\","
      "\"city\":\"Maryport\",\"postal_code\":\"CA15 6AB\"},\"schedules\":[{\"id\":\"s1\",\"freq\":\"weekly\",\"byday\":\"TU\","
      "\"opens_at\":\"10:00\",\"closes_at\":\"12:00\"}],\"free\":true,\"url\":\"https://club.example.org/%u\",\"contacts\":["
      "{\"id\":\"c1\",\"title\":\"Desk\",\"phone\":\"01632 960101\",\"email\":\"club@example.org\"},"
      "{\"id\":\"c2\",\"phone\":\"01632 960999\",\"visible_to\":\"members\"}],\"funding\":[{\"id\":\"f1\",\"source\":\"Lottery\","
      "\"amount\":500,\"until\":\"2027-03-31\"}],\"building\":{\"crisis_roles\":[\"rest centre\"],\"capacity\":80},"
      "\"checked\":{\"times\":{\"on\":\"%s\",\"by\":\"Pat\",\"how\":\"phone\"}}}",
      i, i, category, 54.70 + (i * 7 % 100) * 0.0004, -3.50 + (i * 13 % 100) * 0.0007, i, i, checked);
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (json, -1, &error);

  g_assert_no_error (error);
  return node;
}

static SpReport *
make_report (SpReportKind kind, gboolean full, gboolean large)
{
  SpReportOptions options = { .kind = kind, .full = full, .large = large, .filtered = "Near Maryport, within 3 km",
                              .now = { sp_civil_day (2026, 11, 22), 600 } };

  return sp_report_new (&options);
}

static void
add_in (SpReport *report, guint i, const char *category, const char *checked, const char *area)
{
  g_autoptr (SpNode) asset = make_asset (i, category, checked);
  SpCalendar calendar;

  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  sp_report_add (report, asset, NULL, &calendar, area);
}

static void
add (SpReport *report, guint i, const char *category, const char *checked)
{
  add_in (report, i, category, checked, NULL);
}

static void
add_many (SpReport *report, guint n)
{
  for (guint i = 1; i <= n; i++)
    add (report, i, i % 3 == 0 ? "food-bank" : "befriending", "2026-11-01");
}

static PopplerDocument *
open_pdf (SpReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = sp_report_render (report, NULL, &error);
  PopplerDocument *document;

  g_assert_no_error (error);
  document = poppler_document_new_from_bytes (pdf, NULL, &error);
  g_assert_no_error (error);
  return document;
}

static char *
read_text (PopplerDocument *document)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (document, i);
      g_autofree char *words = poppler_page_get_text (page);
      g_string_append (text, words);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
assert_order (const char *text, const char * const *words)
{
  const char *at = text;

  for (; *words != NULL; words++)
    {
      const char *found = strstr (at, *words);
      if (found == NULL)
        g_error ("“%s” does not follow in\n%s", *words, at);
      at = found + strlen (*words);
    }
}

static void
check_margins (PopplerDocument *document)
{
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (document, i);
      PopplerRectangle *boxes = NULL;
      double width, height;
      guint n = 0;

      poppler_page_get_size (page, &width, &height);
      g_assert_true (poppler_page_get_text_layout (page, &boxes, &n));
      g_assert_cmpuint (n, >, 0);
      for (guint j = 0; j < n; j++)
        {
          g_assert_cmpfloat (boxes[j].x1, >=, MARGIN);
          g_assert_cmpfloat (boxes[j].x2, <=, width - MARGIN);
          g_assert_cmpfloat (boxes[j].y1, >=, MARGIN - 3);
          g_assert_cmpfloat (boxes[j].y2, <=, height - MARGIN + 3);
        }
      g_free (boxes);
    }
}

static void
check_page_numbers (PopplerDocument *document)
{
  int n = poppler_document_get_n_pages (document);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (document, i);
      g_autofree char *text = poppler_page_get_text (page);
      g_autofree char *number = g_strdup_printf ("Page %d of %d", i + 1, n);
      g_assert_nonnull (strstr (text, number));
    }
}

static void
check_fonts (PopplerDocument *document)
{
  g_autoptr (FontInfo) info = poppler_font_info_new (document);
  PopplerFontsIter *iter = NULL;
  guint n = 0;

  g_assert_true (poppler_font_info_scan (info, poppler_document_get_n_pages (document), &iter));
  do
    {
      g_assert_true (poppler_fonts_iter_is_embedded (iter));
      n++;
    }
  while (poppler_fonts_iter_next (iter));
  poppler_fonts_iter_free (iter);
  g_assert_cmpuint (n, >=, 2);
}

static gboolean
has_link (PopplerDocument *document, const char *uri)
{
  gboolean found = FALSE;

  for (int i = 0; i < poppler_document_get_n_pages (document) && !found; i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (document, i);
      GList *links = poppler_page_get_link_mapping (page);
      for (GList *link = links; link != NULL; link = link->next)
        {
          PopplerAction *action = ((PopplerLinkMapping *) link->data)->action;
          found |= action->type == POPPLER_ACTION_URI && g_str_equal (action->uri.uri, uri);
        }
      poppler_page_free_link_mapping (links);
    }
  return found;
}

/* As a program reads it aloud: by the tags, not by where things stand. */
static char *
read_aloud (PopplerDocument *document)
{
  PopplerStructureElementIter *iter = poppler_structure_element_iter_new (document);
  PopplerStructureElement *element;
  char *text;

  g_assert_nonnull (iter);
  element = poppler_structure_element_iter_get_element (iter);
  text = poppler_structure_element_get_text (element, POPPLER_STRUCTURE_GET_TEXT_RECURSIVE);
  g_object_unref (element);
  poppler_structure_element_iter_free (iter);
  return text;
}

static void
append_outline (PopplerIndexIter *iter, GString *out)
{
  do
    {
      PopplerAction *action = poppler_index_iter_get_action (iter);
      PopplerIndexIter *child = poppler_index_iter_get_child (iter);

      g_string_append (out, action->any.title);
      g_string_append_c (out, child != NULL ? '(' : ' ');
      if (child != NULL)
        {
          append_outline (child, out);
          g_string_append_c (out, ')');
        }
      g_assert_cmpint (action->type, ==, POPPLER_ACTION_GOTO_DEST);
      poppler_action_free (action);
      g_clear_pointer (&child, poppler_index_iter_free);
    }
  while (poppler_index_iter_next (iter));
}

/* "First(Inner Inner )Second " */
static char *
read_outline (PopplerDocument *document)
{
  PopplerIndexIter *iter = poppler_index_iter_new (document);
  GString *out = g_string_new (NULL);

  g_assert_nonnull (iter);
  append_outline (iter, out);
  poppler_index_iter_free (iter);
  return g_string_free (out, FALSE);
}

static void
test_list (void)
{
  static const char * const order[] = { "What there is", "Near Maryport, within 3 km", "30 entries", "The list", "Food", "No.",
                                        "Harbour Club 0003", "Company and befriending", "Harbour Club 0001", "Every Tuesday, 10 to 12",
                                        "1 Senhouse Street, Maryport, CA15", "6AB", "Free", "Desk", "01632 960101", "club@example.org",
                                        "Checked on 1 November 2026 by phone",
                                        "Harbour Club 0002", "Buildings in a crisis", "Rest centre", "Left out of the public list", NULL };
  g_autoptr (SpReport) report = make_report (SP_REPORT_LIST, FALSE, FALSE);
  g_autoptr (Document) document = NULL;
  g_autofree char *text = NULL, *title = NULL;

  add_many (report, 30);
  document = open_pdf (report);
  text = read_aloud (document);
  assert_order (text, order);
  check_margins (document);
  check_page_numbers (document);
  check_fonts (document);
  g_assert_true (has_link (document, "https://club.example.org/7"));
  g_assert_true (has_link (document, "tel:01632960101"));
  g_assert_true (has_link (document, "mailto:club@example.org"));
  title = poppler_document_get_title (document);
  g_assert_cmpstr (title, ==, "What there is · 22 November 2026");
}

static void
test_modes (void)
{
  g_autoptr (SpReport) open = make_report (SP_REPORT_LIST, FALSE, FALSE), full = make_report (SP_REPORT_LIST, TRUE, FALSE);
  g_autoptr (Document) first = NULL, second = NULL;
  g_autofree char *shown = NULL, *all = NULL, *withheld = NULL;

  add_many (open, 3);
  add (open, 4, "befriending", "2020-01-01");
  add_many (full, 3);
  add (full, 4, "befriending", "2020-01-01");
  first = open_pdf (open);
  second = open_pdf (full);
  shown = read_text (first);
  all = read_text (second);
  withheld = sp_report_describe_withheld (open);
  g_assert_cmpuint (sp_report_get_n_entries (open), ==, 3);
  g_assert_cmpuint (sp_report_get_n_entries (full), ==, 4);
  g_assert_null (strstr (shown, "01632 960999"));
  g_assert_null (strstr (shown, "Lottery"));
  g_assert_null (strstr (shown, "Pat"));
  g_assert_null (strstr (shown, "Harbour Club 0004"));
  g_assert_nonnull (strstr (shown, "1 entry was left out because nobody has checked it for too long."));
  g_assert_nonnull (strstr (withheld, "4 contacts for members only"));
  g_assert_nonnull (strstr (all, "01632 960999"));
  g_assert_nonnull (strstr (all, "Harbour Club 0004"));
  assert_order (all, (const char *[]){ "Funding that ends within a year", "Lottery", "£500", "31 March 2027", "To be checked", "times", NULL });
}

static SpReport *
make_report_with (SpReportOptions options)
{
  options.now = (SpCivilTime){ sp_civil_day (2026, 11, 22), 600 };
  return sp_report_new (&options);
}

/* By area, those in none last; the summary and the outline go by areas too, and signs still stand for headings. */
static void
test_areas (void)
{
  static const char * const order[] = { "What there is", "Ellenborough", "3", "Netherhall", "3", "In no area", "3", "Food", "Company and befriending",
                                        "The list", "Ellenborough", "Harbour Club 0002", "Netherhall", "Harbour Club 0001", "In no area",
                                        "Harbour Club 0003", NULL };
  static const char * const areas[] = { "Netherhall", "Ellenborough", NULL };
  g_autoptr (SpReport) report = make_report_with ((SpReportOptions){ .by_area = TRUE });
  g_autoptr (Document) document = NULL;
  g_autofree char *text = NULL, *outline = NULL;

  for (guint i = 1; i <= 9; i++)
    add_in (report, i, i % 3 == 0 ? "food-bank" : "befriending", "2026-11-01", i == 8 ? "Ellenborough" : i == 9 ? NULL : areas[(i - 1) % 3]);
  document = open_pdf (report);
  text = read_aloud (document);
  assert_order (text, order);
  outline = read_outline (document);
  g_assert_cmpstr (outline, ==, "The list(Ellenborough Netherhall In no area )Buildings in a crisis To be checked ");
}

/* More areas than one page has room for: the largest have a bar each, the rest one together; in large print all have. */
static void
test_many_areas (void)
{
  for (guint large = 0; large < 2; large++)
    {
      g_autoptr (SpReport) report = make_report_with ((SpReportOptions){ .by_area = TRUE, .large = large == 1 });
      g_autoptr (Document) document = NULL;
      g_autofree char *text = NULL;

      for (guint i = 1; i <= 90; i++)
        {
          g_autofree char *area = g_strdup_printf ("Ward %02u", i % 80);
          add_in (report, i, "befriending", "2026-11-01", area);
        }
      document = open_pdf (report);
      text = read_text (document);
      check_margins (document);
      g_assert_true ((strstr (text, "more areas") != NULL) == (large == 0));
      assert_order (text, (const char *[]){ "Ward 01", "2", "Company and befriending", "The list", "Ward 00", "Ward 79", NULL });
    }
}

static void
test_parts (void)
{
  g_autoptr (SpReport) report = make_report_with ((SpReportOptions){ .full = TRUE, .title = "Winter <meeting>", .without = SP_REPORT_MAP
                                                  | SP_REPORT_SUMMARY | SP_REPORT_BUILDINGS | SP_REPORT_FUNDING | SP_REPORT_CHECKS });
  g_autoptr (Document) document = NULL;
  g_autofree char *text = NULL, *title = NULL, *outline = NULL;

  add_many (report, 3);
  add (report, 4, "befriending", "2020-01-01");
  document = open_pdf (report);
  text = read_text (document);
  title = poppler_document_get_title (document);
  outline = read_outline (document);
  g_assert_cmpstr (title, ==, "Winter <meeting> · 22 November 2026");
  g_assert_true (g_str_has_prefix (text, "Winter <meeting>"));
  g_assert_null (strstr (text, "Map:"));
  g_assert_cmpstr (outline, ==, "The list(Food Company and befriending )");
}

/* What a printer gets is what the PDF has, without its tags and links. */
static void
test_pages (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SpReport) report = make_report (i == 2 ? SP_REPORT_SIGNPOSTING : SP_REPORT_LIST, FALSE, i == 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) pages = NULL;
      g_autoptr (Document) document = NULL;
      double width, height, page_width, page_height;

      add_many (report, 6);
      pages = sp_report_draw_pages (report, NULL, &error);
      g_assert_no_error (error);
      document = open_pdf (report);
      g_assert_cmpint (poppler_document_get_n_pages (document), ==, (int) pages->len);
      sp_report_get_page_size (report, &width, &height);
      for (guint j = 0; j < pages->len; j++)
        {
          g_autoptr (Page) page = poppler_document_get_page (document, (int) j);
          double x, y, w, h;
          poppler_page_get_size (page, &page_width, &page_height);
          g_assert_cmpfloat_with_epsilon (page_width, width, 0.01);
          g_assert_cmpfloat_with_epsilon (page_height, height, 0.01);
          cairo_recording_surface_ink_extents (g_ptr_array_index (pages, j), &x, &y, &w, &h);
          g_assert_true (x >= MARGIN - 3 && y >= MARGIN - 3 && x + w <= width - MARGIN + 3 && y + h <= height - MARGIN + 3);
          g_assert_cmpfloat (w, >, width / 2);
        }
    }
}

static gpointer
cancel_later (gpointer cancellable)
{
  g_usleep (50 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Long lists can be given up, and tell how far they are. */
static void
test_given_up (void)
{
  g_autoptr (SpReport) report = make_report (SP_REPORT_LIST, FALSE, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  add_many (report, 3000);
  g_assert_cmpfloat (sp_report_get_progress (report), ==, 0);
  thread = g_thread_new ("cancel", cancel_later, cancellable);
  g_assert_null (sp_report_render (report, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (sp_report_get_progress (report), <, 1);
  g_clear_error (&error);
  g_assert_null (sp_report_draw_pages (report, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add_plain (SpReport *report, guint i)
{
  g_autofree char *json = g_strdup_printf ("{\"_id\":\"asset:%u\",\"type\":\"asset\",\"name\":\"Club %05u\",\"categories\":[\"%s\"],"
                                           "\"location\":{\"latitude\":%.4f,\"longitude\":%.4f}}", i, i, i % 3 == 0 ? "food-bank" : "befriending",
                                           51 + (i * 7 % 1000) * 0.004, -3 + (i * 13 % 1000) * 0.003);
  g_autoptr (SpNode) asset = sp_node_parse (json, -1, NULL);
  SpCalendar calendar;

  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  sp_report_add (report, asset, NULL, &calendar, NULL);
}

/* Ten thousand have their numbers, pages and places like ten do. */
static void
test_ten_thousand (void)
{
  g_autoptr (SpReport) report = make_report_with ((SpReportOptions){ .overdue = TRUE, .without = SP_REPORT_CHECKS });
  g_autoptr (Document) document = NULL;
  g_autoptr (Page) last = NULL;
  g_autofree char *text = NULL, *number = NULL;
  int n_pages;

  for (guint i = 1; i <= 10000; i++)
    add_plain (report, i);
  document = open_pdf (report);
  n_pages = poppler_document_get_n_pages (document);
  last = poppler_document_get_page (document, n_pages - 1);
  text = poppler_page_get_text (last);
  number = g_strdup_printf ("Page %d of %d", n_pages, n_pages);
  assert_order (text, (const char *[]){ "10000", "Club 10000", number, NULL });
}

/* Every number of the list stands on the map's page, on a plate or behind a letter. */
static void
test_numbers (void)
{
  g_autoptr (SpReport) report = make_report (SP_REPORT_LIST, FALSE, FALSE);
  g_autoptr (Document) document = NULL;
  g_autoptr (Page) page = NULL;
  g_autofree char *text = NULL, *rest = NULL;
  g_autoptr (GRegex) range = g_regex_new ("(\\d+)–(\\d+)|(?<![\\d–])(\\d+)(?![\\d–])", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  gboolean seen[41] = { FALSE };

  add_many (report, 40);
  document = open_pdf (report);
  page = poppler_document_get_page (document, 0);
  text = poppler_page_get_text (page);
  rest = g_strdup (strstr (text, "Company and befriending"));
  g_assert_nonnull (rest);
  g_regex_match (range, rest, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *first = g_match_info_fetch (match, 1), *last = g_match_info_fetch (match, 2), *one = g_match_info_fetch (match, 3);
      guint from = (guint) g_ascii_strtoull (*first != '\0' ? first : one, NULL, 10);
      guint until = *first != '\0' ? (guint) g_ascii_strtoull (last, NULL, 10) : from;
      for (guint i = from; i <= until && i <= 40; i++)
        seen[i] = TRUE;
    }
  for (guint i = 1; i <= 40; i++)
    if (!seen[i])
      g_error ("%u is not on the map in\n%s", i, text);
}

static void
test_outline (void)
{
  g_autoptr (SpReport) report = make_report (SP_REPORT_LIST, FALSE, FALSE);
  g_autoptr (Document) document = NULL;
  g_autofree char *outline = NULL;

  add_many (report, 6);
  document = open_pdf (report);
  outline = read_outline (document);
  g_assert_cmpstr (outline, ==, "The list(Food Company and befriending )Buildings in a crisis To be checked ");
}

static void
test_large (void)
{
  g_autoptr (SpReport) report = make_report (SP_REPORT_LIST, FALSE, TRUE);
  g_autoptr (Document) document = NULL;

  add_many (report, 8);
  document = open_pdf (report);
  check_margins (document);
  check_page_numbers (document);
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (document, i);
      GList *runs = poppler_page_get_text_attributes (page);
      for (GList *run = runs; run != NULL && i != 1; run = run->next) /* the second page is the map */
        g_assert_cmpfloat (((PopplerTextAttributes *) run->data)->font_size, >=, 17.9);
      poppler_page_free_text_attributes (runs);
    }
}

static void
test_sheet (void)
{
  static const char * const order[] = { "Places to try", "22 November 2026", "Name", "1. Harbour Club 0009", "Tea and company.", "When:",
                                        "Every Tuesday, 10 to 12", "Next:", "Tuesday 24 November", "Tuesday 1 December",
                                        "Tuesday 8 December", "Where:", "01632 960101", "Checked on 1 November 2026 by phone",
                                        "2. Harbour Club 0002", NULL };
  for (guint large = 0; large < 2; large++)
    {
      g_autoptr (SpReport) report = make_report (SP_REPORT_SIGNPOSTING, FALSE, large == 1);
      g_autoptr (Document) document = NULL;
      g_autofree char *text = NULL;

      add (report, 9, "food-bank", "2026-11-01");
      add (report, 2, "befriending", "2026-11-01");
      document = open_pdf (report);
      text = read_text (document);
      assert_order (text, order);
      check_margins (document);
      check_fonts (document);
    }
}

/* An entry that says so much that its map goes to the next page, where it says whose it is. */
static void
add_long (SpReport *report, guint lines)
{
  g_autoptr (SpNode) asset = make_asset (7, "befriending", "2026-11-01");
  g_autoptr (GString) words = g_string_new (NULL);
  SpCalendar calendar;

  for (guint i = 0; i < lines; i++)
    g_string_append_printf (words, "Line %u\n", i);
  sp_node_set_text (asset, "summary", words->str);
  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  sp_report_add (report, asset, NULL, &calendar, NULL);
}

/* In large print a map is on the page of its entry, or says which it belongs to. */
static void
test_large_sheet (void)
{
  static const struct { guint lines; gboolean parted; } cases[] = { { 1, FALSE }, { 9, TRUE }, { 16, FALSE }, { 80, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpReport) report = make_report (SP_REPORT_SIGNPOSTING, FALSE, TRUE);
      g_autoptr (Document) document = NULL;
      g_autofree char *text = NULL;

      add_long (report, cases[i].lines);
      add (report, 2, "befriending", "2026-11-01");
      document = open_pdf (report);
      text = read_text (document);
      g_assert_true ((strstr (text, "Map of 1. Harbour Club 0007") != NULL) == cases[i].parted);
      g_assert_null (strstr (text, "Map of 2."));
      check_margins (document);
    }
}

static void
test_nothing (void)
{
  g_autoptr (SpReport) report = make_report (SP_REPORT_LIST, FALSE, FALSE);
  g_autoptr (Document) document = open_pdf (report);
  g_autofree char *text = read_text (document);

  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
  g_assert_nonnull (strstr (text, "Nothing fits"));
}

/* Long names, no position, a script without a font here, and an address that is none. */
static void
test_odd (void)
{
  g_autoptr (SpNode) asset = make_asset (1, "befriending", "2026-11-01");
  g_autofree char *name = g_strnfill (300, 'W'), *summary = g_strnfill (9000, 'x');
  SpCalendar calendar;

  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  sp_node_set_text (asset, "name", name);
  sp_node_set_text (asset, "summary", summary);
  sp_node_set_text (asset, "schedule_words", "𒀀𒀁 \u200f שלום");
  sp_node_set_text (asset, "url", "javascript:'x' rect=[0 0 1 1]");
  sp_node_remove (asset, "location");
  for (guint large = 0; large < 2; large++)
    {
      g_autoptr (SpReport) report = make_report (SP_REPORT_LIST, FALSE, large == 1);
      g_autoptr (Document) document = NULL;
      g_autofree char *text = NULL;

      sp_report_add (report, asset, NULL, &calendar, NULL);
      document = open_pdf (report);
      text = read_text (document);
      check_margins (document);
      g_assert_nonnull (strstr (text, "1 entry has no known position and is not on the map."));
      g_assert_false (has_link (document, "javascript:'x' rect=[0 0 1 1]"));
    }
}

/* What only the bytes tell: language, tags, and a picture in words. */
static void
test_structure (void)
{
  g_autoptr (SpReport) report = make_report (SP_REPORT_LIST, FALSE, FALSE);
  g_autoptr (GBytes) pdf = NULL, again = NULL;
  g_autofree char *folder = g_dir_make_tmp ("report-XXXXXX", NULL), *path = g_build_filename (folder, "a.pdf", NULL);
  const char *argv[] = { "qpdf", "--qdf", "--object-streams=disable", "--warning-exit-0", path, "-", NULL };
  g_autoptr (GSubprocess) qpdf = NULL, checked = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);

  add_many (report, 5);
  pdf = sp_report_render (report, NULL, &error);
  again = sp_report_render (report, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (pdf, again));
  g_assert_true (sp_report_write (report, file, NULL, &error));
  checked = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "qpdf", "--check", path, NULL); /* a warning fails too */
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (checked, NULL, &error));
  qpdf = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (qpdf, NULL, NULL, &plain, NULL, &error));
  g_assert_true (g_subprocess_get_successful (qpdf));
  for (guint i = 0; i < 8; i++)
    {
      static const char * const wanted[] = { "/Lang (en-GB)", "/DisplayDocTitle true", "/Alt (A map.", "/S /Table", "/S /TH", "/S /H1", "/Tabs /S", "/Marked true" };
      if (memmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), wanted[i], strlen (wanted[i])) == NULL)
        g_error ("%s is missing", wanted[i]);
    }
  g_file_delete (file, NULL, NULL);
  g_rmdir (folder);
}

static void
test_unwritable (void)
{
  g_autoptr (SpReport) report = make_report (SP_REPORT_LIST, FALSE, FALSE);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at/all/report.pdf");
  g_autoptr (GError) error = NULL;

  g_assert_false (sp_report_write (report, file, NULL, &error));
  g_assert_nonnull (strstr (error->message, "/nowhere/at/all/report.pdf"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report/list", test_list);
  g_test_add_func ("/report/modes", test_modes);
  g_test_add_func ("/report/areas", test_areas);
  g_test_add_func ("/report/many-areas", test_many_areas);
  g_test_add_func ("/report/parts", test_parts);
  g_test_add_func ("/report/pages", test_pages);
  g_test_add_func ("/report/given-up", test_given_up);
  g_test_add_func ("/report/ten-thousand", test_ten_thousand);
  g_test_add_func ("/report/numbers", test_numbers);
  g_test_add_func ("/report/outline", test_outline);
  g_test_add_func ("/report/large", test_large);
  g_test_add_func ("/report/large-sheet", test_large_sheet);
  g_test_add_func ("/report/sheet", test_sheet);
  g_test_add_func ("/report/nothing", test_nothing);
  g_test_add_func ("/report/odd", test_odd);
  g_test_add_func ("/report/structure", test_structure);
  g_test_add_func ("/report/unwritable", test_unwritable);
  return g_test_run ();
}
