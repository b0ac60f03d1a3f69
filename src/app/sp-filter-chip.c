/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFilterChip: one condition of the query, to be changed or taken away. */
#include "sp-filter-chip.h"

#include <glib/gi18n.h>

struct _SpFilterChip
{
  GtkWidget parent_instance;

  char *filter; /* owned */
  char *value;  /* owned, nullable */

  /* of the template */
  GtkWidget *box;
  GtkWidget *button;
  GtkLabel  *label;
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (SpFilterChip, sp_filter_chip, GTK_TYPE_WIDGET)

enum { CHANGE, REMOVE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
change_cb (SpFilterChip *self)
{
  g_signal_emit (self, signals[CHANGE], 0);
}

static void
remove_cb (SpFilterChip *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
remove_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  remove_cb (SP_FILTER_CHIP (widget));
  return TRUE;
}

static void
sp_filter_chip_dispose (GObject *object)
{
  SpFilterChip *self = SP_FILTER_CHIP (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sp_filter_chip_parent_class)->dispose (object);
}

static void
sp_filter_chip_finalize (GObject *object)
{
  SpFilterChip *self = SP_FILTER_CHIP (object);

  g_free (self->filter);
  g_free (self->value);
  G_OBJECT_CLASS (sp_filter_chip_parent_class)->finalize (object);
}

static void
sp_filter_chip_class_init (SpFilterChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sp_filter_chip_dispose;
  object_class->finalize = sp_filter_chip_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-filter-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFilterChip, box);
  gtk_widget_class_bind_template_child (widget_class, SpFilterChip, button);
  gtk_widget_class_bind_template_child (widget_class, SpFilterChip, label);
  gtk_widget_class_bind_template_child (widget_class, SpFilterChip, remove);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, remove_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_BackSpace, 0, remove_key, NULL);

  /**
   * SpFilterChip::change:
   * @self: the chip
   *
   * The user wants other values for its filter.
   */
  signals[CHANGE] = g_signal_new ("change", SP_TYPE_FILTER_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SpFilterChip::remove:
   * @self: the chip
   *
   * The user wants the condition away.
   */
  signals[REMOVE] = g_signal_new ("remove", SP_TYPE_FILTER_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_filter_chip_init (SpFilterChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (change_cb), self);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
}

/**
 * sp_filter_chip_new:
 * @value: a condition
 *
 * Returns: (transfer floating): its chip
 */
GtkWidget *
sp_filter_chip_new (const SpFilterValue *value)
{
  SpFilterChip *self = g_object_new (SP_TYPE_FILTER_CHIP, NULL);
  g_autofree char *remove = g_strdup_printf (_("Remove “%s”"), value->label);

  self->filter = g_strdup (value->filter);
  self->value = g_strdup (value->value);
  gtk_label_set_label (self->label, value->label);
  gtk_widget_set_tooltip_text (self->remove, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, value->label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  return GTK_WIDGET (self);
}

/**
 * sp_filter_chip_get_filter:
 * @self: a chip
 *
 * Returns: (transfer none): name of its filter
 */
const char *sp_filter_chip_get_filter (SpFilterChip *self) { return self->filter; }

/**
 * sp_filter_chip_get_value:
 * @self: a chip
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *sp_filter_chip_get_value (SpFilterChip *self) { return self->value; }

/**
 * sp_filter_chip_get_label:
 * @self: a chip
 *
 * Returns: (transfer none): what it says
 */
const char *sp_filter_chip_get_label (SpFilterChip *self) { return gtk_label_get_label (self->label); }
