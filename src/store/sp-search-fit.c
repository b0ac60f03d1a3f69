/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sp_fit: how well an entry fits the words that were typed, as an auxiliary function of FTS5. For each word the best
 * column counts: name, then category (and its synonyms and needs; first the categories that the whole text asks for),
 * summary, place, description; a whole word counts more than the beginning of one. FTS5's own bm25 looks at every match
 * in the store first (measured: up to 435 ms at 100,000 entries); this looks at one entry. */
#include "sp-search-private.h"

#include "sp-projection-private.h"

static const float column_weights[SP_TEXT_COLUMNS] = {
  [SP_TEXT_NAME] = 10, [SP_TEXT_SUMMARY] = 4, [SP_TEXT_PLACE] = 3, [SP_TEXT_DESCRIPTION] = 1,
  [SP_TEXT_FACETS] = 6, /* the first letters of a name or place */
};
#define CATEGORY_WEIGHT 7
#define NEED_WEIGHT 9.5f /* of the category that all that was typed asks for; the next ones get less, down to */
#define LEAST_NEED_WEIGHT 7.5f
#define BEGINNING 0.7f /* of what the whole word counts */

static float
best_column (const Fts5ExtensionApi *api, Fts5Context *context, int phrase)
{
  Fts5PhraseIter iter;
  int column;
  float best = 0;

  if (api->xPhraseFirstColumn (context, phrase, &iter, &column) != SQLITE_OK)
    return 0;
  for (; column >= 0; api->xPhraseNextColumn (context, &iter, &column))
    if (column < SP_TEXT_COLUMNS && column_weights[column] > best)
      best = column_weights[column];
  return best;
}

static float
need_weight (guint rank)
{
  return NEED_WEIGHT - (NEED_WEIGHT - LEAST_NEED_WEIGHT) * (float) MIN (rank, SP_MOST_NEEDS) / SP_MOST_NEEDS;
}

static float
phrase_fit (const Fts5ExtensionApi *api, Fts5Context *context, int phrase, guint8 how)
{
  float best = best_column (api, context, phrase);

  if (how == SP_PHRASE_CATEGORY)
    return best > 0 ? CATEGORY_WEIGHT : 0;
  if (how >= SP_PHRASE_NEED)
    return best > 0 ? need_weight (how - SP_PHRASE_NEED) : 0;
  return how == SP_PHRASE_BEGINNING ? best * BEGINNING : best;
}

/* sp_fit (text, phrases): phrases as in SpExpression. */
static void
fit (const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int n, sqlite3_value **values)
{
  const guint8 *phrases = n == 1 ? sqlite3_value_blob (values[0]) : NULL;
  int count = api->xPhraseCount (context);
  float best[SP_MOST_WORDS] = { 0 }, sum = 0;

  if (phrases == NULL || sqlite3_value_bytes (values[0]) != 2 * count)
    {
      sqlite3_result_error (result, "sp_fit: the phrases are not those of the expression", -1);
      return;
    }
  for (int i = 0; i < count; i++)
    {
      guint8 word = phrases[2 * i];
      float value;

      if (word >= SP_MOST_WORDS || best[word] >= column_weights[SP_TEXT_NAME])
        continue;
      value = phrase_fit (api, context, i, phrases[2 * i + 1]);
      if (value > best[word])
        best[word] = value;
    }
  for (guint i = 0; i < SP_MOST_WORDS; i++)
    sum += best[i];
  sqlite3_result_double (result, sum);
}

/**
 * sp_fit_register:
 * @handle: a connection
 *
 * Makes the function sp_fit() known to it, see https://www.sqlite.org/fts5.html#extending_fts5
 *
 * Returns: whether that went well
 */
gboolean
sp_fit_register (sqlite3 *handle)
{
  fts5_api *api = NULL;
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &stmt, NULL) != SQLITE_OK)
    return FALSE;
  sqlite3_bind_pointer (stmt, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (stmt);
  sqlite3_finalize (stmt);
  return api != NULL && api->xCreateFunction (api, "sp_fit", NULL, fit, NULL) == SQLITE_OK;
}
