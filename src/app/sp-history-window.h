/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-changes.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_HISTORY_WINDOW (sp_history_window_get_type ())
G_DECLARE_FINAL_TYPE (SpHistoryWindow, sp_history_window, SP, HISTORY_WINDOW, AdwWindow)

SpHistoryWindow *sp_history_window_new (GtkWindow *parent, SpStore *store, SpChanges *changes, const char *id);

G_END_DECLS
