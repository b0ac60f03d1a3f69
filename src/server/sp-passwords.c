/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords: argon2id of libsodium. A check takes a tenth of a second and 64 MiB, so at most two run at a time, in threads
 * of their own, and those who come when too many wait are sent away. */
#include "sp-passwords.h"

#include <sodium.h>
#include <string.h>

#define CHECKS 2
#define MAX_WAITING 32
#define MAX_PASSWORD 1024 /* bytes */

/* Of no password: what is checked for an account that does not exist, so that the answer takes as long. */
#define NOBODY "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/**
 * sp_passwords_hash:
 * @password: a password of 1 to 1024 bytes
 * @error: %SP_ERROR_INVALID
 *
 * Takes a tenth of a second; not on the main loop.
 *
 * Returns: (transfer full) (nullable): what to keep of it
 */
char *
sp_passwords_hash (const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];
  gsize length = strlen (password);

  if (length == 0 || length > MAX_PASSWORD)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "A password must have 1 to %d bytes", MAX_PASSWORD);
      return NULL;
    }
  if (sodium_init () >= 0 && crypto_pwhash_str (hash, password, length, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0)
    return g_strdup (hash);
  g_set_error_literal (error, SP_ERROR, SP_ERROR_FAILED, "There is not enough memory to work with the password");
  return NULL;
}

typedef struct
{
  char *password;
  char *hash;
} Check;

static void
free_check (gpointer data)
{
  Check *check = data;

  sodium_memzero (check->password, strlen (check->password));
  g_free (check->password);
  g_free (check->hash);
  g_free (check);
}

static void
run_check (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  const Check *check = g_task_get_task_data (task);
  const char *hash = check->hash != NULL ? check->hash : NOBODY;
  gboolean right = strlen (check->password) <= MAX_PASSWORD
                   && crypto_pwhash_str_verify (hash, check->password, strlen (check->password)) == 0;

  g_task_return_boolean (task, right && check->hash != NULL);
}

static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter (&pool))
    {
      GThreadPool *made = g_thread_pool_new (run_check, NULL, CHECKS, FALSE, NULL);

      if (sodium_init () < 0)
        g_error ("libsodium does not start");
      g_once_init_leave (&pool, made);
    }
  return pool;
}

/**
 * sp_passwords_check_async:
 * @password: what somebody gave
 * @hash: (nullable): what is kept; %NULL if there is no such account, which takes as long
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Checks a password in a thread.
 */
void
sp_passwords_check_async (const char *password, const char *hash, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Check *check = g_new (Check, 1);

  *check = (Check){ g_strdup (password), g_strdup (hash) };
  g_task_set_source_tag (task, sp_passwords_check_async);
  g_task_set_task_data (task, check, free_check);
  if (g_thread_pool_unprocessed (get_pool ()) < MAX_WAITING)
    g_thread_pool_push (get_pool (), task, NULL);
  else
    {
      g_task_return_new_error (task, SP_ERROR, SP_ERROR_LOCKED, "Too many people log in at once; try again in a moment");
      g_object_unref (task);
    }
}

/**
 * sp_passwords_check_finish:
 * @result: what the callback got
 * @error: %SP_ERROR_LOCKED if too many wait already
 *
 * Returns: whether it is the password
 */
gboolean
sp_passwords_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
