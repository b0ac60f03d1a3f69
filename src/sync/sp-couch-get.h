/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-couch-client.h"

G_BEGIN_DECLS

/**
 * SpCouchWays:
 * @at_once: how many documents to ask for at once; 0 for as many as may be
 * @one_by_one: whether it has no `_bulk_get`, and gives them by themselves only
 *
 * What was found out of how a server gives documents.
 */
typedef struct
{
  guint    at_once;
  gboolean one_by_one;
} SpCouchWays;

void sp_couch_get_documents (SpCouchClient *client, GPtrArray *revs, SpCouchWays *ways, GTask *task);

G_END_DECLS
