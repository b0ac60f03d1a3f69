/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-scale-bar.h"

#include <gtk/gtk.h>
#include <shumate/shumate.h>

G_BEGIN_DECLS

#define SP_TYPE_MAP_SCALE (sp_map_scale_get_type ())
G_DECLARE_FINAL_TYPE (SpMapScale, sp_map_scale, SP, MAP_SCALE, GtkWidget)

void        sp_map_scale_set_viewport (SpMapScale *self, ShumateViewport *viewport);
void        sp_map_scale_set_units    (SpMapScale *self, SpScaleUnits units);
const char *sp_map_scale_get_text     (SpMapScale *self);

G_END_DECLS
