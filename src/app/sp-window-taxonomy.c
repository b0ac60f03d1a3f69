/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a partnership in the window: read when its store is opened, and again whenever they change. */
#include "sp-window-private.h"

#include "sp-local-taxonomy.h"
#include "sp-taxonomy.h"
#include "sp-weak.h"

#include <glib/gi18n.h>

static gpointer
load (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_local_taxonomy_load (db, error) ? db : NULL;
}

/* Whatever is shown by its category is asked for anew. */
static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (sp_store_call_finish (SP_STORE (source), result, &error) == NULL && self != NULL
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      text = g_strdup_printf (_("The categories of this list are not used: %s"), error->message);
      sp_window_toast (self, text, NULL, NULL);
    }
  if (self == NULL || self->browser == NULL || self->taxonomy == sp_taxonomy_get_default ())
    return;
  self->taxonomy = sp_taxonomy_get_default ();
  sp_browser_set_query (self->browser, sp_browser_get_query (self->browser));
}

static void
read_taxonomy (SpWindow *self)
{
  sp_store_read_async (sp_browser_get_store (self->browser), load, NULL, NULL, NULL, NULL, loaded_cb, sp_weak_new (self));
}

static void
store_changed_cb (SpWindow *self, const char * const *ids)
{
  if (self->browser != NULL && g_strv_contains (ids, SP_LOCAL_TAXONOMY))
    read_taxonomy (self);
}

/**
 * sp_window_follow_taxonomy:
 * @self: a window that has its store
 *
 * Goes by the words of the store for categories, and follows them.
 */
void
sp_window_follow_taxonomy (SpWindow *self)
{
  self->taxonomy = sp_taxonomy_get_default ();
  g_signal_connect_object (sp_browser_get_store (self->browser), "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  read_taxonomy (self);
}
