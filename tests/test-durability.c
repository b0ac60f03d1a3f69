/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was acknowledged is there, whenever the writing program is killed, and whatever becomes of the end of its log. */
#include "folder-fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 40
#define CHAIN 7 /* each so many saves is an edit of the document before instead of a new one */

static char *
get_id (guint32 n)
{
  return g_strdup_printf ("doc:%u", n - (n % CHAIN == CHAIN - 1));
}

/* Save number @n: a new document, or an edit of the one that the save before wrote. */
static gboolean
save_number (SpDb *db, guint32 n)
{
  g_autofree char *id = get_id (n);
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autoptr (SpDoc) before = sp_docs_get (db, id, NULL, NULL);

  sp_node_set (body, "n", sp_node_new_number (n));
  return sp_docs_put (db, id, before != NULL ? before->rev : NULL, FALSE, body, NULL, NULL);
}

static gboolean
has_number (SpDb *db, guint32 n)
{
  g_autofree char *id = get_id (n);
  g_autofree char *expected = g_strdup_printf ("{\"n\":%u}", n);
  g_autofree char *edited = g_strdup_printf ("{\"n\":%u}", n + 1);
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, NULL);

  return doc != NULL && (strcmp (doc->body, expected) == 0 || strcmp (doc->body, edited) == 0);
}

/* Saves from number @from on, for ever, and tells each number once it is saved. */
static void
save_for_ever (const char *path, guint32 from, int acknowledge)
{
  SpDb *db = sp_db_open (path, SP_DB_WRITE, NULL);

  for (guint32 n = from; db != NULL && save_number (db, n); n++)
    if (write (acknowledge, &n, sizeof n) != sizeof n)
      break;
  _exit (1);
}

/* Lets a child save until it is killed after @microseconds. Gives how many saves are acknowledged, from the first of all on. */
static guint32
save_and_kill (const char *path, guint32 from, gulong microseconds)
{
  guint32 n, count = from;
  int fds[2], status;
  pid_t child;

  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (fds[0]);
      save_for_ever (path, from, fds[1]);
    }
  close (fds[1]);
  if (read (fds[0], &n, sizeof n) == sizeof n) /* it has begun; now any moment is as good as another */
    count = n + 1;
  g_usleep (microseconds);
  kill (child, SIGKILL);
  while (read (fds[0], &n, sizeof n) == sizeof n)
    {
      g_assert_cmpuint (n, ==, count);
      count = n + 1;
    }
  close (fds[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  return count;
}

static char *
query_text (SpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (sp_db_step (db, stmt, &has_row, &error));
  g_assert_true (has_row);
  return g_strdup ((const char *) sqlite3_column_text (stmt, 0));
}

/* The file is sound, and so is what its rows say of each other. */
static void
assert_sound (SpDb *db)
{
  g_autofree char *integrity = query_text (db, "PRAGMA integrity_check");
  g_autofree char *lost = query_text (db, "SELECT count(*) FROM doc WHERE winner NOT IN (SELECT n FROM rev WHERE leaf)");
  g_autofree char *seq = query_text (db, "SELECT (SELECT coalesce (max (seq), 0) FROM doc) - (SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'update_seq')");

  g_assert_cmpstr (integrity, ==, "ok");
  g_assert_cmpstr (lost, ==, "0");
  g_assert_cmpstr (seq, ==, "0");
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  guint32 count = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      guint32 from = count;
      g_autoptr (SpDb) db = NULL;
      count = save_and_kill (f->path, from, (gulong) g_test_rand_int_range (0, 30000));
      g_assert_cmpuint (count, >, from);
      db = open_store (f->path, SP_DB_WRITE);
      for (guint32 n = 0; n < count; n++)
        g_assert_true (has_number (db, n));
      g_assert_false (has_number (db, count + 1)); /* at most one was saved and not yet told */
      assert_sound (db);
      count += has_number (db, count);
    }
}

/* A log of which the disk kept only a beginning gives a beginning of what was saved, never a mixture. */
static void
assert_is_beginning (const char *path, guint32 limit)
{
  g_autoptr (SpDb) db = open_store (path, SP_DB_WRITE);
  guint32 n = 0;

  while (n <= limit && has_number (db, n))
    n++;
  g_assert_cmpuint (n, <=, limit + 1);
  for (guint32 later = n + 1; later <= limit + 1; later++)
    g_assert_false (has_number (db, later));
  assert_sound (db);
}

static void
test_short_log (Fixture *f, gconstpointer data)
{
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);
  g_autofree char *copy = g_build_filename (f->folder, "copy.db", NULL);
  g_autofree char *copy_log = g_strconcat (copy, "-wal", NULL);
  guint32 count = save_and_kill (f->path, 0, 200000);
  struct stat info;

  g_assert_cmpint (stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 100000);
  for (guint round = 0; round < 30; round++)
    {
      off_t length = g_test_rand_int_range (1, (int) info.st_size);
      copy_file (f->path, copy);
      copy_file (log, copy_log);
      if (round % 2 == 0)
        g_assert_cmpint (truncate (copy_log, length), ==, 0);
      else
        damage (copy_log, (gsize) length, MIN ((gsize) 600, (gsize) (info.st_size - length)));
      assert_is_beginning (copy, count);
      g_unlink (copy);
      g_unlink (copy_log);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(name, func) g_test_add ("/durability/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("killed", test_killed);
  TEST ("short-log", test_short_log);
  return g_test_run ();
}
