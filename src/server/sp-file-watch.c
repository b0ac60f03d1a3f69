/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFileWatch: tells when a file was replaced, or written and closed, or is gone. A GFileMonitor would do, but it asks the system for
 * each write to any file of the same folder; where that is the folder of the databases it costs a tenth of what writing them does. */
#include "sp-file-watch.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/inotify.h>

/* The file is another one, or as somebody wanted it. */
#define DONE (IN_MOVED_TO | IN_CLOSE_WRITE)

/* Its name is gone, or stands for something that is not yet written, or that was written elsewhere: a link. */
#define UNDER_WAY (IN_DELETE | IN_MOVED_FROM | IN_CREATE)

#define PAUSE_MS 500 /* until a file that is gone counts as such: programs take one away for a moment to save it */

struct _SpFileWatch
{
  char           *folder;
  char           *name; /* of the file, without its folder */
  int             queue;
  int             watched; /* the folder, as the queue calls it; -1 while there is none */
  guint           source;
  guint           pause;   /* the source that ends it; 0 if there is none */
  SpFileWatchFunc func;
  gpointer        data;
};

/* Watches what now has the name of the folder, and no more what had it. */
static gboolean
watch_folder (SpFileWatch *self)
{
  const int watched = inotify_add_watch (self->queue, self->folder, DONE | UNDER_WAY | IN_DELETE_SELF | IN_MOVE_SELF);
  const int problem = errno;

  if (self->watched >= 0 && self->watched != watched)
    inotify_rm_watch (self->queue, self->watched);
  self->watched = watched;
  errno = problem;
  return watched >= 0;
}

/* Tells of what is there now. Where there is no folder it goes on looking for one. */
static gboolean
pause_over_cb (gpointer data)
{
  SpFileWatch *self = data;
  const gboolean was_watched = self->watched >= 0;
  const gboolean is_watched = watch_folder (self);

  if (is_watched)
    self->pause = 0;
  if (is_watched || was_watched)
    self->func (self->data);
  return is_watched ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Whether @event says that the file is as somebody wanted it: then @under_way stays as it is, else it is set if something happens to
 * the file or the folder. An event of no file says that some were lost, or is of the folder. */
static gboolean
is_done (SpFileWatch *self, const struct inotify_event *event, gboolean *under_way)
{
  const gboolean meant = event->len == 0 || strcmp (event->name, self->name) == 0;

  if (meant && (event->mask & (DONE | IN_Q_OVERFLOW)) != 0)
    return TRUE;
  *under_way = *under_way || meant;
  return FALSE;
}

static gboolean
happened_cb (int queue, GIOCondition condition, gpointer data)
{
  SpFileWatch *self = data;
  _Alignas (struct inotify_event) char events[4096];
  gboolean done = FALSE, under_way = FALSE;
  gssize n;

  while ((n = read (queue, events, sizeof events)) > 0)
    for (gssize at = 0; at < n;)
      {
        const struct inotify_event *event = (const struct inotify_event *) (gconstpointer) (events + at);

        done = is_done (self, event, &under_way) || done;
        at += (gssize) (sizeof *event + event->len);
      }
  if (under_way && self->pause == 0)
    self->pause = g_timeout_add (PAUSE_MS, pause_over_cb, self);
  if (done)
    self->func (self->data);
  return G_SOURCE_CONTINUE;
}

/**
 * sp_file_watch_new:
 * @path: a file, in a folder that is there; it need not be there itself
 * @func: whom to tell; it must not free the watch
 * @data: for @func
 *
 * Watches a file, also when its folder becomes another one. If the system does not allow that, the log says so, and nothing will
 * be heard.
 *
 * Returns: (transfer full): the watch
 */
SpFileWatch *
sp_file_watch_new (const char *path, SpFileWatchFunc func, gpointer data)
{
  SpFileWatch *self = g_new0 (SpFileWatch, 1);

  self->folder = g_path_get_dirname (path);
  self->name = g_path_get_basename (path);
  self->func = func;
  self->data = data;
  self->watched = -1;
  self->queue = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  if (self->queue >= 0 && watch_folder (self))
    self->source = g_unix_fd_add (self->queue, G_IO_IN, happened_cb, self);
  else
    g_message ("“%s” cannot be watched, and is read at the next start only: %s", path, g_strerror (errno));
  return self;
}

/**
 * sp_file_watch_free:
 * @self: (transfer full): a watch
 */
void
sp_file_watch_free (SpFileWatch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->queue >= 0)
    close (self->queue);
  g_free (self->folder);
  g_free (self->name);
  g_free (self);
}
