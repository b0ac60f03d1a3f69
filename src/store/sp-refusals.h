/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

/**
 * SpRefusal:
 * @peer: uuid of the other replica
 * @id: document id
 * @rev: (nullable): the revision that was refused
 * @name: (nullable): the document's name, where it is here and has one
 * @reason: why, a sentence
 * @sent: whether this store sent it; else it came from the other one
 * @on: when, seconds since 1970
 *
 * A document that could not go from one replica to another.
 */
typedef struct
{
  char    *peer;
  char    *id;
  char    *rev;
  char    *name;
  char    *reason;
  gboolean sent;
  gint64   on;
} SpRefusal;

void       sp_refusal_free    (gpointer refusal);
gboolean   sp_refusals_note   (SpDb *db, const SpRefusal *refusal, GError **error);
gboolean   sp_refusals_forget (SpDb *db, const char *peer, gboolean sent, const char *id, GError **error);
GPtrArray *sp_refusals_list   (SpDb *db, const char *peer, GError **error);

G_END_DECLS
