/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpDatabases: the databases of one folder, a store each. Belongs to the main loop; files are touched in threads. */
#include "sp-databases.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define BACKUP_S 60 /* before the backup of the day begins: who starts a server again has everyone back at once */
#define MAX_NAME 128
#define MAX_FILE 200 /* bytes of a file's name, of which systems take 255: what stands beside it, and its backups, have longer ones */
#define ENDING ".db"

struct _SpDatabases
{
  GObject parent_instance;

  char       *folder;
  GHashTable *stores;  /* name → SpStore */
  GHashTable *opening; /* names of databases that are being made or removed → GPtrArray of those who want to make them too */
};

G_DEFINE_FINAL_TYPE (SpDatabases, sp_databases, G_TYPE_OBJECT)

static void
sp_databases_finalize (GObject *object)
{
  SpDatabases *self = SP_DATABASES (object);

  g_hash_table_unref (self->stores);
  g_hash_table_unref (self->opening);
  g_free (self->folder);
  G_OBJECT_CLASS (sp_databases_parent_class)->finalize (object);
}

static void
sp_databases_class_init (SpDatabasesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_databases_finalize;
}

static void
sp_databases_init (SpDatabases *self)
{
  self->stores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->opening = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * sp_databases_new:
 * @folder: where their files are
 *
 * Returns: (transfer full): the databases, none of them open yet
 */
SpDatabases *
sp_databases_new (const char *folder)
{
  SpDatabases *self = g_object_new (SP_TYPE_DATABASES, NULL);

  self->folder = g_strdup (folder);
  return self;
}

static char *
make_file_name (const char *name)
{
  GString *file = g_string_new (name);

  g_string_replace (file, "/", "%2F", 0);
  g_string_append (file, ENDING);
  return g_string_free (file, FALSE);
}

/**
 * sp_databases_check_name:
 * @name: what shall be a database
 *
 * Returns: whether it may be one: `^[a-z][a-z0-9_$()+/-]*$`, at most 128 bytes, and fewer where there are many slashes: each
 *   takes three bytes of the file's name
 */
gboolean
sp_databases_check_name (const char *name)
{
  g_autofree char *file = NULL;

  if (!g_ascii_islower (name[0]) || strlen (name) > MAX_NAME || strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_$()+/-") != strlen (name))
    return FALSE;
  file = make_file_name (name);
  return strlen (file) <= MAX_FILE;
}

/**
 * sp_databases_make_path:
 * @folder: where the files are
 * @name: of a database
 *
 * Returns: (transfer full): its file; a slash of the name is `%2F` in it
 */
char *
sp_databases_make_path (const char *folder, const char *name)
{
  g_autofree char *file = make_file_name (name);

  return g_build_filename (folder, file, NULL);
}

/**
 * sp_databases_find:
 * @self: databases
 * @name: of one
 *
 * Returns: (transfer none) (nullable): its store
 */
SpStore *
sp_databases_find (SpDatabases *self, const char *name)
{
  return g_hash_table_lookup (self->stores, name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * sp_databases_list:
 * @self: databases
 *
 * Returns: (transfer full): their names, sorted
 */
GStrv
sp_databases_list (SpDatabases *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->stores);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_set_free_func (names, NULL);
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_steal (names, NULL);
}

/* ── Making one ── */

static void
begin_opening (SpDatabases *self, const char *name)
{
  g_hash_table_replace (self->opening, g_strdup (name), g_ptr_array_new_with_free_func (g_object_unref));
}

static void
refuse_another (GTask *task)
{
  g_task_return_new_error (task, SP_ERROR, SP_ERROR_CONFLICT, "The database could not be created, the file already exists.");
}

/* Whoever wanted to make the same meanwhile hears only now that it is there. */
static void
end_opening (SpDatabases *self, const char *name)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autofree char *key = NULL;

  g_hash_table_steal_extended (self->opening, name, (gpointer *) &key, (gpointer *) &waiting);
  for (guint i = 0; i < waiting->len; i++)
    refuse_another (g_ptr_array_index (waiting, i));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpDatabases *self = g_task_get_source_object (task);
  const char *name = g_task_get_task_data (task);
  GError *error = NULL;
  SpStore *store = sp_store_open_finish (result, &error);

  if (store != NULL)
    {
      sp_store_put_off_backup (store, BACKUP_S);
      g_hash_table_replace (self->stores, g_strdup (name), store);
    }
  end_opening (self, name);
  if (store == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * sp_databases_create_async:
 * @self: databases
 * @name: of a new one, or of a file that is there and not open
 * @callback: called in this main context
 * @user_data: for @callback
 */
void
sp_databases_create_async (SpDatabases *self, const char *name, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *path = sp_databases_make_path (self->folder, name);
  GPtrArray *waiting = g_hash_table_lookup (self->opening, name);

  g_task_set_source_tag (task, sp_databases_create_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  if (g_hash_table_contains (self->stores, name))
    refuse_another (task);
  else if (waiting != NULL)
    g_ptr_array_add (waiting, g_object_ref (task));
  else
    {
      begin_opening (self, name);
      sp_store_serve_async (path, NULL, opened_cb, g_object_ref (task));
    }
}

/**
 * sp_databases_create_finish:
 * @self: databases
 * @result: what the callback got
 * @error: %SP_ERROR_CONFLICT if there is one of this name, or what sp_store_open_finish() says
 *
 * Returns: whether it is open now
 */
gboolean
sp_databases_create_finish (SpDatabases *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ── Opening all ── */

typedef struct
{
  GPtrArray *names;
  guint      left;
} Opening;

static void
free_opening (gpointer data)
{
  Opening *opening = data;

  g_ptr_array_unref (opening->names);
  g_free (opening);
}

static void
list_thread (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);

  for (const char *file = dir != NULL ? g_dir_read_name (dir) : NULL; file != NULL; file = g_dir_read_name (dir))
    {
      g_autoptr (GString) name = g_string_new (file);

      if (!g_str_has_suffix (file, ENDING))
        continue;
      g_string_truncate (name, name->len - strlen (ENDING));
      g_string_replace (name, "%2F", "/", 0);
      if (sp_databases_check_name (name->str))
        g_ptr_array_add (names, g_strdup (name->str));
    }
  if (dir != NULL)
    g_task_return_pointer (task, g_steal_pointer (&names), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* One that cannot be opened is named in the log and costs only itself. */
static void
opened_one_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!sp_databases_create_finish (SP_DATABASES (source), result, &error))
    g_message ("%s", error->message);
  if (--opening->left == 0)
    g_task_return_boolean (task, TRUE);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_new0 (Opening, 1);
  GError *error = NULL;

  opening->names = g_task_propagate_pointer (G_TASK (result), &error);
  if (opening->names == NULL)
    {
      g_free (opening);
      g_task_return_error (task, error);
      return;
    }
  opening->left = opening->names->len;
  g_task_set_task_data (task, opening, free_opening);
  for (guint i = 0; i < opening->names->len; i++)
    sp_databases_create_async (SP_DATABASES (source), g_ptr_array_index (opening->names, i), opened_one_cb, g_object_ref (task));
  if (opening->names->len == 0)
    g_task_return_boolean (task, TRUE);
}

/**
 * sp_databases_open_async:
 * @self: databases
 * @callback: called in this main context
 * @user_data: for @callback
 *
 * Opens all that the folder holds.
 */
void
sp_databases_open_async (SpDatabases *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) list = g_task_new (self, NULL, listed_cb, task);

  g_task_set_source_tag (task, sp_databases_open_async);
  g_task_set_task_data (list, g_strdup (self->folder), g_free);
  g_task_run_in_thread (list, list_thread);
}

/**
 * sp_databases_open_finish:
 * @self: databases
 * @result: what the callback got
 * @error: %G_FILE_ERROR if the folder cannot be read
 *
 * Returns: whether the folder was read; databases that could not be opened are in the log
 */
gboolean
sp_databases_open_finish (SpDatabases *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ── Removing one ── */

static void
unlink_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  static const char *const endings[] = { "-wal", "-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      if (g_unlink (file) != 0 && errno != ENOENT)
        {
          g_task_return_new_error (task, SP_ERROR, SP_ERROR_FAILED, "“%s” cannot be removed: %s", file, g_strerror (errno));
          return;
        }
    }
  g_task_return_boolean (task, TRUE);
}

static void
unlinked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  end_opening (SP_DATABASES (source), g_task_get_task_data (task));
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpDatabases *self = g_task_get_source_object (task);
  g_autoptr (GTask) unlinking = g_task_new (self, NULL, unlinked_cb, g_object_ref (task));
  g_autofree char *path = sp_databases_make_path (self->folder, g_task_get_task_data (task));

  sp_store_close_finish (SP_STORE (source), result, NULL);
  g_task_set_task_data (unlinking, g_steal_pointer (&path), g_free);
  g_task_run_in_thread (unlinking, unlink_thread);
}

/**
 * sp_databases_remove_async:
 * @self: databases
 * @name: of one
 * @callback: called in this main context
 * @user_data: for @callback
 *
 * Closes a database and removes its file.
 */
void
sp_databases_remove_async (SpDatabases *self, const char *name, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (SpStore) store = NULL;
  g_autofree char *key = NULL;

  g_task_set_source_tag (task, sp_databases_remove_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  if (!g_hash_table_steal_extended (self->stores, name, (gpointer *) &key, (gpointer *) &store))
    {
      g_task_return_new_error (task, SP_ERROR, SP_ERROR_NOT_FOUND, "Database does not exist.");
      return;
    }
  begin_opening (self, name);
  sp_store_close_async (store, closed_cb, g_object_ref (task));
}

/**
 * sp_databases_remove_finish:
 * @self: databases
 * @result: what the callback got
 * @error: %SP_ERROR_NOT_FOUND, %SP_ERROR_FAILED
 *
 * Returns: whether it is gone
 */
gboolean
sp_databases_remove_finish (SpDatabases *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ── Closing all ── */

static void
closed_one_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  guint *left = g_task_get_task_data (task);

  sp_store_close_finish (SP_STORE (source), result, NULL);
  if (--*left == 0)
    g_task_return_boolean (task, TRUE);
}

/**
 * sp_databases_close_async:
 * @self: databases
 * @callback: called when all files are closed
 * @user_data: for @callback
 */
void
sp_databases_close_async (SpDatabases *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  guint *left = g_new (guint, 1);
  GHashTableIter iter;
  gpointer store;

  *left = g_hash_table_size (self->stores);
  g_task_set_source_tag (task, sp_databases_close_async);
  g_task_set_task_data (task, left, g_free);
  if (*left == 0)
    g_task_return_boolean (task, TRUE);
  g_hash_table_iter_init (&iter, self->stores);
  while (g_hash_table_iter_next (&iter, NULL, &store))
    sp_store_close_async (store, closed_one_cb, g_object_ref (task));
  g_hash_table_remove_all (self->stores);
}

/**
 * sp_databases_close_finish:
 * @self: databases
 * @result: what the callback got
 * @error: not used
 *
 * Returns: whether all are closed
 */
gboolean
sp_databases_close_finish (SpDatabases *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
