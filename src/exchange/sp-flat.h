/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

#define SP_FLAT_REST "_rest"

/**
 * SpFlatCell:
 * @column: which one, see sp_flat_get_title()
 * @text: what stands in it
 *
 * One cell of a row that is not empty.
 */
typedef struct
{
  guint column;
  char *text;
} SpFlatCell;

guint       sp_flat_get_n_columns (void);
const char *sp_flat_get_title     (guint column);
int         sp_flat_find          (const char *title);
const char *sp_flat_unprotect     (const char *text);
GArray     *sp_flat_from_asset    (const SpNode *asset);
SpNode     *sp_flat_to_asset      (GArray *cells, GPtrArray *refused);
void        sp_flat_add_rest      (SpNode *body, GArray *cells, GPtrArray *refused);

G_END_DECLS
