/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FILTER_BAR (sp_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (SpFilterBar, sp_filter_bar, SP, FILTER_BAR, GtkWidget)

void sp_filter_bar_set_browser (SpFilterBar *self, SpBrowser *browser, GSettings *settings);

G_END_DECLS
