/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpMapOverlay: a layer over the map that draws itself anew for each frame, and lets pointers through to what is below. */
#include "sp-map-overlay.h"

#include <adwaita.h>

G_DEFINE_ABSTRACT_TYPE (SpMapOverlay, sp_map_overlay, SHUMATE_TYPE_LAYER)

static void
sp_map_overlay_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (widget));
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  SpMapWindow window;

  if (width <= 0 || height <= 0)
    return;
  sp_map_window_init_around (&window, shumate_location_get_latitude (SHUMATE_LOCATION (viewport)),
                             shumate_location_get_longitude (SHUMATE_LOCATION (viewport)),
                             shumate_viewport_get_zoom_level (viewport), width, height);
  SP_MAP_OVERLAY_GET_CLASS (widget)->draw (SP_MAP_OVERLAY (widget), snapshot, &window);
}

static void
sp_map_overlay_constructed (GObject *object)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  G_OBJECT_CLASS (sp_map_overlay_parent_class)->constructed (object);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
sp_map_overlay_class_init (SpMapOverlayClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = sp_map_overlay_constructed;
  GTK_WIDGET_CLASS (klass)->snapshot = sp_map_overlay_snapshot;
}

static void
sp_map_overlay_init (SpMapOverlay *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * sp_map_overlay_get_style:
 *
 * Returns: the colours that go with the windows as they are now, light or dark
 */
SpMapStyle
sp_map_overlay_get_style (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ()) ? SP_MAP_STYLE_DARK : SP_MAP_STYLE_LIGHT;
}

/**
 * sp_map_overlay_set_accent:
 * @cr: what to draw on
 * @alpha: from 0 for nothing to 1
 *
 * Takes the colour of lines that mark where somebody searches: the blue of buttons, lighter in a dark window.
 */
void
sp_map_overlay_set_accent (cairo_t *cr, double alpha)
{
  if (sp_map_overlay_get_style () == SP_MAP_STYLE_DARK)
    cairo_set_source_rgba (cr, 0.47, 0.68, 0.93, alpha); /* #78aeed, libadwaita's accent in the dark */
  else
    cairo_set_source_rgba (cr, 0.11, 0.44, 0.85, alpha); /* #1c71d8 */
}
