/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortlists in the window: looking at them, and putting an entry on one. */
#include "sp-window-actions.h"

#include "sp-shortlist-book.h"
#include "sp-shortlist-chooser.h"
#include "sp-shortlist-window.h"


/* One window of its kind is enough. */
static GtkWindow *
find_open (GtkWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (toplevels, i);
      if (SP_IS_SHORTLIST_WINDOW (other) && gtk_window_get_transient_for (other) == window)
        return other;
    }
  return NULL;
}

static void
shortlists_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  GtkWindow *open = find_open (window);

  gtk_window_present (open != NULL ? open : sp_shortlist_window_new (window));
}

static void
add_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (sp_shortlist_chooser_new (window, g_variant_get_string (parameter, NULL)));
}

static void
undone_cb (gpointer owner, const SpShortlist *after, const GError *error)
{
  SpWindow *window = owner;

  if (error != NULL)
    sp_window_toast (window, error->message, NULL, NULL);
}

static void
undo_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpStore *store = sp_browser_get_store (sp_window_get_browser (window));

  sp_shortlist_book_undo (sp_shortlist_book_of (store), window, undone_cb);
}

/**
 * sp_window_add_shortlists_actions:
 * @self: a window with a store
 *
 * Adds win.shortlists, win.shortlist-add, which takes a document id, and win.shortlist-undo, which takes the last change
 * to a shortlist back.
 */
void
sp_window_add_shortlists_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "shortlists", .activate = shortlists_action },
    { .name = "shortlist-add", .activate = add_action, .parameter_type = "s" },
    { .name = "shortlist-undo", .activate = undo_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
