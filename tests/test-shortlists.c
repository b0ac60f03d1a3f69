/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortlists: their order, what takes a change back, and that they never leave the store. */
#include "store-fixture.h"

#include "sp-backup.h"
#include "sp-erase.h"
#include "sp-store-shortlists.h"

static gboolean
change (StoreFixture *f, const SpShortlistChange *what, SpShortlist **before, SpShortlist **after, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_change_shortlist_async (f->store, what, result_cb, f);
  result = wait_for_result (f);
  return sp_store_change_shortlist_finish (f->store, result, before, after, error);
}

/* Makes a change that must succeed, and gives the list as it was. */
static SpShortlist *
do_change (StoreFixture *f, SpShortlistAction action, gint64 list, const char *id, const char *text, guint position)
{
  const SpShortlistChange what = { action, list, id, text, position, NULL };
  g_autoptr (GError) error = NULL;
  SpShortlist *before = NULL;

  g_assert_true (change (f, &what, &before, NULL, &error));
  g_assert_no_error (error);
  return before;
}

#define DO(action, list, id, text, position) \
  sp_shortlist_free_maybe (do_change (f, SP_SHORTLIST_##action, list, id, text, position))

static void
sp_shortlist_free_maybe (SpShortlist *list)
{
  g_clear_pointer (&list, sp_shortlist_free);
}

static gint64
create (StoreFixture *f, const char *name)
{
  const SpShortlistChange what = { .action = SP_SHORTLIST_CREATE, .text = name };
  g_autoptr (GError) error = NULL;
  g_autoptr (SpShortlist) before = NULL;
  g_autoptr (SpShortlist) after = NULL;

  g_assert_true (change (f, &what, &before, &after, &error));
  g_assert_no_error (error);
  g_assert_null (before);
  g_assert_cmpint (after->n, >, 0);
  return after->n;
}

static void
restore (StoreFixture *f, const SpShortlist *whole)
{
  const SpShortlistChange what = { .action = SP_SHORTLIST_RESTORE, .whole = whole };
  g_autoptr (GError) error = NULL;

  g_assert_true (change (f, &what, NULL, NULL, &error));
  g_assert_no_error (error);
}

static SpShortlist *
get (StoreFixture *f, gint64 n, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_get_shortlist_async (f->store, n, NULL, result_cb, f);
  result = wait_for_result (f);
  return sp_store_get_shortlist_finish (f->store, result, error);
}

static char *
describe (const SpShortlist *list)
{
  GString *out = g_string_new (list->name);

  g_string_append_c (out, ':');
  for (guint i = 0; i < list->items->len; i++)
    {
      const SpShortlistItem *item = g_ptr_array_index (list->items, i);
      g_string_append_printf (out, " %s", item->id);
      if (item->why != NULL)
        g_string_append_printf (out, " (%s)", item->why);
    }
  return g_string_free (out, FALSE);
}

static void
expect (StoreFixture *f, gint64 n, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpShortlist) list = get (f, n, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = describe (list);
  g_assert_cmpstr (found, ==, words);
}

/* "Walks, Food": the names of all lists. */
static void
expect_names (StoreFixture *f, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  sp_store_list_shortlists_async (f->store, NULL, result_cb, f);
  result = wait_for_result (f);
  lists = sp_store_list_shortlists_finish (f->store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < lists->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", ((SpShortlist *) g_ptr_array_index (lists, i))->name);
  g_assert_cmpstr (out->str, ==, words);
}

static gint64
make_walks (StoreFixture *f)
{
  gint64 n = create (f, "Walks");

  DO (ADD, n, "a", NULL, SP_SHORTLIST_END);
  DO (ADD, n, "b", " flat, with a bench ", SP_SHORTLIST_END);
  DO (ADD, n, "c", NULL, SP_SHORTLIST_END);
  return n;
}

static void
test_order (StoreFixture *f, gconstpointer data)
{
  gint64 n = make_walks (f);

  expect (f, n, "Walks: a b (flat, with a bench) c");
  DO (MOVE, n, "c", NULL, 0);
  expect (f, n, "Walks: c a b (flat, with a bench)");
  DO (MOVE, n, "c", NULL, 1);
  expect (f, n, "Walks: a c b (flat, with a bench)");
  DO (MOVE, n, "a", NULL, SP_SHORTLIST_END);
  expect (f, n, "Walks: c b (flat, with a bench) a");
  DO (ADD, n, "b", NULL, 0); /* is there: moves, and keeps its why */
  expect (f, n, "Walks: b (flat, with a bench) c a");
  DO (EXPLAIN, n, "a", "by the sea", 0);
  DO (EXPLAIN, n, "b", NULL, 0);
  DO (REMOVE, n, "c", NULL, 0);
  DO (RENAME, n, NULL, "Short walks", 0);
  expect (f, n, "Short walks: b a (by the sea)");
}

static void
test_taken_back (StoreFixture *f, gconstpointer data)
{
  gint64 n = make_walks (f);
  g_autoptr (SpShortlist) removed = do_change (f, SP_SHORTLIST_REMOVE, n, "b", NULL, 0);
  g_autoptr (SpShortlist) deleted = NULL;
  g_autoptr (GError) error = NULL;

  expect (f, n, "Walks: a c");
  restore (f, removed);
  expect (f, n, "Walks: a b (flat, with a bench) c");
  deleted = do_change (f, SP_SHORTLIST_DELETE, n, NULL, NULL, 0);
  expect_names (f, "");
  g_assert_null (get (f, n, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  restore (f, deleted);
  expect (f, n, "Walks: a b (flat, with a bench) c");
}

static void
test_names (StoreFixture *f, gconstpointer data)
{
  gint64 walks = create (f, " Walks "), food = create (f, "Food");

  expect_names (f, "Food, Walks"); /* the last that changed first */
  DO (ADD, walks, "a", NULL, SP_SHORTLIST_END);
  expect_names (f, "Walks, Food");
  DO (DELETE, food, NULL, NULL, 0);
  expect_names (f, "Walks");
}

/* What is refused changes nothing. */
static void
test_refused (StoreFixture *f, gconstpointer data)
{
  gint64 n = make_walks (f);
  g_autofree char *endless = g_strnfill (SP_SHORTLIST_WHY_MAX + 1, 'x');
  const struct { SpShortlistChange change; SpError code; } cases[] = {
    { { SP_SHORTLIST_CREATE, 0, NULL, "  ", 0, NULL }, SP_ERROR_INVALID },
    { { SP_SHORTLIST_CREATE, 0, NULL, NULL, 0, NULL }, SP_ERROR_INVALID },
    { { SP_SHORTLIST_RENAME, n, NULL, endless, 0, NULL }, SP_ERROR_INVALID },
    { { SP_SHORTLIST_EXPLAIN, n, "a", endless, 0, NULL }, SP_ERROR_INVALID },
    { { SP_SHORTLIST_ADD, n, "d", endless, 0, NULL }, SP_ERROR_INVALID },
    { { SP_SHORTLIST_MOVE, n, "z", NULL, 0, NULL }, SP_ERROR_INVALID },
    { { SP_SHORTLIST_REMOVE, n + 1, "a", NULL, 0, NULL }, SP_ERROR_NOT_FOUND },
    { { SP_SHORTLIST_DELETE, n + 1, NULL, NULL, 0, NULL }, SP_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (change (f, &cases[i].change, NULL, NULL, &error));
      g_assert_error (error, SP_ERROR, (int) cases[i].code);
    }
  expect (f, n, "Walks: a b (flat, with a bench) c");
  expect_names (f, "Walks");
}

static void
test_survives_restart (StoreFixture *f, gconstpointer data)
{
  gint64 n = make_walks (f);

  end_store (f);
  open_fixture_store (f);
  expect (f, n, "Walks: a b (flat, with a bench) c");
}

static gpointer
erase (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  return sp_erase_document (db, id, error) ? g_strdup ("done") : NULL;
}

/* Erasing an entry takes it off the lists, with what was written about it there. */
static void
test_erased (StoreFixture *f, gconstpointer data)
{
  gint64 n = make_walks (f);
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = save_entry (f, "asset:b", NULL, "{'type':'asset','name':'Sea Brows'}", &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *done = NULL;

  g_assert_no_error (error);
  DO (ADD, n, "asset:b", "asked about the step", 1);
  sp_store_write_async (f->store, erase, g_strdup ("asset:b"), g_free, g_free, NULL, result_cb, f);
  result = wait_for_result (f);
  done = sp_store_call_finish (f->store, result, &error);
  g_assert_no_error (error);
  expect (f, n, "Walks: a b (flat, with a bench) c");
}

/* What the entries say is read with the list; a deleted one keeps its line. */
static void
test_entries (StoreFixture *f, gconstpointer data)
{
  gint64 n = make_walks (f);
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = save_entry (f, "a", NULL, "{'type':'asset','name':'Sea Brows'}", &error);
  g_autofree char *tombstone = NULL;
  g_autoptr (SpShortlist) list = get (f, n, &error);
  const SpShortlistItem *item = g_ptr_array_index (list->items, 0);

  g_assert_no_error (error);
  g_assert_cmpstr (sp_asset_get_name (item->asset), ==, "Sea Brows");
  g_assert_null (((SpShortlistItem *) g_ptr_array_index (list->items, 1))->asset);
  tombstone = delete_entry (f, "a", rev, &error);
  g_clear_pointer (&list, sp_shortlist_free);
  list = get (f, n, &error);
  item = g_ptr_array_index (list->items, 0);
  g_assert_cmpstr (item->id, ==, "a");
  g_assert_null (item->asset);
}

/* ---- it never travels ---- */

static gpointer
back_up (SpDb *db, gpointer path, GCancellable *cancellable, GError **error)
{
  gboolean with_private = g_str_has_suffix (path, "-private.db");

  return sp_backup_write (db, path, with_private, cancellable, NULL, NULL, error) ? g_strdup ("done") : NULL;
}

static gboolean
is_in_file (const char *path, const char *words)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return memmem (bytes, length, words, strlen (words)) != NULL;
}

static char *
write_backup (StoreFixture *f, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *done = NULL;
  char *path = g_build_filename (f->files.folder, name, NULL);

  sp_store_read_async (f->store, back_up, g_strdup (path), g_free, g_free, NULL, result_cb, f);
  result = wait_for_result (f);
  done = sp_store_call_finish (f->store, result, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_backup (StoreFixture *f, gconstpointer data)
{
  g_autofree char *plain = NULL;
  g_autofree char *private = NULL;

  make_walks (f);
  plain = write_backup (f, "plain.db");
  private = write_backup (f, "all-private.db");
  g_assert_false (is_in_file (plain, "flat, with a bench"));
  g_assert_false (is_in_file (plain, "Walks"));
  g_assert_true (is_in_file (private, "flat, with a bench"));
  g_assert_cmpuint (f->changed->len, ==, 0); /* no document changed, so no peer hears of it */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/shortlists/order", StoreFixture, NULL, set_up_store, test_order, tear_down_store);
  g_test_add ("/shortlists/taken-back", StoreFixture, NULL, set_up_store, test_taken_back, tear_down_store);
  g_test_add ("/shortlists/names", StoreFixture, NULL, set_up_store, test_names, tear_down_store);
  g_test_add ("/shortlists/refused", StoreFixture, NULL, set_up_store, test_refused, tear_down_store);
  g_test_add ("/shortlists/survives-restart", StoreFixture, NULL, set_up_store, test_survives_restart, tear_down_store);
  g_test_add ("/shortlists/entries", StoreFixture, NULL, set_up_store, test_entries, tear_down_store);
  g_test_add ("/shortlists/erased", StoreFixture, NULL, set_up_store, test_erased, tear_down_store);
  g_test_add ("/shortlists/backup", StoreFixture, NULL, set_up_store, test_backup, tear_down_store);
  return g_test_run ();
}
