/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFactRow: one fact in the details: what it is, in small, above what is known, and buttons for what one does with it.
 * Its buttons use the actions details.open-uri and details.copy of the SpDetails that it is in. */
#include "sp-fact-row.h"

struct _SpFactRow
{
  GtkWidget parent_instance;

  /* of the template */
  GtkWidget *box;
  GtkLabel  *caption;
  GtkLabel  *text;
  GtkWidget *mark;
  GtkImage  *mark_icon;
  GtkLabel  *mark_label;
  GtkBox    *buttons;
};

G_DEFINE_FINAL_TYPE (SpFactRow, sp_fact_row, GTK_TYPE_WIDGET)

static void
sp_fact_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SP_TYPE_FACT_ROW);
  G_OBJECT_CLASS (sp_fact_row_parent_class)->dispose (object);
}

static void
sp_fact_row_class_init (SpFactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_fact_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "factrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-fact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFactRow, box);
  gtk_widget_class_bind_template_child (widget_class, SpFactRow, caption);
  gtk_widget_class_bind_template_child (widget_class, SpFactRow, text);
  gtk_widget_class_bind_template_child (widget_class, SpFactRow, mark);
  gtk_widget_class_bind_template_child (widget_class, SpFactRow, mark_icon);
  gtk_widget_class_bind_template_child (widget_class, SpFactRow, mark_label);
  gtk_widget_class_bind_template_child (widget_class, SpFactRow, buttons);
}

static void
sp_fact_row_init (SpFactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_fact_row_new:
 * @caption: (nullable): what it is, "Telephone"
 * @text: what is known
 *
 * Returns: (transfer floating): a row without buttons
 */
SpFactRow *
sp_fact_row_new (const char *caption, const char *text)
{
  SpFactRow *self = g_object_new (SP_TYPE_FACT_ROW, NULL);

  gtk_label_set_label (self->caption, caption);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), caption != NULL);
  gtk_label_set_label (self->text, text);
  if (caption != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, caption,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return self;
}

/**
 * sp_fact_row_set_mark:
 * @self: a row
 * @icon: name of an icon
 * @text: a word or two
 *
 * Marks the fact, as one that only members may see.
 */
void
sp_fact_row_set_mark (SpFactRow *self, const char *icon, const char *text)
{
  gtk_image_set_from_icon_name (self->mark_icon, icon);
  gtk_label_set_label (self->mark_label, text);
  gtk_widget_set_visible (self->mark, TRUE);
}

/**
 * sp_fact_row_set_missing:
 * @self: a row
 *
 * Shows that its text tells what is not known.
 */
void
sp_fact_row_set_missing (SpFactRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "missing");
}

static GtkWidget *
add_button (SpFactRow *self, const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (self->buttons, button);
  return button;
}

/**
 * sp_fact_row_add_open:
 * @self: a row
 * @icon: name of the button's icon
 * @label: what it does, "Ring"
 * @uri: the address it opens
 *
 * Adds a button that opens an address.
 */
void
sp_fact_row_add_open (SpFactRow *self, const char *icon, const char *label, const char *uri)
{
  GtkWidget *button = add_button (self, icon, label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", uri);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "details.open-uri");
}

/**
 * sp_fact_row_add_copy:
 * @self: a row
 * @label: what the button does, "Copy Number"
 * @done: what is said afterwards, "Telephone number copied"
 * @text: what is copied
 *
 * Adds a button that copies something.
 */
void
sp_fact_row_add_copy (SpFactRow *self, const char *label, const char *done, const char *text)
{
  GtkWidget *button = add_button (self, "edit-copy-symbolic", label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", text, done);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "details.copy");
}
