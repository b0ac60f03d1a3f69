/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an SpSharing knows: the account that is set up, what that may do, and how the sync is doing. */
#include "sp-sharing-private.h"

#include "sp-rights.h"

/**
 * sp_sharing_is_set_up:
 * @self: a sharing
 *
 * Returns: whether the store is shared with anybody
 */
gboolean
sp_sharing_is_set_up (SpSharing *self)
{
  g_autofree char *address = g_settings_get_string (self->settings, "address");

  return *address != '\0';
}

/**
 * sp_sharing_wants_password:
 * @self: a sharing
 *
 * Returns: whether a person has to give the password before anything happens
 */
gboolean sp_sharing_wants_password (SpSharing *self) { return self->wants_password; }

/**
 * sp_sharing_keeps_password:
 * @self: a sharing
 *
 * Returns: whether this computer keeps passwords, as far as that was tried
 */
gboolean sp_sharing_keeps_password (SpSharing *self) { return self->keeps_password; }

/**
 * sp_sharing_get_account:
 * @self: a sharing
 * @account: (out): a copy of the account
 */
void
sp_sharing_get_account (SpSharing *self, SpSharingAccount *account)
{
  account->address = g_settings_get_string (self->settings, "address");
  account->user = g_settings_get_string (self->settings, "user");
  account->authority = g_settings_get_string (self->settings, "authority");
}

/**
 * sp_sharing_get_submitter:
 * @self: a sharing
 *
 * Returns: (transfer full) (nullable): the account, if it may only propose changes, as the server said the last time; %NULL
 *   if what is changed here need not be accepted by anybody
 */
char *
sp_sharing_get_submitter (SpSharing *self)
{
  g_autofree char *role = g_settings_get_string (self->settings, "role");

  return sp_role_from_name (role) == SP_ROLE_CONTRIBUTOR ? g_settings_get_string (self->settings, "user") : NULL;
}

/**
 * sp_sharing_get_proposer:
 * @self: a sharing
 *
 * Returns: (transfer full) (nullable): the account that proposes what the server refused; %NULL if it may not, or if there
 *   is none
 */
char *
sp_sharing_get_proposer (SpSharing *self)
{
  g_autofree char *role = g_settings_get_string (self->settings, "role");
  g_autofree char *user = g_settings_get_string (self->settings, "user");

  return *user != '\0' && sp_role_from_name (role) != SP_ROLE_VIEWER ? g_steal_pointer (&user) : NULL;
}

/**
 * sp_sharing_find_password:
 * @self: a sharing
 * @account: an account
 *
 * Returns: (nullable): its password, if it is the one that is set up, and the password is known
 */
const char *
sp_sharing_find_password (SpSharing *self, const SpSharingAccount *account)
{
  g_auto (SpSharingAccount) mine = { NULL };

  sp_sharing_get_account (self, &mine);
  return g_str_equal (mine.address, account->address) && g_str_equal (mine.user, account->user) ? self->password : NULL;
}

/**
 * sp_sharing_get_sync:
 * @self: a sharing
 *
 * Returns: (transfer none) (nullable): how it is doing; %NULL if it is not set up, or wants a password
 */
SpSync *sp_sharing_get_sync (SpSharing *self) { return self->sync; }

/**
 * sp_sharing_get_problem:
 * @self: a sharing
 *
 * Returns: (transfer none) (nullable): why nothing can be shared, such as a file that cannot be read, or what the sync met
 */
const GError *
sp_sharing_get_problem (SpSharing *self)
{
  return self->sync != NULL ? sp_sync_get_problem (self->sync) : self->problem;
}

/**
 * sp_sharing_get_refusals:
 * @self: a sharing
 *
 * Returns: (transfer none) (nullable) (element-type SpRefusal): what was refused, as was last known
 */
GPtrArray *sp_sharing_get_refusals (SpSharing *self) { return self->refusals; }
