/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_PANE_HANDLE_WIDTH 9 /* pixels; the line that is seen is one */

#define SP_TYPE_PANE_HANDLE (sp_pane_handle_get_type ())
G_DECLARE_FINAL_TYPE (SpPaneHandle, sp_pane_handle, SP, PANE_HANDLE, GtkWidget)

GtkWidget *sp_pane_handle_new (const char *label);

G_END_DECLS
