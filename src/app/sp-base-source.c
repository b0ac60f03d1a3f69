/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpBaseSource: the built-in map as tiles for libshumate, drawn in threads. It never fails, and so it is also what other
 * sources of tiles are made of: where they have no picture, this one's stands in.
 *
 * A source has one style and one resolution for its life. When the window turns dark or a zoom ends between two levels,
 * a new source replaces it: only so does a map layer ask for its tiles again. */
#include "sp-base-source-job.h"

#include "sp-tile-paintable.h"
#include "sp-tiles-ahead.h"

#include <math.h>

typedef struct
{
  SpMapStyle    style;
  double        resolution;  /* pixels of the picture for each of the map */
  SpMapDots    *dots;        /* owned, nullable */
  GError       *problem;     /* owned, nullable */
  GPtrArray    *jobs;        /* SpBaseJob: tiles that are under way */
  SpTilesAhead *ahead;       /* owned, nullable: until all in sight is drawn */
  guint         n_in_sight;  /* of them */
  SpBaseSight   get_sight;   /* nullable: all is in sight */
  gpointer      sight_data;
  gboolean      is_asked;    /* for any tile */
  gboolean      is_stopped;
} SpBaseSourcePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (SpBaseSource, sp_base_source, SHUMATE_TYPE_MAP_SOURCE)

typedef enum { PROP_PROBLEM = 1, PROP_BUSY, PROP_DRAWN, PROP_STYLE, PROP_RESOLUTION, PROP_DOTS } SpBaseSourceProperty;
static GParamSpec *properties[PROP_DOTS + 1];

/* As wide and high as a tile is on the screen. */
static int
count_pixels (SpBaseSource *self)
{
  return (int) ceil (SP_BASE_TILE * sp_base_source_get_resolution (self));
}

/* On a thread. */
static GdkTexture *
draw_built_in (SpBaseSource *self, const SpBaseSpot *spot, GBytes *bytes, GError **error)
{
  return sp_base_tile_take (sp_base_source_draw (self, spot, count_pixels (self)));
}

static void
fetch_nothing (SpBaseSource *self, const SpBaseSpot *spot, GTask *task)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);
  cairo_surface_t *surface = priv->ahead != NULL ? sp_tiles_ahead_take (priv->ahead, spot) : NULL;

  if (surface == NULL)
    {
      sp_base_source_render (self, task, NULL);
      return;
    }
  g_task_return_pointer (task, sp_base_tile_take (surface), g_object_unref);
  g_object_unref (task);
}

static void
add_job (SpBaseSource *self, SpBaseJob *job)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  g_ptr_array_add (priv->jobs, job);
  priv->n_in_sight += job->is_in_sight;
  priv->is_asked = TRUE;
  if (priv->jobs->len == 1)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
remove_job (SpBaseSource *self, SpBaseJob *job)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  sp_base_job_let_go (job);
  g_ptr_array_remove_fast (priv->jobs, job);
  priv->n_in_sight -= job->is_in_sight;
  if (job->is_in_sight && priv->n_in_sight == 0)
    {
      g_clear_pointer (&priv->ahead, sp_tiles_ahead_stop);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAWN]);
    }
  if (priv->jobs->len == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static gboolean
is_in_sight (SpBaseSource *self, const SpBaseSpot *spot)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);
  double left, top, right, bottom;
  SpBox box;

  if (priv->get_sight == NULL || !priv->get_sight (&box, priv->sight_data))
    return TRUE;
  sp_geodesy_to_tile (box.north, box.west, spot->zoom, &left, &top);
  sp_geodesy_to_tile (box.south, box.east, spot->zoom, &right, &bottom);
  return spot->x < right && spot->x + 1 > left && spot->y < bottom && spot->y + 1 > top;
}

static void
fill_tile_async (ShumateMapSource *source, ShumateTile *tile, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  SpBaseSource *self = SP_BASE_SOURCE (source);
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);
  SpBaseJob *job = sp_base_job_new (tile, cancellable);
  GTask *task = g_task_new (self, job->cancellable, callback, user_data);

  g_task_set_source_tag (task, fill_tile_async);
  g_task_set_task_data (task, job, sp_base_job_free);
  job->is_in_sight = is_in_sight (self, &job->spot);
  add_job (self, job);
  if (priv->is_stopped)
    g_cancellable_cancel (job->cancellable);
  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    SP_BASE_SOURCE_GET_CLASS (self)->fetch (self, &job->spot, task);
}

/* A stopped source must say that it was cancelled: its layer may be gone, and would ask for more. */
static gboolean
fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  SpBaseSource *self = SP_BASE_SOURCE (source);
  SpBaseJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), error);
  g_autoptr (SpTilePaintable) paintable = NULL;

  remove_job (self, job);
  if (texture == NULL || g_cancellable_set_error_if_cancelled (job->cancellable, error))
    return FALSE;
  if (job->problem != NULL)
    sp_base_source_set_problem (self, job->problem);
  paintable = sp_tile_paintable_new (texture);
  shumate_tile_set_paintable (job->tile, GDK_PAINTABLE (paintable));
  shumate_tile_set_fade_in (job->tile, FALSE);
  shumate_tile_set_state (job->tile, SHUMATE_STATE_DONE);
  return TRUE;
}

static void
sp_base_source_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SpBaseSource *self = SP_BASE_SOURCE (object);
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  switch ((SpBaseSourceProperty) prop_id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, priv->problem);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, sp_base_source_is_busy (self));
      break;
    case PROP_DRAWN:
      g_value_set_boolean (value, sp_base_source_is_drawn (self));
      break;
    case PROP_STYLE:
      g_value_set_uint (value, priv->style);
      break;
    case PROP_RESOLUTION:
      g_value_set_double (value, priv->resolution);
      break;
    case PROP_DOTS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_base_source_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (SP_BASE_SOURCE (object));
  SpMapDots *dots;

  switch ((SpBaseSourceProperty) prop_id)
    {
    case PROP_STYLE:
      priv->style = g_value_get_uint (value);
      break;
    case PROP_RESOLUTION:
      priv->resolution = g_value_get_double (value);
      break;
    case PROP_DOTS:
      dots = g_value_get_pointer (value);
      priv->dots = dots != NULL ? sp_map_dots_ref (dots) : NULL;
      break;
    case PROP_PROBLEM:
    case PROP_BUSY:
    case PROP_DRAWN:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Not before: libshumate sets its own defaults on construction. */
static void
sp_base_source_constructed (GObject *object)
{
  ShumateMapSource *source = SHUMATE_MAP_SOURCE (object);

  G_OBJECT_CLASS (sp_base_source_parent_class)->constructed (object);
  shumate_map_source_set_id (source, "signpost");
  shumate_map_source_set_tile_size (source, SP_BASE_TILE);
  shumate_map_source_set_min_zoom_level (source, SP_BASE_SOURCE_MIN_ZOOM);
  shumate_map_source_set_max_zoom_level (source, SP_BASE_SOURCE_MAX_ZOOM);
  shumate_map_source_set_projection (source, SHUMATE_MAP_PROJECTION_MERCATOR);
}

static void
sp_base_source_finalize (GObject *object)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (SP_BASE_SOURCE (object));

  g_clear_pointer (&priv->ahead, sp_tiles_ahead_stop);
  g_clear_pointer (&priv->dots, sp_map_dots_unref);
  g_ptr_array_unref (priv->jobs);
  g_clear_error (&priv->problem);
  G_OBJECT_CLASS (sp_base_source_parent_class)->finalize (object);
}

static void
sp_base_source_class_init (SpBaseSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags given = G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY;

  object_class->get_property = sp_base_source_get_property;
  object_class->set_property = sp_base_source_set_property;
  object_class->constructed = sp_base_source_constructed;
  object_class->finalize = sp_base_source_finalize;
  source_class->fill_tile_async = fill_tile_async;
  source_class->fill_tile_finish = fill_tile_finish;
  klass->fetch = fetch_nothing;
  klass->render = draw_built_in;

  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags | G_PARAM_READABLE);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_DRAWN] = g_param_spec_boolean ("drawn", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_STYLE] = g_param_spec_uint ("style", NULL, NULL, 0, SP_MAP_STYLE_PRINT, SP_MAP_STYLE_LIGHT,
                                              given | G_PARAM_READWRITE);
  properties[PROP_RESOLUTION] = g_param_spec_double ("resolution", NULL, NULL, 0.25, 8, 1, given | G_PARAM_READWRITE);
  properties[PROP_DOTS] = g_param_spec_pointer ("dots", NULL, NULL, given | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sp_base_source_init (SpBaseSource *self)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  priv->jobs = g_ptr_array_new ();
}

/**
 * sp_base_source_new:
 * @style: colours
 * @resolution: pixels of a tile's picture for each pixel of the map
 * @dots: (nullable): postcodes to draw as dots
 *
 * Returns: (transfer full): a source that draws the built-in map
 */
SpBaseSource *
sp_base_source_new (SpMapStyle style, double resolution, SpMapDots *dots)
{
  return g_object_new (SP_TYPE_BASE_SOURCE, "style", style, "resolution", resolution, "dots", dots, NULL);
}

/**
 * sp_base_source_get_style:
 * @self: a source
 *
 * Returns: the colours it draws in
 */
SpMapStyle
sp_base_source_get_style (SpBaseSource *self)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  return priv->style;
}

/**
 * sp_base_source_get_resolution:
 * @self: a source
 *
 * Returns: pixels of a tile's picture for each pixel of the map
 */
double
sp_base_source_get_resolution (SpBaseSource *self)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  return priv->resolution;
}

/**
 * sp_base_source_stop:
 * @self: a source that another one replaces
 *
 * Gives up what is under way. The tiles that its layer has stay as they are; it gets no more.
 */
void
sp_base_source_stop (SpBaseSource *self)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  priv->is_stopped = TRUE;
  priv->get_sight = NULL;
  for (guint i = 0; i < priv->jobs->len; i++)
    g_cancellable_cancel (((SpBaseJob *) g_ptr_array_index (priv->jobs, i))->cancellable);
}

/**
 * sp_base_source_get_problem:
 * @self: a source
 *
 * Returns: (nullable) (transfer none): why the built-in map stands in for the one that was asked for
 */
const GError *
sp_base_source_get_problem (SpBaseSource *self)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  return priv->problem;
}

/**
 * sp_base_source_is_busy:
 * @self: a source
 *
 * Returns: whether tiles are under way
 */
gboolean
sp_base_source_is_busy (SpBaseSource *self)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  return priv->jobs->len > 0;
}

/**
 * sp_base_source_set_sight:
 * @self: a source
 * @get_sight: (nullable): says what is in sight, until the source is stopped
 * @data: for @get_sight
 *
 * Tiles that are asked for from now on are drawn first where they are in sight.
 */
void
sp_base_source_set_sight (SpBaseSource *self, SpBaseSight get_sight, gpointer data)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  priv->get_sight = get_sight;
  priv->sight_data = data;
}

/**
 * sp_base_source_draw_ahead:
 * @self: a source that was not asked for tiles yet, and draws the built-in map
 * @box: what will be in sight
 * @zoom: zoom level of its tiles
 *
 * Has a thread begin with the tiles there, while the window is still being made.
 */
void
sp_base_source_draw_ahead (SpBaseSource *self, const SpBox *box, int zoom)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  g_return_if_fail (!priv->is_asked && priv->ahead == NULL);
  priv->ahead = sp_tiles_ahead_start (box, zoom, count_pixels (self), priv->style, priv->dots);
}

/**
 * sp_base_source_is_drawn:
 * @self: a source
 *
 * Returns: whether tiles were asked for, and none of those in sight is still under way
 */
gboolean
sp_base_source_is_drawn (SpBaseSource *self)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  return priv->is_asked && priv->n_in_sight == 0;
}

/**
 * sp_base_source_set_problem:
 * @self: a source
 * @problem: (nullable): a sentence for a person; %NULL when all is well again
 *
 * For subclasses, on the main loop.
 */
void
sp_base_source_set_problem (SpBaseSource *self, const GError *problem)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  if (problem == NULL && priv->problem == NULL)
    return;
  if (problem != NULL && priv->problem != NULL && g_str_equal (problem->message, priv->problem->message))
    return;
  g_clear_error (&priv->problem);
  priv->problem = problem != NULL ? g_error_copy (problem) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/**
 * sp_base_source_render:
 * @self: a source
 * @task: (transfer full): as #SpBaseSourceClass.fetch got it
 * @bytes: (nullable): what #SpBaseSourceClass.render gets
 *
 * For subclasses, on the main loop: has the tile's picture made, by a thread; a moment later if nobody can see it yet, as the
 * frame that is under way needs the processors.
 */
void
sp_base_source_render (SpBaseSource *self, GTask *task, GBytes *bytes)
{
  SpBaseJob *job = g_task_get_task_data (task);

  job->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  sp_base_job_run (task);
}

/**
 * sp_base_source_draw:
 * @self: a source
 * @spot: a tile
 * @pixels: how wide and high the picture is to be
 *
 * For subclasses, on any thread: draws the built-in map.
 *
 * Returns: (transfer full): an image surface
 */
cairo_surface_t *
sp_base_source_draw (SpBaseSource *self, const SpBaseSpot *spot, int pixels)
{
  SpBaseSourcePrivate *priv = sp_base_source_get_instance_private (self);

  return sp_base_tile_draw (spot, pixels, priv->style, priv->dots);
}
