/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-query.h"

G_BEGIN_DECLS

/**
 * SpLoosened:
 * @label: what is given up: "Without “Free”", "Within 10 km"
 * @query: what is looked for then
 *
 * A query that asks for less.
 */
typedef struct
{
  char    *label;
  SpQuery *query;
} SpLoosened;

void       sp_loosened_free (SpLoosened *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpLoosened, sp_loosened_free)

GPtrArray *sp_loosen        (SpQuery *query, gboolean miles);

G_END_DECLS
