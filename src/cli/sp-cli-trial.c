/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy of the store that goes away afterwards: what something would do is found by doing it there. */
#include "sp-cli-trial.h"

#include "sp-backup.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

static gboolean
copy_store (SpCliCall *call, const char *path, GError **error)
{
  g_autoptr (SpDb) db = NULL;

  if (!g_file_test (call->store, G_FILE_TEST_EXISTS))
    return TRUE;
  db = sp_cli_open (call, SP_CLI_READ, error);
  return db != NULL && sp_backup_write (db, path, FALSE, NULL, NULL, NULL, error);
}

/**
 * sp_cli_trial_new:
 * @call: a call, parsed
 * @error: %SP_ERROR, or a %G_FILE_ERROR if there is no room for it
 *
 * Copies the store of the call; where there is none yet the copy is empty.
 *
 * Returns: (transfer full) (nullable): the copy
 */
SpCliTrial *
sp_cli_trial_new (SpCliCall *call, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("signpost-XXXXXX", error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "trial.db", NULL) : NULL;
  SpCliTrial *self;

  if (folder == NULL)
    return NULL;
  self = g_new0 (SpCliTrial, 1);
  self->folder = g_steal_pointer (&folder);
  if (copy_store (call, path, error))
    self->db = sp_db_open (path, SP_DB_WRITE, error);
  if (self->db == NULL)
    g_clear_pointer (&self, sp_cli_trial_free);
  return self;
}

/**
 * sp_cli_trial_free:
 * @self: (transfer full): a copy
 *
 * Closes the copy and takes it away.
 */
void
sp_cli_trial_free (SpCliTrial *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&self->db, sp_db_close);
  dir = g_dir_open (self->folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self);
}
