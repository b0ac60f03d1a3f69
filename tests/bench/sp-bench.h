/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

/* What a search without any words or filters finds, for a statement over `rev` */
#define SP_BENCH_FOUND "ifnull (body ->> '$.status', 'active') IN ('active', 'temporarily closed')"

double   sp_bench_now        (void);
double   sp_bench_now_of     (int process);
double   sp_bench_percentile (double *values, guint n, double part);
gboolean sp_bench_report     (const char *name, double ours, double bare, double limit, const char *unit);
gboolean sp_bench_bound      (const char *name, double value, double limit, const char *unit);
char    *sp_bench_store      (guint assets);
void     sp_bench_fill       (SpDb *db, guint assets);
void     sp_bench_copy       (const char *from, const char *to);
void     sp_bench_id         (guint number, char **id);
void     sp_bench_check      (gboolean right, GError **error);
double   sp_bench_memory       (void);
double   sp_bench_memory_begin (void);
double   sp_bench_memory_most  (void);
gboolean sp_bench_is_by_processor (void);
guint    sp_bench_options    (int argc, char **argv, guint assets);

G_END_DECLS
