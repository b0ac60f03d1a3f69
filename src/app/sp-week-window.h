/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-window.h"

G_BEGIN_DECLS

#define SP_TYPE_WEEK_WINDOW (sp_week_window_get_type ())
G_DECLARE_FINAL_TYPE (SpWeekWindow, sp_week_window, SP, WEEK_WINDOW, AdwWindow)

GtkWindow *sp_week_window_new (SpWindow *parent, const char *venue);

G_END_DECLS
