/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_RESULT_PANE (sp_result_pane_get_type ())
G_DECLARE_FINAL_TYPE (SpResultPane, sp_result_pane, SP, RESULT_PANE, GtkWidget)

void     sp_result_pane_set_browser (SpResultPane *self, SpBrowser *browser, GSettings *settings);
gboolean sp_result_pane_focus_list  (SpResultPane *self, gboolean select);

G_END_DECLS
