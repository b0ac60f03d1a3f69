/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of a hall and of an organisation: what the building offers, what happens in it, and what it runs. */
#include "sp-details-cards.h"

#include "sp-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define SHOWN 12 /* links in a card; the week and the list have the rest */

/* "Kitchen, Wi-Fi": what the building has, or what it has not. */
static void
add_equipment (SpFactCard *card, const SpBuilding *building, SpAnswer answer, const char *caption)
{
  const struct { SpAnswer answer; const char *name; } things[] = {
    { building->kitchen, _("kitchen") }, { building->wifi, _("Wi-Fi") }, { building->generator, _("generator") },
  };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *text = NULL, *sentence = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    if (things[i].answer == answer)
      g_ptr_array_add (words, (char *) things[i].name);
  if (words->len == 0)
    return;
  text = sp_words_join (words);
  sentence = sp_words_capitalise (text);
  sp_fact_card_add (card, caption, sentence);
}

/* The contact that is called so has the key. */
static void
add_keyholder (SpFactCard *card, const SpFacts *facts, const char *keyholder)
{
  const SpNode *contacts = sp_node_get (facts->body, "contacts");

  if (keyholder == NULL)
    return;
  for (guint i = 0; i < sp_details_count (contacts); i++)
    {
      SpContact contact;
      g_autofree char *text = NULL;
      sp_contact_read (sp_node_get_element (contacts, i), &contact);
      if (g_strcmp0 (contact.title, keyholder) != 0)
        continue;
      text = sp_details_join (", ", keyholder, contact.name);
      if (contact.phone != NULL)
        {
          g_autofree char *caption = g_strdup_printf (_("Who has the key: %s"), text);
          sp_details_add_phone (card, caption, contact.phone, g_strcmp0 (contact.visible_to, "members") == 0);
        }
      else
        sp_fact_card_add (card, _("Who has the key"), text);
      return;
    }
  sp_fact_card_add (card, _("Who has the key"), keyholder);
}

/* A whole number; NULL if it is not known. */
static char *
format_number (double number)
{
  return isnan (number) ? NULL : g_strdup_printf ("%.0f", number);
}

static void
add_sizes (SpFactCard *card, const SpBuilding *building)
{
  g_autofree char *capacity = format_number (building->capacity), *area = format_number (building->floor_area_m2);
  g_autofree char *parking = format_number (building->parking);
  g_autofree char *people = capacity != NULL ? g_strdup_printf (_("%s people"), capacity) : NULL;
  g_autofree char *metres = area != NULL ? g_strdup_printf (_("%s m²"), area) : NULL;
  g_autofree char *spaces = parking != NULL ? g_strdup_printf (_("%s spaces"), parking) : NULL;

  sp_fact_card_add (card, _("Holds"), people);
  sp_fact_card_add (card, _("Floor area"), metres);
  sp_fact_card_add (card, _("Parking"), spaces);
}

/**
 * sp_details_fill_building:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `building`.
 */
void
sp_details_fill_building (SpFactCard *card, const SpFacts *facts)
{
  g_auto (GStrv) roles = sp_asset_get_words (facts->asset, "building.crisis_roles");
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  SpBuilding building;

  sp_fact_card_begin (card, facts);
  sp_building_read (sp_node_get (facts->body, "building"), &building);
  for (guint i = 0; roles[i] != NULL; i++)
    g_ptr_array_add (words, sp_words_value ("building.crisis_roles", roles[i]));
  sp_fact_card_add_words (card, _("In a crisis"), words);
  add_sizes (card, &building);
  add_equipment (card, &building, SP_ANSWER_YES, _("Has"));
  add_equipment (card, &building, SP_ANSWER_NO, _("Has not"));
  sp_fact_card_add (card, _("Heating"), building.heating);
  add_keyholder (card, facts, building.keyholder);
  sp_fact_card_end (card);
}

/* ---- what happens here, what it runs ---- */

static char *
get_when (SpAsset *asset)
{
  const SpNode *body = sp_asset_get_body (asset);
  const char *told = sp_node_get_text (body, "schedule_words");

  return told != NULL ? g_strdup (told) : sp_words_schedules (body);
}

static void
add_links (SpFactCard *card, GPtrArray *assets, guint total)
{
  guint shown = assets != NULL ? MIN (assets->len, SHOWN) : 0;

  for (guint i = 0; i < shown; i++)
    {
      SpAsset *asset = g_ptr_array_index (assets, i);
      g_autofree char *when = get_when (asset);
      sp_fact_card_add_link (card, NULL, asset, when);
    }
  if (total > shown)
    {
      g_autofree char *rest = g_strdup_printf (ngettext ("and %u more", "and %u more", total - shown), total - shown);
      sp_fact_card_add (card, NULL, rest);
    }
}

/**
 * sp_details_fill_here:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with what is held in this place, and the way to its week.
 */
void
sp_details_fill_here (SpFactCard *card, const SpFacts *facts)
{
  sp_fact_card_begin (card, facts);
  if (facts->links->n_here > 0)
    {
      add_links (card, facts->links->here, facts->links->n_here);
      sp_fact_card_add_button (card, "signpost-week-symbolic", _("Show the Week"), "win.week", sp_asset_get_id (facts->asset));
    }
  sp_fact_card_end (card);
}

/**
 * sp_details_fill_groups:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with what this organisation runs.
 */
void
sp_details_fill_groups (SpFactCard *card, const SpFacts *facts)
{
  sp_fact_card_begin (card, facts);
  add_links (card, facts->links->groups, facts->links->n_groups);
  sp_fact_card_end (card);
}
