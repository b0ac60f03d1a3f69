/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-json-gate.h"

G_BEGIN_DECLS

/**
 * SpNode:
 *
 * One JSON value in memory: the body of a document, or a part of it. Numbers keep the lexeme they were written
 * with, members keep their order. Reference counted (atomically); change a node only while nobody else holds it,
 * after that it may cross threads.
 */
typedef struct _SpNode SpNode;

SpNode     *sp_node_parse        (const char *bytes, gssize length, GError **error);
SpNode     *sp_node_parse_large        (const char *bytes, gsize length, gsize most, GError **error);
SpNode     *sp_node_from_tokens  (const char *bytes, GArray *tokens, guint index);
SpNode     *sp_node_new_object   (void);
SpNode     *sp_node_new_array    (void);
SpNode     *sp_node_new_string   (const char *text);
SpNode     *sp_node_new_number   (double value);
SpNode     *sp_node_new_lexeme   (const char *lexeme);
SpNode     *sp_node_new_boolean  (gboolean value);
SpNode     *sp_node_new_null     (void);
SpNode     *sp_node_copy         (const SpNode *self);
SpNode     *sp_node_ref          (SpNode *self);
void        sp_node_unref        (SpNode *self);

SpJsonType  sp_node_get_kind     (const SpNode *self);
gboolean    sp_node_is_object    (const SpNode *self);
gboolean    sp_node_is_array     (const SpNode *self);
const char *sp_node_get_string   (const SpNode *self);
double      sp_node_get_double   (const SpNode *self);
gboolean    sp_node_get_boolean  (const SpNode *self);
const char *sp_node_get_lexeme   (const SpNode *self);

guint       sp_node_get_length   (const SpNode *self);
SpNode     *sp_node_get_element  (const SpNode *self, guint index);
const char *sp_node_get_name     (const SpNode *self, guint index);
void        sp_node_append       (SpNode *self, SpNode *element);
void        sp_node_remove_index (SpNode *self, guint index);
void        sp_node_sort         (SpNode *self, GCompareFunc compare);

SpNode     *sp_node_get          (const SpNode *self, const char *member);
const char *sp_node_get_text     (const SpNode *self, const char *member);
double      sp_node_get_number   (const SpNode *self, const char *member);
gboolean    sp_node_get_flag     (const SpNode *self, const char *member, gboolean fallback);
SpNode     *sp_node_get_path     (const SpNode *self, const char *path);
void        sp_node_set          (SpNode *self, const char *member, SpNode *value);
void        sp_node_set_text     (SpNode *self, const char *member, const char *text);
gboolean    sp_node_remove       (SpNode *self, const char *member);

char       *sp_node_to_json      (const SpNode *self);
char       *sp_node_to_canonical (const SpNode *self);
void        sp_node_append_json  (const SpNode *self, GString *out);
void        sp_node_append_member  (const SpNode *self, guint index, GString *out);
void        sp_node_append_canonical (const SpNode *self, gboolean top, GString *out);
gboolean    sp_node_equal        (const SpNode *a, const SpNode *b);
int         sp_node_compare      (const SpNode *a, const SpNode *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpNode, sp_node_unref)

G_END_DECLS
