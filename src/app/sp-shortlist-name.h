/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_SHORTLIST_NAME (sp_shortlist_name_get_type ())
G_DECLARE_FINAL_TYPE (SpShortlistName, sp_shortlist_name, SP, SHORTLIST_NAME, GtkWidget)

void sp_shortlist_name_set_text (SpShortlistName *self, const char *text);

G_END_DECLS
