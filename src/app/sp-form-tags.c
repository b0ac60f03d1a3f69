/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormTags: a field with any number of words: the usual ones to tick, and a line for others, where others are allowed. */
#include "sp-form-tags.h"

#include "sp-form-label.h"
#include "sp-form-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SpFormTags
{
  SpFormField parent_instance;

  GtkWidget   *box;
  GtkFlowBox  *flow;
  GtkEditable *other;   /* nullable until it is bound; NULL if there are no others */
  GHashTable  *buttons; /* owned; code → GtkCheckButton, borrowed */
  gboolean     loading;
};

G_DEFINE_FINAL_TYPE (SpFormTags, sp_form_tags, SP_TYPE_FORM_FIELD)

static SpNode *
make_set (const SpNode *before, const char *code, gboolean active)
{
  SpNode *set = sp_node_new_array ();

  for (guint i = 0; i < sp_node_get_length (before); i++)
    if (g_strcmp0 (sp_node_get_string (sp_node_get_element (before, i)), code) != 0)
      sp_node_append (set, sp_node_copy (sp_node_get_element (before, i)));
  if (active)
    sp_node_append (set, sp_node_new_string (code));
  return set;
}

static void
set_tag (SpFormTags *self, const char *code, gboolean active)
{
  SpFormField *field = SP_FORM_FIELD (self);
  SpEntryEdit *edit = sp_form_field_get_edit (field);
  const char *path = sp_form_field_get_path (field);

  sp_entry_edit_set (edit, path, make_set (sp_entry_edit_get (edit, path), code, active));
}

static void
toggled_cb (SpFormTags *self, GtkCheckButton *button)
{
  if (!self->loading)
    set_tag (self, g_object_get_data (G_OBJECT (button), "code"), gtk_check_button_get_active (button));
}

static void
add_button (SpFormTags *self, const char *code, const char *text)
{
  GtkWidget *button = sp_form_check_new (text);

  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (code), g_free);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  g_hash_table_insert (self->buttons, g_object_get_data (G_OBJECT (button), "code"), button);
  sp_form_flow_add (self->flow, button);
}

/* What was typed into the line for others becomes buttons. */
static void
take_others (SpFormTags *self)
{
  g_auto (GStrv) words = g_strsplit_set (gtk_editable_get_text (self->other), ",;", -1);

  gtk_editable_set_text (self->other, "");
  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      set_tag (self, words[i], TRUE);
}

static void
left_cb (SpFormTags *self, GtkEventController *controller)
{
  take_others (self);
}

static void
add_line_for_others (SpFormTags *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *entry = gtk_entry_new ();

  self->other = GTK_EDITABLE (entry);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Others, with commas between"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Others, with commas between"), -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (take_others), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (entry, focus);
  gtk_box_append (GTK_BOX (self->box), entry);
}

static void
sp_form_tags_bound (SpFormField *field)
{
  SpFormTags *self = SP_FORM_TAGS (field);
  const char *path = sp_form_field_get_path (field);
  const SpField *known = sp_field_find (path);
  guint n;
  const SpFormWord *words = sp_form_words_get (path, &n);

  for (guint i = 0; i < n; i++)
    add_button (self, words[i].code, _(words[i].label));
  if (known != NULL && known->choices == NULL)
    add_line_for_others (self);
}

static void
sp_form_tags_load (SpFormField *field)
{
  SpFormTags *self = SP_FORM_TAGS (field);
  const SpNode *set = sp_entry_edit_get (sp_form_field_get_edit (field), sp_form_field_get_path (field));
  g_autoptr (GHashTable) active = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer code, button;

  self->loading = TRUE;
  for (guint i = 0; i < sp_node_get_length (set); i++)
    {
      const char *tag = sp_node_get_string (sp_node_get_element (set, i));
      if (tag != NULL && !g_hash_table_contains (self->buttons, tag))
        add_button (self, tag, tag);
      if (tag != NULL)
        g_hash_table_add (active, (char *) tag);
    }
  g_hash_table_iter_init (&iter, self->buttons);
  while (g_hash_table_iter_next (&iter, &code, &button))
    gtk_check_button_set_active (button, g_hash_table_contains (active, code));
  self->loading = FALSE;
}

static gboolean
sp_form_tags_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (SP_FORM_TAGS (widget)->box, GTK_DIR_TAB_FORWARD);
}

static void
sp_form_tags_finalize (GObject *object)
{
  g_hash_table_unref (SP_FORM_TAGS (object)->buttons);
  G_OBJECT_CLASS (sp_form_tags_parent_class)->finalize (object);
}

static void
sp_form_tags_class_init (SpFormTagsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_form_tags_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = sp_form_tags_grab_focus;
  SP_FORM_FIELD_CLASS (klass)->bound = sp_form_tags_bound;
  SP_FORM_FIELD_CLASS (klass)->load = sp_form_tags_load;
}

static void
sp_form_tags_init (SpFormTags *self)
{
  GtkWidget *flow = sp_form_flow_new (3);

  self->buttons = g_hash_table_new (g_str_hash, g_str_equal);
  self->flow = GTK_FLOW_BOX (flow);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), flow);
  sp_form_field_set_control (SP_FORM_FIELD (self), self->box, NULL);
}
