/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormText: a field with one line of text: words, a number, a date, a time, a telephone number or an address. What the
 * member is decides what is understood; it is checked when one goes on to the next field. */
#include "sp-form-text.h"

#include "sp-typed.h"

struct _SpFormText
{
  SpFormField parent_instance;

  GtkEditable   *entry;
  const SpField *field;   /* nullable until it is bound */
  gboolean       loading; /* what changes in the entry was not typed */
};

G_DEFINE_FINAL_TYPE (SpFormText, sp_form_text, SP_TYPE_FORM_FIELD)

typedef enum { PROP_EXAMPLE = 1 } SpFormTextProperty;

static void
typed_cb (SpFormText *self, GtkEditable *entry)
{
  SpFormField *field = SP_FORM_FIELD (self);
  SpEntryEdit *edit = sp_form_field_get_edit (field);

  if (self->loading || edit == NULL)
    return;
  self->loading = TRUE; /* it shows already what it says */
  sp_entry_edit_type (edit, sp_form_field_get_path (field), gtk_editable_get_text (entry), NULL);
  self->loading = FALSE;
}

static void
show_text (SpFormText *self, const char *text)
{
  self->loading = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (self->entry), text) != 0)
    gtk_editable_set_text (self->entry, text);
  self->loading = FALSE;
}

static void
sp_form_text_load (SpFormField *field)
{
  SpFormText *self = SP_FORM_TEXT (field);
  SpEntryEdit *edit = sp_form_field_get_edit (field);
  const char *path = sp_form_field_get_path (field);
  const char *typed = sp_entry_edit_get_typed (edit, path);
  g_autofree char *shown = NULL;

  if (self->loading)
    return;
  shown = typed != NULL ? g_strdup (typed) : sp_typed_show (self->field, sp_entry_edit_get (edit, path));
  show_text (self, shown);
}

/* Says what is wrong, or writes what was typed as it was understood. */
static void
left_cb (SpFormText *self, GtkEventController *controller)
{
  SpFormField *field = SP_FORM_FIELD (self);
  SpEntryEdit *edit = sp_form_field_get_edit (field);
  g_autoptr (GError) error = NULL;

  if (edit == NULL)
    return;
  self->loading = TRUE;
  sp_entry_edit_type (edit, sp_form_field_get_path (field), gtk_editable_get_text (self->entry), &error);
  self->loading = FALSE;
  sp_form_field_complain (field, error != NULL ? error->message : NULL);
  if (error == NULL)
    sp_form_text_load (field);
}

static void
set_purpose (GtkEntry *entry, SpFieldType type)
{
  switch ((int) type)
    {
    case SP_FIELD_PHONE:
      gtk_entry_set_input_purpose (entry, GTK_INPUT_PURPOSE_PHONE);
      break;
    case SP_FIELD_EMAIL:
      gtk_entry_set_input_purpose (entry, GTK_INPUT_PURPOSE_EMAIL);
      break;
    case SP_FIELD_URL:
      gtk_entry_set_input_purpose (entry, GTK_INPUT_PURPOSE_URL);
      break;
    case SP_FIELD_INTEGER:
      gtk_entry_set_input_purpose (entry, GTK_INPUT_PURPOSE_DIGITS);
      break;
    case SP_FIELD_TEXT:
      gtk_entry_set_input_hints (entry, GTK_INPUT_HINT_SPELLCHECK | GTK_INPUT_HINT_UPPERCASE_SENTENCES);
      break;
    default:
      break;
    }
}

static void
sp_form_text_bound (SpFormField *field)
{
  SpFormText *self = SP_FORM_TEXT (field);

  self->field = sp_field_find (sp_form_field_get_path (field));
  g_return_if_fail (self->field != NULL);
  set_purpose (GTK_ENTRY (self->entry), self->field->type);
}

static void
sp_form_text_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_EXAMPLE)
    gtk_entry_set_placeholder_text (GTK_ENTRY (SP_FORM_TEXT (object)->entry), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_form_text_class_init (SpFormTextClass *klass)
{
  SpFormFieldClass *field_class = SP_FORM_FIELD_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = sp_form_text_set_property;
  field_class->bound = sp_form_text_bound;
  field_class->load = sp_form_text_load;
  g_object_class_install_property (object_class, PROP_EXAMPLE,
                                   g_param_spec_string ("example", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
sp_form_text_init (SpFormText *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_editable_set_width_chars (self->entry, 8);
  sp_form_field_set_control (SP_FORM_FIELD (self), GTK_WIDGET (self->entry), NULL);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
}
