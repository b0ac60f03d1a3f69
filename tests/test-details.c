/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The details of an entry: that everything it says is to be read, and what one can do from there. */
#include "details-fixture.h"

#include "sp-facts.h"
#include "sp-field.h"
#include "sp-week-window.h"

static void
test_empty (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GtkWidget) details = g_object_ref_sink (sp_details_new ());

  g_assert_nonnull (find_text (details, "Choose an Entry"));
  sp_details_set_browser (SP_DETAILS (details), browser_of (f));
  g_assert_nonnull (find_text (details, "Choose an Entry"));
  sp_browser_select (browser_of (f), "asset:hall");
  WAIT (find_text (details, "Harbour Hall") != NULL);
  g_assert_null (find_text (details, "Choose an Entry"));
  sp_browser_select (browser_of (f), NULL);
  g_assert_nonnull (find_text (details, "Choose an Entry"));
  sp_details_set_browser (SP_DETAILS (details), NULL);
}

/* What stands for a value that is not shown as it is stored. */
static const struct { const char *path; const char *words; } shown_as[] = {
  { "kind", "Place" }, { "categories", "Village hall" }, { "status", "Temporarily closed" }, { "notice.from", "20 November 2026" },
  { "notice.until", "5 December 2026" }, { "visible.from", "2 January 2026" }, { "visible.until", "7 June 2027" },
  { "availability.state", "Waiting list" }, { "availability.on", "1 November 2026" }, { "location.accuracy", "Middle of the postcode" },
  { "venue", "The Dock Estate" }, { "organisation", "Dock Trust" }, { "service_areas", "The north shore" },
  { "contacts.*.visible_to", "Members only" }, { "contacts.*.basis.kind", "The person agreed" }, { "contacts.*.basis.on", "2 March 2026" },
  { "schedules.*.freq", "Every Tuesday" }, { "schedules.*.interval", "Every Tuesday" }, { "schedules.*.byday", "Tuesday" },
  { "schedules.*.opens_at", "10 to 12" }, { "schedules.*.closes_at", "10 to 12" }, { "schedules.*.valid_from", "6 January 2026" },
  { "schedules.*.valid_to", "28 December 2027" }, { "schedules.*.term", "in term time" }, { "schedules.*.bank_holidays", "not on bank holidays" },
  { "schedules.*.booking", "drop in" }, { "schedule_exceptions.*.from", "22 December 2026" }, { "schedule_exceptions.*.until", "29 December 2026" },
  { "schedule_exceptions.*.closed", "Closed" }, { "costs.*.amount", "£18.50" }, { "costs.*.currency", "£" },
  { "eligibility.minimum_age", "16" }, { "eligibility.maximum_age", "99" }, { "eligibility.tags", "Carers" }, { "referral.how", "Ring first" },
  { "accessibility.tags", "Hearing loop" }, { "languages", "English and Polish" }, { "translations", "Dwy ystafell" },
  { "building.capacity", "120 people" }, { "building.floor_area_m2", "310 m²" }, { "building.kitchen", "Kitchen and Wi-Fi" },
  { "building.parking", "24 spaces" }, { "building.wifi", "Kitchen and Wi-Fi" }, { "building.generator", "Generator" },
  { "building.crisis_roles", "Rest centre" }, { "volunteering.wanted", "Volunteers are wanted" }, { "funding.*.amount", "£18000" },
  { "funding.*.currency", "£" }, { "funding.*.from", "1 April 2025" }, { "funding.*.until", "31 March 2027" },
  { "assurance.*.what", "Insurance" }, { "assurance.*.seen_on", "1 April 2026" }, { "known_by.*.visited_on", "16 September 2026" },
  { "checked.times.how", "by phone" }, { "checked.times.on", "3 weeks ago" }, { "checked.place.how", "on a visit" },
  { "checked.place.on", "3 weeks ago" }, { "checked.contact.how", "by those who run it" }, { "checked.contact.on", "13 months ago" },
  { "checked.cost.how", "Taken from a list" }, { "checked.cost.on", "6 years ago" }, { "checked.join.how", "by phone" },
  { "checked.join.on", "3 weeks ago" }, { "checked.building.how", "by phone" }, { "checked.building.on", "3 weeks ago" },
  { "source.retrieved", "3 February 2026" }, { "source.original", "As it was in the list" }, { "source.hand_corrected", "web address" },
  { "created.on", "4 January 2026" }, { "modified.on", "6 October 2026" },
};

/* Nothing to read: bookkeeping, what a thing is told by, and what the map shows. */
static const char *const not_shown[] = {
  "type", "schema", "edit", "free", "location.latitude", "location.longitude", "schedules.*.dtstart", NULL,
};

static const char *
get_expected (const SpNode *body, const char *path)
{
  g_autofree char *first = NULL;
  g_auto (GStrv) halves = g_strsplit (path, ".*.", 2);
  const SpNode *value = sp_node_get_path (body, halves[0]);

  for (guint i = 0; i < G_N_ELEMENTS (shown_as); i++)
    if (strcmp (shown_as[i].path, path) == 0)
      return shown_as[i].words;
  if (halves[0] != NULL && halves[1] != NULL)
    value = sp_node_get_path (sp_node_get_element (value, 0), halves[1]);
  return sp_node_get_string (value);
}

/* Every member that there is has its place: who adds one to the table of fields must show it. */
static void
test_every_member (WindowFixture *f, gconstpointer data)
{
  g_autoptr (SpNode) body = parse_quotes (details_hall);
  guint n;
  const SpField *fields = sp_field_get_all (&n);

  show_details (f, "asset:hall", "Harbour Hall");
  for (guint i = 0; i < n; i++)
    {
      const char *path = fields[i].path, *words;
      if (fields[i].type == SP_FIELD_OBJECT || fields[i].type == SP_FIELD_LIST || g_str_has_suffix (path, ".*.id")
          || g_strv_contains (not_shown, path))
        continue;
      words = get_expected (body, path);
      if (words == NULL)
        g_error ("%s: the entry of this test has no such member", path);
      if (find_part (details_of (f), words) == NULL)
        g_error ("%s: “%s” is not to be read", path, words);
    }
  g_assert_nonnull (find_part (details_of (f), "sauna")); /* of a newer version */
  g_assert_null (find_part (details_of (f), "Long ago"));
}

static gboolean
is_sensitive_confirm (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_MENU_BUTTON (widget) && gtk_widget_is_sensitive (widget) && find_text (widget, "Still Right") != NULL;
}

/* What matters is said to be unknown; the rest is not there. */
static void
test_unknown (WindowFixture *f, gconstpointer data)
{
  show_details (f, "asset:bare", "Said Nothing");
  g_assert_nonnull (find_text (details_of (f), "The times are not known"));
  g_assert_nonnull (find_text (details_of (f), "Not known: ask before you send anybody"));
  g_assert_nonnull (find_text (details_of (f), "Not known"));
  g_assert_nonnull (find_text (details_of (f), "Whom to ask is not known"));
  g_assert_null (find_text (details_of (f), "Building"));
  g_assert_null (find_text (details_of (f), "How to Join"));
  g_assert_null (find_text (details_of (f), "What Happens Here"));
  g_assert_null (find_widget (details_of (f), is_sensitive_confirm, NULL)); /* there is nothing to confirm */
}

/* In a Welsh window the summary is the Welsh one; what nobody translated is shown as it is. */
static void
test_translated (void)
{
  g_autoptr (SpNode) body = parse_quotes ("{'summary':'Two rooms','description':'By the sea','translations':{'cy':{'summary':'Dwy ystafell'},'pl':1}}");
  SpFacts welsh = { .body = body, .language = (char *) "cy" }, polish = { .body = body, .language = (char *) "pl" };

  g_assert_cmpstr (sp_facts_get_translated (&welsh, "summary"), ==, "Dwy ystafell");
  g_assert_cmpstr (sp_facts_get_translated (&welsh, "description"), ==, "By the sea");
  g_assert_cmpstr (sp_facts_get_translated (&polish, "summary"), ==, "Two rooms");
}

static void
test_links (WindowFixture *f, gconstpointer data)
{
  show_details (f, "asset:hall", "Harbour Hall");
  g_assert_nonnull (find_widget (details_of (f), is_sensitive_confirm, NULL));
  press (details_of (f), "Shanty Choir");
  WAIT (g_strcmp0 (sp_browser_get_selected (browser_of (f)), "asset:choir") == 0);
  WAIT (find_text (details_of (f), "Group") != NULL);
  press (details_of (f), "Harbour Hall");
  WAIT (find_text (details_of (f), "What Happens Here") != NULL);
  press (details_of (f), "Dock Trust");
  WAIT (find_text (details_of (f), "What They Run") != NULL);
}

typedef struct
{
  gboolean done;
  GError  *error;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autofree char *rev = sp_store_save_finish (SP_STORE (source), result, &saving->error);

  saving->done = TRUE;
}

static void
save_elsewhere (WindowFixture *f, const char *id, const char *parent, const char *json)
{
  const SpEditStamp stamp = { "ann", "2026-11-22T10:00:00Z", SP_EDIT_BY_PERSON };
  g_autoptr (SpNode) changes = parse_quotes (json);
  Saving saving = { FALSE, NULL };

  sp_store_save_async (sp_browser_get_store (browser_of (f)), id, parent, changes, &stamp, saved_cb, &saving);
  WAIT (saving.done);
  g_assert_no_error (saving.error);
}

/* What changes elsewhere is seen: the entry itself, and what moves into the hall. */
static void
test_follows (WindowFixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;

  show_details (f, "asset:hall", "Harbour Hall");
  rev = g_strdup (sp_asset_get_rev (sp_browser_get_entry (browser_of (f))));
  save_elsewhere (f, "asset:tots", NULL, "{'type':'asset','kind':'group','name':'Harbour Tots','venue':'asset:hall'}");
  WAIT (find_text (details_of (f), "Harbour Tots") != NULL);
  save_elsewhere (f, "asset:hall", rev, "{'summary':'One room is left'}");
  WAIT (find_text (details_of (f), "One room is left") != NULL);
}

/* ---- the keyboard ---- */

static gboolean
has_focus (WindowFixture *f)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, details_of (f));
}

/* A link that is followed goes away, and the keyboard stays in the details. */
static void
test_focus_follows_link (WindowFixture *f, gconstpointer data)
{
  GtkWidget *link;

  show_details (f, "asset:hall", "Harbour Hall");
  link = find_widget (details_of (f), has_label, "Shanty Choir");
  g_assert_true (gtk_widget_grab_focus (link));
  press (details_of (f), "Shanty Choir");
  WAIT (g_strcmp0 (sp_browser_get_selected (browser_of (f)), "asset:choir") == 0 && find_text (details_of (f), "Group") != NULL);
  g_assert_true (has_focus (f));
}

/* What is made anew has the keyboard where the old had it. */
static void
test_focus_stays_in_row (WindowFixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;

  show_details (f, "asset:hall", "Harbour Hall");
  rev = g_strdup (sp_asset_get_rev (sp_browser_get_entry (browser_of (f))));
  g_assert_true (gtk_widget_grab_focus (find_widget (details_of (f), has_label, "Shanty Choir")));
  save_elsewhere (f, "asset:hall", rev, "{'summary':'One room is left'}");
  WAIT (find_text (details_of (f), "One room is left") != NULL);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == find_widget (details_of (f), has_label, "Shanty Choir"));
}

/* ---- still right ---- */

static void
test_confirm (WindowFixture *f, gconstpointer data)
{
  show_details (f, "asset:hall", "Harbour Hall");
  g_assert_nonnull (find_part (details_of (f), "Taken from a list 6 years ago"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.confirm-how", "(sss)", "asset:hall", "cost", "owner");
  WAIT (find_part (details_of (f), "Confirmed today by those who run it") != NULL);
  g_assert_null (find_part (details_of (f), "Taken from a list 6 years ago"));
  g_assert_nonnull (find_part (details_of (f), "Confirmed 13 months ago by those who run it")); /* of the other groups none */
  WAIT (sp_changes_can_undo (sp_window_get_changes (f->window)));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  WAIT (find_part (details_of (f), "Taken from a list 6 years ago") != NULL);
}

static gboolean
is_confirm (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_MENU_BUTTON (widget) && find_text (widget, data) != NULL;
}

/* Menus are made when they are opened, each time of the entry that is shown then. */
static void
test_confirm_menu (WindowFixture *f, gconstpointer data)
{
  GtkMenuButton *button;

  show_details (f, "asset:hall", "Harbour Hall");
  button = GTK_MENU_BUTTON (find_widget (details_of (f), is_confirm, "Still Right"));
  g_assert_null (gtk_menu_button_get_popover (button));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = NULL, *group = NULL, *how = NULL;
      g_autoptr (GMenuModel) answers = NULL;

      button = GTK_MENU_BUTTON (find_widget (details_of (f), is_confirm, "Still Right"));
      gtk_menu_button_popup (button);
      WAIT (gtk_menu_button_get_popover (button) != NULL && gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (button))));
      g_assert_nonnull (find_text (button, "I Rang"));
      answers = g_menu_model_get_item_link (gtk_menu_button_get_menu_model (button), 0, G_MENU_LINK_SECTION);
      g_assert_true (g_menu_model_get_item_attribute (answers, 1, G_MENU_ATTRIBUTE_TARGET, "(sss)", &id, &group, &how));
      g_assert_cmpstr (id, ==, i == 0 ? "asset:hall" : "asset:choir");
      g_assert_cmpstr (how, ==, "phone");
      gtk_menu_button_popdown (button);
      WAIT (!gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (button))));
      show_details (f, "asset:choir", "Shanty Choir");
    }
}

static void
test_confirm_all (WindowFixture *f, gconstpointer data)
{
  show_details (f, "asset:hall", "Harbour Hall");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.confirm", "(ss)", "asset:hall", "");
  WAIT (find_part (details_of (f), "Checked today by phone") != NULL && find_part (details_of (f), "ago") == NULL);
  g_assert_null (find_part (details_of (f), "Some of this was not checked"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.confirm", "(ss)", "asset:bare", "");
  WAIT (find_part (f->window, "nothing yet that could be confirmed") != NULL);
}

/* ---- copying ---- */

static void
text_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static char *
get_clipboard (WindowFixture *f)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (f->window)), NULL, text_cb, &text);
  WAIT (text != NULL);
  return text;
}

static gboolean
has_tooltip (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static void
expect_copy (WindowFixture *f, const char *button, const char *expected, const char *toast)
{
  GtkWidget *found = find_widget (details_of (f), has_tooltip, button);
  g_autofree char *text = NULL;

  g_assert_nonnull (found);
  gtk_test_accessible_assert_property (found, GTK_ACCESSIBLE_PROPERTY_LABEL, button);
  g_signal_emit_by_name (found, "clicked");
  text = get_clipboard (f);
  g_assert_cmpstr (text, ==, expected);
  g_assert_nonnull (find_text (f->window, toast));
}

static void
test_copy (WindowFixture *f, gconstpointer data)
{
  show_details (f, "asset:hall", "Harbour Hall");
  expect_copy (f, "Copy Number", "01632 960 101", "Telephone number copied");
}

static void
test_copy_address (WindowFixture *f, gconstpointer data)
{
  show_details (f, "asset:hall", "Harbour Hall");
  expect_copy (f, "Copy Address", "2 Sample Street, Elizabeth Dock, Maryport, Cumbria, CA15 6AA", "Address copied");
}

/* As text goes what a public list may tell, and no more. */
static void
test_copy_text (WindowFixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  show_details (f, "asset:hall", "Harbour Hall");
  gtk_widget_activate_action (details_of (f), "details.copy-text", NULL);
  text = get_clipboard (f);
  g_assert_nonnull (strstr (text, "Harbour Hall\nTwo rooms by the sea\nWhen: Tuesday mornings\n"));
  g_assert_nonnull (strstr (text, "Bookings: 01632 960 101\n"));
  g_assert_null (strstr (text, "01632 960 102"));
}

/* ---- the week ---- */

static void
test_week (WindowFixture *f, gconstpointer data)
{
  GtkWindow *week;

  show_details (f, "asset:hall", "Harbour Hall");
  press (details_of (f), "Show the Week");
  WAIT ((week = find_window (SP_TYPE_WEEK_WINDOW)) != NULL && find_text (week, "Shanty Choir") != NULL);
  g_assert_nonnull (find_text (week, "7pm to 9pm"));
  g_assert_nonnull (find_text (week, "Monday 16"));
  WAIT (find_text (week, "Harbour Hall") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (week), "week.next", NULL);
  g_assert_nonnull (find_text (week, "Monday 23"));
  g_assert_nonnull (find_text (week, "23 to 29 November 2026"));
  gtk_widget_activate_action (GTK_WIDGET (week), "week.today", NULL);
  g_assert_nonnull (find_text (week, "Monday 16"));
  press (week, "Shanty Choir");
  WAIT (g_strcmp0 (sp_browser_get_selected (browser_of (f)), "asset:choir") == 0);
  WAIT (find_window (SP_TYPE_WEEK_WINDOW) == NULL);
}

/* Closing the window behind takes the week with it. */
static void
test_week_with_parent (WindowFixture *f, gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.week", "s", "asset:hall");
  g_assert_nonnull (find_window (SP_TYPE_WEEK_WINDOW));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.week", "s", "asset:org");
}

/* ---- narrow ---- */

static int
get_least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static void
test_narrow (WindowFixture *f, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();

  show_details (f, "asset:hall", "Harbour Hall");
  g_assert_cmpint (get_least_width (details_of (f)), <=, 280);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  spin ();
  g_assert_cmpint (get_least_width (details_of (f)), <=, 360);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static void
add_tests (void)
{
  g_test_add ("/details/empty", WindowFixture, NULL, set_up_details, test_empty, tear_down_window);
  g_test_add ("/details/every-member", WindowFixture, NULL, set_up_details, test_every_member, tear_down_window);
  g_test_add ("/details/unknown", WindowFixture, NULL, set_up_details, test_unknown, tear_down_window);
  g_test_add_func ("/details/translated", test_translated);
  g_test_add ("/details/links", WindowFixture, NULL, set_up_details, test_links, tear_down_window);
  g_test_add ("/details/focus/follows-link", WindowFixture, NULL, set_up_details, test_focus_follows_link, tear_down_window);
  g_test_add ("/details/focus/stays-in-row", WindowFixture, NULL, set_up_details, test_focus_stays_in_row, tear_down_window);
  g_test_add ("/details/follows", WindowFixture, NULL, set_up_details, test_follows, tear_down_window);
  g_test_add ("/details/confirm", WindowFixture, NULL, set_up_details, test_confirm, tear_down_window);
  g_test_add ("/details/confirm-menu", WindowFixture, NULL, set_up_details, test_confirm_menu, tear_down_window);
  g_test_add ("/details/confirm-all", WindowFixture, NULL, set_up_details, test_confirm_all, tear_down_window);
  g_test_add ("/details/copy", WindowFixture, NULL, set_up_details, test_copy, tear_down_window);
  g_test_add ("/details/copy-address", WindowFixture, NULL, set_up_details, test_copy_address, tear_down_window);
  g_test_add ("/details/copy-text", WindowFixture, NULL, set_up_details, test_copy_text, tear_down_window);
  g_test_add ("/details/week", WindowFixture, NULL, set_up_details, test_week, tear_down_window);
  g_test_add ("/details/week-with-parent", WindowFixture, NULL, set_up_details, test_week_with_parent, tear_down_window);
  g_test_add ("/details/narrow", WindowFixture, NULL, set_up_details, test_narrow, tear_down_window);
}

int
main (int argc, char **argv)
{
  g_setenv ("SIGNPOST_CLOCK", "2026-11-22T10:00:00Z", TRUE);
  return run_window_tests (&argc, &argv, add_tests);
}
