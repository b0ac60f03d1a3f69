/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-sharing.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_SHARING_STATUS (sp_sharing_status_get_type ())
G_DECLARE_FINAL_TYPE (SpSharingStatus, sp_sharing_status, SP, SHARING_STATUS, GtkWidget)

void sp_sharing_status_set_sharing (SpSharingStatus *self, SpSharing *sharing);
void sp_sharing_status_set_narrow  (SpSharingStatus *self, gboolean narrow);

G_END_DECLS
