/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-server-private.h"

G_BEGIN_DECLS

void sp_feed_start (SpServer *server, SpStore *store, SpRequest *request, SoupServerMessage *message);

G_END_DECLS
