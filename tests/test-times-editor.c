/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in the entry form: presets and days, typed words, and what a reader will see of them. */
#include "entry-form-fixture.h"

#include "sp-clock.h"
#include "sp-form-pattern.h"

static SpNode *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  SpNode *node = sp_node_parse (text, -1, NULL);

  g_assert_nonnull (node);
  return node;
}

static void
test_presets (void)
{
  static const struct { const char *json; SpFormPreset preset; } cases[] = {
    { "{}", SP_PRESET_WEEK },
    { "{'freq':'weekly','byday':'TU,TH'}", SP_PRESET_WEEK },
    { "{'freq':'weekly','interval':2,'byday':'TU'}", SP_PRESET_OTHER_WEEK },
    { "{'freq':'weekly','interval':3,'byday':'TU'}", SP_PRESET_OTHER },
    { "{'freq':'monthly','byday':'2TU'}", SP_PRESET_MONTH },
    { "{'freq':'monthly','byday':'2TU,4TU'}", SP_PRESET_MONTH },
    { "{'freq':'monthly','byday':'-1FR'}", SP_PRESET_MONTH },
    { "{'freq':'monthly','byday':'1MO,2TU'}", SP_PRESET_OTHER },
    { "{'freq':'monthly','dtstart':'2026-12-15'}", SP_PRESET_OTHER },
    { "{'freq':'monthly','interval':2,'byday':'1MO'}", SP_PRESET_OTHER },
    { "{'freq':'once','dtstart':'2026-12-05'}", SP_PRESET_ONCE },
    { "{'freq':'always'}", SP_PRESET_ALWAYS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpNode) schedule = parse (cases[i].json);
      g_assert_cmpint (sp_form_preset_of (schedule), ==, cases[i].preset);
    }
}

/* Whatever is chosen, what stands there afterwards is of that preset. */
static void
test_apply (void)
{
  for (int from = SP_PRESET_WEEK; from <= SP_PRESET_OTHER; from++)
    for (int to = SP_PRESET_WEEK; to <= SP_PRESET_OTHER; to++)
      {
        g_autoptr (SpNode) schedule = parse ("{'byday':'TU'}");
        sp_form_preset_apply (schedule, (SpFormPreset) from);
        sp_form_preset_apply (schedule, (SpFormPreset) to);
        g_assert_cmpint (sp_form_preset_of (schedule), ==, to);
      }
}

static void
test_patterns (void)
{
  static const char *const same[] = { "MO", "TU,TH", "2TU", "1MO,3MO", "-1FR", "1MO,-1MO,1SU,-1SU" };
  static const char *const refused[] = { "XX", "1MO,2TU", "MO,1TU", "5MO", "-2FR", "MO,", "", "MO,MO", "M" };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      SpFormPattern pattern;
      g_autofree char *written = NULL;
      g_assert_true (sp_form_pattern_read (same[i], &pattern));
      written = sp_form_pattern_write (&pattern);
      g_assert_cmpstr (written, ==, same[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      SpFormPattern pattern;
      gboolean read = sp_form_pattern_read (refused[i], &pattern);
      g_assert_true (!read || pattern.days == 0);
    }
}

static gboolean
says (GtkWidget *button, const char *label)
{
  GtkWidget *child = gtk_button_get_child (GTK_BUTTON (button));

  return GTK_IS_LABEL (child) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (child)), label) == 0;
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && says (root, label))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_section (FormFixture *f)
{
  return find_widget (GTK_WIDGET (f->form), g_type_from_name ("SpFormWhen"));
}

/* All labels of the preview that are to be seen, one a line. */
static void
append_labels (GtkWidget *root, GString *text)
{
  if (!gtk_widget_get_visible (root))
    return;
  if (GTK_IS_LABEL (root))
    g_string_append_printf (text, "%s\n", gtk_label_get_label (GTK_LABEL (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    append_labels (child, text);
}

static void
assert_says (FormFixture *f, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_labels (get_section (f), text);
  if (strstr (text->str, expected) == NULL)
    g_error ("“%s” is not in “%s”", expected, text->str);
}

static void
press (GtkWidget *toggle)
{
  g_assert_nonnull (toggle);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)));
}

static char *
get_item_path (FormFixture *f, guint index, const char *member)
{
  SpNode *list = sp_entry_edit_get (sp_entry_form_get_edit (f->form), "schedules");

  return g_strjoin (".", "schedules", sp_node_get_text (sp_node_get_element (list, index), "id"), member, NULL);
}

static void
test_week (FormFixture *f, gconstpointer data)
{
  g_autofree char *opens = NULL;
  g_autofree char *closes = NULL;
  SpEntryEdit *edit;

  open_form (f, NULL);
  edit = sp_entry_form_get_edit (f->form);
  opens = get_item_path (f, 0, "opens_at");
  closes = get_item_path (f, 0, "closes_at");
  press (find_button (get_section (f), "Tue"));
  press (find_button (get_section (f), "Thu"));
  type (f, opens, "10am");
  type (f, closes, "12");
  assert_says (f, "Every Tuesday and Thursday, 10 to 12");
  assert_says (f, "Tuesday 24 November, 10 to 12\nThursday 26 November, 10 to 12\nTuesday 1 December");
  g_assert_cmpstr (sp_entry_edit_get_text (edit, "schedule_words"), ==, "Every Tuesday and Thursday, 10 to 12");
  press (find_button (get_section (f), "Thu"));
  g_assert_cmpstr (sp_entry_edit_get_text (edit, "schedule_words"), ==, "Every Tuesday, 10 to 12");
  type (f, "schedule_words", "Tuesdays, in the back room");
  press (find_button (get_section (f), "Fri")); /* words of one's own are left alone */
  g_assert_cmpstr (sp_entry_edit_get_text (edit, "schedule_words"), ==, "Tuesdays, in the back room");
  type (f, "schedule_words", "");
  press (find_button (get_section (f), "Fri"));
  g_assert_cmpstr (sp_entry_edit_get_text (edit, "schedule_words"), ==, "Every Tuesday, 10 to 12");
}

static void
test_month (FormFixture *f, gconstpointer data)
{
  GtkWidget *preset;

  open_form (f, NULL);
  preset = find_widget (find_widget (get_section (f), g_type_from_name ("SpFormTime")), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (preset), SP_PRESET_MONTH);
  press (find_button (get_section (f), "1st"));
  press (find_button (get_section (f), "2nd"));
  press (find_button (get_section (f), "Tue"));
  assert_says (f, "2nd Tuesday of the month");
  press (find_button (get_section (f), "2nd"));
  press (find_button (get_section (f), "Last"));
  assert_says (f, "Last Tuesday of the month");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (preset), SP_PRESET_OTHER_WEEK);
  g_autofree char *start = get_item_path (f, 0, "dtstart");
  type (f, start, "24 November 2026");
  assert_says (f, "Every other Tuesday");
  assert_says (f, "Tuesday 24 November\nTuesday 8 December\nTuesday 22 December");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (preset), SP_PRESET_ALWAYS);
  assert_says (f, "Always open");
}

static void
type_words (FormFixture *f, const char *words)
{
  GtkWidget *entry = find_widget (get_section (f), GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  g_signal_emit_by_name (entry, "activate");
}

static void
test_words (FormFixture *f, gconstpointer data)
{
  SpEntryEdit *edit;

  open_form (f, NULL);
  edit = sp_entry_form_get_edit (f->form);
  type_words (f, "Tuesdays 2pm to 4pm");
  assert_says (f, "Every Tuesday, 2pm to 4pm");
  g_assert_cmpuint (sp_node_get_length (sp_entry_edit_get (edit, "schedules")), ==, 1); /* in the place of the empty one */
  type_words (f, "Last Friday of the month, 10am to noon");
  g_assert_cmpuint (sp_node_get_length (sp_entry_edit_get (edit, "schedules")), ==, 2);
  type_words (f, "now and then");
  assert_says (f, "more than one way");
  g_assert_cmpuint (sp_node_get_length (sp_entry_edit_get (edit, "schedules")), ==, 2);
}

static void
test_ring_first (FormFixture *f, gconstpointer data)
{
  open_form (f, NULL);
  gtk_widget_activate (find_button (get_section (f), "No Set Times: People Ring First"));
  WAIT_FOR (sp_entry_edit_get_text (sp_entry_form_get_edit (f->form), "schedule_words") != NULL);
  g_assert_cmpstr (sp_entry_edit_get_text (sp_entry_form_get_edit (f->form), "referral.how"), ==, "ring first");
  assert_says (f, "Ring first to find out when");
}

static void
test_gaps (FormFixture *f, gconstpointer data)
{
  g_autofree char *opens = NULL;
  g_autofree char *byday = NULL;
  g_autofree char *closes = NULL;

  open_form (f, NULL);
  opens = get_item_path (f, 0, "opens_at");
  byday = get_item_path (f, 0, "byday");
  closes = get_item_path (f, 0, "closes_at");
  type (f, opens, "10am");
  sp_entry_form_save (f->form);
  g_assert_nonnull (sp_form_field_get_complaint (get_field (f, byday))); /* it wants to know the day */
  press (find_button (get_section (f), "Mon"));
  type (f, closes, "10am");
  sp_entry_form_save (f->form);
  g_assert_null (sp_form_field_get_complaint (get_field (f, byday)));
  g_assert_nonnull (sp_form_field_get_complaint (get_field (f, closes)));
}

#define TEST(name, function) g_test_add ("/times-editor/" name, FormFixture, NULL, set_up_form, function, tear_down_form)

int
main (int argc, char **argv)
{
  g_setenv (SP_CLOCK_VARIABLE, "2026-11-22T10:00:00Z", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/times-editor/presets", test_presets);
  g_test_add_func ("/times-editor/apply", test_apply);
  g_test_add_func ("/times-editor/patterns", test_patterns);
  TEST ("week", test_week);
  TEST ("month", test_month);
  TEST ("words", test_words);
  TEST ("ring-first", test_ring_first);
  TEST ("gaps", test_gaps);
  return run_gtk_tests ();
}
