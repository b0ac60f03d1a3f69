/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card "Source": where the entry comes from, who wrote it, and whatever this version does not understand. */
#include "sp-details-cards.h"

#include "sp-field.h"
#include "sp-words.h"

#include <glib/gi18n.h>

static char *
get_signature (const SpNode *node)
{
  const char *by = sp_node_get_text (node, "by");
  g_autofree char *on = sp_details_date (sp_node_get_text (node, "on"));

  if (by == NULL)
    return g_strdup (on);
  return on != NULL ? g_strdup_printf (_("%s by %s"), on, by) : g_strdup (by);
}

/* "telephone: 01632 960101" for each cell of the row as it was. */
static char *
list_original (const SpNode *original)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; sp_node_is_object (original) && i < sp_node_get_length (original); i++)
    {
      const SpNode *value = sp_node_get_element (original, i);
      g_autofree char *words = sp_node_get_string (value) != NULL ? g_strdup (sp_node_get_string (value)) : sp_node_to_json (value);
      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", sp_node_get_name (original, i), words);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
add_original (SpFactCard *card, const SpNode *source)
{
  g_autofree char *text = list_original (sp_node_get (source, "original"));
  GtkWidget *expander;

  if (text == NULL)
    return;
  expander = gtk_expander_new (_("As it was in the list"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, _("As it was in the list"), -1);
  gtk_expander_set_child (GTK_EXPANDER (expander), GTK_WIDGET (sp_fact_row_new (NULL, text)));
  sp_fact_card_add_widget (card, expander);
}

static void
add_corrected (SpFactCard *card, const SpFacts *facts)
{
  g_auto (GStrv) members = sp_asset_get_words (facts->asset, "source.hand_corrected");
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; members[i] != NULL; i++)
    {
      const SpField *field = sp_field_find (members[i]);
      g_ptr_array_add (words, field != NULL ? (char *) _(field->label) : members[i]);
    }
  sp_fact_card_add_words (card, _("Corrected by hand since"), words);
}

/* What a newer program wrote is not lost, and said. */
static void
add_unknown (SpFactCard *card, const SpNode *body)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      const char *name = sp_node_get_name (body, i);
      if (*name != '_' && sp_field_find (name) == NULL)
        g_ptr_array_add (names, (char *) name);
    }
  sp_fact_card_add_words (card, _("Facts that this version of Signpost does not know"), names);
}

/**
 * sp_details_fill_source:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `source`, `created`, `modified`, and the names of members that this version does not know.
 */
void
sp_details_fill_source (SpFactCard *card, const SpFacts *facts)
{
  const SpNode *source = sp_node_get (facts->body, "source");
  g_autofree char *retrieved = sp_details_date (sp_node_get_text (source, "retrieved"));
  g_autofree char *created = get_signature (sp_node_get (facts->body, "created"));
  g_autofree char *modified = get_signature (sp_node_get (facts->body, "modified"));

  sp_fact_card_begin (card, facts);
  sp_fact_card_add (card, _("From the list"), sp_node_get_text (source, "feed"));
  sp_fact_card_add (card, _("Row in that list"), sp_node_get_text (source, "row"));
  sp_fact_card_add (card, _("Read on"), retrieved);
  add_corrected (card, facts);
  add_original (card, source);
  sp_fact_card_add (card, _("Entered"), created);
  sp_fact_card_add (card, _("Last changed"), modified);
  add_unknown (card, facts->body);
  sp_fact_card_end (card);
}
