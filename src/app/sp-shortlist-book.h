/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store-shortlists.h"

G_BEGIN_DECLS

#define SP_TYPE_SHORTLIST_BOOK (sp_shortlist_book_get_type ())
G_DECLARE_FINAL_TYPE (SpShortlistBook, sp_shortlist_book, SP, SHORTLIST_BOOK, GObject)

/**
 * SpShortlistFunc:
 * @owner: who asked for it
 * @after: (nullable): the list as it is now; %NULL if it was deleted, or nothing was changed
 * @error: (nullable): why nothing was changed
 *
 * A change was made, or was not. Everybody has heard of it by then.
 */
typedef void (*SpShortlistFunc) (gpointer owner, const SpShortlist *after, const GError *error);

SpShortlistBook *sp_shortlist_book_of     (SpStore *store);
void             sp_shortlist_book_change (SpShortlistBook *self, const SpShortlistChange *change, gpointer owner, SpShortlistFunc func);
void             sp_shortlist_book_undo   (SpShortlistBook *self, gpointer owner, SpShortlistFunc func);

G_END_DECLS
