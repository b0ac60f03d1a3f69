/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file that people read says of one entry: the same lines in a web page, on a map, in a calendar and on a card. */
#include "sp-entry-words.h"

#include "sp-asset-parts.h"
#include "sp-language.h"
#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
line_free (gpointer data)
{
  SpEntryLine *line = data;

  g_free (line->text);
  g_free (line->href);
  g_free (line);
}

/* Takes both texts; a line without words is none. */
static void
add_line (GPtrArray *lines, const char *label, char *text, char *href)
{
  SpEntryLine *line;

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      g_free (href);
      return;
    }
  line = g_new (SpEntryLine, 1);
  *line = (SpEntryLine){ label, text, href };
  g_ptr_array_add (lines, line);
}

static void
add_word (GPtrArray *words, const char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (words, g_strdup (text));
}

static char *
join_words (GPtrArray *words, const char *between)
{
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return g_strjoinv (between, (char **) words->pdata);
}

/**
 * sp_entry_words_summary:
 * @body: an entry
 *
 * Returns: (transfer none) (nullable): what it is: its summary in the reader's language, else its summary or description
 */
const char *
sp_entry_words_summary (const SpNode *body)
{
  g_autofree char *language = sp_language_get_code ();
  const char *text = sp_node_get_text (sp_node_get (sp_node_get (body, "translations"), language), "summary");

  if (text == NULL)
    text = sp_node_get_text (body, "summary");
  return text != NULL ? text : sp_node_get_text (body, "description");
}

/**
 * sp_entry_words_where:
 * @body: an entry
 * @venue: (nullable): the place it is held in
 *
 * Returns: (transfer full) (nullable): the venue's name and the address, with commas
 */
char *
sp_entry_words_where (const SpNode *body, const SpNode *venue)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const SpNode *own = sp_node_get (body, "address");
  const char *venue_name = sp_node_get_text (venue, "name");
  SpAddress address;

  sp_address_read (own != NULL ? own : sp_node_get (venue, "address"), &address);
  add_word (words, venue_name);
  if (g_strcmp0 (address.line_1, venue_name) != 0)
    add_word (words, address.line_1);
  add_word (words, address.line_2);
  add_word (words, address.city);
  add_word (words, address.postal_code);
  return join_words (words, ", ");
}

/**
 * sp_entry_words_position:
 * @body: an entry
 * @venue: (nullable): the place it is held in
 * @latitude: (out): as the document writes it
 * @longitude: (out): likewise
 *
 * Returns: whether it, or else its venue, is on the map
 */
gboolean
sp_entry_words_position (const SpNode *body, const SpNode *venue, const char **latitude, const char **longitude)
{
  const SpNode *places[] = { sp_node_get (body, "location"), sp_node_get (venue, "location") };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      *latitude = sp_node_get_lexeme (sp_node_get (places[i], "latitude"));
      *longitude = sp_node_get_lexeme (sp_node_get (places[i], "longitude"));
      if (*latitude != NULL && *longitude != NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * sp_entry_words_categories:
 * @body: an entry
 *
 * Returns: (transfer full) (element-type utf8): the names of its categories; of one that is not known, its code
 */
GPtrArray *
sp_entry_words_categories (const SpNode *body)
{
  const SpNode *codes = sp_node_get (body, "categories");
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; sp_node_is_array (codes) && i < sp_node_get_length (codes); i++)
    {
      const char *code = sp_node_get_string (sp_node_get_element (codes, i));
      const SpCategory *category = code != NULL ? sp_taxonomy_lookup (sp_taxonomy_get_default (), code) : NULL;

      add_word (names, category != NULL ? sp_category_get_local_name (category) : code);
    }
  return names;
}

/**
 * sp_entry_words_heading:
 * @body: an entry
 * @order: (out): where that heading stands, from 0; what has none comes last
 *
 * Returns: (transfer none) (nullable): the heading of its first category that is known
 */
const SpHeading *
sp_entry_words_heading (const SpNode *body, guint *order)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  const SpNode *codes = sp_node_get (body, "categories");
  const SpCategory *category = NULL;
  guint n = sp_taxonomy_get_n_headings (taxonomy);

  for (guint i = 0; category == NULL && sp_node_is_array (codes) && i < sp_node_get_length (codes); i++)
    {
      const char *code = sp_node_get_string (sp_node_get_element (codes, i));
      category = code != NULL ? sp_taxonomy_lookup (taxonomy, code) : NULL;
    }
  for (*order = 0; category != NULL && *order < n; (*order)++)
    if (sp_taxonomy_get_heading (taxonomy, *order) == category->heading)
      return category->heading;
  *order = n;
  return NULL;
}

/**
 * sp_entry_words_is_web_address:
 * @url: (nullable): what stands as the web address of an entry
 *
 * Returns: whether a link may lead there: `http:` or `https:`, and nothing that would run
 */
gboolean
sp_entry_words_is_web_address (const char *url)
{
  return url != NULL && (g_ascii_strncasecmp (url, "http://", 7) == 0 || g_ascii_strncasecmp (url, "https://", 8) == 0);
}

static char *
make_tel (const char *phone)
{
  g_autoptr (GString) digits = g_string_new ("tel:");

  for (const char *p = phone; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) || (*p == '+' && digits->len == 4))
      g_string_append_c (digits, *p);
  return digits->len > 7 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static char *
make_mailto (const char *email)
{
  g_autofree char *escaped = g_uri_escape_string (email, "@", FALSE);

  return g_strconcat ("mailto:", escaped, NULL);
}

/* "Bookings, Sam Ali (members only)" */
static char *
contact_title (const SpContact *contact)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  add_word (words, contact->title);
  add_word (words, contact->name);
  text = join_words (words, ", ");
  if (g_strcmp0 (contact->visible_to, "members") != 0)
    return g_steal_pointer (&text);
  return text != NULL ? g_strdup_printf (_("%s (members only)"), text) : g_strdup (_("Members only"));
}

static void
add_contact (GPtrArray *lines, const SpNode *item)
{
  SpContact contact;

  sp_contact_read (item, &contact);
  add_line (lines, _("Contact"), contact_title (&contact), NULL);
  if (contact.phone != NULL)
    add_line (lines, _("Phone"), g_strdup (contact.phone), make_tel (contact.phone));
  if (contact.email != NULL)
    add_line (lines, _("E-mail"), g_strdup (contact.email), make_mailto (contact.email));
}

static void
add_contacts (GPtrArray *lines, const SpNode *body)
{
  const SpNode *contacts = sp_node_get (body, "contacts");
  const char *url = sp_node_get_text (body, "url");

  for (guint i = 0; sp_node_is_array (contacts) && i < sp_node_get_length (contacts); i++)
    add_contact (lines, sp_node_get_element (contacts, i));
  if (url != NULL)
    add_line (lines, _("Website"), g_strdup (url), sp_entry_words_is_web_address (url) ? g_strdup (url) : NULL);
}

static char *
when_words (const SpNode *body)
{
  const char *words = sp_node_get_text (body, "schedule_words");

  return words != NULL && *words != '\0' ? g_strdup (words) : sp_words_schedules (body);
}

static char *
cost_words (const SpNode *body)
{
  g_autofree char *words = sp_words_cost (body);

  return words != NULL ? sp_words_capitalise (words) : NULL;
}

static char *
availability_words (const SpNode *body)
{
  g_autofree char *state = NULL;
  SpAvailability availability;

  sp_availability_read (sp_node_get (body, "availability"), &availability);
  if (availability.state == NULL || strcmp (availability.state, "open") == 0)
    return NULL;
  state = sp_words_value ("availability.state", availability.state);
  return availability.wait != NULL ? g_strdup_printf ("%s, %s", state, availability.wait) : g_steal_pointer (&state);
}

static char *
join_in_words (const SpNode *body)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *who = sp_words_eligibility (body), *capital = who != NULL ? sp_words_capitalise (who) : NULL;
  g_autofree char *state = availability_words (body), *how = NULL;
  SpReferral referral;

  sp_referral_read (sp_node_get (body, "referral"), &referral);
  how = referral.how != NULL ? sp_words_value ("referral.how", referral.how) : NULL;
  add_word (words, state);
  add_word (words, how);
  add_word (words, referral.detail);
  add_word (words, referral.url);
  add_word (words, capital);
  return join_words (words, "\n");
}

static char *
access_words (const SpNode *body)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const SpNode *access = sp_node_get (body, "accessibility"), *tags = sp_node_get (access, "tags");

  for (guint i = 0; sp_node_is_array (tags) && i < sp_node_get_length (tags); i++)
    {
      const char *tag = sp_node_get_string (sp_node_get_element (tags, i));
      if (tag != NULL)
        g_ptr_array_add (words, sp_words_value ("accessibility.tags", tag));
    }
  add_word (words, sp_node_get_text (access, "detail"));
  return join_words (words, ", ");
}

static char *
language_words (const SpNode *body)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const SpNode *codes = sp_node_get (body, "languages");

  for (guint i = 0; sp_node_is_array (codes) && i < sp_node_get_length (codes); i++)
    {
      const char *code = sp_node_get_string (sp_node_get_element (codes, i));
      if (code != NULL)
        g_ptr_array_add (words, sp_words_language (code));
    }
  return join_words (words, ", ");
}

static char *
notice_words (const SpNode *body)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *status = sp_node_get_text (body, "status");
  g_autofree char *state = status != NULL && strcmp (status, "active") != 0 ? sp_words_value ("status", status) : NULL;

  add_word (words, state);
  add_word (words, sp_node_get_text (sp_node_get (body, "notice"), "text"));
  return join_words (words, ": ");
}

/* The day on which the fact was checked that was checked the longest ago. */
static char *
checked_words (const SpNode *body)
{
  gint32 oldest = SP_CIVIL_NO_DAY;
  g_autofree char *date = NULL;

  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    {
      SpFreshness clock;
      sp_freshness_read (NULL, body, (SpFactGroup) i, 0, &clock);
      if (clock.on != SP_CIVIL_NO_DAY && sp_fact_group_is_present (body, (SpFactGroup) i)
          && (oldest == SP_CIVIL_NO_DAY || clock.on < oldest))
        oldest = clock.on;
    }
  if (oldest == SP_CIVIL_NO_DAY)
    return g_strdup (_("Never"));
  date = sp_words_date (oldest);
  return g_steal_pointer (&date);
}

/**
 * sp_entry_words_read:
 * @body: an entry, as far as it may be told
 * @venue: (nullable): likewise the place it is held in
 *
 * Returns: (transfer full) (element-type SpEntryLine): what there is to say of it beyond its name and summary
 */
GPtrArray *
sp_entry_words_read (const SpNode *body, const SpNode *venue)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  add_line (lines, _("Please note"), notice_words (body), NULL);
  add_line (lines, _("When"), when_words (body), NULL);
  add_line (lines, _("Where"), sp_entry_words_where (body, venue), NULL);
  add_line (lines, _("Cost"), cost_words (body), NULL);
  add_line (lines, _("How to join"), join_in_words (body), NULL);
  add_contacts (lines, body);
  add_line (lines, _("Access"), access_words (body), NULL);
  add_line (lines, _("Languages"), language_words (body), NULL);
  add_line (lines, _("Last checked"), checked_words (body), NULL);
  return lines;
}

/**
 * sp_entry_words_plain:
 * @body: an entry, as far as it may be told
 * @venue: (nullable): likewise the place it is held in
 *
 * Returns: (transfer full): the summary and those lines as plain text: "When: Every Tuesday"
 */
char *
sp_entry_words_plain (const SpNode *body, const SpNode *venue)
{
  g_autoptr (GPtrArray) lines = sp_entry_words_read (body, venue);
  const char *summary = sp_entry_words_summary (body);
  GString *text = g_string_new (summary);

  for (guint i = 0; i < lines->len; i++)
    {
      const SpEntryLine *line = g_ptr_array_index (lines, i);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", line->label, line->text);
    }
  return g_string_free (text, FALSE);
}
