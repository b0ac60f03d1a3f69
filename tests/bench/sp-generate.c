/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assets by number, for measuring: the same on every machine. Positions cluster around the towns of the gazetteer by
 * their people, the words come from the taxonomy, from towns, and from a vocabulary whose rare words are many. */
#include "sp-generate.h"

#include "sp-data.h"
#include "sp-taxonomy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  char  *name;
  double latitude;
  double longitude;
  double people; /* of this town and all before it */
} Town;

struct _SpGenerator
{
  GArray *towns;
};

/* A small generator with a good spread: splitmix64 (Sebastiano Vigna, public domain). */
typedef struct
{
  guint64 state;
} Dice;

static guint64
roll (Dice *dice)
{
  guint64 z = (dice->state += 0x9e3779b97f4a7c15u);

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static double
unit (Dice *dice)
{
  return (double) (roll (dice) >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);
}

static guint
below (Dice *dice, guint n)
{
  return (guint) (roll (dice) % n);
}

static gboolean
chance (Dice *dice, double probability)
{
  return unit (dice) < probability;
}

/* Low numbers often, high ones seldom, as words are in a language. */
static guint
seldom (Dice *dice, guint n)
{
  return (guint) (pow (n + 1.0, unit (dice)) - 1);
}

static const char * const common[] = {
  "community", "group", "people", "local", "meet", "every", "week", "welcome", "support", "free", "activities", "help",
  "older", "adults", "friendly", "centre", "families", "children", "advice", "information", "sessions", "weekly", "social",
  "tea", "coffee", "lunch", "chat", "games", "craft", "music", "walk", "garden", "health", "wellbeing", "carers", "young",
  "parents", "volunteers", "trained", "staff", "hall", "church", "library", "school", "kitchen", "access", "parking",
  "ramp", "toilet", "ground", "floor", "book", "ring", "contact", "drop", "morning", "afternoon", "evening", "monthly",
  "fortnightly", "term", "holiday", "cost", "donation", "refreshments", "included", "transport", "available", "area",
  "village", "town", "neighbourhood", "isolated", "lonely", "company", "conversation", "friends", "memory", "dementia",
  "stroke", "diabetes", "anxiety", "depression", "grief", "loss", "debt", "benefits", "housing", "energy", "heating",
  "food", "parcel", "voucher", "fridge", "clothes", "uniform", "furniture", "repair", "tools", "woodwork", "shed", "allotment",
  "singing", "choir", "dance", "yoga", "pilates", "exercise", "chair", "balance", "swimming", "football", "bowls", "cycling",
  "art", "painting", "knitting", "sewing", "reading", "writing", "history", "photography", "computers", "digital", "skills",
  "english", "job", "interview", "training", "course", "qualified", "tutor", "toddler", "baby", "breastfeeding", "play",
  "youth", "club", "mentoring", "counselling", "listening", "confidential", "referral", "professional", "self", "gp",
  "hospital", "discharge", "equipment", "wheelchair", "hearing", "loop", "sight", "guide", "dog", "interpreter", "language",
  "refugees", "newcomers", "veterans", "forces", "pensioners", "retired", "widowed", "men", "women", "lgbt", "faith",
  "muslim", "christian", "quaker", "bereavement", "hospice", "cancer", "parkinsons", "autism", "disability", "learning",
};
static const char * const name_patterns[] = {
  "%s %s", "%s %s Group", "%s Community %s", "The %s %s", "%s and District %s", "%s %s Association", "Friends of %s %s", "New %s %s",
};
static const char * const streets[] = {
  "High Street", "Church Lane", "Station Road", "Market Place", "Mill Lane", "School Lane", "Victoria Road", "King Street",
  "Queen Street", "The Green", "Bridge Street", "Park Road", "Chapel Street", "Albert Street", "North Street", "Manor Road",
};
static const char * const onsets[] = { "b", "br", "c", "cl", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "th", "tr", "w", "wh" };
static const char * const rimes[] = { "ack", "al", "am", "an", "ar", "ay", "ed", "el", "en", "er", "ick", "il", "in", "ing", "ock", "on", "or", "ow", "ug", "um" };
static const char * const tails[] = { "", "by", "dale", "field", "ford", "ham", "land", "ley", "man", "son", "ton", "well", "wick", "worth" };

/* One of some ten thousand words that sound like names. */
static void
append_rare (Dice *dice, GString *out)
{
  guint which = seldom (dice, G_N_ELEMENTS (onsets) * G_N_ELEMENTS (rimes) * G_N_ELEMENTS (tails) - 1);

  g_string_append (out, onsets[which % G_N_ELEMENTS (onsets)]);
  which /= G_N_ELEMENTS (onsets);
  g_string_append (out, rimes[which % G_N_ELEMENTS (rimes)]);
  g_string_append (out, tails[which / G_N_ELEMENTS (rimes)]);
}

static void
append_sentence (Dice *dice, guint words, GString *out)
{
  for (guint i = 0; i < words; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');
      if (chance (dice, 0.12))
        append_rare (dice, out);
      else
        g_string_append (out, common[seldom (dice, G_N_ELEMENTS (common) - 1)]);
    }
  g_string_append (out, ". ");
}

static const SpCategory *
pick_category (Dice *dice)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();

  return sp_taxonomy_get_category (taxonomy, below (dice, sp_taxonomy_get_n_categories (taxonomy)));
}

static const Town *
pick_town (SpGenerator *self, Dice *dice)
{
  const Town *towns = (const Town *) (gpointer) self->towns->data;
  double people = unit (dice) * towns[self->towns->len - 1].people;
  guint low = 0, high = self->towns->len - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (towns[middle].people > people)
        high = middle;
      else
        low = middle + 1;
    }
  return &towns[low];
}

/* Letters of towns that begin with a quote or have one are left as they are: none needs an escape but these two. */
static void
append_text (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
}

static void
append_names (Dice *dice, const Town *town, const SpCategory *category, GString *out)
{
  const char *what = category->name;
  g_autoptr (GString) full = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (name_patterns[below (dice, G_N_ELEMENTS (name_patterns))], "%s", 3);

  g_string_append_printf (full, "%s%s%s%s%s", parts[0], town->name, parts[1], what, parts[2]);
  if (chance (dice, 0.3))
    {
      g_string_append_c (full, ' ');
      append_rare (dice, full);
    }
  g_string_append (out, ",\"name\":\"");
  append_text (out, full->str);
  g_string_append (out, "\",\"summary\":\"");
  append_sentence (dice, 8 + below (dice, 6), out);
  g_string_append (out, "\",\"description\":\"");
  for (guint i = 0; i < 3; i++)
    append_sentence (dice, 10 + below (dice, 10), out);
  g_string_append (out, "\"");
}

/* Around the middle of the town, most of them within a few kilometres. */
static void
append_place (Dice *dice, const Town *town, GString *out)
{
  double angle = unit (dice) * 2 * G_PI, far = -2.0 * log (1 - unit (dice) * 0.999) / 111;
  char buffer[2][G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer[0], sizeof buffer[0], "%.5f", town->latitude + far * sin (angle));
  g_ascii_formatd (buffer[1], sizeof buffer[1], "%.5f", town->longitude + far * cos (angle) / cos (town->latitude * G_PI / 180));
  g_string_append_printf (out, ",\"location\":{\"latitude\":%s,\"longitude\":%s,\"accuracy\":\"exact\"}", buffer[0], buffer[1]);
  g_string_append_printf (out, ",\"address\":{\"line_1\":\"%u %s\",\"city\":\"", 1 + below (dice, 200), streets[below (dice, G_N_ELEMENTS (streets))]);
  append_text (out, town->name);
  g_string_append_printf (out, "\",\"postal_code\":\"%c%c%u %u%c%c\"}", g_ascii_toupper (town->name[0]), 'A' + (int) below (dice, 26),
                          1 + below (dice, 30), below (dice, 10), 'A' + (int) below (dice, 26), 'A' + (int) below (dice, 26));
}

static void
append_schedule (Dice *dice, GString *out)
{
  static const char * const days[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  guint opens = 8 + below (dice, 12);

  g_string_append_printf (out, ",\"schedules\":[{\"id\":\"s1\",\"freq\":\"weekly\",\"byday\":\"%s", days[below (dice, 7)]);
  if (chance (dice, 0.3))
    g_string_append_printf (out, ",%s", days[below (dice, 7)]);
  g_string_append_printf (out, "\",\"opens_at\":\"%02u:00\",\"closes_at\":\"%02u:00\"}]", opens, opens + 1 + below (dice, 3));
}

static void
append_terms (Dice *dice, GString *out)
{
  if (chance (dice, 0.55))
    g_string_append (out, ",\"free\":true");
  else if (chance (dice, 0.7))
    g_string_append_printf (out, ",\"costs\":[{\"id\":\"k1\",\"option\":\"Session\",\"amount\":%u.5,\"currency\":\"GBP\"}]", below (dice, 12));
  if (chance (dice, 0.3))
    g_string_append_printf (out, ",\"eligibility\":{\"minimum_age\":%u}", 5 * below (dice, 14));
  if (chance (dice, 0.4))
    g_string_append_printf (out, ",\"accessibility\":{\"tags\":[\"wheelchair\"%s]}", chance (dice, 0.4) ? ",\"hearing-loop\"" : "");
  if (chance (dice, 0.1))
    g_string_append (out, ",\"languages\":[\"cy\",\"en\"]");
  if (chance (dice, 0.15))
    g_string_append (out, ",\"volunteering\":{\"wanted\":true,\"roles\":\"Drivers and helpers\"}");
  if (chance (dice, 0.1))
    g_string_append (out, ",\"availability\":{\"state\":\"full\",\"on\":\"2026-01-10\"}");
}

static void
append_checked (Dice *dice, guint index, GString *out)
{
  g_string_append_printf (out, ",\"contacts\":[{\"id\":\"c1\",\"title\":\"Bookings\",\"phone\":\"01632 960%03u\",\"email\":\"office%u@example.org\",\"visible_to\":\"public\"}]",
                          index % 1000, index);
  for (guint i = 0; i < 3; i++)
    {
      static const char * const groups[] = { "times", "contact", "place" };
      g_string_append_printf (out, "%s\"%s\":{\"on\":\"2026-%02u-%02u\",\"by\":\"editor\",\"how\":\"phone\"}", i == 0 ? ",\"checked\":{" : ",",
                              groups[i], 1 + below (dice, 11), 1 + below (dice, 28));
    }
  g_string_append (out, "},\"created\":{\"on\":\"2026-01-02T10:00:00Z\",\"by\":\"editor\"},\"modified\":{\"on\":\"2026-03-04T10:00:00Z\",\"by\":\"editor\"}}");
}

/**
 * sp_generator_append:
 * @self: a generator
 * @index: which asset
 * @json: gets its body, about 1 kB
 */
void
sp_generator_append (SpGenerator *self, guint index, GString *json)
{
  static const char * const kinds[] = { "service", "group", "place" };
  Dice dice = { (guint64) index * 7919 + 17 };
  const Town *town = pick_town (self, &dice);
  const SpCategory *category = pick_category (&dice);
  guint kind = below (&dice, 3);

  g_string_append_printf (json, "{\"type\":\"asset\",\"schema\":1,\"kind\":\"%s\"", kinds[kind]);
  append_names (&dice, town, category, json);
  g_string_append_printf (json, ",\"categories\":[\"%s\"", category->code);
  if (chance (&dice, 0.4))
    g_string_append_printf (json, ",\"%s\"", pick_category (&dice)->code);
  g_string_append_printf (json, "],\"status\":\"%s\"", chance (&dice, 0.95) ? "active" : "inactive");
  append_place (&dice, town, json);
  if (kind == 2)
    g_string_append_printf (json, ",\"building\":{\"capacity\":%u,\"kitchen\":true,\"crisis_roles\":[\"%s\"]}", 10 * below (&dice, 40),
                            chance (&dice, 0.5) ? "rest centre" : "warm space");
  if (chance (&dice, 0.8))
    append_schedule (&dice, json);
  append_terms (&dice, json);
  append_checked (&dice, index, json);
}

/**
 * sp_generator_id:
 * @index: which asset
 * @id: gets its document id
 */
void
sp_generator_id (guint index, char id[43])
{
  Dice dice = { (guint64) index * 104729 + 3 };
  guint64 a = roll (&dice), b = roll (&dice);

  g_snprintf (id, 43, "asset:%08x-%04x-4%03x-a%03x-%012" G_GINT64_MODIFIER "x", (guint) (a >> 32), (guint) (a >> 16) & 0xffff,
              (guint) a & 0xfff, (guint) (b >> 52), b & G_GUINT64_CONSTANT (0xffffffffffff));
}

static void
clear_town (gpointer data)
{
  g_free (((Town *) data)->name);
}

/**
 * sp_generator_new:
 *
 * Returns: (transfer full): a generator, for one thread
 */
SpGenerator *
sp_generator_new (void)
{
  SpGenerator *self = g_new0 (SpGenerator, 1);
  g_autoptr (GBytes) bytes = sp_data_load ("gazetteer/places.tsv");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  double people = 0;

  self->towns = g_array_new (FALSE, FALSE, sizeof (Town));
  g_array_set_clear_func (self->towns, clear_town);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      if (*lines[i] == '#' || g_strv_length (fields) != 5)
        continue;
      people += 300 + g_ascii_strtod (fields[4], NULL);
      g_array_append_val (self->towns, ((Town){ g_strdup (fields[0]), g_ascii_strtod (fields[2], NULL), g_ascii_strtod (fields[3], NULL), people }));
    }
  g_assert (self->towns->len > 1000);
  return self;
}

void
sp_generator_free (SpGenerator *self)
{
  g_array_unref (self->towns);
  g_free (self);
}
