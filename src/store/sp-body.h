/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-projection.h"

G_BEGIN_DECLS

/**
 * SpBody:
 * @json: the body as it is stored: no insignificant whitespace, no top member that begins with `_`
 * @node: (nullable): the same as a value; %NULL if it was read for a connection that serves
 * @text: (nullable): what full text gets of it, if that was made ahead
 * @rev: (nullable): its revision below the parent that its writer names, if that was made ahead
 *
 * The body of one revision.
 */
typedef struct
{
  char   *json;
  SpNode *node;
  SpText *text;
  char   *rev;
} SpBody;

gboolean sp_body_from_tokens (SpBody *self, const char *bytes, GArray *tokens, GError **error);
gboolean sp_body_take_text  (SpBody *self, const char *bytes, GArray *tokens, GError **error);
gboolean sp_body_from_text  (SpBody *self, const char *bytes, gssize length, GError **error);
gboolean sp_body_from_node  (SpBody *self, SpNode *node, GError **error);
gboolean sp_body_check_member (const char *name, gboolean is_empty, GError **error);
char    *sp_body_make_rev   (const SpBody *self, const char *parent, gboolean deleted);
void     sp_body_clear      (SpBody *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpBody, sp_body_clear)

G_END_DECLS
