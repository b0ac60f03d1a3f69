/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels, buttons and lists whose words go on to the next line, so that a form fits a narrow window and large text. */
#include "sp-form-label.h"

/**
 * sp_form_label_new:
 * @text: (nullable): what it says
 * @style: (nullable): a style class, such as "caption"
 *
 * Returns: (transfer floating): a label that wraps
 */
GtkWidget *
sp_form_label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/**
 * sp_form_button_new:
 * @text: what it says
 *
 * Returns: (transfer floating): a button whose words wrap
 */
GtkWidget *
sp_form_button_new (const char *text)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), sp_form_label_new (text, NULL));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "text-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return button;
}

/**
 * sp_form_check_new:
 * @text: what it says
 *
 * Returns: (transfer floating): a check button whose words wrap
 */
GtkWidget *
sp_form_check_new (const char *text)
{
  GtkWidget *button = gtk_check_button_new ();

  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), sp_form_label_new (text, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return button;
}

static void
set_up_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer ellipsized)
{
  GtkWidget *label = sp_form_label_new (NULL, NULL);

  if (ellipsized != NULL)
    {
      gtk_label_set_wrap (GTK_LABEL (label), FALSE);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    }
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkListItemFactory *
new_factory (gboolean ellipsized)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_cb), GINT_TO_POINTER (ellipsized));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}

/**
 * sp_form_drop_down_fit:
 * @list: a drop-down list of strings
 *
 * Lets it become narrower than its longest answer: what is chosen is cut, in the list it wraps.
 */
void
sp_form_drop_down_fit (GtkDropDown *list)
{
  g_autoptr (GtkListItemFactory) cut = new_factory (TRUE);
  g_autoptr (GtkListItemFactory) wrapped = new_factory (FALSE);

  gtk_drop_down_set_factory (list, cut);
  gtk_drop_down_set_list_factory (list, wrapped);
}

/**
 * sp_form_drop_down_name:
 * @list: a drop-down list
 * @label: what it is called
 *
 * Names the button in it, which has the keyboard; GTK names only the list itself.
 */
void
sp_form_drop_down_name (GtkDropDown *list, GtkAccessible *label)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (list))),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

/**
 * sp_form_flow_new:
 * @most: how many buttons go into a line
 *
 * Returns: (transfer floating): a #GtkFlowBox for buttons, which a screen reader passes over: it is no table
 */
GtkWidget *
sp_form_flow_new (guint most)
{
  GtkWidget *flow = g_object_new (GTK_TYPE_FLOW_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), most);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  return flow;
}

/**
 * sp_form_flow_add:
 * @flow: of sp_form_flow_new()
 * @button: (transfer floating): a button
 */
void
sp_form_flow_add (GtkFlowBox *flow, GtkWidget *button)
{
  GtkWidget *child = g_object_new (GTK_TYPE_FLOW_BOX_CHILD, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_widget_set_focusable (child, FALSE); /* Tab goes to the button itself */
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_flow_box_insert (flow, child, -1);
}
