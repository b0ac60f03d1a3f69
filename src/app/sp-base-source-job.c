/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tiles of all sources on their way through a few threads: what is in sight first. */
#include "sp-base-source-job.h"

#include "sp-thread.h"

#define MOST_THREADS 4
#define LATER_MS 100 /* before tiles that nobody can see yet are drawn */

/**
 * sp_base_job_free:
 * @data: (transfer full): a job
 */
void
sp_base_job_free (gpointer data)
{
  SpBaseJob *job = data;

  g_object_unref (job->tile);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_error (&job->problem);
  g_object_unref (job->cancellable);
  g_clear_object (&job->of_layer);
  g_free (job);
}

static gboolean
drop_task_cb (gpointer task)
{
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

/* What a thread lets go of last is freed there, and the tile with its picture belongs to the main loop. */
static void
drop_on_main_loop (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, drop_task_cb, task, NULL);
  g_source_attach (source, g_task_get_context (task));
}

/* On a thread of the pool. @data: (transfer full): a GTask */
static void
render_job (gpointer data, gpointer unused)
{
  GTask *task = data;
  SpBaseSource *self = g_task_get_source_object (task);
  SpBaseJob *job = g_task_get_task_data (task);
  GdkTexture *texture;

  sp_thread_step_back ();
  if (g_task_return_error_if_cancelled (task))
    {
      drop_on_main_loop (task);
      return;
    }
  texture = SP_BASE_SOURCE_GET_CLASS (self)->render (self, &job->spot, job->bytes, &job->problem);
  if (texture == NULL)
    texture = SP_BASE_SOURCE_CLASS (g_type_class_peek (SP_TYPE_BASE_SOURCE))->render (self, &job->spot, NULL, NULL);
  g_task_return_pointer (task, texture, g_object_unref);
  drop_on_main_loop (task);
}

/* libshumate asks for more tiles than can be seen, and for none of them first. */
static int
compare_jobs (gconstpointer first, gconstpointer second, gpointer unused)
{
  const SpBaseJob *a = g_task_get_task_data ((GTask *) first), *b = g_task_get_task_data ((GTask *) second);

  return b->is_in_sight - a->is_in_sight;
}

static GThreadPool *
make_pool (void)
{
  int threads = CLAMP ((int) g_get_num_processors (), 1, MOST_THREADS);
  GThreadPool *pool = g_thread_pool_new (render_job, NULL, threads, FALSE, NULL);

  g_thread_pool_set_sort_function (pool, compare_jobs, NULL);
  return pool;
}

/* Of all sources together. Its threads end when there is nothing to do. */
static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, make_pool ());
  return pool;
}

static gboolean
push_cb (gpointer task)
{
  g_thread_pool_push (get_pool (), task, NULL);
  return G_SOURCE_REMOVE;
}

static void
layer_cancelled_cb (GCancellable *of_layer, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

/**
 * sp_base_job_new:
 * @tile: to be filled
 * @of_layer: (nullable): the layer's, with which it is cancelled
 *
 * Returns: (transfer full): a job, for what is in sight
 */
SpBaseJob *
sp_base_job_new (ShumateTile *tile, GCancellable *of_layer)
{
  SpBaseJob *job = g_new0 (SpBaseJob, 1);

  job->tile = g_object_ref (tile);
  job->spot = (SpBaseSpot){ shumate_tile_get_x (tile), shumate_tile_get_y (tile), (int) shumate_tile_get_zoom_level (tile) };
  job->is_in_sight = TRUE;
  job->cancellable = g_cancellable_new ();
  if (of_layer == NULL)
    return job;
  job->of_layer = g_object_ref (of_layer);
  job->handler = g_cancellable_connect (of_layer, G_CALLBACK (layer_cancelled_cb), g_object_ref (job->cancellable), g_object_unref);
  return job;
}

/**
 * sp_base_job_let_go:
 * @self: a job that has ended
 *
 * The layer's cancellable is of no concern any more.
 */
void
sp_base_job_let_go (SpBaseJob *self)
{
  if (self->of_layer != NULL)
    g_cancellable_disconnect (self->of_layer, self->handler);
}

/**
 * sp_base_job_run:
 * @task: (transfer full): with a job
 *
 * Has a thread make the picture; a moment later if nobody can see it yet, as the frame that is under way needs the
 * processors.
 */
void
sp_base_job_run (GTask *task)
{
  const SpBaseJob *job = g_task_get_task_data (task);

  if (job->is_in_sight)
    g_thread_pool_push (get_pool (), task, NULL);
  else
    g_timeout_add (LATER_MS, push_cb, task);
}
