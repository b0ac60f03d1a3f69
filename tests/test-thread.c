/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that let the main loop go first. */
#include "sp-thread.h"

#ifdef __linux__
#include <sys/resource.h>

#define NICEST 19

/* Of the thread that asks. */
static int
read_niceness (void)
{
  return getpriority (PRIO_PROCESS, 0);
}

static gpointer
step_back_thread (gpointer often)
{
  for (int i = 0; i < GPOINTER_TO_INT (often); i++)
    sp_thread_step_back ();
  return GINT_TO_POINTER (read_niceness ());
}

static int
niceness_after (int often)
{
  return GPOINTER_TO_INT (g_thread_join (g_thread_new ("worker", step_back_thread, GINT_TO_POINTER (often))));
}

/* One test, for there is no way back. */
static void
test_main_first (void)
{
  const int before = read_niceness ();

  g_assert_cmpint (niceness_after (1), ==, before); /* a command, or a server */
  sp_thread_put_main_first ();
  g_assert_cmpint (niceness_after (0), ==, before);
  if (before < NICEST)
    g_assert_cmpint (niceness_after (1), >, before);
  g_assert_cmpint (niceness_after (3), ==, niceness_after (1));
  g_assert_cmpint (read_niceness (), ==, before);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#ifdef __linux__
  g_test_add_func ("/thread/main-first", test_main_first);
#endif
  return g_test_run ();
}
