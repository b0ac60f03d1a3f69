/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identity of a store: a uuid, which peers know it by, and an epoch, which is part of every sequence it hands out.
 * Two stores that were one must not share them, or a checkpoint made with one would skip changes of the other. So a
 * store remembers the file it lives in, and a copy that is opened for writing becomes a store of its own. */
#include "sp-identity.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static char *
read_machine_id (void)
{
  static const char * const files[] = { "/etc/machine-id", "/var/lib/dbus/machine-id" };
  char *id = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (files) && id == NULL; i++)
    g_file_get_contents (files[i], &id, NULL, NULL);
  return id != NULL ? g_strstrip (id) : g_strdup ("");
}

/* The machine and the file: its number, and when it was made, since numbers are used again. Moving a file within its
 * file system keeps both. The machine's id is secret to the machine, so only a digest is stored. */
static char *
make_home (const char *path)
{
  g_autofree char *machine = NULL;
  g_autofree char *text = NULL;
  struct statx info = { 0 };

  if (statx (AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &info) != 0)
    return NULL;
  machine = read_machine_id ();
  text = g_strdup_printf ("%s\n%" G_GUINT64_FORMAT "\n%" G_GINT64_FORMAT ".%u", machine, (guint64) info.stx_ino,
                          (gint64) info.stx_btime.tv_sec, info.stx_btime.tv_nsec);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
make_random_hex (gsize digits)
{
  GString *text = g_string_new (NULL);

  while (text->len < digits)
    {
      g_autofree char *uuid = g_uuid_string_random ();
      for (const char *p = uuid; *p != '\0'; p++)
        if (*p != '-')
          g_string_append_c (text, *p);
    }
  g_string_truncate (text, digits);
  return g_string_free (text, FALSE);
}

/* Whatever a copy holds may have been offered to peers since it was made, or by the store it was made from; and what
 * peers had of that store says nothing of this one. */
#define FORGET_PEERS "INSERT OR REPLACE INTO meta SELECT 'offered_seq', value FROM meta WHERE key = 'update_seq';" \
                     "UPDATE peer SET acked = 0;"

static gboolean
write_identity (SpDb *db, const char *home, GError **error)
{
  g_autofree char *uuid = make_random_hex (32);
  g_autofree char *epoch = make_random_hex (16);

  return sp_db_begin (db, error)
         && sp_db_set_meta (db, "uuid", uuid, error)
         && sp_db_set_meta (db, "epoch", epoch, error)
         && sp_db_set_meta (db, "home", home != NULL ? home : "", error)
         && sp_db_exec (db, FORGET_PEERS, error)
         && sp_db_commit (db, error);
}

/**
 * sp_identity_renew:
 * @db: the writing connection
 * @error: %SP_ERROR
 *
 * Gives the store a new uuid and epoch: it is new, a copy, or has gone back in time.
 *
 * Returns: whether that went well
 */
gboolean
sp_identity_renew (SpDb *db, GError **error)
{
  g_autofree char *home = make_home (sp_db_get_path (db));

  if (write_identity (db, home, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}

/**
 * sp_identity_ensure:
 * @db: the writing connection, just opened
 * @error: %SP_ERROR
 *
 * Gives the store an identity if it has none, or if its file is not the one it was given its identity in.
 *
 * Returns: whether that went well
 */
gboolean
sp_identity_ensure (SpDb *db, GError **error)
{
  g_autofree char *uuid = sp_identity_get_uuid (db);
  g_autofree char *known = sp_db_get_meta (db, "home");
  g_autofree char *home = make_home (sp_db_get_path (db));

  if (uuid != NULL && (home == NULL || g_strcmp0 (home, known) == 0))
    return TRUE;
  return sp_identity_renew (db, error);
}

/**
 * sp_identity_get_uuid:
 * @db: a connection
 *
 * Returns: (transfer full) (nullable): 32 hexadecimal digits
 */
char *
sp_identity_get_uuid (SpDb *db)
{
  return sp_db_get_meta (db, "uuid");
}

/**
 * sp_identity_get_epoch:
 * @db: a connection
 *
 * Returns: (transfer full) (nullable): 16 hexadecimal digits
 */
char *
sp_identity_get_epoch (SpDb *db)
{
  return sp_db_get_meta (db, "epoch");
}
