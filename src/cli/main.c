/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program signpost. */
#include "sp-cli.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C"); /* what scripts read has a decimal point */
  bindtextdomain (GETTEXT_PACKAGE, SIGNPOST_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return sp_cli_run (argc, argv);
}
