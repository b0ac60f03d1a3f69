/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of a connection, for sp-db.c and sp-db-meta.c. */

#include "sp-db.h"

G_BEGIN_DECLS

struct _SpDb
{
  sqlite3    *handle;
  char       *path;
  SpDbMode    mode;
  GHashTable *statements; /* owned SQL text → sqlite3_stmt */
  guint       depth;      /* of nested begin and commit */
  gint64      seq;        /* the newest in this transaction; -1 if none was drawn */
  GPtrArray  *changes;    /* ids that were changed since somebody last took them */
  guint       committed;  /* how many of them are there for good */
  GData      *data;       /* what other files of this room keep with the connection */
  gboolean    is_ready;   /* opened, and known to be ours */
  gboolean    is_damaged; /* found out while reading; nothing is written from then on */
};

gboolean sp_db_store_seq (SpDb *db, GError **error);

G_END_DECLS
