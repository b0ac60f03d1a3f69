/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF taken apart into objects, and packed again; what cairo leaves out of one. */
#include "sp-pdf-objects.h"
#include "sp-pdf.h"

#include <cairo-pdf.h>
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
  sp_pdf_objects_add_stream (objects, N_OBJECTS, "q");
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

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Two pages, and two with their feet. */
static GBytes *
draw_pages (void)
{
  static const char * const texts[] = { "One", "Two", "Foot of one", "Foot of two" };
  GByteArray *out = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, out, 300, 200);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      cairo_move_to (cr, 50, i < 2 ? 50 : 150);
      cairo_show_text (cr, texts[i]);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (out);
}

static guint
find_number (GBytes *pdf, const char *key)
{
  const char *at = memmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), key, strlen (key));

  g_assert_nonnull (at);
  return (guint) g_ascii_strtoull (at + strlen (key), NULL, 10);
}

static void
assert_finished (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) finished = sp_pdf_finish (pdf, "cy", (const char *[]){ NULL }, &error);
  g_autoptr (Document) document = NULL;
  g_autoptr (Page) page = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  document = poppler_document_new_from_bytes (finished, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 2);
  page = poppler_document_get_page (document, 1);
  text = poppler_page_get_text (page);
  g_assert_cmpstr (text, ==, "Two\nFoot of two");
}

/* Newer cairo packs objects itself: such a file is finished too. */
static void
test_finish (void)
{
  g_autoptr (GBytes) pdf = draw_pages (), packed = NULL;
  g_autoptr (SpPdfObjects) objects = sp_pdf_objects_new (pdf);

  assert_finished (pdf);
  if (objects == NULL)
    return; /* it was such a file already */
  packed = sp_pdf_objects_pack (objects, find_number (pdf, "/Root "), find_number (pdf, "/Info "));
  g_assert_null (sp_pdf_objects_new (packed));
  assert_finished (packed);
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
  g_test_add_func ("/pdf/finish", test_finish);
  g_test_add_func ("/pdf/no-pdf", test_no_pdf);
  return g_test_run ();
}
