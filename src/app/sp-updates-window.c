/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpUpdatesWindow: what came from others: what needs a decision, what is proposed, what is new since somebody last looked.
 * A click on a row shows it in the window behind, or asks. */
#include "sp-updates-window.h"

#include "sp-count-words.h"
#include "sp-updates-row.h"
#include "sp-weak.h"
#include "sp-wrap-box.h"

#include <glib/gi18n.h>

#define PAUSE_MS 300 /* between a change of the store and reading */

struct _SpUpdatesWindow
{
  AdwWindow parent_instance;

  SpStore      *store;   /* owned */
  SpChanges    *changes; /* owned */
  GCancellable *reading; /* owned */
  guint         waiting; /* source id: it will be read again in a moment; 0 if not */
  gint64        last;    /* how far what is shown reaches */

  /* of the template */
  GtkStack      *stack;
  GtkWidget     *conflicts_group;
  GtkListBox    *conflicts;
  GtkWidget     *proposals_group;
  GtkListBox    *proposals;
  GtkWidget     *own_group;
  GtkListBox    *own;
  GtkWidget     *news_group;
  GtkListBox    *news;
  GtkWidget     *seen_button;
  GtkLabel      *more;
  AdwStatusPage *said_page;
};

G_DEFINE_FINAL_TYPE (SpUpdatesWindow, sp_updates_window, ADW_TYPE_WINDOW)

enum { SEEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
say_error (SpUpdatesWindow *self, const GError *error)
{
  adw_status_page_set_title (self->said_page, _("It Cannot Be Read"));
  adw_status_page_set_description (self->said_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "said");
}

/* ---- showing ---- */

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
clear_all (SpUpdatesWindow *self)
{
  clear (self->conflicts);
  clear (self->proposals);
  clear (self->own);
  clear (self->news);
}

static void
fill_lists (SpUpdatesWindow *self, const SpUpdates *updates)
{
  for (guint i = 0; i < updates->conflicts->len; i++)
    gtk_list_box_append (self->conflicts, sp_updates_row_new_conflict (g_ptr_array_index (updates->conflicts, i)));
  for (guint i = 0; i < updates->proposals->len; i++)
    gtk_list_box_append (self->proposals, sp_updates_row_new_proposal (g_ptr_array_index (updates->proposals, i), FALSE));
  for (guint i = 0; i < updates->own->len; i++)
    gtk_list_box_append (self->own, sp_updates_row_new_proposal (g_ptr_array_index (updates->own, i), TRUE));
  for (guint i = 0; i < updates->news->len; i++)
    gtk_list_box_append (self->news, sp_updates_row_new_news (g_ptr_array_index (updates->news, i)));
}

/* What is not listed is counted. */
static void
show_more (SpUpdatesWindow *self, const SpUpdates *updates)
{
  guint left = updates->counts.news - MIN (updates->counts.news, updates->news->len);
  g_autofree char *number = sp_count_words (left, updates->counts.news < SP_UPDATES_COUNT_MAX);
  /* Translators: a number, as “23” or “1,000+” */
  g_autofree char *text = g_strdup_printf (ngettext ("And %s more.", "And %s more.", left), number);

  gtk_label_set_label (self->more, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more), left > 0);
}

/* What a contributor may not decide on is not put before him as if he should. */
static void
show_updates (SpUpdatesWindow *self, const SpUpdates *updates)
{
  gboolean edits = sp_changes_get_submits (self->changes) == NULL;
  guint decisions = edits ? updates->conflicts->len + updates->proposals->len : 0;
  gboolean any = decisions + updates->own->len + updates->news->len > 0;

  clear_all (self);
  fill_lists (self, updates);
  gtk_widget_set_visible (self->conflicts_group, edits && updates->conflicts->len > 0);
  gtk_widget_set_visible (self->proposals_group, edits && updates->proposals->len > 0);
  gtk_widget_set_visible (self->own_group, updates->own->len > 0);
  gtk_widget_set_visible (self->news_group, updates->news->len > 0);
  show_more (self, updates);
  self->last = updates->last;
  gtk_stack_set_visible_child_name (self->stack, any ? "main" : "empty");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpUpdatesWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpUpdates) updates = sp_store_read_updates_finish (SP_STORE (source), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (updates == NULL)
    say_error (self, error);
  else
    show_updates (self, updates);
}

static void
read_again (SpUpdatesWindow *self)
{
  sp_store_read_updates_async (self->store, sp_changes_get_submits (self->changes), self->reading, read_cb, sp_weak_new (self));
}

static gboolean
pause_cb (gpointer data)
{
  SpUpdatesWindow *self = data;

  self->waiting = 0;
  read_again (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (SpUpdatesWindow *self)
{
  if (self->store != NULL && self->waiting == 0)
    self->waiting = g_timeout_add (PAUSE_MS, pause_cb, self);
}

/* ---- what a person does ---- */

static void
row_activated_cb (SpUpdatesWindow *self, GtkListBoxRow *row)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));
  const char *id, *action = sp_updates_row_get_action (row, &id);

  g_action_group_activate_action (G_ACTION_GROUP (window), action, g_variant_new_string (id));
  if (g_str_equal (action, "show"))
    gtk_window_present (window);
}

static void
seen_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpUpdatesWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean done = sp_store_mark_seen_finish (SP_STORE (source), result, &error);

  if (self == NULL)
    return;
  gtk_widget_set_sensitive (self->seen_button, TRUE);
  if (!done)
    {
      say_error (self, error);
      return;
    }
  read_again (self);
  g_signal_emit (self, signals[SEEN], 0);
}

static void
seen_cb (SpUpdatesWindow *self, GtkButton *button)
{
  gtk_widget_set_sensitive (self->seen_button, FALSE);
  sp_store_mark_seen_async (self->store, self->last, seen_done_cb, sp_weak_new (self));
}

/* ---- the class ---- */

static void
sp_updates_window_dispose (GObject *object)
{
  SpUpdatesWindow *self = SP_UPDATES_WINDOW (object);

  g_clear_handle_id (&self->waiting, g_source_remove);
  g_cancellable_cancel (self->reading);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  g_clear_object (&self->changes);
  G_OBJECT_CLASS (sp_updates_window_parent_class)->dispose (object);
}

static void
sp_updates_window_finalize (GObject *object)
{
  g_object_unref (SP_UPDATES_WINDOW (object)->reading);
  G_OBJECT_CLASS (sp_updates_window_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, SpUpdatesWindow, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (stack);
  BIND (conflicts_group);
  BIND (conflicts);
  BIND (proposals_group);
  BIND (proposals);
  BIND (own_group);
  BIND (own);
  BIND (news_group);
  BIND (news);
  BIND (seen_button);
  BIND (more);
  BIND (said_page);
}

static void
sp_updates_window_class_init (SpUpdatesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_updates_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_updates_window_finalize;
  g_type_ensure (SP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-updates-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, seen_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * SpUpdatesWindow::seen:
   * @self: the window
   *
   * What is new was marked as seen.
   */
  signals[SEEN] = g_signal_new ("seen", SP_TYPE_UPDATES_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_updates_window_init (SpUpdatesWindow *self)
{
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_updates_window_new:
 * @parent: the window it stands before, with a store
 *
 * Returns: (transfer none): a window that follows the store
 */
SpUpdatesWindow *
sp_updates_window_new (SpWindow *parent)
{
  SpUpdatesWindow *self = g_object_new (SP_TYPE_UPDATES_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (sp_browser_get_store (sp_window_get_browser (parent)));
  self->changes = g_object_ref (sp_window_get_changes (parent));
  g_signal_connect_object (self->store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  read_again (self);
  return self;
}
