/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_LINE_BOX (sp_line_box_get_type ())
G_DECLARE_FINAL_TYPE (SpLineBox, sp_line_box, SP, LINE_BOX, GtkWidget)

G_END_DECLS
