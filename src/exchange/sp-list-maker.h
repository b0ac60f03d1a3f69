/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

/**
 * SpListMaker:
 *
 * Makes assets of the rows below one header.
 */
typedef struct _SpListMaker SpListMaker;

SpListMaker     *sp_list_maker_new         (const char * const *header, guint n, GPtrArray *sample,
                                            const SpReaderOptions *options, GError **error);
void             sp_list_maker_free        (SpListMaker *self);
SpRecord        *sp_list_maker_make        (SpListMaker *self, guint number, const char * const *cells, guint n_cells, GError **error);
const SpColumns *sp_list_maker_get_columns (SpListMaker *self);
const char      *sp_list_maker_get_header  (SpListMaker *self, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpListMaker, sp_list_maker_free)

G_END_DECLS
