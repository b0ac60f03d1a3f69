/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSharingAccount: whom a store is shared with, as a person types it. */
#include "sp-sharing-account.h"

#include "sp-couch-address.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * sp_sharing_account_clear:
 * @self: an account; its members are freed, not itself
 */
void
sp_sharing_account_clear (SpSharingAccount *self)
{
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->authority, g_free);
}

/**
 * sp_sharing_read_address:
 * @text: what a person typed; without a scheme https is meant
 * @error: %SP_ERROR_INVALID with a sentence
 *
 * Returns: (transfer full) (nullable): the address of a database, with a slash at its end
 */
char *
sp_sharing_read_address (const char *text, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *full = strstr (trimmed, "://") != NULL ? g_strdup (trimmed) : g_strconcat ("https://", trimmed, NULL);
  g_autoptr (GUri) uri = g_uri_parse (full, G_URI_FLAGS_ENCODED, NULL);
  const char *problem = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    problem = _("An address looks like https://signpost.example.org/maryport");
  else if (g_uri_get_userinfo (uri) != NULL)
    problem = _("Name and password have fields of their own");
  else if (strlen (g_uri_get_path (uri)) < 2)
    problem = _("The address ends with the name of a list, as in https://signpost.example.org/maryport");
  else if (!sp_couch_address_is_safe (uri))
    problem = _("The address begins with https://, so that nobody on the way reads the password");
  if (problem != NULL)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, problem);
      return NULL;
    }
  return g_str_has_suffix (full, "/") ? g_steal_pointer (&full) : g_strconcat (full, "/", NULL);
}

/**
 * sp_sharing_make_client:
 * @account: an account with an address that sp_sharing_read_address() gave
 * @password: (nullable): its password
 * @error: why the file of authorities cannot be read
 *
 * Returns: (transfer full) (nullable): a client
 */
SpCouchClient *
sp_sharing_make_client (const SpSharingAccount *account, const char *password, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (account->address, G_URI_FLAGS_ENCODED, error);
  g_autoptr (SpCouchClient) client = NULL;

  if (uri == NULL)
    return NULL;
  client = sp_couch_client_new (uri, *account->user != '\0' ? account->user : NULL, password);
  if (*account->authority != '\0' && !sp_couch_client_set_authority (client, account->authority, error))
    return NULL;
  return g_steal_pointer (&client);
}
