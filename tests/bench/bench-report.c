/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list for a meeting as a PDF, with its map: how long it takes, whether ten times as many take ten times as long, how large
 * it is. And the same rows alone, without map, chart and further tables, beside LibreOffice, if it is installed, which makes a
 * tagged table of them: two programs, from their start to the file. */
#include "sp-bench.h"
#include "sp-generate.h"
#include "sp-report.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define ONLY_ROWS (SP_REPORT_MAP | SP_REPORT_SUMMARY | SP_REPORT_BUILDINGS | SP_REPORT_FUNDING | SP_REPORT_CHECKS)
#define GROWTH 1.25 /* ten times as many may take so much more than ten times as long */

typedef struct
{
  double seconds;
  double kilobytes;
} Figures;

static SpReport *
make_report (guint assets, SpReportParts without)
{
  SpReportOptions options = { .kind = SP_REPORT_LIST, .full = TRUE, .filtered = "Everything", .now = { sp_civil_day (2026, 11, 22), 600 }, .without = without };
  g_autoptr (SpGenerator) generator = sp_generator_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  SpReport *report = sp_report_new (&options);
  SpCalendar calendar;

  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  for (guint i = 0; i < assets; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SpNode) asset = NULL;

      g_string_truncate (json, 0);
      sp_generator_append (generator, i, json);
      asset = sp_node_parse (json->str, (gssize) json->len, &error);
      sp_bench_check (asset != NULL, &error);
      sp_report_add (report, asset, NULL, &calendar, NULL);
    }
  return report;
}

static void
write_list (const char *path, guint assets, SpReportParts without)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReport) report = make_report (assets, without);

  sp_bench_check (sp_report_write (report, file, NULL, &error), &error);
}

/* From the documents to the file. */
static Figures
time_ours (guint assets)
{
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, "report.pdf", NULL);
  double start = sp_bench_now ();
  Figures figures;
  GStatBuf info;

  write_list (path, assets, 0);
  figures.seconds = sp_bench_now () - start;
  sp_bench_check (g_stat (path, &info) == 0, NULL);
  figures.kilobytes = (double) info.st_size / 1e3;
  g_remove (path);
  return figures;
}

/* What the table of our list says of each entry, as a table whose head repeats. */
static void
write_rows (const char *path, guint assets)
{
  static const char * const paths[] = {
    "name", "summary", "schedule_words", "address.line_1", "address.city", "address.postal_code", "referral.how",
    "contacts.1.phone", "contacts.1.email", "url", "checked.times.on",
  };
  g_autoptr (SpGenerator) generator = sp_generator_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  FILE *file = g_fopen (path, "w");

  sp_bench_check (file != NULL, NULL);
  fputs ("<!DOCTYPE html><meta charset='utf-8'><title>List</title><style>@page{size:A4 landscape}</style><table border='1'><thead><tr>", file);
  for (guint j = 0; j < G_N_ELEMENTS (paths); j++)
    fprintf (file, "<th>%s</th>", paths[j]);
  fputs ("</tr></thead>", file);
  for (guint i = 0; i < assets; i++)
    {
      g_autoptr (SpNode) asset = NULL;

      g_string_truncate (json, 0);
      sp_generator_append (generator, i, json);
      asset = sp_node_parse (json->str, (gssize) json->len, NULL);
      fputs ("<tr>", file);
      for (guint j = 0; j < G_N_ELEMENTS (paths); j++)
        {
          const char *text = sp_node_get_string (sp_node_get_path (asset, paths[j]));
          g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);
          fprintf (file, "<td>%s</td>", escaped);
        }
      fputs ("</tr>\n", file);
    }
  fputs ("</table>\n", file);
  sp_bench_check (fclose (file) == 0, NULL);
}

#define TAGGED "pdf:writer_web_pdf_Export:{\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"}}"

/* From the start of a program to its end. */
static double
time_program (const char * const *argv)
{
  g_autoptr (GError) error = NULL;
  double start = sp_bench_now ();
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  sp_bench_check (process != NULL && g_subprocess_wait_check (process, NULL, &error), &error);
  return sp_bench_now () - start;
}

/* This program once more, which then does nothing but write that list. */
static double
time_program_ours (const char *program, guint assets)
{
  g_autofree char *n = g_strdup_printf ("%u", assets);
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, "report.pdf", NULL);
  double seconds = time_program ((const char *[]){ program, "--rows", path, n, NULL });

  sp_bench_check (g_remove (path) == 0, NULL);
  return seconds;
}

/* 0 if it is not installed, or lacks the part for texts. */
static double
time_office (guint assets)
{
  g_autofree char *office = g_find_program_in_path ("soffice");
  g_autofree char *rows = g_build_filename (SP_BENCH_FOLDER, "report-rows.html", NULL);
  g_autofree char *pdf = g_build_filename (SP_BENCH_FOLDER, "report-rows.pdf", NULL);
  g_autofree char *profile = g_build_filename (SP_BENCH_FOLDER, "office", NULL);
  g_autofree char *installation = g_strdup_printf ("-env:UserInstallation=file://%s", profile);
  double seconds;

  if (office == NULL)
    return 0;
  write_rows (rows, assets);
  seconds = time_program ((const char *[]){ office, installation, "--headless", "--convert-to", TAGGED, "--outdir", SP_BENCH_FOLDER, rows, NULL });
  g_remove (rows);
  return g_remove (pdf) == 0 ? seconds : 0;
}

static gboolean
report_office (const char *program, guint assets)
{
  g_autofree char *name = g_strdup_printf ("PDF list, %u rows, beside LibreOffice", assets);
  double first = sp_bench_is_by_processor () ? 0 : time_office (1); /* it makes its profile */
  double start = first > 0 ? time_office (1) : 0, office = first > 0 ? time_office (assets) : 0;
  double our_start = first > 0 ? time_program_ours (program, 1) : 0, ours = first > 0 ? time_program_ours (program, assets) : 0;
  gboolean fine = TRUE;

  if (office > 0)
    {
      fine = sp_bench_report (name, ours, office, 0.2, "s ");
      g_print ("# whole programs; for one row ours takes %.2f s, LibreOffice %.2f s\n", our_start, start);
    }
  else
    g_print ("# LibreOffice was not measured: %s\n", sp_bench_is_by_processor () ? "only wall clock's times compare" : "it is not installed");
  return fine;
}

int
main (int argc, char **argv)
{
  guint assets, tenth, misses = 0;
  g_autofree char *short_name = NULL, *long_name = NULL, *size_name = NULL;
  Figures warm, few, many;

  if (argc == 4 && strcmp (argv[1], "--rows") == 0)
    {
      write_list (argv[2], (guint) atoi (argv[3]), ONLY_ROWS);
      return 0;
    }
  assets = sp_bench_options (argc, argv, 10000);
  tenth = MAX (1, assets / 10);
  short_name = g_strdup_printf ("PDF list with its map, %u entries", tenth);
  long_name = g_strdup_printf ("PDF list, %u entries, beside ten times the %u", assets, tenth);
  size_name = g_strdup_printf ("PDF list, each entry beyond the first %u", tenth);
  warm = time_ours (MIN (tenth, 10));
  few = time_ours (tenth);
  many = time_ours (assets);
  misses += !sp_bench_bound (short_name, few.seconds, 2, "s ");
  misses += !sp_bench_report (long_name, many.seconds, 10 * few.seconds, GROWTH, "s ");
  misses += !sp_bench_bound (size_name, (many.kilobytes - few.kilobytes) / (assets - tenth), 1.5, "kB");
  g_print ("# %.0f kB for %u entries, %.0f kB for %u, %.0f kB for %u\n", warm.kilobytes, MIN (tenth, 10), few.kilobytes, tenth,
           many.kilobytes, assets);
  misses += !report_office (argv[0], tenth);
  return misses > 0;
}
