/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of the window that look back at an entry or put it away: its history, closing, deleting, erasing. Each says
 * what follows before it is done. */
#include "sp-closing-window.h"
#include "sp-compat.h"
#include "sp-erase-window.h"
#include "sp-history-window.h"
#include "sp-store-documents.h"
#include "sp-window-actions.h"

#include <glib/gi18n.h>
#include <string.h>

static SpStore *
get_store (SpWindow *self)
{
  return sp_browser_get_store (sp_window_get_browser (self));
}

static void
history_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (GTK_WINDOW (sp_history_window_new (window, get_store (window), sp_window_get_changes (window),
                                                         g_variant_get_string (parameter, NULL))));
}

static void
close_entry_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (GTK_WINDOW (sp_closing_window_new (window, get_store (window), sp_window_get_changes (window),
                                                         g_variant_get_string (parameter, NULL))));
}

static void
erase_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (GTK_WINDOW (sp_erase_window_new (window, get_store (window), sp_changes_get_author (sp_window_get_changes (window)),
                                                       g_variant_get_string (parameter, NULL))));
}

/* --- deleting --- */

typedef struct
{
  GWeakRef window;
  char    *id;
  char    *rev;
  char    *name;
} Deletion;

static void
free_deletion (Deletion *deletion)
{
  g_weak_ref_clear (&deletion->window);
  g_free (deletion->id);
  g_free (deletion->rev);
  g_free (deletion->name);
  g_free (deletion);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!sp_changes_delete_finish (SP_CHANGES (source), result, &error))
    sp_window_toast (window, error->message, NULL, NULL);
}

static void
answered_cb (const char *response, gpointer data)
{
  Deletion *deletion = data;
  g_autoptr (SpWindow) window = g_weak_ref_get (&deletion->window);

  if (window != NULL && strcmp (response, "delete") == 0)
    {
      /* Translators: name of an entry */
      g_autofree char *label = g_strdup_printf (_("“%s” deleted"), deletion->name);
      sp_changes_delete_async (sp_window_get_changes (window), deletion->id, deletion->rev, label, deleted_cb, g_object_ref (window));
    }
  free_deletion (deletion);
}

static void
ask (SpWindow *window, SpAsset *asset, guint others)
{
  Deletion *deletion = g_new0 (Deletion, 1);
  const char *name = sp_asset_get_name (asset);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  g_weak_ref_init (&deletion->window, window);
  deletion->id = g_strdup (sp_asset_get_id (asset));
  deletion->rev = g_strdup (sp_asset_get_rev (asset));
  deletion->name = g_strdup (name != NULL ? name : deletion->id);
  /* Translators: name of an entry */
  heading = g_strdup_printf (_("Delete “%s”?"), deletion->name);
  body = g_strconcat (_("It goes from this list, and from every copy that the list is shared with. Deleting is for what "
                        "should never have been here, such as a duplicate. What has only closed had better be closed: then it stays in the "
                        "archive, and nobody adds it again. You can undo it."),
                      others > 0 ? " " : NULL, _("More than one version of it waits for a decision: all of them go."), NULL);
  sp_compat_ask (GTK_WINDOW (window), heading, body, "delete", _("_Delete"), TRUE, answered_cb, deletion);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, &error);

  if (sp_window_get_changes (window) == NULL)
    return;
  if (entry != NULL && !entry->deleted)
    ask (window, entry->asset, entry->conflicts->len);
  else
    sp_window_toast (window, error != NULL ? error->message : _("It was deleted already"), NULL, NULL);
}

static void
delete_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  sp_store_get_async (get_store (window), g_variant_get_string (parameter, NULL), NULL, read_cb, g_object_ref (window));
}

/**
 * sp_window_add_remove_actions:
 * @self: a window with a store
 *
 * Adds win.history(id), win.close-entry(id), win.delete(id) and win.erase(id).
 */
void
sp_window_add_remove_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "history", .activate = history_action, .parameter_type = "s" },
    { .name = "close-entry", .activate = close_entry_action, .parameter_type = "s" },
    { .name = "delete", .activate = delete_action, .parameter_type = "s" },
    { .name = "erase", .activate = erase_action, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
