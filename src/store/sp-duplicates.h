/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-likeness.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpDuplicate:
 * @ids: document ids of the two, in ascending order
 * @names: (nullable): their names
 * @score: how likely they are the same thing, %SP_LIKENESS_DUPLICATE to 1
 * @reasons: what they share
 *
 * Two entries of a store that probably mean the same thing.
 */
typedef struct
{
  char             *ids[2];
  char             *names[2];
  double            score;
  SpLikenessReasons reasons;
} SpDuplicate;

void       sp_duplicate_free  (SpDuplicate *self);
GPtrArray *sp_duplicates_find (SpDb *db, GCancellable *cancellable, GFileProgressCallback progress, gpointer user_data, GError **error);

G_END_DECLS
