/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAnswer: a status and a JSON text; and what our errors are called on the wire. */
#include "sp-answer.h"

#include <gio/gio.h>

/**
 * sp_answer_take:
 * @status: of HTTP
 * @json: (transfer full): the body
 *
 * Returns: (transfer full): an answer
 */
SpAnswer *
sp_answer_take (guint status, GString *json)
{
  SpAnswer *self = g_new0 (SpAnswer, 1);

  self->status = status;
  self->body = json;
  return self;
}

/**
 * sp_answer_new:
 * @status: of HTTP
 * @json: the body
 *
 * Returns: (transfer full): an answer
 */
SpAnswer *
sp_answer_new (guint status, const char *json)
{
  return sp_answer_take (status, g_string_new (json));
}

/**
 * sp_answer_new_error:
 * @status: of HTTP
 * @error: the word that programs look at
 * @reason: the sentence for a person
 *
 * Returns: (transfer full): an answer
 */
SpAnswer *
sp_answer_new_error (guint status, const char *error, const char *reason)
{
  GString *out = g_string_new ("{\"error\":");

  sp_json_append_text (out, error);
  g_string_append (out, ",\"reason\":");
  sp_json_append_text (out, reason);
  g_string_append (out, "}\n");
  return sp_answer_take (status, out);
}

/**
 * sp_answer_new_too_large:
 * @remedy: what to ask instead, as the end of a sentence
 *
 * Returns: (transfer full): 413: the answer would pass %SP_ANSWER_MAX_BYTES
 */
SpAnswer *
sp_answer_new_too_large (const char *remedy)
{
  g_autofree char *reason = g_strdup_printf ("The answer would have more than %d MiB: %s", SP_ANSWER_MAX_BYTES / 1024 / 1024, remedy);

  return sp_answer_new_error (413, "too_large", reason);
}

typedef struct
{
  int         code;
  guint       status;
  const char *word;
} Meaning;

static const Meaning meanings[] = {
  { SP_ERROR_PARSE, 400, "bad_request" },
  { SP_ERROR_INVALID, 400, "bad_request" },
  { SP_ERROR_RESERVED, 400, "doc_validation" },
  { SP_ERROR_CONFLICT, 409, "conflict" },
  { SP_ERROR_NOT_FOUND, 404, "not_found" },
  { SP_ERROR_DENIED, 403, "forbidden" },
  { SP_ERROR_ERASED, 403, "forbidden" },
  { SP_ERROR_DISK_FULL, 507, "insufficient_storage" },
  { SP_ERROR_UNSUPPORTED, 501, "not_implemented" },
};

static const Meaning *
get_meaning (const GError *error)
{
  static const Meaning other = { SP_ERROR_FAILED, 500, "internal_server_error" };
  static const Meaning too_large = { SP_ERROR_FAILED, 413, "request_entity_too_large" };

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_error_matches (error, SP_ERROR, meanings[i].code))
      return &meanings[i];
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE) ? &too_large : &other;
}

/* What goes wrong inside is logged, not told: a message may name a file of this machine. */
static const char *
get_reason (const Meaning *meaning, const GError *error)
{
  if (meaning->status == 409)
    return "Document update conflict.";
  return meaning->status < 500 ? error->message : "The server could not do this; its log says why";
}

/**
 * sp_answer_from_error:
 * @error: why a request failed
 *
 * Returns: (transfer full): the answer that says so
 */
SpAnswer *
sp_answer_from_error (const GError *error)
{
  const Meaning *meaning = get_meaning (error);

  if (meaning->status >= 500 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("%s", error->message);
  return sp_answer_new_error (meaning->status, meaning->word, get_reason (meaning, error));
}

/**
 * sp_answer_free:
 * @self: (transfer full): an answer
 */
void
sp_answer_free (SpAnswer *self)
{
  if (self->body != NULL)
    g_string_free (self->body, TRUE);
  g_free (self->etag);
  g_free (self);
}

/**
 * sp_answer_add_failure:
 * @out: the list so far
 * @id: document id
 * @rev: (nullable): its revision
 * @error: why it was not written
 *
 * Appends the entry of a document that `_bulk_docs` refused.
 */
void
sp_answer_add_failure (GString *out, const char *id, const char *rev, const GError *error)
{
  const Meaning *meaning = get_meaning (error);

  g_string_append (out, out->len > 1 ? ",{\"id\":" : "{\"id\":");
  sp_json_append_text (out, id);
  if (rev != NULL)
    {
      g_string_append (out, ",\"rev\":");
      sp_json_append_text (out, rev);
    }
  g_string_append_printf (out, ",\"error\":\"%s\",\"reason\":", meaning->word);
  sp_json_append_text (out, get_reason (meaning, error));
  g_string_append_c (out, '}');
}
