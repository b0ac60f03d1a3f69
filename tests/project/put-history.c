/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of the command line: what arrives from another replica. put-history STORE ID REVISION… JSON, the newest
 * revision first. */
#include "sp-docs.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = NULL;
  g_autofree char *json = NULL;
  gboolean added = FALSE;

  if (argc < 5)
    return 2;
  json = g_strdup (argv[argc - 1]);
  argv[argc - 1] = NULL; /* ends the revisions */
  db = sp_db_open (argv[1], SP_DB_WRITE, &error);
  if (db == NULL
      || !sp_docs_put_history (db, argv[2], (const char * const *) argv + 3, FALSE, json, -1, &added, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return added ? 0 : 1;
}
