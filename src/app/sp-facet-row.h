/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FACET_ROW (sp_facet_row_get_type ())
G_DECLARE_FINAL_TYPE (SpFacetRow, sp_facet_row, SP, FACET_ROW, GtkListBoxRow)

GtkWidget  *sp_facet_row_new        (const char *label);
const char *sp_facet_row_get_label  (SpFacetRow *self);
void        sp_facet_row_begin      (SpFacetRow *self, const char *label);
gboolean    sp_facet_row_was_focused (SpFacetRow *self);
void        sp_facet_row_set_chosen (SpFacetRow *self, gboolean chosen);
void        sp_facet_row_set_count  (SpFacetRow *self, const char *count);
const char *sp_facet_row_get_count  (SpFacetRow *self);

G_END_DECLS
