/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-bench.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A signpost-server in a process and a folder of its own, with the administrator root, password root. */
typedef struct
{
  char        *folder;
  char        *address; /* with a slash at its end */
  guint16      port;
  GSubprocess *process;
  GPid         pid;
} SpBenchServer;

SpBenchServer *sp_bench_server_new      (const char *name);
char          *sp_bench_server_path     (SpBenchServer *self, const char *database);
void           sp_bench_server_start    (SpBenchServer *self);
double         sp_bench_server_now      (SpBenchServer *self);
double         sp_bench_server_memory   (SpBenchServer *self);
void           sp_bench_server_free     (SpBenchServer *self);

int            sp_bench_connect         (SpBenchServer *self);
void           sp_bench_send            (int file, const char *method, const char *path, const char *body);
guint          sp_bench_receive         (int file);

char          *sp_bench_documents       (guint assets, guint bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpBenchServer, sp_bench_server_free)

G_END_DECLS
