/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpJoinReader: the records of a list in which several rows may be one entry. Each entry is held back until a row comes that
 * does not belong to it, so that memory does not grow with the list. */
#include "sp-join-reader.h"

#include "sp-row-join.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_JOINED 500 /* rows of one entry; a document has room for no more */

struct _SpJoinReader
{
  SpReader parent_instance;

  SpReader *inner; /* owned */
  SpRecord *held;  /* owned, nullable; the entry that further rows may belong to */
  SpRecord *after; /* owned, nullable; to be given out after it */
  gboolean  ended;
};

G_DEFINE_FINAL_TYPE (SpJoinReader, sp_join_reader, SP_TYPE_READER)

static gboolean
belongs (const SpRecord *held, const SpRecord *more)
{
  return held != NULL && held->asset != NULL
         && (*more->joins == '\0'
             || g_strcmp0 (sp_node_get_string (sp_node_get_path (held->asset, "source.row")), more->joins) == 0);
}

static void
move_problems (SpRecord *from, SpRecord *to)
{
  for (guint i = 0; i < from->problems->len; i++)
    {
      const SpProblem *problem = g_ptr_array_index (from->problems, i);
      /* Translators: the number of a row, and what is wrong there */
      sp_record_add_problem (to, problem->column, _("row %u: %s"), from->row, problem->message);
    }
}

/* Takes a row that says more of an entry. What belongs to none, or is too much, becomes a problem. */
static void
join (SpJoinReader *self, SpRecord *more)
{
  gboolean fits = belongs (self->held, more);

  if (fits && self->held->joined < MOST_JOINED)
    {
      sp_row_join_more (self->held->asset, more->asset, more->row);
      self->held->joined++;
      move_problems (more, self->held);
      sp_record_free (more);
      return;
    }
  if (fits)
    sp_record_skip (more, NULL, _("more than %u rows belong to one entry"), MOST_JOINED);
  else
    sp_record_skip (more, NULL, _("it belongs to the row “%s”, which is not just above it; sort the list so that it is"), more->joins);
  self->after = more;
}

static gboolean
sp_join_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpJoinReader *self = SP_JOIN_READER (reader);

  while (*record == NULL)
    {
      SpRecord *next = NULL;

      if (self->after != NULL)
        {
          *record = g_steal_pointer (&self->after);
          return TRUE;
        }
      if (!self->ended && !sp_reader_next (self->inner, &next, error))
        return FALSE;
      self->ended = next == NULL;
      if (next != NULL && next->joins != NULL && next->asset != NULL)
        {
          join (self, next);
          continue;
        }
      *record = self->held;
      self->held = next;
      if (self->ended)
        return TRUE;
    }
  return TRUE;
}

static const SpColumns *
sp_join_reader_get_columns (SpReader *reader)
{
  return sp_reader_get_columns (SP_JOIN_READER (reader)->inner);
}

static double
sp_join_reader_get_progress (SpReader *reader)
{
  return sp_reader_get_progress (SP_JOIN_READER (reader)->inner);
}

static void
sp_join_reader_finalize (GObject *object)
{
  SpJoinReader *self = SP_JOIN_READER (object);

  g_clear_pointer (&self->held, sp_record_free);
  g_clear_pointer (&self->after, sp_record_free);
  g_object_unref (self->inner);
  G_OBJECT_CLASS (sp_join_reader_parent_class)->finalize (object);
}

static void
sp_join_reader_class_init (SpJoinReaderClass *class)
{
  SpReaderClass *reader_class = SP_READER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sp_join_reader_finalize;
  reader_class->next = sp_join_reader_next;
  reader_class->get_columns = sp_join_reader_get_columns;
  reader_class->get_progress = sp_join_reader_get_progress;
}

static void
sp_join_reader_init (SpJoinReader *self)
{
}

/**
 * sp_join_reader_new:
 * @inner: (transfer full): a reader of a table
 *
 * Returns: (transfer full): a reader in whose records the rows of one entry are joined
 */
SpReader *
sp_join_reader_new (SpReader *inner)
{
  SpJoinReader *self = g_object_new (SP_TYPE_JOIN_READER, NULL);

  self->inner = inner;
  return SP_READER (self);
}
