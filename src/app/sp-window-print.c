/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The present list on paper or as a PDF, one entry as a signposting sheet, and opening what was written. */
#include "sp-window-actions.h"

#include "sp-compat.h"
#include "sp-report-dialog.h"

#include <glib/gi18n.h>

static void
present (SpWindow *window, SpReportGoal goal, const char *name, const char * const *ids)
{
  gtk_window_present (GTK_WINDOW (sp_report_dialog_new (window, GTK_WINDOW (window), goal, name, ids)));
}

static void
print_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  present (window, SP_REPORT_PRINT, NULL, NULL);
}

static void
save_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  present (window, SP_REPORT_SAVE, NULL, NULL);
}

static void
present_sheet (SpWindow *window, SpReportGoal goal, const char *id)
{
  SpBrowser *browser = sp_window_get_browser (window);
  SpAsset *entry = sp_browser_get_entry (browser);
  gboolean shown = entry != NULL && g_strcmp0 (sp_asset_get_id (entry), id) == 0;

  present (window, goal, shown ? sp_asset_get_name (entry) : NULL, (const char * const[]){ id, NULL });
}

static void
print_sheet_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  present_sheet (window, SP_REPORT_PRINT, g_variant_get_string (parameter, NULL));
}

static void
save_sheet_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  present_sheet (window, SP_REPORT_SAVE, g_variant_get_string (parameter, NULL));
}

/**
 * sp_window_toast_file:
 * @self: a window with a store
 * @text: a short sentence: that it was written
 * @file: what was written
 *
 * Shows a toast that offers to open a file.
 */
void
sp_window_toast_file (SpWindow *self, const char *text, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *action = g_action_print_detailed_name ("win.open-file", g_variant_new_string (uri));

  sp_window_toast (self, text, _("_Open"), action);
}

static void
open_file_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  sp_compat_open_uri (window, g_variant_get_string (parameter, NULL));
}

/**
 * sp_window_add_print_actions:
 * @self: a window with a store
 *
 * Adds win.print and win.save-pdf, for the present list; win.print-sheet and win.save-sheet, which take a document id; and
 * win.open-file, which takes the address of a file that was written.
 */
void
sp_window_add_print_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "print", .activate = print_action },
    { .name = "save-pdf", .activate = save_action },
    { .name = "print-sheet", .activate = print_sheet_action, .parameter_type = "s" },
    { .name = "save-sheet", .activate = save_sheet_action, .parameter_type = "s" },
    { .name = "open-file", .activate = open_file_action, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
