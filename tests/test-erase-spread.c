/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasures that meet what somebody else did meanwhile: they win over whoever did not know of them, through deletions,
 * merges and conflicts, and over nobody else. */
#include "docs-fixture.h"

#include "sp-edit-list.h"
#include "sp-erase.h"
#include "sp-history.h"
#include "sp-settle.h"

#define ID "asset:0b7e0000-0000-4000-8000-000000000001"
#define SECRET "zqxjbrendavoss"
#define CONTACTS "\"contacts\":[{\"id\":\"c1\",\"name\":\"" SECRET "\"}]"

static const SpEditStamp ann = { "ann", "2026-11-05T10:00:00Z", SP_EDIT_BY_PERSON };
static const SpEditStamp bob = { "bob", "2026-11-05T11:00:00Z", SP_EDIT_BY_PERSON };

typedef struct
{
  SpDb *here;
  SpDb *there;
  char *first; /* a revision that both have, with the secret */
} Pair;

static char *
save (SpDb *db, const char *parent, const SpEditStamp *stamp, const char *changes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = sp_node_parse (changes, -1, NULL);
  char *rev = NULL;

  sp_edit_save (db, ID, parent, node, stamp, &rev, &error);
  g_assert_no_error (error);
  return rev;
}

static void
erase_contacts (SpDb *db, const SpEditStamp *stamp)
{
  g_autoptr (GError) error = NULL;

  sp_erase_members (db, ID, (const char *[]){ "contacts", NULL }, stamp, &error);
  g_assert_no_error (error);
}

static void
copy_leaves (SpDb *from, SpDb *to)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (from, ID, NULL);

  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      g_auto (GStrv) path = sp_docs_get_revisions (from, ID, leaf->rev, NULL);

      g_assert_true (sp_docs_put_history (to, ID, (const char *const *) path, leaf->deleted, leaf->body, -1, NULL, NULL));
    }
}

static SpSettled
settle (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  SpSettled result;

  sp_settle_document (db, ID, &result, &error);
  g_assert_no_error (error);
  return result;
}

/* Both learn what the other has, and both end with the same leaves. */
static void
meet (Pair *f)
{
  for (guint i = 0; i < 2; i++)
    {
      copy_leaves (f->here, f->there);
      copy_leaves (f->there, f->here);
      settle (f->here);
      settle (f->there);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *here = list_leaves (f->here, ID);
      g_autofree char *there = list_leaves (f->there, ID);

      g_assert_cmpstr (here, ==, there);
      settle (f->here); /* and there it ends */
      settle (f->there);
    }
}

static char *
get_winner (SpDb *db)
{
  return get_body (db, ID, NULL);
}

static gint64
count_telling (SpDb *db)
{
  return query_number (db, "SELECT count (*) FROM rev WHERE body LIKE '%" SECRET "%'");
}

static void
set_up_pair (Pair *f, gconstpointer data)
{
  f->here = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  f->there = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  f->first = save (f->here, NULL, &ann, "{\"type\":\"asset\",\"name\":\"x\"," CONTACTS "}");
  copy_leaves (f->here, f->there);
}

static void
tear_down_pair (Pair *f, gconstpointer data)
{
  sp_db_close (f->here);
  sp_db_close (f->there);
  g_free (f->first);
}

/* Erased and then deleted here, edited there: the edit brings the entry back, but not what was erased. */
static void
test_deleted (Pair *f, gconstpointer data)
{
  g_autofree char *edited = save (f->there, f->first, &bob, "{\"url\":\"u\"}");
  g_autoptr (SpDoc) erased = NULL;
  g_autofree char *body = NULL;

  erase_contacts (f->here, &ann);
  erased = sp_docs_get (f->here, ID, NULL, NULL);
  g_assert_true (sp_edit_delete (f->here, ID, erased->rev, &ann, NULL, NULL));
  meet (f);
  body = get_winner (f->there);
  g_assert_nonnull (strstr (body, "\"url\":\"u\""));
  g_assert_cmpint (count_telling (f->here), ==, 0);
  g_assert_cmpint (count_telling (f->there), ==, 0);
}

/* One that comes back after it was deleted still remembers what was erased before. */
static void
test_brought_back (Pair *f, gconstpointer data)
{
  g_autofree char *edited = save (f->there, f->first, &bob, "{\"url\":\"u\"}");
  g_autofree char *back = NULL;
  g_autoptr (SpDoc) erased = NULL;
  g_autofree char *body = NULL;

  erase_contacts (f->here, &ann);
  erased = sp_docs_get (f->here, ID, NULL, NULL);
  g_assert_true (sp_edit_delete (f->here, ID, erased->rev, &ann, NULL, NULL));
  back = save (f->here, NULL, &ann, "{\"type\":\"asset\",\"name\":\"x\"}");
  body = get_winner (f->here);
  g_assert_nonnull (strstr (body, "\"erased\":[\"contacts\"]"));
  meet (f);
  g_assert_cmpint (count_telling (f->here), ==, 0);
  g_assert_cmpint (count_telling (f->there), ==, 0);
}

static void
test_whole (Pair *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse ("{\"type\":\"asset\"}", -1, NULL);

  g_assert_true (sp_erase_document (f->here, ID, NULL));
  g_assert_false (sp_edit_save (f->here, ID, NULL, body, &ann, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_ERASED);
  g_assert_true (sqlite3_get_autocommit (sp_db_get_handle (f->here)));
}

/* The names collide, so that nothing can be merged: the contacts go all the same, in every version. */
static void
test_conflict (Pair *f, gconstpointer data)
{
  g_autofree char *mine = save (f->here, f->first, &ann, "{\"name\":\"y\"}");
  g_autofree char *theirs = save (f->there, f->first, &bob, "{\"name\":\"z\"}");
  g_autofree char *leaves = NULL;
  g_auto (GStrv) parts = NULL;

  erase_contacts (f->here, &ann);
  meet (f);
  leaves = list_leaves (f->here, ID);
  parts = g_strsplit (leaves, " ", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_assert_cmpint (count_telling (f->here), ==, 0);
  g_assert_cmpint (count_telling (f->there), ==, 0);
}

/* Two erase the same apart, while the names collide: they do not go on telling each other. */
static void
test_both (Pair *f, gconstpointer data)
{
  g_autofree char *mine = save (f->here, f->first, &ann, "{\"name\":\"y\"}");
  g_autofree char *theirs = save (f->there, f->first, &bob, "{\"name\":\"z\"}");

  erase_contacts (f->here, &ann);
  erase_contacts (f->there, &bob);
  meet (f);
  g_assert_cmpint (count_telling (f->here), ==, 0);
}

/* A merge repeats the erasure, but takes nothing from somebody who knew of it and gave a new contact. */
static void
test_given_anew (Pair *f, gconstpointer data)
{
  g_autofree char *edited = save (f->there, f->first, &bob, "{\"url\":\"u\"}");
  g_autofree char *anew = NULL;
  g_autoptr (SpDoc) erased = NULL;
  g_autofree char *body = NULL;

  erase_contacts (f->here, &ann);
  copy_leaves (f->here, f->there);
  g_assert_cmpint (settle (f->there), ==, SP_SETTLED_MERGED);
  erased = sp_docs_get (f->here, ID, NULL, NULL);
  anew = save (f->here, erased->rev, &ann, "{\"contacts\":[{\"id\":\"c2\",\"name\":\"new\"}]}");
  meet (f);
  body = get_winner (f->there);
  g_assert_nonnull (strstr (body, "{\"id\":\"c2\",\"name\":\"new\"}"));
  g_assert_nonnull (strstr (body, "\"url\":\"u\""));
  g_assert_cmpint (count_telling (f->there), ==, 0);
}

/* Two erase the same apart. Who hears of both and then gives a new contact keeps it, whichever of the two versions gave way;
 * who knows of one only does not. */
static void
test_both_known (Pair *f, gconstpointer swapped)
{
  SpDb *knows = swapped != NULL ? f->there : f->here, *late = swapped != NULL ? f->here : f->there;
  g_autoptr (SpDoc) winner = NULL, lonely = NULL;
  g_autofree char *anew = NULL, *lost = NULL, *body = NULL;

  erase_contacts (f->here, &ann);
  erase_contacts (f->there, &bob);
  lonely = sp_docs_get (late, ID, NULL, NULL);
  copy_leaves (late, knows);
  g_assert_cmpint (settle (knows), ==, SP_SETTLED_MERGED);
  winner = sp_docs_get (knows, ID, NULL, NULL);
  anew = save (knows, winner->rev, &ann, "{\"contacts\":[{\"id\":\"c2\",\"name\":\"new\"}]}");
  lost = save (late, lonely->rev, &bob, "{\"contacts\":[{\"id\":\"c2\",\"name\":\"late\"}]}");
  meet (f);
  body = get_winner (f->here);
  g_assert_nonnull (strstr (body, "{\"id\":\"c2\",\"name\":\"new\"}"));
  g_assert_null (strstr (body, "late"));
}

/* However much is edited afterwards, a replica that comes late learns of the erasure. */
static void
test_late (Pair *f, gconstpointer data)
{
  g_autoptr (SpDoc) erased = NULL;
  char *rev;

  erase_contacts (f->here, &ann);
  erased = sp_docs_get (f->here, ID, NULL, NULL);
  rev = g_strdup (erased->rev);
  for (guint i = 0; i < SP_EDIT_LIST_MAX_STEPS + 4; i++)
    {
      g_autofree char *changes = g_strdup_printf ("{\"summary\":\"%u\"}", i);
      char *next = save (f->here, rev, &ann, changes);

      g_free (rev);
      rev = next;
    }
  g_free (rev);
  meet (f);
  g_assert_cmpint (count_telling (f->there), ==, 0);
}

/* Nor does one edit that changes much: what it was gives way. */
static void
test_late_and_much (Pair *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (SP_EDIT_LIST_MAX_BYTES - 150, 'd'), *json = g_strdup_printf ("{\"description\":\"%s\"}", text);
  g_autofree char *much = save (f->here, f->first, &ann, json), *other = NULL;
  g_autoptr (SpDoc) erased = NULL;

  copy_leaves (f->here, f->there);
  other = save (f->there, much, &bob, "{\"url\":\"u\"}");
  erase_contacts (f->here, &ann);
  erased = sp_docs_get (f->here, ID, NULL, NULL);
  g_free (save (f->here, erased->rev, &ann, "{\"description\":\"short\"}"));
  meet (f);
  g_assert_cmpint (count_telling (f->here), ==, 0);
  g_assert_cmpint (count_telling (f->there), ==, 0);
}

#define NO_ROOM 10 /* bytes */

/* An edit that leaves an entry no room, with a step that remembers as much as @was. */
static void
fill (SpDb *db, const char *parent, guint was)
{
  g_autofree char *old = g_strnfill (was, 'o'), *before = g_strdup_printf ("{\"summary\":\"%s\"}", old);
  g_autofree char *rev = save (db, parent, &bob, before), *empty = NULL, *much = NULL, *full = NULL, *body = NULL;
  g_autoptr (SpDoc) leaf = sp_docs_get (db, ID, rev, NULL);
  g_autoptr (SpNode) changes = sp_node_parse ("{\"summary\":\"\"}", -1, NULL);
  g_autofree char *filled = NULL;

  empty = sp_edit_make_json (leaf, changes, &bob, NULL);
  much = g_strnfill (SP_JSON_MAX_BYTES - NO_ROOM - strlen (empty), 'x');
  full = g_strdup_printf ("{\"summary\":\"%s\"}", much);
  filled = save (db, rev, &bob, full);
  body = get_body (db, ID, filled);
  g_assert_cmpuint (strlen (body), ==, SP_JSON_MAX_BYTES - NO_ROOM);
}

/* Where there is no room to remember an erasure, other steps are forgotten first. */
static void
test_no_room (Pair *f, gconstpointer data)
{
  g_autoptr (SpDoc) erased = NULL;
  g_autofree char *body = NULL;

  fill (f->there, f->first, 1024);
  erase_contacts (f->here, &ann);
  erased = sp_docs_get (f->here, ID, NULL, NULL);
  g_assert_true (sp_edit_delete (f->here, ID, erased->rev, &ann, NULL, NULL));
  meet (f);
  body = get_winner (f->there);
  g_assert_nonnull (strstr (body, "xxxx"));
  g_assert_nonnull (strstr (body, "\"erased\":[\"contacts\"]"));
  g_assert_cmpint (count_telling (f->here), ==, 0);
  g_assert_cmpint (count_telling (f->there), ==, 0);
}

/* And if that is not enough, the erasure takes its members all the same, and stops nothing; but it is not forgotten what
 * the version had erased itself. */
static void
test_no_room_at_all (Pair *f, gconstpointer data)
{
  static const char * const own[] = { "url", NULL };
  g_autofree char *name = g_strnfill (2048, 'm');
  const char *many[] = { "contacts", name, NULL };
  g_autoptr (SpDoc) erased = NULL, mine = NULL;
  g_autofree char *body = NULL;

  g_assert_true (sp_erase_members (f->there, ID, own, &bob, NULL));
  mine = sp_docs_get (f->there, ID, NULL, NULL);
  fill (f->there, mine->rev, 1);
  g_assert_true (sp_erase_members (f->here, ID, many, &ann, NULL));
  erased = sp_docs_get (f->here, ID, NULL, NULL);
  g_assert_true (sp_edit_delete (f->here, ID, erased->rev, &ann, NULL, NULL));
  meet (f);
  body = get_winner (f->there);
  g_assert_nonnull (strstr (body, "xxxx"));
  g_assert_nonnull (strstr (body, "\"erased\":[\"url\"]"));
  g_assert_null (strstr (body, name));
  g_assert_cmpint (count_telling (f->here), ==, 0);
  g_assert_cmpint (count_telling (f->there), ==, 0);
}

/* So does the erasure that a person asks for where the entry is that large. */
static void
test_no_room_here (Pair *f, gconstpointer data)
{
  g_autofree char *body = NULL;

  fill (f->there, f->first, 1024);
  erase_contacts (f->there, &bob);
  body = get_winner (f->there);
  g_assert_nonnull (strstr (body, "\"erased\":[\"contacts\"]"));
  g_assert_cmpint (count_telling (f->there), ==, 0);
  meet (f);
  g_assert_cmpint (count_telling (f->here), ==, 0);
}

/* A store that never merges, as on a server, forgets too, and writes nothing of its own. */
static void
test_arrived (Pair *f, gconstpointer data)
{
  g_autoptr (SpDoc) erased = NULL;
  gint64 seq;

  erase_contacts (f->here, &ann);
  copy_leaves (f->here, f->there);
  erased = sp_docs_get (f->there, ID, NULL, NULL);
  seq = get_seq (f->there);
  g_assert_cmpint (count_telling (f->there), >, 0);
  g_assert_true (sp_erase_arrived (f->there, ID, "{}", 2, NULL));
  g_assert_cmpint (count_telling (f->there), >, 0);
  g_assert_true (sp_erase_arrived (f->there, ID, erased->body, strlen (erased->body), NULL));
  g_assert_cmpint (count_telling (f->there), ==, 0);
  g_assert_true (sp_erase_is_pending (f->there));
  g_assert_cmpint (get_seq (f->there), ==, seq);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/erase-spread/" name, Pair, NULL, set_up_pair, func, tear_down_pair)
  ADD ("deleted", test_deleted);
  ADD ("brought-back", test_brought_back);
  ADD ("whole", test_whole);
  ADD ("conflict", test_conflict);
  ADD ("both", test_both);
  ADD ("given-anew", test_given_anew);
  ADD ("both-known", test_both_known);
  g_test_add ("/erase-spread/both-known-swapped", Pair, "", set_up_pair, test_both_known, tear_down_pair);
  ADD ("late", test_late);
  ADD ("late-and-much", test_late_and_much);
  ADD ("no-room", test_no_room);
  ADD ("no-room-at-all", test_no_room_at_all);
  ADD ("no-room-here", test_no_room_here);
  ADD ("arrived", test_arrived);
  return g_test_run ();
}
