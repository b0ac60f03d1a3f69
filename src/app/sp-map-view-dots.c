/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The postcodes that the store knows, in SpMapView: each is a dot on the built-in map, and many of them are a town. */
#include "sp-map-view-private.h"

#include "sp-gazetteer.h"

#define QUIET_MS 3000 /* after a change of the store, before it is looked whether it knows more postcodes */

/* What a thread of the store is asked, and answers. */
typedef struct
{
  guint64    n;    /* postcodes on the map; then in the store */
  SpMapDots *dots; /* owned, nullable if there are still as many */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->dots, sp_map_dots_unref);
  g_free (look);
}

static void
add_position (double latitude, double longitude, gpointer positions)
{
  SpMapPosition position = { (float) latitude, (float) longitude };

  g_array_append_val ((GArray *) positions, position);
}

/* On a thread of the store. */
static gpointer
read_dots (SpDb *db, gpointer known, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (SpMapPosition));
  guint64 n = sp_gazetteer_count_postcodes (db, error);
  Look *look;

  if (n == G_MAXUINT64)
    return NULL;
  if (n != *(guint64 *) known && !sp_gazetteer_foreach_postcode (db, add_position, positions, cancellable, error))
    return NULL;
  look = g_new0 (Look, 1);
  look->n = n;
  if (n != *(guint64 *) known)
    look->dots = sp_map_dots_new ((const SpMapPosition *) (gpointer) positions->data, positions->len);
  return look;
}

/* Without them the map is what it was: nothing to tell anybody. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpMapView) self = data;
  g_autoptr (GError) error = NULL;
  Look *look = sp_store_call_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&look, look_free);
      return;
    }
  g_clear_object (&self->reading_dots);
  if (look == NULL)
    return;
  self->n_dots = look->n;
  if (look->dots != NULL && self->background != NULL)
    sp_map_background_set_dots (self->background, look->dots);
  look_free (look);
}

static gboolean
look_cb (gpointer data)
{
  SpMapView *self = data;

  self->dots_timer = 0;
  if (self->reading_dots != NULL || !self->has_begun)
    return G_SOURCE_REMOVE;
  self->reading_dots = g_cancellable_new ();
  sp_store_read_async (sp_browser_get_store (self->browser), read_dots, g_memdup2 (&self->n_dots, sizeof self->n_dots), g_free,
                       look_free, self->reading_dots, read_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* An import changes the store all the time; when it is quiet again is soon enough. */
static void
changed_cb (SpMapView *self)
{
  g_clear_handle_id (&self->dots_timer, g_source_remove);
  self->dots_timer = g_timeout_add (QUIET_MS, look_cb, self);
}

/**
 * sp_map_view_start_dots:
 * @self: a view that was given a browser
 *
 * Draws the postcodes of its store, and those that it learns.
 */
void
sp_map_view_start_dots (SpMapView *self)
{
  g_signal_connect_object (sp_browser_get_store (self->browser), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  look_cb (self);
}

/**
 * sp_map_view_look_for_dots:
 * @self: a view that has begun
 */
void
sp_map_view_look_for_dots (SpMapView *self)
{
  g_clear_handle_id (&self->dots_timer, g_source_remove);
  if (self->browser != NULL)
    look_cb (self);
}

/**
 * sp_map_view_stop_dots:
 * @self: a view whose browser goes away, if it has one
 */
void
sp_map_view_stop_dots (SpMapView *self)
{
  g_clear_handle_id (&self->dots_timer, g_source_remove);
  if (self->reading_dots != NULL)
    g_cancellable_cancel (self->reading_dots);
  g_clear_object (&self->reading_dots);
  self->n_dots = 0;
  if (self->browser != NULL)
    g_signal_handlers_disconnect_by_data (sp_browser_get_store (self->browser), self);
}
