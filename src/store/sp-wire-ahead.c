/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWireAhead: documents that arrive, taken apart by a thread while the writer is busy with those before them. They go
 * through it in pieces: some are with the thread or wait, one is with the writer, so that little memory is held. */
#include "sp-wire-ahead.h"

#include "sp-erase.h"
#include "sp-json-print.h"
#include "sp-revision.h"

#define FIRST 4  /* documents of the first piece, for which the writer waits; those after it are larger and larger */
#define PIECE 32 /* documents at most */
#define AHEAD 32 /* pieces that the thread may be ahead of the writer, who now and then waits for the disk */

/* A part of the documents on its way through the thread. */
typedef struct
{
  const SpWireText *texts;
  SpWireKind        kind;
  GArray           *piece; /* of SpWireDocument */
  gboolean          done;  /* the writer no longer needs it */
} Piece;

struct _SpWireAhead
{
  const SpWireText *texts;
  guint             n;
  SpWireKind        kind;
  GThreadPool      *reader; /* one thread; NULL if one piece is all */
  GAsyncQueue      *ready;  /* of Piece */
  Piece            *piece;  /* nullable: with the writer */
  guint             read;   /* documents that were given to the reader */
  guint             at;     /* in @piece */
  gint              stopped; /* atomic: nobody wants what was not yet read */
};

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

/* ── Reading ── */

static void
read_arrival (const SpWireText *text, GArray *tokens, SpWireDocument *document)
{
  SpWireHead *head = &document->head;

  if (sp_body_from_tokens (&document->body, text->json, tokens, &document->error)
      && g_str_has_prefix (head->id, "asset:") && !head->deleted)
    document->body.text = sp_text_new (document->body.node);
}

/* A revision of another replica. */
static void
read_revision (const SpWireText *text, GArray *tokens, SpWireKind kind, SpWireDocument *document)
{
  if (!sp_wire_read_tokens (text->json, tokens, &document->head, &document->error))
    return;
  if (document->head.id == NULL)
    g_set_error_literal (&document->error, SP_ERROR, SP_ERROR_INVALID, "A document has no _id");
  else if (kind == SP_WIRE_ARRIVALS)
    read_arrival (text, tokens, document);
  else
    sp_body_take_text (&document->body, text->json, tokens, &document->error);
}

static void
read_edit (const SpWireText *text, GArray *tokens, SpWireDocument *document)
{
  const SpWireHead *head = &document->head;
  g_autoptr (GString) canonical = NULL;
  const char *parent;

  if (!sp_wire_read_edit (text->json, tokens, &document->head, &document->error)
      || !sp_body_take_text (&document->body, text->json, tokens, &document->error))
    return;
  parent = head->revisions != NULL ? head->revisions[0] : NULL;
  if (parent != NULL && !sp_revision_parse (parent, NULL, NULL))
    return;
  canonical = g_string_sized_new (text->length);
  sp_json_append_canonical (canonical, text->json, tokens, 0, TRUE);
  document->body.rev = sp_revision_make (head->deleted, parent, canonical->str);
}

static void
read_document (const SpWireText *text, SpWireKind kind, SpWireDocument *document)
{
  g_autoptr (GArray) tokens = NULL;

  if (text->json == NULL)
    return;
  tokens = sp_json_gate_scan (text->json, text->length, SP_JSON_MAX_BYTES, &document->error);
  if (tokens == NULL)
    return;
  document->may_erase = sp_erase_may_concern (text->json, tokens);
  if (kind == SP_WIRE_EDITS)
    read_edit (text, tokens, document);
  else
    read_revision (text, tokens, kind, document);
}

static void
free_piece (gpointer data)
{
  Piece *piece = data;

  g_clear_pointer (&piece->piece, g_array_unref);
  g_free (piece);
}

/* In the thread, which frees what it made: so neither waits for the memory of the other. */
static void
work_on_piece (gpointer data, gpointer ahead)
{
  SpWireAhead *self = ahead;
  Piece *piece = data;

  if (piece->done || g_atomic_int_get (&self->stopped))
    {
      free_piece (piece);
      return;
    }
  for (guint i = 0; i < piece->piece->len; i++)
    read_document (&piece->texts[i], piece->kind, &g_array_index (piece->piece, SpWireDocument, i));
  g_async_queue_push (self->ready, piece);
}

static void
give_piece (SpWireAhead *self, Piece *piece)
{
  if (self->reader != NULL)
    g_thread_pool_push (self->reader, piece, NULL);
  else
    work_on_piece (piece, self);
}

static void
begin_piece (SpWireAhead *self)
{
  const guint most = self->reader != NULL ? MIN (PIECE, self->read + FIRST) : PIECE;
  Piece *piece = g_new (Piece, 1);

  *piece = (Piece){ self->texts + self->read, self->kind, new_piece (MIN (most, self->n - self->read)), FALSE };
  self->read += piece->piece->len;
  give_piece (self, piece);
}

/**
 * sp_wire_ahead_new:
 * @texts: (array length=n): what arrived; stays where it is meanwhile
 * @n: how many documents
 * @kind: what they are
 *
 * Begins to take documents apart.
 *
 * Returns: (transfer full): where to get them
 */
SpWireAhead *
sp_wire_ahead_new (const SpWireText *texts, guint n, SpWireKind kind)
{
  SpWireAhead *self = g_new0 (SpWireAhead, 1);

  self->texts = texts;
  self->n = n;
  self->kind = kind;
  self->ready = g_async_queue_new_full (free_piece);
  if (n > PIECE)
    self->reader = g_thread_pool_new (work_on_piece, self, 1, FALSE, NULL);
  for (guint i = 0; i < AHEAD && self->read < n; i++)
    begin_piece (self);
  return self;
}

static void
take_piece (SpWireAhead *self)
{
  if (self->piece != NULL)
    {
      self->piece->done = TRUE;
      give_piece (self, g_steal_pointer (&self->piece));
    }
  if (self->read < self->n)
    begin_piece (self);
  self->piece = g_async_queue_pop (self->ready);
  self->at = 0;
}

/**
 * sp_wire_ahead_next:
 * @self: documents, as many of which were not yet taken
 *
 * Waits for the thread if need be. May be called once for each document.
 *
 * Returns: (transfer none): the next document; good until the next call. One without JSON says nothing.
 */
SpWireDocument *
sp_wire_ahead_next (SpWireAhead *self)
{
  if (self->piece == NULL || self->at == self->piece->piece->len)
    take_piece (self);
  return &g_array_index (self->piece->piece, SpWireDocument, self->at++);
}

/**
 * sp_wire_ahead_free:
 * @self: (transfer full): documents, taken or not; waits until the thread is done with the piece that it reads
 */
void
sp_wire_ahead_free (SpWireAhead *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
  if (self->reader != NULL)
    g_thread_pool_free (self->reader, FALSE, TRUE);
  g_async_queue_unref (self->ready);
  g_clear_pointer (&self->piece, free_piece);
  g_free (self);
}
