/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the preferences that say after how many months the facts of drop-ins, services, groups and places are due:
 * only what differs from the built-in interval is kept in the settings, by the names that sp_freshness_rules_set() knows. */
#include "sp-freshness-rows.h"

#include "sp-freshness.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *title;
  guint       groups; /* bits by SpFactGroup; of a drop-in only the times differ from its kind's */
} classes[SP_N_FRESHNESS_CLASSES] = {
  [SP_FRESHNESS_DROP_IN] = { "drop-in", N_("Drop-Ins"), 1 << SP_FACT_TIMES },
  [SP_FRESHNESS_SERVICE] = { "service", N_("Services"), (1 << SP_N_FACT_GROUPS) - 1 },
  [SP_FRESHNESS_GROUP] = { "group", N_("Groups"), (1 << SP_N_FACT_GROUPS) - 1 },
  [SP_FRESHNESS_PLACE] = { "place", N_("Places"), (1 << SP_N_FACT_GROUPS) - 1 },
};

static const char *const titles[SP_N_FACT_GROUPS] = {
  [SP_FACT_TIMES] = N_("Times"), [SP_FACT_PLACE] = N_("Place and Access"), [SP_FACT_CONTACT] = N_("Contacts"),
  [SP_FACT_COST] = N_("Cost"),   [SP_FACT_JOIN] = N_("How to Join"),       [SP_FACT_BUILDING] = N_("Building"),
};

/* One interval. */
typedef struct
{
  GSettings       *settings; /* owned */
  GtkSpinButton   *button;   /* owns the rule */
  SpFreshnessClass klass;
  SpFactGroup      group;
} Rule;

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_object_unref (rule->settings);
  g_free (rule);
}

static char *
get_name (const Rule *rule)
{
  return g_strdup_printf ("%s.%s", classes[rule->klass].name, sp_fact_group_get_name (rule->group));
}

static guint
get_months (const Rule *rule)
{
  g_autoptr (GVariant) rules = g_settings_get_value (rule->settings, "freshness");
  g_autofree char *name = get_name (rule);
  int months;

  if (g_variant_lookup (rules, name, "i", &months) && months > 0)
    return (guint) months;
  return sp_freshness_interval (NULL, rule->klass, rule->group);
}

static void
changed_cb (Rule *rule)
{
  guint months = (guint) gtk_spin_button_get_value_as_int (rule->button);
  g_autoptr (GVariant) rules = g_settings_get_value (rule->settings, "freshness");
  g_autofree char *name = get_name (rule);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *other;
  int value;

  if (months == get_months (rule))
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  g_variant_iter_init (&iter, rules);
  while (g_variant_iter_next (&iter, "{&si}", &other, &value))
    if (!g_str_equal (other, name))
      g_variant_builder_add (&builder, "{si}", other, value);
  if (months != sp_freshness_interval (NULL, rule->klass, rule->group))
    g_variant_builder_add (&builder, "{si}", name, (int) months);
  g_settings_set_value (rule->settings, "freshness", g_variant_builder_end (&builder));
}

static void
show_cb (GtkSpinButton *button, const char *key, GSettings *settings)
{
  const Rule *rule = g_object_get_data (G_OBJECT (button), "rule");

  gtk_spin_button_set_value (button, get_months (rule));
}

static GtkWidget *
new_row (GSettings *settings, SpFreshnessClass klass, SpFactGroup group)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_spin_button_new_with_range (1, SP_FRESHNESS_MAX_MONTHS, 1);
  Rule *rule = g_new (Rule, 1);

  *rule = (Rule){ g_object_ref (settings), GTK_SPIN_BUTTON (button), klass, group };
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(titles[group]));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_spin_button_set_value (rule->button, get_months (rule));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(titles[group]), -1);
  g_object_set_data_full (G_OBJECT (button), "rule", rule, rule_free);
  g_signal_connect_swapped (button, "value-changed", G_CALLBACK (changed_cb), rule);
  g_signal_connect_object (settings, "changed::freshness", G_CALLBACK (show_cb), button, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

/* The row in it that has the keyboard: GTK 4.8 does not hear its title. */
static void
name_header (GtkWidget *widget, const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (ADW_IS_ACTION_ROW (child))
      {
        gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
        return;
      }
    else
      name_header (child, title);
}

/**
 * sp_freshness_rows_add:
 * @group: the group of the preferences
 * @settings: what the user has set, which is changed at once
 *
 * Adds a row for each class of entries, with its intervals inside.
 */
void
sp_freshness_rows_add (AdwPreferencesGroup *group, GSettings *settings)
{
  for (guint klass = 0; klass < SP_N_FRESHNESS_CLASSES; klass++)
    {
      GtkWidget *expander = adw_expander_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _(classes[klass].title));
      gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, _(classes[klass].title), -1);
      name_header (expander, _(classes[klass].title));
      for (guint fact = 0; fact < SP_N_FACT_GROUPS; fact++)
        if (classes[klass].groups & (1u << fact))
          adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), new_row (settings, (SpFreshnessClass) klass, (SpFactGroup) fact));
      adw_preferences_group_add (group, expander);
    }
}
