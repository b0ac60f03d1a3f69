/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table that goes on over pages. */
#include "sp-row-table.h"

#define GUTTER 9.0
#define PAD 3.2

/**
 * sp_row_table_init:
 * @self: (out caller-allocates): a table without rows
 * @flow: where to draw it
 * @n_columns: 1 to %SP_ROW_TABLE_MAX_COLUMNS
 * @names: (array length=n_columns): of the columns; they must live as long
 * @shares: (array length=n_columns): of the width, of any sum
 */
void
sp_row_table_init (SpRowTable *self, SpFlow *flow, guint n_columns, const char * const *names, const double *shares)
{
  double sum = 0, room = sp_flow_get_inner_width (flow) - GUTTER * (n_columns - 1);

  *self = (SpRowTable){ .flow = flow, .n_columns = n_columns };
  for (guint i = 0; i < n_columns; i++)
    sum += shares[i];
  for (guint i = 0; i < n_columns; i++)
    {
      self->names[i] = names[i];
      self->widths[i] = room * shares[i] / sum;
    }
}

static double
measure (SpRowTable *self, SpCell **cells, double most)
{
  double height = 0;

  for (guint i = 0; i < self->n_columns; i++)
    height = MAX (height, sp_cell_measure (cells[i], self->flow, self->widths[i], most));
  return height;
}

static void
draw (SpRowTable *self, SpCell **cells, const char *tag)
{
  double x = self->flow->margin;

  sp_flow_begin (self->flow, "TR");
  for (guint i = 0; i < self->n_columns; i++)
    {
      sp_cell_draw (cells[i], self->flow, x, self->flow->y, tag);
      x += self->widths[i] + GUTTER;
    }
  sp_flow_end (self->flow, "TR");
}

static void
draw_head (SpFlow *flow, gpointer data)
{
  SpRowTable *self = data;
  SpCell *cells[SP_ROW_TABLE_MAX_COLUMNS];
  double inner = sp_flow_get_inner_width (flow), height;

  for (guint i = 0; i < self->n_columns; i++)
    {
      cells[i] = sp_cell_new ();
      sp_cell_add (cells[i], SP_STYLE_STRONG, NULL, self->names[i], NULL);
    }
  height = measure (self, cells, sp_flow_get_room (flow));
  flow->y += PAD;
  draw (self, cells, "TH");
  flow->y += height + PAD;
  sp_flow_rule (flow, flow->margin, inner, flow->y, 1);
  for (guint i = 0; i < self->n_columns; i++)
    sp_cell_free (cells[i]);
}

static void
open_table (SpRowTable *self)
{
  self->open = TRUE;
  sp_flow_begin (self->flow, "Table");
  draw_head (self->flow, self);
  sp_flow_set_head (self->flow, draw_head, self);
}

/* In large print: one cell after the other. */
static void
run (SpRowTable *self, SpCell **cells)
{
  sp_flow_need (self->flow, 5 * sp_flow_get_size (self->flow, SP_STYLE_BODY));
  for (guint i = 0; i < self->n_columns; i++)
    sp_cell_run (cells[i], self->flow);
  self->flow->y += sp_flow_get_size (self->flow, SP_STYLE_BODY) * 0.5;
}

/**
 * sp_row_table_add:
 * @self: a table
 * @cells: (transfer none): one for each column
 *
 * Adds a row. One that is longer than a page ends in an ellipsis.
 */
void
sp_row_table_add (SpRowTable *self, SpCell **cells)
{
  SpFlow *flow = self->flow;
  double most = flow->height - 2 * flow->margin - 60, height;

  if (flow->large)
    {
      run (self, cells);
      return;
    }
  if (!self->open)
    open_table (self);
  height = measure (self, cells, most);
  sp_flow_need (flow, height + 2 * PAD);
  flow->y += PAD;
  draw (self, cells, "TD");
  flow->y += height + PAD;
  sp_flow_rule (flow, flow->margin, sp_flow_get_inner_width (flow), flow->y, 0.35);
}

/**
 * sp_row_table_end:
 * @self: a table
 *
 * Ends it; what follows has no head.
 */
void
sp_row_table_end (SpRowTable *self)
{
  if (self->open)
    sp_flow_end (self->flow, "Table");
  self->open = FALSE;
  sp_flow_set_head (self->flow, NULL, NULL);
}
