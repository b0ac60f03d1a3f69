/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-answer.h"
#include "sp-docs.h"
#include "sp-rights.h"

G_BEGIN_DECLS

/**
 * SpRequest:
 * @method: of HTTP
 * @parts: the path, cut at slashes and then decoded
 * @query: parameters, decoded
 * @body: what was sent
 * @packed: whether that is gzip, still
 * @limit: bytes that it may have unpacked
 * @unpacks: whether the answer may be gzip
 * @type: (nullable): its Content-Type
 * @match: (nullable): the revision that If-Match names
 * @database: name of the database, or empty
 * @account: (nullable): who asks
 * @role: what that account may do in @database
 *
 * A request as its handler sees it: immutable once it is unpacked, so that a thread of the store may read it.
 */
typedef struct
{
  char       *method;
  GStrv       parts;
  GHashTable *query;
  GBytes     *body;
  gboolean    packed;
  gsize       limit;
  gboolean    unpacks;
  char       *type;
  char       *match;
  char       *database;
  char       *account;
  SpRole      role;
} SpRequest;

SpRequest  *sp_request_new       (const char *method, const char *path, const char *query, GBytes *body, GError **error);
SpRequest  *sp_request_ref       (SpRequest *self);
void        sp_request_unref     (gpointer self);
gboolean    sp_request_unpack    (SpRequest *self, GError **error);
const char *sp_request_get       (const SpRequest *self, const char *name);
gboolean    sp_request_get_flag  (const SpRequest *self, const char *name);
guint       sp_request_get_count (const SpRequest *self, const char *name, guint fallback);
const char *sp_request_get_bytes (const SpRequest *self, gsize *length);
SpNode     *sp_request_parse     (const SpRequest *self, GError **error);
SpNode     *sp_request_parse_around (const SpRequest *self, const char *list, GArray **ranges, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpRequest, sp_request_unref)

/**
 * SpHandler:
 * @db: a connection of the database; the writing one if the route says so
 * @request: what is asked
 * @error: why it failed; becomes the answer
 *
 * Answers one kind of request, on a thread of the store.
 *
 * Returns: (transfer full) (nullable): the answer
 */
typedef SpAnswer *(*SpHandler) (SpDb *db, const SpRequest *request, GError **error);

G_END_DECLS
