/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model test: random schedules over two to five replicas, in this process, each from a seed. One that fails is made
 * shorter and told. `--schedules N`, `--steps N`, `--seed SEED`, `--minutes N` (with new seeds, until they are over),
 * `--trace`. */
#include "model/model.h"

#include "sp-clock.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int n_schedules = 200;
static int n_steps = 16;
static gint64 first_seed = 1;
static int minutes = 0;
static gboolean trace;

static char now_running[64]; /* for whoever looks at a crash */

/* What is wrong with the town in the end; NULL if nothing is. */
static char *
run (const Schedule *schedule, gboolean with_trace)
{
  Town *town = town_new (schedule);
  char *failure = NULL;

  g_snprintf (now_running, sizeof now_running, "# crashed in schedule --seed %u\n", schedule->seed);
  for (guint i = 0; i < schedule->steps->len; i++)
    {
      const Step *step = &g_array_index (schedule->steps, Step, i);

      town_take_step (town, step);
      if (with_trace)
        fprintf (stderr, "after step %u\n", step->number);
      if (with_trace)
        town_trace (town);
    }
  town_check (town);
  if (town->failure->len > 0)
    failure = g_strdup (town->failure->str);
  town_free (town);
  return failure;
}

/* Leaves out whatever is not needed for it to fail, first in large pieces. */
static Schedule *
shorten (const Schedule *schedule)
{
  Schedule *shortest = schedule_new_without (schedule, 0, 0);

  for (guint size = MAX (shortest->steps->len / 2, 1); size > 0; size /= 2)
    for (guint first = 0; first < shortest->steps->len;)
      {
        Schedule *candidate = schedule_new_without (shortest, first, size);
        g_autofree char *failure = run (candidate, FALSE);

        if (failure != NULL)
          {
            schedule_free (shortest);
            shortest = candidate;
          }
        else
          {
            schedule_free (candidate);
            first += size;
          }
      }
  return shortest;
}

static void
tell (const Schedule *schedule)
{
  g_autoptr (Schedule) shortest = shorten (schedule);
  g_autofree char *text = schedule_describe (shortest);
  g_autofree char *failure = run (shortest, trace);

  g_test_message ("%s%s(all of it: --seed %u --steps %d --schedules 1)", text, failure != NULL ? failure : "now and then\n",
                  schedule->seed, n_steps);
}

static void
test_schedules (void)
{
  gint64 end = g_get_monotonic_time () + (gint64) minutes * 60 * G_USEC_PER_SEC;
  guint count = 0;

  for (gint64 seed = first_seed; minutes > 0 ? g_get_monotonic_time () < end : count < (guint) n_schedules; seed++, count++)
    {
      g_autoptr (Schedule) schedule = schedule_new ((guint32) seed, (guint) n_steps);
      g_autofree char *failure = run (schedule, FALSE);

      if (failure == NULL)
        continue;
      tell (schedule);
      g_test_fail ();
      return;
    }
  g_test_message ("%u schedules", count);
}

static void
crashed_cb (int number)
{
  if (write (STDERR_FILENO, now_running, strlen (now_running)) < 0)
    _exit (1);
  signal (number, SIG_DFL);
  raise (number);
}

int
main (int argc, char **argv)
{
  static const GOptionEntry entries[] = {
    { "schedules", 0, 0, G_OPTION_ARG_INT, &n_schedules, "how many schedules", "N" },
    { "steps", 0, 0, G_OPTION_ARG_INT, &n_steps, "how long they are", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &first_seed, "the first", "SEED" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &minutes, "go on for so long", "N" },
    { "trace", 0, 0, G_OPTION_ARG_NONE, &trace, "print what every replica holds after each step of one that fails", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  g_setenv (SP_CLOCK_VARIABLE, "2026-11-22T10:00:00Z", TRUE); /* a store makes a backup a day: that of today is there */
  signal (SIGABRT, crashed_cb);
  signal (SIGSEGV, crashed_cb);
  signal (SIGTRAP, crashed_cb);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/schedules", test_schedules);
  return g_test_run ();
}
