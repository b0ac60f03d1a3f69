/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-couch-client.h"
#include "sp-rights.h"

G_BEGIN_DECLS

/**
 * SpCouchProbe:
 * @n_documents: how many documents the database has, deleted ones too
 * @role: what the account may do there; %SP_ROLE_NONE if the server does not tell
 *
 * What was found at an address.
 */
typedef struct
{
  gint64 n_documents;
  SpRole role;
} SpCouchProbe;

void          sp_couch_probe_async  (SpCouchClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SpCouchProbe *sp_couch_probe_finish (GAsyncResult *result, GError **error);

G_END_DECLS
