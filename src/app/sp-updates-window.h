/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-window.h"

G_BEGIN_DECLS

#define SP_TYPE_UPDATES_WINDOW (sp_updates_window_get_type ())
G_DECLARE_FINAL_TYPE (SpUpdatesWindow, sp_updates_window, SP, UPDATES_WINDOW, AdwWindow)

SpUpdatesWindow *sp_updates_window_new (SpWindow *parent);

G_END_DECLS
