/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a value is made of, for the files that need to know: sp-node.c, sp-node-parse.c and sp-node-print.c. */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/* A scalar is one allocation that ends with its text. A container that was parsed keeps its children, their names and
 * the bytes of the names in one block; names that come later are allocated one by one. */
struct _SpNode
{
  gint   ref_count; /* atomic */
  guint8 kind;      /* SpJsonType */
  union
  {
    struct
    {
      guint       length;   /* children */
      guint       room;
      SpNode    **children; /* owned; in the block, or allocated once the block is too small */
      char      **names;    /* of an object, else NULL; as children */
      char       *block;    /* owned, nullable */
      gsize       block_size;
    };
    char text[1]; /* of a string or number; really as long as it is */
  };
};

static inline gboolean
sp_node_is_container (const SpNode *self)
{
  return self->kind == SP_JSON_OBJECT || self->kind == SP_JSON_ARRAY;
}

SpNode *sp_node_new_container (SpJsonType kind);
SpNode *sp_node_new_scalar    (SpJsonType kind, gsize length);
void    sp_node_add_child     (SpNode *self, char *name, SpNode *value);

G_END_DECLS
