/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of online maps: https://tile.example.org/{z}/{x}/{y}.png. Only encrypted ones, or who listens on the way would
 * see where somebody looks for help; unencrypted ones only on this machine, for tests and local servers. */
#include "sp-online-address.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * sp_online_address_is_allowed:
 * @uri: an address, without places to fill
 * @error: %SP_ERROR_DENIED with a sentence
 *
 * Returns: whether it may be asked for pictures
 */
gboolean
sp_online_address_is_allowed (GUri *uri, GError **error)
{
  const char *host = g_uri_get_host (uri);

  if (host != NULL && *host != '\0'
      && (g_str_equal (g_uri_get_scheme (uri), "https")
          || (g_str_equal (g_uri_get_scheme (uri), "http") && is_this_machine (host))))
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_DENIED, _("The address of an online map must begin with https://"));
  return FALSE;
}

/**
 * sp_online_address_fill:
 * @address: with {z}, {x} and {y}
 * @x: column of a tile
 * @y: row, from the north
 * @zoom: zoom level
 *
 * Returns: (transfer full): the address of one tile
 */
char *
sp_online_address_fill (const char *address, guint x, guint y, int zoom)
{
  g_autoptr (GString) out = g_string_new (address);
  char number[16];

  g_snprintf (number, sizeof number, "%d", zoom);
  g_string_replace (out, "{z}", number, 0);
  g_snprintf (number, sizeof number, "%u", x);
  g_string_replace (out, "{x}", number, 0);
  g_snprintf (number, sizeof number, "%u", y);
  g_string_replace (out, "{y}", number, 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * sp_online_address_parse:
 * @address: what somebody wrote
 * @error: %SP_ERROR_INVALID or %SP_ERROR_DENIED, with a sentence that says what would be right
 *
 * Returns: (transfer full) (nullable): the address of the first of its tiles
 */
GUri *
sp_online_address_parse (const char *address, GError **error)
{
  g_autofree char *first = sp_online_address_fill (address, 0, 0, 0);
  g_autoptr (GUri) uri = NULL;

  if (strstr (address, "{z}") == NULL || strstr (address, "{x}") == NULL || strstr (address, "{y}") == NULL)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID,
                           _("The address of an online map needs {z}, {x} and {y}, like https://tile.openstreetmap.org/{z}/{x}/{y}.png"));
      return NULL;
    }
  uri = g_uri_parse (first, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || strpbrk (first, "{}") != NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("“%s” is not the address of an online map"), address);
      return NULL;
    }
  return sp_online_address_is_allowed (uri, error) ? g_steal_pointer (&uri) : NULL;
}
