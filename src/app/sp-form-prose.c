/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormProse: a field with text of several lines. */
#include "sp-form-prose.h"

#define LINES_HEIGHT 96 /* pixels; about four lines, and it grows */

struct _SpFormProse
{
  SpFormField parent_instance;

  GtkTextBuffer *buffer;
  gboolean       loading; /* what changes in the buffer was not typed */
};

G_DEFINE_FINAL_TYPE (SpFormProse, sp_form_prose, SP_TYPE_FORM_FIELD)

static char *
get_text (SpFormProse *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
typed_cb (SpFormProse *self, GtkTextBuffer *buffer)
{
  SpFormField *field = SP_FORM_FIELD (self);
  g_autofree char *text = g_strstrip (get_text (self));

  if (self->loading || sp_form_field_get_edit (field) == NULL)
    return;
  self->loading = TRUE;
  sp_entry_edit_set (sp_form_field_get_edit (field), sp_form_field_get_path (field),
                     *text != '\0' ? sp_node_new_string (text) : NULL);
  self->loading = FALSE;
}

static void
sp_form_prose_load (SpFormField *field)
{
  SpFormProse *self = SP_FORM_PROSE (field);
  const char *text = sp_entry_edit_get_text (sp_form_field_get_edit (field), sp_form_field_get_path (field));
  g_autofree char *shown = get_text (self);

  if (self->loading || g_strcmp0 (shown, text != NULL ? text : "") == 0)
    return;
  self->loading = TRUE;
  gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
  self->loading = FALSE;
}

static void
sp_form_prose_class_init (SpFormProseClass *klass)
{
  SP_FORM_FIELD_CLASS (klass)->load = sp_form_prose_load;
}

static void
sp_form_prose_init (SpFormProse *self)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE); /* Tab goes on to the next field */
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LINES_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 3 * LINES_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_add_css_class (scroller, "prose");
  sp_form_field_set_control (SP_FORM_FIELD (self), scroller, GTK_ACCESSIBLE (view));
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (typed_cb), self);
}
