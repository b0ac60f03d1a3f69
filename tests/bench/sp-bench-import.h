/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

typedef struct
{
  double seconds;
  double megabytes; /* most that the process had in memory */
  double grown;     /* memory of its own, without files that are mapped, at the end more than before */
  guint  commits;
} SpBenchImport;

SpBenchImport sp_bench_import_time      (const char *list, const char *store);
double        sp_bench_import_time_bare (const char *ready, const char *store, guint assets, guint chunk);
void          sp_bench_remove_store     (const char *path);

G_END_DECLS
