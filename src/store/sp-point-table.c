/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPointTable: place and look of every entry, in memory, by the number of its row. What matches a query is told by numbers
 * alone; to read a row of the store for each of 100,000 takes four times as long as to find their numbers. */
#include "sp-point-table.h"

#include "sp-kind.h"
#include "sp-taxonomy.h"

struct _SpPointTable
{
  gatomicrefcount refs;
  GArray     *rows; /* of SpPointRow, by rising n */
  gint64      seq;
  gint32      day;
  SpTaxonomy *taxonomy; /* that the looks are of; lives as long as the program */
};

/**
 * sp_point_looks_new:
 *
 * Returns: (transfer full): no looks yet; g_hash_table_unref() it
 */
SpPointLooks *
sp_point_looks_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static SpPinLook *
make_look (const char *category)
{
  const SpCategory *known = sp_taxonomy_lookup (sp_taxonomy_get_default (), category);
  SpPinLook *look = g_new0 (SpPinLook, 1);

  if (known == NULL)
    return look;
  look->shape = (guint8) sp_pin_shape_from_name (known->shape);
  look->colour = (guint8) sp_pin_colour_from_name (known->colour);
  return look;
}

/**
 * sp_point_looks_take:
 * @self: the looks so far
 * @category: (nullable): code of the entry's first category
 * @status: an #SpStatus
 * @stale: whether a fact is twice overdue for a check
 *
 * Returns: how the entry's pin looks
 */
SpPinLook
sp_point_looks_take (SpPointLooks *self, const char *category, int status, gboolean stale)
{
  SpPinLook *known = category != NULL ? g_hash_table_lookup (self, category) : NULL;
  SpPinLook look = { 0 };

  if (category != NULL && known == NULL)
    {
      known = make_look (category);
      g_hash_table_insert (self, g_strdup (category), known);
    }
  if (known != NULL)
    look = *known;
  if (status == SP_STATUS_CLOSED_FOR_NOW)
    look.marks |= SP_PIN_CLOSED;
  if (stale)
    look.marks |= SP_PIN_STALE;
  return look;
}

/**
 * sp_point_table_new:
 * @rows: (element-type SpPointRow) (transfer full): all entries, by rising n
 * @seq: the store's newest sequence, as they were read
 * @day: for which they are told to be shown or stale, in days since 1970-01-01
 *
 * Returns: (transfer full): the table
 */
SpPointTable *
sp_point_table_new (GArray *rows, gint64 seq, gint32 day)
{
  SpPointTable *self = g_new0 (SpPointTable, 1);

  g_atomic_ref_count_init (&self->refs);
  self->rows = rows;
  self->seq = seq;
  self->day = day;
  self->taxonomy = sp_taxonomy_get_default ();
  return self;
}

/**
 * sp_point_table_ref:
 * @self: a table
 *
 * Returns: (transfer full): @self
 */
SpPointTable *
sp_point_table_ref (SpPointTable *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * sp_point_table_unref:
 * @self: (transfer full): a table
 */
void
sp_point_table_unref (SpPointTable *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->rows);
  g_free (self);
}

/**
 * sp_point_table_get_rows:
 * @self: a table
 *
 * Returns: (transfer none) (element-type SpPointRow): all entries, by rising n
 */
const GArray *
sp_point_table_get_rows (const SpPointTable *self)
{
  return self->rows;
}

/**
 * sp_point_table_get_seq:
 * @self: a table
 *
 * Returns: the sequence that it is of
 */
gint64
sp_point_table_get_seq (const SpPointTable *self)
{
  return self->seq;
}

/**
 * sp_point_table_is_of:
 * @self: a table
 * @day: in days since 1970-01-01
 *
 * Returns: whether it is of that day and of the categories that the program goes by
 */
gboolean
sp_point_table_is_of (const SpPointTable *self, gint32 day)
{
  return self->day == day && self->taxonomy == sp_taxonomy_get_default ();
}

/* Where the last row stands whose n is at most @n: the row at @low has such a one, and none has from @high on. */
static guint
halve (const SpPointRow *rows, guint low, guint high, gint64 n)
{
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (rows[middle].n <= n)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * sp_point_table_find:
 * @self: a table
 * @n: number of an entry's row
 * @near: (inout): where the last one was found; at first 0. It is fast if this one is near
 *
 * Returns: (transfer none) (nullable): the entry
 */
const SpPointRow *
sp_point_table_find (const SpPointTable *self, gint64 n, guint *near)
{
  const SpPointRow *rows = (const SpPointRow *) (gpointer) self->rows->data;
  const guint len = self->rows->len;
  guint low = MIN (*near, len - 1), high = low + 1, step = 1;

  if (len == 0)
    return NULL;
  for (; high < len && rows[high].n <= n; step *= 2)
    {
      low = high;
      high = MIN (len, high + step);
    }
  for (; low > 0 && rows[low].n > n; step *= 2)
    {
      high = low;
      low = low > step ? low - step : 0;
    }
  *near = rows[low].n <= n ? halve (rows, low, high, n) : low;
  return rows[*near].n == n ? &rows[*near] : NULL;
}

/**
 * sp_point_table_list:
 * @self: a table
 * @points: (element-type SpPoint): gets all that is shown and has a position
 *
 * Returns: how many are shown, with a position or without
 */
guint
sp_point_table_list (const SpPointTable *self, GArray *points)
{
  guint shown = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const SpPointRow *row = &g_array_index (self->rows, SpPointRow, i);

      if (!(row->flags & SP_POINT_SHOWN))
        continue;
      shown++;
      if (row->flags & SP_POINT_PLACED)
        g_array_append_val (points, row->point);
    }
  return shown;
}
