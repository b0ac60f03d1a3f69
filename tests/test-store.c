/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpStore: what a program with a main loop sees of a store. */
#include "store-fixture.h"

#include "sp-docs.h"
#include "sp-projection.h"

static gpointer
write_note (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!sp_db_begin (db, error) || !sp_db_set_meta (db, "note", data, error))
    return NULL;
  sp_db_note_change (db, data);
  return sp_db_commit (db, error) ? g_strdup ("written") : NULL;
}

static gpointer
write_and_forget_commit (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  sp_db_begin (db, NULL);
  sp_db_set_meta (db, "note", data, NULL);
  sp_db_note_change (db, data);
  return g_strdup ("left open");
}

static gpointer
read_note (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  char *note = sp_db_get_meta (db, "note");

  return note != NULL ? note : g_strdup ("nothing");
}

static gpointer
count_for_ever (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  sp_db_exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count (*) FROM n", error);
  return NULL;
}

static char *
call_write (StoreFixture *f, SpStoreFunc func, const char *note, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_write_async (f->store, func, g_strdup (note), g_free, g_free, NULL, result_cb, f);
  result = wait_for_result (f);
  return sp_store_call_finish (f->store, result, error);
}

static char *
call_read (StoreFixture *f, SpStoreFunc func, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_read_async (f->store, func, NULL, NULL, g_free, cancellable, result_cb, f);
  result = wait_for_result (f);
  return sp_store_call_finish (f->store, result, error);
}

static void
test_write_then_read (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = call_write (f, write_note, "asset:1", &error);
  g_autofree char *note = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (reply, ==, "written");
  note = call_read (f, read_note, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (note, ==, "asset:1");
  while (f->changed->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (g_ptr_array_index (f->changed, 0), ==, "asset:1");
}

static void
test_open_transaction_is_rolled_back (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = call_write (f, write_and_forget_commit, "asset:2", &error);
  g_autofree char *note = call_read (f, read_note, NULL, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (note, ==, "nothing");
  again = call_write (f, write_note, "asset:3", &error);
  g_assert_no_error (error);
  while (f->changed->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->changed->len, ==, 1); /* what was rolled back changed nothing */
  g_assert_cmpstr (g_ptr_array_index (f->changed, 0), ==, "asset:3");
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_interrupts (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *note = NULL;

  g_timeout_add (20, cancel_cb, cancellable);
  g_assert_null (call_read (f, count_for_ever, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  note = call_read (f, read_note, NULL, NULL); /* the connection is as good as new */
  g_assert_cmpstr (note, ==, "nothing");
}

static void
test_readers_cannot_write (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (call_read (f, write_note, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_READ_ONLY);
}

static void
test_closed (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  close_store (f);
  g_assert_null (call_read (f, read_note, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_FAILED);
}

/* A write that was done before it could be stopped is not said to have failed. */
static gpointer
write_note_and_cancel (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gpointer reply = write_note (db, data, cancellable, error);

  g_cancellable_cancel (cancellable);
  return reply;
}

static void
test_written_is_written (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *reply = NULL;

  sp_store_write_async (f->store, write_note_and_cancel, g_strdup ("asset:4"), g_free, g_free, cancellable, result_cb, f);
  result = wait_for_result (f);
  reply = sp_store_call_finish (f->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reply, ==, "written");
}

static SpStoreEntry *
get_entry (StoreFixture *f, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_get_async (f->store, id, NULL, result_cb, f);
  result = wait_for_result (f);
  return sp_store_get_finish (f->store, result, error);
}

static void
test_save_and_get (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = save_entry (f, "asset:1", NULL, "{'type':'asset','name':'Shed'}", &error);
  g_autofree char *second = NULL;
  g_autoptr (SpStoreEntry) entry = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (g_ptr_array_index (f->changed, 0), ==, "asset:1"); /* heard before the reply */
  second = save_entry (f, "asset:1", first, "{'name':'Men’s Shed'}", &error);
  g_assert_no_error (error);
  entry = get_entry (f, "asset:1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sp_asset_get_id (entry->asset), ==, "asset:1");
  g_assert_cmpstr (sp_asset_get_rev (entry->asset), ==, second);
  g_assert_cmpstr (sp_asset_get_name (entry->asset), ==, "Men’s Shed");
  g_assert_cmpstr (sp_asset_get_text (entry->asset, "modified.by"), ==, "jo@example.org");
  g_assert_false (entry->deleted);
  g_assert_cmpuint (entry->conflicts->len, ==, 0);
  g_assert_null (save_entry (f, "asset:1", first, "{'name':'Too late'}", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
}

static void
test_delete (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autofree char *first = save_entry (f, "asset:1", NULL, "{'type':'asset','name':'Shed'}", NULL);
  g_autofree char *tombstone = delete_entry (f, "asset:1", first, &error);
  g_autoptr (SpStoreEntry) entry = get_entry (f, "asset:1", NULL);

  g_assert_no_error (error);
  g_assert_true (entry->deleted);
  g_assert_cmpstr (sp_asset_get_rev (entry->asset), ==, tombstone);
  g_assert_null (delete_entry (f, "asset:1", tombstone, &again));
  g_assert_error (again, SP_ERROR, SP_ERROR_CONFLICT);
  g_assert_null (get_entry (f, "asset:2", &unknown));
  g_assert_error (unknown, SP_ERROR, SP_ERROR_NOT_FOUND);
}

/* What a peer pushed beside it. */
static gpointer
push_leaf (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const char * const revisions[] = { "1-00000000000000000000000000000000", NULL };

  sp_docs_put_history (db, "asset:1", revisions, FALSE, "{\"type\":\"asset\",\"name\":\"Theirs\"}", -1, NULL, error);
  return NULL;
}

static void
test_conflicts (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ours = save_entry (f, "asset:1", NULL, "{'type':'asset','name':'Ours'}", NULL);
  g_autofree char *none = call_write (f, push_leaf, NULL, &error);
  g_autoptr (SpStoreEntry) entry = get_entry (f, "asset:1", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sp_asset_get_rev (entry->asset), ==, ours);
  g_assert_cmpuint (entry->conflicts->len, ==, 1);
  g_assert_cmpstr (sp_asset_get_name (g_ptr_array_index (entry->conflicts, 0)), ==, "Theirs");
}

/* ---- automatic backups ---- */

static char *
back_up (StoreFixture *f, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_back_up_async (f->store, result_cb, f);
  result = wait_for_result (f);
  return sp_store_back_up_finish (f->store, result, error);
}

static void
test_one_backup_a_day (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (f->files.folder, "backups", NULL);
  g_autofree char *names = NULL;

  while (f->backups->len == 0) /* the store made it without being asked */
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (f->backups, 0), "backups/town-2026-12-01.db"));
  g_assert_null (back_up (f, &error));
  g_assert_no_error (error);
  for (guint day = 2; day <= 9; day++)
    {
      g_autofree char *today = g_strdup_printf ("2026-12-%02u", day);
      g_autofree char *made = NULL;

      g_setenv ("SIGNPOST_CLOCK", today, TRUE);
      made = back_up (f, &error);
      g_assert_no_error (error);
      g_assert_nonnull (strstr (made, today));
    }
  names = join_names (folder);
  g_assert_cmpstr (names, ==, "town-2026-12-03.db town-2026-12-04.db town-2026-12-05.db town-2026-12-06.db"
                              " town-2026-12-07.db town-2026-12-08.db town-2026-12-09.db");
  end_store (f);
  g_ptr_array_set_size (f->backups, 0);
  open_fixture_store (f); /* the same day again */
  g_assert_null (back_up (f, &error)); /* in turn: that of the opening has ended by then */
  g_assert_cmpuint (f->backups->len, ==, 0);
}

static void
test_backup_holds_what_was_saved (StoreFixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;
  g_autofree char *made = NULL;
  g_autoptr (SpDb) db = NULL;

  while (f->backups->len == 0)
    g_main_context_iteration (NULL, TRUE);
  rev = save_entry (f, "asset:1", NULL, "{'type':'asset','name':'Shed'}", NULL);
  g_setenv ("SIGNPOST_CLOCK", "2026-12-02", TRUE);
  made = back_up (f, NULL);
  db = open_store (made, SP_DB_READ);
  g_assert_true (has_doc (db, "asset:1"));
}

typedef struct
{
  GMutex lock;
  GCond  opened;
  gboolean is_open;
} Gate;

static gpointer
wait_at_gate (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->lock);
  while (!gate->is_open)
    g_cond_wait (&gate->opened, &gate->lock);
  g_mutex_unlock (&gate->lock);
  return NULL;
}

/* A backup is made while the writer and all readers are busy with something else: it takes none of them. */
static void
test_backup_holds_up_nobody (StoreFixture *f, gconstpointer data)
{
  enum { READERS = 3 };
  Gate gate = { .is_open = FALSE };
  StoreFixture busy[1 + READERS] = { { .store = f->store } };
  g_autofree char *made = NULL;

  while (f->backups->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_setenv ("SIGNPOST_CLOCK", "2026-12-02", TRUE);
  sp_store_write_async (f->store, wait_at_gate, &gate, NULL, NULL, NULL, result_cb, &busy[0]);
  for (guint i = 1; i <= READERS; i++)
    sp_store_read_async (f->store, wait_at_gate, &gate, NULL, NULL, NULL, result_cb, &busy[i]);
  made = back_up (f, NULL);
  g_assert_nonnull (made);
  g_mutex_lock (&gate.lock);
  gate.is_open = TRUE;
  g_cond_broadcast (&gate.opened);
  g_mutex_unlock (&gate.lock);
  for (guint i = 0; i <= READERS; i++)
    g_object_unref (wait_for_result (&busy[i]));
}

static void
set_up_without_folder (StoreFixture *f, gconstpointer data)
{
  g_autofree char *name = NULL;

  set_up (&f->files, NULL);
  name = g_build_filename (f->files.folder, "backups", NULL);
  g_assert_true (g_file_set_contents (name, "in the way", -1, NULL));
  f->changed = g_ptr_array_new_with_free_func (g_free);
  f->backups = g_ptr_array_new_with_free_func (g_free);
  open_fixture_store (f);
}

static void
test_backup_fails (StoreFixture *f, gconstpointer data)
{
  while (f->no_backup == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (f->no_backup, SP_ERROR, SP_ERROR_READ_ONLY);
  g_assert_cmpuint (f->backups->len, ==, 0);
}

static void
set_up_clock (StoreFixture *f, gconstpointer data)
{
  g_setenv ("SIGNPOST_CLOCK", "2026-12-01T10:00:00Z", TRUE);
  set_up_store (f, data);
}

static void
tear_down_clock (StoreFixture *f, gconstpointer data)
{
  tear_down_store (f, data);
  g_unsetenv ("SIGNPOST_CLOCK");
}

/* Two batches, each of which leaves a piece of the index, and a log that grew. */
static gpointer
write_batches (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  sp_db_gather (db);
  for (guint i = 0; i < 1200; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      g_autoptr (SpNode) body = sp_node_parse ("{\"name\":\"Hall\",\"location\":{\"latitude\":54,\"longitude\":-3}}", -1, NULL);
      const gboolean first = i % 600 == 0, last = i % 600 == 599;

      if ((first && (!sp_db_begin (db, error) || !sp_projection_begin_batch (db, TRUE, error)))
          || !sp_docs_put (db, id, NULL, FALSE, body, NULL, error)
          || (last && (!sp_projection_end_batch (db, error) || !sp_db_commit (db, error))))
        return NULL;
    }
  return g_strdup ("written");
}

static gpointer
count_pieces (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (DISTINCT segid) FROM near_idx", error);

  return stmt != NULL && sp_db_step (db, stmt, &has_row, error) ? g_strdup ((const char *) sqlite3_column_text (stmt, 0)) : NULL;
}

static gpointer
tell_whether_it_gathers (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return g_strdup (sp_db_gathers (db) ? "gathers" : "folded");
}

/* What many entries left in pieces becomes one while the store stays open, and the log becomes short. */
static void
test_pieces_are_merged (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = call_write (f, write_batches, NULL, &error);
  g_autofree char *before = NULL;
  g_autofree char *pieces = NULL;
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  before = call_write (f, tell_whether_it_gathers, NULL, &error);
  g_assert_cmpstr (before, ==, "gathers");
  pieces = call_read (f, count_pieces, NULL, &error);
  g_assert_cmpstr (pieces, ==, "2");
  while (g_strcmp0 (pieces, "1") != 0)
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (pieces);
      pieces = call_read (f, count_pieces, NULL, &error);
      g_assert_no_error (error);
    }
  after = call_write (f, tell_whether_it_gathers, NULL, &error); /* after the job that merged */
  g_assert_cmpstr (after, ==, "folded");
}

/* A pull that leaves the index of what is near behind. */
static gpointer
write_pull (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gpointer written;

  if (!sp_db_begin (db, error) || !sp_projection_fall_behind (db, G_MAXUINT, error))
    return NULL;
  written = write_batches (db, data, cancellable, error);
  return sp_db_commit (db, error) ? written : NULL;
}

static gpointer
tell_last (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  char *last = sp_db_get_meta (db, "near");

  return last != NULL ? last : g_strdup ("all");
}

/* Who opens a store writes the first piece of what the index lacks, then has whatever else is asked for its turn, and so on. */
static void
test_catches_up (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = NULL, *last = NULL, *pieces = NULL;
  SpDb *db;

  end_store (f);
  db = sp_db_open (f->files.path, SP_DB_WRITE, &error);
  g_assert_no_error (error);
  reply = write_pull (db, NULL, NULL, &error);
  g_assert_no_error (error);
  sp_db_close (db);
  open_fixture_store (f);
  last = call_write (f, tell_last, NULL, &error);
  g_assert_cmpstr (last, ==, "1000"); /* of 1,200: asked for before the main loop ran again */
  while (g_strcmp0 (last, "all") != 0)
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (last);
      last = call_read (f, tell_last, NULL, &error);
      g_assert_no_error (error);
    }
  g_free (last);
  last = call_write (f, tell_last, NULL, &error); /* after the job that merged */
  pieces = call_read (f, count_pieces, NULL, &error);
  g_assert_cmpstr (pieces, ==, "1");
}

/* A store that is closed at once is completed then, if that is quickly done, or when it is opened next. */
static void
test_catches_up_when_closed (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = call_write (f, write_pull, NULL, &error);
  gint64 mark = 0;
  SpDb *db;

  g_assert_no_error (error);
  end_store (f);
  db = sp_db_open (f->files.path, SP_DB_WRITE, &error);
  {
    g_autofree char *last = tell_last (db, NULL, NULL, NULL);

    mark = g_ascii_strtoll (last, NULL, 10);
    g_assert_true (mark == 1000 || strcmp (last, "all") == 0); /* at least a piece */
  }
  sp_db_close (db);
  open_fixture_store (f);
}

static gpointer
find_damage (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  sp_db_take_error (db, SQLITE_CORRUPT, error);
  return NULL;
}

/* Nothing is written to a store that turned out to be damaged, also when it is closed. */
static void
test_damaged_is_left (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = call_write (f, write_batches, NULL, &error);
  g_autofree char *pieces = NULL;

  g_assert_no_error (error);
  g_assert_null (call_write (f, find_damage, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_DAMAGED);
  g_clear_error (&error);
  end_store (f);
  open_fixture_store (f);
  pieces = call_read (f, count_pieces, NULL, &error);
  g_assert_cmpstr (pieces, ==, "2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/store/write-then-read", StoreFixture, NULL, set_up_store, test_write_then_read, tear_down_store);
  g_test_add ("/store/open-transaction-is-rolled-back", StoreFixture, NULL, set_up_store, test_open_transaction_is_rolled_back, tear_down_store);
  g_test_add ("/store/cancel-interrupts", StoreFixture, NULL, set_up_store, test_cancel_interrupts, tear_down_store);
  g_test_add ("/store/readers-cannot-write", StoreFixture, NULL, set_up_store, test_readers_cannot_write, tear_down_store);
  g_test_add ("/store/closed", StoreFixture, NULL, set_up_store, test_closed, tear_down_store);
  g_test_add ("/store/written-is-written", StoreFixture, NULL, set_up_store, test_written_is_written, tear_down_store);
  g_test_add ("/store/save-and-get", StoreFixture, NULL, set_up_store, test_save_and_get, tear_down_store);
  g_test_add ("/store/delete", StoreFixture, NULL, set_up_store, test_delete, tear_down_store);
  g_test_add ("/store/conflicts", StoreFixture, NULL, set_up_store, test_conflicts, tear_down_store);
  g_test_add ("/store/pieces-are-merged", StoreFixture, NULL, set_up_store, test_pieces_are_merged, tear_down_store);
  g_test_add ("/store/catches-up", StoreFixture, NULL, set_up_store, test_catches_up, tear_down_store);
  g_test_add ("/store/catches-up/when-closed", StoreFixture, NULL, set_up_store, test_catches_up_when_closed, tear_down_store);
  g_test_add ("/store/damaged-is-left", StoreFixture, NULL, set_up_store, test_damaged_is_left, tear_down_store);
  g_test_add ("/store/one-backup-a-day", StoreFixture, NULL, set_up_clock, test_one_backup_a_day, tear_down_clock);
  g_test_add ("/store/backup-holds-what-was-saved", StoreFixture, NULL, set_up_clock, test_backup_holds_what_was_saved, tear_down_clock);
  g_test_add ("/store/backup-holds-up-nobody", StoreFixture, NULL, set_up_clock, test_backup_holds_up_nobody, tear_down_clock);
  g_test_add ("/store/backup-fails", StoreFixture, NULL, set_up_without_folder, test_backup_fails, tear_down_store);
  return g_test_run ();
}
