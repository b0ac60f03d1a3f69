/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * SpDb:
 *
 * One connection to a store file, with its prepared statements. It belongs to the thread that opened it. Every
 * function of this room but those of SpStore takes one and runs on that thread.
 */
typedef struct _SpDb SpDb;

/**
 * SpDbMode:
 * @SP_DB_WRITE: the one writing connection; creates the file and brings its schema up to date
 * @SP_DB_READ: one of several readers; never writes, never creates
 * @SP_DB_SERVE: as %SP_DB_WRITE, for documents that nobody searches here: the store gets no projection, and whoever opens
 *   it next for writing makes it
 */
typedef enum
{
  SP_DB_WRITE,
  SP_DB_READ,
  SP_DB_SERVE,
} SpDbMode;

SpDb         *sp_db_open        (const char *path, SpDbMode mode, GError **error);
void          sp_db_close       (SpDb *db);
sqlite3      *sp_db_get_handle  (SpDb *db);
SpDbMode      sp_db_get_mode    (SpDb *db);
gboolean      sp_db_is_damaged  (SpDb *db);
const char   *sp_db_get_path    (SpDb *db);
void          sp_db_interrupt   (SpDb *db);
gboolean      sp_db_set_lasting  (SpDb *db, gboolean lasting, GError **error);
void          sp_db_set_patience (SpDb *db, guint milliseconds);
void          sp_db_shrink      (SpDb *db);

sqlite3_stmt *sp_db_prepare     (SpDb *db, const char *sql, GError **error);
gboolean      sp_db_step        (SpDb *db, sqlite3_stmt *stmt, gboolean *has_row, GError **error);
gboolean      sp_db_run         (SpDb *db, sqlite3_stmt *stmt, GError **error);
gboolean      sp_db_exec        (SpDb *db, const char *sql, GError **error);
gboolean      sp_db_take_error  (SpDb *db, int code, GError **error);

gboolean      sp_db_begin       (SpDb *db, GError **error);
gboolean      sp_db_commit      (SpDb *db, GError **error);
void          sp_db_leave       (SpDb *db);
void          sp_db_rollback    (SpDb *db);

void          sp_db_gather      (SpDb *db);
gboolean      sp_db_gathers     (SpDb *db);
void          sp_db_fold        (SpDb *db);

char         *sp_db_get_meta    (SpDb *db, const char *key);
gboolean      sp_db_set_meta    (SpDb *db, const char *key, const char *value, GError **error);
gint64        sp_db_get_seq     (SpDb *db, GError **error);
gint64        sp_db_next_seq    (SpDb *db, GError **error);
void          sp_db_watch_changes (SpDb *db);
void          sp_db_note_change (SpDb *db, const char *id);
GPtrArray    *sp_db_take_changes (SpDb *db);
void          sp_db_set_data    (SpDb *db, const char *key, gpointer data, GDestroyNotify destroy);
gpointer      sp_db_get_data    (SpDb *db, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpDb, sp_db_close)

/* Ends the use of a cached statement: resets it, so that it holds no lock and no bound text. */
static inline void
sp_db_done (sqlite3_stmt **stmt)
{
  if (*stmt != NULL)
    {
      sqlite3_reset (*stmt);
      sqlite3_clear_bindings (*stmt);
    }
}
#define SP_DB_STMT __attribute__ ((cleanup (sp_db_done))) sqlite3_stmt

G_END_DECLS
