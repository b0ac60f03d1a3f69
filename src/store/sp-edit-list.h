/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

#define SP_EDIT_LIST_MAX_STEPS 8
#define SP_EDIT_LIST_MAX_BYTES 4096 /* of the whole list as JSON */

SpNode   *sp_edit_list_prepend  (const SpNode *list, SpNode *step);
gboolean  sp_edit_list_knows (const SpNode *list, const SpNode *step);
SpNode   *sp_edit_list_keep_erased (const SpNode *list);
void     sp_edit_list_add_erasures (SpNode *steps, const SpNode *list);
SpNode   *sp_edit_list_strip    (const SpNode *list, GPtrArray *members);
const SpNode *sp_edit_list_get_newest (const SpNode *body);
guint     sp_edit_list_count    (const SpNode *list, const char * const *revisions);
SpNode   *sp_edit_list_rebuild  (const SpNode *body, const char * const *revisions, const char *rev);
void      sp_edit_list_add_names (const SpNode *step, GPtrArray *members);
void      sp_edit_list_add_erased (const SpNode *list, GPtrArray *members);
SpNode   *sp_edit_list_diff     (const SpNode *before, const SpNode *after);
gboolean  sp_edit_list_contains (GPtrArray *members, const char *member);
SpNode   *sp_edit_list_without_original (const SpNode *source);

G_END_DECLS
