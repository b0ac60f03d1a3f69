/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *sp_form_label_new       (const char *text, const char *style);
GtkWidget *sp_form_button_new      (const char *text);
GtkWidget *sp_form_check_new       (const char *text);
void       sp_form_drop_down_fit   (GtkDropDown *list);
void       sp_form_drop_down_name  (GtkDropDown *list, GtkAccessible *label);
GtkWidget *sp_form_flow_new        (guint most);
void       sp_form_flow_add        (GtkFlowBox *flow, GtkWidget *button);

G_END_DECLS
