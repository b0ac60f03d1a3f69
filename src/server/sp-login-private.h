/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of logging in share. */

#include "sp-attempts.h"
#include "sp-file-watch.h"
#include "sp-login.h"
#include "sp-recall.h"

#include <sodium.h>

G_BEGIN_DECLS

struct _SpLogin
{
  GObject parent_instance;

  char         *path;
  SpAccounts   *accounts; /* owned */
  SpFileWatch  *watch;    /* owned, nullable */
  guint         loads;    /* how often a thread was asked to read the file */
  guint         loaded;   /* which of these brought @accounts; 0 if none did */
  SpRecall     *sessions; /* owned; by their tokens */
  SpRecall     *right;    /* owned; by a keyed hash of name and password */
  SpAttempts   *attempts; /* owned */
  GHashTable   *checks;   /* address and keyed hash → the check that is under way */
  guchar        key[crypto_generichash_KEYBYTES];
};

G_END_DECLS
