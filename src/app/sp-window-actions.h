/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-window.h"

G_BEGIN_DECLS

/* Each feature brings its actions in a file of its own, sp-window-<feature>.c; sp-window.c calls them all. */
void sp_window_add_browse_actions  (SpWindow *self);
void sp_window_add_changes_actions (SpWindow *self);
void sp_window_add_export_actions  (SpWindow *self);
void sp_window_add_import_actions  (SpWindow *self);
void sp_window_add_details_actions (SpWindow *self);
void sp_window_add_entries_actions (SpWindow *self);
void sp_window_add_print_actions   (SpWindow *self);
void sp_window_add_refused_actions (SpWindow *self);
void sp_window_add_remove_actions (SpWindow *self);
void sp_window_add_shortlists_actions (SpWindow *self);
void sp_window_add_unplaced_actions (SpWindow *self);
void sp_window_add_updates_actions (SpWindow *self);
void sp_window_add_week_actions (SpWindow *self);

G_END_DECLS
