/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the start of the program to the first frame one can work with, and the memory it takes then: the window with its
 * list and its map, beside an empty libadwaita window with a libshumate map. Each run is a process of its own, ours and
 * the bare one by turns; the middle one of each counts. Time runs from before the process is made.
 *
 * One can work with ours when a frame was drawn that has in it the entries of every row in sight of the list, with all
 * their words, and the whole base map, with the keyboard in the search entry, and when the main loop is there for the
 * next key. Clusters on the map may follow from their thread. The bare window can be worked with when it was drawn; it
 * has no tiles. The program and its libraries are the same for both.
 *
 * The map looks where it was the last time, at a city, as it does at every start but the first of all.
 *
 * Memory is what stays a moment later, when the threads are through: the pins and clusters of all entries are on the map,
 * and the names of places and what else comes after the first frame. */
#include "sp-application.h"
#include "sp-bench.h"
#include "sp-map-view.h"
#include "sp-pin-layer.h"
#include "sp-result-row.h"
#include "sp-window.h"

#include <shumate/shumate.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 7
#define SETTLE_MS 1500 /* after the pins have come, until what threads draw is there too */
#define LOOK_MS 50
#define CITY_LATITUDE 53.48
#define CITY_LONGITUDE (-2.24)
#define CITY_ZOOM 12

typedef struct
{
  GtkWindow *window;
  double     began, ready; /* monotonic seconds */
  double     processor;    /* seconds of all threads, until it was ready */
} Start;

/* ── One run, in a process of its own ── */

static double
now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
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

  printf ("%f %f %f\n", (start->ready - start->began) * 1e3, start->processor * 1e3, resident_megabytes ());
  fflush (stdout);
  _exit (0);
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static gboolean
is_in_sight (GtkWidget *item, GtkWidget *list)
{
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (item) && gtk_widget_compute_bounds (item, list, &bounds)
         && bounds.origin.y < (float) gtk_widget_get_height (list) && bounds.origin.y + bounds.size.height > 0;
}

/* Whether there are rows in sight, and all of them tell of their entry. */
static gboolean
is_list_filled (GtkWidget *window)
{
  GtkWidget *list = find_type (window, GTK_TYPE_LIST_VIEW);
  guint filled = 0;

  for (GtkWidget *item = list != NULL ? gtk_widget_get_first_child (list) : NULL; item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = find_type (item, SP_TYPE_RESULT_ROW);
      SpResult *result = row != NULL ? sp_result_row_get_result (SP_RESULT_ROW (row)) : NULL;

      if (result == NULL || !is_in_sight (item, list))
        continue;
      if (sp_result_get_asset (result) == NULL)
        return FALSE;
      filled++;
    }
  return filled > 0;
}

static gboolean
is_usable (GtkWindow *window)
{
  GtkWidget *map, *focus = gtk_window_get_focus (window);

  if (!SP_IS_WINDOW (window))
    return TRUE;
  map = find_type (GTK_WIDGET (window), SP_TYPE_MAP_VIEW);
  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY) != NULL && gtk_widget_is_sensitive (focus)
         && sp_map_view_is_whole (SP_MAP_VIEW (map)) && is_list_filled (GTK_WIDGET (window));
}

/* Whether what was found is on the map. */
static gboolean
has_pins (GtkWindow *window)
{
  return !SP_IS_WINDOW (window)
         || sp_pin_layer_count_sprites (SP_PIN_LAYER (find_type (GTK_WIDGET (window), SP_TYPE_PIN_LAYER))) > 0;
}

static gboolean
look_for_pins_cb (gpointer data)
{
  Start *start = data;

  if (!has_pins (start->window))
    return G_SOURCE_CONTINUE;
  g_timeout_add (SETTLE_MS, settled_cb, start);
  return G_SOURCE_REMOVE;
}

static gboolean
next_key_cb (gpointer data)
{
  Start *start = data;

  start->ready = now (CLOCK_MONOTONIC);
  start->processor = now (CLOCK_PROCESS_CPUTIME_ID);
  g_timeout_add (LOOK_MS, look_for_pins_cb, start);
  return G_SOURCE_REMOVE;
}

/* The first time that all was in a frame, waits for its turn as the next key would. */
static void
after_paint_cb (GdkFrameClock *clock, Start *start)
{
  if (!is_usable (start->window))
    return;
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, start);
  g_idle_add_full (GDK_PRIORITY_EVENTS, next_key_cb, start, NULL);
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

static void
place_map (void)
{
  g_autoptr (GSettings) settings = g_settings_new (SP_APPLICATION_ID);

  g_settings_set_double (settings, "latitude", CITY_LATITUDE);
  g_settings_set_double (settings, "longitude", CITY_LONGITUDE);
  g_settings_set_double (settings, "zoom", CITY_ZOOM);
}

/* @store: (nullable): %NULL for the bare window */
static int
run_once (const char *store, const char *began)
{
  Start start = { .began = g_ascii_strtod (began, NULL) };
  char *arguments[] = { (char *) "signpost", (char *) "--store", (char *) store, NULL };
  GApplication *application;

  if (store != NULL)
    {
      place_map ();
      application = G_APPLICATION (sp_application_new ());
    }
  else
    {
      application = G_APPLICATION (adw_application_new ("org.signpost.Bare", G_APPLICATION_NON_UNIQUE));
      g_signal_connect (application, "activate", G_CALLBACK (activate_bare_cb), NULL);
    }
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &start);
  return g_application_run (application, store != NULL ? 3 : 1, arguments);
}

/* ── All runs ── */

typedef struct { double ms, processor, megabytes; } Figures;

static Figures
measure (const char *program, const char *store)
{
  g_autofree char *output = NULL, *began = g_strdup_printf ("%f", now (CLOCK_MONOTONIC));
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { program, "--once", began, store, NULL };
  Figures figures = { 0 };
  char *rest;

  sp_bench_check (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, NULL, &error), &error);
  figures.ms = g_ascii_strtod (output, &rest);
  figures.processor = g_ascii_strtod (rest, &rest);
  figures.megabytes = g_ascii_strtod (rest, NULL);
  sp_bench_check (figures.ms > 0 && figures.megabytes > 0, NULL);
  return figures;
}

/* The limits of a store of that size: of what is many for a town, and of what is many for a country. */
static guint
bench_size (const char *program, guint assets)
{
  g_autofree char *store = sp_bench_store (assets);
  g_autofree char *time = g_strdup_printf ("start, %u: first frame to work with", assets);
  g_autofree char *memory = g_strdup_printf ("start, %u: memory above the bare window", assets);
  gboolean is_large = assets > 100000;
  double ours[ROUNDS], bare[ROUNDS], above[ROUNDS];
  guint misses = 0;

  measure (program, NULL); /* once before it counts: files are read from the disk */
  measure (program, store);
  for (guint i = 0; i < ROUNDS; i++)
    {
      Figures without = measure (program, NULL), with = measure (program, store);
      ours[i] = sp_bench_is_by_processor () ? with.processor : with.ms;
      bare[i] = sp_bench_is_by_processor () ? without.processor : without.ms;
      above[i] = with.megabytes - without.megabytes;
    }
  misses += !sp_bench_report (time, sp_bench_percentile (ours, ROUNDS, 0.5), sp_bench_percentile (bare, ROUNDS, 0.5),
                              is_large ? 2 : 1.5, "ms");
  misses += !sp_bench_bound (memory, sp_bench_percentile (above, ROUNDS, 0.5), is_large ? 200 : 80, "MB");
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
  misses = bench_size (program, assets / 10);
  misses += bench_size (program, assets);
  return misses > 0;
}
