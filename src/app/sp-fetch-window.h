/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_FETCH_WINDOW (sp_fetch_window_get_type ())
G_DECLARE_FINAL_TYPE (SpFetchWindow, sp_fetch_window, SP, FETCH_WINDOW, AdwWindow)

SpFetchWindow *sp_fetch_window_new (GtkWindow *parent);

G_END_DECLS
