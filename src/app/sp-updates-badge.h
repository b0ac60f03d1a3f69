/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-changes.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_UPDATES_BADGE (sp_updates_badge_get_type ())
G_DECLARE_FINAL_TYPE (SpUpdatesBadge, sp_updates_badge, SP, UPDATES_BADGE, GtkWidget)

void sp_updates_badge_watch   (SpUpdatesBadge *self, SpStore *store, SpChanges *changes);
void sp_updates_badge_refresh (SpUpdatesBadge *self);

G_END_DECLS
