/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-sharing.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_PREFERENCES (sp_preferences_get_type ())
G_DECLARE_FINAL_TYPE (SpPreferences, sp_preferences, SP, PREFERENCES, AdwWindow)

SpPreferences *sp_preferences_new        (GtkWindow *parent, GSettings *settings, SpStore *store);
void           sp_preferences_set_sharing (SpPreferences *self, SpSharing *sharing, gboolean show);
gboolean       sp_preferences_is_tile_url (const char *url);

G_END_DECLS
