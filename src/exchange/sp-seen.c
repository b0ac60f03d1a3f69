/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSeen: a table of SQLite's in a temporary file, of which SQLite keeps the pages that it used last. A key is known by 64
 * bits of it: among a million, two share them once in 37 million lists. */
#include "sp-seen.h"

#include "sp-error.h"

#include <glib/gi18n-lib.h>
#include <sqlite3.h>

struct _SpSeen
{
  sqlite3      *db;  /* owned, nullable until the first key */
  sqlite3_stmt *get; /* owned, nullable */
  sqlite3_stmt *set; /* owned, nullable */
};

/**
 * sp_seen_new:
 *
 * Returns: (transfer full): nothing seen so far
 */
SpSeen *
sp_seen_new (void)
{
  return g_new0 (SpSeen, 1);
}

/**
 * sp_seen_free:
 * @self: (transfer full): what was seen
 */
void
sp_seen_free (SpSeen *self)
{
  sqlite3_finalize (self->get);
  sqlite3_finalize (self->set);
  sqlite3_close (self->db);
  g_free (self);
}

static gboolean
fail (SpSeen *self, GError **error)
{
  const int code = sqlite3_errcode (self->db) & 0xff;
  const gboolean full = code == SQLITE_FULL || sqlite3_extended_errcode (self->db) == SQLITE_IOERR_WRITE;

  g_set_error (error, SP_ERROR, full ? SP_ERROR_DISK_FULL : SP_ERROR_FAILED,
               _("What a long list has brought could not be noted in a temporary file: %s"), sqlite3_errmsg (self->db));
  return FALSE;
}

/* An empty name is a file of its own for temporary things, which SQLite writes only once its cache is full. */
static gboolean
open_table (SpSeen *self, GError **error)
{
  if (self->set != NULL)
    return TRUE;
  if (sqlite3_open_v2 ("", &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, NULL) != SQLITE_OK
      || sqlite3_exec (self->db, "PRAGMA journal_mode = OFF; PRAGMA cache_size = -512;"
                                 "CREATE TABLE seen (key INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT; BEGIN", NULL, NULL, NULL) != SQLITE_OK
      || sqlite3_prepare_v2 (self->db, "SELECT value FROM seen WHERE key = ?", -1, &self->get, NULL) != SQLITE_OK
      || sqlite3_prepare_v2 (self->db, "REPLACE INTO seen (key, value) VALUES (?, ?)", -1, &self->set, NULL) != SQLITE_OK)
    return fail (self, error);
  return TRUE;
}

/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
static gint64
hash_key (const char *key)
{
  guint64 hash = 14695981039346656037u;

  for (const char *p = key; *p != '\0'; p++)
    hash = (hash ^ (guchar) *p) * 1099511628211u;
  return (gint64) hash;
}

/**
 * sp_seen_get:
 * @self: what was seen
 * @key: any text
 * @value: (out): the number that it was given; 0 if it was not seen
 * @error: %SP_ERROR
 *
 * Returns: whether it could be looked up
 */
gboolean
sp_seen_get (SpSeen *self, const char *key, guint *value, GError **error)
{
  gboolean well;
  int step;

  *value = 0;
  if (!open_table (self, error))
    return FALSE;
  sqlite3_bind_int64 (self->get, 1, hash_key (key));
  step = sqlite3_step (self->get);
  if (step == SQLITE_ROW)
    *value = (guint) sqlite3_column_int64 (self->get, 0);
  well = step == SQLITE_ROW || step == SQLITE_DONE || fail (self, error);
  sqlite3_reset (self->get);
  return well;
}

/**
 * sp_seen_set:
 * @self: what was seen
 * @key: any text
 * @value: its number from now on; more than 0
 * @error: %SP_ERROR; %SP_ERROR_DISK_FULL where there is no room for the temporary file
 *
 * Returns: whether it was noted
 */
gboolean
sp_seen_set (SpSeen *self, const char *key, guint value, GError **error)
{
  gboolean well;

  if (!open_table (self, error))
    return FALSE;
  sqlite3_bind_int64 (self->set, 1, hash_key (key));
  sqlite3_bind_int64 (self->set, 2, value);
  well = sqlite3_step (self->set) == SQLITE_DONE || fail (self, error);
  sqlite3_reset (self->set);
  return well;
}

/**
 * sp_seen_has:
 * @key: any text
 * @seen: (out): whether it has a number
 * @self: a #SpSeen
 * @error: %SP_ERROR
 *
 * sp_seen_get() as a #SpImportSeenFunc.
 *
 * Returns: whether it could be looked up
 */
gboolean
sp_seen_has (const char *key, gboolean *seen, gpointer self, GError **error)
{
  guint value;

  if (!sp_seen_get (self, key, &value, error))
    return FALSE;
  *seen = value > 0;
  return TRUE;
}

/**
 * sp_seen_clear:
 * @self: what was seen
 * @error: %SP_ERROR
 *
 * Returns: whether nothing counts as seen any more
 */
gboolean
sp_seen_clear (SpSeen *self, GError **error)
{
  if (self->set == NULL)
    return TRUE;
  return sqlite3_exec (self->db, "DELETE FROM seen", NULL, NULL, NULL) == SQLITE_OK || fail (self, error);
}
