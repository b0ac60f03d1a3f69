/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

typedef struct
{
  double seconds;
  double megabytes; /* most that the process had in memory for itself, without files that are mapped */
  double grown;     /* by how much that was more than before */
  double cache;     /* what of it SQLite kept of the file at the end: it fills up to a limit, see sp_db_open() */
  guint  commits;
} SpBenchImport;

SpBenchImport sp_bench_import_time      (const char *list, const char *store);
double        sp_bench_import_time_bare (const char *ready, const char *store, guint assets, guint chunk);
void          sp_bench_remove_store     (const char *path);

G_END_DECLS
