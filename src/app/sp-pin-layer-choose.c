/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing on the layer of pins: an entry, whose id is read first; the entries of a cluster, by zooming or in a fan. */
#include "sp-pin-layer-private.h"

#include "sp-pin-fan.h"
#include "sp-points.h"

#include <math.h>


/**
 * sp_pin_layer_note_selected:
 * @self: a layer
 * @id: (nullable): document id of what is selected now; its pin is the caller's business
 */
void
sp_pin_layer_note_selected (SpPinLayer *self, const char *id)
{
  if (g_strcmp0 (self->selected, id) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (id);
  g_object_notify (G_OBJECT (self), "selected");
}

/**
 * sp_pin_layer_stop_locating:
 * @self: a layer
 *
 * Asks no longer where the selected entry is.
 */
void
sp_pin_layer_stop_locating (SpPinLayer *self)
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
  sp_pin_layer_redraw_all (self);
}

/**
 * sp_pin_layer_locate:
 * @self: a layer
 *
 * Finds where the selected entry is, in the result or not.
 */
void
sp_pin_layer_locate (SpPinLayer *self)
{
  sp_pin_layer_stop_locating (self);
  if (self->selected == NULL || self->model == NULL)
    return;
  self->locating = g_cancellable_new ();
  sp_store_point_async (sp_map_model_get_store (self->model), self->selected, self->locating, located_cb, g_object_ref (self));
}

/**
 * sp_pin_layer_finish_choice:
 * @self: a layer
 *
 * Says which entry was chosen, if its id is known by now.
 */
void
sp_pin_layer_finish_choice (SpPinLayer *self)
{
  const SpPinName *name = self->awaited != 0 ? sp_pin_names_get (self->names, self->awaited) : NULL;
  g_autofree char *id = NULL;

  if (name == NULL)
    return;
  self->awaited = 0;
  if (name->id == NULL)
    return;
  id = g_strdup (name->id);
  sp_pin_layer_note_selected (self, id);
  g_signal_emit_by_name (self, "activated", id);
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
  sp_pin_layer_stop_locating (self);
  self->chosen = *point;
  self->has_chosen = TRUE;
  self->awaited = point->doc;
  sp_pin_layer_redraw_all (self);
  sp_pin_layer_finish_choice (self);
}

/* Whether to fan out a cluster's entries where they are: if no zoom would part them, or if going there has changed
 * nothing. */
static gboolean
is_for_fan (SpPinLayer *self, const SpCluster *cluster, const SpMapBox *box, const SpMapFrame *frame)
{
  double deepest = shumate_viewport_get_max_zoom_level (shumate_layer_get_viewport (SHUMATE_LAYER (self)));
  double widest = MAX (box->right - box->left, box->bottom - box->top) * frame->world;

  return frame->zoom >= deepest - 0.01
         || widest * exp2 (deepest - frame->zoom) < sp_pin_scene_pin_width (self->scene) / 2
         || (self->has_zoomed && sp_cluster_is_same (cluster, &self->zoomed));
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
      sp_pin_layer_redraw_all (self);
      return;
    }
  self->zoomed = *cluster;
  self->has_zoomed = TRUE;
  sp_geodesy_from_tile (box.left, box.bottom, 0, &south, &west);
  sp_geodesy_from_tile (box.right, box.top, 0, &north, &east);
  g_signal_emit_by_name (self, "cluster-activated", south, west, north, east);
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
  sp_pin_layer_redraw_all (self);
}
