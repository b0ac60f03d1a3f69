/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving what is in the form: first what is wrong is said beside each question; then only what changed is written; and if
 * somebody else has saved the entry meanwhile, both go together. What was typed is never lost. */
#include "sp-entry-form-private.h"

#include "sp-form.h"
#include "sp-store-documents.h"

#include <glib/gi18n.h>

/* --- what is wrong --- */

/**
 * sp_entry_form_scroll_to:
 * @self: a form
 * @widget: something in it that has its place
 *
 * Brings the whole of it into view, with a little of what comes next.
 */
void
sp_entry_form_scroll_to (SpEntryForm *self, GtkWidget *widget)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (widget, self->content, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height + 40);
}

/* A problem without a question of its own is said above all. */
static void
show_problem (SpEntryForm *self, const SpEntryProblem *problem, SpFormField **first)
{
  SpFormField *field = sp_form_find (self->content, problem->path);

  if (field == NULL)
    {
      sp_form_notice_say (self->notice, problem->sentence, NULL, NULL, NULL);
      return;
    }
  sp_form_reveal (GTK_WIDGET (field));
  sp_form_field_complain (field, problem->sentence);
  if (*first == NULL)
    *first = field;
}

static void
show_problems (SpEntryForm *self, GPtrArray *problems)
{
  SpFormField *first = NULL;
  g_autofree char *count = g_strdup_printf (ngettext ("One thing is still to be put right.", "%u things are still to be put right.",
                                                      problems->len), problems->len);

  sp_form_notice_say (self->notice, count, NULL, NULL, NULL);
  for (guint i = 0; i < problems->len; i++)
    show_problem (self, g_ptr_array_index (problems, i), &first);
  if (first == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (first));
  sp_entry_form_scroll_to (self, GTK_WIDGET (first));
}

/* --- writing --- */

static void
set_saving (SpEntryForm *self, gboolean saving)
{
  self->saving = saving;
  gtk_widget_set_sensitive (self->save_button, !saving);
}

static void
say_error (SpEntryForm *self, const GError *error)
{
  /* Translators: why, in a sentence */
  g_autofree char *text = g_strdup_printf (_("It could not be saved: %s. What you typed is kept."), error->message);

  set_saving (self, FALSE);
  sp_form_notice_say (self->notice, text, NULL, NULL, NULL);
}

/* Nothing collides: go on at once, as if nothing had happened. */
static void
go_on_from (SpEntryForm *self, SpAsset *now)
{
  g_autoptr (GPtrArray) clashes = sp_entry_edit_rebase (self->edit, sp_asset_get_rev (now), sp_asset_get_body (now));

  set_saving (self, FALSE);
  if (clashes->len == 0)
    sp_entry_form_save (self);
  else
    sp_form_notice_show_clashes (self->notice, self->edit, clashes);
}

/* It was deleted: what was typed would make it again, which a person must want. */
static void
go_on_after_deletion (SpEntryForm *self)
{
  g_autoptr (SpNode) nothing = sp_node_new_object ();
  g_autoptr (SpNode) body = sp_entry_edit_make_body (self->edit);

  set_saving (self, FALSE);
  sp_entry_edit_begin_with (self->edit, NULL, nothing, body);
  sp_form_notice_say (self->notice, _("Somebody has deleted this entry meanwhile. If you save it, it is there again."), NULL, NULL, NULL);
}

static void
read_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpEntryForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, &error);

  if (self->edit == NULL)
    return;
  if (entry == NULL)
    say_error (self, error);
  else if (entry->deleted)
    go_on_after_deletion (self);
  else
    go_on_from (self, entry->asset);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpEntryForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sp_changes_save_finish (SP_CHANGES (source), result, &error);

  if (self->edit == NULL)
    return;
  if (g_error_matches (error, SP_ERROR, SP_ERROR_CONFLICT) && self->submission == NULL)
    sp_store_get_async (self->store, sp_entry_edit_get_id (self->edit), NULL, read_again_cb, g_object_ref (self));
  else if (id == NULL)
    say_error (self, error);
  else
    sp_entry_form_end (self, id);
}

static void
write_entry (SpEntryForm *self)
{
  gboolean is_new = sp_entry_edit_is_new (self->edit);
  g_autoptr (SpNode) changes = is_new ? sp_entry_edit_make_body (self->edit) : sp_entry_edit_make_changes (self->edit);
  g_autofree char *title = sp_entry_form_get_title (self);
  /* Translators: name of an entry */
  g_autofree char *label = g_strdup_printf (is_new ? _("“%s” added") : _("“%s” changed"), title);

  if (sp_node_get_length (changes) == 0 && self->submission == NULL)
    {
      sp_entry_form_end (self, sp_entry_edit_get_id (self->edit));
      return;
    }
  set_saving (self, TRUE);
  if (self->submission != NULL)
    sp_entry_form_accept (self, changes, label, saved_cb, g_object_ref (self));
  else
    sp_changes_save_async (self->changes, sp_entry_edit_get_id (self->edit), sp_entry_edit_get_rev (self->edit), changes, label, saved_cb,
                           g_object_ref (self));
}

/**
 * sp_entry_form_save:
 * @self: a form
 *
 * Saves the entry and closes the form; or says what is wrong, and goes there.
 */
void
sp_entry_form_save (SpEntryForm *self)
{
  g_autoptr (GPtrArray) problems = NULL;

  if (self->edit == NULL || self->saving)
    return;
  gtk_window_set_focus (GTK_WINDOW (self), NULL); /* the question one is at takes what was typed */
  problems = sp_entry_edit_check (self->edit);
  if (problems->len > 0)
    show_problems (self, problems);
  else
    {
      sp_form_notice_say (self->notice, NULL, NULL, NULL, NULL);
      write_entry (self);
    }
}
