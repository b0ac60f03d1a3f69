/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store-updates.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget  *sp_updates_row_new_conflict (const SpConflict *conflict);
GtkWidget  *sp_updates_row_new_proposal (const SpProposal *proposal, gboolean own);
GtkWidget  *sp_updates_row_new_news     (const SpNewsItem *item);
const char *sp_updates_row_get_action   (GtkListBoxRow *row, const char **id);

char       *sp_updates_row_say_state    (const SpSubmission *submission);

G_END_DECLS
