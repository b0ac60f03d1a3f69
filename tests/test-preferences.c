/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is chosen in the preferences holds at once, and what holds is shown. */
#include "window-fixture.h"

#include "sp-preferences.h"

#define CALENDAR "term-calendar:00000000-0000-4000-8000-000000000001"

static SpPreferences *
open_preferences (WindowFixture *f)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  gtk_widget_activate_action (GTK_WIDGET (f->window), "app.preferences", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (toplevels, i);
      if (SP_IS_PREFERENCES (widget))
        return SP_PREFERENCES (widget);
    }
  g_assert_not_reached ();
}

static gboolean
is_titled (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static GtkWidget *
find_row (SpPreferences *preferences, const char *title)
{
  return find_widget (GTK_WIDGET (preferences), is_titled, title);
}

static GSettings *
settings_of (WindowFixture *f)
{
  return sp_window_get_settings (f->window);
}

static void
test_choices (WindowFixture *f, gconstpointer data)
{
  static const struct { const char *title; const char *key; guint selected; const char *nick; } choices[] = {
    { "_Distances", "units", 1, "kilometres" },
    { "_Distances", "units", 0, "miles" },
    { "Bank _Holidays", "nation", 2, "northern-ireland" },
    { "Bank _Holidays", "nation", 1, "scotland" },
    { "_Base Map", "base-map", 2, "online" },
    { "_Base Map", "base-map", 1, "file" },
    { "_Base Map", "base-map", 0, "built-in" },
  };
  SpPreferences *preferences = open_preferences (f);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      AdwComboRow *row = ADW_COMBO_ROW (find_row (preferences, choices[i].title));
      g_autofree char *nick = NULL;

      adw_combo_row_set_selected (row, choices[i].selected);
      nick = g_settings_get_string (settings_of (f), choices[i].key);
      g_assert_cmpstr (nick, ==, choices[i].nick);
    }
  g_settings_set_string (settings_of (f), "units", "kilometres");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_row (preferences, "_Distances"))), ==, 1);
  g_settings_reset (settings_of (f), "units");
  g_settings_reset (settings_of (f), "nation");
  gtk_window_close (GTK_WINDOW (preferences));
}

static void
test_author (WindowFixture *f, gconstpointer data)
{
  SpPreferences *preferences = open_preferences (f);

  gtk_editable_set_text (GTK_EDITABLE (find_row (preferences, "Your _Name")), "Link worker, Maryport");
  g_assert_cmpstr (sp_changes_get_author (sp_window_get_changes (f->window)), ==, "Link worker, Maryport");
  g_settings_reset (settings_of (f), "author");
  g_assert_cmpstr (sp_changes_get_author (sp_window_get_changes (f->window)), ==, g_get_user_name ());
  gtk_window_close (GTK_WINDOW (preferences));
}

static void
test_map (WindowFixture *f, gconstpointer data)
{
  SpPreferences *preferences = open_preferences (f);
  GtkWidget *url;
  g_autofree char *before = g_settings_get_string (settings_of (f), "online-url");
  g_autofree char *kept = NULL;
  g_autofree char *after = NULL;

  g_assert_null (find_row (preferences, "Map _File"));
  g_assert_null (find_row (preferences, "_Address of the Tiles"));
  g_settings_set_string (settings_of (f), "base-map", "file");
  g_assert_nonnull (find_row (preferences, "Map _File"));
  g_settings_set_string (settings_of (f), "mbtiles-file", "/maps/cumbria & fells.mbtiles");
  g_assert_nonnull (find_text (preferences, "cumbria & fells.mbtiles"));
  g_settings_set_string (settings_of (f), "base-map", "online");
  url = find_row (preferences, "_Address of the Tiles");
  gtk_editable_set_text (GTK_EDITABLE (url), "https://tiles.example.org/");
  g_assert_true (gtk_widget_has_css_class (url, "error"));
  g_signal_emit_by_name (url, "apply");
  kept = g_settings_get_string (settings_of (f), "online-url");
  g_assert_cmpstr (kept, ==, before);
  gtk_editable_set_text (GTK_EDITABLE (url), "https://tiles.example.org/{z}/{x}/{y}.png");
  g_assert_false (gtk_widget_has_css_class (url, "error"));
  g_signal_emit_by_name (url, "apply");
  after = g_settings_get_string (settings_of (f), "online-url");
  g_assert_cmpstr (after, ==, "https://tiles.example.org/{z}/{x}/{y}.png");
  g_settings_reset (settings_of (f), "online-url");
  g_settings_reset (settings_of (f), "mbtiles-file");
  g_settings_reset (settings_of (f), "base-map");
  gtk_window_close (GTK_WINDOW (preferences));
}

static void
test_tile_url (void)
{
  g_assert_true (sp_preferences_is_tile_url ("https://tiles.example.org/{z}/{x}/{y}.png"));
  g_assert_false (sp_preferences_is_tile_url ("https://tiles.example.org/{z}/{x}.png"));
  g_assert_false (sp_preferences_is_tile_url ("file:///tiles/{z}/{x}/{y}.png"));
  g_assert_false (sp_preferences_is_tile_url (""));
}

static GVariant *
rules_of (WindowFixture *f)
{
  return g_settings_get_value (settings_of (f), "freshness");
}

static void
test_freshness (WindowFixture *f, gconstpointer data)
{
  SpPreferences *preferences = open_preferences (f);
  AdwExpanderRow *places = ADW_EXPANDER_ROW (find_row (preferences, "Places"));
  GtkSpinButton *months;
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GVariant) back = NULL;
  int value = 0;

  adw_expander_row_set_expanded (places, TRUE);
  WAIT (find_widget (GTK_WIDGET (places), is_titled, "Times") != NULL); /* once a frame has unfolded it */
  months = GTK_SPIN_BUTTON (find_type (find_widget (GTK_WIDGET (places), is_titled, "Times"), GTK_TYPE_SPIN_BUTTON));
  g_assert_cmpint (gtk_spin_button_get_value_as_int (months), ==, 12);
  gtk_spin_button_set_value (months, 9);
  changed = rules_of (f);
  g_assert_cmpuint (g_variant_n_children (changed), ==, 1);
  g_assert_true (g_variant_lookup (changed, "place.times", "i", &value));
  g_assert_cmpint (value, ==, 9);
  gtk_spin_button_set_value (months, 12); /* the usual interval is no rule */
  back = rules_of (f);
  g_assert_cmpuint (g_variant_n_children (back), ==, 0);
  gtk_spin_button_set_value (months, 3);
  g_settings_reset (settings_of (f), "freshness");
  g_assert_cmpint (gtk_spin_button_get_value_as_int (months), ==, 12);
  gtk_window_close (GTK_WINDOW (preferences));
}

static void
put_calendar (const char *path)
{
  SpDb *db = sp_db_open (path, SP_DB_WRITE, NULL);
  g_autoptr (SpNode) body = sp_node_parse ("{\"type\":\"term-calendar\",\"name\":\"Cumberland schools\",\"terms\":[]}", -1, NULL);

  g_assert_true (sp_docs_put_new (db, CALENDAR, body, NULL, NULL));
  sp_db_close (db);
}

static void
test_terms (WindowFixture *f, gconstpointer data)
{
  SpPreferences *preferences;
  AdwComboRow *terms;
  g_autofree char *chosen = NULL;

  put_calendar (f->path);
  preferences = open_preferences (f);
  terms = ADW_COMBO_ROW (find_row (preferences, "School _Terms"));
  WAIT (gtk_widget_get_sensitive (GTK_WIDGET (terms)));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (terms)), ==, 2);
  adw_combo_row_set_selected (terms, 1);
  chosen = g_settings_get_string (settings_of (f), "term-calendar");
  g_assert_cmpstr (chosen, ==, CALENDAR);
  adw_combo_row_set_selected (terms, 0);
  g_free (chosen);
  chosen = g_settings_get_string (settings_of (f), "term-calendar");
  g_assert_cmpstr (chosen, ==, "");
  gtk_window_close (GTK_WINDOW (preferences));
}

static void
add (void)
{
#define ADD(name, function) g_test_add (name, WindowFixture, NULL, set_up_window, function, tear_down_window)
  ADD ("/preferences/choices", test_choices);
  ADD ("/preferences/author", test_author);
  ADD ("/preferences/map", test_map);
  ADD ("/preferences/freshness", test_freshness);
  ADD ("/preferences/terms", test_terms);
#undef ADD
  g_test_add_func ("/preferences/tile-url", test_tile_url);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add);
}
