/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report says of one entry, in words. Texts are NULL where there is nothing to say. */
#include "sp-report-words.h"

#include "sp-asset-parts.h"
#include "sp-language.h"
#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SUMMARY 400 /* characters of a description where there is no summary */

static void
add (GPtrArray *words, const char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (words, g_strdup (text));
}

/* Its halves stay on one line. */
static void
add_postcode (GPtrArray *words, const char *text)
{
  GString *whole = g_string_new (text);

  g_string_replace (whole, " ", "\u00a0", 0);
  add (words, whole->str);
  g_string_free (whole, TRUE);
}

static char *
join (GPtrArray *words, const char *between)
{
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return g_strjoinv (between, (char **) words->pdata);
}

/**
 * sp_report_words_summary:
 * @entry: an entry
 *
 * Returns: (transfer none) (nullable): what it is, in a sentence, in the reader's language if it was translated
 */
const char *
sp_report_words_summary (const SpReportEntry *entry)
{
  g_autofree char *language = sp_language_get_code ();
  const SpNode *translation = sp_node_get (sp_node_get (entry->body, "translations"), language);
  const char *text = sp_node_get_text (translation, "summary"), *description;

  if (text == NULL)
    text = sp_node_get_text (entry->body, "summary");
  description = text == NULL ? sp_node_get_text (entry->body, "description") : NULL;
  return description != NULL && g_utf8_strlen (description, -1) <= MAX_SUMMARY ? description : text;
}

/**
 * sp_report_words_when:
 * @entry: an entry
 *
 * Returns: (transfer full) (nullable): when it takes place, in its keeper's words or else in ours
 */
char *
sp_report_words_when (const SpReportEntry *entry)
{
  const char *words = sp_node_get_text (entry->body, "schedule_words");

  return words != NULL && *words != '\0' ? g_strdup (words) : sp_words_schedules (entry->body);
}

/**
 * sp_report_words_where:
 * @entry: an entry
 *
 * Returns: (transfer full) (nullable): the venue's name and the address, with commas
 */
char *
sp_report_words_where (const SpReportEntry *entry)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const SpNode *address = sp_node_get (entry->body, "address");
  SpAddress parts;

  add (words, sp_node_get_text (entry->venue, "name"));
  sp_address_read (address != NULL ? address : sp_node_get (entry->venue, "address"), &parts);
  if (words->len == 0 || g_strcmp0 (parts.line_1, g_ptr_array_index (words, 0)) != 0)
    add (words, parts.line_1);
  add (words, parts.line_2);
  add (words, parts.city);
  add_postcode (words, parts.postal_code);
  return join (words, ", ");
}

/**
 * sp_report_words_cost:
 * @entry: an entry
 *
 * Returns: (transfer full) (nullable): what it costs
 */
char *
sp_report_words_cost (const SpReportEntry *entry)
{
  g_autofree char *words = sp_words_cost (entry->body);

  return words != NULL ? sp_words_capitalise (words) : NULL;
}

/**
 * sp_report_words_join:
 * @entry: an entry
 *
 * Returns: (transfer full) (nullable): how one joins, whether there is a place, and who may come, a line each
 */
char *
sp_report_words_join (const SpReportEntry *entry)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *who = sp_words_eligibility (entry->body), *capital = who != NULL ? sp_words_capitalise (who) : NULL;
  g_autofree char *how = NULL, *state = NULL;
  SpReferral referral;
  SpAvailability availability;

  sp_referral_read (sp_node_get (entry->body, "referral"), &referral);
  sp_availability_read (sp_node_get (entry->body, "availability"), &availability);
  how = referral.how != NULL ? sp_words_value ("referral.how", referral.how) : NULL;
  if (availability.state != NULL && strcmp (availability.state, "open") != 0)
    state = sp_words_value ("availability.state", availability.state);
  if (state != NULL && availability.wait != NULL)
    {
      char *both = g_strdup_printf ("%s, %s", state, availability.wait);
      g_free (state);
      state = both;
    }
  add (words, state);
  add (words, how);
  add (words, referral.detail);
  add (words, capital);
  return join (words, "\n");
}

/**
 * sp_report_words_notice:
 * @entry: an entry
 *
 * Returns: (transfer full) (nullable): what is different for now
 */
char *
sp_report_words_notice (const SpReportEntry *entry)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *status = sp_node_get_text (entry->body, "status");
  g_autofree char *state = status != NULL && strcmp (status, "active") != 0 ? sp_words_value ("status", status) : NULL;

  add (words, state);
  add (words, sp_node_get_text (sp_node_get (entry->body, "notice"), "text"));
  return join (words, " · ");
}

static const char *
get_how (const char *how)
{
  static const struct { const char *how, *words; } ways[] = {
    { "owner", N_("with those who run it") }, { "phone", N_("by phone") }, { "visit", N_("on a visit") },
    { "imported", N_("as imported from a list") },
  };

  for (guint i = 0; how != NULL && i < G_N_ELEMENTS (ways); i++)
    if (strcmp (ways[i].how, how) == 0)
      return _(ways[i].words);
  return NULL;
}

/* The group, of those in which something is said, that was checked longest ago. */
static const SpFreshness *
find_oldest (const SpReportEntry *entry, SpFactGroup *group)
{
  const SpFreshness *oldest = NULL;

  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    if (entry->freshness[i].on != SP_CIVIL_NO_DAY && (oldest == NULL || entry->freshness[i].on < oldest->on)
        && sp_fact_group_is_present (entry->body, (SpFactGroup) i))
      {
        oldest = &entry->freshness[i];
        *group = (SpFactGroup) i;
      }
  return oldest;
}

/**
 * sp_report_words_checked:
 * @entry: an entry
 *
 * Returns: (transfer full): "Checked on 1 October 2026 by phone", of the facts whose check is the longest ago; with the
 *   name of who did it where that may be printed
 */
char *
sp_report_words_checked (const SpReportEntry *entry)
{
  SpFactGroup group = SP_FACT_TIMES;
  const SpFreshness *oldest = find_oldest (entry, &group);
  g_autofree char *date = oldest != NULL ? sp_words_date (oldest->on) : NULL;
  const SpNode *clock = sp_node_get (sp_node_get (entry->body, "checked"), sp_fact_group_get_name (group));
  const char *by = sp_node_get_text (clock, "by"), *how = oldest != NULL ? get_how (oldest->how) : NULL;

  if (oldest == NULL)
    return g_strdup (_("Never checked"));
  if (by != NULL && how != NULL)
    return g_strdup_printf (_("Checked on %s by %s, %s"), date, by, how); /* Translators: date, who, how */
  if (by != NULL)
    return g_strdup_printf (_("Checked on %s by %s"), date, by);
  return how != NULL ? g_strdup_printf (_("Checked on %s %s"), date, how) /* Translators: "on 1 May 2026", "by phone" */
                     : g_strdup_printf (_("Checked on %s"), date);
}

static const char *
get_group_words (guint group)
{
  static const char * const words[SP_N_FACT_GROUPS] = {
    [SP_FACT_TIMES] = N_("times"), [SP_FACT_PLACE] = N_("place"), [SP_FACT_CONTACT] = N_("contact"),
    [SP_FACT_COST] = N_("cost"), [SP_FACT_JOIN] = N_("how to join"), [SP_FACT_BUILDING] = N_("building"),
  };

  return _(words[group]);
}

/**
 * sp_report_words_due:
 * @entry: an entry
 *
 * Returns: (transfer full) (nullable): which of its facts are due for a check: "times and cost"; %NULL if none is
 */
char *
sp_report_words_due (const SpReportEntry *entry)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    if (entry->freshness[i].state != SP_FRESHNESS_FRESH && sp_fact_group_is_present (entry->body, (SpFactGroup) i))
      g_ptr_array_add (words, (gpointer) get_group_words (i));
  return words->len > 0 ? sp_words_join (words) : NULL;
}

/**
 * sp_report_words_set:
 * @list: (nullable): an array of a document's fixed words
 * @field: where it stands, such as "building.crisis_roles"
 *
 * Returns: (transfer full) (nullable): them as people read them, with commas
 */
char *
sp_report_words_set (const SpNode *list, const char *field)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    {
      const char *value = sp_node_get_string (sp_node_get_element (list, i));
      if (value != NULL)
        g_ptr_array_add (words, sp_words_value (field, value));
    }
  return join (words, ", ");
}

static char *
make_uri (const char *scheme, const char *text)
{
  g_autoptr (GString) bare = g_string_new (scheme);

  for (const char *p = text; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (bare, *p);
  return g_string_free (g_steal_pointer (&bare), FALSE);
}

static void
add_contact (const SpNode *item, SpCell *cell, SpStyle style, const char *label)
{
  SpContact contact;
  g_autofree char *call = NULL, *mail = NULL;

  sp_contact_read (item, &contact);
  call = contact.phone != NULL ? make_uri ("tel:", contact.phone) : NULL;
  mail = contact.email != NULL ? make_uri ("mailto:", contact.email) : NULL;
  sp_cell_add (cell, SP_STYLE_SMALL, NULL, contact.name != NULL ? contact.name : contact.title, NULL);
  sp_cell_add (cell, style, style == SP_STYLE_BODY ? label : NULL, contact.phone, call);
  sp_cell_add (cell, style == SP_STYLE_PHONE ? SP_STYLE_BODY : SP_STYLE_SMALL, NULL, contact.email, mail);
}

/**
 * sp_report_words_add_contacts:
 * @entry: an entry
 * @cell: gets names, numbers and addresses, with links
 * @phone: how a number is set
 * @label: (nullable): what stands before a number
 */
void
sp_report_words_add_contacts (const SpReportEntry *entry, SpCell *cell, SpStyle phone, const char *label)
{
  const SpNode *contacts = sp_node_get (entry->body, "contacts");
  const char *url = sp_node_get_text (entry->body, "url");
  g_autofree char *bare = url != NULL ? g_strdup (strstr (url, "://") != NULL ? strstr (url, "://") + 3 : url) : NULL;

  for (guint i = 0; sp_node_is_array (contacts) && i < sp_node_get_length (contacts); i++)
    add_contact (sp_node_get_element (contacts, i), cell, phone, label);
  if (bare != NULL && g_str_has_suffix (bare, "/"))
    bare[strlen (bare) - 1] = '\0';
  sp_cell_add (cell, phone == SP_STYLE_PHONE ? SP_STYLE_BODY : SP_STYLE_SMALL, NULL, bare, url);
}

/**
 * sp_report_words_phone:
 * @entry: an entry
 *
 * Returns: (transfer full) (nullable): the first number one may ring
 */
char *
sp_report_words_phone (const SpReportEntry *entry)
{
  const SpNode *contacts = sp_node_get (entry->body, "contacts");

  for (guint i = 0; sp_node_is_array (contacts) && i < sp_node_get_length (contacts); i++)
    {
      const char *phone = sp_node_get_text (sp_node_get_element (contacts, i), "phone");
      if (phone != NULL && *phone != '\0')
        return g_strdup (phone);
    }
  return NULL;
}
