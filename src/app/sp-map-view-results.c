/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the browser looks for and finds, in SpMapView: outline and ring of where it looks, pins, and the entry that is
 * selected. */
#include "sp-map-view-private.h"

#include "sp-areas.h"

#include <math.h>

static gboolean
same_place (const SpFilters *a, const SpFilters *b)
{
  return a->placed == b->placed
         && (!a->placed || (fabs (a->latitude - b->latitude) < 1e-9 && fabs (a->longitude - b->longitude) < 1e-9
                            && fabs (a->within - b->within) < 0.5));
}

static void
show_ring (SpMapView *self, const SpFilters *f)
{
  if (f->placed)
    sp_ring_layer_set (self->ring, f->latitude, f->longitude, f->within);
  else
    sp_ring_layer_clear (self->ring);
}

/* On a thread of the store. */
static gpointer
load_area (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  return sp_areas_load (db, id, error);
}

static void
free_area (gpointer area)
{
  sp_area_free (area);
}

/* An area without an outline that can be read finds nothing, and the list says why. */
static void
area_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpMapView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpArea) area = sp_store_call_finish (SP_STORE (source), result, &error);
  SpBox box;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  sp_area_layer_set_outline (self->area, area != NULL ? area->outline : NULL);
  if (area == NULL)
    return;
  sp_polygon_get_box (area->outline, &box);
  sp_map_view_show_box (self, &box, SP_MAP_VIEW_NEAR);
}

static void
stop_reading (SpMapView *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
show_area (SpMapView *self, const char *id)
{
  stop_reading (self);
  if (id == NULL)
    {
      sp_area_layer_set_outline (self->area, NULL);
      return;
    }
  self->reading = g_cancellable_new ();
  sp_store_read_async (sp_browser_get_store (self->browser), load_area, g_strdup (id), g_free, free_area, self->reading,
                       area_cb, g_object_ref (self));
}

static void
ended_cb (SpMapView *self)
{
  SpFinder *finder = sp_browser_get_finder (self->browser);
  SpQuery *query = sp_finder_get_query (finder);
  g_autoptr (SpQuery) before = g_steal_pointer (&self->shown);
  const SpFilters *f, *old;
  gboolean same_area, first = before == NULL;

  if (query == NULL)
    return;
  if (first)
    before = sp_query_new ();
  self->shown = sp_query_copy (query);
  f = sp_query_get_filters (self->shown);
  old = sp_query_get_filters (before);
  same_area = g_strcmp0 (f->area_id, old->area_id) == 0;
  sp_map_view_stop_fitting (self);
  show_ring (self, f);
  if (!same_area)
    show_area (self, f->area_id); /* and goes there, once it has the outline */
  if (f->boxed && memcmp (&f->box, &old->box, sizeof f->box) != 0)
    sp_map_view_stay (self);
  else if (f->placed && !same_place (f, old))
    sp_map_view_show_place (self, f);
  else if (f->area_id == NULL && !f->boxed)
    sp_map_view_show_results (self, sp_finder_get_hits (finder));
}

/* The entry that was selected, here or in the list, once it was read. */
static void
entry_cb (SpMapView *self)
{
  SpAsset *entry = sp_browser_get_entry (self->browser);

  if (entry != NULL && !isnan (sp_asset_get_latitude (entry)))
    sp_map_view_show_point (self, sp_asset_get_latitude (entry), sp_asset_get_longitude (entry));
}

/**
 * sp_map_view_look_for_pins:
 * @self: a view; once it has begun
 */
void
sp_map_view_look_for_pins (SpMapView *self)
{
  if (self->has_begun && self->model != NULL)
    sp_map_model_set_query (self->model, sp_browser_get_query (self->browser));
}

static void
selected_cb (SpMapView *self)
{
  sp_pin_layer_set_selected (self->pins, sp_browser_get_selected (self->browser));
}

/* A pin was clicked, or entered by keyboard. The window may want to show its details, too. */
static void
activated_cb (SpMapView *self, const char *id)
{
  if (self->browser == NULL)
    return;
  sp_browser_select (self->browser, id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show", "s", id);
}

static void
cluster_activated_cb (SpMapView *self, double south, double west, double north, double east)
{
  sp_map_view_show_box (self, &(SpBox){ south, west, north, east }, SP_BASE_SOURCE_MAX_ZOOM); /* as far as parts them */
}

/**
 * sp_map_view_listen:
 * @self: a view with its layers
 *
 * Follows what somebody does with the pins.
 */
void
sp_map_view_listen (SpMapView *self)
{
  g_signal_connect_object (self->pins, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pins, "cluster-activated", G_CALLBACK (cluster_activated_cb), self, G_CONNECT_SWAPPED);
}

/**
 * sp_map_view_follow:
 * @self: a view that was given a browser
 */
void
sp_map_view_follow (SpMapView *self)
{
  SpFinder *finder = sp_browser_get_finder (self->browser);

  self->model = sp_map_model_new (sp_browser_get_store (self->browser));
  sp_pin_layer_set_model (self->pins, self->model);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (sp_map_view_fit_pins), self, G_CONNECT_SWAPPED);
  sp_map_view_look_for_pins (self);
  selected_cb (self);
  g_signal_connect_object (self->browser, "notify::query", G_CALLBACK (sp_map_view_look_for_pins), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->browser, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (finder, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->browser, "notify::entry", G_CALLBACK (entry_cb), self, G_CONNECT_SWAPPED);
  if (sp_finder_get_hits (finder) != NULL)
    ended_cb (self);
}

/**
 * sp_map_view_unfollow:
 * @self: a view whose browser goes away, if it has one
 */
void
sp_map_view_unfollow (SpMapView *self)
{
  stop_reading (self);
  g_clear_object (&self->shown);
  if (self->browser == NULL)
    return;
  g_signal_handlers_disconnect_by_data (sp_browser_get_finder (self->browser), self);
  g_signal_handlers_disconnect_by_data (self->browser, self);
  sp_pin_layer_set_model (self->pins, NULL);
  sp_pin_layer_set_selected (self->pins, NULL);
  sp_map_view_stop_fitting (self);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
}

/**
 * sp_map_view_search_this_area:
 * @self: a view with a browser
 *
 * Looks for the same in what the map shows, instead of within a distance or an area.
 */
void
sp_map_view_search_this_area (SpMapView *self)
{
  g_autoptr (SpQuery) query = NULL;
  SpBox box;

  g_return_if_fail (SP_IS_MAP_VIEW (self));

  if (self->browser == NULL || !sp_map_camera_get_box (self->map, &box))
    return;
  query = sp_query_copy (sp_browser_get_query (self->browser));
  sp_query_clear_filter (query, "within");
  sp_query_clear_filter (query, "area");
  sp_query_set_box (query, &box);
  sp_browser_set_query (self->browser, query);
}
