/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAheadReader: another reader, read in a thread of its own a few records ahead, so that rows are taken apart while those
 * before them are written. A batch is handed over at a time, and never more than two wait: memory stays flat. */
#include "sp-ahead-reader.h"

#define BATCH 64 /* records */
#define MOST_WAITING 2 /* batches */

/* Records in their order, and how the reading went on after them. */
typedef struct
{
  GQueue   records; /* of SpRecord, owned */
  double   progress;
  gboolean is_last;
  GError  *error; /* owned, nullable; only in the last */
} Batch;

struct _SpAheadReader
{
  SpReader  parent_instance;

  SpReader *inner;    /* the thread's, from the first record on */
  GThread  *thread;   /* NULL before the first record */
  GMutex    lock;     /* of what the two threads share: */
  GCond     changed;  /*   signalled when a batch was added or taken, and at the end */
  GQueue    waiting;  /*   of Batch, owned */
  gboolean  stopped;  /*   nobody wants any more */
  Batch    *current;  /* owned, nullable; the one that is given out */
};

G_DEFINE_FINAL_TYPE (SpAheadReader, sp_ahead_reader, SP_TYPE_READER)

static void
free_record (gpointer record)
{
  sp_record_free (record);
}

static void
free_batch (gpointer data)
{
  Batch *batch = data;

  g_queue_clear_full (&batch->records, free_record);
  g_clear_error (&batch->error);
  g_free (batch);
}

static Batch *
read_batch (SpReader *inner)
{
  Batch *batch = g_new0 (Batch, 1);

  while (!batch->is_last && batch->records.length < BATCH)
    {
      SpRecord *record;

      if (sp_reader_next (inner, &record, &batch->error) && record != NULL)
        g_queue_push_tail (&batch->records, record);
      else
        batch->is_last = TRUE;
    }
  batch->progress = sp_reader_get_progress (inner);
  return batch;
}

/* Waits until there is room. Gives whether more is wanted. */
static gboolean
hand_over (SpAheadReader *self, Batch *batch)
{
  gboolean go_on;

  g_mutex_lock (&self->lock);
  while (self->waiting.length >= MOST_WAITING && !self->stopped)
    g_cond_wait (&self->changed, &self->lock);
  go_on = !self->stopped && !batch->is_last;
  g_queue_push_tail (&self->waiting, batch);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  return go_on;
}

static gpointer
read_ahead (gpointer data)
{
  SpAheadReader *self = data;

  while (hand_over (self, read_batch (self->inner)))
    ;
  return NULL;
}

static Batch *
take_batch (SpAheadReader *self)
{
  Batch *batch;

  g_mutex_lock (&self->lock);
  while (self->waiting.length == 0)
    g_cond_wait (&self->changed, &self->lock);
  batch = g_queue_pop_head (&self->waiting);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  return batch;
}

static gboolean
sp_ahead_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpAheadReader *self = SP_AHEAD_READER (reader);

  if (self->thread == NULL)
    self->thread = g_thread_new ("read ahead", read_ahead, self);
  while (self->current == NULL || (self->current->records.length == 0 && !self->current->is_last))
    {
      g_clear_pointer (&self->current, free_batch);
      self->current = take_batch (self);
    }
  *record = g_queue_pop_head (&self->current->records);
  if (*record != NULL || self->current->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->current->error));
  return FALSE;
}

/* The columns are known once a list is open, and do not change. */
static const SpColumns *
sp_ahead_reader_get_columns (SpReader *reader)
{
  return sp_reader_get_columns (SP_AHEAD_READER (reader)->inner);
}

static double
sp_ahead_reader_get_progress (SpReader *reader)
{
  SpAheadReader *self = SP_AHEAD_READER (reader);

  return self->current != NULL ? self->current->progress : 0;
}

static void
sp_ahead_reader_finalize (GObject *object)
{
  SpAheadReader *self = SP_AHEAD_READER (object);

  if (self->thread != NULL)
    {
      g_mutex_lock (&self->lock);
      self->stopped = TRUE;
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->lock);
      g_thread_join (self->thread);
    }
  g_clear_pointer (&self->current, free_batch);
  g_queue_clear_full (&self->waiting, free_batch);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_object_unref (self->inner);
  G_OBJECT_CLASS (sp_ahead_reader_parent_class)->finalize (object);
}

static void
sp_ahead_reader_class_init (SpAheadReaderClass *class)
{
  SpReaderClass *reader_class = SP_READER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sp_ahead_reader_finalize;
  reader_class->next = sp_ahead_reader_next;
  reader_class->get_columns = sp_ahead_reader_get_columns;
  reader_class->get_progress = sp_ahead_reader_get_progress;
}

static void
sp_ahead_reader_init (SpAheadReader *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}

/**
 * sp_ahead_reader_new:
 * @inner: (transfer full): a reader that nobody else uses from now on
 *
 * Reads @inner in a thread of its own, which begins with the first record that is asked for.
 *
 * Returns: (transfer full): a reader of the same records
 */
SpReader *
sp_ahead_reader_new (SpReader *inner)
{
  SpAheadReader *self = g_object_new (SP_TYPE_AHEAD_READER, NULL);

  self->inner = inner;
  return SP_READER (self);
}
