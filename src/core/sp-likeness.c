/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How likely two entries are the same thing in the world: 0 for surely not, 1 for surely. A pure function of the two.
 *
 * The name counts for more than half, the place for a quarter, telephone number, e-mail and web address for the rest.
 * Two groups in one hall share place and often telephone, yet never the name; two branches of one charity share name
 * and web address, yet never the place. So neither alone reaches SP_LIKENESS_DUPLICATE. */
#include "sp-likeness.h"

#include "sp-alike.h"
#include "sp-geodesy.h"

#include <math.h>
#include <string.h>

#define NAME_SHARE 0.55
#define PLACE_SHARE 0.25
#define CONTACT_SHARE 0.20
#define APART_FACTOR 0.6
#define OTHER_KIND_LESS 0.1
#define OTHER_DAYS_LESS 0.1

#define NEAR_M 100.0         /* within this, one place */
#define APART_M 500.0        /* beyond this, two places */
#define VAGUE_APART_M 5000.0 /* so, when a position stands for a whole town */
#define POSTCODE_APART_M 3000.0

/* Words of one row say that two names which differ in them mean two things. */
static const char * const opposites[][8] = {
  { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" },
  { "men", "women", "lady", "ladie" },
  { "junior", "senior", "toddler", "adult", "youth" },
  { "north", "south", "east", "west" },
  { "upper", "lower" },
};

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

/* 1 for the same word, less for one that is probably misspelt, 0 for another. */
static double
word_likeness (const char *a, const char *b)
{
  gsize length = MIN (strlen (a), strlen (b));
  guint limit = length >= 8 ? 2 : length >= 4 ? 1 : 0;

  if (strcmp (a, b) == 0)
    return 1;
  if (limit == 0 || a[0] != b[0] || has_digit (a) || has_digit (b))
    return 0;
  return sp_alike_distance (a, b, limit) <= limit ? 0.9 : 0;
}

/* "foodbank" in one is "food bank" in the other. */
static gboolean
is_pair (const char *word, const char *first, const char *second)
{
  gsize length = strlen (first);

  return strncmp (word, first, length) == 0 && strcmp (word + length, second) == 0;
}

/* How well word @i of @a stands for word @j of @b, alone or with a neighbour. */
static double
match_words (const SpTraitsName *a, guint i, const SpTraitsName *b, guint j)
{
  double likeness = word_likeness (a->words[i], b->words[j]);

  if (likeness > 0)
    return likeness;
  if (j + 1 < b->count && is_pair (a->words[i], b->words[j], b->words[j + 1]))
    return 1;
  if (i + 1 < a->count && is_pair (b->words[j], a->words[i], a->words[i + 1]))
    return 1;
  return i > 0 && is_pair (b->words[j], a->words[i - 1], a->words[i]) ? 1 : 0;
}

/* Adds up the weights of the words of @a that @b has too. */
static double
shared_weight (const SpTraitsName *a, const SpTraitsName *b)
{
  double sum = 0;

  for (guint i = 0; i < a->count; i++)
    {
      double best = 0;

      for (guint j = 0; j < b->count && best < 1; j++)
        best = MAX (best, match_words (a, i, b, j));
      sum += a->weights[i] * best;
    }
  return sum;
}

static guint
opposite_of_row (const SpTraitsName *name, guint row)
{
  guint found = 0;

  for (guint i = 0; i < name->count; i++)
    for (guint j = 0; j < G_N_ELEMENTS (opposites[row]) && opposites[row][j] != NULL; j++)
      if (strcmp (name->words[i], opposites[row][j]) == 0)
        found |= 1u << j;
  return found;
}

static gboolean
numbers_differ (const SpTraitsName *a, const SpTraitsName *b)
{
  gboolean both = FALSE;

  for (guint i = 0; i < a->count; i++)
    for (guint j = 0; has_digit (a->words[i]) && j < b->count; j++)
      {
        if (strcmp (a->words[i], b->words[j]) == 0)
          return FALSE;
        both |= has_digit (b->words[j]);
      }
  return both;
}

static gboolean
names_oppose (const SpTraitsName *a, const SpTraitsName *b)
{
  for (guint row = 0; row < G_N_ELEMENTS (opposites); row++)
    {
      guint in_a = opposite_of_row (a, row);
      guint in_b = opposite_of_row (b, row);
      if (in_a != 0 && in_b != 0 && (in_a & in_b) == 0)
        return TRUE;
    }
  return numbers_differ (a, b);
}

/* Dice's coefficient over weighted words (L. R. Dice, "Measures of the amount of ecologic association between
 * species", Ecology 26, 1945). */
static double
name_likeness (const SpTraitsName *a, const SpTraitsName *b)
{
  double all = 0;
  double likeness;

  for (guint i = 0; i < a->count; i++)
    all += a->weights[i];
  for (guint i = 0; i < b->count; i++)
    all += b->weights[i];
  if (a->count == 0 || b->count == 0)
    return 0;
  likeness = MIN ((shared_weight (a, b) + shared_weight (b, a)) / all, 1);
  return names_oppose (a, b) ? likeness / 2 : likeness;
}

static double
best_name_likeness (const SpTraits *a, const SpTraits *b)
{
  double likeness = name_likeness (&a->name, &b->name);

  likeness = MAX (likeness, name_likeness (&a->other_name, &b->name));
  return MAX (likeness, name_likeness (&a->name, &b->other_name));
}

static gboolean
share_one (const guint64 *a, const guint64 *b)
{
  for (guint i = 0; i < SP_TRAITS_MAX_CONTACTS && a[i] != 0; i++)
    for (guint j = 0; j < SP_TRAITS_MAX_CONTACTS && b[j] != 0; j++)
      if (a[i] == b[j])
        return TRUE;
  return FALSE;
}

static double
contact_likeness (const SpTraits *a, const SpTraits *b, SpLikenessReasons *reasons)
{
  double likeness = 0;

  if (a->url != 0 && a->url == b->url)
    {
      *reasons |= SP_LIKENESS_SAME_URL;
      likeness = a->url_has_path ? 0.9 : 0.7;
    }
  if (share_one (a->emails, b->emails))
    {
      *reasons |= SP_LIKENESS_SAME_EMAIL;
      likeness = 0.9;
    }
  if (share_one (a->phones, b->phones))
    {
      *reasons |= SP_LIKENESS_SAME_PHONE;
      likeness = 1;
    }
  if (likeness == 0 && a->phones[0] != 0 && b->phones[0] != 0)
    likeness = -0.2; /* each has a number, and they differ */
  return likeness;
}

/* What the distance says when the postcodes do not say it already. */
static double
distance_likeness (const SpTraits *a, const SpTraits *b, double distance, gboolean *apart, SpLikenessReasons *reasons)
{
  gboolean vague = a->vague || b->vague;

  *apart = distance > (vague ? VAGUE_APART_M : APART_M);
  if (vague)
    return *apart ? 0 : 0.4;
  if (distance <= NEAR_M)
    *reasons |= SP_LIKENESS_NEAR;
  return CLAMP (1 - (distance - NEAR_M) / (APART_M - NEAR_M), 0, 1);
}

static double
place_likeness (const SpTraits *a, const SpTraits *b, gboolean *apart, SpLikenessReasons *reasons)
{
  double distance = sp_geodesy_rough_distance (a->latitude, a->longitude, b->latitude, b->longitude);
  gboolean coded = a->postcode[0] != '\0' && b->postcode[0] != '\0';
  gboolean same_code = coded && strcmp (a->postcode, b->postcode) == 0;

  *apart = FALSE;
  if (a->venue != 0 && a->venue == b->venue)
    {
      *reasons |= SP_LIKENESS_SAME_ADDRESS;
      return 1;
    }
  if (a->line != 0 && a->line == b->line && !(distance > POSTCODE_APART_M))
    *reasons |= SP_LIKENESS_SAME_ADDRESS;
  if (same_code && !(distance > POSTCODE_APART_M))
    {
      *reasons |= SP_LIKENESS_SAME_POSTCODE;
      return 1;
    }
  if (!isnan (distance))
    return distance_likeness (a, b, distance, apart, reasons);
  if (*reasons & SP_LIKENESS_SAME_ADDRESS)
    return 0.8;
  *apart = coded;
  return coded ? 0 : 0.4;
}

/* Half a name is none: the second half of the scale becomes the whole. */
static double
stretch (double likeness)
{
  return CLAMP ((likeness - 0.5) / 0.45, 0, 1);
}

/**
 * sp_likeness_compare:
 * @a: traits of an entry
 * @b: traits of another
 * @reasons: (out) (optional): what they share
 *
 * Returns: how likely they are the same, 0 to 1; the same whichever comes first
 */
double
sp_likeness_compare (const SpTraits *a, const SpTraits *b, SpLikenessReasons *reasons)
{
  SpLikenessReasons why = 0;
  gboolean apart;
  double name;
  double score;

  if (reasons != NULL)
    *reasons = 0;
  if ((a->signature & b->signature) == 0 || (a->venue != 0 && a->venue == b->id) || (b->venue != 0 && b->venue == a->id))
    return 0; /* no word in common; or one is held in the other */
  name = best_name_likeness (a, b);
  score = NAME_SHARE * stretch (name) + PLACE_SHARE * place_likeness (a, b, &apart, &why)
          + CONTACT_SHARE * contact_likeness (a, b, &why);
  if (a->kind != 0 && b->kind != 0 && a->kind != b->kind)
    score -= OTHER_KIND_LESS;
  if (a->days != 0 && b->days != 0 && (a->days & b->days) == 0)
    score -= OTHER_DAYS_LESS;
  if (apart)
    score *= APART_FACTOR;
  if (name > 0.999)
    why |= SP_LIKENESS_SAME_NAME;
  else if (name > 0.5)
    why |= SP_LIKENESS_LIKE_NAME;
  if (reasons != NULL)
    *reasons = why;
  return CLAMP (score, 0, 1);
}

/**
 * sp_likeness_of_names:
 * @a: a name
 * @b: another
 *
 * Returns: how alike they are, 0 to 1; words like "the" do not count, and words like "club" little
 */
double
sp_likeness_of_names (const char *a, const char *b)
{
  g_autoptr (SpNode) left = sp_node_new_object ();
  g_autoptr (SpNode) right = sp_node_new_object ();
  g_autoptr (SpTraits) of_left = NULL;
  g_autoptr (SpTraits) of_right = NULL;

  sp_node_set_text (left, "name", a);
  sp_node_set_text (right, "name", b);
  of_left = sp_traits_new (NULL, left);
  of_right = sp_traits_new (NULL, right);
  return name_likeness (&of_left->name, &of_right->name);
}

static const struct { SpLikenessReasons reason; const char *words; } all_reasons[] = {
  { SP_LIKENESS_SAME_NAME, "the same name" },
  { SP_LIKENESS_LIKE_NAME, "a similar name" },
  { SP_LIKENESS_SAME_ADDRESS, "the same address" },
  { SP_LIKENESS_SAME_POSTCODE, "the same postcode" },
  { SP_LIKENESS_NEAR, "less than 100 m apart" },
  { SP_LIKENESS_SAME_PHONE, "the same telephone number" },
  { SP_LIKENESS_SAME_EMAIL, "the same e-mail address" },
  { SP_LIKENESS_SAME_URL, "the same web address" },
};

/**
 * sp_likeness_list:
 * @reasons: why two entries look alike
 *
 * Returns: (transfer full): the reasons in words, the most telling first
 */
GStrv
sp_likeness_list (SpLikenessReasons reasons)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (all_reasons); i++)
    if (reasons & all_reasons[i].reason)
      g_strv_builder_add (list, all_reasons[i].words);
  return g_strv_builder_end (list);
}

/**
 * sp_likeness_describe:
 * @reasons: why two entries look alike
 *
 * Returns: (transfer full): "the same name, the same postcode"
 */
char *
sp_likeness_describe (SpLikenessReasons reasons)
{
  g_auto (GStrv) list = sp_likeness_list (reasons);

  return g_strjoinv (", ", list);
}
