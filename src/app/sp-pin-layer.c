/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPinLayer: the present result on the map, drawn in one pass: pins, clusters with their numbers, and the fan of those
 * at one spot. Here is the object; its other files draw it, choose, and listen to pointer and keyboard.
 *
 * Belongs to the main loop. */
#include "sp-pin-layer-private.h"

#define USUAL_DPI (96 * 1024.0) /* as GtkSettings has it */

G_DEFINE_FINAL_TYPE (SpPinLayer, sp_pin_layer, SHUMATE_TYPE_LAYER)

typedef enum { PROP_SELECTED = 1 } SpPinLayerProperty;
static GParamSpec *properties[PROP_SELECTED + 1];

/**
 * sp_pin_layer_redraw_all:
 * @self: a layer
 *
 * Draws the map and all its layers anew: names keep clear of the pins. And libshumate's layer of tiles draws itself only
 * when nothing else is to do, and lags behind: so all move together.
 */
void
sp_pin_layer_redraw_all (SpPinLayer *self)
{
  GtkWidget *map = gtk_widget_get_parent (GTK_WIDGET (self));

  gtk_widget_queue_draw (GTK_WIDGET (self));
  for (GtkWidget *layer = map != NULL ? gtk_widget_get_first_child (map) : NULL; layer != NULL; layer = gtk_widget_get_next_sibling (layer))
    gtk_widget_queue_draw (layer);
}

static double
find_scale (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / USUAL_DPI, 1, 3) : 1;
}

/**
 * sp_pin_layer_update:
 * @self: a layer
 * @frame: (out caller-allocates): what is seen of the map
 *
 * Brings the scene up to date.
 *
 * Returns: whether there is anything to see
 */
gboolean
sp_pin_layer_update (SpPinLayer *self, SpMapFrame *frame)
{
  if (!sp_map_frame_init (frame, SHUMATE_LAYER (self)))
    return FALSE;
  sp_pin_scene_set_index (self->scene, self->model != NULL ? sp_map_model_get_index (self->model) : NULL);
  sp_pin_scene_set_scale (self->scene, find_scale (GTK_WIDGET (self)));
  sp_pin_scene_set_chosen (self->scene, self->has_chosen ? &self->chosen : NULL);
  sp_pin_scene_update (self->scene, frame);
  return TRUE;
}

static void
model_changed_cb (SpPinLayer *self)
{
  self->is_hovered = self->has_zoomed = FALSE;
  sp_pin_layer_locate (self);
  sp_pin_layer_describe (self);
  sp_pin_layer_redraw_all (self);
}

static void
known_cb (SpPinLayer *self, gint64 doc)
{
  if (doc == self->awaited)
    sp_pin_layer_finish_choice (self);
  sp_pin_layer_describe (self);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
}

static void
sp_pin_layer_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SELECTED)
    g_value_set_string (value, SP_PIN_LAYER (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_pin_layer_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SELECTED)
    sp_pin_layer_set_selected (SP_PIN_LAYER (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_pin_layer_constructed (GObject *object)
{
  SpPinLayer *self = SP_PIN_LAYER (object);
  AdwStyleManager *style = adw_style_manager_get_default ();

  G_OBJECT_CLASS (sp_pin_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (self)), "notify", G_CALLBACK (sp_pin_layer_redraw_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (gtk_widget_queue_draw), NULL);
  sp_pin_layer_describe (self);
}

static void
sp_pin_layer_dispose (GObject *object)
{
  SpPinLayer *self = SP_PIN_LAYER (object);

  sp_pin_layer_set_model (self, NULL);
  G_OBJECT_CLASS (sp_pin_layer_parent_class)->dispose (object);
}

static void
sp_pin_layer_finalize (GObject *object)
{
  SpPinLayer *self = SP_PIN_LAYER (object);

  g_free (self->selected);
  sp_pin_scene_free (self->scene);
  sp_pin_textures_free (self->textures);
  G_OBJECT_CLASS (sp_pin_layer_parent_class)->finalize (object);
}

/* Only over a sprite: elsewhere the map itself is below the pointer. While a fan is open a click anywhere closes it. */
static gboolean
sp_pin_layer_contains (GtkWidget *widget, double x, double y)
{
  SpPinLayer *self = SP_PIN_LAYER (widget);
  double hub_x, hub_y;

  return sp_pin_scene_get_hub (self->scene, &hub_x, &hub_y) || sp_pin_scene_pick (self->scene, x, y) != SP_PIN_SCENE_NOTHING;
}

static void
sp_pin_layer_class_init (SpPinLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sp_pin_layer_get_property;
  object_class->set_property = sp_pin_layer_set_property;
  object_class->constructed = sp_pin_layer_constructed;
  object_class->dispose = sp_pin_layer_dispose;
  object_class->finalize = sp_pin_layer_finalize;
  widget_class->snapshot = sp_pin_layer_draw;
  widget_class->contains = sp_pin_layer_contains;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  properties[PROP_SELECTED] = g_param_spec_string ("selected", NULL, NULL, NULL,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (object_class, PROP_SELECTED, properties[PROP_SELECTED]);

  /**
   * SpPinLayer::cluster-activated:
   * @self: the layer
   * @south: degrees north of its southernmost entry
   * @west: degrees east of its westernmost
   * @north: degrees north of its northernmost
   * @east: degrees east of its easternmost
   *
   * Somebody wants to see the entries of a cluster: the map is to zoom to them.
   */
  g_signal_new ("cluster-activated", SP_TYPE_PIN_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 4, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  /**
   * SpPinLayer::activated:
   * @self: the layer
   * @id: document id
   *
   * Somebody has chosen an entry on the map; it is selected.
   */
  g_signal_new ("activated", SP_TYPE_PIN_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sp_pin_layer_init (SpPinLayer *self)
{
  self->scene = sp_pin_scene_new ();
  self->textures = sp_pin_textures_new ();
  sp_pin_layer_add_input (self);
}

/**
 * sp_pin_layer_new:
 * @viewport: of the map that it shall lie on
 *
 * Returns: (transfer floating): an empty layer
 */
SpPinLayer *
sp_pin_layer_new (ShumateViewport *viewport)
{
  return g_object_new (SP_TYPE_PIN_LAYER, "viewport", viewport, NULL);
}

/**
 * sp_pin_layer_set_model:
 * @self: a layer
 * @model: (nullable): what to show
 */
void
sp_pin_layer_set_model (SpPinLayer *self, SpMapModel *model)
{
  if (self->model == model)
    return;
  sp_pin_layer_stop_locating (self);
  self->awaited = 0;
  self->has_chosen = self->is_hovered = self->is_current = FALSE;
  sp_pin_scene_close_fan (self->scene);
  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->model, self);
      g_signal_handlers_disconnect_by_data (self->names, self);
    }
  g_clear_object (&self->names);
  g_set_object (&self->model, model);
  if (model == NULL)
    return;
  self->names = sp_pin_names_new (sp_map_model_get_store (model));
  g_signal_connect_object (model, "changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->names, "known", G_CALLBACK (known_cb), self, G_CONNECT_SWAPPED);
  model_changed_cb (self);
}

/**
 * sp_pin_layer_set_selected:
 * @self: a layer
 * @id: (nullable): document id of the entry that is to have the selected pin, whether it is found or not
 */
void
sp_pin_layer_set_selected (SpPinLayer *self, const char *id)
{
  if (g_strcmp0 (self->selected, id) == 0)
    return;
  self->awaited = 0;
  self->has_chosen = FALSE;
  sp_pin_layer_note_selected (self, id);
  sp_pin_layer_locate (self);
  sp_pin_layer_redraw_all (self);
}

/**
 * sp_pin_layer_get_selected:
 * @self: a layer
 *
 * Returns: (transfer none) (nullable): document id of the selected entry
 */
const char *sp_pin_layer_get_selected (SpPinLayer *self) { return self->selected; }

/**
 * sp_pin_layer_count_sprites:
 * @self: a layer
 *
 * Returns: how many sprites it drew last
 */
guint
sp_pin_layer_count_sprites (SpPinLayer *self)
{
  guint count;

  sp_pin_scene_get (self->scene, &count);
  return count;
}
