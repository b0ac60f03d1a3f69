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

/**
 * SpFlatStep:
 * @column: which one, or -1 where there are more steps
 * @field: (nullable): what may stand there
 * @next: (nullable): name, or position in a list from "1", → #SpFlatStep
 *
 * One step from an asset's members down to the columns.
 */
typedef struct
{
  int            column;
  const SpField *field;
  GHashTable    *next;
} SpFlatStep;

const SpFlatColumn *sp_flat_get_column   (guint column);
const SpFlatStep   *sp_flat_get_steps    (void);

G_END_DECLS
