/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of an empty store: it says how to begin, until there is something to show. */
#include "sp-window-private.h"

#include "sp-filter.h"
#include "sp-first-run.h"
#include "sp-window-actions.h"

/* Whether there is nothing at all, however one asks. */
static gboolean
is_empty (SpFinder *finder)
{
  const SpHits *hits = sp_finder_get_hits (finder);
  SpQuery *query = sp_finder_get_query (finder);
  const char *words = sp_query_get_filters (query)->words;
  g_autoptr (GPtrArray) set = sp_filter_list (query, TRUE);

  return hits != NULL && hits->total == 0 && set->len == 0 && (words == NULL || *words == '\0');
}

/* Only these two pages follow the store; another stays until whoever showed it is through. */
static void
ended_cb (SpWindow *self, SpFinder *finder)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  if (gtk_stack_get_child_by_name (self->stack, "first-run") == NULL && is_empty (finder))
    gtk_stack_add_named (self->stack, sp_first_run_new (), "first-run");
  if (g_str_equal (shown, "main") && is_empty (finder))
    gtk_stack_set_visible_child_name (self->stack, "first-run");
  else if (g_str_equal (shown, "first-run") && sp_finder_get_hits (finder) != NULL && sp_finder_get_hits (finder)->total > 0)
    gtk_stack_set_visible_child_name (self->stack, "main");
}

/**
 * sp_window_watch_first_run:
 * @self: a window with a store
 *
 * Shows the page of the first run while the store is empty.
 */
void
sp_window_watch_first_run (SpWindow *self)
{
  g_signal_connect_object (sp_browser_get_finder (self->browser), "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
}
