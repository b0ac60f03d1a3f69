/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-application.h"
#include "sp-browser.h"
#include "sp-changes.h"
#include "sp-sharing.h"

G_BEGIN_DECLS

#define SP_TYPE_WINDOW (sp_window_get_type ())
G_DECLARE_FINAL_TYPE (SpWindow, sp_window, SP, WINDOW, AdwApplicationWindow)

SpWindow  *sp_window_new          (SpApplication *application, const char *store);
SpWindow  *sp_window_of           (GtkWidget *widget);
SpBrowser *sp_window_get_browser  (SpWindow *self);
SpChanges *sp_window_get_changes  (SpWindow *self);
SpSharing *sp_window_get_sharing  (SpWindow *self);
GSettings *sp_window_get_settings (SpWindow *self);
void       sp_window_toast        (SpWindow *self, const char *text, const char *button, const char *action);
void       sp_window_toast_file   (SpWindow *self, const char *text, GFile *file);

G_END_DECLS
