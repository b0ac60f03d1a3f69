/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormDays: the days of a schedule: days of the week, and for what is by the month which of the month. */
#include "sp-form-days.h"

#include "sp-form-label.h"

#include "sp-form-pattern.h"
#include "sp-words.h"

#include <glib/gi18n.h>

struct _SpFormDays
{
  SpFormField parent_instance;

  GtkWidget       *box;
  GtkWidget       *number_flow;
  GtkToggleButton *numbers[SP_PATTERN_NUMBERS];
  GtkToggleButton *days[7];
  guint            chosen; /* numbers that were chosen while there was no day yet; see SpFormPattern */
  gboolean         loading;
};

G_DEFINE_FINAL_TYPE (SpFormDays, sp_form_days, SP_TYPE_FORM_FIELD)

static guint
get_active (GtkToggleButton **buttons, guint n)
{
  guint bits = 0;

  for (guint i = 0; i < n; i++)
    if (gtk_toggle_button_get_active (buttons[i]))
      bits |= 1u << i;
  return bits;
}

static void
set_active (GtkToggleButton **buttons, guint n, guint bits)
{
  for (guint i = 0; i < n; i++)
    gtk_toggle_button_set_active (buttons[i], (bits & (1u << i)) != 0);
}

static void
toggled_cb (SpFormDays *self, GtkToggleButton *button)
{
  SpFormField *field = SP_FORM_FIELD (self);
  g_autofree char *byday = NULL;
  SpFormPattern pattern;

  if (self->loading || sp_form_field_get_edit (field) == NULL)
    return;
  pattern.days = get_active (self->days, 7);
  pattern.numbers = gtk_widget_get_visible (self->number_flow) ? get_active (self->numbers, SP_PATTERN_NUMBERS) : 0;
  self->chosen = pattern.numbers;
  byday = sp_form_pattern_write (&pattern);
  sp_entry_edit_set (sp_form_field_get_edit (field), sp_form_field_get_path (field),
                     byday != NULL ? sp_node_new_string (byday) : NULL);
}

static void
sp_form_days_load (SpFormField *field)
{
  SpFormDays *self = SP_FORM_DAYS (field);
  SpFormPattern pattern;

  if (!sp_form_pattern_read (sp_entry_edit_get_text (sp_form_field_get_edit (field), sp_form_field_get_path (field)), &pattern))
    pattern = (SpFormPattern){ 0, 0 };
  if (pattern.days == 0)
    pattern.numbers = self->chosen;
  self->loading = TRUE;
  set_active (self->days, 7, pattern.days);
  set_active (self->numbers, SP_PATTERN_NUMBERS, pattern.numbers);
  self->loading = FALSE;
}

/**
 * sp_form_days_set_numbered:
 * @self: a field
 * @numbered: whether it asks which of the month; the 1st is chosen then until another is
 */
void
sp_form_days_set_numbered (SpFormDays *self, gboolean numbered)
{
  if (gtk_widget_get_visible (self->number_flow) == numbered)
    return;
  gtk_widget_set_visible (self->number_flow, numbered);
  self->chosen = numbered ? 1 : 0;
  if (sp_form_field_get_edit (SP_FORM_FIELD (self)) != NULL)
    sp_form_days_load (SP_FORM_FIELD (self));
}

static gboolean
sp_form_days_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (SP_FORM_DAYS (widget)->box, GTK_DIR_TAB_FORWARD);
}

static void
sp_form_days_class_init (SpFormDaysClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = sp_form_days_grab_focus;
  SP_FORM_FIELD_CLASS (klass)->load = sp_form_days_load;
}

static GtkToggleButton *
new_toggle (SpFormDays *self, GtkWidget *flow, const char *label, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  sp_form_flow_add (GTK_FLOW_BOX (flow), button);
  return GTK_TOGGLE_BUTTON (button);
}

static GtkWidget *
new_flow (SpFormDays *self, guint most)
{
  GtkWidget *flow = sp_form_flow_new (most);

  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_widget_add_css_class (flow, "formdays");
  gtk_box_append (GTK_BOX (self->box), flow);
  return flow;
}

static void
sp_form_days_init (SpFormDays *self)
{
  static const char *const days[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
  static const char *const numbers[] = { N_("1st"), N_("2nd"), N_("3rd"), N_("4th"), N_("Last") };
  GtkWidget *day_flow;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->number_flow = new_flow (self, SP_PATTERN_NUMBERS);
  day_flow = new_flow (self, 7);
  for (guint i = 0; i < SP_PATTERN_NUMBERS; i++)
    self->numbers[i] = new_toggle (self, self->number_flow, _(numbers[i]), _(numbers[i]));
  for (guint i = 0; i < 7; i++)
    self->days[i] = new_toggle (self, day_flow, _(days[i]), sp_words_weekday ((int) i));
  gtk_widget_set_visible (self->number_flow, FALSE);
  sp_form_field_set_control (SP_FORM_FIELD (self), self->box, NULL);
}
