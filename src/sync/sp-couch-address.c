/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an address tells before anybody is asked: whether the server is on this machine, and whether a password may go there. */
#include "sp-couch-address.h"

#include <gio/gio.h>

/**
 * sp_couch_address_is_near:
 * @address: of a server
 *
 * Returns: whether it is on this machine
 */
gboolean
sp_couch_address_is_near (GUri *address)
{
  const char *host = g_uri_get_host (address);
  g_autoptr (GInetAddress) number = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return number != NULL ? g_inet_address_get_is_loopback (number) : g_strcmp0 (host, "localhost") == 0;
}

/**
 * sp_couch_address_is_safe:
 * @address: of a server
 *
 * Returns: whether nobody on the way there can read a password
 */
gboolean
sp_couch_address_is_safe (GUri *address)
{
  const char *scheme = g_uri_get_scheme (address);

  return g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && sp_couch_address_is_near (address));
}
