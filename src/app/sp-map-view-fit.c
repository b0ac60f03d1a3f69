/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When SpMapView moves by itself, and whereto: to a place that was named, to results none of which is in sight, and to all
 * of them for whoever wants to see all. The hits of a search know the first thousands only; where more is found, the index
 * of the pins knows the others, once it is there. */
#include "sp-map-view-private.h"

#include <math.h>

#define PLACE_RADIUS 3000.0 /* metres to show around a place, where no distance was given */
#define SPRITE_WIDTH 36.0   /* pixels; to look whether there is any */

static void
grow_box (SpBox *box, const SpHit *hit)
{
  box->south = MIN (box->south, hit->latitude);
  box->north = MAX (box->north, hit->latitude);
  box->west = MIN (box->west, hit->longitude);
  box->east = MAX (box->east, hit->longitude);
}

/* Around all hits that have a position; FALSE if none has. */
static gboolean
get_hits_box (const SpHits *hits, SpBox *box)
{
  *box = (SpBox){ 91, 181, -91, -181 };
  for (guint i = 0; hits != NULL && i < hits->hits->len; i++)
    {
      const SpHit *hit = &g_array_index (hits->hits, SpHit, i);

      if (!isnan (hit->latitude))
        grow_box (box, hit);
    }
  return box->south <= box->north;
}

/* What the pins show of the present result; NULL until they do. */
static const SpClusterIndex *
get_index (SpMapView *self)
{
  return self->has_begun && !sp_map_model_is_running (self->model) ? sp_map_model_get_index (self->model) : NULL;
}

static gboolean
get_pins_box (SpMapView *self, SpBox *box)
{
  const SpClusterIndex *index = get_index (self);
  SpMapBox all;

  if (index == NULL || !sp_cluster_index_bound (index, NULL, &all))
    return FALSE;
  sp_geodesy_from_tile (all.left, all.bottom, 0, &box->south, &box->west);
  sp_geodesy_from_tile (all.right, all.top, 0, &box->north, &box->east);
  return TRUE;
}

static gboolean
is_any_hit_in_sight (SpMapView *self, const SpHits *hits)
{
  SpBox view;

  if (!sp_map_camera_get_box (self->map, &view))
    return FALSE;
  for (guint i = 0; i < hits->hits->len; i++)
    {
      const SpHit *hit = &g_array_index (hits->hits, SpHit, i);

      if (sp_geodesy_box_contains (&view, hit->latitude, hit->longitude))
        return TRUE;
    }
  return FALSE;
}

/* A map that has no size yet may well show some. */
static gboolean
is_any_pin_in_sight (SpMapView *self, const SpClusterIndex *index)
{
  g_autoptr (GArray) clusters = g_array_new (FALSE, FALSE, sizeof (SpCluster));
  double width, height;
  SpMapFrame frame;
  SpMapBox view;

  if (!sp_map_frame_init (&frame, SHUMATE_LAYER (self->pins)))
    return TRUE;
  sp_map_frame_get_view (&frame, 0, &view, &width, &height);
  sp_cluster_index_look (index, sp_cluster_index_level (index, frame.world, width, height, SPRITE_WIDTH), &view, clusters);
  return clusters->len > 0;
}

/* All that was found; where the hits are not all, what is known of it until the pins are there. */
static void
show_hits (SpMapView *self, const SpHits *hits)
{
  SpBox box;

  if (!get_hits_box (hits, &box))
    return;
  self->fitting = hits->exact || get_pins_box (self, &box) ? SP_MAP_VIEW_FIT_NOTHING : SP_MAP_VIEW_FIT_ALL;
  sp_map_view_show_box (self, &box, SP_MAP_VIEW_NEAR);
  self->is_placed = TRUE;
}

static gboolean
is_box_in_sight (SpMapView *self, const SpBox *box)
{
  SpBox view;

  return sp_map_camera_get_box (self->map, &view) && sp_geodesy_box_contains (&view, box->south, box->west)
         && sp_geodesy_box_contains (&view, box->north, box->east);
}

/**
 * sp_map_view_fit_pins:
 * @self: a view whose pins have changed
 *
 * Shows what could not be shown before it was known where all is, unless somebody has moved the map since.
 */
void
sp_map_view_fit_pins (SpMapView *self)
{
  const SpClusterIndex *index = get_index (self);
  SpMapViewFit fitting = self->fitting;
  SpBox box;

  if (fitting == SP_MAP_VIEW_FIT_NOTHING || index == NULL)
    return;
  self->fitting = SP_MAP_VIEW_FIT_NOTHING;
  if (fitting == SP_MAP_VIEW_FIT_ANY ? is_any_pin_in_sight (self, index) : sp_map_view_has_moved (self))
    return;
  if (get_pins_box (self, &box) && !is_box_in_sight (self, &box))
    sp_map_view_show_box (self, &box, SP_MAP_VIEW_NEAR);
}

/**
 * sp_map_view_stop_fitting:
 * @self: a view
 *
 * Whatever the pins will be, the map does not move for them.
 */
void
sp_map_view_stop_fitting (SpMapView *self)
{
  self->fitting = SP_MAP_VIEW_FIT_NOTHING;
}

/**
 * sp_map_view_show_place:
 * @self: a view
 * @filters: with a place that somebody has named
 *
 * Goes there.
 */
void
sp_map_view_show_place (SpMapView *self, const SpFilters *filters)
{
  SpBox box;

  sp_geodesy_circle_box (filters->latitude, filters->longitude, filters->within > 0 ? filters->within : PLACE_RADIUS, &box);
  sp_map_view_show_box (self, &box, SP_MAP_VIEW_NEAR);
  self->is_placed = TRUE;
}

/**
 * sp_map_view_stay:
 * @self: a view
 *
 * Where it looks is where it belongs, after a search there.
 */
void
sp_map_view_stay (SpMapView *self)
{
  sp_map_camera_get (self->map, &self->home);
  sp_map_view_update_search (self);
}

/**
 * sp_map_view_show_results:
 * @self: a view
 * @hits: (nullable): what was found
 *
 * Goes there if nothing of it is in sight: the map stays where it is while words and filters change, as long as there is
 * something to see.
 */
void
sp_map_view_show_results (SpMapView *self, const SpHits *hits)
{
  if (hits == NULL)
    return;
  if (!self->is_placed)
    show_hits (self, hits);
  else if (is_any_hit_in_sight (self, hits))
    return;
  else if (hits->exact)
    show_hits (self, hits);
  else
    {
      self->fitting = SP_MAP_VIEW_FIT_ANY;
      sp_map_view_fit_pins (self);
    }
}

/**
 * sp_map_view_show_all:
 * @self: a view
 *
 * Shows all that was found, with the ring or the area it was found in.
 */
void
sp_map_view_show_all (SpMapView *self)
{
  const SpHits *hits;
  const SpFilters *f;
  SpBox ring;

  g_return_if_fail (SP_IS_MAP_VIEW (self));

  hits = self->browser != NULL ? sp_finder_get_hits (sp_browser_get_finder (self->browser)) : NULL;
  if (hits == NULL || self->shown == NULL || hits->hits->len == 0)
    return;
  f = sp_query_get_filters (self->shown);
  if (f->placed && f->within > 0)
    {
      sp_geodesy_circle_box (f->latitude, f->longitude, f->within, &ring);
      sp_map_view_show_box (self, &ring, SP_MAP_VIEW_NEAR);
      self->is_placed = TRUE;
    }
  else
    show_hits (self, hits);
}
