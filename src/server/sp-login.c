/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpLogin: who somebody is. A password that was right is remembered (as a keyed hash, in memory only) for as long as a
 * session, so that Basic on each request costs nothing. Whoever fails waits, per account and per address, longer each
 * time; a right password forgives.
 *
 * Belongs to the main loop; the file is read in a thread. */
#include "sp-login.h"

#include "sp-file-watch.h"
#include "sp-passwords.h"

#include <sodium.h>
#include <string.h>

#define MAX_DELAY_MS 8000
#define MAX_REMEMBERED 10000 /* entries of each table; then it starts anew */
#define MAX_DELAYED 256

struct _SpLogin
{
  GObject parent_instance;

  char         *path;
  SpAccounts   *accounts; /* owned */
  SpFileWatch  *watch;    /* owned, nullable */
  guint         loads;    /* how often a thread was asked to read the file */
  guint         loaded;   /* which of these brought @accounts; 0 if none did */
  GHashTable   *sessions; /* token → Known */
  GHashTable   *right;    /* keyed hash of name and password → Known */
  GHashTable   *failures; /* account or address → how often */
  guint         delayed;  /* how many wait for their delay */
  guchar        key[crypto_generichash_KEYBYTES];
};

static guint changed; /* signal: the accounts are others now */

G_DEFINE_FINAL_TYPE (SpLogin, sp_login, G_TYPE_OBJECT)

/* Good as long as the account has the password it had. */
typedef struct
{
  char  *name;
  char  *hash;
  gint64 until; /* monotonic time */
} Known;

static void
free_known (gpointer data)
{
  Known *known = data;

  g_free (known->name);
  g_free (known->hash);
  g_free (known);
}

static gboolean
is_good (SpLogin *self, const Known *known)
{
  g_autofree char *hash = sp_accounts_get_password (self->accounts, known->name);

  return known->until > g_get_monotonic_time () && g_strcmp0 (hash, known->hash) == 0;
}

static gboolean
is_over (gpointer key, gpointer value, gpointer self)
{
  return !is_good (self, value);
}

static void
remember (SpLogin *self, GHashTable *table, const char *key, const char *name)
{
  Known *known = g_new0 (Known, 1);

  if (g_hash_table_size (table) >= MAX_REMEMBERED)
    g_hash_table_foreach_remove (table, is_over, self);
  if (g_hash_table_size (table) >= MAX_REMEMBERED)
    g_hash_table_remove_all (table);
  known->name = g_strdup (name);
  known->hash = sp_accounts_get_password (self->accounts, name);
  known->until = g_get_monotonic_time () + SP_LOGIN_SESSION_S * G_TIME_SPAN_SECOND;
  g_hash_table_replace (table, g_strdup (key), known);
}

static const Known *
recall (SpLogin *self, GHashTable *table, const char *key)
{
  Known *known = g_hash_table_lookup (table, key);

  if (known == NULL)
    return NULL;
  if (is_good (self, known))
    {
      known->until = g_get_monotonic_time () + SP_LOGIN_SESSION_S * G_TIME_SPAN_SECOND;
      return known;
    }
  g_hash_table_remove (table, key);
  return NULL;
}

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
  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->right);
  g_hash_table_unref (self->failures);
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
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_known);
  self->right = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_known);
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  randombytes_buf (self->key, sizeof self->key);
}

/**
 * sp_login_new:
 * @path: the file of accounts, which is watched
 * @error: %G_FILE_ERROR, %G_KEY_FILE_ERROR
 *
 * Reads the file: before the main loop runs.
 *
 * Returns: (transfer full) (nullable): who may log in
 */
SpLogin *
sp_login_new (const char *path, GError **error)
{
  g_autoptr (SpLogin) self = g_object_new (SP_TYPE_LOGIN, NULL);

  self->path = g_strdup (path);
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
  remember (self, self->sessions, token, name);
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
  const Known *known = recall (self, self->sessions, token);

  return known != NULL ? g_strdup (known->name) : NULL;
}

/**
 * sp_login_close_session:
 * @self: a login
 * @token: what a cookie says
 */
void
sp_login_close_session (SpLogin *self, const char *token)
{
  g_hash_table_remove (self->sessions, token);
}

/* ── Checking a password ── */

typedef struct
{
  char *name;
  char *password;
  char *address; /* prefixed, so that it is never the name of an account */
  char *mark;    /* keyed hash of name and password */
} Attempt;

static void
free_attempt (gpointer data)
{
  Attempt *attempt = data;

  sodium_memzero (attempt->password, strlen (attempt->password));
  g_free (attempt->name);
  g_free (attempt->password);
  g_free (attempt->address);
  g_free (attempt->mark);
  g_free (attempt);
}

static char *
make_mark (SpLogin *self, const char *name, const char *password)
{
  g_autofree char *pair = g_strdup_printf ("%s:%s", name, password);
  guchar hash[crypto_generichash_BYTES];
  char text[2 * sizeof hash + 1];

  crypto_generichash (hash, sizeof hash, (const guchar *) pair, strlen (pair), self->key, sizeof self->key);
  sodium_memzero (pair, strlen (pair));
  return g_strdup (sodium_bin2hex (text, sizeof text, hash, sizeof hash));
}

static guint
get_failures (SpLogin *self, const Attempt *attempt)
{
  return MAX (GPOINTER_TO_UINT (g_hash_table_lookup (self->failures, attempt->name)),
              GPOINTER_TO_UINT (g_hash_table_lookup (self->failures, attempt->address)));
}

static void
note_failure (SpLogin *self, const char *key)
{
  const guint times = GPOINTER_TO_UINT (g_hash_table_lookup (self->failures, key));

  if (g_hash_table_size (self->failures) >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->failures);
  g_hash_table_replace (self->failures, g_strdup (key), GUINT_TO_POINTER (MIN (times + 1, 16)));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpLogin *self = g_task_get_source_object (task);
  const Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;
  const gboolean right = sp_passwords_check_finish (result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (right)
    {
      g_hash_table_remove (self->failures, attempt->name);
      g_hash_table_remove (self->failures, attempt->address);
      remember (self, self->right, attempt->mark, attempt->name);
    }
  else
    {
      note_failure (self, attempt->name);
      note_failure (self, attempt->address);
    }
  g_task_return_boolean (task, right);
}

static void
begin_check (GTask *task)
{
  SpLogin *self = g_task_get_source_object (task);
  const Attempt *attempt = g_task_get_task_data (task);
  g_autofree char *hash = sp_accounts_get_password (self->accounts, attempt->name);

  sp_passwords_check_async (attempt->password, hash, checked_cb, g_object_ref (task));
}

static gboolean
delay_over_cb (gpointer data)
{
  SpLogin *self = g_task_get_source_object (data);

  self->delayed--;
  begin_check (data);
  return G_SOURCE_REMOVE;
}

/* Two failures are free; then half a second, doubled each time. */
static guint
get_delay (guint failures)
{
  return failures < 3 ? 0 : MIN (500u << MIN (failures - 3, 5), MAX_DELAY_MS);
}

/**
 * sp_login_remembers:
 * @self: a login
 * @name: who somebody says to be
 * @password: with what
 *
 * Returns: whether this password was right a moment ago, so that there is nothing to wait for
 */
gboolean
sp_login_remembers (SpLogin *self, const char *name, const char *password)
{
  g_autofree char *mark = make_mark (self, name, password);

  return recall (self, self->right, mark) != NULL;
}

/**
 * sp_login_check_async:
 * @self: a login
 * @name: who somebody says to be
 * @password: with what
 * @address: where from
 * @callback: called in this main context
 * @user_data: for @callback
 *
 * Checks a password: at once if it was right a moment ago, else in a thread, later after failures.
 */
void
sp_login_check_async (SpLogin *self, const char *name, const char *password, const char *address,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Attempt *attempt = g_new (Attempt, 1);
  guint delay;

  *attempt = (Attempt){ g_strdup (name), g_strdup (password), g_strconcat ("from ", address, NULL), make_mark (self, name, password) };
  g_task_set_source_tag (task, sp_login_check_async);
  g_task_set_task_data (task, attempt, free_attempt);
  if (recall (self, self->right, attempt->mark) != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  delay = get_delay (get_failures (self, attempt));
  if (delay == 0)
    begin_check (task);
  else if (self->delayed >= MAX_DELAYED)
    g_task_return_new_error (task, SP_ERROR, SP_ERROR_LOCKED, "Too many people log in at once; try again in a moment");
  else
    {
      self->delayed++;
      g_timeout_add_full (G_PRIORITY_DEFAULT, delay, delay_over_cb, g_object_ref (task), g_object_unref);
    }
}

/**
 * sp_login_check_finish:
 * @self: a login
 * @result: what the callback got
 * @error: %SP_ERROR_LOCKED if too many try at once
 *
 * Returns: whether it is the password
 */
gboolean
sp_login_check_finish (SpLogin *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
