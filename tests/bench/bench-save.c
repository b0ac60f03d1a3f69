/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved edit: document, tree, projection and full text, in one transaction, beyond what the disk itself takes to make
 * as many bytes durable. */
#include "sp-bench.h"
#include "sp-docs.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define EDITS 200

/* What the disk takes for one append and fsync of 64 KiB, in milliseconds: the log of such an edit is no larger. */
static double
time_disk (const char *path)
{
  static char block[65536];
  double times[EDITS];
  int file = g_open (path, O_CREAT | O_WRONLY | O_TRUNC, 0600);

  sp_bench_check (file >= 0, NULL);
  for (guint i = 0; i < EDITS; i++)
    {
      double start = sp_bench_now ();
      sp_bench_check (write (file, block, sizeof block) == sizeof block && fsync (file) == 0, NULL);
      times[i] = (sp_bench_now () - start) * 1e3;
    }
  close (file);
  g_remove (path);
  return sp_bench_percentile (times, EDITS, 0.5);
}

static double
time_edit (SpDb *db, guint number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (SpNode) body = NULL;
  g_autofree char *id = NULL;
  g_autofree char *rev = NULL;
  g_autofree char *summary = g_strdup_printf ("Now on the %uth floor, ask for Mrs Brown", number);
  double start;

  sp_bench_id (number * 397 % 10000, &id);
  doc = sp_docs_get (db, id, NULL, &error);
  sp_bench_check (doc != NULL, &error);
  start = sp_bench_now ();
  body = sp_node_parse (doc->body, -1, &error);
  sp_node_set_text (body, "summary", summary);
  sp_bench_check (sp_docs_put (db, id, doc->rev, FALSE, body, &rev, &error), &error);
  return (sp_bench_now () - start) * 1e3;
}

static double
time_edits (const char *path, double part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = sp_db_open (path, SP_DB_WRITE, &error);
  double times[EDITS];

  sp_bench_check (db != NULL, &error);
  for (guint i = 0; i < EDITS; i++)
    times[i] = time_edit (db, i);
  return sp_bench_percentile (times, EDITS, part);
}

int
main (int argc, char **argv)
{
  guint wanted = sp_bench_options (argc, argv, 100000), assets = MAX (10000, wanted);
  g_autofree char *ready = sp_bench_store (assets);
  g_autofree char *path = g_strconcat (ready, ".save", NULL);
  g_autofree char *probe = g_strconcat (ready, ".probe", NULL);
  g_autofree char *name = g_strdup_printf ("saved edit, %u: median beyond the disk's own", assets);
  double disk, edit;

  sp_bench_copy (ready, path);
  disk = time_disk (probe);
  edit = time_edits (path, 0.5);
  g_print ("# median edit %.2f ms, median fsync of the disk %.2f ms\n", edit, disk);
  g_remove (path);
  return !sp_bench_bound (name, edit - disk, 3, "ms");
}
