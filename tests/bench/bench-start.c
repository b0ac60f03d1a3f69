/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the start of the program to the first frame one can work with, and the memory it takes then: the window with its
 * list and its map, beside an empty libadwaita window with a libshumate map. Each run is a process of its own, ours and
 * the bare one by turns; the middle one of each counts. */
#include "sp-application.h"
#include "sp-bench.h"
#include "sp-window.h"

#include <shumate/shumate.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ROUNDS 7
#define SETTLE_MS 1500 /* until what threads draw is there too */

typedef struct
{
  GtkWindow *window;
  double     began, ready; /* monotonic seconds */
} Start;

/* ── One run, in a process of its own ── */

static double
now (void)
{
  return (double) g_get_monotonic_time () / 1e6;
}

static double
resident_megabytes (void)
{
  g_autofree char *text = NULL;
  guint64 pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    pages = g_ascii_strtoull (strchr (text, ' '), NULL, 10);
  return (double) pages * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

static gboolean
settled_cb (gpointer data)
{
  Start *start = data;

  printf ("%f %f\n", (start->ready - start->began) * 1e3, resident_megabytes ());
  fflush (stdout);
  _exit (0);
}

/* Ours can be worked with when its list is there. */
static gboolean
is_usable (GtkWindow *window)
{
  SpBrowser *browser;

  if (!SP_IS_WINDOW (window))
    return TRUE;
  browser = sp_window_get_browser (SP_WINDOW (window));
  return browser != NULL && sp_finder_get_hits (sp_browser_get_finder (browser)) != NULL;
}

static void
after_paint_cb (GdkFrameClock *clock, Start *start)
{
  if (start->ready > 0 || !is_usable (start->window))
    return;
  start->ready = now ();
  g_timeout_add (SETTLE_MS, settled_cb, start);
}

static void
realize_cb (GtkWindow *window, Start *start)
{
  start->window = window;
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (after_paint_cb), start);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window, Start *start)
{
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), start);
}

static void
activate_bare_cb (GtkApplication *application)
{
  GtkWindow *window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "application", application, "default-width", 1200,
                                    "default-height", 760, "content", shumate_simple_map_new (), NULL);

  gtk_window_present (window);
}

/* @store: (nullable): %NULL for the bare window */
static int
run_once (const char *store, const char *began)
{
  Start start = { .began = g_ascii_strtod (began, NULL) };
  char *arguments[] = { (char *) "signpost", (char *) "--store", (char *) store, NULL };
  GApplication *application;

  if (store != NULL)
    application = G_APPLICATION (sp_application_new ());
  else
    {
      application = G_APPLICATION (adw_application_new ("org.signpost.Bare", G_APPLICATION_NON_UNIQUE));
      g_signal_connect (application, "activate", G_CALLBACK (activate_bare_cb), NULL);
    }
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &start);
  return g_application_run (application, store != NULL ? 3 : 1, arguments);
}

/* ── All runs ── */

typedef struct { double ms, megabytes; } Figures;

static Figures
measure (const char *program, const char *store)
{
  g_autofree char *output = NULL, *began = g_strdup_printf ("%f", now ());
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { program, "--once", began, store, NULL };
  Figures figures = { 0 };
  char *rest;

  sp_bench_check (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, NULL, &error), &error);
  figures.ms = g_ascii_strtod (output, &rest);
  figures.megabytes = g_ascii_strtod (rest, NULL);
  sp_bench_check (figures.ms > 0 && figures.megabytes > 0, NULL);
  return figures;
}

static guint
bench_size (const char *program, guint assets, double limit, double megabytes)
{
  g_autofree char *store = sp_bench_store (assets);
  g_autofree char *time = g_strdup_printf ("start, %u: first frame with its list", assets);
  g_autofree char *memory = g_strdup_printf ("start, %u: memory above the bare window", assets);
  double ours[ROUNDS], bare[ROUNDS], above[ROUNDS];
  guint misses = 0;

  measure (program, NULL); /* once before it counts: files are read from the disk */
  measure (program, store);
  for (guint i = 0; i < ROUNDS; i++)
    {
      Figures without = measure (program, NULL), with = measure (program, store);
      ours[i] = with.ms;
      bare[i] = without.ms;
      above[i] = with.megabytes - without.megabytes;
    }
  misses += !sp_bench_report (time, sp_bench_percentile (ours, ROUNDS, 0.5), sp_bench_percentile (bare, ROUNDS, 0.5), limit, "ms");
  misses += !sp_bench_bound (memory, sp_bench_percentile (above, ROUNDS, 0.5), megabytes, "MB");
  return misses;
}

int
main (int argc, char **argv)
{
  const char *program = argv[0];
  guint assets, misses;

  if (argc > 2 && strcmp (argv[1], "--once") == 0)
    return run_once (argc > 3 ? argv[3] : NULL, argv[2]);
  assets = sp_bench_options (argc, argv, 1000000);
  misses = bench_size (program, assets / 10, 1.5, 80);
  misses += bench_size (program, assets, 2, 200);
  return misses > 0;
}
