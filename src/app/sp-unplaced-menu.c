/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The section of a menu that leads to the entries which are not on the map yet, with how many they are; empty while there
 * are none. */
#include "sp-unplaced-menu.h"

#include "sp-unplaced.h"
#include "sp-weak.h"

#include <glib/gi18n.h>

#define PAUSE_MS 1000 /* an import changes the store all the time */

/* What belongs to one menu. */
typedef struct
{
  GMenu   *menu;  /* not owned: it owns this */
  SpStore *store; /* owned */
  guint    timer; /* source, or 0 */
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_clear_handle_id (&watch->timer, g_source_remove);
  g_object_unref (watch->store);
  g_free (watch);
}

static void
show_count (GMenu *menu, guint64 count)
{
  g_autofree char *label = NULL;

  g_menu_remove_all (menu);
  if (count == 0)
    return;
  /* Translators: a menu item; how many entries have no position */
  label = g_strdup_printf (ngettext ("%u Entry _Not on the Map Yet", "%u Entries _Not on the Map Yet", (gulong) count), (guint) count);
  g_menu_append (menu, label, "win.unplaced");
}

/* On a thread of the store; one more than there are, for nothing would be an error. */
static gpointer
count_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  guint64 count = sp_unplaced_count (db, error);

  return count != G_MAXUINT64 ? GSIZE_TO_POINTER ((gsize) count + 1) : NULL;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GMenu) menu = sp_weak_take (data);
  gsize count = GPOINTER_TO_SIZE (sp_store_call_finish (SP_STORE (source), result, NULL));

  if (menu != NULL && count > 0)
    show_count (menu, count - 1);
}

static gboolean
count_cb (gpointer data)
{
  Watch *watch = data;

  watch->timer = 0;
  sp_store_read_async (watch->store, count_job, NULL, NULL, NULL, NULL, counted_cb, sp_weak_new (watch->menu));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (GMenu *menu)
{
  Watch *watch = g_object_get_data (G_OBJECT (menu), "watch");

  if (watch->timer == 0)
    watch->timer = g_timeout_add (PAUSE_MS, count_cb, watch);
}

/**
 * sp_unplaced_menu_new:
 * @store: a store
 *
 * Returns: (transfer full): a section for a menu of a window that has win.unplaced; it follows @store
 */
GMenuModel *
sp_unplaced_menu_new (SpStore *store)
{
  GMenu *menu = g_menu_new ();
  Watch *watch = g_new0 (Watch, 1);

  watch->menu = menu;
  watch->store = g_object_ref (store);
  g_object_set_data_full (G_OBJECT (menu), "watch", watch, watch_free);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), menu, G_CONNECT_SWAPPED);
  count_cb (watch);
  return G_MENU_MODEL (menu);
}
