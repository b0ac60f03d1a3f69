/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpShortlistWindow: all shortlists, and one of them: its order, the lines of why, its name, and taking it back. */
#include "sp-shortlist-window.h"

#include "sp-report-dialog.h"
#include "sp-shortlist-book.h"
#include "sp-shortlist-name.h"
#include "sp-shortlist-row.h"

#include <glib/gi18n.h>

struct _SpShortlistWindow
{
  AdwWindow parent_instance;

  SpWindow        *window; /* not owned: the one it stands before, which outlives it */
  SpStore         *store;  /* owned */
  SpShortlistBook *book;   /* not owned: the store has it */
  gint64           list;   /* number of the list that is shown; 0 for all */
  GCancellable    *reading; /* owned, nullable */

  /* of the template */
  AdwToastOverlay *toasts;
  AdwWindowTitle  *title;
  GtkStack        *stack;
  GtkWidget       *back;
  GtkWidget       *new_button;
  GtkPopover      *new_popover;
  SpShortlistName *new_name;
  GtkWidget       *rename;
  GtkPopover      *rename_popover;
  SpShortlistName *rename_name;
  GtkWidget       *delete;
  GtkWidget       *paper;
  GtkListBox      *lists;
  GtkListBox      *items;
};

G_DEFINE_FINAL_TYPE (SpShortlistWindow, sp_shortlist_window, ADW_TYPE_WINDOW)

static void read_again (SpShortlistWindow *self);

static void
toast (SpShortlistWindow *self, const char *text, gboolean can_undo)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *one = adw_toast_new (markup);

  if (can_undo)
    {
      adw_toast_set_button_label (one, _("_Undo"));
      adw_toast_set_action_name (one, "shortlist.undo");
    }
  adw_toast_overlay_add_toast (self->toasts, one);
}

/* ---- pages ---- */

static void
show_page (SpShortlistWindow *self, const char *page)
{
  gboolean one = g_str_equal (page, "items") || g_str_equal (page, "no-items");

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (self->back, one);
  gtk_widget_set_visible (self->rename, one);
  gtk_widget_set_visible (self->delete, one);
  gtk_widget_set_visible (self->new_button, !one);
  gtk_widget_set_visible (self->paper, g_str_equal (page, "items"));
}

static void
open_list (SpShortlistWindow *self, gint64 list)
{
  GtkWidget *row;

  self->list = list;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->items))) != NULL)
    gtk_list_box_remove (self->items, row);
  read_again (self);
}

/* ---- all lists ---- */

static GtkWidget *
make_list_row (const SpShortlist *list)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_markup_escape_text (list->name, -1);
  g_autofree char *count = g_strdup_printf (ngettext ("%u entry", "%u entries", list->items->len), list->items->len);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), count);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "list", g_memdup2 (&list->n, sizeof list->n), g_free);
  return row;
}

static void
list_activated_cb (SpShortlistWindow *self, GtkListBoxRow *row)
{
  open_list (self, *(gint64 *) g_object_get_data (G_OBJECT (row), "list"));
}

static void
show_lists (SpShortlistWindow *self, GPtrArray *lists)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->lists))) != NULL)
    gtk_list_box_remove (self->lists, row);
  for (guint i = 0; i < lists->len; i++)
    gtk_list_box_append (self->lists, make_list_row (g_ptr_array_index (lists, i)));
  adw_window_title_set_title (self->title, _("Shortlists"));
  adw_window_title_set_subtitle (self->title, NULL);
  show_page (self, lists->len > 0 ? "lists" : "no-lists");
}

/* ---- one list ---- */

static void
done_cb (gpointer owner, const SpShortlist *after, const GError *error)
{
  SpShortlistWindow *self = owner;

  if (error != NULL)
    {
      toast (self, error->message, FALSE);
      read_again (self); /* what was typed did not hold */
    }
}

static void
change_item (SpShortlistWindow *self, SpShortlistRow *row, SpShortlistAction action, const char *text, guint position)
{
  const SpShortlistChange change = { action, self->list, sp_shortlist_row_get_id (row), text, position, NULL };

  sp_shortlist_book_change (self->book, &change, self, done_cb);
}

static void
moved_cb (SpShortlistWindow *self, int by, SpShortlistRow *row)
{
  int position = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + by;

  if (position >= 0)
    change_item (self, row, SP_SHORTLIST_MOVE, NULL, (guint) position);
}

static void
dropped_cb (SpShortlistWindow *self, int position, SpShortlistRow *row)
{
  change_item (self, row, SP_SHORTLIST_MOVE, NULL, (guint) position);
}

static void
explained_cb (SpShortlistWindow *self, const char *why, SpShortlistRow *row)
{
  change_item (self, row, SP_SHORTLIST_EXPLAIN, why, 0);
}

static void
removed_done_cb (gpointer owner, const SpShortlist *after, const GError *error)
{
  SpShortlistWindow *self = owner;

  toast (self, error != NULL ? error->message : _("Removed from the shortlist"), error == NULL);
}

static void
removed_cb (SpShortlistWindow *self, SpShortlistRow *row)
{
  const SpShortlistChange change = { SP_SHORTLIST_REMOVE, self->list, sp_shortlist_row_get_id (row), NULL, 0, NULL };

  sp_shortlist_book_change (self->book, &change, self, removed_done_cb);
}

static void
shown_cb (SpShortlistWindow *self, SpShortlistRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.show", "s", sp_shortlist_row_get_id (row));
}

static GtkWidget *
make_item_row (SpShortlistWindow *self, const char *id)
{
  GtkWidget *row = sp_shortlist_row_new (id);

  g_signal_connect_object (row, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "dropped", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "explained", G_CALLBACK (explained_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  return row;
}

/* The row of an entry from @position on, or NULL. */
static GtkListBoxRow *
find_row (SpShortlistWindow *self, const char *id, int position)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->items, position++)) != NULL)
    if (g_strcmp0 (sp_shortlist_row_get_id (SP_SHORTLIST_ROW (row)), id) == 0)
      return row;
  return NULL;
}

static void
move_row (SpShortlistWindow *self, GtkListBoxRow *row, int position)
{
  g_object_ref (row);
  gtk_list_box_remove (self->items, GTK_WIDGET (row));
  gtk_list_box_insert (self->items, GTK_WIDGET (row), position);
  g_object_unref (row);
}

/* Rows stay where their entries do, so that what has the keyboard focus keeps it, also where it moves. */
static void
sync_rows (SpShortlistWindow *self, const SpShortlist *list)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkListBoxRow *row;

  for (guint i = 0; i < list->items->len; i++)
    {
      const SpShortlistItem *item = g_ptr_array_index (list->items, i);
      row = find_row (self, item->id, (int) i);
      if (row == NULL)
        gtk_list_box_insert (self->items, make_item_row (self, item->id), (int) i);
      else if (gtk_list_box_row_get_index (row) != (int) i)
        move_row (self, row, (int) i);
      sp_shortlist_row_show (SP_SHORTLIST_ROW (gtk_list_box_get_row_at_index (self->items, (int) i)), item, i, list->items->len);
    }
  while ((row = gtk_list_box_get_row_at_index (self->items, (int) list->items->len)) != NULL)
    gtk_list_box_remove (self->items, GTK_WIDGET (row));
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->items)) && gtk_window_get_focus (GTK_WINDOW (self)) != focus)
    gtk_widget_grab_focus (focus);
}

static void
show_items (SpShortlistWindow *self, const SpShortlist *list)
{
  sync_rows (self, list);
  adw_window_title_set_title (self->title, list->name);
  adw_window_title_set_subtitle (self->title, _("Only on this computer"));
  show_page (self, list->items->len > 0 ? "items" : "no-items");
}

/* ---- reading ---- */

static void
lists_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpShortlistWindow *self = data; /* alive unless it was cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = sp_store_list_shortlists_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (lists != NULL)
    show_lists (self, lists);
  else
    toast (self, error->message, FALSE);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpShortlistWindow *self = data; /* alive unless it was cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (SpShortlist) list = sp_store_get_shortlist_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (list != NULL)
    show_items (self, list);
  else
    open_list (self, 0); /* it was deleted */
}

static void
stop_reading (SpShortlistWindow *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_again (SpShortlistWindow *self)
{
  stop_reading (self);
  self->reading = g_cancellable_new ();
  if (self->list == 0)
    sp_store_list_shortlists_async (self->store, self->reading, lists_cb, self);
  else
    sp_store_get_shortlist_async (self->store, self->list, self->reading, list_cb, self);
}

/* ---- actions ---- */

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_list (SP_SHORTLIST_WINDOW (widget), 0);
}

static void
made_cb (gpointer owner, const SpShortlist *after, const GError *error)
{
  SpShortlistWindow *self = owner;

  if (error != NULL)
    toast (self, error->message, FALSE);
  else
    open_list (self, after->n);
}

static void
new_name_cb (SpShortlistWindow *self, const char *name)
{
  const SpShortlistChange change = { .action = SP_SHORTLIST_CREATE, .text = name };

  gtk_popover_popdown (self->new_popover);
  sp_shortlist_name_set_text (self->new_name, "");
  sp_shortlist_book_change (self->book, &change, self, made_cb);
}

static void
rename_name_cb (SpShortlistWindow *self, const char *name)
{
  const SpShortlistChange change = { .action = SP_SHORTLIST_RENAME, .list = self->list, .text = name };

  gtk_popover_popdown (self->rename_popover);
  sp_shortlist_book_change (self->book, &change, self, done_cb);
}

static void
rename_shown_cb (SpShortlistWindow *self)
{
  sp_shortlist_name_set_text (self->rename_name, adw_window_title_get_title (self->title));
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpShortlistWindow *self = SP_SHORTLIST_WINDOW (widget);

  if (self->list != 0)
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->rename));
}

static void
deleted_cb (gpointer owner, const SpShortlist *after, const GError *error)
{
  SpShortlistWindow *self = owner;

  toast (self, error != NULL ? error->message : _("Shortlist deleted"), error == NULL);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpShortlistWindow *self = SP_SHORTLIST_WINDOW (widget);
  const SpShortlistChange change = { .action = SP_SHORTLIST_DELETE, .list = self->list };

  sp_shortlist_book_change (self->book, &change, self, deleted_cb);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpShortlistWindow *self = SP_SHORTLIST_WINDOW (widget);

  sp_shortlist_book_undo (self->book, self, done_cb);
}

/* A sheet of its first entries. Its name and its lines of why stay here. */
static void
paper_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpShortlistWindow *self = SP_SHORTLIST_WINDOW (widget);
  SpReportGoal goal = g_str_equal (name, "shortlist.print") ? SP_REPORT_PRINT : SP_REPORT_SAVE;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GtkListBoxRow *row;

  if (!gtk_widget_get_visible (self->paper))
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->items, i)) != NULL; i++)
    g_ptr_array_add (ids, (gpointer) sp_shortlist_row_get_id (SP_SHORTLIST_ROW (row)));
  g_ptr_array_add (ids, NULL);
  gtk_window_present (GTK_WINDOW (sp_report_dialog_new (self->window, GTK_WINDOW (self), goal, adw_window_title_get_title (self->title),
                                                        (const char * const *) ids->pdata)));
}

/* ---- the class ---- */

/* What is being typed is kept. */
static gboolean
sp_shortlist_window_close_request (GtkWindow *window)
{
  SpShortlistWindow *self = SP_SHORTLIST_WINDOW (window);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->items, i)) != NULL; i++)
    sp_shortlist_row_commit (SP_SHORTLIST_ROW (row));
  return GTK_WINDOW_CLASS (sp_shortlist_window_parent_class)->close_request (window);
}

static void
sp_shortlist_window_dispose (GObject *object)
{
  SpShortlistWindow *self = SP_SHORTLIST_WINDOW (object);

  gtk_window_set_transient_for (GTK_WINDOW (self), NULL); /* an answer may hold this longer than that lives */
  stop_reading (self);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->book, self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_shortlist_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-shortlist-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, back);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, new_popover);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, new_name);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, rename);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, delete);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, paper);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, lists);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, items);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, rename_popover);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistWindow, rename_name);
  gtk_widget_class_bind_template_callback (widget_class, list_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_name_cb);
  gtk_widget_class_bind_template_callback (widget_class, rename_name_cb);
  gtk_widget_class_bind_template_callback (widget_class, rename_shown_cb);
}

static void
sp_shortlist_window_class_init (SpShortlistWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_shortlist_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = sp_shortlist_window_close_request;
  g_type_ensure (SP_TYPE_SHORTLIST_NAME);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "shortlist.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "shortlist.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "shortlist.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "shortlist.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "shortlist.print", NULL, paper_action);
  gtk_widget_class_install_action (widget_class, "shortlist.save-pdf", NULL, paper_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "shortlist.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "shortlist.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "shortlist.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sp_shortlist_window_init (SpShortlistWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_shortlist_window_new:
 * @parent: the window it stands before, with a store
 *
 * Returns: (transfer none): a window with all shortlists, not shown yet
 */
GtkWindow *
sp_shortlist_window_new (SpWindow *parent)
{
  SpShortlistWindow *self = g_object_new (SP_TYPE_SHORTLIST_WINDOW, "transient-for", parent, NULL);

  self->window = parent;
  self->store = g_object_ref (sp_browser_get_store (sp_window_get_browser (parent)));
  self->book = sp_shortlist_book_of (self->store);
  g_signal_connect_object (self->book, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  read_again (self);
  return GTK_WINDOW (self);
}
