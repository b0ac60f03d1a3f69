/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-background.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define SP_TYPE_FORM_MAP (sp_form_map_get_type ())
G_DECLARE_FINAL_TYPE (SpFormMap, sp_form_map, SP, FORM_MAP, GtkWidget)

void     sp_form_map_set_background (SpFormMap *self, SpMapBackground *background);
void     sp_form_map_set_pin    (SpFormMap *self, double latitude, double longitude);
void     sp_form_map_look_at    (SpFormMap *self, double latitude, double longitude);
gboolean sp_form_map_get_pin    (SpFormMap *self, double *latitude, double *longitude);

G_END_DECLS
