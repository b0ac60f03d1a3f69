/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entry form: every member has its place, what is typed is saved and nothing else, drafts and other people's changes are
 * kept. */
#include "entry-form-fixture.h"

#include "sp-field.h"
#include "sp-form-field.h"
#include "sp-form-map.h"

/* Members that are the program's business, not a person's; and `id`, which names an item. */
static const char *const not_asked[] = {
  "type", "schema", "checked", "source", "created", "modified", "edit", NULL,
};

static gboolean
is_asked (const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);

  return !g_strv_contains (not_asked, steps[0]) && !g_str_has_suffix (path, ".*.id");
}

/* An object can be written if one of its parts can. */
static gboolean
is_reachable (GPtrArray *paths, const char *path)
{
  g_autofree char *below = g_strconcat (path, ".", NULL);

  for (guint i = 0; i < paths->len; i++)
    if (g_strcmp0 (g_ptr_array_index (paths, i), path) == 0
        || (sp_field_find (path)->type == SP_FIELD_OBJECT && g_str_has_prefix (g_ptr_array_index (paths, i), below)))
      return TRUE;
  return FALSE;
}

static void
test_every_member (FormFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  guint n, asked = 0;
  const SpField *fields = sp_field_get_all (&n);

  open_form (f, NULL);
  sp_form_list_paths (sp_entry_form_get_content (f->form), "", paths);
  for (guint i = 0; i < n; i++)
    if (is_asked (fields[i].path))
      {
        asked++;
        if (!is_reachable (paths, fields[i].path))
          g_error ("There is no question for %s", fields[i].path);
      }
  g_assert_cmpuint (asked, >, 90);
  for (guint i = 0; i < paths->len; i++) /* and no question for what there is not */
    g_assert_nonnull (sp_field_find (g_ptr_array_index (paths, i)));
}

static void
fill_in (FormFixture *f)
{
  SpEntryEdit *edit = sp_entry_form_get_edit (f->form);
  SpNode *categories = sp_node_new_array ();

  sp_node_append (categories, sp_node_new_string ("craft-group"));
  sp_entry_edit_set (edit, "kind", sp_node_new_string ("group"));
  sp_entry_edit_set (edit, "categories", categories);
  type (f, "name", "Knit and Natter");
  type (f, "summary", "Wool, tea and talk.");
  type (f, "address.postal_code", "CA15 6LW");
}

static void
test_add (FormFixture *f, gconstpointer data)
{
  open_form (f, NULL);
  fill_in (f);
  type (f, "url", "knit.example.org");
  sp_entry_form_save (f->form);
  WAIT_FOR (f->saved != NULL && f->form == NULL);
  assert_stored (f, f->saved, "name", "Knit and Natter");
  assert_stored (f, f->saved, "url", "https://knit.example.org");
  assert_stored (f, f->saved, "type", "asset");
  assert_stored (f, f->saved, "status", "active");
  assert_stored (f, f->saved, "contacts", NULL); /* the empty ones that were offered are not saved */
  g_autoptr (SpStoreEntry) entry = read_entry (f, f->saved);
  g_assert_null (sp_node_get (sp_asset_get_body (entry->asset), "contacts"));
  g_assert_null (sp_node_get (sp_asset_get_body (entry->asset), "schedules"));
  g_assert_cmpuint (sp_draft_list_get_size (f->drafts), ==, 0);
}

/* What takes place at a hall is where the hall is, until somebody puts a pin elsewhere. */
static void
test_venue_is_place (FormFixture *f, gconstpointer data)
{
  SpFormMap *map;
  double latitude, longitude;

  g_free (save_entry (&f->store, "asset:venue", NULL, "{\"type\":\"asset\",\"kind\":\"place\",\"name\":\"Hall\","
                      "\"location\":{\"latitude\":54.715,\"longitude\":-3.496,\"accuracy\":\"exact\"}}", NULL));
  open_form (f, NULL);
  sp_entry_edit_set (sp_entry_form_get_edit (f->form), "kind", sp_node_new_string ("service"));
  map = SP_FORM_MAP (find_widget (GTK_WIDGET (f->form), SP_TYPE_FORM_MAP));
  g_assert_false (sp_form_map_get_pin (map, &latitude, &longitude));
  sp_entry_edit_set (sp_entry_form_get_edit (f->form), "venue", sp_node_new_string ("asset:venue"));
  WAIT_FOR (sp_form_map_get_pin (map, &latitude, &longitude));
  g_assert_cmpfloat_with_epsilon (latitude, 54.715, 1e-6);
  g_assert_cmpfloat_with_epsilon (longitude, -3.496, 1e-6);
  g_assert_null (sp_entry_edit_get (sp_entry_form_get_edit (f->form), "location")); /* it is the hall's, not its own */
  sp_entry_edit_set (sp_entry_form_get_edit (f->form), "venue", NULL);
  g_assert_false (sp_form_map_get_pin (map, &latitude, &longitude));
}

static void
assert_complains (FormFixture *f, const char *path, gboolean expected)
{
  g_assert_true ((sp_form_field_get_complaint (get_field (f, path)) != NULL) == expected);
}

static gboolean
has_focus (FormFixture *f, const char *path)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->form));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (get_field (f, path)));
}

static void
test_incomplete (FormFixture *f, gconstpointer data)
{
  open_form (f, NULL);
  sp_entry_form_save (f->form);
  g_assert_nonnull (sp_entry_form_get_notice (f->form));
  assert_complains (f, "kind", TRUE);
  assert_complains (f, "name", TRUE);
  assert_complains (f, "categories", TRUE);
  assert_complains (f, "summary", FALSE);
  g_assert_true (has_focus (f, "kind"));
  fill_in (f);
  assert_complains (f, "name", FALSE); /* answering takes the complaint away */
  type (f, "notice.until", "some day");
  sp_entry_form_save (f->form);
  assert_complains (f, "notice.until", TRUE);
  g_assert_true (has_focus (f, "notice.until")); /* it was folded away */
  type (f, "notice.from", "5 December 2026");
  type (f, "notice.until", "4 December 2026");
  sp_entry_form_save (f->form);
  assert_complains (f, "notice.until", TRUE);
  type (f, "notice.until", "6 December 2026");
  sp_entry_form_save (f->form);
  WAIT_FOR (f->saved != NULL);
  assert_stored (f, f->saved, "notice.until", "2026-12-06");
}

#define SHED "{'type':'asset','schema':1,'kind':'group','name':'Shed','categories':['mens-group'],'url':'https://shed.example.org'," \
  "'summary':'Men who make things.','x_theirs':{'a':[]},'contacts':[{'id':'c1','title':'Secretary','phone':'01632 960001'}]}"

static void
test_edit (FormFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (&f->store, "asset:a", NULL, SHED, NULL);

  open_form (f, "asset:a");
  g_assert_false (sp_entry_edit_is_changed (sp_entry_form_get_edit (f->form)));
  type (f, "contacts.c1.phone", "01632 960002");
  g_autoptr (SpNode) changes = sp_entry_edit_make_changes (sp_entry_form_get_edit (f->form));
  g_assert_cmpuint (sp_node_get_length (changes), ==, 1);
  g_assert_nonnull (sp_node_get (changes, "contacts"));
  sp_entry_form_save (f->form);
  WAIT_FOR (f->form == NULL);
  assert_stored (f, "asset:a", "contacts.1.phone", "01632 960002");
  assert_stored (f, "asset:a", "contacts.1.title", "Secretary");
  g_autoptr (SpStoreEntry) entry = read_entry (f, "asset:a");
  g_assert_nonnull (sp_node_get_path (sp_asset_get_body (entry->asset), "x_theirs.a")); /* another program's */
}

static void
test_unchanged (FormFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (&f->store, "asset:a", NULL, SHED, NULL);

  open_form (f, "asset:a");
  type (f, "name", "Shed!");
  type (f, "name", "Shed");
  sp_entry_form_save (f->form);
  WAIT_FOR (f->form == NULL);
  g_autoptr (SpStoreEntry) entry = read_entry (f, "asset:a");
  g_assert_cmpstr (sp_asset_get_rev (entry->asset), ==, rev);
}

/* Somebody else saves while the form is open, something else. */
static void
test_merged (FormFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (&f->store, "asset:a", NULL, SHED, NULL);
  g_autofree char *theirs = NULL;

  open_form (f, "asset:a");
  type (f, "summary", "Men and women who make things.");
  type (f, "contacts.c1.phone", "01632 960002");
  theirs = save_entry (&f->store, "asset:a", rev, "{'url':'https://new.example.org',"
                       "'contacts':[{'id':'c1','title':'Chair','phone':'01632 960001'}]}", NULL);
  sp_entry_form_save (f->form);
  WAIT_FOR (f->form == NULL);
  assert_stored (f, "asset:a", "summary", "Men and women who make things.");
  assert_stored (f, "asset:a", "url", "https://new.example.org");
  assert_stored (f, "asset:a", "contacts.1.phone", "01632 960002");
  assert_stored (f, "asset:a", "contacts.1.title", "Chair");
}

static void
test_clash (FormFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (&f->store, "asset:a", NULL, SHED, NULL);
  g_autofree char *theirs = NULL;

  open_form (f, "asset:a");
  type (f, "summary", "Mine.");
  type (f, "url", "mine.example.org");
  theirs = save_entry (&f->store, "asset:a", rev, "{'summary':'Theirs.','url':'https://theirs.example.org'}", NULL);
  sp_entry_form_save (f->form);
  WAIT_FOR (sp_entry_form_get_notice (f->form) != NULL);
  g_assert_cmpstr (sp_entry_edit_get_text (sp_entry_form_get_edit (f->form), "summary"), ==, "Mine."); /* nothing is lost */
  assert_stored (f, "asset:a", "summary", "Theirs.");
  gtk_widget_activate (find_widget (find_widget (GTK_WIDGET (f->form), g_type_from_name ("SpFormNotice")), GTK_TYPE_BUTTON));
  WAIT_FOR (g_strcmp0 (sp_entry_edit_get_text (sp_entry_form_get_edit (f->form), "summary"), "Theirs.") == 0
            || g_strcmp0 (sp_entry_edit_get_text (sp_entry_form_get_edit (f->form), "url"), "https://theirs.example.org") == 0);
  type (f, "summary", "Both of us.");
  sp_entry_form_save (f->form);
  WAIT_FOR (f->form == NULL);
  assert_stored (f, "asset:a", "summary", "Both of us.");
}

static void
test_deleted_meanwhile (FormFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (&f->store, "asset:a", NULL, SHED, NULL);
  g_autofree char *gone = NULL;

  open_form (f, "asset:a");
  type (f, "summary", "Still here.");
  gone = delete_entry (&f->store, "asset:a", rev, NULL);
  sp_entry_form_save (f->form);
  WAIT_FOR (sp_entry_form_get_notice (f->form) != NULL);
  sp_entry_form_save (f->form);
  WAIT_FOR (f->form == NULL);
  assert_stored (f, "asset:a", "summary", "Still here.");
  assert_stored (f, "asset:a", "name", "Shed");
}

static void
test_draft_of_new (FormFixture *f, gconstpointer data)
{
  open_form (f, NULL);
  fill_in (f);
  close_form (f);
  g_assert_cmpuint (sp_draft_list_get_size (f->drafts), ==, 1);
  g_autofree char *id = g_strdup (sp_draft_list_get (f->drafts, 0)->id);
  open_form (f, NULL); /* offered, but not forced on anybody */
  g_assert_nonnull (strstr (sp_entry_form_get_notice (f->form), "Knit and Natter"));
  g_assert_null (sp_entry_edit_get_text (sp_entry_form_get_edit (f->form), "name"));
  gtk_widget_activate (find_widget (find_widget (GTK_WIDGET (f->form), g_type_from_name ("SpFormNotice")), GTK_TYPE_BUTTON));
  WAIT_FOR (sp_entry_edit_get_text (sp_entry_form_get_edit (f->form), "name") != NULL);
  g_assert_cmpstr (sp_entry_edit_get_id (sp_entry_form_get_edit (f->form)), ==, id);
  close_form (f);
  open_form (f, id); /* as from the menu */
  sp_entry_form_save (f->form);
  WAIT_FOR (f->saved != NULL && f->form == NULL);
  g_assert_cmpstr (f->saved, ==, id);
  g_assert_cmpuint (sp_draft_list_get_size (f->drafts), ==, 0);
}

/* A draft that was begun before somebody else's change goes together with it. */
static void
test_old_draft (FormFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (&f->store, "asset:a", NULL, SHED, NULL);
  g_autofree char *theirs = NULL;

  open_form (f, "asset:a");
  type (f, "summary", "Mine.");
  close_form (f);
  theirs = save_entry (&f->store, "asset:a", rev, "{'url':'https://theirs.example.org'}", NULL);
  open_form (f, "asset:a");
  g_assert_nonnull (sp_entry_form_get_notice (f->form));
  g_assert_cmpstr (sp_entry_edit_get_text (sp_entry_form_get_edit (f->form), "summary"), ==, "Mine.");
  g_assert_cmpstr (sp_entry_edit_get_text (sp_entry_form_get_edit (f->form), "url"), ==, "https://theirs.example.org");
  g_assert_cmpstr (sp_entry_edit_get_rev (sp_entry_form_get_edit (f->form)), ==, theirs);
}

static void
assert_shown (FormFixture *f, const char *path, gboolean expected)
{
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_field (f, path))) == expected);
}

static void
test_kinds (FormFixture *f, gconstpointer data)
{
  SpEntryEdit *edit;

  open_form (f, NULL);
  edit = sp_entry_form_get_edit (f->form);
  sp_entry_edit_set (edit, "kind", sp_node_new_string ("group"));
  assert_shown (f, "venue", TRUE);
  assert_shown (f, "building.capacity", FALSE);
  sp_entry_edit_set (edit, "kind", sp_node_new_string ("place"));
  assert_shown (f, "venue", FALSE);
  assert_shown (f, "building.capacity", TRUE);
  type (f, "building.capacity", "120");
  sp_entry_edit_set (edit, "kind", sp_node_new_string ("group"));
  assert_shown (f, "building.capacity", TRUE); /* it says something, so it is not hidden */
}

static int
get_least_width (FormFixture *f)
{
  int least;

  gtk_widget_measure (GTK_WIDGET (f->form), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* Opens whatever is folded away. */
static void
unfold (GtkWidget *root)
{
  if (GTK_IS_EXPANDER (root))
    gtk_expander_set_expanded (GTK_EXPANDER (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    unfold (child);
}

/* In a narrow window, and with text of twice the size in one that is not wide. */
static void
test_fits (FormFixture *f, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int resolution;

  g_object_get (settings, "gtk-xft-dpi", &resolution, NULL);
  open_form (f, NULL);
  sp_entry_edit_set (sp_entry_form_get_edit (f->form), "kind", sp_node_new_string ("place"));
  unfold (sp_entry_form_get_content (f->form));
  g_assert_cmpint (get_least_width (f), <=, 360);
  g_object_set (settings, "gtk-xft-dpi", 192 * 1024, NULL);
  g_assert_cmpint (get_least_width (f), <=, 480);
  g_object_set (settings, "gtk-xft-dpi", resolution, NULL);
}

static void
show_entry_cb (SpEntryForm *form, const char *id, char **shown)
{
  *shown = g_strdup (id);
}

static void
test_twins (FormFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (&f->store, "asset:a", NULL, "{'type':'asset','kind':'group','name':'Knit and Natter',"
                                     "'address':{'postal_code':'CA15 6LW'},'contacts':[{'id':'c1','phone':'01632 960001'}]}", NULL);
  g_autofree char *shown = NULL;
  GtkWidget *twins;

  open_form (f, NULL);
  twins = find_widget (GTK_WIDGET (f->form), g_type_from_name ("SpFormTwins"));
  g_signal_connect (f->form, "show-entry", G_CALLBACK (show_entry_cb), &shown);
  g_assert_false (gtk_widget_get_visible (twins));
  fill_in (f);
  WAIT_FOR (gtk_widget_get_visible (twins));
  gtk_widget_activate (find_widget (twins, GTK_TYPE_BUTTON));
  WAIT_FOR (f->form == NULL);
  g_assert_cmpstr (shown, ==, "asset:a");
  g_assert_cmpuint (sp_draft_list_get_size (f->drafts), ==, 0);
}

static gboolean
is_date_asked (FormFixture *f)
{
  return gtk_widget_get_visible (gtk_widget_get_parent (GTK_WIDGET (get_field (f, "visible.until"))));
}

/* What a list hides for good has a last day long ago: nobody is shown that. */
static void
test_hidden (FormFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (&f->store, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed',"
                                     "'categories':['mens-group'],'visible':{'until':'1970-01-01'}}", NULL);
  GtkCheckButton *never;

  open_form (f, "asset:a");
  never = GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (get_field (f, "visible")), GTK_TYPE_CHECK_BUTTON));
  g_assert_true (gtk_check_button_get_active (never));
  g_assert_false (is_date_asked (f));
  g_assert_false (sp_entry_edit_is_changed (sp_entry_form_get_edit (f->form)));
  gtk_check_button_set_active (never, FALSE);
  g_assert_true (is_date_asked (f));
  sp_entry_form_save (f->form);
  WAIT_FOR (f->form == NULL);
  assert_stored (f, "asset:a", "visible.until", NULL);
}

/* A click by mistake can be taken back, and a form that begins anew shows what is there. */
static void
test_hide (FormFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (&f->store, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed',"
                                     "'categories':['mens-group'],'visible':{'from':'2026-12-01','until':'2027-01-31'}}", NULL);
  GtkCheckButton *never;
  SpEntryEdit *edit;

  open_form (f, "asset:a");
  edit = sp_entry_form_get_edit (f->form);
  never = GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (get_field (f, "visible")), GTK_TYPE_CHECK_BUTTON));
  g_assert_false (gtk_check_button_get_active (never));
  g_assert_true (is_date_asked (f));
  gtk_check_button_set_active (never, TRUE);
  g_assert_cmpstr (sp_entry_edit_get_text (edit, "visible.until"), ==, "1970-01-01");
  g_assert_null (sp_entry_edit_get (edit, "visible.from")); /* it would be after that */
  gtk_check_button_set_active (never, FALSE);
  g_assert_false (sp_entry_edit_is_changed (edit));
  sp_entry_edit_set (edit, "visible.from", NULL);
  sp_entry_edit_set (edit, "visible.until", sp_node_new_string ("1970-01-01"));
  g_assert_true (gtk_check_button_get_active (never));
  sp_entry_form_save (f->form);
  WAIT_FOR (f->form == NULL);
  assert_stored (f, "asset:a", "visible.until", "1970-01-01");
}

#define TEST(name, function) g_test_add ("/entry-form/" name, FormFixture, NULL, set_up_form, function, tear_down_form)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST ("venue-is-place", test_venue_is_place);
  TEST ("every-member", test_every_member);
  TEST ("add", test_add);
  TEST ("incomplete", test_incomplete);
  TEST ("edit", test_edit);
  TEST ("unchanged", test_unchanged);
  TEST ("merged", test_merged);
  TEST ("clash", test_clash);
  TEST ("deleted-meanwhile", test_deleted_meanwhile);
  TEST ("draft-of-new", test_draft_of_new);
  TEST ("old-draft", test_old_draft);
  TEST ("kinds", test_kinds);
  TEST ("fits", test_fits);
  TEST ("twins", test_twins);
  TEST ("hidden", test_hidden);
  TEST ("hide", test_hide);
  return run_gtk_tests ();
}
