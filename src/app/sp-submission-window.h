/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-changes.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_SUBMISSION_WINDOW (sp_submission_window_get_type ())
G_DECLARE_FINAL_TYPE (SpSubmissionWindow, sp_submission_window, SP, SUBMISSION_WINDOW, AdwWindow)

SpSubmissionWindow *sp_submission_window_new (GtkWindow *parent, SpStore *store, SpChanges *changes, const char *id);

G_END_DECLS
