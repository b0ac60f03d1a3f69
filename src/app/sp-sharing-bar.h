/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-sharing.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_SHARING_BAR (sp_sharing_bar_get_type ())
G_DECLARE_FINAL_TYPE (SpSharingBar, sp_sharing_bar, SP, SHARING_BAR, GtkWidget)

void sp_sharing_bar_set_sharing (SpSharingBar *self, SpSharing *sharing);

G_END_DECLS
