/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormRadio: a field with one of a few answers, all in sight, each with what follows from it below. */
#include "sp-form-radio.h"

#include "sp-form-label.h"
#include "sp-form-words.h"

#include <glib/gi18n.h>

struct _SpFormRadio
{
  SpFormField parent_instance;

  GtkWidget *box;
  GPtrArray *buttons; /* owned; of GtkCheckButton, borrowed */
  char      *assumed; /* owned, nullable: what holds if nobody said */
  gboolean   loading;
};

G_DEFINE_FINAL_TYPE (SpFormRadio, sp_form_radio, SP_TYPE_FORM_FIELD)

typedef enum { PROP_ASSUMED = 1 } SpFormRadioProperty;

static void
toggled_cb (SpFormRadio *self, GtkCheckButton *button)
{
  SpFormField *field = SP_FORM_FIELD (self);

  if (self->loading || !gtk_check_button_get_active (button))
    return;
  self->loading = TRUE;
  sp_entry_edit_set (sp_form_field_get_edit (field), sp_form_field_get_path (field),
                     sp_node_new_string (g_object_get_data (G_OBJECT (button), "code")));
  self->loading = FALSE;
}

static GtkWidget *
new_detail (const char *text)
{
  GtkWidget *label = sp_form_label_new (text, "caption");

  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/* Its label and what follows from it, beside the button; a click there chooses it too. */
static GtkWidget *
new_words (const SpFormWord *word, GtkWidget *button)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_box_append (GTK_BOX (words), sp_form_label_new (_(word->label), NULL));
  if (word->detail != NULL)
    gtk_box_append (GTK_BOX (words), new_detail (_(word->detail)));
  gtk_widget_set_hexpand (words, TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (gtk_widget_activate), button, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (words, GTK_EVENT_CONTROLLER (click));
  return words;
}

static void
add_answer (SpFormRadio *self, const SpFormWord *word)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = word->detail != NULL ? g_strconcat (_(word->label), ". ", _(word->detail), NULL) : g_strdup (_(word->label));

  if (self->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (word->code), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->buttons, button);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (row), new_words (word, button));
  gtk_box_append (GTK_BOX (self->box), row);
}

static void
sp_form_radio_bound (SpFormField *field)
{
  guint n;
  const SpFormWord *words = sp_form_words_get (sp_form_field_get_path (field), &n);

  for (guint i = 0; i < n; i++)
    add_answer (SP_FORM_RADIO (field), &words[i]);
}

static void
sp_form_radio_load (SpFormField *field)
{
  SpFormRadio *self = SP_FORM_RADIO (field);
  const char *said = sp_entry_edit_get_text (sp_form_field_get_edit (field), sp_form_field_get_path (field));

  if (self->loading)
    return;
  self->loading = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkCheckButton *button = g_ptr_array_index (self->buttons, i);
      gtk_check_button_set_active (button, g_strcmp0 (g_object_get_data (G_OBJECT (button), "code"),
                                                      said != NULL ? said : self->assumed) == 0);
    }
  self->loading = FALSE;
}

static gboolean
sp_form_radio_grab_focus (GtkWidget *widget)
{
  SpFormRadio *self = SP_FORM_RADIO (widget);
  GtkWidget *button = NULL;

  for (guint i = 0; i < self->buttons->len; i++)
    if (button == NULL || gtk_check_button_get_active (g_ptr_array_index (self->buttons, i)))
      button = g_ptr_array_index (self->buttons, i);
  return button != NULL && gtk_widget_grab_focus (button);
}

static void
sp_form_radio_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  SpFormRadio *self = SP_FORM_RADIO (object);

  if (prop_id != PROP_ASSUMED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  g_free (self->assumed);
  self->assumed = g_value_dup_string (value);
}

static void
sp_form_radio_finalize (GObject *object)
{
  g_ptr_array_unref (SP_FORM_RADIO (object)->buttons);
  g_free (SP_FORM_RADIO (object)->assumed);
  G_OBJECT_CLASS (sp_form_radio_parent_class)->finalize (object);
}

static void
sp_form_radio_class_init (SpFormRadioClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = sp_form_radio_set_property;
  object_class->finalize = sp_form_radio_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = sp_form_radio_grab_focus;
  SP_FORM_FIELD_CLASS (klass)->bound = sp_form_radio_bound;
  SP_FORM_FIELD_CLASS (klass)->load = sp_form_radio_load;
  g_object_class_install_property (object_class, PROP_ASSUMED,
                                   g_param_spec_string ("assumed", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
sp_form_radio_init (SpFormRadio *self)
{
  self->buttons = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  sp_form_field_set_control (SP_FORM_FIELD (self), self->box, NULL);
}
