/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWireAhead: documents that arrive, taken apart by a thread while the writer is busy with those before them. They go
 * through it in pieces: one is with the thread, one with the writer, so that little memory is held. */
#include "sp-wire-ahead.h"

#include "sp-peer.h"

#define PIECE 64 /* documents */

struct _SpWireAhead
{
  GPtrArray   *documents; /* of SpPeerDocument */
  GThreadPool *reader;    /* one thread; NULL if one piece is all */
  GAsyncQueue *ready;     /* of Piece */
  GArray      *piece;     /* nullable: of SpWireDocument, with the writer */
  guint        read;      /* documents that were given to the reader */
  guint        at;        /* in @piece */
};

/* A part of the documents on its way through the thread. */
typedef struct
{
  GPtrArray *documents; /* borrowed */
  guint      first;
  GArray    *piece;
} Piece;

static void
clear_document (gpointer data)
{
  SpWireDocument *document = data;

  sp_wire_head_clear (&document->head);
  sp_body_clear (&document->body);
  g_clear_error (&document->error);
}

static GArray *
new_piece (guint length)
{
  GArray *piece = g_array_sized_new (FALSE, TRUE, sizeof (SpWireDocument), length);

  g_array_set_clear_func (piece, clear_document);
  g_array_set_size (piece, length);
  return piece;
}

static void
read_document (const SpPeerDocument *document, SpWireDocument *read)
{
  g_autoptr (GArray) tokens = NULL;
  const char *json;
  gsize length;

  if (document->json == NULL)
    return;
  json = g_bytes_get_data (document->json, &length);
  tokens = sp_json_gate_scan (json, length, SP_JSON_MAX_BYTES, &read->error);
  if (tokens == NULL || !sp_wire_read_tokens (json, tokens, &read->head, &read->error))
    return;
  if (read->head.id == NULL)
    g_set_error (&read->error, SP_ERROR, SP_ERROR_INVALID, "%s: the document has no _id", document->id);
  else
    sp_body_from_tokens (&read->body, json, tokens, &read->error);
}

/* In the thread. */
static void
read_piece (gpointer data, gpointer ready)
{
  Piece *piece = data;

  for (guint i = 0; i < piece->piece->len; i++)
    read_document (g_ptr_array_index (piece->documents, piece->first + i), &g_array_index (piece->piece, SpWireDocument, i));
  g_async_queue_push (ready, piece);
}

static void
begin_piece (SpWireAhead *self)
{
  Piece *piece = g_new (Piece, 1);

  *piece = (Piece){ self->documents, self->read, new_piece (MIN (PIECE, self->documents->len - self->read)) };
  self->read += piece->piece->len;
  if (self->reader != NULL)
    g_thread_pool_push (self->reader, piece, NULL);
  else
    read_piece (piece, self->ready);
}

static void
free_piece (gpointer data)
{
  Piece *piece = data;

  g_array_unref (piece->piece);
  g_free (piece);
}

/**
 * sp_wire_ahead_new:
 * @documents: (element-type SpPeerDocument): what arrived; not changed meanwhile
 *
 * Begins to take documents apart.
 *
 * Returns: (transfer full): where to get them
 */
SpWireAhead *
sp_wire_ahead_new (GPtrArray *documents)
{
  SpWireAhead *self = g_new0 (SpWireAhead, 1);

  self->documents = g_ptr_array_ref (documents);
  self->ready = g_async_queue_new_full (free_piece);
  if (documents->len > PIECE)
    self->reader = g_thread_pool_new (read_piece, self->ready, 1, FALSE, NULL);
  if (documents->len > 0)
    begin_piece (self);
  return self;
}

/**
 * sp_wire_ahead_next:
 * @self: documents, as many of which were not yet taken
 *
 * Waits for the thread if need be. May be called once for each document.
 *
 * Returns: (transfer none): the next document; good until the next call. One without JSON has neither head nor error.
 */
SpWireDocument *
sp_wire_ahead_next (SpWireAhead *self)
{
  Piece *piece;

  if (self->piece == NULL || self->at == self->piece->len)
    {
      piece = g_async_queue_pop (self->ready);
      g_clear_pointer (&self->piece, g_array_unref);
      self->piece = g_steal_pointer (&piece->piece);
      self->at = 0;
      g_free (piece);
      if (self->read < self->documents->len)
        begin_piece (self);
    }
  return &g_array_index (self->piece, SpWireDocument, self->at++);
}

/**
 * sp_wire_ahead_free:
 * @self: (transfer full): documents, taken or not; waits for the thread
 */
void
sp_wire_ahead_free (SpWireAhead *self)
{
  if (self->reader != NULL)
    g_thread_pool_free (self->reader, FALSE, TRUE);
  g_async_queue_unref (self->ready);
  g_clear_pointer (&self->piece, g_array_unref);
  g_ptr_array_unref (self->documents);
  g_free (self);
}
