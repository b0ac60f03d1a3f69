/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-changes.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_CONFLICT_WINDOW (sp_conflict_window_get_type ())
G_DECLARE_FINAL_TYPE (SpConflictWindow, sp_conflict_window, SP, CONFLICT_WINDOW, AdwWindow)

SpConflictWindow *sp_conflict_window_new (GtkWindow *parent, SpStore *store, SpChanges *changes, const char *id);

G_END_DECLS
