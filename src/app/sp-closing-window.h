/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-changes.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_CLOSING_WINDOW (sp_closing_window_get_type ())
G_DECLARE_FINAL_TYPE (SpClosingWindow, sp_closing_window, SP, CLOSING_WINDOW, AdwWindow)

SpClosingWindow *sp_closing_window_new (GtkWindow *parent, SpStore *store, SpChanges *changes, const char *id);

G_END_DECLS
