/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who goes first where there are more threads than processors. A search, the map's points and its tiles keep as many threads busy;
 * the one that answers a key would get its turn as one of them, and a callback of some milliseconds take three times as long. */
#define _GNU_SOURCE /* gettid() */
#include "sp-thread.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>

#define STEP 5 /* of niceness: a third of the processor, if the main loop wants it too */
#endif

static gint is_main_first;

/**
 * sp_thread_put_main_first:
 *
 * From now on sp_thread_step_back() has an effect: for a program with windows. One that serves, or a command, waits for its threads
 * itself.
 */
void
sp_thread_put_main_first (void)
{
  g_atomic_int_set (&is_main_first, TRUE);
}

/**
 * sp_thread_step_back:
 *
 * Lets the main loop go before the thread that calls this, for the rest of its life; once is enough, and again does no harm. Not
 * to be called on the main loop. Niceness is a thread's own on Linux (sched(7)); elsewhere nothing is done.
 */
void
sp_thread_step_back (void)
{
#ifdef __linux__
  static __thread gboolean is_back;
  int niceness;

  if (is_back || !g_atomic_int_get (&is_main_first))
    return;
  is_back = TRUE;
  niceness = getpriority (PRIO_PROCESS, (id_t) gettid ());
  setpriority (PRIO_PROCESS, (id_t) gettid (), niceness + STEP);
#endif
}
