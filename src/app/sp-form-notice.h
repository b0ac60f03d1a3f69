/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-entry-edit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FORM_NOTICE (sp_form_notice_get_type ())
G_DECLARE_FINAL_TYPE (SpFormNotice, sp_form_notice, SP, FORM_NOTICE, GtkWidget)

void        sp_form_notice_say          (SpFormNotice *self, const char *text, const char *button, GCallback clicked, gpointer user_data);
void        sp_form_notice_show_clashes (SpFormNotice *self, SpEntryEdit *edit, GPtrArray *clashes);
const char *sp_form_notice_get_text     (SpFormNotice *self);

G_END_DECLS
