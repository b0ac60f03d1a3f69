/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-field.h"

G_BEGIN_DECLS

#define SP_FLAT_MAX_ITEMS 9 /* of one list that have columns of their own */

/**
 * SpFlatColumn:
 * @title: what stands above it
 * @steps: (array zero-terminated=1): names, and positions in lists from 1
 * @field: (nullable): what may stand in it; %NULL of `_id` and `_rest`
 *
 * One column of our own CSV.
 */
typedef struct
{
  char          *title;
  char         **steps;
  const SpField *field;
} SpFlatColumn;

const SpFlatColumn *sp_flat_get_column   (guint column);
int                 sp_flat_find_path    (const char *path);

G_END_DECLS
