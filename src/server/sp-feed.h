/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-server-private.h"

G_BEGIN_DECLS

gboolean sp_feed_start (SpServer *server, SpStore *store, const SpRequest *request, SoupServerMessage *message, GError **error);

G_END_DECLS
