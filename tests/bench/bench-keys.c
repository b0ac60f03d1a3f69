/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the press of a key to the list and the map that answer it, in the window, on many assets. A person, who is a thread
 * of their own, types words letter by letter with real keys, chooses filters, and walks down the list. A key is answered by
 * the first frame after which nothing is looked for any more, the map has its clusters and the rows in sight their words.
 * Meanwhile the watchdog sees how long each callback of ours takes. */
#include "sp-bench.h"
#include "sp-facet-row.h"
#include "sp-filter-bar.h"
#include "sp-filter-chooser.h"
#include "sp-map-view-private.h"
#include "sp-watchdog.h"
#include "sp-window.h"

#include <string.h>

#define BETWEEN_KEYS "300" /* twice the milliseconds that xdotool waits: of somebody who types well */
#define PAUSE 500000       /* microseconds, to look at what there is */
#define ROWS 10            /* that are in sight */
#define STEPS 8            /* down the list */
#define ROUNDS 3           /* of all filters, for as many answers as a percentile needs */
#define LIMIT_MS 100
#define CALLBACK_MS 16

static const char *const words[] = { "community", "lunch club", "walking", "befriending", "carers", "memory cafe", "dance", "advice on debt" };

/* What the chooser calls the question and the answer. */
static const struct { const char *question, *answer; } filters[] = {
  { "Kind", "Groups" },        { "Day and Time", "Tuesday" },        { "Category", "Lunch club" },
  { "Cost", "Free" },          { "Access", "Wheelchair access" },    { "Kind", "Services" },
  { "Age", "Somebody aged 80" }, { "Day and Time", "Saturday" },     { "Day and Time", "In the evening, at 7" },
};

typedef struct
{
  GtkWidget     *window;
  SpBrowser     *browser;
  SpMapView     *map;
  GdkFrameClock *clock;
  GApplication  *application;
  double         pressed; /* when the key was, or the answer chosen: as sp_bench_now() counts */
  gboolean       is_choosing;
  GArray        *asked;   /* of double: when, of what is not answered yet */
  gint           waiting; /* how many these are, for the person */
  GArray        *keys, *choices; /* of double: milliseconds until they were answered */
  GArray        *found, *placed; /* of double: until the store had found the list, and the clusters */
  guint          typed;
} Session;

/* ── Keys and answers, on the main loop ── */

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

/* How many seconds ago the display server saw the key; its clock is the system's, in milliseconds. */
static double
key_age (GtkEventController *controller)
{
  guint32 now = (guint32) (g_get_monotonic_time () / 1000), age = now - gtk_event_controller_get_current_event_time (controller);

  sp_bench_check (age < 60000, NULL);
  return age / 1e3;
}

static gboolean
key_cb (GtkEventController *controller, guint key, guint code, GdkModifierType state, Session *self)
{
  self->pressed = sp_bench_now () - (sp_bench_is_by_processor () ? 0 : key_age (controller));
  return FALSE;
}

static void
asked_cb (SpBrowser *browser, GParamSpec *pspec, Session *self)
{
  g_array_append_val (self->asked, self->pressed);
  g_atomic_int_set (&self->waiting, (gint) self->asked->len);
  gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
}

/* Since the last key that asked for it. */
static void
note_step (Session *self, GArray *steps)
{
  double ms = (sp_bench_now () - self->pressed) * 1e3;

  if (self->asked->len > 0)
    g_array_append_val (steps, ms);
}

static void
found_cb (SpFinder *finder, Session *self)
{
  note_step (self, self->found);
}

static void
placed_cb (SpMapModel *model, Session *self)
{
  note_step (self, self->placed);
}

static gboolean
is_answered (Session *self)
{
  SpFinder *finder = sp_browser_get_finder (self->browser);
  GListModel *list = G_LIST_MODEL (sp_finder_get_list (finder));

  if (sp_finder_is_running (finder) || self->map->model == NULL || sp_map_model_is_running (self->map->model))
    return FALSE;
  for (guint i = 0; i < MIN (ROWS, g_list_model_get_n_items (list)); i++)
    {
      g_autoptr (SpResult) result = g_list_model_get_item (list, i);

      if (!sp_result_is_current (result))
        return FALSE;
    }
  return TRUE;
}

static void
after_paint_cb (GdkFrameClock *clock, Session *self)
{
  if (self->asked->len == 0)
    return;
  if (!is_answered (self))
    {
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
      return;
    }
  for (guint i = 0; i < self->asked->len; i++)
    {
      double ms = (sp_bench_now () - g_array_index (self->asked, double, i)) * 1e3;

      g_array_append_val (self->is_choosing ? self->choices : self->keys, ms);
    }
  g_array_set_size (self->asked, 0);
  g_atomic_int_set (&self->waiting, 0);
}

/* ── The person, in a thread ── */

static void
look (Session *self)
{
  g_usleep (PAUSE);
  while (g_atomic_int_get (&self->waiting) > 0)
    g_usleep (5000);
}

static void
run_xdotool (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  int status = 0;

  sp_bench_check (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, NULL, NULL, NULL, NULL, &status, &error), &error);
  sp_bench_check (g_spawn_check_wait_status (status, &error), &error);
}

static void
press (const char *key)
{
  run_xdotool ((const char *const[]){ "xdotool", "key", key, NULL });
}

static void
type_words (Session *self, const char *text)
{
  run_xdotool ((const char *const[]){ "xdotool", "type", "--delay", BETWEEN_KEYS, text, NULL });
  look (self);
  press ("ctrl+a");
  press ("BackSpace");
  look (self);
  self->typed += (guint) strlen (text) + 1;
}

static void
walk (Session *self)
{
  for (guint i = 0; i < STEPS; i++)
    {
      press (i < STEPS - 2 ? "Down" : "Page_Down");
      look (self);
    }
}

/* ── Their clicks, on the main loop again ── */

typedef struct
{
  Session    *session;
  const char *label;
  void      (*act) (Session *self, const char *label);
  gint        is_done;
} Click;

static gboolean
click_cb (gpointer data)
{
  Click *click = data;

  click->session->pressed = sp_bench_now ();
  click->act (click->session, click->label);
  g_atomic_int_set (&click->is_done, TRUE);
  return G_SOURCE_REMOVE;
}

static void
click (Session *self, void (*act) (Session *self, const char *label), const char *label)
{
  Click what = { self, label, act, FALSE };

  g_idle_add (click_cb, &what);
  while (!g_atomic_int_get (&what.is_done))
    g_usleep (1000);
  look (self);
}

static GtkMenuButton *
find_filter_button (Session *self)
{
  GtkWidget *button = gtk_widget_get_last_child (find_type (self->window, SP_TYPE_FILTER_BAR)); /* after all chips */

  sp_bench_check (GTK_IS_MENU_BUTTON (button), NULL);
  return GTK_MENU_BUTTON (button);
}

static void
open_chooser (Session *self, const char *label)
{
  gtk_menu_button_popup (find_filter_button (self));
}

static void
close_chooser (Session *self, const char *label)
{
  gtk_menu_button_popdown (find_filter_button (self));
}

static GtkWidget *
find_row (GtkWidget *root, const char *label)
{
  GtkWidget *found = NULL;

  if (SP_IS_FACET_ROW (root))
    return gtk_widget_get_mapped (root) && g_str_equal (sp_facet_row_get_label (SP_FACET_ROW (root)), label) ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_row (child, label);
  return found;
}

static void
choose_row (Session *self, const char *label)
{
  GtkWidget *row = find_row (find_type (self->window, SP_TYPE_FILTER_CHOOSER), label);

  if (row == NULL)
    g_printerr ("The chooser of filters has no “%s”\n", label);
  sp_bench_check (row != NULL && gtk_widget_activate (row), NULL);
}

static void
clear_filters (Session *self, const char *label)
{
  gtk_widget_activate_action (self->window, "win.clear-filters", NULL);
}

/* One or two at a time. */
static void
choose_filters (Session *self)
{
  self->is_choosing = TRUE;
  for (guint i = 0; i < ROUNDS * G_N_ELEMENTS (filters); i++)
    {
      click (self, open_chooser, NULL);
      click (self, choose_row, filters[i % G_N_ELEMENTS (filters)].question);
      click (self, choose_row, filters[i % G_N_ELEMENTS (filters)].answer);
      click (self, close_chooser, NULL);
      if (i % 2 == 1)
        click (self, clear_filters, NULL);
    }
  click (self, clear_filters, NULL);
  self->is_choosing = FALSE;
}

static gboolean
quit_cb (gpointer data)
{
  sp_watchdog_stop ();
  g_application_quit (((Session *) data)->application);
  return G_SOURCE_REMOVE;
}

static gpointer
sit_down (gpointer data)
{
  Session *self = data;

  look (self);
  press ("ctrl+f");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    type_words (self, words[i]);
  choose_filters (self);
  press ("ctrl+f");
  walk (self);
  g_idle_add (quit_cb, self);
  return NULL;
}

/* ── The window ── */

static void
begin_session (Session *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->browser = sp_window_get_browser (SP_WINDOW (self->window));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->window, keys);
  g_signal_connect (self->browser, "notify::query", G_CALLBACK (asked_cb), self);
  g_signal_connect (sp_browser_get_finder (self->browser), "ended", G_CALLBACK (found_cb), self);
  g_signal_connect (self->map->model, "changed", G_CALLBACK (placed_cb), self);
  g_signal_connect (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  sp_watchdog_start (self->clock);
  g_thread_unref (g_thread_new ("person", sit_down, self));
}

/* Until the list is there: what it takes to open the window, another benchmark tells. */
static gboolean
open_cb (gpointer data)
{
  Session *self = data;
  SpBrowser *browser = sp_window_get_browser (SP_WINDOW (self->window));

  self->map = SP_MAP_VIEW (find_type (self->window, SP_TYPE_MAP_VIEW));
  if (browser == NULL || sp_finder_get_hits (sp_browser_get_finder (browser)) == NULL || self->map->model == NULL)
    return G_SOURCE_CONTINUE;
  begin_session (self);
  return G_SOURCE_REMOVE;
}

static void
realize_cb (GtkWidget *window, Session *self)
{
  self->window = window;
  self->clock = gtk_widget_get_frame_clock (window);
  g_timeout_add (100, open_cb, self);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window, Session *self)
{
  if (self->window == NULL)
    g_signal_connect (window, "realize", G_CALLBACK (realize_cb), self);
}

static guint
report (const char *name, GArray *times)
{
  double *values = (double *) (gpointer) times->data;

  g_print ("# %u of them: p50 %.1f ms, at most %.1f ms\n", times->len, sp_bench_percentile (values, times->len, 0.5),
           sp_bench_percentile (values, times->len, 1));
  return !sp_bench_bound (name, sp_bench_percentile (values, times->len, 0.95), LIMIT_MS, "ms");
}

static void
tell_steps (const char *name, GArray *steps)
{
  double *values = (double *) (gpointer) steps->data;

  g_print ("# until %s: p50 %.1f ms, p95 %.1f ms\n", name, sp_bench_percentile (values, steps->len, 0.5),
           sp_bench_percentile (values, steps->len, 0.95));
}

int
main (int argc, char **argv)
{
  guint assets = sp_bench_options (argc, argv, 100000), misses = 0;
  g_autofree char *store = sp_bench_store (assets);
  char *arguments[] = { (char *) "signpost", (char *) "--store", store, NULL };
  g_autoptr (SpApplication) application = sp_application_new ();
  Session self = { .application = G_APPLICATION (application) };
  GArray **arrays[] = { &self.asked, &self.keys, &self.choices, &self.found, &self.placed };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_array_new (FALSE, FALSE, sizeof (double));
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &self);
  g_application_run (self.application, 3, arguments);
  sp_bench_check (self.keys->len >= self.typed && self.choices->len > 0, NULL);
  misses += report ("keys, from a key to the list and the map: p95", self.keys);
  misses += report ("keys, from a filter to the list and the map: p95", self.choices);
  tell_steps ("the list was found", self.found);
  tell_steps ("the clusters were there", self.placed);
  misses += sp_watchdog_report ("keys", CALLBACK_MS);
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (*arrays[i]);
  return misses > 0;
}
