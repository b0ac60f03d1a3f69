/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpResultRow: one row of the list: shape of its heading, name, distance, when, notices, and how fresh it is, in shape
 * and words. While its entry is read it keeps its height, so that nothing jumps. */
#include "sp-result-row.h"

#include "sp-clock.h"
#include "sp-line-box.h"
#include "sp-row-words.h"
#include "sp-shape.h"
#include "sp-words.h"

#include <glib/gi18n.h>

#define LARGE_TEXT 1.3 /* times the usual size: a name has no room beside it */

struct _SpResultRow
{
  GtkWidget parent_instance;

  SpResult *result; /* owned, nullable */
  gboolean  miles;
  SpFreshnessRules rules;

  /* of the template */
  GtkWidget *box;
  GtkImage  *shape;
  GtkLabel  *name;
  GtkLabel  *distance;       /* beside the name */
  GtkLabel  *distance_below; /* where text is large */
  GtkLabel  *when;
  GtkLabel  *notice;
  GtkWidget *freshness;
  GtkImage  *freshness_icon;
  GtkLabel  *freshness_words;
};

G_DEFINE_FINAL_TYPE (SpResultRow, sp_result_row, GTK_TYPE_WIDGET)

static const char *const state_classes[] = { "fresh", "due", "overdue", "never" };

/* A line that says nothing takes no room. @text: (transfer full) (nullable) */
static void
set_line (GtkLabel *label, char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  g_free (text);
}

static void
append_part (GString *text, GtkLabel *label)
{
  const char *part = gtk_label_get_label (label);

  if (*part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
}

/* A list item is read as a whole. GTK 4.8 has no other way to its widget than the parent of the row. */
static void
tell_reader (SpResultRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr (GString) text = g_string_new (NULL);

  append_part (text, self->name);
  append_part (text, self->distance);
  append_part (text, self->distance_below);
  append_part (text, self->when);
  append_part (text, self->notice);
  append_part (text, self->freshness_words);
  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str, -1);
}

static gboolean
has_large_text (SpResultRow *self)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > LARGE_TEXT * 96 * 1024;
}

static void
show_distance (SpResultRow *self)
{
  gboolean large = has_large_text (self);
  char *words = self->result != NULL ? sp_words_distance (sp_result_get_distance (self->result), self->miles) : NULL;

  set_line (large ? self->distance_below : self->distance, words);
  set_line (large ? self->distance : self->distance_below, NULL);
}

static void
show_freshness (SpResultRow *self, const SpNode *body, gint32 today)
{
  SpFreshnessState state;
  g_autofree char *words = sp_row_words_freshness (&self->rules, body, today, &state);

  gtk_label_set_label (self->freshness_words, words);
  gtk_image_set_from_icon_name (self->freshness_icon, sp_row_freshness_icon (state));
  for (guint i = 0; i < G_N_ELEMENTS (state_classes); i++)
    if (i == (guint) state)
      gtk_widget_add_css_class (self->freshness, state_classes[i]);
    else
      gtk_widget_remove_css_class (self->freshness, state_classes[i]);
}

static const char *
get_category (const SpNode *body)
{
  const SpNode *categories = sp_node_get (body, "categories");

  return sp_node_is_array (categories) && sp_node_get_length (categories) > 0
         ? sp_node_get_string (sp_node_get_element (categories, 0)) : NULL;
}

static void
show_asset (SpResultRow *self, SpAsset *asset)
{
  const SpNode *body = sp_asset_get_body (asset);
  const char *name = sp_asset_get_name (asset);
  gint32 today = sp_clock_today ();

  sp_shape_show (self->shape, get_category (body));
  gtk_label_set_label (self->name, name != NULL && *name != '\0' ? name : _("Without a name"));
  set_line (self->when, sp_row_words_when (body));
  set_line (self->notice, sp_row_words_notice (body, today));
  gtk_widget_set_visible (self->freshness, TRUE);
  show_freshness (self, body, today);
}

/* Before it is read, or where it cannot be: three lines as most have, mostly empty. */
static void
show_nothing (SpResultRow *self, const char *problem)
{
  sp_shape_show (self->shape, NULL);
  gtk_label_set_label (self->name, problem != NULL ? problem : "…");
  set_line (self->when, g_strdup (" "));
  set_line (self->notice, NULL);
  gtk_label_set_label (self->freshness_words, " ");
  gtk_image_clear (self->freshness_icon);
}

static void
update (SpResultRow *self)
{
  SpAsset *asset = self->result != NULL ? sp_result_get_asset (self->result) : NULL;

  show_distance (self);
  if (asset != NULL)
    show_asset (self, asset);
  else
    show_nothing (self, self->result != NULL ? sp_result_get_problem (self->result) : NULL);
  tell_reader (self);
}

static void
drop_result (SpResultRow *self)
{
  if (self->result != NULL)
    g_signal_handlers_disconnect_by_data (self->result, self);
  g_clear_object (&self->result);
}

static void
sp_result_row_dispose (GObject *object)
{
  SpResultRow *self = SP_RESULT_ROW (object);

  drop_result (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sp_result_row_parent_class)->dispose (object);
}

static void
sp_result_row_class_init (SpResultRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_result_row_dispose;
  g_type_ensure (SP_TYPE_LINE_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "resultrow");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-result-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, box);
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, shape);
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, name);
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, distance);
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, distance_below);
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, when);
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, notice);
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, freshness);
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, freshness_icon);
  gtk_widget_class_bind_template_child (widget_class, SpResultRow, freshness_words);
}

static void
sp_result_row_init (SpResultRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_result_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
sp_result_row_new (void)
{
  return g_object_new (SP_TYPE_RESULT_ROW, NULL);
}

/**
 * sp_result_row_set_miles:
 * @self: a row
 * @miles: whether distances are told in miles rather than kilometres
 */
void
sp_result_row_set_miles (SpResultRow *self, gboolean miles)
{
  self->miles = miles;
  show_distance (self);
}

/**
 * sp_result_row_set_rules:
 * @self: a row
 * @rules: after how long facts are due, of what it shows from now on
 */
void
sp_result_row_set_rules (SpResultRow *self, const SpFreshnessRules *rules)
{
  g_return_if_fail (SP_IS_RESULT_ROW (self));

  self->rules = *rules;
}

/**
 * sp_result_row_set_result:
 * @self: a row
 * @result: (nullable): what it shows; followed when its entry is read or changes
 */
void
sp_result_row_set_result (SpResultRow *self, SpResult *result)
{
  g_return_if_fail (SP_IS_RESULT_ROW (self));
  drop_result (self);
  if (result == NULL)
    return;
  self->result = g_object_ref (result);
  g_signal_connect_swapped (result, "notify::asset", G_CALLBACK (update), self);
  g_signal_connect_swapped (result, "notify::problem", G_CALLBACK (update), self);
  g_signal_connect_swapped (result, "notify::distance", G_CALLBACK (update), self);
  update (self);
}

/**
 * sp_result_row_get_result:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
SpResult *sp_result_row_get_result (SpResultRow *self) { return self->result; }
