/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-server-private.h"

G_BEGIN_DECLS

void        sp_identify_cb          (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data);
const char *sp_identify_get_account (SoupServerMessage *message);

G_END_DECLS
