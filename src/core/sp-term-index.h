/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpTermIndex:
 *
 * Finds the owners of short phrases by the beginning of a word, or by what somebody said. Fill it, seal it, then any
 * number of threads may ask.
 */
typedef struct _SpTermIndex SpTermIndex;

SpTermIndex *sp_term_index_new    (void);
void         sp_term_index_free   (SpTermIndex *self);
void         sp_term_index_add    (SpTermIndex *self, const char *term, guint owner, guint distance);
void         sp_term_index_seal   (SpTermIndex *self);
GArray      *sp_term_index_prefix (const SpTermIndex *self, const char *word_prefix);
GArray      *sp_term_index_rank   (const SpTermIndex *self, const char *phrase);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpTermIndex, sp_term_index_free)

G_END_DECLS
