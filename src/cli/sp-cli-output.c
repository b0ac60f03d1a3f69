/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line says: results to standard output, everything else to standard error. Always UTF-8,
 * whatever the locale, for scripts read it. */
#include "sp-cli-output.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#define PROGRESS_INTERVAL (G_TIME_SPAN_SECOND / 10)

static gboolean progress_shown;

/**
 * sp_cli_print:
 * @format: as of printf()
 *
 * Writes a result.
 */
void
sp_cli_print (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vfprintf (stdout, format, args);
  va_end (args);
}

/**
 * sp_cli_print_json:
 * @node: a value
 *
 * Writes a value as JSON, without a line break after it.
 */
void
sp_cli_print_json (const SpNode *node)
{
  g_autofree char *json = sp_node_to_json (node);

  fputs (json, stdout);
}

/**
 * sp_cli_tell:
 * @format: as of printf()
 *
 * Writes a message for the person.
 */
void
sp_cli_tell (const char *format, ...)
{
  va_list args;

  sp_cli_progress_end ();
  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
}

/**
 * sp_cli_progress:
 * @format: as of printf(), one line without its end
 *
 * Says how far the work is, at most ten times a second, if standard error is a terminal.
 */
void
sp_cli_progress (const char *format, ...)
{
  static gint64 last;
  gint64 now = g_get_monotonic_time ();
  va_list args;

  if (now - last < PROGRESS_INTERVAL || !isatty (STDERR_FILENO))
    return;
  last = now;
  progress_shown = TRUE;
  fputs ("\r\033[K", stderr);
  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
  fflush (stderr);
}

/**
 * sp_cli_progress_end:
 *
 * Takes the line of progress away.
 */
void
sp_cli_progress_end (void)
{
  if (progress_shown)
    fputs ("\r\033[K", stderr);
  progress_shown = FALSE;
}

/**
 * sp_cli_flush:
 *
 * Ends the results.
 *
 * Returns: whether all of them could be written
 */
gboolean
sp_cli_flush (void)
{
  sp_cli_progress_end ();
  return fflush (stdout) == 0 && !ferror (stdout);
}

/**
 * sp_cli_tell_unplaced:
 * @count: how many entries are not on the map yet
 *
 * Says so, and how to find them.
 */
void
sp_cli_tell_unplaced (guint64 count)
{
  sp_cli_tell (ngettext ("%u entry is not on the map yet; “signpost find --unplaced” lists it\n",
                         "%u entries are not on the map yet; “signpost find --unplaced” lists them\n", (gulong) count),
               (guint) count);
}
