/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

/**
 * SpListChoices:
 * @maps: (owned) (nullable): what was said of columns, as in #SpReaderOptions
 * @names: what becomes of columns with the names of people
 * @title_case: whether names in capitals are written like other names
 *
 * What a person chose for a list. All zero is nothing.
 */
typedef struct
{
  GStrv       maps;
  SpNamesRule names;
  gboolean    title_case;
} SpListChoices;

void     sp_list_choices_read    (SpListChoices *self, const SpNode *memory);
SpNode  *sp_list_choices_to_node (const SpListChoices *self);
void     sp_list_choices_copy    (SpListChoices *self, const SpListChoices *other);
gboolean sp_list_choices_complete (SpListChoices *self, const SpListChoices *memory);
gboolean sp_list_choices_is_any  (const SpListChoices *self);
void     sp_list_choices_apply   (const SpListChoices *self, SpReaderOptions *options);
void     sp_list_choices_clear   (SpListChoices *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpListChoices, sp_list_choices_clear)

G_END_DECLS
