/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vocabulary: each word that full text knows, once, so that a beginning that somebody types becomes the words it
 * may mean. (FTS5's own prefix indexes would triple the time to write; a prefix without one reads every match.) */
#include "sp-projection-private.h"

#include <string.h>

#define DATA_KEY "signpost-words"
#define MOST_KNOWN 200000
#define LONGEST 40 /* bytes; longer "words" are addresses of pages and the like */

static GHashTable *
get_known (SpDb *db)
{
  return sp_db_get_data (db, DATA_KEY);
}

static void
rolled_back_cb (gpointer user_data)
{
  g_hash_table_remove_all (user_data);
}

/**
 * sp_words_register:
 * @db: a connection
 * @error: not set
 *
 * Remembers for the life of the connection which words it wrote; a rollback makes it forget.
 *
 * Returns: %TRUE
 */
gboolean
sp_words_register (SpDb *db, GError **error)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  sp_db_set_data (db, DATA_KEY, known, (GDestroyNotify) g_hash_table_unref);
  sqlite3_rollback_hook (sp_db_get_handle (db), rolled_back_cb, known);
  return TRUE;
}

/**
 * sp_words_forget:
 * @db: a connection
 *
 * Forgets which words it wrote, for when the table was emptied.
 */
void
sp_words_forget (SpDb *db)
{
  g_hash_table_remove_all (get_known (db));
}

/**
 * sp_words_prune:
 * @db: the writing connection, outside of a transaction
 * @error: %SP_ERROR
 *
 * Drops the words that no entry has any more. Reads the whole index, so it is only for erasure.
 *
 * Returns: whether that went well
 */
gboolean
sp_words_prune (SpDb *db, GError **error)
{
  gboolean good = sp_db_exec (db, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.known_term USING fts5vocab (main, text, row);"
                                  "DELETE FROM main.word WHERE word NOT IN (SELECT term FROM temp.known_term)", error);

  sp_words_forget (db);
  return good && sp_db_exec (db, "DROP TABLE temp.known_term", error);
}

static gboolean
write_word (SpDb *db, const char *word, gsize length, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT OR IGNORE INTO word VALUES (?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, word, (int) length, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

static gboolean
is_completed_by (const char *word, gsize length)
{
  if (length < 3 || length > LONGEST || *word == '_')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (word[i]))
      return FALSE;
  return TRUE;
}

/**
 * sp_words_note:
 * @db: the writing connection
 * @folded: words with a space between
 * @error: %SP_ERROR
 *
 * Adds the words that are new. Words with a digit (postcodes, years, numbers) are left out: they are many, each is
 * rare, and full text finds their beginnings fast enough.
 *
 * Returns: whether that went well
 */
gboolean
sp_words_note (SpDb *db, const char *folded, GError **error)
{
  GHashTable *known = get_known (db);
  char word[LONGEST + 1];

  for (const char *p = folded; *p != '\0';)
    {
      gsize length = strcspn (p, " ");
      if (is_completed_by (p, length))
        {
          memcpy (word, p, length);
          word[length] = '\0';
          if (!g_hash_table_contains (known, word))
            {
              if (!write_word (db, word, length, error))
                return FALSE;
              if (g_hash_table_size (known) >= MOST_KNOWN)
                g_hash_table_remove_all (known);
              g_hash_table_add (known, g_strdup (word));
            }
        }
      p += length + (p[length] == ' ');
    }
  return TRUE;
}
