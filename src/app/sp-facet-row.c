/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFacetRow: one answer in a chooser, with how many entries would be left, and a tick if it is chosen. */
#include "sp-facet-row.h"

#include <glib/gi18n.h>

struct _SpFacetRow
{
  GtkListBoxRow parent_instance;

  gboolean chosen;
  gboolean was_focused;

  /* of the template */
  GtkLabel *label;
  GtkLabel *count;
  GtkWidget *check;
};

G_DEFINE_FINAL_TYPE (SpFacetRow, sp_facet_row, GTK_TYPE_LIST_BOX_ROW)

static void
tell_reader (SpFacetRow *self)
{
  const char *label = gtk_label_get_label (self->label), *count = gtk_label_get_label (self->count);
  g_autoptr (GString) text = g_string_new (label);

  if (self->chosen)
    g_string_append_printf (text, ", %s", _("chosen"));
  if (*count != '\0')
    g_string_append_printf (text, ", %s", count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str, -1);
}

static gboolean
sp_facet_row_grab_focus (GtkWidget *widget)
{
  SP_FACET_ROW (widget)->was_focused = TRUE;
  return GTK_WIDGET_CLASS (sp_facet_row_parent_class)->grab_focus (widget);
}

static void
sp_facet_row_class_init (SpFacetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = sp_facet_row_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-facet-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFacetRow, label);
  gtk_widget_class_bind_template_child (widget_class, SpFacetRow, count);
  gtk_widget_class_bind_template_child (widget_class, SpFacetRow, check);
}

static void
sp_facet_row_init (SpFacetRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_facet_row_new:
 * @label: the answer
 *
 * Returns: (transfer floating): a row without a count
 */
GtkWidget *
sp_facet_row_new (const char *label)
{
  SpFacetRow *self = g_object_new (SP_TYPE_FACET_ROW, NULL);

  gtk_label_set_label (self->label, label);
  tell_reader (self);
  return GTK_WIDGET (self);
}

/**
 * sp_facet_row_begin:
 * @self: a row
 * @label: another answer
 *
 * Makes it the row of another answer, as if it were new: that takes a tenth of the time.
 */
void
sp_facet_row_begin (SpFacetRow *self, const char *label)
{
  gtk_label_set_label (self->label, label);
  gtk_label_set_label (self->count, "");
  gtk_widget_set_visible (self->check, FALSE);
  self->chosen = FALSE;
  tell_reader (self);
}

/**
 * sp_facet_row_get_label:
 * @self: a row
 *
 * Returns: (transfer none): the answer
 */
const char *sp_facet_row_get_label (SpFacetRow *self) { return gtk_label_get_label (self->label); }

/**
 * sp_facet_row_was_focused:
 * @self: a row
 *
 * Returns: whether it ever had the keyboard
 */
gboolean sp_facet_row_was_focused (SpFacetRow *self) { return self->was_focused; }

/**
 * sp_facet_row_set_chosen:
 * @self: a row
 * @chosen: whether the query has this condition
 */
void
sp_facet_row_set_chosen (SpFacetRow *self, gboolean chosen)
{
  if (self->chosen == chosen && gtk_widget_get_visible (self->check))
    return;
  self->chosen = chosen;
  gtk_widget_set_visible (self->check, TRUE); /* it keeps its room from now on */
  gtk_widget_set_opacity (self->check, chosen ? 1 : 0);
  tell_reader (self);
}

/**
 * sp_facet_row_set_count:
 * @self: a row
 * @count: how many would be left, as sp_count_words() writes it; empty while that is not known
 */
void
sp_facet_row_set_count (SpFacetRow *self, const char *count)
{
  if (g_str_equal (gtk_label_get_label (self->count), count))
    return;
  gtk_label_set_label (self->count, count);
  tell_reader (self);
}

/**
 * sp_facet_row_get_count:
 * @self: a row
 *
 * Returns: (transfer none): the count as it was set
 */
const char *sp_facet_row_get_count (SpFacetRow *self) { return gtk_label_get_label (self->count); }
