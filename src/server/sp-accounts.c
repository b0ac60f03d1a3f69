/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAccounts: a key file, a group for each account, readable by its owner only. Passwords are in it as argon2id hashes. */
#include "sp-accounts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define ROLES "roles "

struct _SpAccounts
{
  GKeyFile *file;
};

/**
 * sp_accounts_load:
 * @path: the file of accounts; without one there are none
 * @error: %G_FILE_ERROR, %G_KEY_FILE_ERROR
 *
 * Reads the file; not on the main loop.
 *
 * Returns: (transfer full) (nullable): the accounts
 */
SpAccounts *
sp_accounts_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) problem = NULL;
  SpAccounts *self;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &problem) && !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&problem), "“%s”: ", path);
      return NULL;
    }
  self = g_new0 (SpAccounts, 1);
  self->file = g_steal_pointer (&file);
  return self;
}

/**
 * sp_accounts_save:
 * @self: accounts
 * @path: the file of accounts
 * @error: %G_FILE_ERROR
 *
 * Replaces the file as a whole: a reader sees the old one or the new one.
 *
 * Returns: whether it was written
 */
gboolean
sp_accounts_save (SpAccounts *self, const char *path, GError **error)
{
  gsize length;
  g_autofree char *text = g_key_file_to_data (self->file, &length, error);

  return text != NULL && g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/**
 * sp_accounts_lock:
 * @path: the file of accounts
 * @error: %SP_ERROR_READ_ONLY, %SP_ERROR_LOCKED
 *
 * Waits until nobody else, in this program or another one, is between reading the file and saving it. Not for the main loop.
 *
 * Returns: the lock, for sp_accounts_unlock(); -1 on failure
 */
int
sp_accounts_lock (const char *path, GError **error)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  int lock = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (lock < 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_READ_ONLY, "“%s” cannot be made: %s", name, g_strerror (errno));
      return -1;
    }
  while (flock (lock, LOCK_EX) != 0)
    if (errno != EINTR)
      {
        g_set_error (error, SP_ERROR, SP_ERROR_LOCKED, "“%s” cannot be locked: %s", name, g_strerror (errno));
        close (lock);
        return -1;
      }
  return lock;
}

/**
 * sp_accounts_unlock:
 * @lock: what sp_accounts_lock() gave; -1 is ignored
 */
void
sp_accounts_unlock (int lock)
{
  if (lock >= 0)
    close (lock);
}

/**
 * sp_accounts_free:
 * @self: (transfer full): accounts
 */
void
sp_accounts_free (SpAccounts *self)
{
  g_key_file_unref (self->file);
  g_free (self);
}

/**
 * sp_accounts_list:
 * @self: accounts
 *
 * Returns: (transfer full): their names
 */
GStrv
sp_accounts_list (SpAccounts *self)
{
  return g_key_file_get_groups (self->file, NULL);
}

/**
 * sp_accounts_get_password:
 * @self: accounts
 * @name: of one
 *
 * Returns: (transfer full) (nullable): the hash of its password; %NULL if there is no such account
 */
char *
sp_accounts_get_password (SpAccounts *self, const char *name)
{
  return g_key_file_get_string (self->file, name, "password", NULL);
}

/**
 * sp_accounts_set_password:
 * @self: accounts
 * @name: of one; made if it is not there
 * @hash: of its password
 */
void
sp_accounts_set_password (SpAccounts *self, const char *name, const char *hash)
{
  g_key_file_set_string (self->file, name, "password", hash);
}

/**
 * sp_accounts_get_databases:
 * @self: accounts
 * @name: of one
 *
 * Returns: (transfer full): the databases it has roles in, %SP_ACCOUNTS_SERVER perhaps among them
 */
GStrv
sp_accounts_get_databases (SpAccounts *self, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) keys = g_key_file_get_keys (self->file, name, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (g_str_has_prefix (keys[i], ROLES))
      g_strv_builder_add (builder, keys[i] + strlen (ROLES));
  return g_strv_builder_end (builder);
}

/**
 * sp_accounts_get_roles:
 * @self: accounts
 * @name: of one
 * @database: a database, or %SP_ACCOUNTS_SERVER
 *
 * Returns: (transfer full) (nullable): names of its roles there
 */
GStrv
sp_accounts_get_roles (SpAccounts *self, const char *name, const char *database)
{
  g_autofree char *key = g_strconcat (ROLES, database, NULL);

  return g_key_file_get_string_list (self->file, name, key, NULL, NULL);
}

/**
 * sp_accounts_set_roles:
 * @self: accounts
 * @name: of one that is there
 * @database: a database, or %SP_ACCOUNTS_SERVER
 * @roles: (array zero-terminated=1): names of its roles; none to take them away
 */
void
sp_accounts_set_roles (SpAccounts *self, const char *name, const char *database, const char *const *roles)
{
  g_autofree char *key = g_strconcat (ROLES, database, NULL);

  if (roles[0] != NULL)
    g_key_file_set_string_list (self->file, name, key, roles, g_strv_length ((char **) roles));
  else
    g_key_file_remove_key (self->file, name, key, NULL);
}

/**
 * sp_accounts_remove:
 * @self: accounts
 * @name: of one
 *
 * Returns: whether it was there
 */
gboolean
sp_accounts_remove (SpAccounts *self, const char *name)
{
  return g_key_file_remove_group (self->file, name, NULL);
}

/**
 * sp_accounts_get_role:
 * @self: accounts
 * @name: of one
 * @database: a database; %SP_ACCOUNTS_SERVER for the server itself
 *
 * Returns: what it may do there: the greater of its role in the database and in the whole server
 */
SpRole
sp_accounts_get_role (SpAccounts *self, const char *name, const char *database)
{
  g_auto (GStrv) here = sp_accounts_get_roles (self, name, database);
  g_auto (GStrv) everywhere = sp_accounts_get_roles (self, name, SP_ACCOUNTS_SERVER);

  return MAX (sp_rights_get_role ((const char *const *) here), sp_rights_get_role ((const char *const *) everywhere));
}
