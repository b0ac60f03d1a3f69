/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFileWatch: tells when a file was replaced, or written and closed. A GFileMonitor would do, but it asks the system for each
 * write to any file of the same folder; where that is the folder of the databases it costs a tenth of what writing them does. */
#include "sp-file-watch.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/inotify.h>

struct _SpFileWatch
{
  char           *name; /* of the file, without its folder */
  int             queue;
  guint           source;
  SpFileWatchFunc func;
  gpointer        data;
};

/* An event of no file says that some were lost. */
static gboolean
is_meant (SpFileWatch *self, const struct inotify_event *event)
{
  return event->len == 0 || strcmp (event->name, self->name) == 0;
}

static gboolean
happened_cb (int queue, GIOCondition condition, gpointer data)
{
  SpFileWatch *self = data;
  _Alignas (struct inotify_event) char events[4096];
  gboolean meant = FALSE;
  gssize n;

  while ((n = read (queue, events, sizeof events)) > 0)
    for (gssize at = 0; at < n;)
      {
        const struct inotify_event *event = (const struct inotify_event *) (gconstpointer) (events + at);

        meant = meant || is_meant (self, event);
        at += (gssize) (sizeof *event + event->len);
      }
  if (meant)
    self->func (self->data);
  return G_SOURCE_CONTINUE;
}

/**
 * sp_file_watch_new:
 * @path: a file, in a folder that is there; it need not be there itself
 * @func: whom to tell; it must not free the watch
 * @data: for @func
 *
 * Watches a file. If the system does not allow that, the log says so, and nothing will be heard.
 *
 * Returns: (transfer full): the watch
 */
SpFileWatch *
sp_file_watch_new (const char *path, SpFileWatchFunc func, gpointer data)
{
  SpFileWatch *self = g_new0 (SpFileWatch, 1);
  g_autofree char *folder = g_path_get_dirname (path);

  self->name = g_path_get_basename (path);
  self->func = func;
  self->data = data;
  self->queue = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  if (self->queue >= 0 && inotify_add_watch (self->queue, folder, IN_MOVED_TO | IN_CLOSE_WRITE) >= 0)
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
  if (self->queue >= 0)
    close (self->queue);
  g_free (self->name);
  g_free (self);
}
