/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormNotice: what the entry form has to say as a whole, above its questions: that a draft is being gone on with, why it
 * could not be saved, what somebody else changed meanwhile. */
#include "sp-form-notice.h"

#include "sp-entry-words.h"
#include "sp-form-label.h"

#include <glib/gi18n.h>

struct _SpFormNotice
{
  GtkWidget parent_instance;

  /* of the template */
  GtkWidget *box;
  GtkLabel  *text;
  GtkWidget *rows;
  GtkWidget *buttons;
};

G_DEFINE_FINAL_TYPE (SpFormNotice, sp_form_notice, GTK_TYPE_WIDGET)

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
sp_form_notice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SP_TYPE_FORM_NOTICE);
  G_OBJECT_CLASS (sp_form_notice_parent_class)->dispose (object);
}

static void
sp_form_notice_class_init (SpFormNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_form_notice_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-form-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFormNotice, box);
  gtk_widget_class_bind_template_child (widget_class, SpFormNotice, text);
  gtk_widget_class_bind_template_child (widget_class, SpFormNotice, rows);
  gtk_widget_class_bind_template_child (widget_class, SpFormNotice, buttons);
}

static void
sp_form_notice_init (SpFormNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_form_notice_say:
 * @self: a notice
 * @text: (nullable): what there is to say; %NULL for nothing
 * @button: (nullable): what a button below says
 * @clicked: (nullable): what is called when it is clicked, with @user_data
 * @user_data: (type GObject): for @clicked; nothing is called once it is gone
 */
void
sp_form_notice_say (SpFormNotice *self, const char *text, const char *button, GCallback clicked, gpointer user_data)
{
  GtkWidget *made;

  empty_box (self->rows);
  empty_box (self->buttons);
  gtk_label_set_label (self->text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  if (button == NULL)
    return;
  made = gtk_button_new_with_mnemonic (button);
  g_signal_connect_object (made, "clicked", clicked, user_data, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->buttons), made);
}

/* --- what two people changed --- */

static void
take_theirs_cb (GtkWidget *button, SpEntryEdit *edit)
{
  const char *path = g_object_get_data (G_OBJECT (button), "path");
  SpNode *theirs = g_object_get_data (G_OBJECT (button), "theirs");

  sp_entry_edit_set (edit, path, theirs != NULL ? sp_node_copy (theirs) : NULL);
  gtk_widget_set_visible (gtk_widget_get_parent (button), FALSE);
}

static GtkWidget *
new_choice (SpEntryEdit *edit, const SpEntryClash *clash, const char *label)
{
  GtkWidget *button = sp_form_button_new (_("Take Theirs"));
  /* Translators: for a screen reader; a part of an entry, such as Web address */
  g_autofree char *name = g_strdup_printf (_("Take theirs: %s"), label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (clash->path), g_free);
  if (clash->theirs != NULL)
    g_object_set_data_full (G_OBJECT (button), "theirs", sp_node_ref (clash->theirs), (GDestroyNotify) sp_node_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (take_theirs_cb), edit, 0);
  return button;
}

static void
add_clash (SpFormNotice *self, SpEntryEdit *edit, const SpEntryClash *clash)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *label = sp_entry_words_label (clash->path);
  g_autofree char *mine = sp_entry_words_value (clash->path, clash->mine);
  g_autofree char *theirs = sp_entry_words_value (clash->path, clash->theirs);
  g_autofree char *yours = g_strdup_printf (_("Yours: %s"), mine);
  g_autofree char *others = g_strdup_printf (_("Theirs: %s"), theirs);

  gtk_box_append (GTK_BOX (row), sp_form_label_new (label, "heading"));
  gtk_box_append (GTK_BOX (row), sp_form_label_new (yours, "body"));
  gtk_box_append (GTK_BOX (row), sp_form_label_new (others, "body"));
  gtk_box_append (GTK_BOX (row), new_choice (edit, clash, label));
  gtk_box_append (GTK_BOX (self->rows), row);
}

/**
 * sp_form_notice_show_clashes:
 * @self: a notice
 * @edit: the edit that is being made
 * @clashes: (element-type SpEntryClash): what somebody else changed differently meanwhile
 *
 * Tells what differs, with a button for each that takes the other's.
 */
void
sp_form_notice_show_clashes (SpFormNotice *self, SpEntryEdit *edit, GPtrArray *clashes)
{
  sp_form_notice_say (self, _("Somebody else has changed this entry meanwhile. What they changed elsewhere in it is kept beside "
                              "what you typed. Here you both changed the same; if you save now, yours stands."), NULL, NULL, NULL);
  for (guint i = 0; i < clashes->len; i++)
    add_clash (self, edit, g_ptr_array_index (clashes, i));
}

/**
 * sp_form_notice_get_text:
 * @self: a notice
 *
 * Returns: (transfer none) (nullable): what it says
 */
const char *
sp_form_notice_get_text (SpFormNotice *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_label (self->text) : NULL;
}
