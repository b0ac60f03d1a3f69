/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpOnlineSource: tiles of pictures from a server. Where there is none to be had, the built-in map is seen. */
#include "sp-online-source.h"

#include "sp-error.h"
#include "sp-online-address.h"
#include "sp-tile-image.h"

struct _SpOnlineSource
{
  SpBaseSource parent_instance;

  char          *address; /* owned; with {z}, {x} and {y} */
  SpTileFetcher *fetcher; /* owned */
};

G_DEFINE_FINAL_TYPE (SpOnlineSource, sp_online_source, SP_TYPE_BASE_SOURCE)

/* The problem is the server's, not that of one tile: a picture that was kept may stand in for a new one. That some are
 * broken stays true when others are whole. */
static void
show_problem (SpBaseSource *source, const GError *problem)
{
  const GError *before = sp_base_source_get_problem (source);

  if (problem != NULL || !g_error_matches (before, SP_ERROR, SP_ERROR_PARSE))
    sp_base_source_set_problem (source, problem);
}

static void
fetched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  SpTileFetcher *fetcher = SP_TILE_FETCHER (object);
  GTask *task = data;
  SpBaseSource *source = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sp_tile_fetcher_fetch_finish (fetcher, result, &error);

  show_problem (source, sp_tile_fetcher_get_problem (fetcher));
  sp_base_source_render (source, task, bytes);
}

static void
sp_online_source_fetch (SpBaseSource *source, const SpBaseSpot *spot, GTask *task)
{
  SpOnlineSource *self = SP_ONLINE_SOURCE (source);
  g_autofree char *uri = sp_online_address_fill (self->address, spot->x, spot->y, spot->zoom);

  sp_tile_fetcher_fetch_async (self->fetcher, uri, g_task_get_cancellable (task), fetched_cb, task);
}

static GdkTexture *
sp_online_source_render (SpBaseSource *source, const SpBaseSpot *spot, GBytes *bytes, GError **error)
{
  return bytes != NULL ? sp_tile_image_decode (bytes, error) : NULL;
}

static void
sp_online_source_finalize (GObject *object)
{
  SpOnlineSource *self = SP_ONLINE_SOURCE (object);

  g_free (self->address);
  g_object_unref (self->fetcher);
  G_OBJECT_CLASS (sp_online_source_parent_class)->finalize (object);
}

static void
sp_online_source_class_init (SpOnlineSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_online_source_finalize;
  SP_BASE_SOURCE_CLASS (klass)->fetch = sp_online_source_fetch;
  SP_BASE_SOURCE_CLASS (klass)->render = sp_online_source_render;
}

static void
sp_online_source_init (SpOnlineSource *self)
{
}

/**
 * sp_online_source_new:
 * @address: that sp_online_address_parse() has taken
 * @fetcher: what gets the pictures
 * @style: colours of the built-in map, where there is none
 * @resolution: pixels of the built-in map for each of the widget
 * @dots: (nullable): postcodes for the built-in map
 *
 * Returns: (transfer full): a source that shows the server's pictures
 */
SpOnlineSource *
sp_online_source_new (const char *address, SpTileFetcher *fetcher, SpMapStyle style, double resolution, SpMapDots *dots)
{
  SpOnlineSource *self = g_object_new (SP_TYPE_ONLINE_SOURCE, "style", style, "resolution", resolution, "dots", dots, NULL);

  self->address = g_strdup (address);
  self->fetcher = g_object_ref (fetcher);
  sp_base_source_set_problem (SP_BASE_SOURCE (self), sp_tile_fetcher_get_problem (fetcher));
  return self;
}
