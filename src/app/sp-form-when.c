/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormWhen: the section of the form about times: typed in words, or put together one by one, with exceptions; and beside
 * them what a reader will see and the next dates, at once. */
#include "sp-form-when.h"

#include "sp-clock.h"
#include "sp-field.h"
#include "sp-form-field.h"
#include "sp-times.h"
#include "sp-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define NEXT_DATES 5

struct _SpFormWhen
{
  SpFormPart parent_instance;

  SpEntryEdit *edit;      /* owned, nullable until it is bound */
  gboolean     automatic; /* nobody wrote words of their own */
  gboolean     writing;   /* the words are ours */

  /* of the template */
  GtkEditable *typed;
  GtkLabel    *unclear;
  GtkWidget   *preview;
  GtkLabel    *words;
  GtkLabel    *dates;
};

G_DEFINE_FINAL_TYPE (SpFormWhen, sp_form_when, SP_TYPE_FORM_PART)

/* --- what a reader will see --- */

static char *
list_dates (SpFormWhen *self, const SpNode *body)
{
  SpOccurrence next[NEXT_DATES];
  guint count = sp_schedule_next (body, sp_clock_now_civil (), sp_entry_edit_get_calendar (self->edit), next, NEXT_DATES);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *words = sp_words_occurrence (&next[i], sp_clock_today ());
      g_autofree char *line = sp_words_capitalise (words);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_string_free (text, FALSE);
}

static void
show_preview (SpFormWhen *self)
{
  g_autoptr (SpNode) body = sp_entry_edit_make_body (self->edit);
  const char *words = sp_node_get_text (body, "schedule_words");
  g_autofree char *said = words != NULL ? g_strdup (words) : sp_words_schedules (body);
  g_autofree char *dates = list_dates (self, body);

  gtk_widget_set_visible (self->preview, said != NULL);
  gtk_label_set_label (self->words, said != NULL ? said : "");
  gtk_label_set_label (self->dates, *dates != '\0' ? dates : _("There is no next date that can be told."));
  gtk_widget_set_visible (GTK_WIDGET (self->dates), sp_node_get (body, "schedules") != NULL);
}

/* --- the words --- */

static void
write_words (SpFormWhen *self)
{
  g_autoptr (SpNode) body = sp_entry_edit_make_body (self->edit);
  g_autofree char *words = sp_words_schedules (body);

  if (!self->automatic)
    return;
  self->writing = TRUE;
  sp_entry_edit_set (self->edit, "schedule_words", words != NULL ? sp_node_new_string (words) : NULL);
  self->writing = FALSE;
}

/* Words that are taken away, or are the same as would be written anyway, are followed up from then on. */
static gboolean
is_automatic (SpFormWhen *self)
{
  g_autoptr (SpNode) body = sp_entry_edit_make_body (self->edit);
  const char *words = sp_node_get_text (body, "schedule_words");
  g_autofree char *generated = sp_words_schedules (body);

  return words == NULL || g_strcmp0 (words, generated) == 0;
}

static gboolean
concerns (const char *path, const char *member)
{
  return path == NULL || g_str_has_prefix (path, member);
}

static void
changed_cb (SpFormWhen *self, const char *path, SpEntryEdit *edit)
{
  if (path == NULL || strcmp (path, "schedule_words") == 0)
    {
      if (!self->writing)
        self->automatic = is_automatic (self);
    }
  else if (g_str_has_prefix (path, "schedules") || strcmp (path, "referral.how") == 0)
    write_words (self);
  if (concerns (path, "schedule") || concerns (path, "referral") || concerns (path, "notice"))
    show_preview (self);
}

/* --- typed in words --- */

/* Puts the times that were read into the list, in the place of an empty one if there is one. */
static void
add_times (SpFormWhen *self, const SpNode *times)
{
  g_autoptr (SpNode) pruned = sp_entry_edit_make_body (self->edit);
  const SpNode *there = sp_node_get (pruned, "schedules");
  g_autoptr (SpNode) body = sp_node_new_object ();
  SpNode *list = there != NULL ? sp_node_copy (there) : sp_node_new_array ();

  for (guint i = 0; i < sp_node_get_length (times); i++)
    sp_node_append (list, sp_node_copy (sp_node_get_element (times, i)));
  sp_node_set (body, "schedules", list);
  sp_field_give_ids (body, "schedules");
  sp_entry_edit_set (self->edit, "schedules", sp_node_copy (list));
}

static void
take_typed (SpFormWhen *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->typed)));
  g_autoptr (SpNode) times = *text != '\0' ? sp_times_read (text) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->unclear), *text != '\0' && times == NULL);
  if (times == NULL)
    return;
  gtk_editable_set_text (self->typed, "");
  add_times (self, times);
}

static void
retyped_cb (SpFormWhen *self, GtkEditable *entry)
{
  gtk_widget_set_visible (GTK_WIDGET (self->unclear), FALSE);
}

static void
ring_first_cb (SpFormWhen *self, GtkButton *button)
{
  sp_entry_edit_set (self->edit, "schedules", NULL);
  sp_entry_edit_set (self->edit, "referral.how", sp_node_new_string ("ring first"));
  sp_entry_edit_set (self->edit, "schedule_words", sp_node_new_string (_("Ring first to find out when")));
}

static void
sp_form_when_bind (SpFormPart *part, SpEntryEdit *edit, const char *prefix)
{
  SpFormWhen *self = SP_FORM_WHEN (part);

  self->edit = g_object_ref (edit);
  self->automatic = is_automatic (self);
  g_signal_connect_swapped (edit, "changed", G_CALLBACK (changed_cb), self);
  show_preview (self);
}

static void
sp_form_when_dispose (GObject *object)
{
  SpFormWhen *self = SP_FORM_WHEN (object);

  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_clear_object (&self->edit);
  G_OBJECT_CLASS (sp_form_when_parent_class)->dispose (object);
}

static void
sp_form_when_class_init (SpFormWhenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_form_when_dispose;
  SP_FORM_PART_CLASS (klass)->bind = sp_form_when_bind;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-form-when.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFormWhen, typed);
  gtk_widget_class_bind_template_child (widget_class, SpFormWhen, unclear);
  gtk_widget_class_bind_template_child (widget_class, SpFormWhen, preview);
  gtk_widget_class_bind_template_child (widget_class, SpFormWhen, words);
  gtk_widget_class_bind_template_child (widget_class, SpFormWhen, dates);
  gtk_widget_class_bind_template_callback (widget_class, take_typed);
  gtk_widget_class_bind_template_callback (widget_class, retyped_cb);
  gtk_widget_class_bind_template_callback (widget_class, ring_first_cb);
}

static void
sp_form_when_init (SpFormWhen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
