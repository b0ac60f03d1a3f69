/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `check --rebuild` beside the bare loop of sp-bare.c, both in one transaction, on the same documents. */
#include "sp-bare.h"
#include "sp-bench.h"
#include "sp-projection.h"
#include "sp-schema.h"

#include <glib/gstdio.h>

#define FEW 200000 /* assets; so many are done several times, in turns, and the fastest counts */
#define REPEATS 3

#define BATCH 4096 /* assets in memory at once */

static SpDb *
open_copy (const char *path)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (path, SP_DB_WRITE, &error);

  sp_bench_check (db != NULL, &error);
  return db;
}

static double
time_ours (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = open_copy (path);
  double start = sp_bench_now ();

  sp_bench_check (sp_projection_rebuild (db, NULL, NULL, NULL, &error), &error);
  return sp_bench_now () - start;
}

/* The settings for one large transaction are the same as ours. */
static double
time_bare (const char *path, const char *ready, guint assets)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = open_copy (path);
  SpBare *bare;
  double start = sp_bench_now (), seconds;

  sp_bench_check (sp_db_begin (db, &error), &error);
  sp_bench_check (sp_schema_drop_projection (db, &error) && sp_schema_create_projection (db, &error)
                  && sp_projection_set_bulk (db, TRUE, &error), &error);
  sp_bench_check (sp_db_commit (db, &error), &error);
  seconds = sp_bench_now () - start;
  bare = sp_bare_new (db, ready);
  sp_bench_check (sp_db_begin (db, &error), &error);
  for (guint first = 1; first <= assets; first += BATCH)
    {
      guint count = MIN (BATCH, assets - first + 1);

      sp_bare_load (bare, first, count, SP_BARE_PROJECTION | SP_BARE_NEAR);
      start = sp_bench_now ();
      sp_bare_write (bare, first, count);
      seconds += sp_bench_now () - start;
    }
  start = sp_bench_now ();
  sp_bare_write_words (bare);
  sp_bench_check (sp_projection_set_bulk (db, FALSE, &error) && sp_db_commit (db, &error), &error);
  seconds += sp_bench_now () - start;
  sp_bare_free (bare);
  return seconds;
}

int
main (int argc, char **argv)
{
  guint assets = sp_bench_options (argc, argv, 1000000);
  g_autofree char *ready = sp_bench_store (assets);
  g_autofree char *path = g_strconcat (ready, ".rebuild", NULL);
  g_autofree char *name = g_strdup_printf ("rebuild, %u", assets);
  double ours = G_MAXDOUBLE, bare = G_MAXDOUBLE;

  for (guint i = 0; i < (assets > FEW ? 1 : REPEATS); i++)
    {
      sp_bench_copy (ready, path);
      bare = MIN (bare, time_bare (path, ready, assets));
      sp_bench_copy (ready, path);
      ours = MIN (ours, time_ours (path));
    }
  g_remove (path);
  return !sp_bench_report (name, ours, bare, 1.5, "s ");
}
