/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program signpost: the command line if a subcommand is named, else the window. */
#include "sp-application.h"
#include "sp-cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* Whether the arguments ask for the window: there are none, or they are those of a GApplication or of SpApplication. */
static gboolean
wants_window (int argc, char **argv)
{
  static const char *const options[] = { "--store", "--store=", "--gapplication-service" };

  if (argc < 2)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (g_str_has_suffix (options[i], "=") ? g_str_has_prefix (argv[1], options[i]) : strcmp (argv[1], options[i]) == 0)
      return TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (SpApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SIGNPOST_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (!wants_window (argc, argv))
    {
      setlocale (LC_NUMERIC, "C"); /* what scripts read has a decimal point */
      return sp_cli_run (argc, argv);
    }
  if (!gtk_init_check ())
    {
      g_printerr (_("There is no display to open a window on. “signpost --help” lists what it does without one.\n"));
      return 1;
    }
  application = sp_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
