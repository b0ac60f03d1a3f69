/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards that committees ask for: who pays, which papers were seen, and which teams know the place. */
#include "sp-details-cards.h"

#include "sp-words.h"

#include <glib/gi18n.h>

/**
 * sp_details_fill_funding:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `funding`.
 */
void
sp_details_fill_funding (SpFactCard *card, const SpFacts *facts)
{
  const SpNode *list = sp_node_get (facts->body, "funding");

  sp_fact_card_begin (card, facts);
  for (guint i = 0; i < sp_details_count (list); i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      SpFunding funding;
      g_autofree char *money = NULL, *span = NULL, *text = NULL, *words = NULL;
      SpFactRow *row;
      sp_funding_read (item, &funding);
      money = sp_words_money (funding.amount, funding.currency);
      span = sp_details_span (funding.from, funding.until);
      text = sp_details_join (", ", money, span);
      words = text != NULL ? sp_words_capitalise (text) : NULL;
      row = sp_fact_card_add (card, words != NULL ? funding.source : NULL, words != NULL ? words : funding.source);
      if (row != NULL && funding.until != NULL && sp_details_is_over (item, facts->now.day))
        sp_fact_row_set_mark (row, "signpost-due-symbolic", _("Has ended"));
    }
  sp_fact_card_end (card);
}

/**
 * sp_details_fill_assurance:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `assurance`.
 */
void
sp_details_fill_assurance (SpFactCard *card, const SpFacts *facts)
{
  const SpNode *list = sp_node_get (facts->body, "assurance");

  sp_fact_card_begin (card, facts);
  for (guint i = 0; i < sp_details_count (list); i++)
    {
      SpAssurance assurance;
      g_autofree char *what = NULL, *on = NULL, *seen = NULL, *text = NULL;
      sp_assurance_read (sp_node_get_element (list, i), &assurance);
      what = assurance.what != NULL ? sp_words_value ("assurance.what", assurance.what) : g_strdup (_("Something"));
      on = sp_details_date (assurance.seen_on);
      seen = on != NULL ? g_strdup_printf (_("seen on %s"), on) : g_strdup (_("seen"));
      text = assurance.by != NULL ? g_strdup_printf (_("%s by %s"), seen, assurance.by) : g_strdup (seen);
      {
        g_autofree char *words = sp_words_capitalise (text);
        sp_fact_card_add (card, what, words);
      }
    }
  sp_fact_card_end (card);
}

/**
 * sp_details_fill_known_by:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `known_by`.
 */
void
sp_details_fill_known_by (SpFactCard *card, const SpFacts *facts)
{
  const SpNode *list = sp_node_get (facts->body, "known_by");

  sp_fact_card_begin (card, facts);
  for (guint i = 0; i < sp_details_count (list); i++)
    {
      SpVisit visit;
      g_autofree char *on = NULL, *text = NULL;
      sp_visit_read (sp_node_get_element (list, i), &visit);
      on = sp_details_date (visit.visited_on);
      text = on != NULL ? g_strdup_printf (_("Visited on %s"), on) : NULL;
      sp_fact_card_add (card, text != NULL ? visit.team : NULL, text != NULL ? text : visit.team);
    }
  sp_fact_card_end (card);
}
