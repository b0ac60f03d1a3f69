/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFilterBar: the conditions of the query as chips that can be taken away, and the button to add one. */
#include "sp-filter-bar.h"

#include "sp-filter-chip.h"
#include "sp-filter-chooser.h"
#include "sp-wrap-layout.h"

#include <glib/gi18n.h>
#include <string.h>

#define SPACING 6 /* pixels */

struct _SpFilterBar
{
  GtkWidget parent_instance;

  SpBrowser       *browser;  /* owned, nullable */
  GSettings       *settings; /* owned, nullable */
  GtkWidget       *button;   /* child, after all chips */
  SpFilterChooser *chooser;  /* its popover; NULL until somebody opens it */
};

G_DEFINE_FINAL_TYPE (SpFilterBar, sp_filter_bar, GTK_TYPE_WIDGET)

static void
remove_cb (SpFilterChip *chip, SpFilterBar *self)
{
  g_autoptr (SpQuery) query = sp_filter_without (sp_browser_get_query (self->browser),
                                                 sp_filter_chip_get_filter (chip), sp_filter_chip_get_value (chip));

  sp_browser_set_query (self->browser, query);
}

static void
make_chooser (SpFilterBar *self)
{
  if (self->chooser != NULL || self->browser == NULL)
    return;
  self->chooser = sp_filter_chooser_new ();
  sp_filter_chooser_set_browser (self->chooser, self->browser, self->settings);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), GTK_WIDGET (self->chooser));
}

static void
make_chooser_cb (GtkMenuButton *button, gpointer self)
{
  make_chooser (self);
}

static void
change_cb (SpFilterChip *chip, SpFilterBar *self)
{
  make_chooser (self);
  sp_filter_chooser_open (self->chooser, sp_filter_chip_get_filter (chip));
}

/* Which chip the keyboard is in; -1 for none. */
static int
find_focus (SpFilterBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  int index = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self)); focus != NULL && chip != self->button; chip = gtk_widget_get_next_sibling (chip))
    {
      if (gtk_widget_is_ancestor (focus, chip))
        return index;
      index++;
    }
  return -1;
}

/* Most of the time only the words have changed. */
static gboolean
shows (SpFilterBar *self, GPtrArray *values)
{
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < values->len; i++, chip = gtk_widget_get_next_sibling (chip))
    {
      const SpFilterValue *value = g_ptr_array_index (values, i);

      if (chip == self->button || g_strcmp0 (sp_filter_chip_get_value (SP_FILTER_CHIP (chip)), value->value) != 0
          || strcmp (sp_filter_chip_get_filter (SP_FILTER_CHIP (chip)), value->filter) != 0
          || strcmp (sp_filter_chip_get_label (SP_FILTER_CHIP (chip)), value->label) != 0)
        return FALSE;
    }
  return chip == self->button;
}

static void
clear_chips (SpFilterBar *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self))) != self->button)
    gtk_widget_unparent (chip);
}

static void
show_chips (SpFilterBar *self)
{
  g_autofree char *units = g_settings_get_string (self->settings, "units");
  g_autoptr (GPtrArray) values = sp_filter_list (sp_browser_get_query (self->browser), g_str_equal (units, "miles"));
  int focus = find_focus (self);
  GtkWidget *next = self->button;

  if (shows (self, values))
    return;
  clear_chips (self);
  for (guint i = 0; i < values->len; i++)
    {
      GtkWidget *chip = sp_filter_chip_new (g_ptr_array_index (values, i));

      gtk_widget_insert_before (chip, GTK_WIDGET (self), self->button);
      g_signal_connect (chip, "remove", G_CALLBACK (remove_cb), self);
      g_signal_connect (chip, "change", G_CALLBACK (change_cb), self);
      if ((int) i == focus)
        next = chip;
    }
  if (focus >= 0) /* the keyboard stays where it was, at what came into that place */
    gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
}

static void
sp_filter_bar_dispose (GObject *object)
{
  SpFilterBar *self = SP_FILTER_BAR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->browser);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (sp_filter_bar_parent_class)->dispose (object);
}

static void
sp_filter_bar_class_init (SpFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_filter_bar_dispose;
  gtk_widget_class_set_css_name (widget_class, "filterbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_button_face (void)
{
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_box_append (GTK_BOX (face), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (face), gtk_label_new (_("Filter")));
  return face;
}

static void
sp_filter_bar_init (SpFilterBar *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), sp_wrap_layout_new (SPACING));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON, "child", make_button_face (), "tooltip-text", _("Add a Filter"), NULL);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_chooser_cb, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a Filter"), -1);
  gtk_widget_add_css_class (self->button, "add-filter");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * sp_filter_bar_set_browser:
 * @self: a bar that has none yet
 * @browser: what the window looks at
 * @settings: the program's; the bar goes by its `units`
 */
void
sp_filter_bar_set_browser (SpFilterBar *self, SpBrowser *browser, GSettings *settings)
{
  g_return_if_fail (SP_IS_FILTER_BAR (self) && self->browser == NULL);
  self->browser = g_object_ref (browser);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (browser, "notify::query", G_CALLBACK (show_chips), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::units", G_CALLBACK (show_chips), self, G_CONNECT_SWAPPED);
  show_chips (self);
}
