/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-accounts.h"

G_BEGIN_DECLS

/**
 * SpRecall:
 *
 * Who was let in before, by what they show again: the token of a session, or a name and its password.
 */
typedef struct _SpRecall SpRecall;

SpRecall   *sp_recall_new    (guint life_s);
void        sp_recall_free   (SpRecall *self);
void        sp_recall_add    (SpRecall *self, SpAccounts *accounts, const char *key, const char *name);
const char *sp_recall_find   (SpRecall *self, SpAccounts *accounts, const char *key);
gboolean    sp_recall_is_due (SpRecall *self, SpAccounts *accounts, const char *key);
void        sp_recall_remove (SpRecall *self, const char *key);

G_END_DECLS
