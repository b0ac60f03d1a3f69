/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the details of one entry are made from: the entry, what is around it, and what the user has set. No widgets in
 * here. */
#include "sp-facts.h"

#include "sp-clock.h"
#include "sp-disclosure.h"
#include "sp-geodesy.h"
#include "sp-language.h"
#include "sp-words.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * sp_facts_get_nation:
 * @settings: (nullable): what the user has set
 *
 * Returns: whose bank holidays hold where an entry does not tell
 */
SpNation
sp_facts_get_nation (GSettings *settings)
{
  return settings != NULL ? (SpNation) g_settings_get_enum (settings, "nation") : SP_NATION_ENGLAND_AND_WALES;
}

/**
 * sp_facts_read_rules:
 * @settings: (nullable): what the user has set
 * @rules: (out caller-allocates): after how many months facts are due; a rule that cannot be read is left out
 *
 * The names of the rules are those of a class and a fact group with a full stop between: "drop-in.times".
 */
void
sp_facts_read_rules (GSettings *settings, SpFreshnessRules *rules)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char *name;
  int months;

  *rules = (SpFreshnessRules){ 0 };
  if (settings == NULL)
    return;
  g_settings_get (settings, "freshness", "a{si}", &iter);
  while (g_variant_iter_next (iter, "{&si}", &name, &months))
    {
      g_auto (GStrv) parts = g_strsplit (name, ".", 2);
      if (months >= 0 && parts[0] != NULL && parts[1] != NULL)
        sp_freshness_rules_set (rules, parts[0], parts[1], (guint) months, NULL);
    }
}

/**
 * sp_facts_new:
 * @browser: a browser whose entry has been read
 * @links: (transfer full) (nullable): what is around the entry
 * @settings: (nullable): what the user has set
 *
 * Returns: (transfer full): the facts as they are now
 */
SpFacts *
sp_facts_new (SpBrowser *browser, SpLinks *links, GSettings *settings)
{
  const SpFilters *filters = sp_query_get_filters (sp_finder_get_query (sp_browser_get_finder (browser)));
  SpFacts *self = g_new0 (SpFacts, 1);

  self->asset = g_object_ref (sp_browser_get_entry (browser));
  self->body = sp_asset_get_body (self->asset);
  self->links = links != NULL ? links : g_new0 (SpLinks, 1);
  self->disputed = sp_browser_is_disputed (browser);
  self->now = sp_clock_now_civil ();
  self->miles = settings == NULL || g_settings_get_enum (settings, "units") == 0;
  self->near = filters->placed ? g_strdup (filters->near) : NULL;
  self->latitude = filters->latitude;
  self->longitude = filters->longitude;
  self->language = sp_language_get_code ();
  sp_facts_read_rules (settings, &self->rules);
  return self;
}

/**
 * sp_facts_free:
 * @self: (transfer full): facts
 */
void
sp_facts_free (SpFacts *self)
{
  g_object_unref (self->asset);
  sp_links_free (self->links);
  g_free (self->near);
  g_free (self->language);
  g_free (self);
}

/**
 * sp_facts_get_translated:
 * @self: facts
 * @member: "summary" or "description"
 *
 * Returns: (nullable): its text in the language of the window, else as it was written
 */
const char *
sp_facts_get_translated (const SpFacts *self, const char *member)
{
  const SpNode *translation = sp_node_get (sp_node_get (self->body, "translations"), self->language);
  const char *text = sp_node_get_text (translation, member);

  return text != NULL ? text : sp_node_get_text (self->body, member);
}

/**
 * sp_facts_get_distance:
 * @self: facts
 *
 * Returns: metres from the place that the query is about, to the entry or else to its venue; NAN if there is none
 */
double
sp_facts_get_distance (const SpFacts *self)
{
  double latitude = sp_asset_get_latitude (self->asset), longitude = sp_asset_get_longitude (self->asset);

  if (isnan (latitude) && self->links->venue != NULL)
    {
      latitude = sp_asset_get_latitude (self->links->venue);
      longitude = sp_asset_get_longitude (self->links->venue);
    }
  if (self->near == NULL || isnan (latitude))
    return NAN;
  return sp_geodesy_distance (self->latitude, self->longitude, latitude, longitude);
}

/* ---- as text, to be pasted somewhere ---- */

static void
add_line (GString *out, const char *label, const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (out, "%s%s%s\n", label != NULL ? label : "", label != NULL ? ": " : "", text);
}

static void
add_contacts (GString *out, const SpNode *body)
{
  const SpNode *contacts = sp_node_get (body, "contacts");

  for (guint i = 0; sp_node_is_array (contacts) && i < sp_node_get_length (contacts); i++)
    {
      const SpNode *contact = sp_node_get_element (contacts, i);
      const char *title = sp_node_get_text (contact, "title");
      add_line (out, title, sp_node_get_text (contact, "phone"));
      add_line (out, title, sp_node_get_text (contact, "email"));
    }
}

static char *
join_address (const SpNode *body, const char *name)
{
  static const char *const lines[] = { "line_1", "line_2", "city", "postal_code" };
  const SpNode *address = sp_node_get (body, "address");
  GString *out = g_string_new (name);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *line = sp_node_get_text (address, lines[i]);
      if (line != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", line);
    }
  return g_string_free (out, FALSE);
}

/**
 * sp_facts_to_text:
 * @self: facts
 *
 * The entry in a few lines, for a message or a letter. Only what a public list may tell.
 *
 * Returns: (transfer full): plain text
 */
char *
sp_facts_to_text (const SpFacts *self)
{
  GString *out = g_string_new (NULL);
  SpDisclosure disclosure;
  g_autofree char *today = sp_civil_format_date (self->now.day);
  g_autofree char *address = NULL, *cost = NULL, *when = NULL;
  g_autoptr (SpNode) public = NULL;

  sp_disclosure_init (&disclosure, today);
  public = sp_disclosure_make_public (&disclosure, self->body);
  add_line (out, NULL, sp_asset_get_name (self->asset));
  if (public == NULL)
    return g_string_free (out, FALSE);
  add_line (out, NULL, sp_facts_get_translated (self, "summary"));
  when = sp_words_schedules (public);
  add_line (out, _("When"), sp_node_get_text (public, "schedule_words") != NULL ? sp_node_get_text (public, "schedule_words") : when);
  address = join_address (public, self->links->venue != NULL ? sp_asset_get_name (self->links->venue) : NULL);
  add_line (out, _("Where"), address);
  cost = sp_words_cost (public);
  add_line (out, _("Cost"), cost);
  add_contacts (out, public);
  add_line (out, NULL, sp_node_get_text (public, "url"));
  return g_string_free (out, FALSE);
}
