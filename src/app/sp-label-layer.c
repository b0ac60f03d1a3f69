/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpLabelLayer: the names of places over the built-in map. They are no part of its tiles, where they would be cut at the
 * edges, and blurred between zoom levels. */
#include "sp-label-layer.h"

#include "sp-place-labels.h"

#define USUAL_POINTS 11.0 /* of the font of the interface */
#define USUAL_DPI (96 * 1024)

struct _SpLabelLayer
{
  SpMapOverlay parent_instance;

  SpPlaceLabels *labels; /* owned, nullable until drawn first; laid out for one font */
};

G_DEFINE_FINAL_TYPE (SpLabelLayer, sp_label_layer, SP_TYPE_MAP_OVERLAY)

/* In the font of the interface, and as large as somebody wants text to be. */
static SpPlaceLabels *
make_labels (GtkWidget *widget)
{
  g_autofree char *name = NULL;
  g_autoptr (PangoFontDescription) font = NULL;
  int dpi;
  double points;

  g_object_get (gtk_widget_get_settings (widget), "gtk-font-name", &name, "gtk-xft-dpi", &dpi, NULL);
  font = pango_font_description_from_string (name != NULL ? name : "Cantarell 11");
  points = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  if (points <= 0 || pango_font_description_get_size_is_absolute (font))
    points = USUAL_POINTS;
  return sp_place_labels_new (pango_font_description_get_family (font),
                              points / USUAL_POINTS * (dpi > 0 ? dpi / (double) USUAL_DPI : 1));
}

static void
sp_label_layer_draw (SpMapOverlay *overlay, GtkSnapshot *snapshot, const SpMapWindow *window)
{
  SpLabelLayer *self = SP_LABEL_LAYER (overlay);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) window->width, (float) window->height));

  if (self->labels == NULL)
    self->labels = make_labels (GTK_WIDGET (self));
  sp_place_labels_draw (self->labels, cr, window, sp_map_overlay_get_style (), NULL, 0);
  cairo_destroy (cr);
}

/* Of the font or the size of text; also when the layer comes to another display. */
static void
sp_label_layer_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (sp_label_layer_parent_class)->system_setting_changed (widget, setting);
  g_clear_pointer (&SP_LABEL_LAYER (widget)->labels, sp_place_labels_unref);
  gtk_widget_queue_draw (widget);
}

static void
sp_label_layer_finalize (GObject *object)
{
  g_clear_pointer (&SP_LABEL_LAYER (object)->labels, sp_place_labels_unref);
  G_OBJECT_CLASS (sp_label_layer_parent_class)->finalize (object);
}

static void
sp_label_layer_class_init (SpLabelLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_label_layer_finalize;
  GTK_WIDGET_CLASS (klass)->system_setting_changed = sp_label_layer_system_setting_changed;
  SP_MAP_OVERLAY_CLASS (klass)->draw = sp_label_layer_draw;
}

static void
sp_label_layer_init (SpLabelLayer *self)
{
}

/**
 * sp_label_layer_new:
 * @viewport: of the map
 *
 * Returns: (transfer floating): a layer with the names of places
 */
SpLabelLayer *
sp_label_layer_new (ShumateViewport *viewport)
{
  return g_object_new (SP_TYPE_LABEL_LAYER, "viewport", viewport, NULL);
}
