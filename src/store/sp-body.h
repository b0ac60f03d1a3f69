/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpBody:
 * @json: the body as it is stored: no insignificant whitespace, no top member that begins with `_`
 * @node: the same as a value
 *
 * The body of one revision.
 */
typedef struct
{
  char   *json;
  SpNode *node;
} SpBody;

gboolean sp_body_from_tokens (SpBody *self, const char *bytes, GArray *tokens, GError **error);
gboolean sp_body_from_parts (SpBody *self, const char *bytes, GArray *tokens, SpNode *node, GError **error);
gboolean sp_body_from_text  (SpBody *self, const char *bytes, gssize length, GError **error);
gboolean sp_body_from_node  (SpBody *self, SpNode *node, GError **error);
gboolean sp_body_check      (const SpNode *node, gboolean *plain, GError **error);
void     sp_body_clear      (SpBody *self);
void     sp_body_append_minified (GString *out, const char *bytes, gsize length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpBody, sp_body_clear)

G_END_DECLS
