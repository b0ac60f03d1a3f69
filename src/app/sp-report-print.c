/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages that are drawn already, to a printer. Nothing is laid out here: the main loop only hands over what a thread made. */
#include "sp-report-print.h"

#include <math.h>

typedef struct
{
  GPtrArray *pages; /* (element-type cairo_surface_t) */
  double     width; /* points */
  double     height;
} Job;

static void
job_free (gpointer data, GClosure *closure)
{
  Job *job = data;

  g_ptr_array_unref (job->pages);
  g_free (job);
}

/* In the middle of the paper, as it is; smaller only on paper that is smaller. */
static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Job *job = data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context), height = gtk_print_context_get_height (context);
  double scale = fmin (1, fmin (width / job->width, height / job->height));

  cairo_translate (cr, (width - job->width * scale) / 2, (height - job->height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, g_ptr_array_index (job->pages, (guint) page), 0, 0);
  cairo_paint (cr);
}

static GtkPageSetup *
make_page_setup (double width, double height)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, a4);
  gtk_page_setup_set_orientation (setup, width > height ? GTK_PAGE_ORIENTATION_LANDSCAPE : GTK_PAGE_ORIENTATION_PORTRAIT);
  return setup;
}

/**
 * sp_report_print_new:
 * @pages: (element-type cairo_surface_t): of sp_report_draw_pages()
 * @width: of a page, in points
 * @height: of a page, in points
 * @name: what the queue of the printer shows
 *
 * The pages have margins of their own, so the whole paper is used.
 *
 * Returns: (transfer full): an operation that can be run, once
 */
GtkPrintOperation *
sp_report_print_new (GPtrArray *pages, double width, double height, const char *name)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = make_page_setup (width, height);
  Job *job = g_new (Job, 1);

  *job = (Job){ g_ptr_array_ref (pages), width, height };
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, (int) pages->len);
  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), job, job_free, 0);
  return operation;
}
