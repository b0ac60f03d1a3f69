/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card "Contact": whom to ask, with buttons to ring, write, open and copy. What only members may see is marked. */
#include "sp-details-cards.h"

#include "sp-words.h"

#include <glib/gi18n.h>
#include <string.h>

static void
mark_members_only (SpFactRow *row, gboolean members_only)
{
  if (members_only)
    sp_fact_row_set_mark (row, "signpost-members-only-symbolic", _("Members only: not in public lists"));
}

/* "tel:" knows digits and a leading plus; what stands in brackets as in "+44 (0) 16…" is not dialled. */
static char *
make_phone_uri (const char *phone)
{
  GString *uri = g_string_new ("tel:");
  const char *extension = strpbrk (phone, "xX#");
  const char *end = extension != NULL ? extension : phone + strlen (phone);

  for (const char *at = phone; at < end; at++)
    {
      if (*at == '(' && *phone == '+' && g_str_has_prefix (at, "(0)"))
        at += 2;
      else if (g_ascii_isdigit (*at) || (*at == '+' && at == phone))
        g_string_append_c (uri, *at);
    }
  return g_string_free (uri, FALSE);
}

/**
 * sp_details_add_phone:
 * @card: a card
 * @caption: (nullable): whose number it is
 * @phone: (nullable): a telephone number
 * @members_only: whether only members may see it
 *
 * Adds a row for a telephone number, to ring or to copy.
 *
 * Returns: whether there was a number
 */
gboolean
sp_details_add_phone (SpFactCard *card, const char *caption, const char *phone, gboolean members_only)
{
  SpFactRow *row = sp_fact_card_add (card, caption, phone);
  g_autofree char *uri = NULL;

  if (row == NULL)
    return FALSE;
  uri = make_phone_uri (phone);
  sp_fact_row_add_copy (row, _("Copy Number"), _("Telephone number copied"), phone);
  sp_fact_row_add_open (row, "call-start-symbolic", _("Ring"), uri);
  mark_members_only (row, members_only);
  return TRUE;
}

static gboolean
add_email (SpFactCard *card, const char *caption, const char *email, gboolean members_only)
{
  SpFactRow *row = sp_fact_card_add (card, caption, email);
  g_autofree char *escaped = NULL, *uri = NULL;

  if (row == NULL)
    return FALSE;
  escaped = g_uri_escape_string (email, "@", FALSE);
  uri = g_strconcat ("mailto:", escaped, NULL);
  sp_fact_row_add_copy (row, _("Copy E-mail Address"), _("E-mail address copied"), email);
  sp_fact_row_add_open (row, "mail-unread-symbolic", _("Write"), uri);
  mark_members_only (row, members_only);
  return TRUE;
}

/* Why it may be kept, in small: "the person agreed, since 2 March 2026. Agreed at the meeting" */
static void
add_basis (SpFactCard *card, const SpNode *contact)
{
  SpBasis basis;
  g_autofree char *kind = NULL, *on = NULL, *since = NULL, *first = NULL, *text = NULL;

  sp_basis_read (sp_node_get (contact, "basis"), &basis);
  kind = basis.kind != NULL ? sp_words_value ("contacts.basis.kind", basis.kind) : NULL;
  on = sp_details_date (basis.on);
  since = on != NULL ? g_strdup_printf (_("since %s"), on) : NULL;
  first = sp_details_join (", ", kind, since);
  text = sp_details_join (". ", first, basis.note);
  if (text != NULL)
    {
      g_autofree char *words = sp_words_capitalise (text);
      sp_fact_card_add (card, _("Why it may be kept"), words);
    }
}

static void
add_contact (SpFactCard *card, const SpNode *item)
{
  SpContact contact;
  gboolean members_only, more = FALSE;
  SpFactRow *row;

  sp_contact_read (item, &contact);
  members_only = g_strcmp0 (contact.visible_to, "members") == 0;
  row = sp_fact_card_add (card, contact.title != NULL ? contact.title : _("Contact"), contact.name);
  if (row != NULL)
    mark_members_only (row, members_only);
  more |= sp_details_add_phone (card, row == NULL && contact.title != NULL ? contact.title : _("Telephone"), contact.phone, members_only);
  more |= add_email (card, row == NULL && !more && contact.title != NULL ? contact.title : _("E-mail"), contact.email, members_only);
  if (row == NULL && !more)
    sp_fact_card_add (card, NULL, contact.title);
  add_basis (card, item);
}

/**
 * sp_details_fill_contact:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `contacts`, `url` and `organisation`.
 */
void
sp_details_fill_contact (SpFactCard *card, const SpFacts *facts)
{
  const SpNode *contacts = sp_node_get (facts->body, "contacts");
  const char *url = sp_node_get_text (facts->body, "url");
  SpFactRow *row;

  sp_fact_card_begin (card, facts);
  for (guint i = 0; i < sp_details_count (contacts); i++)
    add_contact (card, sp_node_get_element (contacts, i));
  row = sp_fact_card_add (card, _("On the web"), url);
  if (row != NULL)
    {
      sp_fact_row_add_copy (row, _("Copy Web Address"), _("Web address copied"), url);
      sp_fact_row_add_open (row, "adw-external-link-symbolic", _("Open in Browser"), url);
    }
  if (sp_details_count (contacts) == 0 && url == NULL)
    sp_fact_card_add_missing (card, NULL, _("Whom to ask is not known"));
  if (facts->links->organisation != NULL)
    sp_fact_card_add_link (card, _("Run by"), facts->links->organisation, NULL);
  else if (sp_node_get_text (facts->body, "organisation") != NULL)
    sp_fact_card_add_missing (card, _("Run by"), _("An organisation that is not in this list yet"));
  sp_fact_card_end (card);
}
