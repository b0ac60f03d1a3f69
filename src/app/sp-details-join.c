/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards about coming along: what it costs, who may come and how, which languages, and how to help. */
#include "sp-details-cards.h"

#include "sp-words.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * sp_details_fill_cost:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `free` and `costs`. What it costs matters always.
 */
void
sp_details_fill_cost (SpFactCard *card, const SpFacts *facts)
{
  const SpNode *costs = sp_node_get (facts->body, "costs");
  gboolean free = sp_node_get_flag (facts->body, "free", FALSE);

  sp_fact_card_begin (card, facts);
  if (free)
    sp_fact_card_add (card, NULL, sp_details_count (costs) > 0 ? _("Free, but see below") : _("Free"));
  for (guint i = 0; i < sp_details_count (costs); i++)
    {
      SpCost cost;
      g_autofree char *money = NULL, *figure = NULL, *text = NULL;
      sp_cost_read (sp_node_get_element (costs, i), &cost);
      money = sp_words_money (cost.amount, cost.currency);
      figure = money != NULL ? sp_words_capitalise (money) : NULL;
      text = sp_details_join (", ", figure, cost.description);
      sp_fact_card_add (card, text != NULL ? cost.option : NULL, text != NULL ? text : cost.option);
    }
  if (!free && sp_details_count (costs) == 0)
    sp_fact_card_add_missing (card, NULL, sp_node_get (facts->body, "free") != NULL ? _("Not free; how much is not known") : _("Not known"));
  sp_fact_card_end (card);
}

static void
add_availability (SpFactCard *card, const SpFacts *facts)
{
  SpAvailability availability;
  g_autofree char *state = NULL, *text = NULL, *on = NULL, *as_of = NULL, *all = NULL;

  sp_availability_read (sp_node_get (facts->body, "availability"), &availability);
  state = availability.state != NULL ? sp_words_value ("availability.state", availability.state) : NULL;
  text = sp_details_join (", ", state, availability.wait);
  on = sp_details_date (availability.on);
  as_of = on != NULL && text != NULL ? g_strdup_printf (_("as of %s"), on) : NULL;
  all = sp_details_join (", ", text, as_of);
  sp_fact_card_add (card, _("Places free"), all);
}

static void
add_eligibility (SpFactCard *card, const SpFacts *facts)
{
  SpEligibility who;
  g_auto (GStrv) tags = sp_asset_get_words (facts->asset, "eligibility.tags");
  g_autofree char *age = sp_words_age (facts->body), *ages = age != NULL ? sp_words_capitalise (age) : NULL;
  g_autofree char *all = NULL;
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);

  sp_eligibility_read (sp_node_get (facts->body, "eligibility"), &who);
  all = sp_details_join ("; ", ages, who.who);
  sp_fact_card_add (card, _("Who it is for"), all);
  sp_fact_card_add (card, _("Who it is not for"), who.not_for);
  for (guint i = 0; tags[i] != NULL; i++)
    g_ptr_array_add (groups, sp_words_value ("eligibility.tags", tags[i]));
  sp_fact_card_add_words (card, _("Especially"), groups);
}

/**
 * sp_details_fill_join:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `eligibility`, `referral` and `availability`.
 */
void
sp_details_fill_join (SpFactCard *card, const SpFacts *facts)
{
  SpReferral referral;
  SpFactRow *row;
  g_autofree char *how = NULL, *text = NULL;

  sp_fact_card_begin (card, facts);
  add_eligibility (card, facts);
  sp_referral_read (sp_node_get (facts->body, "referral"), &referral);
  how = referral.how != NULL ? sp_words_value ("referral.how", referral.how) : NULL;
  text = sp_details_join ("\n", how, referral.detail);
  sp_fact_card_add (card, _("How"), text);
  row = sp_fact_card_add (card, _("Form on the web"), referral.url);
  if (row != NULL)
    {
      sp_fact_row_add_copy (row, _("Copy Address"), _("Web address copied"), referral.url);
      sp_fact_row_add_open (row, "adw-external-link-symbolic", _("Open in Browser"), referral.url);
    }
  add_availability (card, facts);
  sp_fact_card_end (card);
}

/* The translations that the window does not show at the top. */
static void
add_translations (SpFactCard *card, const SpFacts *facts)
{
  const SpNode *translations = sp_node_get (facts->body, "translations");

  for (guint i = 0; sp_node_is_object (translations) && i < sp_node_get_length (translations); i++)
    {
      const char *code = sp_node_get_name (translations, i);
      const SpNode *translation = sp_node_get_element (translations, i);
      g_autofree char *language = sp_words_language (code);
      g_autofree char *text = sp_details_join ("\n", sp_node_get_text (translation, "summary"),
                                               sp_node_get_text (translation, "description"));
      if (strcmp (code, facts->language) != 0)
        sp_fact_card_add (card, language, text);
    }
}

/**
 * sp_details_fill_languages:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `languages` and `translations`.
 */
void
sp_details_fill_languages (SpFactCard *card, const SpFacts *facts)
{
  g_auto (GStrv) codes = sp_asset_get_words (facts->asset, "languages");
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  sp_fact_card_begin (card, facts);
  for (guint i = 0; codes[i] != NULL; i++)
    g_ptr_array_add (words, sp_words_language (codes[i]));
  sp_fact_card_add_words (card, _("Spoken"), words);
  add_translations (card, facts);
  sp_fact_card_end (card);
}

/**
 * sp_details_fill_volunteering:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `volunteering`.
 */
void
sp_details_fill_volunteering (SpFactCard *card, const SpFacts *facts)
{
  SpVolunteering volunteering;

  sp_fact_card_begin (card, facts);
  sp_volunteering_read (sp_node_get (facts->body, "volunteering"), &volunteering);
  if (volunteering.wanted != SP_ANSWER_UNKNOWN)
    sp_fact_card_add (card, NULL, volunteering.wanted == SP_ANSWER_YES ? _("Volunteers are wanted") : _("No volunteers are wanted now"));
  sp_fact_card_add (card, _("What for"), volunteering.roles);
  sp_fact_card_end (card);
}
