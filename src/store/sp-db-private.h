/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of a connection, for sp-db.c and sp-db-meta.c. */

#include "sp-db.h"

G_BEGIN_DECLS

#define SP_DB_RECENT 256
#define SP_DB_LOG_PAGES 4000 /* 16 MiB; with fewer an import writes those of its indexes over and over */

/* A statement that was asked for with the text at @sql; the text may have changed since. */
typedef struct
{
  const char   *sql;
  sqlite3_stmt *stmt;
} SpDbRecent;

struct _SpDb
{
  sqlite3    *handle;
  char       *path;
  char       *held;    /* owned, nullable: see sp_db_file_hold() */
  SpDbMode    mode;
  GHashTable *statements; /* owned SQL text → sqlite3_stmt */
  SpDbRecent  recent[SP_DB_RECENT]; /* some of them, by where their text is: nearly all texts are constants */
  guint       depth;      /* of nested begin and commit */
  guint       transaction; /* its number, from 1; that of the last one if none is open */
  gint64      seq;        /* the newest in this transaction; -1 if it was not looked at */
  gint64      stored_seq; /* what @seq was when it was read */
  GPtrArray  *changes;    /* owned, nullable: nobody asked; ids that were changed since somebody last took them */
  guint       committed;  /* how many of them are there for good */
  GData      *data;       /* what other files of this room keep with the connection */
  gboolean    is_ready;   /* opened, and known to be ours */
  gboolean    gathers;    /* sp_db_gather() was called, and sp_db_fold() not since */
  gboolean    is_damaged; /* found out while reading; nothing is written from then on */
};

gboolean sp_db_store_seq (SpDb *db, GError **error);
guint    sp_db_get_transaction (SpDb *db);

G_END_DECLS
