/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpImportRowView: one row of the preview of an import: what it is called, where it stands, what becomes of it. */
#include "sp-import-row-view.h"

#include <glib/gi18n.h>

struct _SpImportRowView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkImage  *icon;
  GtkLabel  *name;
  GtkLabel  *place;
  GtkLabel  *summary;
  GtkLabel  *note;
  GtkLabel  *outcome;
};

G_DEFINE_FINAL_TYPE (SpImportRowView, sp_import_row_view, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon;
  const char *label;
} outcomes[] = {
  [SP_IMPORT_ADDED] = { "list-add-symbolic", N_("New") },
  [SP_IMPORT_UPDATED] = { "document-edit-symbolic", N_("Updated") },
  [SP_IMPORT_UNCHANGED] = { "object-select-symbolic", N_("As before") },
  [SP_IMPORT_SKIPPED] = { "action-unavailable-symbolic", N_("Left out") },
};

/* @text: (nullable) */
static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
sp_import_row_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SP_TYPE_IMPORT_ROW_VIEW);
  G_OBJECT_CLASS (sp_import_row_view_parent_class)->dispose (object);
}

static void
sp_import_row_view_class_init (SpImportRowViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_import_row_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-import-row-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SpImportRowView, box);
  gtk_widget_class_bind_template_child (widget_class, SpImportRowView, icon);
  gtk_widget_class_bind_template_child (widget_class, SpImportRowView, name);
  gtk_widget_class_bind_template_child (widget_class, SpImportRowView, place);
  gtk_widget_class_bind_template_child (widget_class, SpImportRowView, summary);
  gtk_widget_class_bind_template_child (widget_class, SpImportRowView, note);
  gtk_widget_class_bind_template_child (widget_class, SpImportRowView, outcome);
}

static void
sp_import_row_view_init (SpImportRowView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_import_row_view_new:
 *
 * Returns: (transfer floating): a view of no row yet
 */
GtkWidget *
sp_import_row_view_new (void)
{
  return g_object_new (SP_TYPE_IMPORT_ROW_VIEW, NULL);
}

/**
 * sp_import_row_view_set_row:
 * @self: a view in an item of a list
 * @row: what to show
 *
 * Shows a row, and tells the item around it how it is to be read out.
 */
void
sp_import_row_view_set_row (SpImportRowView *self, SpImportRow *row)
{
  SpImportOutcome outcome = sp_import_row_get_outcome (row);
  const char *name = sp_import_row_get_name (row);
  const char *note = sp_import_row_get_note (row);
  g_autofree char *place = sp_import_row_get_place (row);
  g_autofree char *spoken = NULL;

  name = name != NULL ? name : _("Without a name");
  gtk_image_set_from_icon_name (self->icon, outcomes[outcome].icon);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->place, place);
  show_text (self->summary, sp_import_row_get_summary (row));
  show_text (self->note, note);
  gtk_label_set_label (self->outcome, _(outcomes[outcome].label));
  spoken = g_strdup_printf ("%s. %s. %s. %s", name, _(outcomes[outcome].label), place, note != NULL ? note : "");
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
