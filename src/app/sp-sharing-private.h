/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-sharing.h"

G_BEGIN_DECLS

/* For sp-sharing.c and sp-sharing-known.c only. */
struct _SpSharing
{
  GObject parent_instance;

  SpStore      *store;       /* owned */
  SpKeyring    *keyring;     /* owned */
  GSettings    *settings;    /* owned; of this store */
  GCancellable *cancellable; /* owned; of calls under way */
  SpSync       *sync;        /* owned, nullable while it is not set up, or has no password */
  SpCouchClient *client;     /* owned, nullable: of @sync, until its server has said what the account may do */
  GPtrArray    *refusals;    /* owned, nullable; (element-type SpRefusal) */
  char         *password;    /* owned, nullable; of the account that is set up */
  GError       *problem;     /* owned, nullable: why there is no sync */
  gboolean      wants_password;
  gboolean      keeps_password; /* as far as is known */
  guint         idle;        /* source: about to tell of changes */
};

G_END_DECLS
