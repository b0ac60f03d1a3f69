/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpMapView: the map with what lies over it: outlines, names, pins, and its own buttons. It shows what a browser finds;
 * where it looks is the person's business, and it moves by itself only when nothing would be in sight otherwise. */
#include "sp-map-view-private.h"

#include "sp-application.h"
#include "sp-base-source.h"
#include "sp-compat.h"
#include "sp-tile-paintable.h"

#include <glib/gi18n.h>
#include <math.h>

#define STEP 80.0 /* pixels that an arrow key moves the map */
#define REST_MS 200 /* without a move: the map is at rest */
#define PATIENCE_MS 1000 /* with a map that is not there yet, before all else begins */
#define LEAP 1.5 /* zoom levels: libshumate would draw coarse tiles of one over fine ones of the other */

/* Around Great Britain, Ireland and their islands. */
static const SpBox british_isles = { 49.8, -10.7, 60.9, 1.9 };

G_DEFINE_FINAL_TYPE (SpMapView, sp_map_view, GTK_TYPE_WIDGET)

static int get_width (SpMapView *self) { return self->is_guessed ? 0 : gtk_widget_get_width (GTK_WIDGET (self->map)); }
static int get_height (SpMapView *self) { return self->is_guessed ? 0 : gtk_widget_get_height (GTK_WIDGET (self->map)); }

static void
save_place (SpMapView *self)
{
  SpMapCamera camera;

  if (!self->is_placed)
    return;
  sp_map_camera_get (self->map, &camera);
  g_settings_set_double (self->settings, "latitude", camera.latitude);
  g_settings_set_double (self->settings, "longitude", camera.longitude);
  g_settings_set_double (self->settings, "zoom", camera.zoom);
}

static gboolean
at_rest_cb (gpointer data)
{
  SpMapView *self = data;
  SpMapCamera camera;

  self->at_rest = 0;
  sp_map_camera_get (self->map, &camera);
  if (sp_map_camera_has_moved (&camera, &self->home, 1, 1))
    self->is_placed = TRUE;
  save_place (self);
  sp_map_view_sharpen (self);
  return G_SOURCE_REMOVE;
}

/* Without this the tiles would lag behind the layers over them. */
static void
keep_in_step (SpMapView *self)
{
  sp_map_view_hurry_tiles (self);
  for (GtkWidget *layer = gtk_widget_get_first_child (GTK_WIDGET (self->map)); layer != NULL;
       layer = gtk_widget_get_next_sibling (layer))
    gtk_widget_queue_draw (layer);
}

static void
moved_cb (SpMapView *self, GParamSpec *pspec, ShumateViewport *viewport)
{
  if (shumate_viewport_get_rotation (viewport) > 0) /* two fingers would turn it; north stays up */
    {
      shumate_viewport_set_rotation (viewport, 0);
      return;
    }
  keep_in_step (self);
  sp_map_view_update_search (self);
  if (fabs (shumate_viewport_get_zoom_level (viewport) - self->sharp_zoom) > LEAP)
    sp_map_view_sharpen (self);
  g_clear_handle_id (&self->at_rest, g_source_remove);
  self->at_rest = g_timeout_add (REST_MS, at_rest_cb, self);
}

/**
 * sp_map_view_update_search:
 * @self: a view
 *
 * Offers to search where the map looks now, once that is elsewhere.
 */
void
sp_map_view_update_search (SpMapView *self)
{
  gboolean offered = self->browser != NULL && sp_map_view_has_moved (self);

  if (offered)
    gtk_widget_set_visible (GTK_WIDGET (self->search_revealer), TRUE);
  gtk_revealer_set_reveal_child (self->search_revealer, offered);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "map.search-this-area", self->browser != NULL);
}

/**
 * sp_map_view_go_to:
 * @self: a view
 * @camera: where it is to look
 * @animate: whether it may glide there
 *
 * Moves the map; that is where it belongs from now on.
 */
void
sp_map_view_go_to (SpMapView *self, const SpMapCamera *camera, gboolean animate)
{
  self->home = *camera;
  sp_map_camera_go_to (self->map, camera, animate);
  sp_map_view_update_search (self);
}

static gboolean
fit_wanted_cb (GtkWidget *map, GdkFrameClock *clock, gpointer data)
{
  SpMapView *self = data;
  SpMapCamera camera;

  if (!self->has_wanted)
    return G_SOURCE_REMOVE;
  if (get_width (self) <= 0 || get_height (self) <= 0)
    return G_SOURCE_CONTINUE;
  self->has_wanted = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->tiles), TRUE);
  sp_map_camera_fit (&camera, &self->wanted, get_width (self), get_height (self), self->deepest);
  sp_map_view_go_to (self, &camera, FALSE);
  sp_map_view_sharpen (self);
  return G_SOURCE_REMOVE;
}

/**
 * sp_map_view_begin:
 * @self: a view
 *
 * Begins with what can wait until there is a map: names of places, pins, postcodes. On a machine with few processors it
 * would come after them.
 */
void
sp_map_view_begin (SpMapView *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->has_begun)
    return;
  self->has_begun = TRUE;
  sp_label_layer_begin (self->labels);
  sp_map_view_look_for_pins (self);
  sp_map_view_look_for_dots (self);
}

static gboolean
patience_cb (gpointer data)
{
  SpMapView *self = data;

  self->patience = 0;
  sp_map_view_begin (self);
  return G_SOURCE_REMOVE;
}

/* Where it was the last time; else the British Isles, until there are results. */
static void
restore_place (SpMapView *self)
{
  SpMapCamera camera = { g_settings_get_double (self->settings, "latitude"), g_settings_get_double (self->settings, "longitude"),
                         g_settings_get_double (self->settings, "zoom") };

  if (camera.zoom >= SP_BASE_SOURCE_MIN_ZOOM && camera.zoom <= SP_BASE_SOURCE_MAX_ZOOM
      && sp_geodesy_is_valid (camera.latitude, camera.longitude)
      && fabs (camera.latitude) < SP_GEODESY_MERCATOR_LATITUDE)
    {
      sp_map_view_go_to (self, &camera, FALSE);
      self->is_placed = TRUE;
    }
  else
    sp_map_view_show_box (self, &british_isles, SP_MAP_VIEW_NEAR);
}

static void
zoom_by (SpMapView *self, double levels)
{
  SpMapCamera camera;

  shumate_map_stop_go_to (self->map);
  sp_map_camera_get (self->map, &camera);
  camera.zoom = CLAMP (round (camera.zoom + levels), SP_BASE_SOURCE_MIN_ZOOM, SP_BASE_SOURCE_MAX_ZOOM);
  sp_map_camera_go_to (self->map, &camera, TRUE);
}

static void
pan_by (SpMapView *self, double dx, double dy)
{
  SpMapCamera camera;

  shumate_map_stop_go_to (self->map);
  sp_map_camera_get (self->map, &camera);
  sp_map_camera_pan (&camera, dx, dy);
  sp_map_camera_go_to (self->map, &camera, FALSE);
}

static gboolean
key_pressed_cb (SpMapView *self, guint key, guint code, GdkModifierType modifiers)
{
  static const struct { guint key; double x, y; } arrows[] = {
    { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 },
    { GDK_KEY_KP_Left, -1, 0 }, { GDK_KEY_KP_Right, 1, 0 }, { GDK_KEY_KP_Up, 0, -1 }, { GDK_KEY_KP_Down, 0, 1 },
  };

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (arrows[i].key == key)
      {
        pan_by (self, arrows[i].x * STEP, arrows[i].y * STEP);
        return GDK_EVENT_STOP;
      }
  if (key == GDK_KEY_plus || key == GDK_KEY_equal || key == GDK_KEY_KP_Add)
    zoom_by (self, 1);
  else if (key == GDK_KEY_minus || key == GDK_KEY_KP_Subtract)
    zoom_by (self, -1);
  else if (key == GDK_KEY_Home || key == GDK_KEY_KP_Home)
    sp_map_view_show_all (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
activate_link_cb (GtkLabel *label, const char *uri, SpMapView *self)
{
  if (g_str_equal (uri, SP_MAP_BACKGROUND_ABOUT))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.about", NULL);
  else
    sp_compat_open_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri);
  return GDK_EVENT_STOP;
}

static void zoom_in_action (GtkWidget *widget, const char *name, GVariant *parameter) { zoom_by (SP_MAP_VIEW (widget), 1); }
static void zoom_out_action (GtkWidget *widget, const char *name, GVariant *parameter) { zoom_by (SP_MAP_VIEW (widget), -1); }
static void show_all_action (GtkWidget *widget, const char *name, GVariant *parameter) { sp_map_view_show_all (SP_MAP_VIEW (widget)); }
static void search_action (GtkWidget *widget, const char *name, GVariant *parameter) { sp_map_view_search_this_area (SP_MAP_VIEW (widget)); }
static void retry_action (GtkWidget *widget, const char *name, GVariant *parameter) { sp_map_background_retry (SP_MAP_VIEW (widget)->background); }
static void hide_problem_action (GtkWidget *widget, const char *name, GVariant *parameter) { gtk_widget_set_visible (SP_MAP_VIEW (widget)->problem_box, FALSE); }

static void
units_cb (SpMapView *self)
{
  gboolean miles = g_settings_get_enum (self->settings, "units") == 0;

  sp_map_scale_set_units (self->scale, miles ? SP_SCALE_IMPERIAL : SP_SCALE_METRIC);
  sp_ring_layer_set_miles (self->ring, miles);
}

static void
make_layers (SpMapView *self)
{
  ShumateViewport *viewport = shumate_map_get_viewport (self->map);

  self->area = sp_area_layer_new (viewport);
  self->ring = sp_ring_layer_new (viewport);
  self->pins = sp_pin_layer_new (viewport);
  self->labels = sp_label_layer_new (viewport, self->pins);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->area));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->ring));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->pins));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->labels));
  sp_map_view_listen (self);
}

static void
sp_map_view_dispose (GObject *object)
{
  SpMapView *self = SP_MAP_VIEW (object);

  if (self->at_rest != 0)
    save_place (self);
  g_clear_handle_id (&self->at_rest, g_source_remove);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_handle_id (&self->asking, g_source_remove);
  sp_map_view_set_browser (self, NULL);
  sp_map_view_stop_tiles (self);
  if (self->map != NULL)
    g_signal_handlers_disconnect_by_data (shumate_map_get_viewport (self->map), self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SP_TYPE_MAP_VIEW);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (sp_map_view_parent_class)->dispose (object);
}

static void
sp_map_view_realize (GtkWidget *widget)
{
  SpMapView *self = SP_MAP_VIEW (widget);

  GTK_WIDGET_CLASS (sp_map_view_parent_class)->realize (widget);
  sp_tile_paintable_set_renderer (gtk_native_get_renderer (gtk_widget_get_native (widget)));
  if (self->is_placed && gtk_widget_get_width (GTK_WIDGET (self->map)) <= 0)
    sp_map_view_ask_ahead (self);
}

static void
sp_map_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SP_MAP_VIEW (widget)->is_guessed = FALSE;
  GTK_WIDGET_CLASS (sp_map_view_parent_class)->snapshot (widget, snapshot);
  sp_map_view_check_tiles (SP_MAP_VIEW (widget));
  sp_map_view_hurry_tiles (SP_MAP_VIEW (widget)); /* it has a size since this frame, perhaps, and would ask after the next */
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "map.zoom-in", NULL, zoom_in_action);
  gtk_widget_class_install_action (widget_class, "map.zoom-out", NULL, zoom_out_action);
  gtk_widget_class_install_action (widget_class, "map.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "map.search-this-area", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "map.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "map.hide-problem", NULL, hide_problem_action);
}

static void
sp_map_view_class_init (SpMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_map_view_dispose;
  widget_class->realize = sp_map_view_realize;
  widget_class->snapshot = sp_map_view_snapshot;
  install_actions (widget_class);
  g_type_ensure (SHUMATE_TYPE_MAP);
  g_type_ensure (SP_TYPE_MAP_SCALE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SpMapView, overlay); /* so that its dispose drops it */
  gtk_widget_class_bind_template_child (widget_class, SpMapView, map);
  gtk_widget_class_bind_template_child (widget_class, SpMapView, search_revealer);
  gtk_widget_class_bind_template_child (widget_class, SpMapView, problem_box);
  gtk_widget_class_bind_template_child (widget_class, SpMapView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, SpMapView, scale);
  gtk_widget_class_bind_template_child (widget_class, SpMapView, attribution);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_link_cb);
}

static void
sp_map_view_init (SpMapView *self)
{
  ShumateViewport *viewport;

  self->settings = g_settings_new (SP_APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "map");
  viewport = shumate_map_get_viewport (self->map);
  make_layers (self);
  sp_map_view_start_tiles (self);
  sp_map_scale_set_viewport (self->scale, viewport);
  units_cb (self);
  restore_place (self);
  g_signal_connect_object (self->settings, "changed::units", G_CALLBACK (units_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (sp_map_view_sharpen), NULL);
  sp_map_view_sharpen (self);
  if (self->is_placed)
    sp_map_view_draw_ahead (self);
  sp_map_view_update_search (self);
}

/**
 * sp_map_view_new:
 *
 * Returns: (transfer floating): a map without a browser, which shows where it was the last time
 */
GtkWidget *
sp_map_view_new (void)
{
  return g_object_new (SP_TYPE_MAP_VIEW, NULL);
}

/**
 * sp_map_view_set_browser:
 * @self: a view
 * @browser: (nullable): what to show; followed
 */
void
sp_map_view_set_browser (SpMapView *self, SpBrowser *browser)
{
  g_return_if_fail (SP_IS_MAP_VIEW (self));

  if (self->browser == browser)
    return;
  sp_map_view_unfollow (self);
  sp_map_view_stop_dots (self);
  g_set_object (&self->browser, browser);
  if (browser == NULL)
    return;
  if (!self->has_begun && self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  sp_map_view_follow (self);
  sp_map_view_start_dots (self);
  sp_map_view_update_search (self);
}

/**
 * sp_map_view_get_browser:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what it shows
 */
SpBrowser *sp_map_view_get_browser (SpMapView *self) { return self->browser; }

/**
 * sp_map_view_get_map:
 * @self: a view
 *
 * Returns: (transfer none): libshumate's map inside, for layers
 */
ShumateMap *sp_map_view_get_map (SpMapView *self) { return self->map; }

/**
 * sp_map_view_show_box:
 * @self: a view
 * @box: what to show whole; once the map has a size
 * @deepest: no zoom beyond this; %SP_MAP_VIEW_NEAR where one entry is not to fill the window with its street
 */
void
sp_map_view_show_box (SpMapView *self, const SpBox *box, double deepest)
{
  SpMapCamera camera;

  g_return_if_fail (SP_IS_MAP_VIEW (self));

  self->wanted = *box;
  self->deepest = deepest;
  self->has_wanted = get_width (self) <= 0 || get_height (self) <= 0;
  if (self->has_wanted)
    {
      gtk_widget_add_tick_callback (GTK_WIDGET (self->map), fit_wanted_cb, self, NULL);
      return;
    }
  sp_map_camera_fit (&camera, box, get_width (self), get_height (self), deepest);
  sp_map_view_go_to (self, &camera, self->is_placed); /* whoever opens it sees it where it belongs */
}

/**
 * sp_map_view_show_point:
 * @self: a view
 * @latitude: degrees north
 * @longitude: degrees east
 *
 * Brings a point into view. Nothing moves if it is in view already.
 */
void
sp_map_view_show_point (SpMapView *self, double latitude, double longitude)
{
  SpMapCamera camera;

  g_return_if_fail (SP_IS_MAP_VIEW (self));

  sp_map_camera_get (self->map, &camera);
  if (get_width (self) > 0 && sp_map_camera_reveal (&camera, latitude, longitude, get_width (self), get_height (self)))
    sp_map_view_go_to (self, &camera, TRUE);
}

/**
 * sp_map_view_has_moved:
 * @self: a view
 *
 * Returns: whether somebody has moved the map away from where it was put
 */
gboolean
sp_map_view_has_moved (SpMapView *self)
{
  SpMapCamera camera;

  sp_map_camera_get (self->map, &camera);
  return !self->has_wanted && get_width (self) > 0
         && sp_map_camera_has_moved (&camera, &self->home, get_width (self), get_height (self));
}
