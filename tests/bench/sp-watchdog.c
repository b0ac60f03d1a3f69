/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the main loop is away, and with what. The rooms are compiled once more, so that each of their functions says
 * when it is entered and left (-finstrument-functions). Where the toolkit enters one of ours and until that returns, that is
 * a callback of ours, with all it calls: a signal handler, an answer of the store, a row that is bound, a layer that is
 * drawn. What a frame takes beside them is the toolkit's own drawing; what is left, its other work.
 *
 * Belongs to the main loop; what threads do is not counted. */
#include "sp-watchdog.h"

#include "sp-bench.h"

#include <dlfcn.h>
#include <time.h>

#define MOST_TOLD 12 /* callbacks */

typedef struct
{
  gpointer function;
  guint    count;
  double   most_wall, most_cpu; /* milliseconds */
} Callback;

/* What happened in some time; milliseconds of the wall clock. */
typedef struct
{
  double all, ours, drawing;
} Share;

/* The toolkit's share of a frame. */
typedef struct
{
  double wall, cpu; /* milliseconds */
} Frame;

static __thread gboolean is_watched; /* this thread is the main loop's, and somebody watches */
static __thread guint depth;         /* of functions of ours */

static GHashTable *callbacks;        /* function to Callback, owned */
static gpointer outermost;
static double entered_wall, entered_cpu;
static Share turn;                   /* of the main loop, since it slept */
static Share longest;
static Frame ours;                   /* in the frame that is under way */
static GArray *frames;               /* of Frame: those in which something was drawn */
static gboolean is_painted;
static double woke;                  /* the turn */
static Frame began;
static GPollFunc sleep_func;

static double
clock_ms (clockid_t id)
{
  struct timespec time;

  clock_gettime (id, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static void
note_callback (double wall, double cpu)
{
  Callback *callback = g_hash_table_lookup (callbacks, outermost);

  if (callback == NULL)
    {
      callback = g_new0 (Callback, 1);
      callback->function = outermost;
      g_hash_table_insert (callbacks, outermost, callback);
    }
  callback->count++;
  callback->most_wall = MAX (callback->most_wall, wall);
  callback->most_cpu = MAX (callback->most_cpu, cpu);
  turn.ours += wall;
  ours.wall += wall;
  ours.cpu += cpu;
}

/* The compiler has each function of the rooms call these two. */
void __cyg_profile_func_enter (void *function, void *site);
void __cyg_profile_func_exit (void *function, void *site);

void
__cyg_profile_func_enter (void *function, void *site)
{
  if (!is_watched || depth++ > 0)
    return;
  outermost = function;
  entered_cpu = clock_ms (CLOCK_THREAD_CPUTIME_ID);
  entered_wall = clock_ms (CLOCK_MONOTONIC);
}

void
__cyg_profile_func_exit (void *function, void *site)
{
  if (is_watched && depth > 0 && --depth == 0)
    note_callback (clock_ms (CLOCK_MONOTONIC) - entered_wall, clock_ms (CLOCK_THREAD_CPUTIME_ID) - entered_cpu);
}

/* ── The main loop and its frames ── */

static int
sleep_cb (GPollFD *fds, guint n, int timeout)
{
  int result;

  turn.all = clock_ms (CLOCK_MONOTONIC) - woke;
  if (turn.all > longest.all)
    longest = turn;
  result = sleep_func (fds, n, timeout);
  turn = (Share){ 0 };
  woke = clock_ms (CLOCK_MONOTONIC);
  return result;
}

static void
before_paint_cb (GdkFrameClock *clock, gpointer data)
{
  is_painted = FALSE;
  ours = (Frame){ 0 };
  began = (Frame){ clock_ms (CLOCK_MONOTONIC), clock_ms (CLOCK_THREAD_CPUTIME_ID) };
}

static void
paint_cb (GdkFrameClock *clock, gpointer data)
{
  is_painted = TRUE;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  Frame drawing = { clock_ms (CLOCK_MONOTONIC) - began.wall - ours.wall, clock_ms (CLOCK_THREAD_CPUTIME_ID) - began.cpu - ours.cpu };

  if (!is_painted)
    return;
  g_array_append_val (frames, drawing);
  turn.drawing += drawing.wall;
}

/**
 * sp_watchdog_start:
 * @clock: of the window that is watched
 *
 * Watches from now on. To be called on the main loop, by nothing of ours.
 */
void
sp_watchdog_start (GdkFrameClock *clock)
{
  callbacks = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "paint", G_CALLBACK (paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
  sleep_func = g_main_context_get_poll_func (NULL);
  woke = clock_ms (CLOCK_MONOTONIC);
  g_main_context_set_poll_func (NULL, sleep_cb);
  is_watched = TRUE;
}

/**
 * sp_watchdog_stop:
 *
 * Watches no longer. What was seen is kept.
 */
void
sp_watchdog_stop (void)
{
  is_watched = FALSE;
  g_main_context_set_poll_func (NULL, sleep_func);
}

/* ── What was seen ── */

/* Name, file and line of a function, by binutils; else its address. */
static char *
name_function (gpointer function)
{
  Dl_info info;
  g_autofree char *address = NULL, *output = NULL, *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *arguments[] = { "addr2line", "-f", "-s", "-e", program, NULL, NULL };

  if (dladdr (function, &info) == 0)
    return g_strdup_printf ("%p", function);
  address = g_strdup_printf ("0x%" G_GINTPTR_MODIFIER "x", (guintptr) function - (guintptr) info.dli_fbase);
  arguments[5] = address;
  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL))
    return g_steal_pointer (&address);
  return g_strdelimit (g_strstrip (g_steal_pointer (&output)), "\n", ' ');
}

static double
most_of (const Callback *callback)
{
  return sp_bench_is_by_processor () ? callback->most_cpu : callback->most_wall;
}

static int
compare_callbacks (gconstpointer first, gconstpointer second)
{
  double a = most_of (*(const Callback *const *) first), b = most_of (*(const Callback *const *) second);

  return (a < b) - (a > b);
}

static void
tell_callbacks (GPtrArray *worst)
{
  g_print ("# callbacks of ours, the longest of each: milliseconds, of the processor, how often\n");
  for (guint i = 0; i < MIN (worst->len, MOST_TOLD); i++)
    {
      const Callback *callback = g_ptr_array_index (worst, i);
      g_autofree char *name = name_function (callback->function);

      g_print ("#   %6.2f %6.2f %6u  %s\n", callback->most_wall, callback->most_cpu, callback->count, name);
    }
}

static void
tell_drawing (void)
{
  g_autofree double *times = g_new (double, frames->len + 1);

  for (guint i = 0; i < frames->len; i++)
    times[i] = sp_bench_is_by_processor () ? g_array_index (frames, Frame, i).cpu : g_array_index (frames, Frame, i).wall;
  if (frames->len > 0)
    g_print ("# the toolkit's own drawing, of %u frames: p50 %.1f ms, p95 %.1f ms, at most %.1f ms\n", frames->len,
             sp_bench_percentile (times, frames->len, 0.5), sp_bench_percentile (times, frames->len, 0.95),
             sp_bench_percentile (times, frames->len, 1));
  g_print ("# the main loop was away for %.1f ms at most: ours %.1f, drawing %.1f, the toolkit's other work %.1f\n", longest.all,
           longest.ours, longest.drawing, longest.all - longest.ours - longest.drawing);
}

/**
 * sp_watchdog_report:
 * @what: which benchmark it is
 * @limit: how many milliseconds a callback of ours may run
 *
 * Tells what was seen: our callbacks by name, the toolkit's drawing apart.
 *
 * Returns: 1 if one of ours ran longer than that, else 0
 */
guint
sp_watchdog_report (const char *what, double limit)
{
  g_autoptr (GPtrArray) worst = g_ptr_array_new ();
  g_autofree char *name = g_strdup_printf ("%s, the longest callback of ours", what);
  GHashTableIter iter;
  gpointer callback;

  g_hash_table_iter_init (&iter, callbacks);
  while (g_hash_table_iter_next (&iter, NULL, &callback))
    g_ptr_array_add (worst, callback);
  g_ptr_array_sort (worst, compare_callbacks);
  tell_callbacks (worst);
  tell_drawing ();
  return !sp_bench_bound (name, worst->len > 0 ? most_of (g_ptr_array_index (worst, 0)) : 0, limit, "ms");
}
