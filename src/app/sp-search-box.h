/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_SEARCH_BOX (sp_search_box_get_type ())
G_DECLARE_FINAL_TYPE (SpSearchBox, sp_search_box, SP, SEARCH_BOX, GtkWidget)

void         sp_search_box_set_browser     (SpSearchBox *self, SpBrowser *browser);
void         sp_search_box_set_key_capture (SpSearchBox *self, GtkWidget *widget);
GtkEditable *sp_search_box_get_editable    (SpSearchBox *self);

G_END_DECLS
