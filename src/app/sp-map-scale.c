/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpMapScale: a bar with what its length is in reality, at the latitude in the middle of the map. */
#include "sp-map-scale.h"

#include "sp-map-overlay.h"

#include <math.h>

#define MOST_LENGTH 110.0 /* pixels */
#define TICK 6.0 /* how high the ends of the bar are */
#define GAP 1 /* between words and bar */
#define CASING 3.0

struct _SpMapScale
{
  GtkWidget parent_instance;

  ShumateViewport *viewport; /* owned, nullable */
  PangoLayout     *layout;   /* owned; the words */
  SpScaleUnits     units;
  double           length;   /* of the bar, pixels */
};

G_DEFINE_FINAL_TYPE (SpMapScale, sp_map_scale, GTK_TYPE_WIDGET)

static void
update (SpMapScale *self)
{
  SpMapWindow window;
  SpScaleBar bar;
  g_autofree char *text = NULL;
  double latitude;

  if (self->viewport == NULL)
    return;
  latitude = shumate_location_get_latitude (SHUMATE_LOCATION (self->viewport));
  sp_map_window_init_around (&window, latitude, 0, shumate_viewport_get_zoom_level (self->viewport), 0, 0);
  sp_scale_bar_init (&bar, sp_map_window_get_metres_per_pixel (&window, latitude), MOST_LENGTH, self->units);
  text = sp_scale_bar_describe (&bar);
  self->length = bar.length;
  if (g_strcmp0 (text, pango_layout_get_text (self->layout)) != 0)
    {
      pango_layout_set_text (self->layout, text, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
sp_map_scale_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  int width, height;

  pango_layout_get_pixel_size (SP_MAP_SCALE (widget)->layout, &width, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? (int) ceil (MAX (MOST_LENGTH, width) + 2 * CASING)
                                                                  : (int) ceil (height + GAP + TICK + CASING);
}

static void
draw_bar (SpMapScale *self, cairo_t *cr, double y, double ink)
{
  cairo_move_to (cr, CASING, y);
  cairo_rel_line_to (cr, 0, TICK);
  cairo_rel_line_to (cr, self->length, 0);
  cairo_rel_line_to (cr, 0, -TICK);
  cairo_set_source_rgba (cr, 1 - ink, 1 - ink, 1 - ink, 0.7);
  cairo_set_line_width (cr, 2 + CASING);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, ink, ink, ink);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
sp_map_scale_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SpMapScale *self = SP_MAP_SCALE (widget);
  double ink = sp_map_overlay_get_style () == SP_MAP_STYLE_DARK ? 0.95 : 0.1;
  cairo_t *cr;
  int height;

  pango_layout_get_pixel_size (self->layout, NULL, &height);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                                 (float) gtk_widget_get_height (widget)));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, CASING + 2, 0);
  pango_cairo_layout_path (cr, self->layout);
  cairo_set_source_rgba (cr, 1 - ink, 1 - ink, 1 - ink, 0.7);
  cairo_set_line_width (cr, CASING);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, ink, ink, ink);
  cairo_fill (cr);
  draw_bar (self, cr, height + GAP - CASING / 2, ink);
  cairo_destroy (cr);
}

static void
sp_map_scale_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (sp_map_scale_parent_class)->system_setting_changed (widget, setting);
  pango_layout_context_changed (SP_MAP_SCALE (widget)->layout);
  gtk_widget_queue_resize (widget);
}

static void
sp_map_scale_dispose (GObject *object)
{
  SpMapScale *self = SP_MAP_SCALE (object);

  sp_map_scale_set_viewport (self, NULL);
  g_clear_object (&self->layout);
  G_OBJECT_CLASS (sp_map_scale_parent_class)->dispose (object);
}

static void
sp_map_scale_class_init (SpMapScaleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_map_scale_dispose;
  widget_class->measure = sp_map_scale_measure;
  widget_class->snapshot = sp_map_scale_snapshot;
  widget_class->system_setting_changed = sp_map_scale_system_setting_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "mapscale");
}

static void
sp_map_scale_init (SpMapScale *self)
{
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * sp_map_scale_set_viewport:
 * @self: a scale
 * @viewport: (nullable): of the map that it belongs to
 */
void
sp_map_scale_set_viewport (SpMapScale *self, ShumateViewport *viewport)
{
  g_return_if_fail (SP_IS_MAP_SCALE (self));

  if (self->viewport != NULL)
    g_signal_handlers_disconnect_by_func (self->viewport, update, self);
  g_set_object (&self->viewport, viewport);
  if (viewport == NULL)
    return;
  g_signal_connect_object (viewport, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * sp_map_scale_set_units:
 * @self: a scale
 * @units: miles or kilometres
 */
void
sp_map_scale_set_units (SpMapScale *self, SpScaleUnits units)
{
  self->units = units;
  update (self);
}

/**
 * sp_map_scale_get_text:
 * @self: a scale
 *
 * Returns: (transfer none): what the bar's length is, as it is shown
 */
const char *sp_map_scale_get_text (SpMapScale *self) { return pango_layout_get_text (self->layout); }
