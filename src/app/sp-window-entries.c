/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding and changing entries in the window: the actions that open the form, and what becomes of it. */
#include "sp-window-entries.h"

#include "sp-window-actions.h"
#include "sp-window-private.h"

#include <glib/gi18n.h>

#define DRAFTS "sp-drafts"

/**
 * sp_window_get_drafts:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the drafts of its store; %NULL until the store is open
 */
SpDraftList *
sp_window_get_drafts (SpWindow *self)
{
  return g_object_get_data (G_OBJECT (self), DRAFTS);
}

/* What is only proposed is no entry yet: the submission is shown. */
static void
show_entry_cb (SpWindow *self, const char *id)
{
  gboolean proposed = g_str_has_prefix (id, SP_SUBMISSION_PREFIX);

  g_action_group_activate_action (G_ACTION_GROUP (self), proposed ? "submission" : "show", g_variant_new_string (id));
}

static void
kept_cb (SpWindow *self, const char *id, const char *title)
{
  /* Translators: name of an entry */
  g_autofree char *text = g_strdup_printf (_("“%s” is kept as a draft"), title);
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (id));
  g_autofree char *action = g_action_print_detailed_name ("win.go-on", target);

  sp_window_toast (self, text, _("_Go On"), action);
}

/**
 * sp_window_new_form:
 * @self: a window with a store
 *
 * Returns: (transfer none): an empty form that stands before it
 */
SpEntryForm *
sp_window_new_form (SpWindow *self)
{
  SpEntryForm *form = sp_entry_form_new (GTK_WINDOW (self), sp_browser_get_store (sp_window_get_browser (self)),
                                         sp_window_get_changes (self), sp_window_get_drafts (self), sp_window_get_settings (self));

  g_signal_connect_object (form, "saved", G_CALLBACK (show_entry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "show-entry", G_CALLBACK (show_entry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "kept", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  return form;
}

static void
add_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpEntryForm *form = sp_window_new_form (window);

  sp_entry_form_add (form);
  gtk_window_present (GTK_WINDOW (form));
}

static void
edit_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpEntryForm *form = sp_window_new_form (window);

  sp_entry_form_open (form, g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (form));
}

static void
failed_cb (SpWindow *self, const GError *error)
{
  sp_window_toast (self, error->message, NULL, NULL);
}

/**
 * sp_window_add_entries_actions:
 * @self: a window with a store
 *
 * Adds win.add, win.edit(id) and win.go-on(id of a draft), and lists the drafts in the menu.
 */
void
sp_window_add_entries_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "add", .activate = add_action },
    { .name = "edit", .activate = edit_action, .parameter_type = "s" },
    { .name = "go-on", .activate = edit_action, .parameter_type = "s" },
  };
  SpDraftList *drafts = sp_draft_list_new (sp_browser_get_store (sp_window_get_browser (self)));
  g_autoptr (GMenuModel) section = sp_draft_menu_new (drafts);

  g_object_set_data_full (G_OBJECT (self), DRAFTS, drafts, g_object_unref);
  g_signal_connect_object (drafts, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_menu_prepend_section (self->primary_menu, NULL, section);
}
