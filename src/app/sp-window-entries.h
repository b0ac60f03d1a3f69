/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-draft-list.h"
#include "sp-entry-form.h"
#include "sp-window.h"

G_BEGIN_DECLS

SpDraftList *sp_window_get_drafts  (SpWindow *self);
SpEntryForm *sp_window_new_form    (SpWindow *self);
GMenuModel  *sp_draft_menu_new     (SpDraftList *drafts);

G_END_DECLS
