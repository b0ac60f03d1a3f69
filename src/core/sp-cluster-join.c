/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining what would overlap: cells of a grid leave clusters close together on both sides of a cell's edge. A cluster that
 * is greater than all that are too near to it is a host, and takes those in; so does in the next round who is the
 * greatest of what is left. This is how M. Luby's parallel algorithm finds independent sets ("A Simple Parallel Algorithm
 * for the Maximal Independent Set Problem", SIAM Journal on Computing 15, 1986), with the number of entries for his
 * random numbers. Each round looks two cells far and not further: so what comes out does not depend on what is beyond. */
#include "sp-cluster-private.h"

/* How near is too near, in cells: below 1, or a cell's neighbours would not be all that is near it. A number needs more room
 * than a pin, which is narrow and may overlap another a little. */
#define NEAR_PINS 0.75
#define NEAR 0.99
#define NOBODY G_MAXUINT

enum { OPEN, HIGHEST, HOST, JOINED };

typedef struct
{
  SpClusterCell *cells;
  guint          n;
  guint         *grid; /* the index of the cell at each place, or NOBODY */
  guint32        left, top;
  guint          width, height;
  double         side; /* of a cell */
} Join;

static gboolean
is_greater (const SpClusterCell *a, const SpClusterCell *b)
{
  if (a->count != b->count)
    return a->count > b->count;
  return a->row != b->row ? a->row < b->row : a->column < b->column;
}

static gboolean
is_near (const Join *join, const SpClusterCell *a, const SpClusterCell *b)
{
  double x = a->x - b->x, y = a->y - b->y, near = join->side * (a->count == 1 && b->count == 1 ? NEAR_PINS : NEAR);

  return x * x + y * y < near * near;
}

/* The greatest near it of those in a state; NOBODY if there is none. */
static guint
find_greatest (const Join *join, const SpClusterCell *cell, guint state)
{
  guint column = cell->column - join->left, row = cell->row - join->top, greatest = NOBODY;

  for (guint y = row > 0 ? row - 1 : 0; y <= row + 1 && y < join->height; y++)
    for (guint x = column > 0 ? column - 1 : 0; x <= column + 1 && x < join->width; x++)
      {
        guint i = join->grid[y * join->width + x];
        const SpClusterCell *other = i != NOBODY ? &join->cells[i] : NULL;

        if (other != NULL && other != cell && other->state == state && is_near (join, cell, other)
            && (greatest == NOBODY || is_greater (other, &join->cells[greatest])))
          greatest = i;
      }
  return greatest;
}

static void
find_hosts (Join *join)
{
  for (guint i = 0; i < join->n; i++)
    {
      SpClusterCell *cell = &join->cells[i];
      guint other = cell->state == OPEN ? find_greatest (join, cell, OPEN) : NOBODY;
      guint highest = cell->state == OPEN ? find_greatest (join, cell, HIGHEST) : NOBODY;

      if (cell->state == OPEN && highest == NOBODY && (other == NOBODY || is_greater (cell, &join->cells[other])))
        cell->state = HIGHEST;
    }
  for (guint i = 0; i < join->n; i++)
    if (join->cells[i].state == HIGHEST)
      join->cells[i].state = HOST;
}

static void
take_in (Join *join)
{
  for (guint i = 0; i < join->n; i++)
    {
      SpClusterCell *cell = &join->cells[i];
      guint host = cell->state == OPEN ? find_greatest (join, cell, HOST) : NOBODY;

      if (host == NOBODY)
        continue;
      cell->state = JOINED;
      cell->host = host;
    }
}

/**
 * sp_cluster_join:
 * @cells: (element-type SpClusterCell): all that are not empty in a part of the map
 * @level: their level
 * @left: column of the leftmost cells of that part
 * @top: row of the topmost
 * @width: how many columns it has
 * @height: how many rows
 *
 * Finds the host of each cell. What is nearer than %SP_CLUSTER_MARGIN cells to the part's edge may come out otherwise
 * than on the whole map.
 */
void
sp_cluster_join (GArray *cells, guint level, guint32 left, guint32 top, guint width, guint height)
{
  Join join = { (SpClusterCell *) (gpointer) cells->data, cells->len, NULL, left, top, width, height, SP_POINT_WORLD / (double) (1u << level) };
  g_autofree guint *grid = join.grid = g_new (guint, (gsize) width * height);

  for (gsize i = 0; i < (gsize) width * height; i++)
    grid[i] = NOBODY;
  for (guint i = 0; i < cells->len; i++)
    {
      SpClusterCell *cell = &join.cells[i];
      grid[(gsize) (cell->row - top) * width + (cell->column - left)] = i;
      cell->host = i;
      cell->state = OPEN;
    }
  for (guint round = 0; round < SP_CLUSTER_ROUNDS; round++)
    {
      find_hosts (&join);
      take_in (&join);
    }
}
