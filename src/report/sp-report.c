/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpReport: takes entries, keeps what may not be printed out, and makes a PDF of the rest. The pages are laid out twice:
 * once to count them, for "page 2 of 5". */
#include "sp-report-private.h"

#include "sp-error.h"
#include "sp-pdf.h"
#include "sp-words.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define A4_SHORT 595.276 /* points: 210 mm */
#define A4_LONG 841.890  /* 297 mm */
#define SHEET_ZOOM 1.25  /* 11 points on a sheet that somebody takes home */

/**
 * sp_report_new:
 * @options: what it is to be; the dots must live as long
 *
 * Returns: (transfer full): a report without entries
 */
SpReport *
sp_report_new (const SpReportOptions *options)
{
  SpReport *self = g_new0 (SpReport, 1);
  g_autofree char *today = sp_civil_format_date (options->now.day), *words = sp_words_date (options->now.day);

  self->options = *options;
  self->filtered = g_strdup (options->filtered);
  self->options.filtered = self->filtered;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_report_entry_free);
  self->alternatives = g_ptr_array_new_with_free_func (g_free);
  self->footer = g_strdup_printf ("%s · %s", sp_report_get_title (self), words);
  sp_disclosure_init (&self->disclosure, today);
  return self;
}

/**
 * sp_report_free:
 * @self: (transfer full): a report
 */
void
sp_report_free (SpReport *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->alternatives);
  g_free (self->filtered);
  g_free (self->footer);
  g_free (self);
}

/**
 * sp_report_get_title:
 * @self: a report
 *
 * Returns: (transfer none): what stands at its head and foot and in its metadata
 */
const char *
sp_report_get_title (const SpReport *self)
{
  return self->options.kind == SP_REPORT_LIST ? _("What there is") : _("Places to try");
}

static SpNode *
take_venue (const SpReport *self, const SpNode *venue)
{
  SpDisclosure uncounted = self->disclosure;

  if (venue == NULL)
    return NULL;
  return self->options.full ? sp_node_copy (venue) : sp_disclosure_make_public (&uncounted, venue);
}

/**
 * sp_report_add:
 * @self: a report
 * @asset: a document
 * @venue: (nullable): the document of the place it is held in
 * @calendar: what it goes by
 *
 * Adds an entry, unless it may not be printed; that is counted.
 */
void
sp_report_add (SpReport *self, const SpNode *asset, const SpNode *venue, const SpCalendar *calendar)
{
  g_autoptr (SpReportEntry) entry = NULL;
  SpNode *body = self->options.full ? sp_node_copy (asset) : sp_disclosure_make_public (&self->disclosure, asset);

  if (body == NULL)
    return;
  entry = sp_report_entry_new (body, take_venue (self, venue), calendar, self->options.now.day);
  if (!self->options.full && !self->options.overdue && sp_report_entry_is_overdue (entry))
    self->n_overdue++;
  else
    g_ptr_array_add (self->entries, g_steal_pointer (&entry));
}

/**
 * sp_report_get_n_entries:
 * @self: a report
 *
 * Returns: how many entries will be printed
 */
guint
sp_report_get_n_entries (const SpReport *self)
{
  return self->entries->len;
}

/**
 * sp_report_describe_withheld:
 * @self: a report
 *
 * Returns: (transfer full) (nullable): what was left out, in sentences; %NULL if nothing was
 */
char *
sp_report_describe_withheld (const SpReport *self)
{
  g_autofree char *withheld = self->options.full ? NULL : sp_disclosure_describe (&self->disclosure);
  g_autofree char *overdue = NULL;

  if (self->n_overdue > 0)
    overdue = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry was left out because nobody has checked it for too long.",
                                            "%u entries were left out because nobody has checked them for too long.", self->n_overdue), self->n_overdue);
  if (overdue == NULL)
    return g_steal_pointer (&withheld);
  return withheld != NULL ? g_strdup_printf ("%s %s", overdue, withheld) : g_steal_pointer (&overdue);
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  const SpReportEntry *one = *(const SpReportEntry * const *) a, *two = *(const SpReportEntry * const *) b;

  if (one->order != two->order)
    return one->order < two->order ? -1 : 1;
  return one->number < two->number ? -1 : one->number > two->number;
}

static void
count_entries (SpReport *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    ((SpReportEntry *) g_ptr_array_index (self->entries, i))->number = i + 1;
}

/* By heading as in the taxonomy, and else in the order in which they were given. A sheet keeps that order altogether. */
static void
number_entries (SpReport *self)
{
  count_entries (self);
  if (self->options.kind == SP_REPORT_LIST)
    g_ptr_array_sort (self->entries, compare_order);
  count_entries (self);
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Lays all pages out on the surface. Returns how many there are. */
static guint
draw (SpReport *self, cairo_surface_t *surface, double width, double height, guint n_pages)
{
  SpFlow flow;
  guint pages;

  g_ptr_array_set_size (self->alternatives, 0);
  sp_flow_init (&flow, surface, width, height, self->options.large, self->footer, n_pages);
  flow.zoom = self->options.kind == SP_REPORT_SIGNPOSTING ? SHEET_ZOOM : 1;
  sp_flow_begin (&flow, "Document");
  if (self->options.kind == SP_REPORT_LIST)
    sp_report_list_draw (self, &flow);
  else
    sp_report_sheet_draw (self, &flow);
  sp_report_end_draw (self, &flow);
  sp_flow_end (&flow, "Document");
  sp_flow_finish (&flow);
  pages = flow.page;
  sp_flow_clear (&flow);
  return pages;
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

/* "en-GB" of "en_GB.UTF-8"; British English where no language is set. */
static char *
get_language (void)
{
  const char *name = g_get_language_names ()[0];
  char *language = g_strndup (name, strcspn (name, ".@"));

  if (strlen (language) < 2 || g_ascii_strcasecmp (language, "POSIX") == 0)
    {
      g_free (language);
      return g_strdup ("en-GB");
    }
  return g_strdelimit (language, "_", '-');
}

/**
 * sp_report_render:
 * @self: a report with all its entries
 * @error: %SP_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
sp_report_render (SpReport *self, GError **error)
{
  gboolean landscape = self->options.kind == SP_REPORT_LIST && !self->options.large;
  double width = landscape ? A4_LONG : A4_SHORT, height = landscape ? A4_SHORT : A4_LONG;
  cairo_surface_t *counting = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1), *surface;
  g_autofree char *language = get_language ();
  g_autoptr (GBytes) bytes = NULL;
  GByteArray *out = g_byte_array_new ();
  cairo_status_t status;
  guint n_pages;

  number_entries (self);
  n_pages = draw (self, counting, width, height, 0);
  cairo_surface_destroy (counting);
  surface = cairo_pdf_surface_create_for_stream (write_cb, out, width, height);
  set_metadata (self, surface);
  draw (self, surface, width, height, n_pages);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  bytes = g_byte_array_free_to_bytes (out);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_FAILED, _("The pages could not be drawn: %s"), cairo_status_to_string (status));
      return NULL;
    }
  g_ptr_array_add (self->alternatives, NULL);
  return sp_pdf_finish (bytes, language, (const char * const *) self->alternatives->pdata, error);
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
  g_autoptr (GBytes) pdf = sp_report_render (self, error);
  gsize length;
  const char *bytes;

  if (pdf == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  bytes = g_bytes_get_data (pdf, &length);
  if (g_file_replace_contents (file, bytes, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, error))
    return TRUE;
  g_prefix_error (error, "%s: ", g_file_peek_path (file));
  return FALSE;
}
