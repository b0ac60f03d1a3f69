/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small CouchDB that has as many documents as a test wants, takes what it is sent and keeps no copy of it, and can be unwell
 * in several ways. */

#include "replica-fixture.h"
#include "sp-couch-client.h"
#include "sp-couch-peer.h"

#include <libsoup/soup.h>
#include <string.h>

#define COUCH_GONE "doc:000002" /* what an old server no longer has */
#define COUCH_UUID "0123456789abcdef0123456789abcdef"

typedef struct
{
  StoreFixture store;
  SoupServer  *server;
  const char  *uuid;     /* nullable: its own */
  guint        n_docs;   /* that it has: doc:000001 and so on, each in one version */
  gsize        padding;  /* blanks in each, which make its answers large */
  const char  *bulky;    /* nullable: id of a document that is larger than any answer may be */
  const char  *fails;    /* nullable: id of a document that it does not give when it is asked for several; `*` for all */
  const char  *row;      /* what it says instead, the elements of `docs`; nullable: it leaves the row out */
  gboolean     always;   /* it does not give it by itself either */
  guint        most;     /* 0: any number; it calls a _bulk_get of more revisions too large */
  gboolean     read_only;
  gboolean     rough;    /* it names what it refuses twice, and not the version */
  gboolean     strict;   /* a local document needs its revision, as others are */
  gboolean     no_since; /* it knows no sequence but the start */
  gboolean     old;      /* it has no _bulk_get */
  GHashTable  *locals;   /* path → revision and body, as it answers */
  guint        listings; /* requests to _changes */
  guint        gets;     /* requests to _bulk_get */
  guint        alone;    /* those of one revision, and of one document without _bulk_get */
  guint        diffs;    /* requests to _revs_diff */
  guint        puts;     /* requests to _bulk_docs */
  guint        largest;  /* of these two, in documents */
} CouchFixture;

static void
couch_reply (SoupServerMessage *message, guint status, char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, body, strlen (body));
}

static SpNode *
couch_read (SoupServerMessage *message)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);

  return sp_node_parse (length > 0 ? bytes : "null", length > 0 ? (gssize) length : -1, NULL);
}

static void
couch_list (CouchFixture *f, SoupServerMessage *message, GHashTable *query)
{
  const guint since = (guint) g_ascii_strtoull (g_hash_table_lookup (query, "since"), NULL, 10);
  const guint limit = (guint) g_ascii_strtoull (g_hash_table_lookup (query, "limit"), NULL, 10);
  const guint last = MIN (f->n_docs, since + limit);
  GString *out = g_string_new ("{\"results\":[");

  f->listings++;
  for (guint i = since + 1; i <= last; i++)
    g_string_append_printf (out, "%s{\"seq\":%u,\"id\":\"doc:%06u\",\"changes\":[{\"rev\":\"1-%06u\"}]}", i > since + 1 ? "," : "", i, i, i);
  g_string_append_printf (out, "],\"last_seq\":%u}", last);
  if (f->no_since && since > 0)
    couch_reply (message, 400, g_strdup ("{\"error\":\"bad_request\",\"reason\":\"No such sequence.\"}"));
  else
    couch_reply (message, 200, g_strdup (out->str));
  g_string_free (out, TRUE);
}

/* `{"ok":…}` of one document. */
static void
couch_add_document (CouchFixture *f, GString *out, const char *id)
{
  const gsize padding = g_strcmp0 (f->bulky, id) == 0 ? SP_COUCH_MAX_ANSWER : f->padding;

  g_string_append_printf (out, "{\"ok\":{\"_id\":\"%s\",\"_rev\":\"1-%s\",\"_revisions\":{\"start\":1,\"ids\":[\"%s\"]},", id, id + 4, id + 4);
  g_string_set_size (out, out->len + padding);
  memset (out->str + out->len - padding, ' ', padding);
  g_string_append (out, "\"type\":\"note\"}}");
}

static gboolean
couch_fails (CouchFixture *f, const char *id, gboolean alone)
{
  return f->fails != NULL && (f->always || !alone) && (g_str_equal (f->fails, "*") || g_str_equal (f->fails, id));
}

static void
couch_add_row (CouchFixture *f, GString *out, const char *id, gboolean alone)
{
  const gboolean fails = couch_fails (f, id, alone);

  if (fails && f->row == NULL)
    return;
  g_string_append_printf (out, "%s{\"id\":\"%s\",\"docs\":[", g_str_has_suffix (out->str, "}") ? "," : "", id);
  if (fails)
    g_string_append (out, f->row);
  else
    couch_add_document (f, out, id);
  g_string_append (out, "]}");
}

static void
couch_give (CouchFixture *f, SoupServerMessage *message)
{
  g_autoptr (SpNode) asked = couch_read (message);
  const SpNode *list = sp_node_get (asked, "docs");
  const guint count = sp_node_get_length (list);
  GString *out = g_string_new ("{\"results\":[");

  f->gets++;
  f->alone += count == 1;
  for (guint i = 0; i < count && (f->most == 0 || count <= f->most); i++)
    couch_add_row (f, out, sp_node_get_text (sp_node_get_element (list, i), "id"), count == 1);
  g_string_append (out, "]}");
  if (f->old)
    couch_reply (message, 404, g_strdup ("{\"error\":\"not_found\",\"reason\":\"missing\"}"));
  else if (f->most > 0 && count > f->most)
    couch_reply (message, 413, g_strdup ("{\"error\":\"too_large\"}"));
  else
    couch_reply (message, 200, g_string_free (g_steal_pointer (&out), FALSE));
  if (out != NULL)
    g_string_free (out, TRUE);
}

/* The older way, of one document. */
static void
couch_give_one (CouchFixture *f, SoupServerMessage *message, const char *id)
{
  const gboolean is_there = strcmp (id, COUCH_GONE) != 0;
  GString *out = g_string_new (is_there ? "[" : "[{\"missing\":\"1-000002\"}]");

  f->alone++;
  if (is_there)
    couch_add_document (f, out, id);
  if (is_there)
    g_string_append_c (out, ']');
  couch_reply (message, 200, g_string_free (out, FALSE));
}

/* It lacks all. */
static void
couch_compare (CouchFixture *f, SoupServerMessage *message)
{
  g_autoptr (SpNode) asked = couch_read (message);
  g_autoptr (SpNode) answer = sp_node_new_object ();

  f->diffs++;
  f->largest = MAX (f->largest, sp_node_get_length (asked));
  for (guint i = 0; i < sp_node_get_length (asked); i++)
    {
      SpNode *entry = sp_node_new_object ();

      sp_node_set (entry, "missing", sp_node_copy (sp_node_get_element (asked, i)));
      sp_node_set (answer, sp_node_get_name (asked, i), entry);
    }
  couch_reply (message, 200, sp_node_to_json (answer));
}

static void
couch_take (CouchFixture *f, SoupServerMessage *message)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GArray) ranges = NULL;
  const char *bytes = g_bytes_get_data (body, NULL);
  GString *out = g_string_new ("[");

  g_assert_true (sp_json_gate_slice (bytes, g_bytes_get_size (body), "docs", &ranges, NULL));
  f->puts++;
  f->largest = MAX (f->largest, ranges->len);
  for (guint i = 0; f->read_only && i < ranges->len; i++)
    {
      const SpJsonRange *range = &g_array_index (ranges, SpJsonRange, i);
      g_autoptr (SpNode) document = sp_node_parse (bytes + range->start, (gssize) range->length, NULL);

      for (guint k = f->rough ? 0 : 1; k < 2; k++)
        g_string_append_printf (out, "%s{\"id\":\"%s\",\"%s\":\"%s\",\"error\":\"forbidden\",\"reason\":\"This account may only read.\"}",
                                g_str_has_suffix (out->str, "}") ? "," : "", sp_node_get_text (document, "_id"),
                                f->rough ? "any" : "rev", sp_node_get_text (document, "_rev"));
    }
  g_string_append_c (out, ']');
  couch_reply (message, 201, g_string_free (out, FALSE));
}

static void
couch_keep_local (CouchFixture *f, SoupServerMessage *message, const char *path)
{
  g_autoptr (SpNode) node = couch_read (message);
  g_autoptr (SpNode) old = g_hash_table_contains (f->locals, path) ? sp_node_parse (g_hash_table_lookup (f->locals, path), -1, NULL) : NULL;
  const char *rev = old != NULL ? sp_node_get_text (old, "_rev") : NULL;
  g_autofree char *next = g_strdup_printf ("0-%u", rev != NULL ? (guint) g_ascii_strtoull (rev + 2, NULL, 10) + 1 : 1);

  if (f->strict && g_strcmp0 (sp_node_get_text (node, "_rev"), rev) != 0)
    {
      couch_reply (message, 409, g_strdup ("{\"error\":\"conflict\"}"));
      return;
    }
  sp_node_set_text (node, "_rev", next);
  g_hash_table_replace (f->locals, g_strdup (path), sp_node_to_json (node));
  couch_reply (message, 201, g_strdup_printf ("{\"ok\":true,\"rev\":\"%s\"}", next));
}

static void
couch_local (CouchFixture *f, SoupServerMessage *message, const char *path)
{
  const char *known = g_hash_table_lookup (f->locals, path);

  if (g_str_equal (soup_server_message_get_method (message), "PUT"))
    couch_keep_local (f, message, path);
  else if (known != NULL)
    couch_reply (message, 200, g_strdup (known));
  else
    couch_reply (message, 404, g_strdup ("{\"error\":\"not_found\",\"reason\":\"missing\"}"));
}

static void
couch_asked_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  CouchFixture *f = data;

  if (g_str_equal (path, "/"))
    couch_reply (message, 200, g_strdup_printf ("{\"couchdb\":\"Welcome\",\"uuid\":\"%s\"}", f->uuid != NULL ? f->uuid : COUCH_UUID));
  else if (g_str_equal (path, "/town/"))
    couch_reply (message, 200, g_strdup_printf ("{\"db_name\":\"town\",\"update_seq\":%u,\"doc_count\":%u}", f->n_docs, f->n_docs));
  else if (strstr (path, "/_local/") != NULL)
    couch_local (f, message, path);
  else if (g_str_equal (path, "/town/_changes"))
    couch_list (f, message, query);
  else if (g_str_equal (path, "/town/_bulk_get"))
    couch_give (f, message);
  else if (g_str_equal (path, "/town/_revs_diff"))
    couch_compare (f, message);
  else if (g_str_equal (path, "/town/_bulk_docs"))
    couch_take (f, message);
  else
    couch_give_one (f, message, path + strlen ("/town/"));
}

G_GNUC_UNUSED static void
set_up_couch (CouchFixture *f, gconstpointer data)
{
  f->server = soup_server_new (NULL, NULL);
  f->locals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_server_add_handler (f->server, NULL, couch_asked_cb, f, NULL);
  g_assert_true (soup_server_listen_local (f->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  set_up_store (&f->store, NULL);
}

G_GNUC_UNUSED static void
tear_down_couch (CouchFixture *f, gconstpointer data)
{
  tear_down_store (&f->store, NULL);
  soup_server_disconnect (f->server);
  g_clear_object (&f->server);
  g_hash_table_unref (f->locals);
}

/* Such as a program that was just started has. */
G_GNUC_UNUSED static SpPeer *
make_couch_peer (CouchFixture *f)
{
  GSList *uris = soup_server_get_uris (f->server);
  g_autoptr (GUri) uri = g_uri_parse_relative (uris->data, "/town", G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (SpCouchClient) client = sp_couch_client_new (uri, NULL, NULL);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return SP_PEER (sp_couch_peer_new (client));
}

G_GNUC_UNUSED static gboolean
couch_replicate (CouchFixture *f, gboolean pulls, SpReplicatorCounts *counts, GError **error)
{
  g_autoptr (SpPeer) remote = make_couch_peer (f);
  g_autoptr (SpPeer) local = SP_PEER (sp_store_peer_new (f->store.store, TRUE));

  return replicate_peers (pulls ? remote : local, pulls ? local : remote, counts, error);
}
