/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPinLayer: the present result on the map, drawn in one pass: pins, clusters with their numbers, and the fan of those
 * at one spot. sp-pin-layer-input.c has pointer and keyboard.
 *
 * Belongs to the main loop. */
#include "sp-pin-layer-private.h"

#include "sp-pin-fan.h"
#include "sp-points.h"

#include <math.h>

#define USUAL_DPI (96 * 1024.0) /* as GtkSettings has it */
#define STREETS 14.9            /* a zoom at which the built-in map shows all it has */
#define RAISED 1.14             /* how much larger a sprite is below the pointer or the keyboard */
#define SELECTED 1.3            /* or when it is selected */

G_DEFINE_FINAL_TYPE (SpPinLayer, sp_pin_layer, SHUMATE_TYPE_LAYER)

typedef enum { PROP_SELECTED = 1 } SpPinLayerProperty;
static GParamSpec *properties[PROP_SELECTED + 1];
enum { CLUSTER_ACTIVATED, ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* libshumate's layer of tiles draws itself anew only when nothing else is to do, and lags behind: see that all move
 * together. */
static void
redraw_all (SpPinLayer *self)
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

/* ---- drawing ---- */

static gboolean
is_same_cluster (const SpCluster *a, const SpCluster *b)
{
  return a->level == b->level && a->column == b->column && a->row == b->row;
}

static gboolean
is_same (const SpSprite *a, const SpSprite *b)
{
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == SP_SPRITE_PIN)
    return a->point.doc == b->point.doc;
  return is_same_cluster (&a->cluster, &b->cluster);
}

static guint
state_of (SpPinLayer *self, const SpSprite *sprite)
{
  guint state = 0;

  if (self->has_chosen && sprite->kind == SP_SPRITE_PIN && sprite->point.doc == self->chosen.doc)
    state |= SP_PIN_SELECTED;
  if (self->is_hovered && is_same (sprite, &self->hovered))
    state |= SP_PIN_HOVERED;
  if (self->is_current && gtk_widget_has_visible_focus (GTK_WIDGET (self)) && is_same (sprite, &self->current))
    state |= SP_PIN_FOCUSED;
  return state;
}

static void
draw_sprite (SpPinLayer *self, GtkSnapshot *snapshot, const SpSprite *sprite, guint state)
{
  double larger = (state & SP_PIN_SELECTED) ? SELECTED : state != 0 ? RAISED : 1;

  if (sprite->kind == SP_SPRITE_PIN)
    sp_pin_textures_pin (self->textures, snapshot, &sprite->point.look, state, sp_pin_scene_pin_width (self->scene) * larger,
                         sprite->x, sprite->y);
  else
    sp_pin_textures_cluster (self->textures, snapshot, sprite->cluster.count, state,
                             sp_pin_scene_cluster_width (self->scene) * larger, sprite->x, sprite->y);
}

/* A ground that parts the fan from what is below, and a line to each of its pins. */
static void
draw_legs (SpPinLayer *self, GtkSnapshot *snapshot, gboolean dark)
{
  guint count;
  const SpSprite *sprites = sp_pin_scene_get (self->scene, &count);
  double x, y, reach = 0, grey = dark ? 0.1 : 1;
  cairo_t *cr;

  if (!sp_pin_scene_get_hub (self->scene, &x, &y))
    return;
  for (guint i = 0; i < count; i++)
    if (sprites[i].fanned)
      reach = MAX (reach, hypot (sprites[i].x - x, sprites[i].y - y));
  reach += 2 * sp_pin_scene_pin_width (self->scene);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) (x - reach), (float) (y - reach), (float) (2 * reach), (float) (2 * reach)));
  cairo_arc (cr, x, y, reach, 0, 2 * G_PI);
  cairo_set_source_rgba (cr, grey, grey, grey, 0.72);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1 - grey, 1 - grey, 1 - grey);
  cairo_set_line_width (cr, 1.5);
  for (guint i = 0; i < count; i++)
    if (sprites[i].fanned)
      {
        cairo_move_to (cr, x, y);
        cairo_line_to (cr, sprites[i].x, sprites[i].y);
        cairo_stroke (cr);
      }
  cairo_arc (cr, x, y, 4, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* What is selected, or below pointer or keyboard, comes over the others. */
static void
draw_sprites (SpPinLayer *self, GtkSnapshot *snapshot, gboolean fanned)
{
  guint count;
  const SpSprite *sprites = sp_pin_scene_get (self->scene, &count);

  for (guint raised = 0; raised <= 1; raised++)
    for (guint i = 0; i < count; i++)
      {
        guint state = sprites[i].fanned == fanned ? state_of (self, &sprites[i]) : 0;

        if (sprites[i].fanned == fanned && (state != 0) == raised)
          draw_sprite (self, snapshot, &sprites[i], state);
      }
}

static void
sp_pin_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SpPinLayer *self = SP_PIN_LAYER (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);
  SpMapFrame frame;

  if (!sp_pin_layer_update (self, &frame))
    return;
  sp_pin_textures_set (self->textures, gtk_widget_get_scale_factor (widget), dark ? SP_MAP_STYLE_DARK : SP_MAP_STYLE_LIGHT,
                       adw_style_manager_get_high_contrast (style));
  draw_sprites (self, snapshot, FALSE);
  draw_legs (self, snapshot, dark);
  draw_sprites (self, snapshot, TRUE);
}

/* ---- choosing ---- */

static void
set_selected (SpPinLayer *self, const char *id)
{
  if (g_strcmp0 (self->selected, id) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
stop_locating (SpPinLayer *self)
{
  if (self->locating != NULL)
    g_cancellable_cancel (self->locating);
  g_clear_object (&self->locating);
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpPinLayer) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree SpPoint *point = sp_store_point_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->locating);
  self->has_chosen = point != NULL; /* one without a place has no pin */
  if (point != NULL)
    self->chosen = *point;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Finds where the selected entry is, in the result or not. */
static void
locate (SpPinLayer *self)
{
  stop_locating (self);
  if (self->selected == NULL || self->model == NULL)
    return;
  self->locating = g_cancellable_new ();
  sp_store_point_async (sp_map_model_get_store (self->model), self->selected, self->locating, located_cb, g_object_ref (self));
}

/* The entry that was chosen here has told its id. */
static void
finish_choice (SpPinLayer *self)
{
  const SpPinName *name = self->awaited != 0 ? sp_pin_names_get (self->names, self->awaited) : NULL;
  g_autofree char *id = NULL;

  if (name == NULL)
    return;
  self->awaited = 0;
  if (name->id == NULL)
    return;
  id = g_strdup (name->id);
  set_selected (self, id);
  g_signal_emit (self, signals[ACTIVATED], 0, id);
}

/**
 * sp_pin_layer_choose:
 * @self: a layer
 * @point: an entry
 *
 * Selects it: at once on the map; #SpPinLayer:selected and #SpPinLayer::activated follow when its id was read.
 */
void
sp_pin_layer_choose (SpPinLayer *self, const SpPoint *point)
{
  stop_locating (self);
  self->chosen = *point;
  self->has_chosen = TRUE;
  self->awaited = point->doc;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  finish_choice (self);
}

/* Whether to fan out a cluster's entries where they are: if no zoom would part them, if they are few and the map shows
 * nothing finer, or if going there has changed nothing. */
static gboolean
is_for_fan (SpPinLayer *self, const SpCluster *cluster, const SpMapBox *box, const SpMapFrame *frame)
{
  double deepest = shumate_viewport_get_max_zoom_level (shumate_layer_get_viewport (SHUMATE_LAYER (self)));
  double widest = MAX (box->right - box->left, box->bottom - box->top) * frame->world;

  return frame->zoom >= deepest - 0.01
         || widest * exp2 (deepest - frame->zoom) < sp_pin_scene_pin_width (self->scene) / 2
         || (frame->zoom >= STREETS && cluster->count <= SP_PIN_FAN_MOST)
         || (self->has_zoomed && is_same_cluster (cluster, &self->zoomed));
}

static void
activate_cluster (SpPinLayer *self, const SpCluster *cluster)
{
  const SpClusterIndex *index = self->model != NULL ? sp_map_model_get_index (self->model) : NULL;
  double south, west, north, east;
  SpMapFrame frame;
  SpMapBox box;

  if (index == NULL || !sp_map_frame_init (&frame, SHUMATE_LAYER (self)) || !sp_cluster_index_bound (index, cluster, &box))
    return;
  if (is_for_fan (self, cluster, &box, &frame))
    {
      sp_pin_scene_open_fan (self->scene, cluster);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  self->zoomed = *cluster;
  self->has_zoomed = TRUE;
  sp_geodesy_from_tile (box.left, box.bottom, 0, &south, &west);
  sp_geodesy_from_tile (box.right, box.top, 0, &north, &east);
  g_signal_emit (self, signals[CLUSTER_ACTIVATED], 0, south, west, north, east);
}

/**
 * sp_pin_layer_activate:
 * @self: a layer
 * @sprite: what was clicked or entered
 *
 * Selects an entry, zooms to a cluster's members, or fans them out where no zoom would part them.
 */
void
sp_pin_layer_activate (SpPinLayer *self, const SpSprite *sprite)
{
  if (sprite->kind == SP_SPRITE_PIN)
    sp_pin_layer_choose (self, &sprite->point);
  else if (sprite->kind == SP_SPRITE_CLUSTER)
    activate_cluster (self, &sprite->cluster);
  else
    sp_pin_scene_turn_page (self->scene);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- the object ---- */

static void
model_changed_cb (SpPinLayer *self)
{
  self->is_hovered = self->has_zoomed = FALSE;
  locate (self);
  sp_pin_layer_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
known_cb (SpPinLayer *self, gint64 doc)
{
  if (doc == self->awaited)
    finish_choice (self);
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
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (self)), "notify", G_CALLBACK (redraw_all), self, G_CONNECT_SWAPPED);
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
  widget_class->snapshot = sp_pin_layer_snapshot;
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
  signals[CLUSTER_ACTIVATED] = g_signal_new ("cluster-activated", SP_TYPE_PIN_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 4, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  /**
   * SpPinLayer::activated:
   * @self: the layer
   * @id: document id
   *
   * Somebody has chosen an entry on the map; it is selected.
   */
  signals[ACTIVATED] = g_signal_new ("activated", SP_TYPE_PIN_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
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
  stop_locating (self);
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
  set_selected (self, id);
  locate (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
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
