/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sharing in the window: what the test of an address explains, what the header says, where passwords are asked for, and that
 * nothing is sent without one. */
#include "town-fixture.h"

/* ── The test of an address ── */

static void
test_explains (Town *f, gconstpointer data)
{
  static const struct { guint status; const char *password; const char *words; } cases[] = {
    { 200, "secret", "It works: 0 documents are there." },
    { 200, "wrong", "Name or password is wrong." },
    { 403, "secret", "This account may not read the list." },
    { 404, "secret", "The server is there, but has no list of that name." },
    { 500, "secret", "The server is in trouble" },
  };
  SpSharingPage *page = open_page (f);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      f->status = cases[i].status;
      fill_in (f, page, cases[i].password);
      press (page, "_Test");
      WAIT_FOR_TEXT (page, cases[i].words);
    }
  type_in (page, "_Address", "http://signpost.example.org/maryport");
  f->logins = 0;
  press (page, "_Test");
  WAIT_FOR_TEXT (page, "The address begins with https://");
  type_in (page, "_Address", "http://127.0.0.1:1/town");
  press (page, "_Test");
  WAIT_FOR_TEXT (page, "Nobody answers at that address.");
  g_assert_cmpuint (f->logins, ==, 0);
  g_assert_false (sp_sharing_is_set_up (sharing_of (f))); /* a test sets up nothing */
  gtk_widget_activate_action (GTK_WIDGET (page), "window.close", NULL);
}

/* What is found is true of the address that was tested, not of the one that stands there then. */
static void
test_edited (Town *f, gconstpointer data)
{
  SpSharingPage *page = open_page (f);

  fill_in (f, page, "secret");
  press (page, "_Test");
  g_assert_nonnull (find_widget (GTK_WIDGET (page), is_labelled, "Testing…"));
  type_in (page, "_Address", "https://signpost.example.org/maryport");
  g_assert_nonnull (find_widget (GTK_WIDGET (page), is_labelled, "_Test"));
  for (guint i = 0; i < 50; i++)
    {
      g_usleep (4000);
      spin ();
    }
  g_assert_null (find_widget (GTK_WIDGET (page), begins, "It works"));
  gtk_widget_activate_action (GTK_WIDGET (page), "window.close", NULL);
}

/* ── Connecting ── */

static void
test_connects (Town *f, gconstpointer data)
{
  SpSharingPage *page = open_page (f);

  g_assert_null (status_of (f)); /* nothing to say yet */
  fill_in (f, page, "secret");
  press (page, "C_onnect");
  WAIT_FOR_HEADER ("Synced just now");
  g_assert_cmpstr (keyring->password, ==, "secret");
  f->status = 503;
  sp_sharing_sync_now (sharing_of (f));
  WAIT_FOR_HEADER ("Offline since");
  f->status = 403;
  sp_sharing_sync_now (sharing_of (f));
  WAIT_FOR_HEADER ("No access to the list");
  f->status = 200;
  sp_sharing_sync_now (sharing_of (f));
  WAIT_FOR_HEADER ("Synced just now");
  sp_sharing_pause (sharing_of (f));
  WAIT_FOR_HEADER ("Sync stopped");
  sp_sharing_disconnect (sharing_of (f));
  WAIT (status_of (f) == NULL);
  g_assert_null (keyring->password);
}

/* Without a keyring the password is asked for each time, and that is said. */
static void
test_no_keyring (Town *f, gconstpointer data)
{
  const SpSharingAccount account = { f->address, (char *) "ann", (char *) "" };
  GtkWidget *entry;

  keyring->keeps = FALSE;
  sp_sharing_connect (sharing_of (f), &account, "secret");
  WAIT_FOR_HEADER ("Synced just now");
  gtk_window_destroy (GTK_WINDOW (f->window.window));
  open_window (&f->window);
  WAIT_FOR_HEADER ("Password needed");
  g_assert_null (sp_sharing_get_sync (sharing_of (f)));
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_type (status_of (f), GTK_TYPE_MENU_BUTTON)));
  WAIT (find_type (status_of (f), GTK_TYPE_PASSWORD_ENTRY) != NULL);
  WAIT_FOR_TEXT (status_of (f), "This computer keeps no passwords");
  entry = find_type (status_of (f), GTK_TYPE_PASSWORD_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "wrong");
  g_signal_emit_by_name (entry, "activate");
  WAIT_FOR_HEADER ("Wrong name or password");
  gtk_editable_set_text (GTK_EDITABLE (entry), "secret");
  g_signal_emit_by_name (entry, "activate");
  WAIT_FOR_HEADER ("Synced just now");
}

/* Whom the store knows to have what it has. */
static guint
count_peers (Town *f)
{
  g_autoptr (SpDb) db = sp_db_open (f->window.path, SP_DB_READ, NULL);
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) FROM peer", NULL);
  gboolean has_row;

  g_assert_true (sp_db_step (db, stmt, &has_row, NULL) && has_row);
  return (guint) sqlite3_column_int (stmt, 0);
}

/* Nothing is kept for the sake of a server that one has left, though one could not even log in there. */
static void
test_leaves (Town *f, gconstpointer data)
{
  const SpSharingAccount account = { f->address, (char *) "ann", (char *) "" };

  keyring->keeps = FALSE;
  sp_sharing_connect (sharing_of (f), &account, "secret");
  WAIT_FOR_HEADER ("Synced just now");
  gtk_window_destroy (GTK_WINDOW (f->window.window));
  open_window (&f->window);
  WAIT_FOR_HEADER ("Password needed");
  g_assert_cmpuint (count_peers (f), ==, 1);
  sp_sharing_disconnect (sharing_of (f));
  WAIT (count_peers (f) == 0);
}

/* A password goes with its account, also when another one takes its place. */
static void
test_other_account (Town *f, gconstpointer data)
{
  const SpSharingAccount jo = { f->address, (char *) "jo", (char *) "" };
  const SpSharingAccount ann = { f->address, (char *) "ann", (char *) "" };

  sp_sharing_connect (sharing_of (f), &jo, "hers");
  WAIT_FOR_HEADER ("Wrong name or password");
  sp_sharing_give_password (sharing_of (f), "another");
  WAIT_FOR_HEADER ("Wrong name or password");
  g_assert_null (keyring->forgotten);
  sp_sharing_connect (sharing_of (f), &ann, "secret");
  WAIT_FOR_HEADER ("Synced just now");
  g_assert_cmpstr (keyring->forgotten, ==, "jo");
  g_assert_cmpstr (keyring->password, ==, "secret");
}

/* Where nobody is named, no password is asked for: it could never help. */
static void
test_nameless (Town *f, gconstpointer data)
{
  const SpSharingAccount account = { f->address, (char *) "", (char *) "" };

  sp_sharing_connect (sharing_of (f), &account, "");
  WAIT_FOR_HEADER ("Name needed");
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_type (status_of (f), GTK_TYPE_MENU_BUTTON)));
  WAIT_FOR_TEXT (status_of (f), "The server lets in only those who have a name");
  g_assert_null (find_type (status_of (f), GTK_TYPE_PASSWORD_ENTRY));
}

static const char *
submitter_of (Town *f)
{
  return sp_changes_get_submits (sp_window_get_changes (f->window.window));
}

/* Who may only propose has a window that proposes, also before the server answers the next time. */
static void
test_role (Town *f, gconstpointer data)
{
  const SpSharingAccount account = { f->address, (char *) "ann", (char *) "" };

  f->session = "{\"ok\":true,\"userCtx\":{\"name\":\"ann\",\"roles\":[\"contributor\"]}}";
  g_assert_null (submitter_of (f));
  sp_sharing_connect (sharing_of (f), &account, "secret");
  WAIT (g_strcmp0 (submitter_of (f), "ann") == 0);
  keyring->keeps = FALSE;
  gtk_window_destroy (GTK_WINDOW (f->window.window));
  open_window (&f->window);
  g_assert_cmpstr (submitter_of (f), ==, "ann");
  f->session = "{\"ok\":true,\"userCtx\":{\"name\":\"ann\",\"roles\":[\"editor\"]}}";
  sp_sharing_connect (sharing_of (f), &account, "secret");
  WAIT (submitter_of (f) == NULL);
}

/* What the server refuses is listed behind the words in the header; one click proposes it, and undo brings it back. */
static void
test_proposes (Town *f, gconstpointer data)
{
  const SpSharingAccount account = { f->address, (char *) "ann", (char *) "" };
  SpChanges *changes = sp_window_get_changes (f->window.window);

  f->refuses = TRUE;
  sp_sharing_connect (sharing_of (f), &account, "secret");
  WAIT_FOR_HEADER ("1 entry refused");
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_type (status_of (f), GTK_TYPE_MENU_BUTTON)));
  WAIT_FOR_TEXT (status_of (f), "Only an editor may change entries"); /* without the id; the name stands above it */
  press (status_of (f), "_Propose");
  WAIT (sp_changes_can_undo (changes));
  WAIT_FOR_TEXT (f->window.window, "Proposed instead: “");
  WAIT_FOR_HEADER ("Synced just now"); /* the proposal was taken */
  g_assert_null (find_widget (GTK_WIDGET (status_of (f)), is_labelled, "_Propose"));
  sp_changes_undo (changes);
  WAIT_FOR_HEADER ("1 entry refused");
}

/* The words in the header are read, not guessed: the search box beside them gives way. */
static void
test_room_for_words (Town *f, gconstpointer data)
{
  const SpSharingAccount account = { f->address, (char *) "ann", (char *) "" };
  int least, wanted;

  sp_sharing_connect (sharing_of (f), &account, "secret");
  WAIT_FOR_HEADER ("Synced just now");
  gtk_widget_measure (find_type (status_of (f), GTK_TYPE_LABEL), GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  g_assert_cmpint (least, >=, wanted * 3 / 4);
}

static void
test_first_run (Town *f, gconstpointer data)
{
  GtkWidget *row = find_widget (GTK_WIDGET (f->window.window), is_titled, "_Connect to a Server");

  g_assert_nonnull (row);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), ==, "app.sharing");
}

static void
add (void)
{
#define ADD(name, count, func) g_test_add ("/sharing/" name, Town, GUINT_TO_POINTER (count), set_up, func, tear_down)
  ADD ("explains", 0, test_explains);
  ADD ("edited", 0, test_edited);
  ADD ("connects", 0, test_connects);
  ADD ("no-keyring", 0, test_no_keyring);
  ADD ("leaves", 1, test_leaves);
  ADD ("other-account", 0, test_other_account);
  ADD ("nameless", 0, test_nameless);
  ADD ("role", 0, test_role);
  ADD ("proposes", 1, test_proposes);
  ADD ("room-for-words", 1, test_room_for_words);
  ADD ("first-run", 0, test_first_run);
#undef ADD
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add);
}
