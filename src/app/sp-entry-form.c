/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpEntryForm: the window in which an entry is added or changed. What is typed is kept as a draft all the time; closing the
 * window loses nothing. How an entry gets in here is in sp-entry-form-open.c, how it is saved in sp-entry-form-save.c. */
#include "sp-entry-form-private.h"

#include "sp-form-position.h"
#include "sp-form.h"

#include <glib/gi18n.h>
#include <string.h>

#define KEEP_PAUSE 400 /* milliseconds after the last change before a draft is kept */

G_DEFINE_FINAL_TYPE (SpEntryForm, sp_entry_form, ADW_TYPE_WINDOW)

enum { SAVED, SHOW_ENTRY, KEPT, N_SIGNALS };
static guint signals[N_SIGNALS];

/**
 * sp_entry_form_get_title:
 * @self: a form
 *
 * Returns: (transfer full): what to call the entry as it is now
 */
char *
sp_entry_form_get_title (SpEntryForm *self)
{
  const char *name = self->edit != NULL ? sp_entry_edit_get_text (self->edit, "name") : NULL;

  return g_strdup (name != NULL && *name != '\0' ? name : _("New Entry"));
}

/* A new entry of which nothing but the kind was chosen is not worth offering again. */
static gboolean
is_worth_keeping (SpEntryEdit *edit)
{
  g_autoptr (SpNode) changes = sp_entry_edit_make_changes (edit);
  guint n = sp_node_get_length (changes);

  return n > 1 || (n == 1 && !(sp_entry_edit_is_new (edit) && sp_node_get (changes, "kind") != NULL));
}

/**
 * sp_entry_form_keep_draft:
 * @self: a form
 *
 * Keeps what was typed, or no draft if nothing differs any more.
 */
void
sp_entry_form_keep_draft (SpEntryForm *self)
{
  g_clear_handle_id (&self->keeping, g_source_remove);
  if (self->edit == NULL || self->ended || self->submission != NULL)
    return;
  if (is_worth_keeping (self->edit))
    {
      g_autoptr (SpNode) body = sp_entry_edit_make_body (self->edit);
      sp_draft_list_keep (self->drafts, sp_entry_edit_get_id (self->edit), sp_entry_edit_get_rev (self->edit), body);
    }
  else if (sp_draft_list_find (self->drafts, sp_entry_edit_get_id (self->edit)) != NULL)
    sp_draft_list_forget (self->drafts, sp_entry_edit_get_id (self->edit));
}

/**
 * sp_entry_form_end:
 * @self: a form
 * @id: (nullable): document id of the entry that was saved; %NULL if it was thrown away
 *
 * Closes the form for good; no draft is left.
 */
void
sp_entry_form_end (SpEntryForm *self, const char *id)
{
  g_clear_handle_id (&self->keeping, g_source_remove);
  if (self->edit != NULL && self->submission == NULL && sp_draft_list_find (self->drafts, sp_entry_edit_get_id (self->edit)) != NULL)
    sp_draft_list_forget (self->drafts, sp_entry_edit_get_id (self->edit));
  self->ended = TRUE;
  if (id != NULL)
    g_signal_emit (self, signals[SAVED], 0, id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
sp_entry_form_close_request (GtkWindow *window)
{
  SpEntryForm *self = SP_ENTRY_FORM (window);

  sp_entry_form_keep_draft (self);
  if (self->edit != NULL && !self->ended && self->submission == NULL
      && sp_draft_list_find (self->drafts, sp_entry_edit_get_id (self->edit)) != NULL)
    {
      g_autofree char *title = sp_entry_form_get_title (self);
      g_signal_emit (self, signals[KEPT], 0, sp_entry_edit_get_id (self->edit), title);
    }
  return GTK_WINDOW_CLASS (sp_entry_form_parent_class)->close_request (window);
}

static void
twin_cb (SpEntryForm *self, const char *id)
{
  g_autofree char *chosen = g_strdup (id);

  g_signal_emit (self, signals[SHOW_ENTRY], 0, chosen);
  sp_entry_form_end (self, NULL);
}

/* A save under way goes on: it was asked for. */
static void
sp_entry_form_dispose (GObject *object)
{
  SpEntryForm *self = SP_ENTRY_FORM (object);

  g_clear_handle_id (&self->keeping, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_clear_object (&self->edit);
  g_clear_object (&self->store);
  g_clear_object (&self->changes);
  g_clear_object (&self->drafts);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (sp_entry_form_parent_class)->dispose (object);
}

static void
sp_entry_form_finalize (GObject *object)
{
  g_object_unref (SP_ENTRY_FORM (object)->cancellable);
  g_free (SP_ENTRY_FORM (object)->submission);
  G_OBJECT_CLASS (sp_entry_form_parent_class)->finalize (object);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sp_entry_form_save (SP_ENTRY_FORM (widget));
}

static void
add_signals (void)
{
  /**
   * SpEntryForm::saved:
   * @self: the form
   * @id: document id
   *
   * The entry is in the store.
   */
  signals[SAVED] = g_signal_new ("saved", SP_TYPE_ENTRY_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SpEntryForm::show-entry:
   * @self: the form
   * @id: document id
   *
   * What was being typed is there already: that is to be shown.
   */
  signals[SHOW_ENTRY] = g_signal_new ("show-entry", SP_TYPE_ENTRY_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                      G_TYPE_STRING);

  /**
   * SpEntryForm::kept:
   * @self: the form
   * @id: document id
   * @title: what to call it
   *
   * The window is being closed, and what was typed is kept as a draft.
   */
  signals[KEPT] = g_signal_new ("kept", SP_TYPE_ENTRY_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                G_TYPE_STRING);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-entry-form.ui");
  gtk_widget_class_bind_template_child (widget_class, SpEntryForm, stack);
  gtk_widget_class_bind_template_child (widget_class, SpEntryForm, save_button);
  gtk_widget_class_bind_template_child (widget_class, SpEntryForm, notice);
  gtk_widget_class_bind_template_child (widget_class, SpEntryForm, content);
  gtk_widget_class_bind_template_child (widget_class, SpEntryForm, scroller);
  gtk_widget_class_bind_template_callback (widget_class, twin_cb);
}

static void
sp_entry_form_class_init (SpEntryFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  sp_form_ensure_types ();
  g_type_ensure (SP_TYPE_FORM_NOTICE);
  G_OBJECT_CLASS (klass)->dispose = sp_entry_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_entry_form_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sp_entry_form_close_request;
  add_signals ();
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "form.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "form.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sp_entry_form_init (SpEntryForm *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
keep_cb (gpointer data)
{
  SpEntryForm *self = data;

  self->keeping = 0;
  sp_entry_form_keep_draft (self);
  return G_SOURCE_REMOVE;
}

static void
show_title (SpEntryForm *self)
{
  g_autofree char *title = sp_entry_form_get_title (self);

  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
changed_cb (SpEntryForm *self, const char *path, SpEntryEdit *edit)
{
  if (self->keeping == 0)
    self->keeping = g_timeout_add (KEEP_PAUSE, keep_cb, self);
  if (path == NULL || strcmp (path, "kind") == 0)
    sp_form_fit_kind (self->content, sp_entry_edit_get_text (edit, "kind"));
  if (path == NULL || strcmp (path, "name") == 0)
    show_title (self);
  if (g_strcmp0 (path, "address.postal_code") == 0)
    sp_entry_form_read_calendar (self);
}

/* The map is the one that the settings say, as in the window. */
static void
start_map (SpEntryForm *self)
{
  g_autoptr (SpMapBackground) background = NULL;
  SpFormField *position = sp_form_find (self->content, "location");

  if (self->settings == NULL)
    return;
  background = sp_map_background_new (self->settings);
  sp_form_position_set_background (SP_FORM_POSITION (position), background);
}

/* Who may only propose is told so, and who reads it. */
static void
say_proposing (SpEntryForm *self)
{
  if (sp_changes_get_submits (self->changes) == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->save_button), _("_Propose"));
  sp_form_notice_say (self->notice, _("What you propose waits until an editor accepts it. All who share this list can read it."), NULL, NULL, NULL);
}

/* The question one begins at gets the keyboard and comes into view, but only once it has its place. */
static gboolean
begin_cb (GtkWidget *content, GdkFrameClock *clock, gpointer form)
{
  SpEntryForm *self = form;
  GtkWidget *field = GTK_WIDGET (sp_form_find (content, self->start));

  if (field == NULL)
    return G_SOURCE_REMOVE;
  if (gtk_widget_get_height (field) == 0)
    return G_SOURCE_CONTINUE;
  gtk_widget_grab_focus (field);
  sp_entry_form_scroll_to (self, field);
  return G_SOURCE_REMOVE;
}

/**
 * sp_entry_form_show:
 * @self: a form
 * @edit: (transfer full): the entry, as it is to be edited; once
 *
 * Shows the questions with the answers there are.
 */
void
sp_entry_form_show (SpEntryForm *self, SpEntryEdit *edit)
{
  g_return_if_fail (self->edit == NULL);
  self->edit = edit;
  sp_entry_edit_set_store (edit, self->store);
  sp_form_bind (self->content, edit, "");
  sp_form_fit_kind (self->content, sp_entry_edit_get_text (edit, "kind"));
  show_title (self);
  g_signal_connect_swapped (edit, "changed", G_CALLBACK (changed_cb), self);
  start_map (self);
  say_proposing (self);
  gtk_stack_set_visible_child_name (self->stack, "form");
  if (self->start != NULL)
    gtk_widget_add_tick_callback (self->content, begin_cb, self, NULL);
  else
    gtk_widget_grab_focus (GTK_WIDGET (sp_form_find (self->content, sp_entry_edit_is_new (edit) ? "kind" : "name")));
  sp_entry_form_read_calendar (self);
}

/**
 * sp_entry_form_new:
 * @parent: (nullable): the window it stands before
 * @store: the store that the entry is in, or shall be
 * @changes: what saves, so that it can be undone
 * @drafts: where drafts are kept
 * @settings: (nullable): what the user has set
 *
 * Returns: (transfer none): an empty form; sp_entry_form_add() or sp_entry_form_open() fills it
 */
SpEntryForm *
sp_entry_form_new (GtkWindow *parent, SpStore *store, SpChanges *changes, SpDraftList *drafts, GSettings *settings)
{
  SpEntryForm *self = g_object_new (SP_TYPE_ENTRY_FORM, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->changes = g_object_ref (changes);
  self->drafts = g_object_ref (drafts);
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  return self;
}

/**
 * sp_entry_form_begin_at:
 * @self: a form that shows no entry yet
 * @path: a question that it asks, such as "location"
 *
 * Lets whoever opens it begin there.
 */
void
sp_entry_form_begin_at (SpEntryForm *self, const char *path)
{
  self->start = g_intern_string (path);
}

/**
 * sp_entry_form_get_edit:
 * @self: a form
 *
 * Returns: (transfer none) (nullable): the entry that is being written; %NULL until it is read
 */
SpEntryEdit *
sp_entry_form_get_edit (SpEntryForm *self)
{
  return self->edit;
}

/**
 * sp_entry_form_get_content:
 * @self: a form
 *
 * Returns: (transfer none): what the questions are in
 */
GtkWidget *
sp_entry_form_get_content (SpEntryForm *self)
{
  return self->content;
}

/**
 * sp_entry_form_get_notice:
 * @self: a form
 *
 * Returns: (transfer none) (nullable): what it says above the questions
 */
const char *
sp_entry_form_get_notice (SpEntryForm *self)
{
  return sp_form_notice_get_text (self->notice);
}
