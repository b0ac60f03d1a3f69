/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Online maps, from a server in this process that does all that servers do: answers, moves, is busy, lies, and goes away. */
#include "tile-fixture.h"

#include "sp-error.h"
#include "sp-online-address.h"
#include "sp-online-source.h"
#include "sp-tile-answer.h"
#include "sp-tile-cache.h"
#include "sp-tile-fetcher.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <utime.h>

#define RED 0xffff0000
#define ROOM (1024 * 1024)

typedef struct
{
  char          *folder;
  SoupServer    *server;
  char          *base;
  SpTileFetcher *fetcher;
  GBytes        *picture;
  GPtrArray     *asked;       /* paths */
  GPtrArray     *held;        /* SoupServerMessage, while @hold */
  gboolean       hold;
  guint          most_held;   /* requests that waited for their answers at one time */
  guint          endless;     /* bytes sent of a body without an end */
  char          *agent;
  char          *condition;   /* If-None-Match of the last request */
} Net;

static void
wrote_cb (SoupServerMessage *message, Net *f)
{
  static char chunk[64 * 1024];

  f->endless += sizeof chunk;
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, chunk, sizeof chunk);
}

static void
answer_endlessly (Net *f, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_cb), f);
  wrote_cb (message, f);
}

static void
answer_picture (Net *f, SoupServerMessage *message, const char *cache_control)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *condition = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "If-None-Match");

  soup_message_headers_append (headers, "Cache-Control", cache_control);
  soup_message_headers_append (headers, "ETag", "\"v1\"");
  if (g_strcmp0 (condition, "\"v1\"") == 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, g_bytes_get_data (f->picture, NULL),
                                    g_bytes_get_size (f->picture));
}

static void
answer_text (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
redirect (SoupServerMessage *message, const char *location)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", location);
  soup_server_message_set_status (message, SOUP_STATUS_FOUND, NULL);
}

static void
answer (Net *f, SoupServerMessage *message, const char *path)
{
  if (g_str_has_prefix (path, "/fresh/"))
    answer_picture (f, message, "max-age=3600");
  else if (g_str_has_prefix (path, "/stale/"))
    answer_picture (f, message, "max-age=0");
  else if (g_str_has_prefix (path, "/secret/"))
    answer_picture (f, message, "no-store");
  else if (g_str_has_prefix (path, "/moved/"))
    redirect (message, "/fresh/moved");
  else if (g_str_has_prefix (path, "/round/"))
    redirect (message, path);
  else if (g_str_has_prefix (path, "/abroad/"))
    redirect (message, "http://tile.example.org/0/0/0.png");
  else if (g_str_has_prefix (path, "/hotel/"))
    answer_text (message, SOUP_STATUS_OK, "<html>Welcome to our hotel. Please log in.</html>");
  else if (g_str_has_prefix (path, "/broken/"))
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, g_bytes_get_data (f->picture, NULL), 60);
    }
  else if (g_str_has_prefix (path, "/endless/"))
    answer_endlessly (f, message);
  else if (g_str_has_prefix (path, "/busy/"))
    {
      soup_message_headers_append (soup_server_message_get_response_headers (message), "Retry-After", "120");
      answer_text (message, 429, "Slow down");
    }
  else
    answer_text (message, SOUP_STATUS_NOT_FOUND, "Nothing here");
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Net *f = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  g_ptr_array_add (f->asked, g_strdup (path));
  g_free (f->agent);
  g_free (f->condition);
  f->agent = g_strdup (soup_message_headers_get_one (headers, "User-Agent"));
  f->condition = g_strdup (soup_message_headers_get_one (headers, "If-None-Match"));
  answer (f, message, path);
  if (!f->hold)
    return;
  soup_server_message_pause (message);
  g_ptr_array_add (f->held, g_object_ref (message));
  f->most_held = MAX (f->most_held, f->held->len);
}

static void
set_up (Net *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  f->folder = g_dir_make_tmp ("signpost-online-XXXXXX", &error);
  g_assert_no_error (error);
  f->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (f->server, NULL, request_cb, f, NULL);
  soup_server_listen_local (f->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (f->server);
  f->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  f->fetcher = sp_tile_fetcher_new (f->folder, ROOM);
  f->picture = make_png (256, RED);
  f->asked = g_ptr_array_new_with_free_func (g_free);
  f->held = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
stop_server (Net *f)
{
  if (f->server != NULL)
    soup_server_disconnect (f->server);
  g_clear_object (&f->server);
}

/* Until its last request has let go of it. */
static void
drop_fetcher (Net *f)
{
  gpointer left = f->fetcher;

  g_object_add_weak_pointer (G_OBJECT (f->fetcher), &left);
  g_clear_object (&f->fetcher);
  while (left != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Net *f, gconstpointer data)
{
  g_ptr_array_unref (f->held);
  drop_fetcher (f);
  stop_server (f);
  remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->base);
  g_free (f->agent);
  g_free (f->condition);
  g_bytes_unref (f->picture);
  g_ptr_array_unref (f->asked);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GBytes *
fetch_cancellable (Net *f, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *uri = g_strconcat (f->base, path, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  sp_tile_fetcher_fetch_async (f->fetcher, uri, cancellable, fetched_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return sp_tile_fetcher_fetch_finish (f->fetcher, result, error);
}

static GBytes *
fetch (Net *f, const char *path, GError **error)
{
  return fetch_cancellable (f, path, NULL, error);
}

static void
assert_picture (Net *f, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fetch (f, path, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, f->picture));
}

static void
assert_fails (Net *f, const char *path, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fetch (f, path, &error);

  g_assert_null (bytes);
  g_assert_error (error, SP_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

/* What is kept is written by a thread: a new fetcher finds it, sooner or later. */
static void
wait_until_kept (Net *f, guint files)
{
  for (guint found = 0; found != files;)
    {
      g_autoptr (GDir) folder = g_dir_open (f->folder, 0, NULL);
      const char *name;

      for (found = 0; (name = g_dir_read_name (folder)) != NULL;)
        found += strchr (name, '.') == NULL; /* not yet in place */
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

static void
test_kept (Net *f, gconstpointer data)
{
  assert_picture (f, "/fresh/1");
  g_assert_cmpuint (f->asked->len, ==, 1);
  g_assert_true (g_str_has_prefix (f->agent, "Signpost/"));
  g_assert_nonnull (strstr (f->agent, "(+https://signpost.example.org/)"));
  wait_until_kept (f, 1);
  assert_picture (f, "/fresh/1");
  g_assert_cmpuint (f->asked->len, ==, 1);
}

static void
test_revalidated (Net *f, gconstpointer data)
{
  assert_picture (f, "/stale/1");
  g_assert_null (f->condition);
  wait_until_kept (f, 1);
  assert_picture (f, "/stale/1");
  g_assert_cmpuint (f->asked->len, ==, 2);
  g_assert_cmpstr (f->condition, ==, "\"v1\"");
}

/* Nothing of it is on disk, so that there is nothing to show when the server has gone. */
static void
test_not_to_be_kept (Net *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_picture (f, "/secret/1");
  assert_picture (f, "/fresh/1");
  wait_until_kept (f, 1);
  stop_server (f);
  g_assert_null (fetch (f, "/secret/1", &error));
  g_assert_nonnull (error);
}

static void
test_offline (Net *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_picture (f, "/stale/1");
  wait_until_kept (f, 1);
  g_assert_null (sp_tile_fetcher_get_problem (f->fetcher));
  stop_server (f);
  assert_picture (f, "/stale/1"); /* out of date, and better than none */
  g_assert_nonnull (sp_tile_fetcher_get_problem (f->fetcher));
  g_assert_nonnull (strstr (sp_tile_fetcher_get_problem (f->fetcher)->message, "127.0.0.1 cannot be reached"));
  g_assert_null (fetch (f, "/stale/2", &error));
  g_assert_nonnull (strstr (error->message, "cannot be reached"));
}

static void
test_missing (Net *f, gconstpointer data)
{
  assert_fails (f, "/nothing/1", SP_ERROR_NOT_FOUND, "has nothing here");
  g_assert_nonnull (sp_tile_fetcher_get_problem (f->fetcher)); /* perhaps the address is wrong */
  assert_picture (f, "/fresh/1");
  g_assert_null (sp_tile_fetcher_get_problem (f->fetcher));
  assert_fails (f, "/nothing/2", SP_ERROR_NOT_FOUND, "has nothing here");
  g_assert_null (sp_tile_fetcher_get_problem (f->fetcher)); /* one tile in the sea */
  g_assert_cmpuint (sp_tile_fetcher_get_pause (f->fetcher), ==, 0);
}

static void
test_busy (Net *f, gconstpointer data)
{
  guint asked;

  assert_fails (f, "/busy/1", SP_ERROR_SERVER, "asks us to wait");
  g_assert_cmpuint (sp_tile_fetcher_get_pause (f->fetcher), >, 30);
  g_assert_cmpuint (sp_tile_fetcher_get_pause (f->fetcher), <=, 120);
  asked = f->asked->len;
  assert_fails (f, "/fresh/1", SP_ERROR_SERVER, "asks us to wait"); /* without asking */
  g_assert_cmpuint (f->asked->len, ==, asked);
  sp_tile_fetcher_resume (f->fetcher);
  assert_picture (f, "/fresh/1");
  g_assert_null (sp_tile_fetcher_get_problem (f->fetcher));
}

static void
test_no_picture (Net *f, gconstpointer data)
{
  assert_fails (f, "/hotel/1", SP_ERROR_SERVER, "no picture");
  sp_tile_fetcher_resume (f->fetcher);
  assert_picture (f, "/fresh/1");
}

static void
test_endless (Net *f, gconstpointer data)
{
  assert_fails (f, "/endless/1", SP_ERROR_SERVER, "more than a picture can be");
  g_assert_cmpuint (f->endless, <, 16 * ROOM);
}

static void
test_moved (Net *f, gconstpointer data)
{
  assert_picture (f, "/moved/1");
  assert_fails (f, "/round/1", SP_ERROR_SERVER, "round and round");
  g_assert_cmpuint (f->asked->len, <, 10);
  sp_tile_fetcher_resume (f->fetcher);
  assert_fails (f, "/abroad/1", SP_ERROR_DENIED, "https://");
}

static void
let_go (Net *f)
{
  while (f->held->len > 0)
    {
      soup_server_message_unpause (g_ptr_array_index (f->held, 0));
      g_ptr_array_remove_index (f->held, 0);
    }
}

static void
test_two_at_once (Net *f, gconstpointer data)
{
  GAsyncResult *results[6] = { NULL };
  guint done = 0;

  f->hold = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *uri = g_strdup_printf ("%s/fresh/%u", f->base, i);
      sp_tile_fetcher_fetch_async (f->fetcher, uri, NULL, fetched_cb, &results[i]);
    }
  while (done < G_N_ELEMENTS (results))
    {
      if (!g_main_context_iteration (NULL, FALSE) && f->held->len == 2)
        let_go (f); /* once no third one has come */
      done = 0;
      for (guint i = 0; i < G_N_ELEMENTS (results); i++)
        done += results[i] != NULL;
    }
  g_assert_cmpuint (f->most_held, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GBytes) bytes = sp_tile_fetcher_fetch_finish (f->fetcher, results[i], NULL);
      g_assert_nonnull (bytes);
      g_object_unref (results[i]);
    }
}

static void
test_cancelled (Net *f, gconstpointer data)
{
  g_autofree char *uri = g_strconcat (f->base, "/fresh/1", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  f->hold = TRUE;
  sp_tile_fetcher_fetch_async (f->fetcher, uri, cancellable, fetched_cb, &result);
  while (f->held->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (sp_tile_fetcher_fetch_finish (f->fetcher, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (sp_tile_fetcher_get_problem (f->fetcher));
  f->hold = FALSE;
  let_go (f);
  assert_picture (f, "/fresh/2"); /* its place is free again */
}

static SpOnlineSource *
make_source (Net *f, const char *path)
{
  g_autofree char *address = g_strconcat (f->base, path, "{z}/{x}/{y}.png", NULL);

  return sp_online_source_new (address, f->fetcher, SP_MAP_STYLE_LIGHT, 1, NULL);
}

static void
test_source (Net *f, gconstpointer data)
{
  g_autoptr (SpOnlineSource) source = make_source (f, "/fresh/");
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = fill_tile (source, 31, 20, 6, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_ptr_array_index (f->asked, 0), ==, "/fresh/6/31/20.png");
  g_assert_cmphex (pixel_of (texture, 128, 128), ==, RED);
  g_assert_null (sp_base_source_get_problem (SP_BASE_SOURCE (source)));
}

/* Whatever the server does, there is a map, and a sentence. */
static void
test_source_stands_in (Net *f, gconstpointer data)
{
  static const char *const paths[] = { "/nothing/", "/busy/", "/hotel/", "/broken/" };
  g_autoptr (SpBaseSource) built_in = sp_base_source_new (SP_MAP_STYLE_LIGHT, 1, NULL);
  g_autoptr (GdkTexture) expected = fill_tile (built_in, 31, 20, 6, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (SpOnlineSource) source = make_source (f, paths[i]);
      g_autoptr (GdkTexture) texture = NULL;

      sp_tile_fetcher_reset (f->fetcher);
      texture = fill_tile (source, 31, 20, 6, NULL, NULL);
      g_assert_true (same_picture (texture, expected));
      g_assert_nonnull (sp_base_source_get_problem (SP_BASE_SOURCE (source)));
    }
}

static void
test_source_stopped (Net *f, gconstpointer data)
{
  g_autoptr (SpOnlineSource) source = make_source (f, "/fresh/");
  g_autoptr (ShumateTile) tile = g_object_ref_sink (shumate_tile_new_full (31, 20, 256, 6));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  f->hold = TRUE;
  shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), tile, NULL, filled_cb, &result);
  while (f->held->len == 0)
    g_main_context_iteration (NULL, TRUE);
  sp_base_source_stop (SP_BASE_SOURCE (source));
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (sp_base_source_is_busy (SP_BASE_SOURCE (source)));
  let_go (f);
}

static void
test_address (void)
{
  static const struct { const char *address; int code; } cases[] = {
    { "https://tile.openstreetmap.org/{z}/{x}/{y}.png", -1 },
    { "https://maps.example.org/tiles?z={z}&x={x}&y={y}&key=abc", -1 },
    { "http://127.0.0.1:8080/{z}/{x}/{y}.png", -1 },
    { "http://[::1]:8080/{z}/{x}/{y}.png", -1 },
    { "http://localhost/{z}/{x}/{y}.png", -1 },
    { "http://tile.example.org/{z}/{x}/{y}.png", SP_ERROR_DENIED },
    { "http://127.0.0.1.example.org/{z}/{x}/{y}.png", SP_ERROR_DENIED },
    { "file:///tmp/{z}/{x}/{y}.png", SP_ERROR_DENIED },
    { "https:///{z}/{x}/{y}.png", SP_ERROR_DENIED },
    { "https://tile.example.org/{z}/{x}.png", SP_ERROR_INVALID },
    { "https://{s}.example.org/{z}/{x}/{y}.png", SP_ERROR_INVALID },
    { "https://anne:secret@example.org/{z}/{x}/{y}.png", SP_ERROR_INVALID },
    { "{z}{x}{y}", SP_ERROR_INVALID },
    { "", SP_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = sp_online_address_parse (cases[i].address, &error);

      g_test_message ("%s", cases[i].address);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, SP_ERROR, cases[i].code);
      g_assert_true ((uri != NULL) == (cases[i].code < 0));
    }
}

static void
test_expiry (void)
{
  static const struct { const char *name, *value, *name_2, *value_2; gint64 age; } cases[] = {
    { "Cache-Control", "max-age=60", NULL, NULL, 60 },
    { "Cache-Control", "public, max-age=60", "Age", "20", 40 },
    { "Cache-Control", "max-age=60", "Expires", "Sun, 22 Nov 2099 10:00:00 GMT", 60 },
    { "Cache-Control", "no-cache", NULL, NULL, 0 },
    { "Cache-Control", "max-age=-5", NULL, NULL, 7 * 86400 },
    { "Expires", "Sun, 22 Nov 2026 10:01:40 GMT", "Date", "Sun, 22 Nov 2026 10:00:00 GMT", 100 },
    { "Expires", "0", NULL, NULL, 0 },
    { "Cache-Control", "max-age=999999999", NULL, NULL, 90 * 86400 },
    { "Server", "nothing said", NULL, NULL, 7 * 86400 },
  };
  const gint64 now = 1795341600;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("GET", "https://tile.example.org/");
      SoupMessageHeaders *headers = soup_message_get_response_headers (message);

      soup_message_headers_append (headers, cases[i].name, cases[i].value);
      if (cases[i].name_2 != NULL)
        soup_message_headers_append (headers, cases[i].name_2, cases[i].value_2);
      g_test_message ("%s: %s", cases[i].name, cases[i].value);
      g_assert_cmpint (sp_tile_answer_get_expiry (message, now) - now, ==, cases[i].age);
    }
}

static void
save_entry (SpTileCache *cache, const char *uri, gsize size)
{
  g_autofree guint8 *bytes = g_malloc0 (size);
  SpTileCacheEntry *entry = g_new0 (SpTileCacheEntry, 1);
  g_autoptr (GError) error = NULL;

  entry->bytes = g_bytes_new (bytes, size);
  entry->etag = g_strdup ("e");
  entry->expires = 7;
  sp_tile_cache_save (cache, uri, entry, &error);
  g_assert_no_error (error);
  sp_tile_cache_entry_free (entry);
}

static gboolean
is_in (SpTileCache *cache, const char *uri)
{
  SpTileCacheEntry *entry = sp_tile_cache_load (cache, uri);
  gboolean found = entry != NULL;

  g_clear_pointer (&entry, sp_tile_cache_entry_free);
  return found;
}

static void
set_age (const char *folder, const char *uri, time_t when)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_utime (path, &(struct utimbuf){ when, when }), ==, 0);
}

/* The oldest go first, and only as many as must. */
static void
test_cache_limit (Net *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "deep", "tiles", NULL);
  g_autoptr (SpTileCache) cache = sp_tile_cache_new (folder, 10000);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *uri = g_strdup_printf ("https://example.org/%u", i);

      save_entry (cache, uri, 900);
      set_age (folder, uri, 1000 + (time_t) i);
    }
  g_assert_true (is_in (cache, "https://example.org/0")); /* looked at: now it is the newest */
  save_entry (cache, "https://example.org/big", 1500);
  g_assert_true (is_in (cache, "https://example.org/big"));
  g_assert_true (is_in (cache, "https://example.org/0"));
  g_assert_false (is_in (cache, "https://example.org/1"));
  g_assert_false (is_in (cache, "https://example.org/2"));
  g_assert_true (is_in (cache, "https://example.org/9"));
}

/* Half a file, another file's bytes, a folder in its place: none is a picture, and none is a failure. */
static void
test_cache_damage (Net *f, gconstpointer data)
{
  g_autoptr (SpTileCache) cache = sp_tile_cache_new (f->folder, ROOM);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "u", -1);
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  save_entry (cache, "u", 500);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize cut = 0; cut < length; cut += 7)
    {
      g_assert_true (g_file_set_contents (path, bytes, (gssize) cut, NULL));
      g_assert_false (is_in (cache, "u"));
    }
  save_entry (cache, "other", 500);
  g_assert_false (is_in (cache, "third"));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  g_assert_true (is_in (cache, "u"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/online/address", test_address);
  g_test_add_func ("/online/expiry", test_expiry);
#define ADD(name, function) g_test_add ("/online/" name, Net, NULL, set_up, function, tear_down)
  ADD ("cache-damage", test_cache_damage);
  ADD ("cache-limit", test_cache_limit);
  ADD ("kept", test_kept);
  ADD ("revalidated", test_revalidated);
  ADD ("not-to-be-kept", test_not_to_be_kept);
  ADD ("offline", test_offline);
  ADD ("missing", test_missing);
  ADD ("busy", test_busy);
  ADD ("no-picture", test_no_picture);
  ADD ("endless", test_endless);
  ADD ("moved", test_moved);
  ADD ("two-at-once", test_two_at_once);
  ADD ("cancelled", test_cancelled);
  ADD ("source", test_source);
  ADD ("source-stands-in", test_source_stands_in);
  ADD ("source-stopped", test_source_stopped);
  return g_test_run ();
}
