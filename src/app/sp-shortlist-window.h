/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-window.h"

G_BEGIN_DECLS

#define SP_TYPE_SHORTLIST_WINDOW (sp_shortlist_window_get_type ())
G_DECLARE_FINAL_TYPE (SpShortlistWindow, sp_shortlist_window, SP, SHORTLIST_WINDOW, AdwWindow)

GtkWindow *sp_shortlist_window_new (SpWindow *parent);

G_END_DECLS
