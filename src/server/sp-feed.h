/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-request.h"
#include "sp-store.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

gboolean sp_feed_start (SpStore *store, const SpRequest *request, SoupServerMessage *message, guint slow_s, GError **error);

G_END_DECLS
