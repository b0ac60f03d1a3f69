/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpShortlistChooser: puts one entry on a shortlist, one that is there or a new one, with a line of why. */
#include "sp-shortlist-chooser.h"

#include "sp-shortlist-book.h"
#include "sp-shortlist-name.h"
#include "sp-store-documents.h"

#include <glib/gi18n.h>

struct _SpShortlistChooser
{
  AdwWindow parent_instance;

  SpWindow        *window;  /* not owned: the one it stands before, which outlives it */
  SpStore         *store;   /* owned; NULL once it is closed */
  SpShortlistBook *book;    /* not owned: the store has it */
  char            *id;      /* owned; document id */
  GCancellable    *reading; /* owned */

  /* of the template */
  AdwWindowTitle  *title;
  GtkEditable     *why;
  GtkWidget       *frame;
  GtkListBox      *lists;
  SpShortlistName *name;
};

G_DEFINE_FINAL_TYPE (SpShortlistChooser, sp_shortlist_chooser, ADW_TYPE_WINDOW)

/* ---- adding ---- */

static void
added_cb (gpointer owner, const SpShortlist *after, const GError *error)
{
  SpShortlistChooser *self = owner;
  g_autofree char *text = NULL;

  text = error != NULL ? g_strdup (error->message) : g_strdup_printf (_("Added to “%s”"), after->name);
  sp_window_toast (self->window, text, error == NULL ? _("_Undo") : NULL, error == NULL ? "win.shortlist-undo" : NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_to (SpShortlistChooser *self, gint64 list)
{
  const char *why = gtk_editable_get_text (self->why);
  const SpShortlistChange change = { SP_SHORTLIST_ADD, list, self->id, *why != '\0' ? why : NULL, SP_SHORTLIST_END, NULL };

  sp_shortlist_book_change (self->book, &change, self, added_cb);
}

static void
list_activated_cb (SpShortlistChooser *self, GtkListBoxRow *row)
{
  add_to (self, *(gint64 *) g_object_get_data (G_OBJECT (row), "list"));
}

static void
made_cb (gpointer owner, const SpShortlist *after, const GError *error)
{
  SpShortlistChooser *self = owner;

  if (error != NULL)
    sp_window_toast (self->window, error->message, NULL, NULL);
  else
    add_to (self, after->n);
}

static void
name_cb (SpShortlistChooser *self, const char *name)
{
  const SpShortlistChange change = { .action = SP_SHORTLIST_CREATE, .text = name };

  sp_shortlist_book_change (self->book, &change, self, made_cb);
}

/* ---- what is there ---- */

static gboolean
has_item (const SpShortlist *list, const char *id)
{
  for (guint i = 0; i < list->items->len; i++)
    if (g_str_equal (((SpShortlistItem *) g_ptr_array_index (list->items, i))->id, id))
      return TRUE;
  return FALSE;
}

static GtkWidget *
make_row (SpShortlistChooser *self, const SpShortlist *list)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean there = has_item (list, self->id);
  g_autofree char *name = g_markup_escape_text (list->name, -1);
  g_autofree char *count = g_strdup_printf (ngettext ("%u entry", "%u entries", list->items->len), list->items->len);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), there ? _("Is on it already") : count);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_sensitive (row, !there);
  g_object_set_data_full (G_OBJECT (row), "list", g_memdup2 (&list->n, sizeof list->n), g_free);
  return row;
}

static void
lists_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpShortlistChooser *self = data; /* alive unless it was cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = sp_store_list_shortlists_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (lists == NULL)
    {
      sp_window_toast (self->window, error->message, NULL, NULL);
      return;
    }
  for (guint i = 0; i < lists->len; i++)
    gtk_list_box_append (self->lists, make_row (self, g_ptr_array_index (lists, i)));
  gtk_widget_set_visible (self->frame, lists->len > 0);
  if (lists->len == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
  else
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->lists, 0)));
}

static void
entry_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpShortlistChooser *self = data; /* alive unless it was cancelled */
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, NULL);
  const char *name = entry != NULL ? sp_asset_get_name (entry->asset) : NULL;

  if (name != NULL)
    adw_window_title_set_subtitle (self->title, name);
}

/* ---- the class ---- */

static void
sp_shortlist_chooser_dispose (GObject *object)
{
  SpShortlistChooser *self = SP_SHORTLIST_CHOOSER (object);

  gtk_window_set_transient_for (GTK_WINDOW (self), NULL); /* an answer may hold this longer than that lives */
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_shortlist_chooser_parent_class)->dispose (object);
}

static void
sp_shortlist_chooser_finalize (GObject *object)
{
  SpShortlistChooser *self = SP_SHORTLIST_CHOOSER (object);

  g_object_unref (self->reading);
  g_free (self->id);
  G_OBJECT_CLASS (sp_shortlist_chooser_parent_class)->finalize (object);
}

static void
sp_shortlist_chooser_class_init (SpShortlistChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_shortlist_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_shortlist_chooser_finalize;
  g_type_ensure (SP_TYPE_SHORTLIST_NAME);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-shortlist-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, SpShortlistChooser, title);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistChooser, why);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistChooser, frame);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistChooser, lists);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistChooser, name);
  gtk_widget_class_bind_template_callback (widget_class, list_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sp_shortlist_chooser_init (SpShortlistChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->why), SP_SHORTLIST_WHY_MAX);
  self->reading = g_cancellable_new ();
}

/**
 * sp_shortlist_chooser_new:
 * @parent: the window it stands before, with a store
 * @id: document id of the entry to put on a list
 *
 * Returns: (transfer none): the chooser, not shown yet
 */
GtkWindow *
sp_shortlist_chooser_new (SpWindow *parent, const char *id)
{
  SpShortlistChooser *self = g_object_new (SP_TYPE_SHORTLIST_CHOOSER, "transient-for", parent, NULL);

  self->window = parent;
  self->store = g_object_ref (sp_browser_get_store (sp_window_get_browser (parent)));
  self->book = sp_shortlist_book_of (self->store);
  self->id = g_strdup (id);
  sp_store_list_shortlists_async (self->store, self->reading, lists_cb, self);
  sp_store_get_async (self->store, id, self->reading, entry_cb, self);
  return GTK_WINDOW (self);
}
