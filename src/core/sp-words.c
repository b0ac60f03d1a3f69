/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a thing costs, whom it is for and how far it is, in the words that people use. All strings can be translated;
 * NULL means that there is nothing to say. Pure functions. */
#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_AMOUNT 1e9   /* above it no amount is meant */
#define METRES_A_MILE 1609.344
#define MAX_METRES 4.1e7 /* once around the earth */

/**
 * sp_words_capitalise:
 * @text: a sentence or part of one, UTF-8
 *
 * Returns: (transfer full): the same with a capital at its beginning
 */
char *
sp_words_capitalise (const char *text)
{
  g_autofree char *first = g_utf8_substring (text, 0, *text != '\0');
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, text + strlen (first), NULL);
}

/**
 * sp_words_join:
 * @words: (element-type utf8): at least one
 *
 * Returns: (transfer full): "a", "a and b", "a, b and c"
 */
char *
sp_words_join (GPtrArray *words)
{
  char *text = g_strdup (g_ptr_array_index (words, 0));

  for (guint i = 1; i < words->len; i++)
    {
      char *before = text;
      const char *next = g_ptr_array_index (words, i);

      if (i + 1 < words->len)
        text = g_strdup_printf (_("%s, %s"), before, next); /* Translators: a list that goes on */
      else
        text = g_strdup_printf (_("%s and %s"), before, next); /* Translators: the end of a list */
      g_free (before);
    }
  return text;
}

static const char *
get_sign (const char *currency)
{
  if (currency == NULL || g_str_equal (currency, "GBP"))
    return "£";
  return g_str_equal (currency, "EUR") ? "€" : "";
}

/**
 * sp_words_money:
 * @amount: in units of the currency, from 0 to 10⁹
 * @currency: (nullable): an ISO 4217 code; %NULL for GBP
 *
 * Returns: (transfer full) (nullable): "£2.50", "£3", "50p", "€4", "2.50 USD", or "free"; %NULL for no such amount
 */
char *
sp_words_money (double amount, const char *currency)
{
  const char *sign = get_sign (currency);
  g_autofree char *figure = NULL;
  gint64 pence;

  if (!(amount >= 0 && amount <= MAX_AMOUNT))
    return NULL;
  pence = llround (amount * 100);
  if (pence == 0)
    return g_strdup (_("free"));
  if (pence < 100 && g_str_equal (sign, "£"))
    return g_strdup_printf (_("%dp"), (int) pence);
  figure = pence % 100 == 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, pence / 100)
                            : g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", pence / 100, (int) (pence % 100));
  return *sign != '\0' ? g_strconcat (sign, figure, NULL) : g_strdup_printf ("%s %s", figure, currency);
}

/* "£2.50 a session" for the units that one pays by, "Adult £2.50" for any other option. */
static char *
name_option (const char *option, const char *money)
{
  static const struct { const char *option; const char *words; } units[] = {
    { "session", N_("%s a session") }, { "class", N_("%s a class") }, { "visit", N_("%s a visit") },
    { "hour", N_("%s an hour") }, { "day", N_("%s a day") }, { "week", N_("%s a week") },
    { "month", N_("%s a month") }, { "term", N_("%s a term") }, { "year", N_("%s a year") },
    { "meal", N_("%s a meal") }, { "person", N_("%s a person") }, { "family", N_("%s a family") },
  };

  if (option == NULL || *option == '\0')
    return g_strdup (money);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (units[i].option, option) == 0)
      {
        g_auto (GStrv) halves = g_strsplit (_(units[i].words), "%s", 2); /* a table's words are no format literal */
        return g_strjoinv (money, halves);
      }
  return g_strdup_printf ("%s %s", option, money);
}

/* One item of `costs`; NULL if it says nothing. */
static char *
get_cost_words (const SpNode *item)
{
  g_autofree char *money = sp_words_money (sp_node_get_number (item, "amount"), sp_node_get_text (item, "currency"));
  const char *option = sp_node_get_text (item, "option"), *description = sp_node_get_text (item, "description");
  g_autofree char *words = NULL;

  if (money == NULL)
    return description != NULL ? g_strdup (description) : g_strdup (option);
  words = name_option (option, money);
  return description != NULL ? g_strdup_printf ("%s (%s)", words, description) : g_steal_pointer (&words);
}

/**
 * sp_words_cost:
 * @body: an asset
 *
 * Returns: (transfer full) (nullable): such as "free" or "£2.50 a session, Concession £1"
 */
char *
sp_words_cost (const SpNode *body)
{
  const SpNode *costs = sp_node_get (body, "costs");
  g_autoptr (GString) text = g_string_new (NULL);

  if (sp_node_get_flag (body, "free", FALSE))
    g_string_append (text, _("free"));
  for (guint i = 0; sp_node_is_array (costs) && i < sp_node_get_length (costs); i++)
    {
      g_autofree char *words = get_cost_words (sp_node_get_element (costs, i));

      if (words == NULL || *words == '\0' || g_str_equal (text->str, words))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static int
read_age (const SpNode *eligibility, const char *member)
{
  double age = sp_node_get_number (eligibility, member);

  return age >= 0 && age <= 150 ? (int) age : -1;
}

/**
 * sp_words_age:
 * @body: an asset
 *
 * Returns: (transfer full) (nullable): "aged 55 and over", "aged up to 25", "aged 16 to 25", "aged 18"
 */
char *
sp_words_age (const SpNode *body)
{
  const SpNode *eligibility = sp_node_get (body, "eligibility");
  int youngest = read_age (eligibility, "minimum_age"), oldest = read_age (eligibility, "maximum_age");

  if (youngest > 0 && oldest == youngest)
    return g_strdup_printf (_("aged %d"), youngest);
  if (youngest > 0 && oldest > youngest)
    return g_strdup_printf (_("aged %d to %d"), youngest, oldest);
  if (youngest > 0)
    return g_strdup_printf (_("aged %d and over"), youngest);
  return oldest >= 0 ? g_strdup_printf (_("aged up to %d"), oldest) : NULL;
}

static void
append_part (GString *text, const char *words)
{
  if (words != NULL && *words != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", words);
}

/**
 * sp_words_eligibility:
 * @body: an asset
 *
 * Returns: (transfer full) (nullable): such as "Aged 55 and over; living alone; not for groups"
 */
char *
sp_words_eligibility (const SpNode *body)
{
  const SpNode *eligibility = sp_node_get (body, "eligibility");
  const char *not_for = sp_node_get_text (eligibility, "not_for");
  g_autofree char *age = sp_words_age (body);
  g_autofree char *refusal = not_for != NULL && *not_for != '\0' ? g_strdup_printf (_("not for %s"), not_for) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  append_part (text, age);
  append_part (text, sp_node_get_text (eligibility, "who"));
  append_part (text, refusal);
  return text->len > 0 ? sp_words_capitalise (text->str) : NULL;
}

/* In quarters up to three miles, then whole. */
static char *
get_miles (double miles)
{
  static const char *const fractions[] = { "", "¼", "½", "¾" };
  int quarters = (int) lround (miles * 4), whole = quarters / 4;

  if (quarters < 1)
    return g_strdup (_("under ¼ mile"));
  if (quarters > 12)
    return g_strdup_printf (_("%d miles"), (int) lround (miles));
  if (quarters < 4)
    return g_strdup_printf (_("%s mile"), fractions[quarters]); /* Translators: %s is ¼, ½ or ¾ */
  if (quarters == 4)
    return g_strdup (_("1 mile"));
  return g_strdup_printf (_("%d%s miles"), whole, fractions[quarters % 4]); /* Translators: such as 1½ miles */
}

/**
 * sp_words_distance:
 * @metres: a distance
 * @miles: whether to tell it in miles rather than kilometres
 *
 * Returns: (transfer full) (nullable): "0.4 km", "12 km", "¼ mile", "1½ miles"; %NULL for what is no distance on earth
 */
char *
sp_words_distance (double metres, gboolean miles)
{
  int hundreds;

  if (!(metres >= 0 && metres <= MAX_METRES))
    return NULL;
  if (miles)
    return get_miles (metres / METRES_A_MILE);
  hundreds = (int) lround (metres / 100);
  if (hundreds < 1)
    return g_strdup (_("under 0.1 km"));
  if (hundreds < 100)
    return g_strdup_printf (_("%d.%d km"), hundreds / 10, hundreds % 10);
  return g_strdup_printf (_("%d km"), (int) lround (metres / 1000));
}
