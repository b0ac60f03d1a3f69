/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-browser.h"
#include "sp-geodesy.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define SP_MAP_VIEW_NEAR 15.0 /* a zoom: one entry does not fill the window with its street */

#define SP_TYPE_MAP_VIEW (sp_map_view_get_type ())
G_DECLARE_FINAL_TYPE (SpMapView, sp_map_view, SP, MAP_VIEW, GtkWidget)

GtkWidget  *sp_map_view_new              (void);
void        sp_map_view_set_browser      (SpMapView *self, SpBrowser *browser);
SpBrowser  *sp_map_view_get_browser      (SpMapView *self);
ShumateMap *sp_map_view_get_map          (SpMapView *self);
void        sp_map_view_show_box         (SpMapView *self, const SpBox *box, double deepest);
void        sp_map_view_show_point       (SpMapView *self, double latitude, double longitude);
void        sp_map_view_show_all         (SpMapView *self);
void        sp_map_view_search_this_area (SpMapView *self);
gboolean    sp_map_view_has_moved        (SpMapView *self);
gboolean    sp_map_view_is_whole         (SpMapView *self);

G_END_DECLS
