/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-edit.h"

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
 * @lacks: (nullable) (array zero-terminated=1): its revisions that the one who refused it does not have
 * @proposed: whether it was proposed instead, and stays here all the same
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
  GStrv    lacks;
  gboolean proposed;
} SpRefusal;

void       sp_refusal_free    (gpointer refusal);
gboolean   sp_refusals_note   (SpDb *db, const SpRefusal *refusal, GError **error);
gboolean   sp_refusals_forget (SpDb *db, const char *peer, gboolean sent, const char *id, GError **error);
GPtrArray *sp_refusals_list   (SpDb *db, const char *peer, GError **error);
gboolean   sp_refusals_propose (SpDb *db, const char *id, const char *submission, const SpEditStamp *stamp, gboolean *stays, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpRefusal, sp_refusal_free)

G_END_DECLS
