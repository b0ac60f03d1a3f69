/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpTermIndex: phrases taken apart into words, in one sorted array for prefixes and one table of stems for sentences. */
#include "sp-term-index.h"

#include "sp-fold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One word of one term. */
typedef struct
{
  const char *word;     /* in the chunk */
  guint       owner;
  guint       distance; /* 0 for the owner's own name; further ones rank lower */
} Entry;

typedef struct
{
  guint   owner;
  guint   distance;
  guint   n_stems;
  double  weight; /* of all its stems; once sealed */
  guint  *stems;  /* owned; each once */
} Term;

struct _SpTermIndex
{
  GStringChunk *chunk;
  GArray       *entries;  /* of Entry; by word once sealed */
  GArray       *terms;    /* of Term */
  GHashTable   *stems;    /* stem, in the chunk → its number + 1 */
  GArray       *postings; /* of GArray of guint: the terms that hold a stem, by its number */
  guint         n_owners;
};

/* Words that every second sentence holds. They count for little, but they count: "get out" has nothing else. */
static const char * const stop_words[] = {
  "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "do", "does", "for", "from",
  "had", "has", "have", "having", "he", "her", "hes", "him", "his", "how", "i", "id", "ill", "im", "in", "is", "it", "its",
  "ive", "just", "like", "me", "my", "need", "needs", "of", "on", "or", "really", "she", "shes", "so", "some", "someone",
  "somewhere", "something", "than", "that", "the", "their", "them", "there", "they", "theyre", "this", "to", "too", "up", "very",
  "want", "wants", "was", "we", "were", "what", "where", "who", "will", "with", "would", "you", "your",
};
#define STOP_WEIGHT 0.05

/* What fits less than this part of the best is chance, such as another thing that "my mum" needs. */
#define LEAST_FIT 0.4

static void
clear_term (gpointer data)
{
  g_free (((Term *) data)->stems);
}

/**
 * sp_term_index_new:
 *
 * Returns: (transfer full): an empty index; free with sp_term_index_free()
 */
SpTermIndex *
sp_term_index_new (void)
{
  SpTermIndex *self = g_new0 (SpTermIndex, 1);

  self->chunk = g_string_chunk_new (4096);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (self->terms, clear_term);
  self->stems = g_hash_table_new (g_str_hash, g_str_equal);
  self->postings = g_array_new (FALSE, FALSE, sizeof (GArray *));
  return self;
}

/**
 * sp_term_index_free:
 * @self: (transfer full): an index
 */
void
sp_term_index_free (SpTermIndex *self)
{
  for (guint i = 0; i < self->postings->len; i++)
    g_array_unref (g_array_index (self->postings, GArray *, i));
  g_array_unref (self->postings);
  g_hash_table_unref (self->stems);
  g_array_unref (self->terms);
  g_array_unref (self->entries);
  g_string_chunk_free (self->chunk);
  g_free (self);
}

static gboolean
is_stop_word (const char *stem)
{
  for (guint i = 0; i < G_N_ELEMENTS (stop_words); i++)
    if (strcmp (stem, stop_words[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_stem (const guint *stems, guint n_stems, guint stem)
{
  for (guint i = 0; i < n_stems; i++)
    if (stems[i] == stem)
      return TRUE;
  return FALSE;
}

static guint
stem_number (SpTermIndex *self, const char *word)
{
  g_autofree char *stem = sp_fold_stem (word);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->stems, stem));

  if (number == 0)
    {
      GArray *posting = g_array_new (FALSE, FALSE, sizeof (guint));

      g_array_append_val (self->postings, posting);
      number = self->postings->len;
      g_hash_table_insert (self->stems, g_string_chunk_insert (self->chunk, stem), GUINT_TO_POINTER (number));
    }
  return number - 1;
}

/**
 * sp_term_index_add:
 * @self: an index that is not sealed
 * @term: a word or a few
 * @owner: whose term it is: a small number, from 0
 * @distance: 0 for a name, more for what is further from it
 */
void
sp_term_index_add (SpTermIndex *self, const char *term, guint owner, guint distance)
{
  g_autofree char *folded = sp_fold_text (term);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  Term added = { owner, distance, 0, 0, g_new (guint, g_strv_length (words) + 1) };

  for (guint i = 0; words[i] != NULL; i++)
    {
      Entry entry = { g_string_chunk_insert_const (self->chunk, words[i]), owner, distance };
      guint stem = stem_number (self, words[i]);

      g_array_append_val (self->entries, entry);
      if (has_stem (added.stems, added.n_stems, stem))
        continue;
      added.stems[added.n_stems++] = stem;
      g_array_append_val (g_array_index (self->postings, GArray *, stem), self->terms->len);
    }
  g_array_append_val (self->terms, added);
  self->n_owners = MAX (self->n_owners, owner + 1);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *left = a, *right = b;
  int order = strcmp (left->word, right->word);

  if (order == 0)
    order = (left->distance > right->distance) - (left->distance < right->distance);
  return order != 0 ? order : (left->owner > right->owner) - (left->owner < right->owner);
}

/* How much it says that a term holds this stem: the rarer, the more (inverse document frequency). */
static double
stem_weight (const SpTermIndex *self, guint stem)
{
  return log (1.0 + (double) self->terms->len / (1.0 + g_array_index (self->postings, GArray *, stem)->len));
}

/**
 * sp_term_index_seal:
 * @self: an index
 *
 * Ends the filling. From now on nothing in it changes.
 */
void
sp_term_index_seal (SpTermIndex *self)
{
  GHashTableIter iter;
  gpointer stem, number;
  g_autofree double *weights = g_new (double, self->postings->len + 1);

  g_array_sort (self->entries, compare_entries);
  g_hash_table_iter_init (&iter, self->stems);
  while (g_hash_table_iter_next (&iter, &stem, &number))
    weights[GPOINTER_TO_UINT (number) - 1] = is_stop_word (stem) ? STOP_WEIGHT : stem_weight (self, GPOINTER_TO_UINT (number) - 1);
  for (guint i = 0; i < self->terms->len; i++)
    {
      Term *term = &g_array_index (self->terms, Term, i);
      for (guint j = 0; j < term->n_stems; j++)
        term->weight += weights[term->stems[j]];
    }
}

static guint
lower_bound (const GArray *entries, const char *word)
{
  guint low = 0, high = entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (strcmp (g_array_index (entries, Entry, middle).word, word) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* An owner and how well it fits: the greater, the better. */
typedef struct
{
  guint  owner;
  double score;
} Fit;

static int
compare_fits (gconstpointer a, gconstpointer b)
{
  const Fit *left = a, *right = b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return (left->owner > right->owner) - (left->owner < right->owner);
}

/* The owners with at least that part of the best score, best first; those alike in the order of their numbers. */
static GArray *
best_first (const double *scores, guint n_owners, double part)
{
  g_autofree Fit *fits = g_new (Fit, n_owners + 1);
  GArray *owners = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_fits = 0;
  double best = 0;

  for (guint i = 0; i < n_owners; i++)
    best = MAX (best, scores[i]);
  for (guint i = 0; i < n_owners; i++)
    if (scores[i] > 0 && scores[i] >= part * best)
      fits[n_fits++] = (Fit) { i, scores[i] };
  qsort (fits, n_fits, sizeof (Fit), compare_fits);
  for (guint i = 0; i < n_fits; i++)
    g_array_append_val (owners, fits[i].owner);
  return owners;
}

/**
 * sp_term_index_prefix:
 * @self: a sealed index
 * @word_prefix: the beginning of a word, as typed so far
 *
 * Takes a few microseconds, so it may run at every key stroke.
 *
 * Returns: (transfer full) (element-type guint): the owners of terms with a word that begins so; names before what is
 *   further from them, then in the order of the owners
 */
GArray *
sp_term_index_prefix (const SpTermIndex *self, const char *word_prefix)
{
  g_autofree char *prefix = sp_fold_text (word_prefix);
  g_autofree double *scores = g_new0 (double, self->n_owners + 1);
  gsize length = strlen (prefix);

  for (guint i = lower_bound (self->entries, prefix); length > 0 && i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      double score = 1.0 / (1.0 + entry->distance);

      if (strncmp (entry->word, prefix, length) != 0)
        break;
      scores[entry->owner] = MAX (scores[entry->owner], score);
    }
  return best_first (scores, self->n_owners, 0);
}

static GArray *
phrase_stems (const SpTermIndex *self, const char *phrase, GArray *weights)
{
  g_autofree char *folded = sp_fold_text (phrase);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  GArray *stems = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *stem = sp_fold_stem (words[i]);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->stems, stem));
      double weight;

      if (number-- == 0 || has_stem ((guint *) (void *) stems->data, stems->len, number))
        continue;
      weight = is_stop_word (stem) ? STOP_WEIGHT : stem_weight (self, number);
      g_array_append_val (stems, number);
      g_array_append_val (weights, weight);
    }
  return stems;
}

/* What each term has in common with the phrase, in weight. */
static double *
common_weights (const SpTermIndex *self, const char *phrase)
{
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) stems = phrase_stems (self, phrase, weights);
  double *common = g_new0 (double, self->terms->len + 1);

  for (guint i = 0; i < stems->len; i++)
    {
      const GArray *posting = g_array_index (self->postings, GArray *, g_array_index (stems, guint, i));
      for (guint j = 0; j < posting->len; j++)
        common[g_array_index (posting, guint, j)] += g_array_index (weights, double, i);
    }
  return common;
}

/**
 * sp_term_index_rank:
 * @self: a sealed index
 * @phrase: what somebody said, in their words
 *
 * An owner counts by the term that fits best: how much of the phrase the term holds, times how much of the term the
 * phrase holds. Each further term of the owner adds a tenth of its own, so that many near hits beat one.
 *
 * Returns: (transfer full) (element-type guint): the owners that fit, best first, without those that fit far
 *   less than the best
 */
GArray *
sp_term_index_rank (const SpTermIndex *self, const char *phrase)
{
  g_autofree double *common = common_weights (self, phrase);
  g_autofree double *best = g_new0 (double, self->n_owners + 1);
  g_autofree double *sum = g_new0 (double, self->n_owners + 1);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = &g_array_index (self->terms, Term, i);
      double fit;

      if (common[i] <= STOP_WEIGHT * 3) /* nothing but stop words */
        continue;
      fit = common[i] * (common[i] / term->weight) / (1.0 + 0.05 * term->distance);
      best[term->owner] = MAX (best[term->owner], fit);
      sum[term->owner] += fit;
    }
  for (guint i = 0; i < self->n_owners; i++)
    best[i] = 0.9 * best[i] + 0.1 * sum[i];
  return best_first (best, self->n_owners, LEAST_FIT);
}
