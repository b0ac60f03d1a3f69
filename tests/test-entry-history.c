/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of an entry in words, and going back to an earlier version; its parts in words. */
#include "sp-entry-history.h"
#include "sp-entry-words.h"
#include "sp-docs.h"
#include "sp-erase.h"
#include "sp-resolve.h"
#include "store-fixture.h"

static SpEntryHistory *
read_history (StoreFixture *f, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SpEntryHistory *history;

  sp_entry_history_read_async (f->store, id, NULL, result_cb, f);
  result = wait_for_result (f);
  history = sp_entry_history_read_finish (f->store, result, &error);
  g_assert_no_error (error);
  return history;
}

static const SpHistoryStep *
get_step (const SpEntryHistory *history, guint index)
{
  return g_ptr_array_index (history->steps, index);
}

static char *
join_words (const SpEntryHistory *history, guint index)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < get_step (history, index)->words->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " | " : "", (char *) g_ptr_array_index (get_step (history, index)->words, i));
  return g_string_free (text, FALSE);
}

#define assert_words(history, index, expected) G_STMT_START { \
  g_autofree char *words_ = join_words (history, index); \
  g_assert_cmpstr (words_, ==, expected); } G_STMT_END

static void
test_steps (StoreFixture *f, gconstpointer data)
{
  g_autofree char *first = save_entry (f, "asset:a", NULL, "{'type':'asset','name':'Shed','url':'https://a.example.org'}", NULL);
  g_autofree char *second = save_entry (f, "asset:a", first, "{'url':'https://b.example.org','categories':['mens-group']}", NULL);
  g_autofree char *third = save_entry (f, "asset:a", second, "{'url':null}", NULL);
  g_autoptr (SpEntryHistory) history = read_history (f, "asset:a");

  g_assert_cmpuint (history->steps->len, ==, 3);
  g_assert_cmpstr (history->name, ==, "Shed");
  g_assert_cmpstr (get_step (history, 0)->by, ==, "jo@example.org");
  g_assert_cmpstr (get_step (history, 0)->on, ==, "2026-11-22T10:00:00Z");
  assert_words (history, 0, "Web address: “https://b.example.org” removed");
  assert_words (history, 1, "Web address: “https://b.example.org” instead of “https://a.example.org” | Categories: “Men's shed or group” added");
  assert_words (history, 2, "Added");
}

static void
test_restore (StoreFixture *f, gconstpointer data)
{
  g_autofree char *first = save_entry (f, "asset:a", NULL, "{'type':'asset','name':'Shed','url':'https://a.example.org'}", NULL);
  g_autofree char *second = save_entry (f, "asset:a", first, "{'url':null,'summary':'New.','checked':{'times':{'on':'2026-11-01'}}}", NULL);
  g_autoptr (SpEntryHistory) history = read_history (f, "asset:a");
  g_autoptr (SpNode) changes = sp_entry_history_restore (history, 1);
  g_autofree char *json = sp_node_to_canonical (changes);

  g_assert_cmpstr (json, ==, "{\"summary\":null,\"url\":\"https://a.example.org\"}"); /* what was checked stays checked */
}

static void
test_deleted (StoreFixture *f, gconstpointer data)
{
  g_autofree char *first = save_entry (f, "asset:a", NULL, "{'type':'asset','schema':1,'name':'Shed'}", NULL);
  g_autofree char *gone = delete_entry (f, "asset:a", first, NULL);
  g_autoptr (SpEntryHistory) history = read_history (f, "asset:a");
  g_autoptr (SpNode) changes = sp_entry_history_restore (history, 1);

  assert_words (history, 0, "Deleted");
  g_assert_cmpstr (sp_node_get_text (changes, "name"), ==, "Shed");
  g_autofree char *again = save_entry (f, "asset:a", gone, "{'type':'asset','schema':1,'name':'Shed'}", NULL);
  g_assert_nonnull (again);
}

static gpointer
erase_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_erase_members (db, data, (const char *const[]){ "contacts", NULL }, &stamp, error) ? data : NULL;
}

/* Nothing of what was erased is told, by any step. */
static void
test_erased (StoreFixture *f, gconstpointer data)
{
  g_autofree char *first = save_entry (f, "asset:a", NULL, "{'type':'asset','name':'Shed','contacts':[{'id':'c1','phone':'01632 960001'}]}", NULL);
  g_autofree char *second = save_entry (f, "asset:a", first, "{'contacts':[{'id':'c1','phone':'01632 960002'}],'url':'https://a.example.org'}", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SpEntryHistory) history = NULL;

  sp_store_write_async (f->store, erase_job, (gpointer) "asset:a", NULL, NULL, NULL, result_cb, f);
  result = wait_for_result (f);
  g_assert_nonnull (sp_store_call_finish (f->store, result, NULL));
  history = read_history (f, "asset:a");
  assert_words (history, 0, "Contacts: erased for good");
  for (guint i = 0; i < history->steps->len; i++)
    {
      g_autofree char *words = join_words (history, i);
      g_assert_null (strstr (words, "960"));
    }
}

static void
test_words (void)
{
  static const struct { const char *path, *json, *words; } cases[] = {
    { "name", "'Shed'", "Shed" },
    { "free", "true", "yes" },
    { "status", "'temporarily closed'", "Closed for now" },
    { "categories", "['lunch-club','befriending']", "Lunch club, Befriending" },
    { "notice", "{'text':'Closed','from':'2026-11-20'}", "Closed, 20 November 2026" },
    { "schedules", "[{'id':'s1','freq':'weekly','byday':'TU','opens_at':'10:00','closes_at':'12:00'}]", "Every Tuesday, 10 to 12" },
    { "costs", "[{'id':'k1','option':'Meal','amount':4.5},{'id':'k2','option':'Tea'}]", "Meal, 4.5; Tea" },
    { "contacts.c1.visible_to", "'members'", "Only the people who share this list" },
    { "venue", "'asset:x'", "another entry" },
    { "visible", "{'until':'1970-01-01'}", "Not in public lists" },
    { "visible", "{'until':'2027-01-31'}", "31 January 2027" },
    { "contacts", "[]", "nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (cases[i].json), "'", '"');
      g_autoptr (SpNode) value = sp_node_parse (json, -1, NULL);
      g_autofree char *words = sp_entry_words_value (cases[i].path, value);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_long_words (void)
{
  g_autofree char *text = g_strnfill (500, 'x');
  g_autoptr (SpNode) value = sp_node_new_string (text);
  g_autofree char *words = sp_entry_words_value ("description", value);
  g_autofree char *label = sp_entry_words_label ("contacts.c1.phone");

  g_assert_cmpint (g_utf8_strlen (words, -1), <, 170);
  g_assert_cmpstr (label, ==, "Telephone");
}

static gpointer
lose_job (SpDb *db, gpointer first, GCancellable *cancellable, GError **error)
{
  static const char theirs[] = "{\"type\":\"asset\",\"name\":\"Theirs\",\"modified\":{\"by\":\"bob\",\"on\":\"2026-11-21T10:00:00Z\"}}";
  const char *history[] = { "2-00000000000000000000000000000001", first, NULL };
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_choice_free);

  g_ptr_array_add (choices, sp_choice_new ("name", SP_CHOICE_MINE, NULL, NULL));
  return sp_docs_put_history (db, "asset:a", history, FALSE, theirs, -1, NULL, error)
         && sp_resolve_write (db, "asset:a", choices, &stamp, NULL, error) ? first : NULL;
}

/* A version that gave way is told of, and can be gone back to. */
static void
test_loser (StoreFixture *f, gconstpointer data)
{
  g_autofree char *first = save_entry (f, "asset:a", NULL, "{'type':'asset','name':'Shed'}", NULL);
  g_autofree char *mine = save_entry (f, "asset:a", first, "{'name':'Mine'}", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpEntryHistory) history = NULL;
  guint found = 0;

  sp_store_write_async (f->store, lose_job, first, NULL, NULL, NULL, result_cb, f);
  result = wait_for_result (f);
  g_assert_nonnull (sp_store_call_finish (f->store, result, &error));
  history = read_history (f, "asset:a");
  g_assert_cmpuint (history->steps->len, ==, 4); /* added, mine, decided; and theirs */
  for (guint i = 1; i < history->steps->len; i++)
    if (g_strcmp0 (get_step (history, i)->by, "bob") == 0)
      found = i;
  g_assert_cmpuint (found, >, 0);
  assert_words (history, found, "This version stood against another and was put together with it, or gave way to it"
                                " | Name: “Theirs” instead of “Mine”");
  g_autoptr (SpNode) changes = sp_entry_history_restore (history, found);
  g_assert_cmpstr (sp_node_get_text (changes, "name"), ==, "Theirs");
}

#define TEST(name, function) g_test_add ("/entry-history/" name, StoreFixture, NULL, set_up_store, function, tear_down_store)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST ("steps", test_steps);
  TEST ("restore", test_restore);
  TEST ("deleted", test_deleted);
  TEST ("erased", test_erased);
  TEST ("loser", test_loser);
  g_test_add_func ("/entry-history/words", test_words);
  g_test_add_func ("/entry-history/long-words", test_long_words);
  return g_test_run ();
}
