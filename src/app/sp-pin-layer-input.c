/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer and keyboard on the layer of pins. The keyboard walks from sprite to sprite in the order of reading, and each is
 * said by name: the layer is an image whose label is what the keyboard is at. */
#include "sp-pin-layer-private.h"

#include <glib/gi18n.h>

#define MODIFIERS (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)

static const SpSprite *
get_sprite (SpPinLayer *self, guint number)
{
  guint count;
  const SpSprite *sprites = sp_pin_scene_get (self->scene, &count);

  return number < count ? &sprites[number] : NULL;
}

/* What a sprite means; NULL if it is not known yet. */
static char *
tell_sprite (SpPinLayer *self, const SpSprite *sprite, const char *separator)
{
  guint count = sprite->cluster.count;

  if (sprite->kind == SP_SPRITE_PIN)
    return self->names != NULL ? sp_pin_names_tell (self->names, &sprite->point, separator) : NULL;
  if (sprite->kind == SP_SPRITE_MORE)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more here", "%u more here", count), count);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry close together", "%u entries close together", count), count);
}

static char *
tell_all (SpPinLayer *self)
{
  const SpClusterIndex *index = self->model != NULL ? sp_map_model_get_index (self->model) : NULL;
  guint count = index != NULL ? sp_cluster_index_count (index) : 0;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Map with %u entry", "Map with %u entries", count), count);
}

/* The sprite that the keyboard is at, with its number among all; NULL if there is none, or nothing is known of it yet. */
static char *
tell_current (SpPinLayer *self)
{
  guint number = self->is_current ? sp_pin_scene_find (self->scene, &self->current) : SP_PIN_SCENE_NOTHING, count;
  g_autofree char *what = number != SP_PIN_SCENE_NOTHING ? tell_sprite (self, get_sprite (self, number), ", ") : NULL;

  sp_pin_scene_get (self->scene, &count);
  if (what == NULL)
    return NULL;
  /* Translators: what the keyboard is at on the map, such as “Lunch club, Food, 3 of 27” */
  return g_strdup_printf (_("%s, %u of %u"), what, number + 1, count);
}

/**
 * sp_pin_layer_describe:
 * @self: a layer
 *
 * Has assistive technology say what the keyboard is at, or how much there is.
 */
void
sp_pin_layer_describe (SpPinLayer *self)
{
  g_autofree char *current = tell_current (self);
  g_autofree char *label = current != NULL ? g_steal_pointer (&current) : tell_all (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* ---- pointer ---- */

static void
hover (SpPinLayer *self, guint number)
{
  const SpSprite *sprite = get_sprite (self, number);

  self->is_hovered = sprite != NULL;
  if (sprite != NULL)
    self->hovered = *sprite;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), sprite != NULL ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (SpPinLayer *self, double x, double y)
{
  guint number = sp_pin_scene_pick (self->scene, x, y);
  guint before = self->is_hovered ? sp_pin_scene_find (self->scene, &self->hovered) : SP_PIN_SCENE_NOTHING;

  if (number != before)
    hover (self, number);
}

static void
enter_cb (SpPinLayer *self, double x, double y)
{
  motion_cb (self, x, y);
}

static void
leave_cb (SpPinLayer *self)
{
  if (self->is_hovered)
    hover (self, SP_PIN_SCENE_NOTHING);
}

static void
released_cb (GtkGestureClick *click, int presses, double x, double y, SpPinLayer *self)
{
  const SpSprite *found = get_sprite (self, sp_pin_scene_pick (self->scene, x, y));
  SpSprite sprite;

  if (found == NULL)
    {
      if (sp_pin_scene_close_fan (self->scene))
        sp_pin_layer_redraw_all (self);
      return;
    }
  sprite = *found; /* what follows may change the scene */
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  self->current = sprite;
  self->is_current = TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  sp_pin_layer_activate (self, &sprite);
  sp_pin_layer_describe (self);
}

static gboolean
query_tooltip_cb (SpPinLayer *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  guint number = !keyboard ? sp_pin_scene_pick (self->scene, x, y)
                 : self->is_current ? sp_pin_scene_find (self->scene, &self->current) : SP_PIN_SCENE_NOTHING;
  const SpSprite *sprite = get_sprite (self, number);
  g_autofree char *text = sprite != NULL ? tell_sprite (self, sprite, "\n") : NULL;

  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* ---- keyboard ---- */

static void
go_to (SpPinLayer *self, guint number)
{
  const SpSprite *sprite = get_sprite (self, number);

  self->is_current = sprite != NULL;
  if (sprite != NULL)
    self->current = *sprite;
  sp_pin_layer_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where a walk begins: at what is selected if it is in sight, else at the first. */
static guint
find_start (SpPinLayer *self)
{
  SpSprite chosen = { .kind = SP_SPRITE_PIN, .point = self->chosen };
  guint number = self->has_chosen ? sp_pin_scene_find (self->scene, &chosen) : SP_PIN_SCENE_NOTHING;

  return number != SP_PIN_SCENE_NOTHING ? number : 0;
}

static void
walk (SpPinLayer *self, int by)
{
  guint number = self->is_current ? sp_pin_scene_find (self->scene, &self->current) : SP_PIN_SCENE_NOTHING, count;

  sp_pin_scene_get (self->scene, &count);
  if (count == 0)
    return;
  go_to (self, number == SP_PIN_SCENE_NOTHING ? find_start (self) : (number + count + (guint) by) % count);
}

/* Into the fan that has just been opened. */
static void
enter_fan (SpPinLayer *self)
{
  SpMapFrame frame;
  guint count;
  const SpSprite *sprites;

  if (!sp_pin_layer_update (self, &frame))
    return;
  sprites = sp_pin_scene_get (self->scene, &count);
  for (guint i = 0; i < count; i++)
    if (sprites[i].fanned)
      {
        go_to (self, i);
        return;
      }
}

static gboolean
activate_current (SpPinLayer *self)
{
  guint number = self->is_current ? sp_pin_scene_find (self->scene, &self->current) : SP_PIN_SCENE_NOTHING;
  const SpSprite *found = get_sprite (self, number);
  SpSprite sprite;

  if (found == NULL)
    return FALSE;
  sprite = *found;
  sp_pin_layer_activate (self, &sprite);
  if (sprite.kind != SP_SPRITE_PIN)
    enter_fan (self);
  return TRUE;
}

static gboolean
close_fan (SpPinLayer *self)
{
  SpMapFrame frame;

  if (!sp_pin_scene_close_fan (self->scene))
    return FALSE;
  if (self->current.fanned)
    self->current = (SpSprite){ .kind = SP_SPRITE_CLUSTER, .cluster = self->current.cluster };
  sp_pin_layer_update (self, &frame);
  sp_pin_layer_describe (self);
  sp_pin_layer_redraw_all (self);
  return TRUE;
}

static gboolean
key_pressed_cb (SpPinLayer *self, guint key, guint code, GdkModifierType state)
{
  guint count;

  sp_pin_scene_get (self->scene, &count);
  if ((state & MODIFIERS) != 0 || count == 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Right: case GDK_KEY_Down: case GDK_KEY_KP_Right: case GDK_KEY_KP_Down:
      walk (self, 1);
      return TRUE;
    case GDK_KEY_Left: case GDK_KEY_Up: case GDK_KEY_KP_Left: case GDK_KEY_KP_Up:
      walk (self, -1);
      return TRUE;
    case GDK_KEY_Home: case GDK_KEY_KP_Home:
      go_to (self, 0);
      return TRUE;
    case GDK_KEY_End: case GDK_KEY_KP_End:
      go_to (self, count - 1);
      return TRUE;
    case GDK_KEY_Return: case GDK_KEY_KP_Enter: case GDK_KEY_ISO_Enter: case GDK_KEY_space:
      return activate_current (self);
    case GDK_KEY_Escape:
      return close_fan (self);
    default:
      return FALSE;
    }
}

static void
focus_cb (SpPinLayer *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (self)) && !self->is_current)
    walk (self, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sp_pin_layer_add_input:
 * @self: a layer that is being made
 *
 * Has it listen to pointer and keyboard.
 */
void
sp_pin_layer_add_input (SpPinLayer *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new (), *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, keys);
}
