/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpLabelLayer: the names of places over the built-in map. They are no part of its tiles, where they would be cut at the
 * edges, and blurred between zoom levels; and they keep clear of the pins, whatever is found. */
#include "sp-label-layer.h"

#include "sp-place-labels.h"
#include "sp-thread.h"

#define PAINTING 4000     /* microseconds of a frame for names that were never painted; the others come with the next */
#define USUAL_POINTS 11.0 /* of the font of the interface */
#define USUAL_DPI (96 * 1024)

struct _SpLabelLayer
{
  SpMapOverlay parent_instance;

  SpPinLayer    *pins;   /* nullable; a sibling, which is drawn before */
  SpPlaceLabels *labels; /* owned, nullable until they are made; laid out for one font */
  GCancellable  *making; /* owned, nullable: they are being made */
  gboolean       has_begun;
};

G_DEFINE_FINAL_TYPE (SpLabelLayer, sp_label_layer, SP_TYPE_MAP_OVERLAY)

/* What the names are laid out for; crosses to the thread that does it. */
typedef struct
{
  char  *family;
  double scale; /* of the usual size */
} Font;

static void
font_free (gpointer data)
{
  Font *font = data;

  g_free (font->family);
  g_free (font);
}

/* The font of the interface, as large as somebody wants text to be. */
static Font *
read_font (GtkWidget *widget)
{
  g_autofree char *name = NULL;
  g_autoptr (PangoFontDescription) description = NULL;
  Font *font = g_new (Font, 1);
  int dpi;
  double points;

  g_object_get (gtk_widget_get_settings (widget), "gtk-font-name", &name, "gtk-xft-dpi", &dpi, NULL);
  description = pango_font_description_from_string (name != NULL ? name : "Cantarell 11");
  points = pango_font_description_get_size (description) / (double) PANGO_SCALE;
  if (points <= 0 || pango_font_description_get_size_is_absolute (description))
    points = USUAL_POINTS;
  *font = (Font){ g_strdup (pango_font_description_get_family (description)),
                  points / USUAL_POINTS * (dpi > 0 ? dpi / (double) USUAL_DPI : 1) };
  return font;
}

/* On a thread: it takes longer than a frame may. */
static void
make_labels (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Font *font = data;

  sp_thread_step_back ();
  g_task_return_pointer (task, sp_place_labels_new (font->family, font->scale), (GDestroyNotify) sp_place_labels_unref);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *weak = data;
  g_autoptr (SpLabelLayer) self = g_weak_ref_get (weak);
  g_autoptr (SpPlaceLabels) labels = g_task_propagate_pointer (G_TASK (result), NULL);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL || labels == NULL)
    return;
  g_clear_object (&self->making);
  self->labels = g_steal_pointer (&labels);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The task does not hold the layer, whose last reference must not fall in a thread. */
static void
start_making (SpLabelLayer *self)
{
  GWeakRef *weak = g_new (GWeakRef, 1);
  g_autoptr (GTask) task = NULL;

  g_weak_ref_init (weak, self);
  self->making = g_cancellable_new ();
  task = g_task_new (NULL, self->making, made_cb, weak);
  g_task_set_source_tag (task, start_making);
  g_task_set_task_data (task, read_font (GTK_WIDGET (self)), font_free);
  g_task_run_in_thread (task, make_labels);
}

static void
forget_labels (SpLabelLayer *self)
{
  if (self->making != NULL)
    g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  g_clear_pointer (&self->labels, sp_place_labels_unref);
}

/* In pixels of the screen, so that the painted names are as sharp as it is. A snapshot that was scaled would hand the
 * scale on to the context: it is another one's node that is scaled. */
static GskRenderNode *
paint_names (SpLabelLayer *self, const SpMapWindow *window, double scale, gboolean *all)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) (window->width * scale), (float) (window->height * scale));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  if (self->pins != NULL)
    sp_pin_layer_get_covered (self->pins, covered);
  cairo_scale (cr, scale, scale);
  *all = sp_place_labels_draw_until (self->labels, cr, window, sp_map_overlay_get_style (),
                                     (const cairo_rectangle_t *) (gpointer) covered->data, covered->len,
                                     g_get_monotonic_time () + PAINTING);
  cairo_destroy (cr);
  return gtk_snapshot_free_to_node (snapshot);
}

static gboolean
draw_again_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

static void
sp_label_layer_draw (SpMapOverlay *overlay, GtkSnapshot *snapshot, const SpMapWindow *window)
{
  SpLabelLayer *self = SP_LABEL_LAYER (overlay);
  float scale = (float) gtk_widget_get_scale_factor (GTK_WIDGET (overlay));
  g_autoptr (GskRenderNode) names = NULL;
  gboolean all = FALSE;

  if (self->labels == NULL)
    {
      if (self->making == NULL && self->has_begun)
        start_making (self);
      return;
    }
  names = paint_names (self, window, scale, &all);
  if (!all) /* to be drawn anew while it is drawn, a widget cannot be told */
    gtk_widget_add_tick_callback (GTK_WIDGET (self), draw_again_cb, NULL, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_scale (snapshot, 1 / scale, 1 / scale);
  gtk_snapshot_append_node (snapshot, names);
  gtk_snapshot_restore (snapshot);
}

/* Of the font or the size of text; also when the layer comes to another display. */
static void
sp_label_layer_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (sp_label_layer_parent_class)->system_setting_changed (widget, setting);
  forget_labels (SP_LABEL_LAYER (widget));
  gtk_widget_queue_draw (widget);
}

static void
sp_label_layer_finalize (GObject *object)
{
  forget_labels (SP_LABEL_LAYER (object));
  g_clear_weak_pointer (&SP_LABEL_LAYER (object)->pins);
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
 * @pins: (nullable): what the names keep clear of; on the same map, below this layer
 *
 * Returns: (transfer floating): a layer with the names of places
 */
SpLabelLayer *
sp_label_layer_new (ShumateViewport *viewport, SpPinLayer *pins)
{
  SpLabelLayer *self = g_object_new (SP_TYPE_LABEL_LAYER, "viewport", viewport, NULL);

  g_set_weak_pointer (&self->pins, pins);
  return self;
}

/**
 * sp_label_layer_begin:
 * @self: a layer
 *
 * Lets it make the names, in a thread, as soon as it is seen.
 */
void
sp_label_layer_begin (SpLabelLayer *self)
{
  self->has_begun = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
