/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists from outside in the window: chosen by menu or dropped on it, taken back, or the sample neighbourhood. */
#include "sp-window-actions.h"

#include "sp-compat.h"
#include "sp-fetch-window.h"
#include "sp-import-dialog.h"
#include "sp-sample.h"

#include <glib/gi18n.h>

static void
show_dialog (SpWindow *self, GListModel *files)
{
  if (g_list_model_get_n_items (files) > 0)
    gtk_window_present (GTK_WINDOW (sp_import_dialog_new (self, files)));
}

/* ── Choosing ── */

static GtkFileFilter *
new_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Lists (CSV, XLSX, GeoJSON, KML, Open Referral UK)"));
  gtk_file_filter_add_mime_type (filter, "text/csv");
  gtk_file_filter_add_mime_type (filter, "text/tab-separated-values");
  gtk_file_filter_add_mime_type (filter, "application/geo+json");
  gtk_file_filter_add_mime_type (filter, "application/json");
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "geojson");
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_filter_add_mime_type (filter, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_filter_add_suffix (filter, "kml");
  gtk_file_filter_add_suffix (filter, "kmz");
  gtk_file_filter_add_suffix (filter, "zip"); /* postcodes and places, as they are published */
  return filter;
}

static void
chosen_cb (GListModel *files, gpointer data)
{
  g_autoptr (SpWindow) self = data;

  if (files != NULL && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    show_dialog (self, files);
}

static void
import_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GtkFileFilter) filter = new_filter ();

  sp_compat_open_files (window, _("Import a List"), filter, TRUE, chosen_cb, g_object_ref (window));
}

static void
import_files_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autofree const char **uris = g_variant_get_strv (parameter, NULL);

  for (guint i = 0; uris[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);
      g_list_store_append (files, file);
    }
  show_dialog (window, G_LIST_MODEL (files));
}

/* ── From the web ── */

static void
fetched_cb (SpWindow *self, GFile *file)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  g_list_store_append (files, file);
  show_dialog (self, G_LIST_MODEL (files));
}

static void
import_web_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpFetchWindow *fetch = sp_fetch_window_new (window);

  g_signal_connect_object (fetch, "fetched", G_CALLBACK (fetched_cb), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (fetch));
}

/* ── Dropping ── */

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, SpWindow *self)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (GSList *item = g_value_get_boxed (value); item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  show_dialog (self, G_LIST_MODEL (files));
  return g_list_model_get_n_items (G_LIST_MODEL (files)) > 0;
}

static void
accept_drops (SpWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ── Taking back ── */

static void
undo_import_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  sp_changes_undo_import (sp_window_get_changes (window), g_variant_get_string (parameter, NULL));
}

/* ── The sample neighbourhood ── */

/* SpStoreFunc */
static gpointer
fill (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  guint n_assets;

  return sp_sample_fill (db, &n_assets, error) ? GUINT_TO_POINTER (n_assets) : NULL;
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpWindow) self = data;
  g_autoptr (GError) error = NULL;
  guint n_assets = GPOINTER_TO_UINT (sp_store_call_finish (SP_STORE (source), result, &error));
  g_autofree char *words = g_strdup_printf (ngettext ("%u entry added", "%u entries added", n_assets), n_assets);

  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    sp_window_toast (self, error == NULL ? words : error->message, NULL, NULL);
}

static void
sample_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpStore *store = sp_browser_get_store (sp_window_get_browser (window));

  sp_store_write_async (store, fill, NULL, NULL, NULL, NULL, filled_cb, g_object_ref (window));
}

/**
 * sp_window_add_import_actions:
 * @self: a window with a store
 *
 * Adds win.import, win.import-files (array of URIs), win.import-web, win.undo-import (id of the import) and win.sample, and takes the files
 * that are dropped on the window.
 */
void
sp_window_add_import_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "import", .activate = import_action },
    { .name = "import-files", .activate = import_files_action, .parameter_type = "as" },
    { .name = "import-web", .activate = import_web_action },
    { .name = "undo-import", .activate = undo_import_action, .parameter_type = "s" },
    { .name = "sample", .activate = sample_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  accept_drops (self);
}
