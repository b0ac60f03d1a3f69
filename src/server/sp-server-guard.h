/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * SpGuardLimits:
 * @body: bytes of a request's body
 * @idle_s: how long a connection may say nothing
 * @request_s: how long a request may take to arrive
 * @connections: at once from one address; 0 for any number
 * @slow_s: how long a reader of a feed may take nothing
 * @bodies: bytes of all requests' bodies together, of all clients
 *
 * How much one client may ask for; times are in seconds.
 */
typedef struct
{
  gsize body;
  guint idle_s;
  guint request_s;
  guint connections;
  guint slow_s;
  gsize bodies;
} SpGuardLimits;

void sp_guard_watch   (SoupServer *server, const SpGuardLimits *limits);
void sp_guard_cut_off (SoupServerMessage *message);

G_END_DECLS
