/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpRequest: what was asked, taken apart. Paths are cut before they are decoded, so that an id may hold a slash. */
#include "sp-request.h"

#include "sp-gzip.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_LIST (4 * 1024 * 1024) /* bytes of a body that is taken apart as a whole */

static void
free_request (gpointer data)
{
  SpRequest *self = data;

  g_free (self->method);
  g_strfreev (self->parts);
  g_hash_table_unref (self->query);
  g_bytes_unref (self->body);
  g_free (self->type);
  g_free (self->match);
  g_free (self->database);
  g_free (self->account);
}

/* The parts of a path; a trailing slash is none. */
static GStrv
split_path (const char *path, GError **error)
{
  g_auto (GStrv) raw = g_strsplit (path[0] == '/' ? path + 1 : path, "/", 8);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; raw[i] != NULL; i++)
    {
      g_autofree char *part = g_uri_unescape_string (raw[i], NULL);

      if (part == NULL || !g_utf8_validate (part, -1, NULL))
        {
          g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "The path is not UTF-8, or wrongly encoded");
          return NULL;
        }
      if (part[0] != '\0' || raw[i + 1] != NULL)
        g_strv_builder_add (builder, part);
    }
  return g_strv_builder_end (builder);
}

static GHashTable *
read_query (const char *query)
{
  return query != NULL && g_utf8_validate (query, -1, NULL) ? soup_form_decode (query)
                                                            : g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * sp_request_new:
 * @method: of HTTP
 * @path: as it came, encoded
 * @query: (nullable): as it came, encoded
 * @body: what was sent
 * @error: %SP_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the request; the first part of its path is taken for the database
 */
SpRequest *
sp_request_new (const char *method, const char *path, const char *query, GBytes *body, GError **error)
{
  g_auto (GStrv) parts = split_path (path, error);
  SpRequest *self;

  if (parts == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (SpRequest);
  self->method = g_strdup (method);
  self->database = g_strdup (parts[0] != NULL && parts[0][0] != '_' ? parts[0] : "");
  self->parts = g_steal_pointer (&parts);
  self->query = read_query (query);
  self->body = g_bytes_ref (body);
  return self;
}

/**
 * sp_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): the same
 */
SpRequest *
sp_request_ref (SpRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * sp_request_unref:
 * @self: (transfer full): a request
 */
void
sp_request_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, free_request);
}

/**
 * sp_request_unpack:
 * @self: a request that nothing else reads just now
 * @error: %SP_ERROR_PARSE, %G_IO_ERROR_MESSAGE_TOO_LARGE
 *
 * Unpacks its body, if that is packed. For those only who have logged in, for what is small may be large then; in the
 * thread that goes on with it.
 *
 * Returns: whether its body can be read now
 */
gboolean
sp_request_unpack (SpRequest *self, GError **error)
{
  GBytes *body;

  if (!self->packed)
    return TRUE;
  body = sp_gzip_unpack (self->body, self->limit, error);
  if (body == NULL)
    return FALSE;
  g_bytes_unref (self->body);
  self->body = body;
  self->packed = FALSE;
  return TRUE;
}

/**
 * sp_request_get:
 * @self: a request
 * @name: of a parameter
 *
 * Returns: (transfer none) (nullable): its value, if it is valid UTF-8
 */
const char *
sp_request_get (const SpRequest *self, const char *name)
{
  const char *value = g_hash_table_lookup (self->query, name);

  return value != NULL && g_utf8_validate (value, -1, NULL) ? value : NULL;
}

/**
 * sp_request_get_flag:
 * @self: a request
 * @name: of a parameter
 *
 * Returns: whether it is `true`
 */
gboolean
sp_request_get_flag (const SpRequest *self, const char *name)
{
  return g_strcmp0 (sp_request_get (self, name), "true") == 0;
}

/**
 * sp_request_get_count:
 * @self: a request
 * @name: of a parameter
 * @fallback: what it is if it is not there or no number
 *
 * Returns: its value
 */
guint
sp_request_get_count (const SpRequest *self, const char *name, guint fallback)
{
  const char *value = sp_request_get (self, name);
  guint64 number;

  return value != NULL && g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT, &number, NULL) ? (guint) number : fallback;
}

/**
 * sp_request_get_bytes:
 * @self: a request
 * @length: (out): how many
 *
 * Returns: (transfer none): its body, not NULL
 */
const char *
sp_request_get_bytes (const SpRequest *self, gsize *length)
{
  const char *bytes = g_bytes_get_data (self->body, length);

  return bytes != NULL ? bytes : "";
}

/* Takes a text apart that is more than one document. */
static SpNode *
parse_object (const char *bytes, gsize length, GError **error)
{
  g_autoptr (GArray) tokens = sp_json_gate_scan (bytes, length, MAX_LIST, error);

  if (tokens == NULL)
    return NULL;
  if (g_array_index (tokens, SpJsonToken, 0).type == SP_JSON_OBJECT)
    return sp_node_from_tokens (bytes, tokens, 0);
  g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "Request body must be a JSON object");
  return NULL;
}

/**
 * sp_request_parse:
 * @self: a request
 * @error: %SP_ERROR_PARSE, %SP_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): its body, an object
 */
SpNode *
sp_request_parse (const SpRequest *self, GError **error)
{
  gsize length;
  const char *bytes = sp_request_get_bytes (self, &length);

  return parse_object (bytes, length, error);
}

/**
 * sp_request_parse_around:
 * @self: a request
 * @list: the member that holds documents
 * @ranges: (out) (transfer full) (element-type SpJsonRange): where each stands in the body
 * @error: %SP_ERROR_PARSE, %SP_ERROR_INVALID
 *
 * Finds documents without looking into them.
 *
 * Returns: (transfer full) (nullable): the rest of the body, an object with an empty @list
 */
SpNode *
sp_request_parse_around (const SpRequest *self, const char *list, GArray **ranges, GError **error)
{
  gsize length, end;
  const char *bytes = sp_request_get_bytes (self, &length);
  g_autoptr (GArray) found = NULL;
  g_autoptr (GString) rest = NULL;
  SpNode *around;

  if (!sp_json_gate_slice (bytes, length, list, &found, error))
    return NULL;
  if (found->len == 0)
    around = parse_object (bytes, length, error);
  else
    {
      const SpJsonRange *first = &g_array_index (found, SpJsonRange, 0);
      const SpJsonRange *last = &g_array_index (found, SpJsonRange, found->len - 1);

      end = last->start + last->length;
      rest = g_string_new_len (bytes, (gssize) first->start);
      g_string_append_len (rest, bytes + end, (gssize) (length - end));
      around = parse_object (rest->str, rest->len, error);
    }
  if (around != NULL)
    *ranges = g_steal_pointer (&found);
  return around;
}
