/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF taken apart into objects, and packed again; what cairo leaves out of one. */
#include "sp-pdf-objects.h"
#include "sp-pdf.h"
#include "sp-report.h"

#include <poppler.h>
#include <string.h>

typedef PopplerDocument Document;
typedef PopplerPage Page;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

enum { CATALOGUE = 1, PAGES, PAGE, CONTENT, INFO, UNUSED, N_OBJECTS };

/* One page as cairo writes it, with what a test changes of it. */
static GBytes *
make_plain (const char *trailer, guint generation, gsize shift)
{
  static const char * const bodies[N_OBJECTS] = {
    [CATALOGUE] = "<< /Type /Catalog /Pages 2 0 R >>",
    [PAGES] = "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
    [PAGE] = "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 300 200 ] /Contents 4 0 R /Resources << >> >>",
    [CONTENT] = "<< /Length 17 >>\nstream\n1 0 0 rg 9 9 9 9 re f\nendstream",
    [INFO] = "<< /Title (Before) >>",
    [UNUSED] = "[ (nobody) ]",
  };
  GString *out = g_string_new ("%PDF-1.4\n");
  gsize offsets[N_OBJECTS], table;

  for (guint i = N_OBJECTS; i-- > 1;)
    {
      offsets[i] = out->len + shift;
      g_string_append_printf (out, "%u %u obj\n%s\nendobj\n", i, generation, bodies[i]);
    }
  table = out->len;
  g_string_append_printf (out, "xref\n0 %d\n0000000000 65535 f \n", N_OBJECTS);
  for (guint i = 1; i < N_OBJECTS; i++)
    g_string_append_printf (out, "%010" G_GSIZE_FORMAT " 00000 n \n", offsets[i]);
  g_string_append_printf (out, "trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R %s >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", N_OBJECTS, trailer, table);
  return g_string_free_to_bytes (out);
}

static void
test_pack (void)
{
  g_autoptr (GBytes) plain = make_plain ("", 0, 0), packed = NULL;
  g_autoptr (SpPdfObjects) objects = sp_pdf_objects_new (plain);
  g_autoptr (Document) document = NULL;
  g_autoptr (Page) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  double width, height;

  g_assert_nonnull (objects);
  sp_pdf_objects_drop (objects, UNUSED);
  sp_pdf_objects_drop (objects, 7777);
  sp_pdf_objects_replace (objects, INFO, "<< /Title (After) >>");
  sp_pdf_objects_replace (objects, 7777, "<< >>");
  g_assert_cmpuint (sp_pdf_objects_add_stream (objects, "q"), ==, N_OBJECTS);
  packed = sp_pdf_objects_pack (objects, CATALOGUE, INFO);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (packed, NULL), "%PDF-1.5\n"));
  g_assert_null (memmem (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), "/Catalog", 8));
  document = poppler_document_new_from_bytes (packed, NULL, &error);
  g_assert_no_error (error);
  title = poppler_document_get_title (document);
  g_assert_cmpstr (title, ==, "After");
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
  page = poppler_document_get_page (document, 0);
  poppler_page_get_size (page, &width, &height);
  g_assert_cmpfloat (width, ==, 300);
}

/* What is not as cairo writes it is left to qpdf; nothing that is cut off is read beyond its end. */
static void
test_not_plain (void)
{
  g_autoptr (GBytes) later = make_plain ("/Prev 9", 0, 0), generation = make_plain ("", 1, 0), shifted = make_plain ("", 0, 3), plain = make_plain ("", 0, 0);
  g_autoptr (SpPdfObjects) objects = sp_pdf_objects_new (plain);
  g_autoptr (GBytes) packed = sp_pdf_objects_pack (objects, CATALOGUE, INFO);
  const GBytes *refused[] = { later, generation, shifted, packed };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_null (sp_pdf_objects_new ((GBytes *) refused[i]));
  for (gsize i = 0; i + 8 < g_bytes_get_size (plain); i++)
    {
      g_autofree char *bytes = g_memdup2 (g_bytes_get_data (plain, NULL), MAX (i, 1));
      g_autoptr (GBytes) cut = g_bytes_new (bytes, i);
      g_assert_null (sp_pdf_objects_new (cut));
    }
}

static GBytes *
render (guint large)
{
  SpReportOptions options = { .kind = SP_REPORT_LIST, .full = TRUE, .large = large, .now = { sp_civil_day (2026, 11, 22), 600 } };
  g_autoptr (SpReport) report = sp_report_new (&options);
  SpCalendar calendar;
  g_autoptr (GError) error = NULL;
  GBytes *pdf;

  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"_id\":\"asset:%u\",\"type\":\"asset\",\"name\":\"Club %u\"}", i, i);
      g_autoptr (SpNode) asset = sp_node_parse (json, -1, NULL);
      sp_report_add (report, asset, NULL, &calendar, NULL);
    }
  pdf = sp_report_render (report, NULL, &error);
  g_assert_no_error (error);
  return pdf;
}

/* Newer cairo packs objects itself: such a file is finished too, here one of ours once more, whose second half then stands at
 * the foot of its first. */
static void
test_finish_packed (void)
{
  g_autoptr (GBytes) once = render (TRUE), twice = NULL;
  g_autoptr (Document) before = NULL, after = NULL;
  g_autoptr (Page) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *foot = NULL;
  int n;

  before = poppler_document_new_from_bytes (once, NULL, &error);
  g_assert_no_error (error);
  n = poppler_document_get_n_pages (before);
  g_assert_cmpint (n, >=, 4);
  twice = sp_pdf_finish (once, "cy", (const char *[]){ NULL }, &error);
  g_assert_no_error (error);
  after = poppler_document_new_from_bytes (twice, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (after), ==, n / 2);
  page = poppler_document_get_page (after, 1);
  text = poppler_page_get_text (page);
  foot = g_strdup_printf ("Page %d of %d", n / 2 + 2, n);
  if (strstr (text, "Club ") == NULL || strstr (text, foot) == NULL)
    g_error ("“Club” or “%s” is not in\n%s", foot, text);
}

static void
test_no_pdf (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0), other = g_bytes_new_static ("hello", 5);
  g_autoptr (GError) first = NULL, second = NULL;

  g_assert_null (sp_pdf_finish (nothing, "en", (const char *[]){ NULL }, &first));
  g_assert_nonnull (first);
  g_assert_null (sp_pdf_finish (other, "en", (const char *[]){ NULL }, &second));
  g_assert_nonnull (strstr (second->message, "The PDF could not be completed"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pdf/pack", test_pack);
  g_test_add_func ("/pdf/not-plain", test_not_plain);
  g_test_add_func ("/pdf/finish-packed", test_finish_packed);
  g_test_add_func ("/pdf/no-pdf", test_no_pdf);
  return g_test_run ();
}
