/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who to ask: contacts and web address. A column that is just called "Contact" holds whatever its writer had. */
#include "sp-row.h"

#include "sp-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CONTACTS 20

typedef struct
{
  GPtrArray *phones; /* owned texts */
  GPtrArray *emails; /* owned texts */
  char      *name;   /* owned, nullable */
  char      *title;  /* owned, nullable */
  char      *url;    /* owned, nullable */
  gboolean   members_only;
} People;

/* "Jane Smith": two to four words, each with a capital, and nothing but letters. */
static gboolean
looks_like_person (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = 0;

  for (; words[n] != NULL; n++)
    {
      if (!g_unichar_isupper (g_utf8_get_char (words[n])))
        return FALSE;
      for (const char *p = words[n]; *p != '\0'; p = g_utf8_next_char (p))
        if (!g_unichar_isalpha (g_utf8_get_char (p)) && strchr ("-'.", *p) == NULL)
          return FALSE;
    }
  return n >= 2 && n <= 4;
}

static void
read_contact_cell (People *people, const char *text, gboolean nameless)
{
  guint before = people->phones->len + people->emails->len;

  sp_cell_emails (text, people->emails);
  sp_cell_phones (text, people->phones);
  if (people->url == NULL)
    people->url = sp_cell_url (text, TRUE);
  if (people->phones->len + people->emails->len == before && people->name == NULL && !nameless && looks_like_person (text))
    people->name = g_strdup (text);
}

static void
read_phone_cell (SpRow *row, People *people, int column)
{
  const char *text = row->clean[column];
  char *phone = sp_cell_phone (text);
  guint before = people->phones->len;

  if (phone != NULL)
    g_ptr_array_add (people->phones, phone);
  else
    sp_cell_phones (text, people->phones);
  sp_cell_emails (text, people->emails);
  if (people->phones->len == before && strchr (text, '@') == NULL)
    sp_row_problem (row, column, _("“%s” is not a telephone number"), text);
}

static void
read_email_cell (SpRow *row, People *people, int column)
{
  guint before = people->emails->len;

  sp_cell_emails (row->clean[column], people->emails);
  if (people->emails->len == before && strchr (row->clean[column], '@') == NULL)
    sp_row_problem (row, column, _("“%s” is not an e-mail address"), row->clean[column]);
}

/* The first phone and the first e-mail are one contact, with the name; any further ones are contacts of their own. */
static void
add_contacts (SpRow *row, const People *people)
{
  guint n = MAX (people->phones->len, people->emails->len);
  g_autoptr (SpNode) contacts = sp_node_new_array ();

  if (people->name != NULL || people->title != NULL)
    n = MAX (n, 1);
  for (guint i = 0; i < MIN (n, MAX_CONTACTS); i++)
    {
      SpNode *contact = sp_row_new_item (row, "contacts", i);
      if (i == 0)
        {
          sp_node_set_text (contact, "title", people->title);
          sp_node_set_text (contact, "name", people->name);
        }
      sp_node_set_text (contact, "visible_to", people->members_only ? "members" : NULL);
      sp_node_set_text (contact, "phone", i < people->phones->len ? g_ptr_array_index (people->phones, i) : NULL);
      sp_node_set_text (contact, "email", i < people->emails->len ? g_ptr_array_index (people->emails, i) : NULL);
      sp_node_append (contacts, contact);
    }
  if (n > 0)
    sp_node_set (row->body, "contacts", g_steal_pointer (&contacts));
}

static void
read_url (SpRow *row, People *people)
{
  int column = sp_row_next (row, SP_COLUMN_URL, -1);
  char *url = column >= 0 ? sp_cell_url (row->clean[column], FALSE) : NULL;

  if (column >= 0 && url == NULL)
    sp_row_problem (row, column, _("“%s” is not a web address"), row->clean[column]);
  if (url == NULL)
    return;
  g_free (people->url);
  people->url = url;
}

/**
 * sp_row_add_people:
 * @self: a row
 *
 * Adds contacts and url.
 */
void
sp_row_add_people (SpRow *self)
{
  People people = { .phones = g_ptr_array_new_with_free_func (g_free),
                    .emails = g_ptr_array_new_with_free_func (g_free) };
  const char *visible;
  gboolean is_visible;

  people.name = g_strdup (sp_row_get (self, SP_COLUMN_CONTACT_NAME));
  people.title = g_strdup (sp_row_get (self, SP_COLUMN_CONTACT_TITLE));
  for (int i = -1; (i = sp_row_next (self, SP_COLUMN_PHONE, i)) >= 0;)
    read_phone_cell (self, &people, i);
  for (int i = -1; (i = sp_row_next (self, SP_COLUMN_EMAIL, i)) >= 0;)
    read_email_cell (self, &people, i);
  for (int i = -1; (i = sp_row_next (self, SP_COLUMN_CONTACT, i)) >= 0;)
    read_contact_cell (&people, self->clean[i], sp_columns_get (self->columns, (guint) i)->left_out);
  visible = sp_row_get (self, SP_COLUMN_CONTACT_VISIBLE);
  people.members_only = visible != NULL && sp_cell_boolean (visible, &is_visible) && !is_visible;
  read_url (self, &people);
  add_contacts (self, &people);
  sp_node_set_text (self->body, "url", people.url);
  g_ptr_array_unref (people.phones);
  g_ptr_array_unref (people.emails);
  g_free (people.name);
  g_free (people.title);
  g_free (people.url);
}
