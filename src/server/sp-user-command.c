/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `signpost-server user …` and `create`: what an administrator does beside the running server. */
#include "sp-user-command.h"

#include "sp-accounts.h"
#include "sp-databases.h"
#include "sp-docs.h"
#include "sp-passwords.h"
#include "sp-server.h"

#include <glib/gstdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_LINE 4096

/* ── The password: from a terminal without echo, else from standard input ── */

static char *
read_line (void)
{
  char line[MAX_LINE];
  gsize length;

  if (fgets (line, sizeof line, stdin) == NULL)
    return NULL;
  length = strcspn (line, "\r\n");
  return g_strndup (line, length);
}

static char *
read_password (GError **error)
{
  struct termios before, silent;
  const gboolean is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char *password;

  if (is_terminal)
    {
      silent = before;
      silent.c_lflag &= ~(tcflag_t) ECHO;
      g_printerr ("Password: ");
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
    }
  password = read_line ();
  if (is_terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }
  if (password == NULL)
    g_set_error_literal (error, SP_ERROR, SP_ERROR_USAGE, "There is no password on standard input");
  return password;
}

/* ── Accounts ── */

typedef struct
{
  SpAccounts        *accounts;
  const char        *database; /* or SP_ACCOUNTS_SERVER */
  const char        *name;
  const char *const *roles;
  char              *hash;     /* nullable: of the password that was typed */
} Change;

static gboolean
is_there (const Change *change, GError **error)
{
  g_autofree char *hash = sp_accounts_get_password (change->accounts, change->name);

  if (hash == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "There is no account “%s”", change->name);
  return hash != NULL;
}

static gboolean
check_roles (const Change *change, GError **error)
{
  for (guint i = 0; change->roles[i] != NULL; i++)
    {
      const char *role = change->roles[i];

      if (role[0] == '_' || (sp_role_from_name (role) == SP_ROLE_NONE && !g_str_has_prefix (role, "group:")) || strchr (role, ';') != NULL)
        {
          g_set_error (error, SP_ERROR, SP_ERROR_USAGE, "“%s” is no role; the roles are viewer, contributor, editor, admin and group:ID", role);
          return FALSE;
        }
    }
  if (strcmp (change->database, SP_ACCOUNTS_SERVER) == 0 || sp_databases_check_name (change->database))
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_USAGE, "“%s” is no name of a database", change->database);
  return FALSE;
}

static gboolean
check_new (const Change *change, GError **error)
{
  g_autofree char *hash = sp_accounts_get_password (change->accounts, change->name);

  if (hash != NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, "There is an account “%s” already", change->name);
      return FALSE;
    }
  return sp_rights_check_account (change->name, error) && check_roles (change, error);
}

static gboolean
check_known (const Change *change, GError **error)
{
  return is_there (change, error) && check_roles (change, error);
}

static void
add (const Change *change)
{
  sp_accounts_set_password (change->accounts, change->name, change->hash);
  if (change->roles[0] != NULL)
    sp_accounts_set_roles (change->accounts, change->name, change->database, change->roles);
}

static void
change_password (const Change *change)
{
  sp_accounts_set_password (change->accounts, change->name, change->hash);
}

static void
change_roles (const Change *change)
{
  sp_accounts_set_roles (change->accounts, change->name, change->database, change->roles);
}

static void
remove_account (const Change *change)
{
  sp_accounts_remove (change->accounts, change->name);
}

static void
list_roles (SpAccounts *accounts, const char *name)
{
  g_auto (GStrv) databases = sp_accounts_get_databases (accounts, name);

  for (guint i = 0; databases[i] != NULL; i++)
    {
      g_auto (GStrv) roles = sp_accounts_get_roles (accounts, name, databases[i]);
      g_autofree char *text = g_strjoinv (" ", roles);

      g_print ("%s\t%s\t%s\n", name, databases[i], text);
    }
  if (databases[0] == NULL)
    g_print ("%s\t\t\n", name);
}

static void
list (SpAccounts *accounts)
{
  g_auto (GStrv) names = sp_accounts_list (accounts);

  for (guint i = 0; names[i] != NULL; i++)
    list_roles (accounts, names[i]);
}

typedef struct
{
  const char *word;
  gboolean (*check) (const Change *change, GError **error);
  void (*run) (const Change *change);
  gboolean    takes_roles;
  gboolean    takes_password;
} Word;

static const Word words_known[] = {
  { "add", check_new, add, TRUE, TRUE },
  { "passwd", is_there, change_password, FALSE, TRUE },
  { "role", check_known, change_roles, TRUE, FALSE },
  { "remove", is_there, remove_account, FALSE, FALSE },
};

static const Word *
find_word (const char *text, const Change *change)
{
  for (guint i = 0; i < G_N_ELEMENTS (words_known); i++)
    if (g_strcmp0 (words_known[i].word, text) == 0 && change->name != NULL && (words_known[i].takes_roles || change->roles[0] == NULL))
      return &words_known[i];
  return NULL;
}

static gboolean
load (const char *path, Change *change, GError **error)
{
  g_clear_pointer (&change->accounts, sp_accounts_free);
  change->accounts = sp_accounts_load (path, error);
  return change->accounts != NULL;
}

/* A server, or another call, may have changed the file since it was looked at. */
static gboolean
change_file (const char *path, const Word *word, Change *change, GError **error)
{
  const int lock = sp_accounts_lock (path, error);
  gboolean done = lock >= 0 && load (path, change, error) && word->check (change, error);

  if (done)
    {
      word->run (change);
      done = sp_accounts_save (change->accounts, path, error);
    }
  sp_accounts_unlock (lock);
  return done;
}

/* Nobody is kept waiting while somebody types a password, and nobody types one in vain. */
static gboolean
run_word (const char *path, const Word *word, Change *change, GError **error)
{
  g_autofree char *password = NULL;
  gboolean done;

  if (!word->check (change, error))
    return FALSE;
  if (word->takes_password && ((password = read_password (error)) == NULL || (change->hash = sp_passwords_hash (password, error)) == NULL))
    return FALSE;
  done = change_file (path, word, change, error);
  g_clear_pointer (&change->hash, g_free);
  return done;
}

/**
 * sp_user_command:
 * @folder: the folder of a server
 * @database: (nullable): where roles are meant; %NULL for the whole server
 * @words: (array zero-terminated=1): what follows `user`
 * @error: %SP_ERROR_USAGE, %SP_ERROR_NOT_FOUND, %SP_ERROR_CONFLICT, %G_FILE_ERROR
 *
 * Changes or lists accounts; a running server sees it at once.
 *
 * Returns: whether it is done
 */
gboolean
sp_user_command (const char *folder, const char *database, const char *const *words, GError **error)
{
  g_autofree char *path = sp_server_make_accounts_path (folder);
  Change change = { .database = database != NULL ? database : SP_ACCOUNTS_SERVER };
  const Word *word;
  gboolean done = TRUE;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_READ_ONLY, "“%s” cannot be made", folder);
      return FALSE;
    }
  change.name = words[0] != NULL ? words[1] : NULL;
  change.roles = change.name != NULL ? words + 2 : NULL;
  word = find_word (words[0], &change);
  if (!load (path, &change, error))
    return FALSE;
  if (g_strcmp0 (words[0], "list") == 0 && words[1] == NULL)
    list (change.accounts);
  else if (word != NULL)
    done = run_word (path, word, &change, error);
  else
    done = FALSE;
  if (word == NULL && !done)
    g_set_error_literal (error, SP_ERROR, SP_ERROR_USAGE, "Usage: signpost-server user add|passwd|role|remove|list --data DIR [--database DB] [NAME [ROLE…]]");
  g_clear_pointer (&change.accounts, sp_accounts_free);
  return done;
}

/* ── create ── */

static gboolean
put_rules (SpDb *db, GError **error)
{
  g_autofree char *json = sp_rights_print_design_document ();
  g_autoptr (SpNode) body = sp_node_parse (json, -1, error);

  return body != NULL && sp_docs_put (db, sp_node_get_text (body, "_id"), NULL, FALSE, body, NULL, error);
}

/**
 * sp_create_command:
 * @folder: the folder of a server
 * @words: (array zero-terminated=1): the name of a database
 * @error: %SP_ERROR_USAGE, %SP_ERROR_CONFLICT, %SP_ERROR_READ_ONLY …
 *
 * Makes a database with the rules of who may write what. A running server opens it when it starts the next time.
 *
 * Returns: whether it is there now
 */
gboolean
sp_create_command (const char *folder, const char *const *words, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (SpDb) db = NULL;

  if (words[0] == NULL || words[1] != NULL || !sp_databases_check_name (words[0]))
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_USAGE, "Usage: signpost-server create --data DIR DB; the name begins with a small letter and has only small letters, digits and _ $ ( ) + / -");
      return FALSE;
    }
  path = sp_databases_make_path (folder, words[0]);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_READ_ONLY, "“%s” cannot be made", folder);
      return FALSE;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, "There is a database “%s” already", words[0]);
      return FALSE;
    }
  db = sp_db_open (path, SP_DB_SERVE, error);
  return db != NULL && put_rules (db, error);
}
