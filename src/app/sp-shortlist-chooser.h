/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-window.h"

G_BEGIN_DECLS

#define SP_TYPE_SHORTLIST_CHOOSER (sp_shortlist_chooser_get_type ())
G_DECLARE_FINAL_TYPE (SpShortlistChooser, sp_shortlist_chooser, SP, SHORTLIST_CHOOSER, AdwWindow)

GtkWindow *sp_shortlist_chooser_new (SpWindow *parent, const char *id);

G_END_DECLS
