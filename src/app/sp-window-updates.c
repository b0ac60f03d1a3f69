/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came from others, in the window: the badge in its header, the list behind it, and deciding. */
#include "sp-window-actions.h"

#include "sp-conflict-window.h"
#include "sp-entry-form.h"
#include "sp-submission-window.h"
#include "sp-updates-window.h"
#include "sp-window-entries.h"
#include "sp-window-private.h"

static SpStore *
get_store (SpWindow *self)
{
  return sp_browser_get_store (sp_window_get_browser (self));
}

/* One list of its kind is enough. */
static GtkWindow *
find_open (SpWindow *self)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (toplevels, i);
      if (SP_IS_UPDATES_WINDOW (other) && gtk_window_get_transient_for (other) == GTK_WINDOW (self))
        return other;
    }
  return NULL;
}

/* Not wider than the window it stands before, so that on a narrow screen its columns stand below each other. */
static void
present (SpWindow *self, GtkWindow *window)
{
  int width, height, most = gtk_widget_get_width (GTK_WIDGET (self));

  if (most <= 0)
    gtk_window_get_default_size (GTK_WINDOW (self), &most, &height); /* it was not drawn yet */
  gtk_window_get_default_size (window, &width, &height);
  if (most > 0 && most < width)
    gtk_window_set_default_size (window, most, height);
  gtk_window_present (window);
}

static void
updates_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpWindow *self = window;
  GtkWindow *open = find_open (self);

  if (open == NULL)
    {
      open = GTK_WINDOW (sp_updates_window_new (self));
      g_signal_connect_object (open, "seen", G_CALLBACK (sp_updates_badge_refresh), self->updates, G_CONNECT_SWAPPED);
    }
  present (self, open);
}

static void
resolve_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  present (window, GTK_WINDOW (sp_conflict_window_new (window, get_store (window), sp_window_get_changes (window),
                                                       g_variant_get_string (parameter, NULL))));
}

static void
edit_cb (SpWindow *self, gpointer proposal, gpointer result)
{
  SpEntryForm *form = sp_window_new_form (self);

  sp_entry_form_review (form, proposal, result);
  gtk_window_present (GTK_WINDOW (form));
}

static void
submission_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpSubmissionWindow *submission = sp_submission_window_new (window, get_store (window), sp_window_get_changes (window),
                                                             g_variant_get_string (parameter, NULL));

  g_signal_connect_object (submission, "edit", G_CALLBACK (edit_cb), window, G_CONNECT_SWAPPED);
  present (window, GTK_WINDOW (submission));
}

/**
 * sp_window_add_updates_actions:
 * @self: a window with a store
 *
 * Adds win.updates, win.resolve(id of an entry) and win.submission(id of a submission), and starts the badge.
 */
void
sp_window_add_updates_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "updates", .activate = updates_action },
    { .name = "resolve", .activate = resolve_action, .parameter_type = "s" },
    { .name = "submission", .activate = submission_action, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  sp_updates_badge_watch (self->updates, get_store (self), sp_window_get_changes (self));
}
