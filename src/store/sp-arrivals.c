/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpArrivals: which changes of a store came from elsewhere, so that the others can be counted as waiting to be sent. It
 * lives as long as the program: after a restart whatever a peer has not been asked about counts as waiting. */
#include "sp-arrivals.h"

/* Both ends included. */
typedef struct
{
  gint64 first;
  gint64 last;
} Range;

struct _SpArrivals
{
  GMutex  mutex;
  GArray *ranges; /* (element-type Range) ascending, apart from each other */
};

static void
clear (gpointer data)
{
  SpArrivals *self = data;

  g_array_unref (self->ranges);
  g_mutex_clear (&self->mutex);
}

/**
 * sp_arrivals_new:
 *
 * Returns: (transfer full): a memory of nothing
 */
SpArrivals *
sp_arrivals_new (void)
{
  SpArrivals *self = g_atomic_rc_box_new0 (SpArrivals);

  g_mutex_init (&self->mutex);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  return self;
}

/**
 * sp_arrivals_ref:
 * @self: a memory
 *
 * Returns: (transfer full): the same
 */
SpArrivals *sp_arrivals_ref (SpArrivals *self) { return g_atomic_rc_box_acquire (self); }

/**
 * sp_arrivals_unref:
 * @self: (transfer full): a memory
 */
void
sp_arrivals_unref (SpArrivals *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * sp_arrivals_add:
 * @self: a memory
 * @first: the first local sequence that something from elsewhere took, after all that were added before
 * @last: the last one; nothing is added if it is less than @first
 */
void
sp_arrivals_add (SpArrivals *self, gint64 first, gint64 last)
{
  const Range range = { first, last };

  g_mutex_lock (&self->mutex);
  if (last >= first)
    {
      Range *newest = self->ranges->len > 0 ? &g_array_index (self->ranges, Range, self->ranges->len - 1) : NULL;

      if (newest != NULL && newest->last + 1 >= first)
        newest->last = MAX (newest->last, last);
      else
        g_array_append_val (self->ranges, range);
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * sp_arrivals_drop:
 * @self: a memory
 * @before: nobody will ask about this sequence, or those before it
 */
void
sp_arrivals_drop (SpArrivals *self, gint64 before)
{
  guint n = 0;

  g_mutex_lock (&self->mutex);
  while (n < self->ranges->len && g_array_index (self->ranges, Range, n).last <= before)
    n++;
  if (n > 0)
    g_array_remove_range (self->ranges, 0, n);
  g_mutex_unlock (&self->mutex);
}

static gboolean
holds (const GArray *ranges, guint *at, gint64 seq)
{
  while (*at < ranges->len && g_array_index (ranges, Range, *at).last < seq)
    (*at)++;
  return *at < ranges->len && g_array_index (ranges, Range, *at).first <= seq;
}

/**
 * sp_arrivals_count:
 * @self: a memory
 * @db: a connection
 * @since: a local sequence
 * @others: (out): how many documents changed after it that did not come from elsewhere
 * @error: %SP_ERROR
 *
 * Returns: whether they could be counted
 */
gboolean
sp_arrivals_count (SpArrivals *self, SpDb *db, gint64 since, guint *others, GError **error)
{
  g_autoptr (GArray) ranges = NULL;
  gboolean has_row = TRUE;
  guint at = 0;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT seq FROM doc WHERE seq > ? ORDER BY seq", error);

  if (stmt == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  ranges = g_array_copy (self->ranges);
  g_mutex_unlock (&self->mutex);
  *others = 0;
  sqlite3_bind_int64 (stmt, 1, since);
  while (has_row)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return FALSE;
      if (has_row && !holds (ranges, &at, sqlite3_column_int64 (stmt, 0)))
        (*others)++;
    }
  return TRUE;
}
