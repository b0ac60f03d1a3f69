/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-shortlists.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_SHORTLIST_ROW (sp_shortlist_row_get_type ())
G_DECLARE_FINAL_TYPE (SpShortlistRow, sp_shortlist_row, SP, SHORTLIST_ROW, GtkListBoxRow)

GtkWidget  *sp_shortlist_row_new      (const char *id);
const char *sp_shortlist_row_get_id   (SpShortlistRow *self);
void        sp_shortlist_row_commit   (SpShortlistRow *self);
void        sp_shortlist_row_show     (SpShortlistRow *self, const SpShortlistItem *item, guint position, guint total);

G_END_DECLS
