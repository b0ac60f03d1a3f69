/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FILTER_CHOOSER (sp_filter_chooser_get_type ())
G_DECLARE_FINAL_TYPE (SpFilterChooser, sp_filter_chooser, SP, FILTER_CHOOSER, GtkPopover)

SpFilterChooser *sp_filter_chooser_new         (void);
void             sp_filter_chooser_set_browser (SpFilterChooser *self, SpBrowser *browser, GSettings *settings);
void             sp_filter_chooser_open        (SpFilterChooser *self, const char *filter);

G_END_DECLS
