/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards "Where" and "Access". Where an entry has no address of its own, its venue's is shown. */
#include "sp-details-cards.h"

#include "sp-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* One line each, as on a letter. */
static char *
format_address (const SpAddress *address, const char *separator)
{
  const char *const parts[] = { address->line_1, address->line_2, address->city, address->county, address->postal_code };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? separator : "", parts[i]);
  return g_string_free (out, FALSE);
}

static void
add_address (SpFactCard *card, const SpFacts *facts)
{
  const SpNode *own = sp_node_get (facts->body, "address");
  const SpNode *venue = facts->links->venue != NULL ? sp_node_get (sp_asset_get_body (facts->links->venue), "address") : NULL;
  g_autofree char *lines = NULL, *line = NULL;
  SpFactRow *row;
  SpAddress address;

  sp_address_read (own != NULL ? own : venue, &address);
  lines = format_address (&address, "\n");
  line = format_address (&address, ", ");
  row = sp_fact_card_add (card, own != NULL || venue == NULL ? _("Address") : _("Address of the venue"), lines);
  if (row != NULL)
    sp_fact_row_add_copy (row, _("Copy Address"), _("Address copied"), line);
  sp_fact_card_add (card, _("UPRN"), address.uprn);
}

static void
add_position (SpFactCard *card, const SpFacts *facts)
{
  double distance = sp_facts_get_distance (facts);
  g_autofree char *far = isnan (distance) ? NULL : sp_words_distance (distance, facts->miles);
  g_autofree char *from = far != NULL ? g_strdup_printf (_("%s from %s"), far, facts->near) : NULL;
  g_autofree char *vague = NULL;
  SpLocation location;

  sp_location_read (sp_node_get (facts->body, "location"), &location);
  if (location.accuracy != NULL && strcmp (location.accuracy, "exact") != 0)
    vague = sp_words_value ("location.accuracy", location.accuracy);
  sp_fact_card_add (card, _("Distance"), from);
  sp_fact_card_add (card, _("On the map"), vague);
  if (!isnan (location.latitude) || facts->links->venue != NULL)
    return;
  sp_fact_card_add_missing (card, _("On the map"), _("Not yet"));
  sp_fact_card_add_button (card, "signpost-map-symbolic", _("Place on the Map"), "win.place", sp_asset_get_id (facts->asset));
}

/**
 * sp_details_fill_where:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `venue`, `address`, `location` and `service_areas`.
 */
void
sp_details_fill_where (SpFactCard *card, const SpFacts *facts)
{
  g_autoptr (GPtrArray) areas = g_ptr_array_new ();

  sp_fact_card_begin (card, facts);
  if (facts->links->venue != NULL)
    sp_fact_card_add_link (card, _("Held at"), facts->links->venue, NULL);
  else if (sp_node_get_text (facts->body, "venue") != NULL)
    sp_fact_card_add_missing (card, _("Held at"), _("A place that is not in this list yet"));
  add_address (card, facts);
  add_position (card, facts);
  for (guint i = 0; facts->links->areas != NULL && facts->links->areas[i] != NULL; i++)
    g_ptr_array_add (areas, facts->links->areas[i]);
  sp_fact_card_add_words (card, _("For people in"), areas);
  sp_fact_card_end (card);
}

/* ---- access ---- */

/* The tags of an asset in words; @step_free: whether one of them says that there is no step. */
static GPtrArray *
list_access (SpAsset *asset, gboolean *step_free)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) tags = sp_asset_get_words (asset, "accessibility.tags");

  for (guint i = 0; tags[i] != NULL; i++)
    {
      *step_free |= strcmp (tags[i], "step-free") == 0 || strcmp (tags[i], "wheelchair") == 0;
      g_ptr_array_add (words, sp_words_value ("accessibility.tags", tags[i]));
    }
  return words;
}

static void
add_access (SpFactCard *card, const char *caption, SpAsset *asset, gboolean *step_free)
{
  g_autoptr (GPtrArray) words = list_access (asset, step_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", (char *) g_ptr_array_index (words, i));
  sp_fact_card_add (card, caption, text->str);
  sp_fact_card_add (card, NULL, sp_asset_get_text (asset, "accessibility.detail"));
}

/**
 * sp_details_fill_access:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `accessibility`, its own and its venue's. Whether it is step-free matters always.
 */
void
sp_details_fill_access (SpFactCard *card, const SpFacts *facts)
{
  gboolean step_free = FALSE;

  sp_fact_card_begin (card, facts);
  add_access (card, NULL, facts->asset, &step_free);
  if (facts->links->venue != NULL && sp_node_get (facts->body, "accessibility") == NULL)
    add_access (card, _("Of the venue"), facts->links->venue, &step_free);
  if (!step_free)
    sp_fact_card_add_missing (card, _("Step-free"), _("Not known: ask before you send anybody"));
  sp_fact_card_end (card);
}
