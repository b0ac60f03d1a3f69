/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-sharing.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_SHARING_PAGE (sp_sharing_page_get_type ())
G_DECLARE_FINAL_TYPE (SpSharingPage, sp_sharing_page, SP, SHARING_PAGE, GtkWidget)

void sp_sharing_page_set_sharing (SpSharingPage *self, SpSharing *sharing);
void sp_sharing_page_cancel      (SpSharingPage *self);

G_END_DECLS
