/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a report's entries to pages: a PDF, or a surface for each page that a printer gets. */
#include "sp-report-private.h"

#include "sp-error.h"
#include "sp-language.h"
#include "sp-pdf.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define A4_SHORT 595.276 /* points: 210 mm */
#define A4_LONG 841.890  /* 297 mm */
#define SHEET_ZOOM 1.25  /* 11 points on a sheet that somebody takes home */

/* ── Order ── */

static int
compare_areas (const SpReportEntry *one, const SpReportEntry *two)
{
  if (one->area == NULL || two->area == NULL)
    return (one->area == NULL) - (two->area == NULL);
  return g_utf8_collate (one->area, two->area);
}

static int
compare_numbers (const SpReportEntry *one, const SpReportEntry *two)
{
  return one->number < two->number ? -1 : one->number > two->number;
}

static int
compare_by_area (gconstpointer a, gconstpointer b)
{
  const SpReportEntry *one = *(const SpReportEntry * const *) a, *two = *(const SpReportEntry * const *) b;
  int by_area = compare_areas (one, two);

  return by_area != 0 ? by_area : compare_numbers (one, two);
}

static int
compare_by_category (gconstpointer a, gconstpointer b)
{
  const SpReportEntry *one = *(const SpReportEntry * const *) a, *two = *(const SpReportEntry * const *) b;

  if (one->order != two->order)
    return one->order < two->order ? -1 : 1;
  return compare_numbers (one, two);
}

static gboolean
belong_together (const SpReport *self, const SpReportEntry *one, const SpReportEntry *two)
{
  return self->options.by_area ? compare_areas (one, two) == 0 : one->order == two->order;
}

static void
count_entries (SpReport *self)
{
  const SpReportEntry *before = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      SpReportEntry *entry = g_ptr_array_index (self->entries, i);
      entry->number = i + 1;
      entry->group = before == NULL ? 0 : before->group + !belong_together (self, before, entry);
      before = entry;
    }
}

/* By area, those in none last, or by heading as in the taxonomy; and else in the order in which they were given. A sheet
 * keeps that order altogether. */
static void
number_entries (SpReport *self)
{
  count_entries (self);
  if (self->options.kind != SP_REPORT_LIST)
    return;
  g_ptr_array_sort (self->entries, self->options.by_area ? compare_by_area : compare_by_category);
  count_entries (self);
}

/* ── Drawing ── */

/**
 * sp_report_step:
 * @self: a report that is being drawn
 *
 * One entry of one part was set.
 *
 * Returns: whether to go on: it was not given up
 */
gboolean
sp_report_step (SpReport *self)
{
  g_atomic_int_inc (&self->steps);
  return self->cancellable == NULL || !g_cancellable_is_cancelled (self->cancellable);
}

/**
 * sp_report_get_progress:
 * @self: a report that is being drawn, maybe by another thread
 *
 * Returns: how much of it is done, 0 to 1
 */
double
sp_report_get_progress (SpReport *self)
{
  guint n_lists = self->options.kind == SP_REPORT_LIST ? 1 + SP_REPORT_N_SECTIONS : 1;

  return MIN ((double) (guint) g_atomic_int_get (&self->steps) / (n_lists * MAX (self->entries->len, 1)), 1);
}

/**
 * sp_report_get_page_size:
 * @self: a report
 * @width: (out): of a page, in points
 * @height: (out): of a page, in points
 */
void
sp_report_get_page_size (const SpReport *self, double *width, double *height)
{
  gboolean landscape = self->options.kind == SP_REPORT_LIST && !self->options.large;

  *width = landscape ? A4_LONG : A4_SHORT;
  *height = landscape ? A4_SHORT : A4_LONG;
}

/* Lays all pages out on @surface, or each on one of its own; then it returns these. */
static GPtrArray *
draw (SpReport *self, cairo_surface_t *surface, GCancellable *cancellable)
{
  SpFlow flow;
  double width, height;
  GPtrArray *pages;

  self->cancellable = cancellable;
  g_atomic_int_set (&self->steps, 0);
  number_entries (self);
  g_ptr_array_set_size (self->alternatives, 0);
  sp_report_get_page_size (self, &width, &height);
  sp_flow_init (&flow, surface, width, height, self->options.large, self->footer);
  flow.zoom = self->options.kind == SP_REPORT_SIGNPOSTING ? SHEET_ZOOM : 1;
  sp_flow_begin (&flow, "Document");
  if (self->options.kind == SP_REPORT_LIST)
    sp_report_list_draw (self, &flow);
  else
    sp_report_sheet_draw (self, &flow);
  sp_report_end_draw (self, &flow);
  sp_flow_end (&flow, "Document");
  pages = sp_flow_finish (&flow);
  sp_flow_clear (&flow);
  return pages;
}

static gboolean
check_status (cairo_status_t status, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_FAILED, _("The pages could not be drawn: %s"), cairo_status_to_string (status));
  return FALSE;
}

/**
 * sp_report_draw_pages:
 * @self: a report with all its entries
 * @cancellable: (nullable): to give up
 * @error: %SP_ERROR_FAILED or %G_IO_ERROR_CANCELLED
 *
 * Draws it for a printer. The surfaces keep text and lines as such, and may be drawn by another thread than this one.
 *
 * Returns: (transfer full) (nullable) (element-type cairo_surface_t): a surface for each page, in points from its upper
 *   left corner; see sp_report_get_page_size()
 */
GPtrArray *
sp_report_draw_pages (SpReport *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) pages = draw (self, NULL, cancellable);
  cairo_status_t status = CAIRO_STATUS_SUCCESS;

  for (guint i = 0; i < pages->len && status == CAIRO_STATUS_SUCCESS; i++)
    status = cairo_surface_status (g_ptr_array_index (pages, i));
  return check_status (status, cancellable, error) ? g_steal_pointer (&pages) : NULL;
}

/* ── PDF ── */

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Title, subject and date. The date is that of the report's clock, so that the same report has the same bytes. */
static void
set_metadata (const SpReport *self, cairo_surface_t *surface)
{
  g_autofree char *day = sp_civil_format_date (self->options.now.day);
  g_autofree char *created = g_strdup_printf ("%sT%02d:%02d:00", day, self->options.now.minute / 60, self->options.now.minute % 60);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->footer);
  if (self->filtered != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->filtered);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Signpost");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

/* As cairo writes it. */
static GBytes *
draw_pdf (SpReport *self, GCancellable *cancellable, GError **error)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;
  double width, height;

  sp_report_get_page_size (self, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (write_cb, out, width, height);
  set_metadata (self, surface);
  draw (self, surface, cancellable);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  bytes = g_byte_array_free_to_bytes (out);
  return check_status (status, cancellable, error) ? g_steal_pointer (&bytes) : NULL;
}

/**
 * sp_report_render:
 * @self: a report with all its entries
 * @cancellable: (nullable): to give up
 * @error: %SP_ERROR_FAILED or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
sp_report_render (SpReport *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = draw_pdf (self, cancellable, error);
  g_autofree char *language = sp_language_get_tag ();

  if (bytes == NULL)
    return NULL;
  g_ptr_array_add (self->alternatives, NULL);
  return sp_pdf_finish (bytes, language, (const char * const *) self->alternatives->pdata, error);
}

static gboolean
write_aside (GFile *aside, GBytes *pdf, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileOutputStream) out = g_file_create (aside, G_FILE_CREATE_NONE, cancellable, error);
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);

  return out != NULL && g_output_stream_write_all (G_OUTPUT_STREAM (out), bytes, length, NULL, cancellable, error)
         && g_output_stream_close (G_OUTPUT_STREAM (out), cancellable, error);
}

/* A file that is not complete never has the name. */
static gboolean
write_file (GFile *file, GBytes *pdf, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_file_get_basename (file), *mark = g_uuid_string_random ();
  g_autofree char *aside_name = g_strdup_printf (".%.200s.%.8s", name, mark);
  g_autoptr (GFile) folder = g_file_get_parent (file), aside = NULL;

  if (folder == NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_FAILED, _("%s: this is not the name of a file"), name);
      return FALSE;
    }
  aside = g_file_get_child (folder, aside_name);
  if (write_aside (aside, pdf, cancellable, error)
      && g_file_move (aside, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
    return TRUE;
  g_file_delete (aside, NULL, NULL);
  return FALSE;
}

/**
 * sp_report_write:
 * @self: a report with all its entries
 * @file: what to write; it is replaced only when the new one is complete
 * @cancellable: (nullable): to give up
 * @error: why that cannot be
 *
 * Returns: whether it was written
 */
gboolean
sp_report_write (SpReport *self, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) pdf = sp_report_render (self, cancellable, error);

  if (pdf == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (write_file (file, pdf, cancellable, error))
    return TRUE;
  if (error != NULL && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (error, "%s: ", g_file_peek_path (file));
  return FALSE;
}
