/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-style.h"
#include "sp-map-window.h"

#include <gtk/gtk.h>
#include <shumate/shumate.h>

G_BEGIN_DECLS

#define SP_TYPE_MAP_OVERLAY (sp_map_overlay_get_type ())
G_DECLARE_DERIVABLE_TYPE (SpMapOverlay, sp_map_overlay, SP, MAP_OVERLAY, ShumateLayer)

/**
 * SpMapOverlayClass:
 * @draw: draws the layer; @window is what the map shows, in pixels of the widget
 *
 * What a layer draws its own way.
 */
struct _SpMapOverlayClass
{
  ShumateLayerClass parent_class;

  void (*draw) (SpMapOverlay *self, GtkSnapshot *snapshot, const SpMapWindow *window);

  gpointer padding[4];
};

SpMapStyle sp_map_overlay_get_style  (void);
void       sp_map_overlay_set_accent (cairo_t *cr, double alpha);

G_END_DECLS
