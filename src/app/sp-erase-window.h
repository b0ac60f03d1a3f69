/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_ERASE_WINDOW (sp_erase_window_get_type ())
G_DECLARE_FINAL_TYPE (SpEraseWindow, sp_erase_window, SP, ERASE_WINDOW, AdwWindow)

SpEraseWindow *sp_erase_window_new (GtkWindow *parent, SpStore *store, const char *author, const char *id);

G_END_DECLS
