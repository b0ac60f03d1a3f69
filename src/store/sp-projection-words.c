/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vocabulary: each word that full text knows, once, so that a beginning that somebody types becomes the words it
 * may mean. (FTS5's own prefix indexes would triple the time to write; a prefix without one reads every match.) */
#include "sp-projection-private.h"

#include <string.h>

#define DATA_KEY "signpost-words"
#define LONGEST 40 /* bytes; longer "words" are addresses of pages and the like */
#define N_SLOTS 32768

/* Words that this connection wrote, by 64 bits of hash: a word that shares all of them with another is never completed, and
 * that does not happen. Each has a slot of two, and a newcomer takes the place of the older: what was pushed out is only written
 * again, to no effect. It is small enough for the processor's cache, as nearly all that a word costs is this look. */
typedef struct
{
  guint64 slots[N_SLOTS][2]; /* 0: free; the newer first */
} Known;

static Known *
get_known (SpDb *db)
{
  return sp_db_get_data (db, DATA_KEY);
}

static void
forget (gpointer known)
{
  memset (known, 0, sizeof (Known));
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
  Known *known = g_new0 (Known, 1);

  sp_db_set_data (db, DATA_KEY, known, g_free);
  sqlite3_rollback_hook (sp_db_get_handle (db), forget, known);
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
  forget (get_known (db));
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

/* Reads one word. Gives its length, and its hash (FNV-1a); 0 for a word that is not completed when somebody types it. */
static gsize
read_word (const char *text, guint64 *hash)
{
  guint64 value = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  gboolean digit = FALSE;
  gsize length = 0;

  for (; text[length] != ' ' && text[length] != '\0'; length++)
    {
      digit = digit || (guchar) (text[length] - '0') < 10;
      value = (value ^ (guchar) text[length]) * G_GUINT64_CONSTANT (0x100000001b3);
    }
  *hash = length < 3 || length > LONGEST || digit || *text == '_' ? 0 : value | 1;
  return length;
}

/**
 * sp_words_list:
 * @folded: words with a space between, which must outlive what is made of them
 * @words: (element-type SpWord): gets those of them that belong into the vocabulary
 *
 * Words with a digit (postcodes, years, numbers) do not: they are many, each is rare, and full text finds their beginnings
 * fast enough. Work for any thread.
 */
void
sp_words_list (const char *folded, GArray *words)
{
  gsize length;

  for (const char *p = folded; *p != '\0'; p += length + (p[length] == ' '))
    {
      SpWord word = { .text = p };

      length = read_word (p, &word.hash);
      word.length = (guint32) length;
      if (word.hash != 0)
        g_array_append_val (words, word);
    }
}

/**
 * sp_words_note:
 * @db: the writing connection
 * @words: (element-type SpWord): what sp_words_list() made
 * @error: %SP_ERROR
 *
 * Adds the words that are new.
 *
 * Returns: whether that went well
 */
gboolean
sp_words_note (SpDb *db, const GArray *words, GError **error)
{
  Known *known = get_known (db);

  for (guint i = 0; i < words->len; i++)
    {
      const SpWord *word = &g_array_index (words, SpWord, i);
      guint64 *slot = known->slots[(word->hash >> 16) % N_SLOTS];

      if (slot[0] == word->hash || slot[1] == word->hash)
        continue;
      if (!write_word (db, word->text, word->length, error))
        return FALSE;
      slot[1] = slot[0];
      slot[0] = word->hash;
    }
  return TRUE;
}
