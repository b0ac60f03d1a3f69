/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpLogin: who somebody is, by the file of accounts and by the sessions that are open. How a password is checked is in
 * sp-login-check.c.
 *
 * Belongs to the main loop; the file is read in a thread. */
#include "sp-login-private.h"

static guint changed; /* signal: the accounts are others now */

G_DEFINE_FINAL_TYPE (SpLogin, sp_login, G_TYPE_OBJECT)

static void
take_accounts (SpLogin *self, SpAccounts *accounts)
{
  g_clear_pointer (&self->accounts, sp_accounts_free);
  self->accounts = accounts;
  g_signal_emit (self, changed, 0);
}

/**
 * sp_login_reload:
 * @self: a login
 * @error: %G_FILE_ERROR, %G_KEY_FILE_ERROR; then the accounts stay as they were
 *
 * Reads the file of accounts again. It is small; but call it where a file may be read.
 *
 * Returns: whether it was read
 */
gboolean
sp_login_reload (SpLogin *self, GError **error)
{
  SpAccounts *accounts = sp_accounts_load (self->path, error);

  if (accounts == NULL)
    return FALSE;
  take_accounts (self, accounts);
  return TRUE;
}

static void
load_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  SpAccounts *accounts = sp_accounts_load (path, &error);

  if (accounts != NULL)
    g_task_return_pointer (task, accounts, (GDestroyNotify) sp_accounts_free);
  else
    g_task_return_error (task, error);
}

/* Threads end in any order: what one read that was asked before another that has ended is old. */
static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer load)
{
  SpLogin *self = SP_LOGIN (source);
  g_autoptr (GError) error = NULL;
  SpAccounts *accounts = g_task_propagate_pointer (G_TASK (result), &error);

  if (accounts == NULL)
    {
      g_message ("The accounts stay as they were: %s", error->message);
      return;
    }
  if (GPOINTER_TO_UINT (load) < self->loaded)
    {
      sp_accounts_free (accounts);
      return;
    }
  take_accounts (self, accounts);
  self->loaded = GPOINTER_TO_UINT (load);
}

static void
file_changed_cb (gpointer login)
{
  SpLogin *self = login;
  g_autoptr (GTask) task = g_task_new (self, NULL, loaded_cb, GUINT_TO_POINTER (++self->loads));

  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, load_thread);
}

static void
sp_login_finalize (GObject *object)
{
  SpLogin *self = SP_LOGIN (object);

  g_clear_pointer (&self->watch, sp_file_watch_free);
  g_clear_pointer (&self->accounts, sp_accounts_free);
  g_clear_pointer (&self->sessions, sp_recall_free);
  g_clear_pointer (&self->right, sp_recall_free);
  sp_attempts_free (self->attempts);
  g_hash_table_unref (self->checks);
  g_free (self->path);
  sodium_memzero (self->key, sizeof self->key);
  G_OBJECT_CLASS (sp_login_parent_class)->finalize (object);
}

static void
sp_login_class_init (SpLoginClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_login_finalize;

  /**
   * SpLogin::changed:
   * @self: a login
   *
   * The accounts were changed, here or in their file. Emitted on the main loop.
   */
  changed = g_signal_new ("changed", SP_TYPE_LOGIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_login_init (SpLogin *self)
{
  self->attempts = sp_attempts_new ();
  self->checks = g_hash_table_new (g_str_hash, g_str_equal);
  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  randombytes_buf (self->key, sizeof self->key);
}

/**
 * sp_login_new:
 * @path: the file of accounts, which is watched
 * @session_s: how long a session lasts after its last use, in seconds
 * @error: %G_FILE_ERROR, %G_KEY_FILE_ERROR
 *
 * Reads the file: before the main loop runs.
 *
 * Returns: (transfer full) (nullable): who may log in
 */
SpLogin *
sp_login_new (const char *path, guint session_s, GError **error)
{
  g_autoptr (SpLogin) self = g_object_new (SP_TYPE_LOGIN, NULL);

  self->path = g_strdup (path);
  self->sessions = sp_recall_new (session_s);
  self->right = sp_recall_new (session_s);
  if (!sp_login_reload (self, error))
    return NULL;
  self->watch = sp_file_watch_new (path, file_changed_cb, self);
  return g_steal_pointer (&self);
}

/**
 * sp_login_get_accounts:
 * @self: a login
 *
 * Returns: (transfer none): the accounts as they are now
 */
SpAccounts *
sp_login_get_accounts (SpLogin *self)
{
  return self->accounts;
}

/* ── Changing them ── */

typedef struct
{
  char          *path;
  SpLoginChange  change;
  gpointer       data;
  GDestroyNotify free_data;
} Changing;

static void
free_changing (gpointer data)
{
  Changing *changing = data;

  changing->free_data (changing->data);
  g_free (changing->path);
  g_free (changing);
}

/* The lock is kept until the answer is on its way: so the main loop hears of changes in the order in which they were made. */
static void
change_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Changing *changing = data;
  GError *error = NULL;
  const int lock = sp_accounts_lock (changing->path, &error);
  g_autoptr (SpAccounts) accounts = lock >= 0 ? sp_accounts_load (changing->path, &error) : NULL;

  if (accounts != NULL && changing->change (accounts, changing->data, &error) && sp_accounts_save (accounts, changing->path, &error))
    g_task_return_pointer (task, g_steal_pointer (&accounts), (GDestroyNotify) sp_accounts_free);
  else
    g_task_return_error (task, error);
  sp_accounts_unlock (lock);
}

/**
 * sp_login_change_async:
 * @self: a login
 * @change: what changes the accounts
 * @data: (transfer full): for @change
 * @free_data: frees @data
 * @callback: called in this main context
 * @user_data: for @callback
 *
 * Reads the file of accounts, changes and saves it; of several such calls, one after the other.
 */
void
sp_login_change_async (SpLogin *self, SpLoginChange change, gpointer data, GDestroyNotify free_data,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Changing *changing = g_new (Changing, 1);

  *changing = (Changing){ g_strdup (self->path), change, data, free_data };
  g_task_set_source_tag (task, sp_login_change_async);
  g_task_set_task_data (task, changing, free_changing);
  g_task_run_in_thread (task, change_thread);
}

/**
 * sp_login_change_finish:
 * @self: a login
 * @result: what the callback got
 * @error: %G_FILE_ERROR, %G_KEY_FILE_ERROR, or what the change says
 *
 * Returns: whether the accounts are changed, here too
 */
gboolean
sp_login_change_finish (SpLogin *self, GAsyncResult *result, GError **error)
{
  SpAccounts *accounts = g_task_propagate_pointer (G_TASK (result), error);

  if (accounts == NULL)
    return FALSE;
  take_accounts (self, accounts);
  return TRUE;
}

/* ── Sessions ── */

/**
 * sp_login_open_session:
 * @self: a login
 * @name: an account whose password was right
 *
 * Returns: (transfer full): the token of a new session
 */
char *
sp_login_open_session (SpLogin *self, const char *name)
{
  guchar bytes[24];
  char token[sodium_base64_ENCODED_LEN (sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (token, sizeof token, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sp_recall_add (self->sessions, self->accounts, token, name);
  return g_strdup (token);
}

/**
 * sp_login_find_session:
 * @self: a login
 * @token: what a cookie says
 *
 * Returns: (transfer full) (nullable): whose session it is; %NULL if it is over
 */
char *
sp_login_find_session (SpLogin *self, const char *token)
{
  return g_strdup (sp_recall_find (self->sessions, self->accounts, token));
}

/**
 * sp_login_close_session:
 * @self: a login
 * @token: what a cookie says
 */
void
sp_login_close_session (SpLogin *self, const char *token)
{
  sp_recall_remove (self->sessions, token);
}

/**
 * sp_login_session_is_due:
 * @self: a login
 * @token: what a cookie says
 *
 * Returns: whether a part of the session's life has gone since its holder heard how long it lasts; it is told now
 */
gboolean
sp_login_session_is_due (SpLogin *self, const char *token)
{
  return sp_recall_is_due (self->sessions, self->accounts, token);
}
