/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came from others, in the window: the badge, the list, deciding between versions, submissions, what is new. */
#include "details-fixture.h"

#include "sp-conflict-window.h"
#include "sp-difference-card.h"
#include "sp-edit.h"
#include "sp-entry-form.h"
#include "sp-news.h"
#include "sp-submission-window.h"
#include "sp-submissions.h"
#include "sp-updates-badge.h"
#include "sp-updates-window.h"

static const SpEditStamp ann = { "ann", "2026-11-20T10:00:00Z", SP_EDIT_BY_PERSON };

static char *
save (SpDb *db, const char *id, const char *parent, const char *json)
{
  g_autoptr (SpNode) changes = parse_quotes (json);
  g_autoptr (GError) error = NULL;
  char *rev = NULL;

  sp_edit_save (db, id, parent, changes, &ann, &rev, &error);
  g_assert_no_error (error);
  return rev;
}

/* A shed that two people changed: two members collide. */
static void
put_conflict (SpDb *db)
{
  g_autofree char *first = save (db, "asset:shed", NULL, "{'type':'asset','kind':'group','name':'Shed','url':'https://a.example.org','summary':'A shed'}");
  g_autofree char *mine = save (db, "asset:shed", first, "{'url':'https://mine.example.org','summary':'My shed'}");
  g_autofree char *json = g_strdelimit (g_strdup ("{'type':'asset','kind':'group','name':'Shed','url':'https://theirs.example.org','summary':'Their shed',"
                                                  "'free':true,'modified':{'by':'bob','on':'2026-11-21T10:00:00Z'}}"), "'", '"');
  const char *history[] = { "2-00000000000000000000000000000001", first, NULL };

  g_assert_true (sp_docs_put_history (db, "asset:shed", history, FALSE, json, -1, NULL, NULL));
}

static void
put_submission (SpDb *db)
{
  g_autofree char *hall = save (db, "asset:club", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Club','status':'active','categories':['lunch-club'],"
                                                        "'summary':'A club','url':'https://club.example.org'}");
  g_autoptr (SpNode) changes = parse_quotes ("{'summary':'A warm club','url':'https://warm.example.org'}");
  g_autofree char *id = sp_submissions_propose (db, "ann", "asset:club", hall, changes, "They asked me to", &ann, NULL);

  g_assert_nonnull (id);
}

static void
put_news (SpDb *db)
{
  gint64 before;

  g_assert_true (sp_db_begin (db, NULL));
  before = sp_db_get_seq (db, NULL);
  g_free (save (db, "asset:soup", NULL, "{'type':'asset','kind':'group','name':'Sunday Soup'}"));
  g_assert_true (sp_news_note (db, before, NULL));
  g_assert_true (sp_db_commit (db, NULL));
}

typedef enum { CONFLICT = 1, SUBMISSION = 2, NEWS = 4 } What;

static void
set_up_updates (WindowFixture *f, gconstpointer what)
{
  SpDb *db;

  set_up_path (f, NULL);
  db = sp_db_open (f->path, SP_DB_WRITE, NULL);
  if (GPOINTER_TO_UINT (what) & CONFLICT)
    put_conflict (db);
  if (GPOINTER_TO_UINT (what) & SUBMISSION)
    put_submission (db);
  if (GPOINTER_TO_UINT (what) & NEWS)
    put_news (db);
  sp_db_close (db);
  open_window (f);
}

/* ---- words for the tests ---- */

static GtkWidget *
badge_of (WindowFixture *f)
{
  return find_type (f->window, SP_TYPE_UPDATES_BADGE);
}

static gboolean
badge_says (WindowFixture *f, const char *number)
{
  return badge_of (f) != NULL && find_text (badge_of (f), number) != NULL;
}

static GtkWindow *
open_updates (WindowFixture *f)
{
  GtkWindow *window;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.updates", NULL);
  window = find_window (SP_TYPE_UPDATES_WINDOW);
  WAIT (find_part (window, "") != NULL);
  return window;
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LIST_BOX_ROW (widget) && find_text (widget, text) != NULL;
}

static void
click_row (GtkWindow *window, const char *title)
{
  GtkWidget *row;

  WAIT ((row = find_widget (GTK_WIDGET (window), is_row_of, title)) != NULL);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
}

/* The radio button of a version, in the card about a part. */
static void
choose (GtkWindow *window, const char *part, const char *text)
{
  GtkWidget *card = find_type (window, SP_TYPE_DIFFERENCE_CARD), *label;

  while (find_text (card, part) == NULL)
    card = gtk_widget_get_next_sibling (card);
  label = find_text (card, text);
  g_assert_nonnull (label);
  gtk_widget_activate (gtk_widget_get_ancestor (label, GTK_TYPE_CHECK_BUTTON));
}

static gboolean
can_press (GtkWindow *window, const char *text)
{
  GtkWidget *button = find_widget (GTK_WIDGET (window), has_label, text);

  return button != NULL && gtk_widget_is_sensitive (button);
}

typedef struct { gboolean ended; char *text; const char *member; } Reading;

static void
member_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, NULL);

  reading->text = g_strdup (entry == NULL ? "?" : entry->deleted ? "-" : sp_asset_get_text (entry->asset, reading->member));
  reading->ended = TRUE;
}

/* What the store says; "-" of what was deleted. */
static gboolean
says_in_store (WindowFixture *f, const char *id, const char *member, const char *expected)
{
  Reading reading = { FALSE, NULL, member };
  g_autofree char *text = NULL;

  sp_store_get_async (sp_browser_get_store (browser_of (f)), id, NULL, member_read_cb, &reading);
  while (!reading.ended)
    g_main_context_iteration (NULL, TRUE);
  text = reading.text;
  return g_strcmp0 (text, expected) == 0;
}

static void
undo (WindowFixture *f)
{
  WAIT (sp_changes_can_undo (sp_window_get_changes (f->window)));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
}

/* ---- the badge and the list ---- */

static void
test_badge (WindowFixture *f, gconstpointer data)
{
  GtkWidget *button;

  WAIT (badge_says (f, "2"));
  button = find_type (badge_of (f), GTK_TYPE_BUTTON);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "1 entry needs a decision, 1 submission waits, 1 entry is new");
  g_signal_emit_by_name (button, "clicked");
  WAIT (find_window (SP_TYPE_UPDATES_WINDOW) != NULL);
}

/* Nothing is there to be seen while nothing waits. */
static void
test_quiet (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window = open_updates (f);

  WAIT (find_text (window, "Nothing New") != NULL);
  g_assert_null (badge_of (f));
}

static void
test_seen (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window = open_updates (f);

  WAIT (badge_says (f, "1"));
  WAIT (find_part (window, "ann · 20 November 2026") != NULL);
  g_assert_nonnull (find_part (window, "Added"));
  click_row (window, "Sunday Soup");
  WAIT (g_strcmp0 (sp_browser_get_selected (browser_of (f)), "asset:soup") == 0);
  press (window, "Mark as Seen");
  WAIT (find_text (window, "Nothing New") != NULL);
  WAIT (badge_of (f) == NULL);
}

/* ---- between versions ---- */

static GtkWindow *
open_conflict (WindowFixture *f)
{
  GtkWindow *window;

  click_row (open_updates (f), "Shed");
  window = find_window (SP_TYPE_CONFLICT_WINDOW);
  WAIT (find_part (window, "You and bob both changed “Shed”") != NULL);
  return window;
}

static void
test_decide (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window = open_conflict (f);

  g_assert_nonnull (find_part (window, "bob · 21 November 2026"));
  g_assert_nonnull (find_text (window, "2 are still to be chosen."));
  g_assert_null (find_part (window, "Free")); /* what does not collide is not asked */
  choose (window, "Web address", "https://theirs.example.org");
  g_assert_nonnull (find_text (window, "One is still to be chosen."));
  g_assert_false (can_press (window, "Save"));
  choose (window, "In one sentence", "My shed");
  press (window, "Save");
  WAIT (find_window (SP_TYPE_CONFLICT_WINDOW) == NULL);
  WAIT (says_in_store (f, "asset:shed", "url", "https://theirs.example.org"));
  g_assert_true (says_in_store (f, "asset:shed", "summary", "My shed"));
  WAIT (badge_of (f) == NULL);
  WAIT (find_text (f->window, "“Shed” decided") != NULL);
}

/* What stands in the result can be typed over; what does not fit cannot be saved. */
static void
test_type (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window = open_conflict (f);
  GtkWidget *card = find_type (window, SP_TYPE_DIFFERENCE_CARD);

  press (window, "All of Yours");
  g_assert_true (can_press (window, "Save"));
  while (find_text (card, "Web address") == NULL)
    card = gtk_widget_get_next_sibling (card);
  gtk_editable_set_text (GTK_EDITABLE (find_type (card, GTK_TYPE_ENTRY)), "no address");
  g_assert_false (can_press (window, "Save"));
  g_assert_nonnull (find_part (card, "This is not a web address"));
  gtk_editable_set_text (GTK_EDITABLE (find_type (card, GTK_TYPE_ENTRY)), "www.shed.example.org");
  press (window, "Save");
  WAIT (says_in_store (f, "asset:shed", "url", "https://www.shed.example.org"));
  g_assert_true (says_in_store (f, "asset:shed", "summary", "My shed"));
  undo (f);
  WAIT (says_in_store (f, "asset:shed", "summary", "My shed") || says_in_store (f, "asset:shed", "summary", "Their shed"));
  WAIT (!says_in_store (f, "asset:shed", "url", "https://www.shed.example.org"));
  WAIT (badge_of (f) != NULL);
  window = open_conflict (f); /* it is asked again, of the same two */
  g_assert_nonnull (find_part (window, "bob · 21 November 2026"));
  g_assert_nonnull (find_text (window, "2 are still to be chosen."));
  g_assert_false (sp_changes_can_redo (sp_window_get_changes (f->window)));
}

static void
test_keep_both (WindowFixture *f, gconstpointer data)
{
  guint before = count_results (f);

  press (open_conflict (f), "Keep Both as Two Entries");
  WAIT (find_window (SP_TYPE_CONFLICT_WINDOW) == NULL);
  WAIT (count_results (f) == before + 1);
  g_assert_true (says_in_store (f, "asset:shed", "summary", "My shed"));
  undo (f);
  WAIT (count_results (f) == before);
  WAIT (badge_of (f) != NULL);
}

/* Somebody else decides while the window is open. */
static void
test_decided_elsewhere (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window = open_conflict (f);
  SpConflictWindow *other = sp_conflict_window_new (GTK_WINDOW (f->window), sp_browser_get_store (browser_of (f)),
                                                    sp_window_get_changes (f->window), "asset:shed");

  g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &other);
  gtk_window_present (GTK_WINDOW (other));
  WAIT (find_text (other, "All by bob") != NULL);
  press (other, "All by bob");
  press (other, "Save");
  WAIT (other == NULL);
  press (window, "All of Yours");
  press (window, "Save");
  WAIT (find_text (window, "Nothing Left to Decide") != NULL);
  g_assert_true (says_in_store (f, "asset:shed", "summary", "Their shed"));
}

/* ---- submissions ---- */

static GtkWindow *
open_submission (WindowFixture *f)
{
  GtkWindow *window;

  click_row (open_updates (f), "Club");
  window = find_window (SP_TYPE_SUBMISSION_WINDOW);
  WAIT (find_text (window, "ann proposes to change “Club”.") != NULL);
  return window;
}

static void
test_accept (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window = open_submission (f);

  g_assert_nonnull (find_text (window, "“They asked me to”"));
  choose (window, "Web address", "https://club.example.org"); /* that part stays */
  press (window, "Accept");
  WAIT (find_window (SP_TYPE_SUBMISSION_WINDOW) == NULL);
  WAIT (says_in_store (f, "asset:club", "summary", "A warm club"));
  g_assert_true (says_in_store (f, "asset:club", "url", "https://club.example.org"));
  WAIT (badge_of (f) == NULL);
  undo (f);
  WAIT (says_in_store (f, "asset:club", "summary", "A club"));
  WAIT (badge_says (f, "1")); /* it waits again */
}

static void
test_decline (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window = open_submission (f);
  GtkWidget *box = gtk_widget_get_parent (find_part (window, "To decline it"));

  g_assert_false (can_press (window, "Decline")); /* not without words */
  gtk_editable_set_text (GTK_EDITABLE (find_type (box, GTK_TYPE_ENTRY)), "It was never warm");
  press (window, "Decline");
  WAIT (find_window (SP_TYPE_SUBMISSION_WINDOW) == NULL);
  WAIT (badge_of (f) == NULL);
  g_assert_true (says_in_store (f, "asset:club", "summary", "A club"));
  gtk_window_destroy (find_window (SP_TYPE_UPDATES_WINDOW));
  sp_changes_set_submits (sp_window_get_changes (f->window), "ann");
  window = open_updates (f);
  WAIT (find_part (window, "It was never warm") != NULL); /* as its author reads it */
}

static void
test_change_and_accept (WindowFixture *f, gconstpointer data)
{
  GtkWindow *form;

  press (open_submission (f), "Change and Accept…");
  form = find_window (SP_TYPE_ENTRY_FORM);
  g_assert_cmpstr (sp_entry_form_get_notice (SP_ENTRY_FORM (form)), ==, "This is what ann proposes. What you save is accepted.");
  sp_entry_edit_set (sp_entry_form_get_edit (SP_ENTRY_FORM (form)), "summary", sp_node_new_string ("A very warm club"));
  sp_entry_form_save (SP_ENTRY_FORM (form));
  WAIT (find_window (SP_TYPE_ENTRY_FORM) == NULL);
  WAIT (says_in_store (f, "asset:club", "summary", "A very warm club"));
  g_assert_true (says_in_store (f, "asset:club", "url", "https://warm.example.org"));
  WAIT (badge_of (f) == NULL);
}

/* A contributor sees what became of it, decides on nothing, and may take it back. */
static void
test_contributor (WindowFixture *f, gconstpointer data)
{
  GtkWindow *updates, *window;

  sp_changes_set_submits (sp_window_get_changes (f->window), "ann");
  WAIT (badge_of (f) == NULL);
  updates = open_updates (f);
  WAIT (find_part (updates, "Waits for an editor") != NULL);
  g_assert_null (find_text (updates, "Needs a Decision"));
  g_assert_nonnull (find_text (updates, "What You Proposed"));
  click_row (updates, "Club");
  window = find_window (SP_TYPE_SUBMISSION_WINDOW);
  WAIT (find_text (window, "ann proposes to change “Club”.") != NULL);
  g_assert_null (find_widget (GTK_WIDGET (window), has_label, "Accept"));
  press (window, "Take Back");
  WAIT (find_text (updates, "Nothing New") != NULL);
}

#define TEST(name, function, what) g_test_add ("/updates-window/" name, WindowFixture, GUINT_TO_POINTER (what), set_up_updates, function, tear_down_window)

static void
add_tests (void)
{
  TEST ("badge", test_badge, CONFLICT | SUBMISSION | NEWS);
  TEST ("quiet", test_quiet, 0);
  TEST ("seen", test_seen, NEWS);
  TEST ("decide", test_decide, CONFLICT);
  TEST ("type", test_type, CONFLICT);
  TEST ("keep-both", test_keep_both, CONFLICT);
  TEST ("decided-elsewhere", test_decided_elsewhere, CONFLICT);
  TEST ("accept", test_accept, SUBMISSION);
  TEST ("decline", test_decline, SUBMISSION);
  TEST ("change-and-accept", test_change_and_accept, SUBMISSION);
  TEST ("contributor", test_contributor, CONFLICT | SUBMISSION);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add_tests);
}
