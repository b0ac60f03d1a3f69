/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists from the web: every page of a feed once and no more, whatever the feed does meanwhile; and one that breaks off goes
 * on where it was. The web is a table of answers here; test-web-fetcher.c has the real one. */
#include "sp-error.h"
#include "sp-harvest.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

typedef struct
{
  GObject     parent;
  GHashTable *answers; /* owned address → owned text */
  GPtrArray  *asked;   /* owned addresses */
  char       *then;    /* owned, nullable: what /services?page=2 says from the second time on */
  const char *broken;  /* nullable: an address that fails */
} Web;
typedef GObjectClass WebClass;

#define BASE "http://feed.example.org/services"

static gboolean
web_fetch (SpFetcher *fetcher, const char *url, GOutputStream *out, gsize most, char **type, GCancellable *cancellable, GError **error)
{
  Web *self = (Web *) fetcher;
  const char *answer = g_hash_table_lookup (self->answers, url);
  gsize length;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_ptr_array_add (self->asked, g_strdup (url));
  if (g_strcmp0 (self->broken, url) == 0)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_UNREACHABLE, "feed.example.org: nobody answers");
      return FALSE;
    }
  if (answer == NULL)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_NOT_FOUND, "feed.example.org: there is nothing (404)");
      return FALSE;
    }
  length = strlen (answer);
  if (length > most)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_SERVER, "feed.example.org: more than it may be");
      return FALSE;
    }
  if (type != NULL)
    *type = g_strdup (*answer == '<' ? "text/html" : "application/json");
  if (!g_output_stream_write_all (out, answer, length, NULL, NULL, error))
    return FALSE;
  if (self->then != NULL && strcmp (url, BASE "?page=2") == 0)
    g_hash_table_insert (self->answers, g_strdup (url), g_steal_pointer (&self->then));
  return TRUE;
}

static void
web_init_fetcher (SpFetcherInterface *iface)
{
  iface->fetch = web_fetch;
}

static GType web_get_type (void);
G_DEFINE_TYPE_WITH_CODE (Web, web, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SP_TYPE_FETCHER, web_init_fetcher))

static void
web_finalize (GObject *object)
{
  Web *self = (Web *) object;

  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->asked);
  g_free (self->then);
  G_OBJECT_CLASS (web_parent_class)->finalize (object);
}

static void
web_class_init (WebClass *class)
{
  class->finalize = web_finalize;
}

static void
web_init (Web *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->asked = g_ptr_array_new_with_free_func (g_free);
}

typedef struct
{
  Web     *web;
  char    *folder;
  guint    read;
  guint    total;
  guint    n_told;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->web = g_object_new (web_get_type (), NULL);
  f->folder = g_build_filename (g_get_user_cache_dir (), "feeds", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sp_harvest_clear (BASE, f->folder);
  g_assert_finalize_object (f->web);
  g_free (f->folder);
}

/* Entries @first to @last as a page. */
static char *
make_page (guint number, guint first, guint last, int items, int pages, gboolean brief)
{
  GString *page = g_string_new ("{");

  if (items >= 0)
    g_string_append_printf (page, "\"total_items\":%d,\"total_pages\":%d,\"page_number\":%u,", items, pages, number);
  g_string_append (page, "\"contents\":[");
  for (guint i = first; i <= last; i++)
    g_string_append_printf (page, "%s{\"id\":\"e%u\",\"name\":\"Entry %u\",\"status\":\"active\"%s}", i > first ? "," : "", i, i,
                            brief ? "" : ",\"schedules\":[]");
  return g_string_free (g_string_append (page, "]}"), FALSE);
}

/* @text: (transfer full) */
static void
answer (Fixture *f, const char *url, char *text)
{
  g_hash_table_insert (f->web->answers, g_strdup (url), text);
}

static void
answer_page (Fixture *f, guint number, guint first, guint last, int items, int pages)
{
  g_autofree char *url = g_strdup_printf (BASE "?page=%u", number);

  answer (f, number == 1 ? BASE : url, make_page (number, first, last, items, pages, FALSE));
  if (number == 1) /* asked for once more where the feed has changed */
    answer (f, url, make_page (number, first, last, items, pages, FALSE));
}

static void
told (guint read, guint total, gpointer data)
{
  Fixture *f = data;

  f->read = read;
  f->total = total;
  f->n_told++;
}

static char *
run (Fixture *f, const char *url, GCancellable *cancellable, GError **error)
{
  g_autofree char *address = NULL;
  g_autoptr (GFile) list = sp_harvest_run (SP_FETCHER (f->web), url, f->folder, told, f, &address, cancellable, error);
  char *text = NULL;

  g_assert_true ((list == NULL) == (error != NULL && *error != NULL));
  if (list != NULL)
    g_assert_true (g_file_load_contents (list, NULL, &text, NULL, NULL, NULL));
  return text;
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = strstr (text, part); p != NULL; p = strstr (p + 1, part))
    n++;
  return n;
}

static void
assert_fails (Fixture *f, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = run (f, BASE, NULL, &error);

  g_assert_null (text);
  if (error->domain != SP_ERROR || strstr (error->message, word) == NULL || !g_str_has_prefix (error->message, "feed.example.org: "))
    g_error ("“%s” does not say “%s”", error->message, word);
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  answer_page (f, 1, 1, 3, 7, 3);
  answer_page (f, 2, 4, 6, 7, 3);
  answer_page (f, 3, 7, 7, 7, 3);
  text = run (f, BASE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (text, "\"Entry "), ==, 7);
  g_assert_true (g_str_has_prefix (text, "{\"contents\":[\n{\"id\":\"e1\"") && g_str_has_suffix (text, "}\n]}\n"));
  g_assert_cmpuint (f->web->asked->len, ==, 3);
  g_assert_cmpuint (f->read, ==, 7);
  g_assert_cmpuint (f->total, ==, 7);
}

/* Feeds that do not say how many pages they have: until one is empty, or nothing new comes. */
static void
test_untold (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *same = NULL;

  answer_page (f, 1, 1, 3, -1, -1);
  answer_page (f, 2, 4, 5, -1, -1);
  answer_page (f, 3, 1, 0, -1, -1);
  text = run (f, BASE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (text, "\"Entry "), ==, 5);
  sp_harvest_clear (BASE, f->folder);
  answer_page (f, 2, 1, 3, -1, -1); /* the server knows no pages */
  same = run (f, BASE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (same, "\"Entry "), ==, 3);
}

/* What pages tell only the name of is asked for; what is not to be had stays as the page has it. */
static void
test_brief (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  answer (f, BASE "?kind=a", make_page (1, 1, 3, 3, 1, TRUE));
  answer (f, BASE "/e1?kind=a", g_strdup ("{\"id\":\"e1\",\"name\":\"Whole\",\"schedules\":[1]}"));
  answer (f, BASE "/e2?kind=a", g_strdup ("{\"id\":\"other\",\"name\":\"Wrong\"}"));
  text = run (f, BASE "?kind=a", NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "Whole"));
  g_assert_null (strstr (text, "Wrong"));
  g_assert_nonnull (strstr (text, "Entry 2"));
  g_assert_nonnull (strstr (text, "Entry 3"));
  g_assert_cmpuint (f->web->asked->len, ==, 4);
  sp_harvest_clear (BASE "?kind=a", f->folder);
}

/* The root of an API, one whole page, and a list of another kind. */
static void
test_others (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = NULL, *csv = NULL, *address = NULL;
  g_autoptr (GFile) list = NULL;

  answer (f, "http://feed.example.org/api", g_strdup ("{\"version\":\"3.0\",\"profile\":\"x\",\"openapi_url\":\"y\"}"));
  answer (f, "http://feed.example.org/api/services", make_page (1, 1, 2, 2, 1, FALSE));
  root = run (f, "http://feed.example.org/api", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (root, "\"Entry "), ==, 2);
  answer (f, "http://feed.example.org/list?key=1", g_strdup ("name\nHall\n"));
  csv = run (f, "http://feed.example.org/list?key=1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (csv, ==, "name\nHall\n");
  list = sp_harvest_run (SP_FETCHER (f->web), "http://feed.example.org/api", f->folder, NULL, NULL, &address, NULL, &error);
  g_assert_cmpstr (address, ==, "http://feed.example.org/api/services");
  error = g_error_new (SP_ERROR, SP_ERROR_PARSE, "%s: no list", g_file_peek_path (list));
  sp_harvest_blame (error, list, "http://feed.example.org/list?key=1");
  g_assert_cmpstr (error->message, ==, "http://feed.example.org/list: no list");
  sp_harvest_clear ("http://feed.example.org/api", f->folder);
  sp_harvest_clear ("http://feed.example.org/list?key=1", f->folder);
}

/* After a line that broke, only what is missing is asked for. */
static void
test_resume (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *after = NULL;

  answer_page (f, 1, 1, 3, 9, 3);
  answer_page (f, 2, 4, 6, 9, 3);
  answer_page (f, 3, 7, 9, 9, 3);
  f->web->broken = BASE "?page=3";
  assert_fails (f, "nobody answers");
  f->web->broken = NULL;
  g_ptr_array_set_size (f->web->asked, 0);
  text = run (f, BASE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (text, "\"Entry "), ==, 9);
  g_assert_cmpuint (f->web->asked->len, ==, 2); /* the first, to see whether it is the same feed, and the third */
  g_assert_cmpstr (g_ptr_array_index (f->web->asked, 1), ==, BASE "?page=3");

  g_ptr_array_set_size (f->web->asked, 0); /* all is there: nothing but the first */
  after = run (f, BASE, NULL, &error);
  g_assert_cmpstr (after, ==, text);
  g_assert_cmpuint (f->web->asked->len, ==, 1);
}

/* What nobody went on with does not stay for ever. */
static void
test_swept (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *old = g_build_filename (f->folder, "old", NULL), *young = g_build_filename (f->folder, "young", NULL);
  g_autofree char *page = g_build_filename (old, "page-000001.json", NULL), *text = NULL;
  struct utimbuf times = { 0, time (NULL) - 25 * 60 * 60 };

  g_assert_cmpint (g_mkdir_with_parents (old, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (young, 0700), ==, 0);
  g_assert_true (g_file_set_contents (page, "{}", -1, NULL));
  g_assert_cmpint (g_utime (old, &times), ==, 0);
  answer_page (f, 1, 1, 3, 3, 1);
  text = run (f, BASE, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_IS_DIR));
}

/* The feed has moved on since it broke off: it is read from its beginning. */
static void
test_resume_changed (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  answer_page (f, 1, 1, 3, 6, 2);
  f->web->broken = BASE "?page=2";
  assert_fails (f, "nobody answers");
  f->web->broken = NULL;
  answer_page (f, 1, 2, 4, 6, 2);
  answer_page (f, 2, 5, 7, 6, 2);
  text = run (f, BASE, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (text, "Entry 1\""));
  g_assert_cmpuint (count (text, "\"Entry "), ==, 6);
}

/* Something was added while it was read: begun again, and then it stands still. */
static void
test_changing (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  answer_page (f, 1, 1, 3, 6, 2);
  answer (f, BASE "?page=2", make_page (2, 3, 5, 6, 2, FALSE)); /* entry 3 was moved on to it */
  f->web->then = make_page (2, 4, 6, 6, 2, FALSE);
  text = run (f, BASE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (text, "\"Entry "), ==, 6);
}

static void
test_always_changing (Fixture *f, gconstpointer data)
{
  answer_page (f, 1, 1, 3, 6, 2);
  answer_page (f, 2, 4, 6, 7, 3);
  assert_fails (f, "changes while it is read");
  g_assert_cmpuint (f->web->asked->len, <, 10);
  answer_page (f, 2, 4, 5, 6, 2); /* one fewer than it says */
  assert_fails (f, "fewer entries than it says");
}

static void
test_hostile (Fixture *f, gconstpointer data)
{
  answer_page (f, 1, 1, 3, 9, 3);
  answer (f, BASE "?page=2", make_page (2, 1, 3, 9, 3, FALSE));
  assert_fails (f, "again and again");
  answer (f, BASE "?page=2", make_page (1, 1, 3, 9, 3, FALSE));
  assert_fails (f, "does not give the page");
  answer (f, BASE "?page=2", g_strdup ("<html><title>Log in</title></html>"));
  assert_fails (f, "text/html");
  answer (f, BASE "?page=2", g_strdup ("{\"contents\":[{\"id\":1}"));
  assert_fails (f, "page 2");
  answer (f, BASE "?page=2", g_strnfill (33 * 1000 * 1000, ' '));
  assert_fails (f, "more than");
}

/* One that says that there are more, for ever: each page has new entries. */
static gboolean
endless_fetch (SpFetcher *fetcher, const char *url, GOutputStream *out, gsize most, char **type, GCancellable *cancellable, GError **error)
{
  const char *page = strstr (url, "page=");
  guint number = page != NULL ? (guint) g_ascii_strtoull (page + 5, NULL, 10) : 1;
  g_autoptr (GString) text = g_string_new ("{\"contents\":[");

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "%s{\"id\":\"%u-%u\",\"schedules\":[]}", i > 0 ? "," : "", number, i);
  g_string_append (text, "]}");
  return g_output_stream_write_all (out, text->str, text->len, NULL, NULL, error);
}

static void
test_endless (Fixture *f, gconstpointer data)
{
  SpFetcherInterface *iface = SP_FETCHER_GET_IFACE (f->web);

  iface->fetch = endless_fetch;
  assert_fails (f, "does not end");
  iface->fetch = web_fetch;
  g_assert_cmpuint (f->n_told, ==, 200); /* a million entries */
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL, wrong = NULL;
  g_autofree char *text = NULL, *none = NULL;

  answer_page (f, 1, 1, 3, 9, 3);
  g_cancellable_cancel (cancellable);
  text = run (f, BASE, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  none = run (f, "ftp://feed.example.org/x", NULL, &wrong);
  g_assert_error (wrong, SP_ERROR, SP_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/harvest/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("pages", test_pages);
  ADD ("untold", test_untold);
  ADD ("brief", test_brief);
  ADD ("others", test_others);
  ADD ("resume", test_resume);
  ADD ("swept", test_swept);
  ADD ("resume-changed", test_resume_changed);
  ADD ("changing", test_changing);
  ADD ("always-changing", test_always_changing);
  ADD ("hostile", test_hostile);
  ADD ("endless", test_endless);
  ADD ("cancelled", test_cancelled);
  return g_test_run ();
}
