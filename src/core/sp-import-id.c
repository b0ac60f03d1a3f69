/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for what is imported. Everything here is a pure function of the file, so that two laptops which import one
 * file make one asset, and the next edition of a list updates what the last one brought. */
#include "sp-import-id.h"

#include <string.h>

/* bebb8f12-f0ab-4a8f-8a52-4329b199c73d: never to be changed, or every list would come in a second time. */
static const guint8 name_space_of_rows[16] = { 0xbe, 0xbb, 0x8f, 0x12, 0xf0, 0xab, 0x4a, 0x8f,
                                               0x8a, 0x52, 0x43, 0x29, 0xb1, 0x99, 0xc7, 0x3d };

static void
digest_of (GChecksumType type, const guint8 *salt, gsize salt_length, const char *text, guint8 *digest, gsize size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (type);

  if (salt_length > 0)
    g_checksum_update (checksum, salt, (gssize) salt_length);
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_get_digest (checksum, digest, &size);
}

/**
 * sp_import_id_uuid5:
 * @name_space: (array fixed-size=16): the bytes of the UUID of a namespace
 * @name: a name in it
 *
 * The name-based UUID, version 5, of RFC 9562 §5.5: SHA-1 over namespace and name.
 *
 * Returns: (transfer full): 36 characters, lower case
 */
char *
sp_import_id_uuid5 (const guint8 *name_space, const char *name)
{
  static const char hex[] = "0123456789abcdef";
  guint8 d[20];
  char *text = g_malloc (37);
  guint n = 0;

  digest_of (G_CHECKSUM_SHA1, name_space, 16, name, d, sizeof d);
  d[6] = (d[6] & 0x0F) | 0x50; /* version 5 */
  d[8] = (d[8] & 0x3F) | 0x80; /* variant of RFC 9562 */
  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        text[n++] = '-';
      text[n++] = hex[d[i] >> 4];
      text[n++] = hex[d[i] & 0x0F];
    }
  text[n] = '\0';
  return text;
}

/**
 * sp_import_id_for_row:
 * @feed: what sp_import_id_feed_from_url() or sp_import_id_feed_from_names() gave
 * @row: the file's own id of the row, or what sp_import_id_row_from_words() gave
 *
 * Returns: (transfer full): the document id, `asset:` and a UUID
 */
char *
sp_import_id_for_row (const char *feed, const char *row)
{
  g_autofree char *name = g_strconcat (feed, "\n", row, NULL);
  g_autofree char *uuid = sp_import_id_uuid5 (name_space_of_rows, name);

  return g_strconcat ("asset:", uuid, NULL);
}

/**
 * sp_import_id_for_item:
 * @asset_id: the document id
 * @list: the member that holds the list, such as `contacts`
 * @position: of the item, from 0
 *
 * Returns: (transfer full): the `id` of that item: the first letter of @list and eleven hexadecimal digits, so that it
 * never reads as a position
 */
char *
sp_import_id_for_item (const char *asset_id, const char *list, guint position)
{
  g_autofree char *name = g_strdup_printf ("%s\n%s\n%u", asset_id, list, position);
  guint8 d[20];

  digest_of (G_CHECKSUM_SHA1, name_space_of_rows, sizeof name_space_of_rows, name, d, sizeof d);
  return g_strdup_printf ("%c%02x%02x%02x%02x%02x%x", list[0], d[0], d[1], d[2], d[3], d[4], d[5] >> 4);
}

/**
 * sp_import_id_feed_from_url:
 * @url: where a list was fetched
 *
 * Returns: (transfer full): the address without its query, fragment, user name and password
 */
char *
sp_import_id_feed_from_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);

  if (uri == NULL)
    return g_strndup (url, strcspn (url, "?#"));
  return g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
}

/* How a map is to draw a row (the "simplestyle" names): not part of what a list says, and a CSV twin lacks them. */
static gboolean
is_presentation (const char *name)
{
  return g_str_has_prefix (name, "marker ") || g_str_has_prefix (name, "stroke") || g_str_has_prefix (name, "fill");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * sp_import_id_feed_from_names:
 * @names: the names of the columns
 * @count: how many
 *
 * A list that came as a file has no address, but its header says what kind of list it is. Order, capitals and
 * punctuation do not count, nor does how a map is to draw it, so the twin of a list in another format is the same feed.
 *
 * Returns: (transfer full): `sha256:` and 64 hexadecimal digits
 */
char *
sp_import_id_feed_from_names (const char * const *names, guint count)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *hex = NULL;

  for (guint i = 0; i < count; i++)
    {
      char *name = sp_import_id_normalise (names[i]);
      if (is_presentation (name))
        g_free (name);
      else
        g_ptr_array_add (sorted, name);
    }
  g_ptr_array_sort (sorted, compare_names);
  for (guint i = 0; i < sorted->len; i++)
    g_string_append_printf (all, "%s\n", (const char *) g_ptr_array_index (sorted, i));
  hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all->str, (gssize) all->len);
  return g_strconcat ("sha256:", hex, NULL);
}

/**
 * sp_import_id_row_from_words:
 * @name: (nullable): the name in the row
 * @postcode: (nullable): its postcode
 * @address: (nullable): its address, used when there is no postcode
 *
 * Returns: (transfer full): what names a row in a file without an id column
 */
char *
sp_import_id_row_from_words (const char *name, const char *postcode, const char *address)
{
  g_autofree char *who = sp_import_id_normalise (name != NULL ? name : "");
  g_autofree char *where = NULL;

  if (postcode == NULL || *postcode == '\0')
    where = sp_import_id_normalise (address != NULL ? address : "");
  else
    {
      guint n = 0;
      where = g_ascii_strdown (postcode, -1);
      for (const char *p = where; *p != '\0'; p++)
        if (g_ascii_isalnum (*p))
          where[n++] = *p;
      where[n] = '\0';
    }
  return g_strconcat (who, " | ", where, NULL);
}

static char *
normalise_ascii (const char *text)
{
  char *out = g_malloc (strlen (text) + 1);
  gsize n = 0;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      out[n++] = g_ascii_tolower (*p);
    else if (*p != '\'' && n > 0 && out[n - 1] != ' ')
      out[n++] = ' ';
  while (n > 0 && out[n - 1] == ' ')
    n--;
  out[n] = '\0';
  return out;
}

/**
 * sp_import_id_normalise:
 * @text: UTF-8
 *
 * Lower case, without accents, apostrophes and punctuation, single spaces between words: what stays of a name when it
 * is only to be compared.
 *
 * Returns: (transfer full): the words
 */
char *
sp_import_id_normalise (const char *text)
{
  g_autofree char *folded = NULL;
  g_autofree char *parts = NULL;
  GString *out;

  if (g_str_is_ascii (text))
    return normalise_ascii (text);
  folded = g_utf8_casefold (text, -1);
  parts = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  out = g_string_sized_new (strlen (text));
  for (const char *p = parts != NULL ? parts : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, c);
      else if (!g_unichar_ismark (c) && c != '\'' && c != 0x2019 && out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}
