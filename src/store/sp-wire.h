/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-docs.h"

G_BEGIN_DECLS

#define SP_WIRE_MAX_REVISIONS 1000 /* ids of one `_revisions` that are read: the newest */

/**
 * SpWireHead:
 * @id: (nullable): `_id`
 * @revisions: (nullable): `_rev` and its ancestors, newest first
 * @deleted: `_deleted`
 * @has_type: whether it has a member `type`
 * @type: (nullable): that member, if it is a text
 * @state: (nullable): its member `state`, if it is a text
 *
 * What a document that travels says of itself.
 */
typedef struct
{
  char    *id;
  GStrv    revisions;
  gboolean deleted;
  gboolean has_type;
  char    *type;
  char    *state;
} SpWireHead;

void     sp_wire_head_clear (SpWireHead *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpWireHead, sp_wire_head_clear)

gboolean sp_wire_read_head  (const char *json, gsize length, SpWireHead *head, GError **error);
gboolean sp_wire_read_tokens (const char *json, GArray *tokens, SpWireHead *head, GError **error);
gboolean sp_wire_read_edit  (const char *json, GArray *tokens, SpWireHead *head, GError **error);
gboolean sp_wire_append     (SpDb *db, const SpDoc *doc, gboolean with_revisions, GString *out, GError **error);

G_END_DECLS
