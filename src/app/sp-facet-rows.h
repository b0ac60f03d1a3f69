/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-facet-row.h"

G_BEGIN_DECLS

/**
 * SpFacetRows:
 *
 * The rows of a list of answers, used again for the next question.
 */
typedef struct _SpFacetRows SpFacetRows;

SpFacetRows *sp_facet_rows_new       (GtkListBox *list);
void         sp_facet_rows_free      (SpFacetRows *self);
void         sp_facet_rows_clear     (SpFacetRows *self);
SpFacetRow  *sp_facet_rows_add       (SpFacetRows *self, const char *label);
SpFacetRow  *sp_facet_rows_find_first (SpFacetRows *self);
gboolean     sp_facet_rows_focus (SpFacetRows *self);
void         sp_facet_rows_show      (SpFacetRows *self);
guint        sp_facet_rows_count     (SpFacetRows *self);
SpFacetRow  *sp_facet_rows_get       (SpFacetRows *self, guint number);

G_END_DECLS
