/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the server share among themselves. */

#include "sp-databases.h"
#include "sp-feeds.h"
#include "sp-login.h"
#include "sp-request.h"
#include "sp-server.h"

G_BEGIN_DECLS

struct _SpServer
{
  GObject parent_instance;

  char        *folder;
  char        *listen;
  char        *uuid;
  gboolean     behind_proxy;
  gsize        max_body;  /* bytes of a request, unpacked */
  guint        slow_s;    /* for which a reader of a feed may take nothing */
  guint        session_s; /* for which a session lasts after its last use */
  gboolean     is_secure; /* whether passwords travel encrypted all the way */
  GStrv        origins;
  SoupServer  *soup;      /* owned */
  SpLogin     *login;     /* owned */
  SpDatabases *databases; /* owned */
  SpFeeds     *feeds;     /* owned */
};

void sp_server_handle_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data);

G_END_DECLS
