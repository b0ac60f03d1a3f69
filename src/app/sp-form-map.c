/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormMap: a small map with one pin, which a person drags, or moves with the arrow keys, to where an entry is. A click
 * puts it there. Hidden as long as there is nothing to draw the map from. */
#include "sp-form-map.h"

#include "sp-label-layer.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEIGHT 220     /* pixels of the map */
#define NEAR_ZOOM 14   /* when a pin is put somewhere else */
#define KEY_STEP 4     /* pixels that an arrow key moves the pin */
#define KEY_STRIDE 40  /* with Shift */
#define MIDDLE_LATITUDE 54.5 /* of these islands, with no pin yet */
#define MIDDLE_LONGITUDE -3.5
#define TOWN_ZOOM 12
#define FAR_ZOOM 5

struct _SpFormMap
{
  GtkWidget parent_instance;

  SpMapBackground    *background; /* owned, nullable until there is one */
  ShumateMap         *map;
  GtkLabel           *attribution;
  ShumateLayer       *tiles; /* nullable until there is a background */
  ShumateLayer       *names; /* likewise */
  ShumateMarkerLayer *layer; /* likewise */
  ShumateMarker      *pin;
  GtkWidget          *handle;  /* the button that is the pin */
  gboolean            placed;
  double              near_latitude;  /* where the map is while there is no pin; NAN for all the islands */
  double              near_longitude;
  double              start_x; /* of the pin's foot when a drag began; pixels of the map */
  double              start_y;
};

G_DEFINE_FINAL_TYPE (SpFormMap, sp_form_map, GTK_TYPE_WIDGET)

enum { MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static ShumateViewport *
get_viewport (SpFormMap *self)
{
  return shumate_map_get_viewport (self->map);
}

static void
show_pin (SpFormMap *self, double latitude, double longitude)
{
  shumate_location_set_location (SHUMATE_LOCATION (self->pin), latitude, longitude);
  gtk_widget_set_visible (GTK_WIDGET (self->pin), TRUE);
  self->placed = TRUE;
}

/* Puts the pin below a point of the map, and tells so. */
static void
move_to (SpFormMap *self, double x, double y)
{
  double latitude, longitude;

  if (shumate_viewport_get_reference_map_source (get_viewport (self)) == NULL)
    return;
  shumate_viewport_widget_coords_to_location (get_viewport (self), GTK_WIDGET (self->map), x, y, &latitude, &longitude);
  show_pin (self, CLAMP (latitude, -90, 90), CLAMP (longitude, -180, 180));
  g_signal_emit (self, signals[MOVED], 0);
}

static void
get_foot (SpFormMap *self, double *x, double *y)
{
  shumate_viewport_location_to_widget_coords (get_viewport (self), GTK_WIDGET (self->map),
                                              shumate_location_get_latitude (SHUMATE_LOCATION (self->pin)),
                                              shumate_location_get_longitude (SHUMATE_LOCATION (self->pin)), x, y);
}

static void
clicked_cb (SpFormMap *self, int presses, double x, double y, GtkGesture *gesture)
{
  if (presses == 1)
    move_to (self, x, y);
}

static void
drag_begin_cb (SpFormMap *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED); /* else the map would move */
  get_foot (self, &self->start_x, &self->start_y);
}

/* The offset is in pixels of the pin, which moves meanwhile. */
static void
drag_end_cb (SpFormMap *self, double x, double y, GtkGesture *gesture)
{
  if (fabs (x) + fabs (y) > 2)
    move_to (self, self->start_x + x, self->start_y + y);
}

static gboolean
key_cb (SpFormMap *self, guint key, guint code, GdkModifierType state, GtkEventController *controller)
{
  double x, y, step = (state & GDK_SHIFT_MASK) != 0 ? KEY_STRIDE : KEY_STEP;
  double dx = (key == GDK_KEY_Right) - (key == GDK_KEY_Left), dy = (key == GDK_KEY_Down) - (key == GDK_KEY_Up);

  if (dx == 0 && dy == 0)
    return GDK_EVENT_PROPAGATE;
  get_foot (self, &x, &y);
  move_to (self, x + dx * step, y + dy * step);
  return GDK_EVENT_STOP;
}

static void
sp_form_map_dispose (GObject *object)
{
  SpFormMap *self = SP_FORM_MAP (object);

  GtkWidget *child;

  if (self->background != NULL)
    g_signal_handlers_disconnect_by_data (self->background, self);
  g_clear_object (&self->background);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sp_form_map_parent_class)->dispose (object);
}

static void
sp_form_map_class_init (SpFormMapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_form_map_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);

  /**
   * SpFormMap::moved:
   * @self: the map
   *
   * A person has put the pin somewhere.
   */
  signals[MOVED] = g_signal_new ("moved", SP_TYPE_FORM_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_pin (SpFormMap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->pin = shumate_marker_new ();
  self->handle = gtk_button_new_from_icon_name ("mark-location-symbolic");
  gtk_widget_add_css_class (self->handle, "formpin");
  gtk_widget_set_tooltip_text (self->handle, _("Drag the pin, or move it with the arrow keys"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Pin. Move it with the arrow keys"), -1);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (self->handle, keys);
  shumate_marker_set_child (self->pin, self->handle);
  gtk_widget_set_visible (GTK_WIDGET (self->pin), FALSE);
}

static void
sp_form_map_init (SpFormMap *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->near_latitude = self->near_longitude = NAN;
  self->map = g_object_new (SHUMATE_TYPE_MAP, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Map"), -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->map), -1, HEIGHT);
  gtk_widget_set_vexpand (GTK_WIDGET (self->map), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->map), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self->map), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (GTK_WIDGET (self->map), GTK_WIDGET (self));
  self->attribution = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->attribution, 1);
  gtk_label_set_wrap (self->attribution, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->attribution), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->attribution), "dim-label");
  gtk_widget_set_parent (GTK_WIDGET (self->attribution), GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  add_pin (self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->map), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_vexpand (GTK_WIDGET (self), FALSE); /* whatever its layers would like */
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* A map layer takes one source for its life. */
static void
renew_tiles (SpFormMap *self)
{
  ShumateMapSource *source = SHUMATE_MAP_SOURCE (sp_map_background_get_source (self->background));
  ShumateViewport *viewport = get_viewport (self);

  if (shumate_viewport_get_reference_map_source (viewport) == NULL)
    shumate_map_set_map_source (self->map, source);
  if (self->tiles != NULL)
    shumate_map_remove_layer (self->map, self->tiles);
  self->tiles = SHUMATE_LAYER (shumate_map_layer_new (source, viewport));
  gtk_widget_set_can_target (GTK_WIDGET (self->tiles), FALSE);
  shumate_map_insert_layer_behind (self->map, self->tiles, self->names);
  gtk_widget_set_visible (GTK_WIDGET (self->names), !sp_map_background_has_pictures (self->background));
}

static void
show_attribution (SpFormMap *self)
{
  g_autofree char *markup = sp_map_background_get_attribution_markup (self->background);

  gtk_label_set_markup (self->attribution, markup);
}

/* Tiles are drawn in an idle moment, the pin at once: without this they would not move together. */
static void
viewport_cb (SpFormMap *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->tiles));
}

static void
add_layers (SpFormMap *self)
{
  ShumateViewport *viewport = get_viewport (self);

  self->names = SHUMATE_LAYER (sp_label_layer_new (viewport, NULL));
  sp_label_layer_begin (SP_LABEL_LAYER (self->names));
  self->layer = shumate_marker_layer_new (viewport);
  shumate_marker_layer_add_marker (self->layer, self->pin);
  shumate_map_add_layer (self->map, self->names);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->layer));
}

/* Where somebody may look for the place of the pin. */
static void
show_surroundings (SpFormMap *self)
{
  const gboolean known = !isnan (self->near_latitude);

  shumate_viewport_set_zoom_level (get_viewport (self), known ? TOWN_ZOOM : FAR_ZOOM);
  shumate_map_center_on (self->map, known ? self->near_latitude : MIDDLE_LATITUDE, known ? self->near_longitude : MIDDLE_LONGITUDE);
}

/**
 * sp_form_map_set_background:
 * @self: a small map
 * @background: what to draw the map from; once
 */
void
sp_form_map_set_background (SpFormMap *self, SpMapBackground *background)
{
  g_return_if_fail (self->background == NULL);
  self->background = g_object_ref (background);
  add_layers (self);
  renew_tiles (self);
  show_attribution (self);
  g_signal_connect_swapped (background, "notify::source", G_CALLBACK (renew_tiles), self);
  g_signal_connect_swapped (background, "notify::attribution", G_CALLBACK (show_attribution), self);
  g_signal_connect_object (get_viewport (self), "notify", G_CALLBACK (viewport_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  if (self->placed)
    sp_form_map_set_pin (self, shumate_location_get_latitude (SHUMATE_LOCATION (self->pin)),
                         shumate_location_get_longitude (SHUMATE_LOCATION (self->pin)));
  else
    show_surroundings (self);
}

/**
 * sp_form_map_set_pin:
 * @self: a small map
 * @latitude: degrees north, or NAN for no pin
 * @longitude: degrees east, or NAN
 *
 * Puts the pin somewhere, and moves the map there unless the pin is in sight.
 */
void
sp_form_map_set_pin (SpFormMap *self, double latitude, double longitude)
{
  double x, y;

  if (isnan (latitude) || isnan (longitude))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->pin), FALSE);
      self->placed = FALSE;
      return;
    }
  show_pin (self, latitude, longitude);
  if (self->background == NULL)
    return;
  get_foot (self, &x, &y);
  if (x >= 0 && y >= 0 && x < gtk_widget_get_width (GTK_WIDGET (self->map)) && y < gtk_widget_get_height (GTK_WIDGET (self->map))
      && shumate_viewport_get_zoom_level (get_viewport (self)) > FAR_ZOOM)
    return;
  shumate_viewport_set_zoom_level (get_viewport (self), NEAR_ZOOM);
  shumate_map_center_on (self->map, latitude, longitude);
}

/**
 * sp_form_map_look_at:
 * @self: a small map
 * @latitude: degrees north
 * @longitude: degrees east
 *
 * Moves the map to a town in which the pin may belong, unless there is a pin.
 */
void
sp_form_map_look_at (SpFormMap *self, double latitude, double longitude)
{
  self->near_latitude = latitude;
  self->near_longitude = longitude;
  if (!self->placed && self->background != NULL)
    show_surroundings (self);
}

/**
 * sp_form_map_get_pin:
 * @self: a small map
 * @latitude: (out): degrees north, WGS 84
 * @longitude: (out): degrees east, WGS 84
 *
 * Returns: whether there is a pin
 */
gboolean
sp_form_map_get_pin (SpFormMap *self, double *latitude, double *longitude)
{
  *latitude = shumate_location_get_latitude (SHUMATE_LOCATION (self->pin));
  *longitude = shumate_location_get_longitude (SHUMATE_LOCATION (self->pin));
  return self->placed;
}
