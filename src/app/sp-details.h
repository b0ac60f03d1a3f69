/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_DETAILS (sp_details_get_type ())
G_DECLARE_FINAL_TYPE (SpDetails, sp_details, SP, DETAILS, GtkWidget)

GtkWidget *sp_details_new         (void);
void       sp_details_set_browser (SpDetails *self, SpBrowser *browser);

G_END_DECLS
