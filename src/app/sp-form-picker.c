/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormPicker: a field that is answered by searching and choosing: what is chosen stands above with a button to take it
 * away, what is offered stands below the line to type in. One answer or several, as the member is. */
#include "sp-form-picker.h"

#include "sp-field.h"
#include "sp-form-label.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkWidget   *box;
  GtkWidget   *chosen;  /* a box of rows */
  GtkEditable *entry;
  GtkWidget   *offers;  /* a box of buttons */
  GtkLabel    *nothing;
} SpFormPickerPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SpFormPicker, sp_form_picker, SP_TYPE_FORM_FIELD)

typedef enum { PROP_EXAMPLE = 1 } SpFormPickerProperty;

/**
 * sp_form_offer_new:
 * @code: as documents hold it
 * @label: as people say it
 * @detail: (nullable): more about it
 * @leads_on: whether choosing it only shows more
 *
 * Returns: (transfer full): the offer
 */
SpFormOffer *
sp_form_offer_new (const char *code, const char *label, const char *detail, gboolean leads_on)
{
  SpFormOffer *self = g_new (SpFormOffer, 1);

  *self = (SpFormOffer){ g_strdup (code), g_strdup (label), g_strdup (detail), leads_on };
  return self;
}

/**
 * sp_form_offer_free:
 * @self: (transfer full): an offer
 */
void
sp_form_offer_free (SpFormOffer *self)
{
  g_free (self->code);
  g_free (self->label);
  g_free (self->detail);
  g_free (self);
}

/**
 * sp_form_offers_new:
 *
 * Returns: (transfer full) (element-type SpFormOffer): an empty list of offers
 */
GPtrArray *
sp_form_offers_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sp_form_offer_free);
}

static SpFormPickerPrivate *
get_private (SpFormPicker *self)
{
  return sp_form_picker_get_instance_private (self);
}

static gboolean
takes_several (SpFormPicker *self)
{
  const SpField *field = sp_field_find (sp_form_field_get_path (SP_FORM_FIELD (self)));

  return field != NULL && field->type != SP_FIELD_REFERENCE;
}

static SpNode *
get_value (SpFormPicker *self)
{
  SpFormField *field = SP_FORM_FIELD (self);

  return sp_entry_edit_get (sp_form_field_get_edit (field), sp_form_field_get_path (field));
}

/* The set without @code, and with it at the end if @add. */
static SpNode *
make_set (const SpNode *before, const char *code, gboolean add)
{
  SpNode *set = sp_node_new_array ();

  for (guint i = 0; i < sp_node_get_length (before); i++)
    if (g_strcmp0 (sp_node_get_string (sp_node_get_element (before, i)), code) != 0)
      sp_node_append (set, sp_node_copy (sp_node_get_element (before, i)));
  if (add)
    sp_node_append (set, sp_node_new_string (code));
  return set;
}

static void
write_code (SpFormPicker *self, const char *code, gboolean add)
{
  SpFormField *field = SP_FORM_FIELD (self);
  SpNode *value = takes_several (self) ? make_set (get_value (self), code, add) : add ? sp_node_new_string (code) : NULL;

  sp_entry_edit_set (sp_form_field_get_edit (field), sp_form_field_get_path (field), value);
}

/* --- what is chosen --- */

static void
remove_cb (SpFormPicker *self, GtkWidget *button)
{
  g_autofree char *code = g_strdup (g_object_get_data (G_OBJECT (button), "code"));

  gtk_widget_set_visible (GTK_WIDGET (get_private (self)->entry), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (get_private (self)->entry));
  write_code (self, code, FALSE);
}

static void
label_row (GtkWidget *row, const char *name)
{
  GtkWidget *button = gtk_widget_get_last_child (row);
  /* Translators: takes away something that was chosen, such as a category */
  g_autofree char *text = g_strdup_printf (_("Remove “%s”"), name);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (row)), name);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
add_chosen (SpFormPicker *self, const char *code)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = sp_form_label_new (NULL, NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *name = SP_FORM_PICKER_GET_CLASS (self)->name (self, code);

  gtk_widget_add_css_class (row, "formchip");
  gtk_widget_set_halign (row, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (code), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), button);
  label_row (row, name != NULL ? name : _("…"));
  gtk_box_append (GTK_BOX (get_private (self)->chosen), row);
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_line (SpFormPicker *self, guint count)
{
  guint most = SP_FORM_PICKER_GET_CLASS (self)->most;
  gboolean room = most == 0 || count < most;

  if (!takes_several (self))
    room = count == 0;
  gtk_widget_set_visible (GTK_WIDGET (get_private (self)->entry), room);
  gtk_widget_set_visible (get_private (self)->chosen, count > 0);
}

static void
sp_form_picker_load (SpFormField *field)
{
  SpFormPicker *self = SP_FORM_PICKER (field);
  const SpNode *value = get_value (self);
  guint count = sp_node_get_length (value);

  empty_box (get_private (self)->chosen);
  if (sp_node_get_string (value) != NULL)
    {
      add_chosen (self, sp_node_get_string (value));
      count = 1;
    }
  for (guint i = 0; sp_node_is_array (value) && i < count; i++)
    if (sp_node_get_string (sp_node_get_element (value, i)) != NULL)
      add_chosen (self, sp_node_get_string (sp_node_get_element (value, i)));
  show_line (self, count);
}

/**
 * sp_form_picker_name:
 * @self: a picker
 * @code: something that may be chosen
 * @name: what to call it
 *
 * Tells a name that was not known at once.
 */
void
sp_form_picker_name (SpFormPicker *self, const char *code, const char *name)
{
  GtkWidget *chosen = get_private (self)->chosen;

  for (GtkWidget *row = gtk_widget_get_first_child (chosen); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (gtk_widget_get_last_child (row)), "code"), code) == 0)
      label_row (row, name);
}

/* --- what is offered --- */

static void
clear_offers (SpFormPicker *self)
{
  empty_box (get_private (self)->offers);
  gtk_widget_set_visible (get_private (self)->offers, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (get_private (self)->nothing), FALSE);
}

/**
 * sp_form_picker_choose:
 * @self: a picker that is bound
 * @code: what to choose
 */
void
sp_form_picker_choose (SpFormPicker *self, const char *code)
{
  SpFormPickerPrivate *priv = get_private (self);

  write_code (self, code, TRUE);
  gtk_editable_set_text (priv->entry, "");
  clear_offers (self);
  if (gtk_widget_get_visible (GTK_WIDGET (priv->entry)))
    gtk_widget_grab_focus (GTK_WIDGET (priv->entry));
  else
    gtk_widget_child_focus (priv->chosen, GTK_DIR_TAB_FORWARD);
}

static void
offer_cb (SpFormPicker *self, GtkWidget *button)
{
  g_autofree char *code = g_strdup (g_object_get_data (G_OBJECT (button), "code"));

  if (g_object_get_data (G_OBJECT (button), "leads-on") == NULL)
    {
      sp_form_picker_choose (self, code);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (get_private (self)->entry));
  SP_FORM_PICKER_GET_CLASS (self)->lead_on (self, code);
}

static GtkWidget *
new_line (const char *text, gboolean small)
{
  GtkWidget *label = sp_form_label_new (text, small ? "caption" : "body");

  if (small)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
add_offer (SpFormPicker *self, const SpFormOffer *offer)
{
  GtkWidget *button = gtk_button_new (), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = offer->detail != NULL ? g_strconcat (offer->label, ". ", offer->detail, NULL) : g_strdup (offer->label);

  gtk_box_append (GTK_BOX (lines), new_line (offer->label, FALSE));
  if (offer->detail != NULL)
    gtk_box_append (GTK_BOX (lines), new_line (offer->detail, TRUE));
  gtk_button_set_child (GTK_BUTTON (button), lines);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (offer->code), g_free);
  g_object_set_data (G_OBJECT (button), "leads-on", GINT_TO_POINTER (offer->leads_on));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (offer_cb), self);
  gtk_box_append (GTK_BOX (get_private (self)->offers), button);
}

/**
 * sp_form_picker_offer:
 * @self: a picker
 * @offers: (element-type SpFormOffer): what can be chosen
 * @nothing: (nullable): what to say if there is nothing
 */
void
sp_form_picker_offer (SpFormPicker *self, GPtrArray *offers, const char *nothing)
{
  SpFormPickerPrivate *priv = get_private (self);

  clear_offers (self);
  for (guint i = 0; i < offers->len; i++)
    add_offer (self, g_ptr_array_index (offers, i));
  gtk_widget_set_visible (priv->offers, offers->len > 0);
  gtk_label_set_label (priv->nothing, nothing != NULL ? nothing : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->nothing), offers->len == 0 && nothing != NULL);
}

static void
search_cb (SpFormPicker *self, GtkWidget *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (get_private (self)->entry)));

  if (sp_form_field_get_edit (SP_FORM_FIELD (self)) == NULL)
    return;
  if (*text == '\0')
    clear_offers (self);
  else
    SP_FORM_PICKER_GET_CLASS (self)->search (self, text);
}

/* Enter takes the first offer, so that one can type on without leaving the line; without words it shows where to begin. */
static void
activate_cb (SpFormPicker *self, GtkWidget *entry)
{
  SpFormPickerPrivate *priv = get_private (self);
  GtkWidget *first = gtk_widget_get_first_child (priv->offers);

  if (*gtk_editable_get_text (priv->entry) != '\0' && first != NULL)
    offer_cb (self, first);
  else if (*gtk_editable_get_text (priv->entry) == '\0')
    SP_FORM_PICKER_GET_CLASS (self)->search (self, "");
}

static void
sp_form_picker_real_lead_on (SpFormPicker *self, const char *code)
{
}

static gboolean
sp_form_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (get_private (SP_FORM_PICKER (widget))->box, GTK_DIR_TAB_FORWARD);
}

static void
sp_form_picker_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_EXAMPLE)
    g_object_set (get_private (SP_FORM_PICKER (object))->entry, "placeholder-text", g_value_get_string (value), NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_form_picker_class_init (SpFormPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  klass->lead_on = sp_form_picker_real_lead_on;
  object_class->set_property = sp_form_picker_set_property;
  GTK_WIDGET_CLASS (klass)->grab_focus = sp_form_picker_grab_focus;
  SP_FORM_FIELD_CLASS (klass)->load = sp_form_picker_load;
  g_object_class_install_property (object_class, PROP_EXAMPLE,
                                   g_param_spec_string ("example", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
sp_form_picker_init (SpFormPicker *self)
{
  SpFormPickerPrivate *priv = get_private (self);

  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  priv->chosen = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  priv->entry = GTK_EDITABLE (gtk_search_entry_new ());
  priv->offers = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  priv->nothing = GTK_LABEL (new_line ("", TRUE));
  gtk_editable_set_width_chars (priv->entry, 8);
  gtk_box_append (GTK_BOX (priv->box), priv->chosen);
  gtk_box_append (GTK_BOX (priv->box), GTK_WIDGET (priv->entry));
  gtk_box_append (GTK_BOX (priv->box), GTK_WIDGET (priv->nothing));
  gtk_box_append (GTK_BOX (priv->box), priv->offers);
  clear_offers (self);
  g_signal_connect_swapped (priv->entry, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (priv->entry, "activate", G_CALLBACK (activate_cb), self);
  sp_form_field_set_control (SP_FORM_FIELD (self), priv->box, GTK_ACCESSIBLE (priv->entry));
}

/**
 * sp_form_picker_add_button:
 * @self: a picker
 * @label: what the button says
 *
 * Puts a button below the line to type in.
 *
 * Returns: (transfer none): the button
 */
GtkWidget *
sp_form_picker_add_button (SpFormPicker *self, const char *label)
{
  GtkWidget *button = sp_form_button_new (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_box_insert_child_after (GTK_BOX (get_private (self)->box), button, GTK_WIDGET (get_private (self)->entry));
  return button;
}
