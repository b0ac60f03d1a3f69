/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking a password. One that was right is remembered (as a keyed hash, in memory only) for as long as a session, so that
 * Basic on each request costs nothing. Several who come with the same at once, as a browser does, share one check. */
#include "sp-login-private.h"

#include "sp-passwords.h"

#include <string.h>

typedef struct
{
  SpLogin   *login; /* owned */
  char      *name;
  char      *password;
  char      *address;
  char      *mark;  /* keyed hash of name and password */
  char      *key;   /* of the login's table */
  GPtrArray *tasks; /* who waits for it */
} Check;

static void
free_check (Check *check)
{
  sodium_memzero (check->password, strlen (check->password));
  g_ptr_array_unref (check->tasks);
  g_object_unref (check->login);
  g_free (check->name);
  g_free (check->password);
  g_free (check->address);
  g_free (check->mark);
  g_free (check->key);
  g_free (check);
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

static void
tell_all (const Check *check, gboolean right, const GError *error)
{
  for (guint i = 0; i < check->tasks->len; i++)
    if (error != NULL)
      g_task_return_error (g_ptr_array_index (check->tasks, i), g_error_copy (error));
    else
      g_task_return_boolean (g_ptr_array_index (check->tasks, i), right);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Check *check = data;
  SpLogin *self = check->login;
  g_autoptr (GError) error = NULL;
  const gboolean right = sp_passwords_check_finish (result, &error);
  const SpAttemptEnd end = error != NULL ? SP_ATTEMPT_UNKNOWN : right ? SP_ATTEMPT_RIGHT : SP_ATTEMPT_WRONG;

  sp_attempts_end (self->attempts, check->name, check->address, end);
  g_hash_table_remove (self->checks, check->key);
  if (right)
    sp_recall_add (self->right, self->accounts, check->mark, check->name);
  tell_all (check, right, error);
  free_check (check);
}

static gboolean
begin_check (gpointer data)
{
  Check *check = data;
  g_autofree char *hash = sp_accounts_get_password (check->login->accounts, check->name);

  sp_passwords_check_async (check->password, hash, checked_cb, check);
  return G_SOURCE_REMOVE;
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

  return sp_recall_find (self->right, self->accounts, mark) != NULL;
}

/* @task: (transfer full): the first who waits for it */
static void
start_check (SpLogin *self, const char *name, const char *password, const char *address, const char *mark, const char *key, guint delay, GTask *task)
{
  Check *check = g_new (Check, 1);

  *check = (Check){ g_object_ref (self), g_strdup (name), g_strdup (password), g_strdup (address), g_strdup (mark), g_strdup (key),
                    g_ptr_array_new_with_free_func (g_object_unref) };
  g_ptr_array_add (check->tasks, task);
  g_hash_table_insert (self->checks, check->key, check);
  if (delay > 0)
    g_timeout_add (delay, begin_check, check);
  else
    begin_check (check);
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
  g_autofree char *mark = make_mark (self, name, password);
  g_autofree char *key = g_strconcat (address, "\n", mark, NULL);
  Check *same = g_hash_table_lookup (self->checks, key);
  guint delay;

  g_task_set_source_tag (task, sp_login_check_async);
  if (sp_recall_find (self->right, self->accounts, mark) != NULL)
    g_task_return_boolean (task, TRUE);
  else if (same != NULL)
    g_ptr_array_add (same->tasks, g_steal_pointer (&task));
  else if (sp_attempts_begin (self->attempts, name, address, &delay))
    start_check (self, name, password, address, mark, key, delay, g_steal_pointer (&task));
  else
    g_task_return_new_error (task, SP_ERROR, SP_ERROR_LOCKED, "Too many people log in at once; try again in a moment");
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
