/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store keeps its uuid and epoch for as long as it is the same store, and a copy gets its own. */
#include "folder-fixture.h"

#include "sp-identity.h"

typedef struct
{
  char *uuid;
  char *epoch;
} Identity;

static void
identity_clear (Identity *identity)
{
  g_free (identity->uuid);
  g_free (identity->epoch);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Identity, identity_clear)

static Identity
read_identity (const char *path, SpDbMode mode)
{
  g_autoptr (SpDb) db = open_store (path, mode);
  Identity identity = { sp_identity_get_uuid (db), sp_identity_get_epoch (db) };

  return identity;
}

static void
assert_kept (const Identity *a, const Identity *b)
{
  g_assert_cmpstr (a->uuid, ==, b->uuid);
  g_assert_cmpstr (a->epoch, ==, b->epoch);
}

static void
assert_renewed (const Identity *a, const Identity *b)
{
  g_assert_cmpstr (a->uuid, !=, b->uuid);
  g_assert_cmpstr (a->epoch, !=, b->epoch);
}

static gboolean
is_hex (const char *text, gsize digits)
{
  return strlen (text) == digits && strspn (text, "0123456789abcdef") == digits;
}

static void
test_new (Fixture *f, gconstpointer data)
{
  g_auto (Identity) first = read_identity (f->path, SP_DB_WRITE);
  g_auto (Identity) again = read_identity (f->path, SP_DB_WRITE);
  g_auto (Identity) memory = read_identity (":memory:", SP_DB_WRITE);

  g_assert_true (is_hex (first.uuid, 32));
  g_assert_true (is_hex (first.epoch, 16));
  assert_kept (&first, &again);
  assert_renewed (&first, &memory);
}

static void
test_moved (Fixture *f, gconstpointer data)
{
  g_autofree char *moved = g_build_filename (f->folder, "moved.db", NULL);
  g_auto (Identity) before = read_identity (f->path, SP_DB_WRITE);
  g_auto (Identity) after = { 0 };

  g_assert_cmpint (g_rename (f->path, moved), ==, 0);
  after = read_identity (moved, SP_DB_WRITE);
  assert_kept (&before, &after);
}

static void
test_copied (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "copy.db", NULL);
  g_autofree char *offered = NULL;
  g_auto (Identity) original = { 0 };
  g_auto (Identity) read_only = { 0 };
  g_auto (Identity) copy = { 0 };
  g_auto (Identity) again = { 0 };
  g_auto (Identity) original_again = { 0 };
  g_autoptr (SpDb) db = NULL;

  make_store (f->path, 5);
  original = read_identity (f->path, SP_DB_WRITE);
  copy_file (f->path, path);
  read_only = read_identity (path, SP_DB_READ);
  assert_kept (&original, &read_only);
  copy = read_identity (path, SP_DB_WRITE);
  assert_renewed (&original, &copy);
  again = read_identity (path, SP_DB_WRITE);
  assert_kept (&copy, &again);
  original_again = read_identity (f->path, SP_DB_WRITE);
  assert_kept (&original, &original_again);

  db = open_store (path, SP_DB_WRITE); /* the original may have offered all that the copy holds */
  offered = sp_db_get_meta (db, "offered_seq");
  g_assert_cmpstr (offered, ==, "5");
}

/* An old copy put back under the old name, whose file may even get the old number. */
static void
test_put_back (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "copy.db", NULL);
  g_auto (Identity) before = { 0 };
  g_auto (Identity) after = { 0 };

  make_store (f->path, 1);
  before = read_identity (f->path, SP_DB_WRITE);
  copy_file (f->path, path);
  g_unlink (f->path);
  copy_file (path, f->path);
  after = read_identity (f->path, SP_DB_WRITE);
  assert_renewed (&before, &after);
}

/* On another machine the file is at home somewhere else. */
static void
test_other_machine (Fixture *f, gconstpointer data)
{
  g_auto (Identity) before = read_identity (f->path, SP_DB_WRITE);
  g_auto (Identity) after = { 0 };

  run_elsewhere (f->path, "UPDATE meta SET value = 'another' WHERE key = 'home'");
  after = read_identity (f->path, SP_DB_WRITE);
  assert_renewed (&before, &after);
}

static void
test_renewed (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (Identity) before = read_identity (f->path, SP_DB_WRITE);
  g_auto (Identity) after = { 0 };
  SpDb *db = open_store (f->path, SP_DB_WRITE);

  g_assert_true (sp_identity_renew (db, &error));
  sp_db_close (db);
  after = read_identity (f->path, SP_DB_WRITE);
  assert_renewed (&before, &after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(name, func) g_test_add ("/identity/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("new", test_new);
  TEST ("moved", test_moved);
  TEST ("copied", test_copied);
  TEST ("put-back", test_put_back);
  TEST ("other-machine", test_other_machine);
  TEST ("renewed", test_renewed);
  return g_test_run ();
}
