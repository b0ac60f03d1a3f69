/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-base-source.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_MAP_BACKGROUND_ABOUT "signpost:about" /* address of the credits of the built-in map */

#define SP_TYPE_MAP_BACKGROUND (sp_map_background_get_type ())
G_DECLARE_FINAL_TYPE (SpMapBackground, sp_map_background, SP, MAP_BACKGROUND, GObject)

SpMapBackground *sp_map_background_new             (GSettings *settings);
SpBaseSource    *sp_map_background_get_source      (SpMapBackground *self);
void             sp_map_background_set_resolution  (SpMapBackground *self, int scale, double zoom);
void             sp_map_background_set_dots        (SpMapBackground *self, SpMapDots *dots);
void             sp_map_background_retry           (SpMapBackground *self);
const char      *sp_map_background_get_problem     (SpMapBackground *self);
gboolean         sp_map_background_has_pictures    (SpMapBackground *self);
char            *sp_map_background_get_attribution_markup (SpMapBackground *self);

G_END_DECLS
