/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormList: a field with any number of items, each with fields of its own: contacts, times, costs. An item to which
 * nothing was written is not saved. */
#include "sp-form-list.h"

#include "sp-form-label.h"
#include "sp-form.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SpFormList
{
  SpFormField parent_instance;

  GtkWidget *box;
  GtkWidget *items;       /* a box of rows */
  GtkWidget *add;         /* a button */
  char      *item_type;   /* owned; name of the SpFormPart that shows an item */
  char      *remove_text; /* owned; what the button does that removes one */
  guint      least;       /* so many items are offered from the start */
};

G_DEFINE_FINAL_TYPE (SpFormList, sp_form_list, SP_TYPE_FORM_FIELD)

typedef enum { PROP_ITEM_TYPE = 1, PROP_ADD_TEXT, PROP_REMOVE_TEXT, PROP_LEAST } SpFormListProperty;

static const char *
get_id (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

static void
remove_cb (SpFormList *self, GtkWidget *button)
{
  GtkWidget *row = g_object_get_data (G_OBJECT (button), "row");
  g_autofree char *path = sp_form_field_get_below (SP_FORM_FIELD (self), get_id (row));

  gtk_widget_grab_focus (self->add);
  sp_entry_edit_set (sp_form_field_get_edit (SP_FORM_FIELD (self)), path, NULL);
}

static GtkWidget *
new_remove_button (SpFormList *self, GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, self->remove_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, self->remove_text, -1);
  g_object_set_data (G_OBJECT (button), "row", row);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  return button;
}

static GtkWidget *
new_part (SpFormList *self)
{
  GType type = g_type_from_name (self->item_type);

  g_return_val_if_fail (type != G_TYPE_INVALID, NULL);
  return g_object_new (type, NULL);
}

static void
add_row (SpFormList *self, const char *id)
{
  GtkWidget *row = gtk_grid_new (), *part = new_part (self); /* a GtkBox of GTK 4.18 errs where columns become lines */
  g_autofree char *path = sp_form_field_get_below (SP_FORM_FIELD (self), id);

  gtk_widget_add_css_class (row, "formitem");
  g_object_set_data_full (G_OBJECT (row), "item", g_strdup (id), g_free);
  gtk_widget_set_hexpand (part, TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (row), 6);
  gtk_grid_attach (GTK_GRID (row), part, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (row), new_remove_button (self, row), 1, 0, 1, 1);
  gtk_box_append (GTK_BOX (self->items), row);
  sp_form_bind (part, sp_form_field_get_edit (SP_FORM_FIELD (self)), path);
}

static gboolean
has_item (const SpNode *list, const char *id)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (g_strcmp0 (sp_node_get_text (sp_node_get_element (list, i), "id"), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_row (SpFormList *self, const char *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->items); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (strcmp (get_id (row), id) == 0)
      return TRUE;
  return FALSE;
}

/* Rows of items that stay are left alone: somebody may be typing in one. */
static void
sp_form_list_load (SpFormField *field)
{
  SpFormList *self = SP_FORM_LIST (field);
  SpNode *list = sp_entry_edit_get (sp_form_field_get_edit (field), sp_form_field_get_path (field));
  GtkWidget *next;

  for (GtkWidget *row = gtk_widget_get_first_child (self->items); row != NULL; row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (!has_item (list, get_id (row)))
        gtk_box_remove (GTK_BOX (self->items), row);
    }
  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      const char *id = sp_node_get_text (sp_node_get_element (list, i), "id");
      if (id != NULL && !has_row (self, id))
        add_row (self, id);
    }
}

static void
sp_form_list_bound (SpFormField *field)
{
  SpFormList *self = SP_FORM_LIST (field);
  SpEntryEdit *edit = sp_form_field_get_edit (field);

  for (guint i = sp_node_get_length (sp_entry_edit_get (edit, sp_form_field_get_path (field))); i < self->least; i++)
    g_free (sp_entry_edit_add_item (edit, sp_form_field_get_path (field)));
}

/* Those of an item, shown or not. */
static void
sp_form_list_add_paths (SpFormField *field, const char *prefix, GPtrArray *paths)
{
  SpFormList *self = SP_FORM_LIST (field);
  g_autofree char *pattern = g_strconcat (sp_form_field_get_member (field), ".*", NULL);
  GtkWidget *part = g_object_ref_sink (new_part (self));

  g_ptr_array_add (paths, g_strdup (sp_form_field_get_member (field)));
  sp_form_list_paths (part, pattern, paths);
  g_object_unref (part);
}

/**
 * sp_form_list_add:
 * @self: a list that is bound
 *
 * Offers one more item, and goes to it.
 */
void
sp_form_list_add (SpFormList *self)
{
  SpFormField *field = SP_FORM_FIELD (self);

  g_free (sp_entry_edit_add_item (sp_form_field_get_edit (field), sp_form_field_get_path (field)));
  sp_form_list_load (field);
  gtk_widget_child_focus (gtk_widget_get_last_child (self->items), GTK_DIR_TAB_FORWARD);
}

static gboolean
sp_form_list_grab_focus (GtkWidget *widget)
{
  SpFormList *self = SP_FORM_LIST (widget);

  return gtk_widget_child_focus (self->items, GTK_DIR_TAB_FORWARD) || gtk_widget_grab_focus (self->add);
}

static void
sp_form_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  SpFormList *self = SP_FORM_LIST (object);

  switch ((SpFormListProperty) prop_id)
    {
    case PROP_ITEM_TYPE:
      g_free (self->item_type);
      self->item_type = g_value_dup_string (value);
      break;
    case PROP_ADD_TEXT:
      gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->add))), g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, g_value_get_string (value), -1);
      break;
    case PROP_REMOVE_TEXT:
      g_free (self->remove_text);
      self->remove_text = g_value_dup_string (value);
      break;
    case PROP_LEAST:
      self->least = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_form_list_finalize (GObject *object)
{
  g_free (SP_FORM_LIST (object)->item_type);
  g_free (SP_FORM_LIST (object)->remove_text);
  G_OBJECT_CLASS (sp_form_list_parent_class)->finalize (object);
}

static void
sp_form_list_class_init (SpFormListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = sp_form_list_set_property;
  object_class->finalize = sp_form_list_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = sp_form_list_grab_focus;
  SP_FORM_FIELD_CLASS (klass)->bound = sp_form_list_bound;
  SP_FORM_FIELD_CLASS (klass)->load = sp_form_list_load;
  SP_FORM_FIELD_CLASS (klass)->add_paths = sp_form_list_add_paths;
  g_object_class_install_property (object_class, PROP_ITEM_TYPE, g_param_spec_string ("item-type", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_ADD_TEXT, g_param_spec_string ("add-text", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_REMOVE_TEXT, g_param_spec_string ("remove-text", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_LEAST, g_param_spec_uint ("least", NULL, NULL, 0, 9, 0, flags));
}

static void
sp_form_list_init (SpFormList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->items = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->add = sp_form_button_new (_("Add"));
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (sp_form_list_add), self);
  gtk_box_append (GTK_BOX (self->box), self->items);
  gtk_box_append (GTK_BOX (self->box), self->add);
  sp_form_field_set_control (SP_FORM_FIELD (self), self->box, NULL);
}
