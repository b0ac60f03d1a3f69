/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpVcardWriter: entries as cards (vCard 4.0, RFC 6350) for the address book of a telephone or a mail program, one card
 * an entry. Each of its contacts is a group of lines, so that a number stays with the title it belongs to. */
#include "sp-vcard-writer.h"

#include "sp-asset-parts.h"
#include "sp-content-line.h"
#include "sp-entry-words.h"

#include <string.h>

struct _SpVcardWriter
{
  SpWriter parent_instance;
};

G_DEFINE_FINAL_TYPE (SpVcardWriter, sp_vcard_writer, SP_TYPE_WRITER)

static char *
escape_or_empty (const char *text)
{
  return text != NULL ? sp_content_line_escape (text) : g_strdup ("");
}

/* Box, extension (neither is used any more), street of one or two lines, town, county, postcode, country. */
static void
append_address (GString *out, const SpNode *body, const SpNode *venue)
{
  const SpNode *own = sp_node_get (body, "address");
  SpAddress address;
  g_autofree char *line_1 = NULL, *line_2 = NULL, *city = NULL, *county = NULL, *code = NULL, *value = NULL;

  sp_address_read (own != NULL ? own : sp_node_get (venue, "address"), &address);
  line_1 = escape_or_empty (address.line_1);
  line_2 = escape_or_empty (address.line_2);
  city = escape_or_empty (address.city);
  county = escape_or_empty (address.county);
  code = escape_or_empty (address.postal_code);
  value = g_strdup_printf (";;%s%s%s;%s;%s;%s;", line_1, *line_1 != '\0' && *line_2 != '\0' ? "," : "", line_2, city,
                           county, code);
  if (strspn (value, ";") < strlen (value))
    sp_content_line_append (out, "ADR;TYPE=work", value);
}

static void
append_position (GString *out, const SpNode *body, const SpNode *venue)
{
  const char *latitude, *longitude;
  g_autofree char *value = NULL;

  if (!sp_entry_words_position (body, venue, &latitude, &longitude))
    return;
  value = g_strdup_printf ("geo:%s,%s", latitude, longitude);
  sp_content_line_append (out, "GEO", value);
}

static void
append_categories (GString *out, const SpNode *body)
{
  g_autoptr (GPtrArray) names = sp_entry_words_categories (body);
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *name = sp_content_line_escape (g_ptr_array_index (names, i));
      g_string_append_printf (value, "%s%s", i > 0 ? "," : "", name);
    }
  if (value->len > 0)
    sp_content_line_append (out, "CATEGORIES", value->str);
}

static void
append_contact (GString *out, const SpNode *item, guint number)
{
  g_autofree char *phone = g_strdup_printf ("c%u.TEL;VALUE=text;TYPE=\"work,voice\"", number);
  g_autofree char *email = g_strdup_printf ("c%u.EMAIL;TYPE=work", number);
  g_autofree char *name = g_strdup_printf ("c%u.RELATED;VALUE=text;TYPE=contact", number);
  g_autofree char *label = g_strdup_printf ("c%u.X-ABLabel", number);
  SpContact contact;

  sp_contact_read (item, &contact);
  sp_content_line_append_text (out, label, contact.title);
  sp_content_line_append_text (out, name, contact.name);
  sp_content_line_append_text (out, phone, contact.phone);
  sp_content_line_append_text (out, email, contact.email);
}

static void
append_contacts (GString *out, const SpNode *body)
{
  const SpNode *contacts = sp_node_get (body, "contacts");

  for (guint i = 0; sp_node_is_array (contacts) && i < sp_node_get_length (contacts); i++)
    append_contact (out, sp_node_get_element (contacts, i), i + 1);
}

/* "2026-11-22T09:30:00Z" or a date alone, as vCard writes a time stamp. */
static void
append_revision (GString *out, const SpNode *body)
{
  const char *on = sp_node_get_text (sp_node_get (body, "modified"), "on");
  g_autofree char *bare = on != NULL ? g_strdup (on) : NULL;
  char *to = bare;

  for (const char *p = bare; p != NULL && *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      *to++ = *p;
  if (bare == NULL)
    return;
  *to = '\0';
  if (strlen (bare) == 16) /* a time stamp needs its time */
    sp_content_line_append (out, "REV", bare);
}

static void
append_web_address (GString *out, const SpNode *body)
{
  const char *url = sp_node_get_text (body, "url");
  g_autofree char *value = NULL;

  if (!sp_entry_words_is_web_address (url))
    return;
  value = g_uri_escape_string (url, G_URI_RESERVED_CHARS_GENERIC_DELIMITERS G_URI_RESERVED_CHARS_SUBCOMPONENT_DELIMITERS "%", FALSE);
  sp_content_line_append (out, "URL", value);
}

static gboolean
sp_vcard_writer_add (SpWriter *writer, const SpNode *body, GError **error)
{
  const SpNode *venue = sp_writer_get_venue (writer);
  const char *kind = sp_node_get_text (body, "kind"), *name = sp_node_get_text (body, "name");
  g_autofree char *uuid = sp_content_line_uuid (sp_node_get_text (body, "_id"));
  g_autofree char *uid = g_uuid_string_is_valid (uuid) ? g_strconcat ("urn:uuid:", uuid, NULL) : g_strdup (uuid);
  g_autofree char *note = sp_entry_words_plain (body, venue);
  g_autoptr (GString) out = g_string_new ("BEGIN:VCARD\r\nVERSION:4.0\r\n");

  sp_content_line_append (out, "KIND", g_strcmp0 (kind, "place") == 0 ? "location" : "org");
  sp_content_line_append (out, g_str_has_prefix (uid, "urn:") ? "UID" : "UID;VALUE=text", uid);
  sp_content_line_append_text (out, "FN", name != NULL ? name : "?"); /* the one line that a card must have */
  sp_content_line_append_text (out, "ORG", name);
  sp_content_line_append_text (out, "NICKNAME", sp_node_get_text (body, "alternate_name"));
  append_contacts (out, body);
  append_address (out, body, venue);
  append_position (out, body, venue);
  append_web_address (out, body);
  append_categories (out, body);
  sp_content_line_append_text (out, "NOTE", note);
  append_revision (out, body);
  g_string_append (out, "END:VCARD\r\n");
  return sp_writer_put (writer, out->str, out->len, error);
}

static gboolean
sp_vcard_writer_end (SpWriter *writer, GError **error)
{
  return TRUE;
}

static void
sp_vcard_writer_class_init (SpVcardWriterClass *class)
{
  SP_WRITER_CLASS (class)->wants_links = TRUE;
  SP_WRITER_CLASS (class)->add = sp_vcard_writer_add;
  SP_WRITER_CLASS (class)->end = sp_vcard_writer_end;
}

static void
sp_vcard_writer_init (SpVcardWriter *self)
{
}
