/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map below the pins, in SpMapView: puts new tiles over the old ones when there is a new source, and says whose map it
 * is and what is wrong with it. */
#include "sp-map-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define MOST_ASKED 3 /* of one layer: each time draws the map anew */

static void
drop_layer (SpMapView *self, ShumateLayer **layer)
{
  ShumateLayer *old = g_steal_pointer (layer);

  if (old != NULL)
    shumate_map_remove_layer (self->map, old);
}

/* The new tiles are there: nothing of the old ones shows any more. */
static void
filled_cb (SpMapView *self, GParamSpec *pspec, SpBaseSource *source)
{
  if (source == sp_map_background_get_source (self->background) && !sp_base_source_is_busy (source))
    {
      drop_layer (self, &self->old_tiles);
      self->is_filled = TRUE;
    }
}

static void
painted_cb (SpMapView *self, GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  sp_map_view_begin (self);
}

/* What else takes time may begin, now that there is a map to look at: once it was painted, for which threads that are busy
 * leave too little of the processor. */
static void
drawn_cb (SpMapView *self, GParamSpec *pspec, SpBaseSource *source)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->has_begun || source != sp_map_background_get_source (self->background) || !sp_base_source_is_drawn (source))
    return;
  if (clock == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      sp_map_view_begin (self);
      return;
    }
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
get_sight (SpBox *box, gpointer map)
{
  return sp_map_camera_get_box (map, box);
}

/* A map layer takes one source for its life. What was shown last, whole, stays below the new one until that is whole. */
static void
renew_tiles (SpMapView *self)
{
  SpBaseSource *source = sp_map_background_get_source (self->background);
  ShumateViewport *viewport = shumate_map_get_viewport (self->map);

  if (shumate_viewport_get_reference_map_source (viewport) == NULL)
    shumate_map_set_map_source (self->map, SHUMATE_MAP_SOURCE (source));
  drop_layer (self, self->old_tiles != NULL && !self->is_filled ? &self->tiles : &self->old_tiles);
  if (self->old_tiles == NULL)
    self->old_tiles = self->tiles;
  self->is_filled = FALSE;
  self->n_asked = 0;
  self->tiles = SHUMATE_LAYER (shumate_map_layer_new (SHUMATE_MAP_SOURCE (source), viewport));
  gtk_widget_set_can_target (GTK_WIDGET (self->tiles), FALSE);
  shumate_map_insert_layer_behind (self->map, self->tiles, SHUMATE_LAYER (self->area));
  gtk_widget_set_visible (GTK_WIDGET (self->tiles), !self->has_wanted); /* none for a place that is left at once */
  sp_base_source_set_sight (source, get_sight, self->map);
  g_signal_connect_object (source, "notify::busy", G_CALLBACK (filled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::drawn", G_CALLBACK (drawn_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->labels), !sp_map_background_has_pictures (self->background));
}

static void
show_attribution (SpMapView *self)
{
  g_autofree char *markup = sp_map_background_get_attribution_markup (self->background);

  gtk_label_set_markup (self->attribution, markup);
}

/* What somebody has hidden stays hidden until all was well in between. */
static void
show_problem (SpMapView *self)
{
  const char *problem = sp_map_background_get_problem (self->background);
  g_autofree char *text = problem != NULL ? g_strdup_printf (_("%s. The built-in map stands in."), problem) : g_strdup ("");

  if (g_str_equal (text, gtk_label_get_text (self->problem_label)))
    return;
  gtk_label_set_text (self->problem_label, text);
  gtk_widget_set_visible (self->problem_box, problem != NULL);
}

/**
 * sp_map_view_start_tiles:
 * @self: a view with its layers
 *
 * Shows the map that the settings say, and follows them.
 */
void
sp_map_view_start_tiles (SpMapView *self)
{
  self->background = sp_map_background_new (self->settings);
  g_signal_connect_object (self->background, "notify::source", G_CALLBACK (renew_tiles), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->background, "notify::attribution", G_CALLBACK (show_attribution), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->background, "notify::problem", G_CALLBACK (show_problem), self, G_CONNECT_SWAPPED);
  renew_tiles (self);
  show_attribution (self);
  show_problem (self);
}

/**
 * sp_map_view_stop_tiles:
 * @self: a view that goes away
 */
void
sp_map_view_stop_tiles (SpMapView *self)
{
  if (self->background != NULL)
    g_signal_handlers_disconnect_by_data (self->background, self);
  g_clear_object (&self->background); /* stops its source */
}

/**
 * sp_map_view_sharpen:
 * @self: a view whose map has come to rest
 *
 * Has the tiles drawn as fine as they are shown now.
 */
void
sp_map_view_sharpen (SpMapView *self)
{
  self->sharp_zoom = shumate_viewport_get_zoom_level (shumate_map_get_viewport (self->map));
  sp_map_background_set_resolution (self->background, gtk_widget_get_scale_factor (GTK_WIDGET (self)), self->sharp_zoom);
}

/* libshumate's map layer places its tiles, and asks for new ones, in an idle source (in 1.0 and 1.4), which starves behind
 * frames. NULL if it is not about to. */
static GSource *
find_asking (SpMapView *self)
{
  return g_main_context_find_source_by_user_data (NULL, self->tiles);
}

static void
hurry (SpMapView *self, int priority)
{
  GSource *idle = find_asking (self);

  if (idle != NULL)
    g_source_set_priority (idle, priority);
}

/* How large the map will be if the window opens as it was closed. */
static void
guess_size (SpMapView *self, int *width, int *height)
{
  int list = g_settings_get_int (self->settings, "list-width");

  *width = g_settings_get_int (self->settings, "window-width");
  *height = g_settings_get_int (self->settings, "window-height");
  if (*width > 2 * list) /* else they may be one page each */
    *width -= list;
}

/**
 * sp_map_view_draw_ahead:
 * @self: a view that looks where it was the last time, and has no size yet
 *
 * Begins with the tiles that will be in sight if the window opens as it was closed. A maximised one is larger; the rest of
 * its tiles come when they are asked for.
 */
void
sp_map_view_draw_ahead (SpMapView *self)
{
  SpMapCamera camera;
  SpMapWindow window;
  int width, height;
  SpBox box;

  if (sp_map_background_has_pictures (self->background))
    return;
  guess_size (self, &width, &height);
  sp_map_camera_get (self->map, &camera);
  sp_map_window_init_around (&window, camera.latitude, camera.longitude, camera.zoom, width, height);
  sp_map_window_get_box (&window, &box);
  sp_base_source_draw_ahead (sp_map_background_get_source (self->background), &box, (int) floor (camera.zoom));
}

/**
 * sp_map_view_ask_ahead:
 * @self: a view that looks where it was the last time, on a screen, and was not laid out yet
 *
 * Has the map ask for its tiles as if it had its size already: those that were drawn ahead are then in the first frame, not
 * in the second.
 */
void
sp_map_view_ask_ahead (SpMapView *self)
{
  GtkWidget *map = GTK_WIDGET (self->map);
  GtkAllocation allocation = { 0 };
  int least;

  if (sp_map_background_has_pictures (self->background))
    return;
  guess_size (self, &allocation.width, &allocation.height);
  gtk_widget_measure (map, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  allocation.width = self->ahead_width = MAX (allocation.width, least);
  gtk_widget_measure (map, GTK_ORIENTATION_VERTICAL, allocation.width, &least, NULL, NULL, NULL);
  allocation.height = self->ahead_height = MAX (allocation.height, least);
  self->is_guessed = TRUE;
  gtk_widget_size_allocate (map, &allocation, -1);
  hurry (self, G_PRIORITY_HIGH);
}

/**
 * sp_map_view_hurry_tiles:
 * @self: a view whose map has moved, or got its size
 *
 * Has the map place its tiles, and ask for new ones, before the next frame.
 */
void
sp_map_view_hurry_tiles (SpMapView *self)
{
  hurry (self, G_PRIORITY_HIGH_IDLE);
}

static gboolean
asks_for_nothing (SpMapView *self)
{
  SpBaseSource *source = sp_map_background_get_source (self->background);

  return gtk_widget_get_width (GTK_WIDGET (self->tiles)) > 0 && gtk_widget_get_mapped (GTK_WIDGET (self->tiles))
         && !sp_base_source_is_drawn (source) && !sp_base_source_is_busy (source) && find_asking (self) == NULL;
}

static gboolean
ask_cb (gpointer data)
{
  SpMapView *self = data;

  self->asking = 0;
  self->n_asked++;
  if (self->background != NULL && asks_for_nothing (self))
    g_object_notify (G_OBJECT (shumate_map_get_viewport (self->map)), "longitude"); /* at which it asks in any case */
  return G_SOURCE_REMOVE;
}

/**
 * sp_map_view_check_tiles:
 * @self: a view that is drawn
 *
 * libshumate 1.4 sometimes gives a new layer its size and has it ask for no tiles; then it is told to, a few times at most.
 */
void
sp_map_view_check_tiles (SpMapView *self)
{
  if (self->asking == 0 && self->n_asked < MOST_ASKED && asks_for_nothing (self))
    self->asking = g_idle_add (ask_cb, self);
}

/* What libshumate asks for after a layout, it has asked for ahead. */
static gboolean
was_asked_ahead (SpMapView *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self->map)) <= self->ahead_width
         && gtk_widget_get_height (GTK_WIDGET (self->map)) <= self->ahead_height;
}

/**
 * sp_map_view_is_whole:
 * @self: a view
 *
 * Returns: whether all the map that is in sight has been drawn, where it looks now and as fine as it is shown
 */
gboolean
sp_map_view_is_whole (SpMapView *self)
{
  g_return_val_if_fail (SP_IS_MAP_VIEW (self), FALSE);
  return !self->has_wanted && (find_asking (self) == NULL || was_asked_ahead (self))
         && sp_base_source_is_drawn (sp_map_background_get_source (self->background));
}
