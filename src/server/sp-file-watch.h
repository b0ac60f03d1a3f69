/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpFileWatch:
 *
 * Somebody who wants to know when a file is another one.
 */
typedef struct _SpFileWatch SpFileWatch;

/**
 * SpFileWatchFunc:
 * @data: what was given to sp_file_watch_new()
 *
 * Called in the main context after the file was replaced, or written and closed; and a moment after it was taken away, or a link
 * took its name.
 */
typedef void (*SpFileWatchFunc) (gpointer data);

SpFileWatch *sp_file_watch_new  (const char *path, SpFileWatchFunc func, gpointer data);
void         sp_file_watch_free (SpFileWatch *self);

G_END_DECLS
