/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_EMPTY_PAGE (sp_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (SpEmptyPage, sp_empty_page, SP, EMPTY_PAGE, GtkWidget)

void sp_empty_page_explain (SpEmptyPage *self, SpBrowser *browser, gboolean miles);

G_END_DECLS
