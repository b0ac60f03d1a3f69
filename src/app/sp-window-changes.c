/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo in the window: the two actions, and a toast for each change that tells what was done. */
#include "sp-window-actions.h"

#include <glib/gi18n.h>

static void
undo_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  sp_changes_undo (sp_window_get_changes (window));
}

static void
redo_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  sp_changes_redo (sp_window_get_changes (window));
}

static void
done_cb (SpWindow *self, const char *label, SpChanges *changes)
{
  gboolean can_undo = sp_changes_can_undo (changes);

  sp_window_toast (self, label, can_undo ? _("_Undo") : NULL, can_undo ? "win.undo" : NULL);
}

static void
noted_cb (SpWindow *self, const char *label, SpChanges *changes)
{
  sp_window_toast (self, label, NULL, NULL);
}

static void
failed_cb (SpWindow *self, const GError *error, SpChanges *changes)
{
  sp_window_toast (self, error->message, NULL, NULL);
}

/* Who signs: the name that was set, or else the one that others know from the server. Where that may only propose, its
 * changes are submissions. A window that was closed, and waits for its store, hears of the server still; it has no settings. */
static void
sign (SpWindow *self)
{
  SpSharing *sharing = sp_window_get_sharing (self);
  SpChanges *changes = sp_window_get_changes (self);
  g_autofree char *author = NULL;
  g_autofree char *submitter = NULL;
  g_auto (SpSharingAccount) account = { 0 };

  if (gtk_window_get_application (GTK_WINDOW (self)) == NULL)
    return;
  author = g_settings_get_string (sp_window_get_settings (self), "author");
  submitter = sp_sharing_get_submitter (sharing);
  sp_sharing_get_account (sharing, &account);
  sp_changes_set_author (changes, *author != '\0' ? author : account.user);
  sp_changes_set_submits (changes, submitter);
}

/**
 * sp_window_add_changes_actions:
 * @self: a window with a store
 *
 * Adds win.undo and win.redo. Changes are signed as the user has set, or with the account at the server.
 */
void
sp_window_add_changes_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "undo", .activate = undo_action },
    { .name = "redo", .activate = redo_action },
  };
  SpChanges *changes = sp_window_get_changes (self);
  GSettings *settings = sp_window_get_settings (self);

  sign (self);
  g_signal_connect_object (settings, "changed::author", G_CALLBACK (sign), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sp_window_get_sharing (self), "changed", G_CALLBACK (sign), self, G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_object_bind_property (changes, "can-undo", g_action_map_lookup_action (G_ACTION_MAP (self), "undo"), "enabled",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (changes, "can-redo", g_action_map_lookup_action (G_ACTION_MAP (self), "redo"), "enabled",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (changes, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (changes, "noted", G_CALLBACK (noted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (changes, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}
