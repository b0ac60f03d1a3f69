/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWireAhead: documents that arrive, taken apart by a thread while the writer is busy with those before them. They are read
 * in pieces: the thread takes one after the other, and so does the writer whenever it would have to wait. */
#include "sp-wire-ahead.h"

#include "sp-erase.h"
#include "sp-json-print.h"
#include "sp-revision.h"
#include "sp-wire-name.h"

#define ALONE 16  /* documents for which no thread is woken */
#define PIECE 8   /* documents; for so many the writer may have to wait in the end */
#define AHEAD 128 /* pieces that may be read ahead of the writer, who now and then waits for the disk */

/* What the thread is asked for. */
enum { READ = 1, FREE };

typedef struct
{
  SpWireDocument *documents; /* owned; NULL until somebody begins to read them */
  gboolean        by_thread; /* it made them, and frees them: so neither waits for the memory of the other */
  gboolean        is_read;
} Piece;

struct _SpWireAhead
{
  const SpWireText *texts;
  guint             n;
  SpWireKind        kind;
  GThreadPool      *thread; /* nullable: they are few */
  guint             at;     /* the document that the writer gets next */

  GMutex   lock; /* of what follows */
  GCond    changed;
  Piece   *pieces;
  guint    n_pieces;
  guint    begun;         /* pieces that somebody reads or has read */
  guint    wanted;        /* pieces that the writer has asked for; it is at the last of them */
  gboolean is_at_work;    /* the thread reads a piece */
  gboolean is_stopped;    /* nobody wants what was not yet read */
  gboolean is_waited_for; /* @changed */
};

static void
clear_document (SpWireDocument *document)
{
  sp_wire_head_clear (&document->head);
  sp_body_clear (&document->body);
  g_clear_error (&document->error);
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
read_tokens (const SpWireText *text, GArray *tokens, SpWireKind kind, SpWireDocument *document)
{
  document->may_erase = sp_erase_may_concern (text->json, tokens);
  if (kind == SP_WIRE_EDITS)
    read_edit (text, tokens, document);
  else
    read_revision (text, tokens, kind, document);
}

static void
read_document (const SpWireText *text, SpWireKind kind, SpWireDocument *document)
{
  g_autoptr (GArray) tokens = NULL;

  if (text->json == NULL)
    return;
  tokens = sp_json_gate_scan (text->json, text->length, SP_JSON_MAX_BYTES, &document->error);
  if (tokens != NULL)
    read_tokens (text, tokens, kind, document);
  if (document->error != NULL)
    sp_wire_name_refused (text->json, text->length, &document->head, &document->error);
}

/* ── Pieces ── */

static guint
get_length (SpWireAhead *self, guint index)
{
  return MIN (PIECE, self->n - index * PIECE);
}

static void
free_piece (SpWireAhead *self, guint index)
{
  Piece *piece = &self->pieces[index];

  for (guint i = 0; piece->documents != NULL && i < get_length (self, index); i++)
    clear_document (&piece->documents[i]);
  g_clear_pointer (&piece->documents, g_free);
}

/* Called with the lock, which is given back meanwhile: whoever begins a piece has it for itself until it is read. */
static void
read_next (SpWireAhead *self, gboolean by_thread)
{
  const guint index = self->begun++, length = get_length (self, index);
  Piece *piece = &self->pieces[index];

  piece->by_thread = by_thread;
  g_mutex_unlock (&self->lock);
  piece->documents = g_new0 (SpWireDocument, length);
  for (guint i = 0; i < length; i++)
    read_document (&self->texts[index * PIECE + i], self->kind, &piece->documents[i]);
  g_mutex_lock (&self->lock);
  piece->is_read = TRUE;
}

/* Called with the lock. */
static void
await_change (SpWireAhead *self)
{
  self->is_waited_for = TRUE;
  g_cond_wait (&self->changed, &self->lock);
}

/* Called with the lock. */
static void
tell_change (SpWireAhead *self)
{
  if (self->is_waited_for)
    g_cond_broadcast (&self->changed);
  self->is_waited_for = FALSE;
}

static gboolean
may_read_on (SpWireAhead *self)
{
  return self->begun < MIN (self->n_pieces, self->wanted + AHEAD);
}

/* ── The thread ── */

/* Frees those of its pieces from @index that the writer is done with; called with the lock, which is given back meanwhile. */
static guint
free_done (SpWireAhead *self, guint index)
{
  for (; index + 1 < self->wanted; index++)
    if (self->pieces[index].by_thread)
      {
        g_mutex_unlock (&self->lock);
        free_piece (self, index);
        g_mutex_lock (&self->lock);
      }
  return index;
}

static void
read_all (SpWireAhead *self)
{
  guint freed = 0;

  g_mutex_lock (&self->lock);
  while (!self->is_stopped && self->begun < self->n_pieces)
    {
      self->is_at_work = may_read_on (self);
      if (self->is_at_work)
        read_next (self, TRUE);
      else
        await_change (self);
      self->is_at_work = FALSE;
      tell_change (self);
      freed = free_done (self, freed);
    }
  g_mutex_unlock (&self->lock);
}

static void
free_all (SpWireAhead *self)
{
  for (guint i = 0; i < self->n_pieces; i++)
    free_piece (self, i);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->pieces);
  g_free (self);
}

static void
work (gpointer task, gpointer ahead)
{
  if (GPOINTER_TO_INT (task) == READ)
    read_all (ahead);
  else
    free_all (ahead);
}

/* ── The writer ── */

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
  self->n_pieces = (n + PIECE - 1) / PIECE;
  self->pieces = g_new0 (Piece, self->n_pieces);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  if (n > ALONE)
    {
      self->thread = g_thread_pool_new (work, self, 1, FALSE, NULL);
      g_thread_pool_push (self->thread, GINT_TO_POINTER (READ), NULL);
    }
  return self;
}

static void
take_piece (SpWireAhead *self, guint index)
{
  g_mutex_lock (&self->lock);
  self->wanted = index + 1;
  tell_change (self);
  while (!self->pieces[index].is_read)
    if (may_read_on (self))
      read_next (self, FALSE);
    else
      await_change (self);
  g_mutex_unlock (&self->lock);
  if (index > 0 && !self->pieces[index - 1].by_thread)
    free_piece (self, index - 1);
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
  const guint at = self->at++;

  if (at % PIECE == 0)
    take_piece (self, at / PIECE);
  return &self->pieces[at / PIECE].documents[at % PIECE];
}

/**
 * sp_wire_ahead_free:
 * @self: (transfer full): documents, taken or not; waits until the thread is done with the piece that it reads
 */
void
sp_wire_ahead_free (SpWireAhead *self)
{
  GThreadPool *thread = self->thread;

  if (thread == NULL)
    {
      free_all (self);
      return;
    }
  g_mutex_lock (&self->lock);
  self->is_stopped = TRUE;
  tell_change (self);
  while (self->is_at_work)
    await_change (self);
  g_mutex_unlock (&self->lock);
  g_thread_pool_push (thread, GINT_TO_POINTER (FREE), NULL);
  g_thread_pool_free (thread, FALSE, FALSE);
}
