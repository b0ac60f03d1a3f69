/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several short texts one below the other, measured before they are drawn. */
#include "sp-cell.h"

#define GAP 0.18 /* between two texts, in sizes of the font of the lower one */

typedef struct
{
  SpStyle      style;
  char        *label;  /* owned, nullable */
  char        *text;   /* owned */
  char        *uri;    /* owned, nullable */
  PangoLayout *layout; /* owned, nullable: once measured */
  double       top;    /* points below the top of the cell */
} Part;

struct _SpCell
{
  GPtrArray *parts; /* (element-type Part) */
};

static void
free_part (gpointer data)
{
  Part *part = data;

  g_free (part->label);
  g_free (part->text);
  g_free (part->uri);
  g_clear_object (&part->layout);
  g_free (part);
}

/**
 * sp_cell_new:
 *
 * Returns: (transfer full): an empty cell
 */
SpCell *
sp_cell_new (void)
{
  SpCell *self = g_new0 (SpCell, 1);

  self->parts = g_ptr_array_new_with_free_func (free_part);
  return self;
}

/**
 * sp_cell_free:
 * @self: (transfer full): a cell
 */
void
sp_cell_free (SpCell *self)
{
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/**
 * sp_cell_add:
 * @self: a cell
 * @style: how
 * @label: (nullable): what stands before it, in bold
 * @text: (nullable): what; nothing is added without it
 * @uri: (nullable): where it leads
 */
void
sp_cell_add (SpCell *self, SpStyle style, const char *label, const char *text, const char *uri)
{
  Part *part;

  if (text == NULL || *text == '\0')
    return;
  part = g_new0 (Part, 1);
  part->style = style;
  part->label = g_strdup (label);
  part->text = g_strdup (text);
  part->uri = g_strdup (uri);
  g_ptr_array_add (self->parts, part);
}

/**
 * sp_cell_measure:
 * @self: a cell
 * @flow: where it will be drawn
 * @width: of its lines, in points
 * @most: points that it may be high; what is longer ends in an ellipsis
 *
 * Returns: its height, in points
 */
double
sp_cell_measure (SpCell *self, SpFlow *flow, double width, double most)
{
  double y = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);
      PangoRectangle logical;

      g_clear_object (&part->layout);
      y += i > 0 ? GAP * sp_flow_get_size (flow, part->style) : 0;
      if (i > 0 && most - y < 2 * sp_flow_get_size (flow, part->style))
        break;
      part->layout = sp_flow_get_layout (flow, part->style, part->label, part->text, width);
      part->top = y;
      pango_layout_get_extents (part->layout, NULL, &logical);
      if (y + logical.height / (double) PANGO_SCALE > most)
        {
          g_object_unref (part->layout);
          part->layout = sp_flow_new_layout (flow, part->style, part->label, part->text, width);
          pango_layout_set_height (part->layout, (int) ((most - y) * PANGO_SCALE));
          pango_layout_set_ellipsize (part->layout, PANGO_ELLIPSIZE_END);
          pango_layout_get_extents (part->layout, NULL, &logical);
        }
      y += logical.height / (double) PANGO_SCALE;
    }
  return y;
}

/* A text that stands beside a link needs an element of its own: cairo loses what an element holds itself before another
 * one in it begins. */
static void
draw_part (Part *part, SpFlow *flow, double x, double y, gboolean is_paragraph)
{
  gboolean linked;

  if (is_paragraph)
    sp_flow_begin (flow, "P");
  linked = sp_flow_begin_link (flow, part->uri);
  sp_flow_show (flow, part->layout, x, y + part->top, part->style);
  if (linked)
    sp_flow_end (flow, "Link");
  if (is_paragraph)
    sp_flow_end (flow, "P");
}

/**
 * sp_cell_draw:
 * @self: a cell that was measured
 * @flow: where to
 * @x: points from the left edge of the page
 * @y: points from its top
 * @tag: the structure element of the cell; with "P" each of its texts is one, and the cell none
 */
void
sp_cell_draw (SpCell *self, SpFlow *flow, double x, double y, const char *tag)
{
  gboolean whole = !g_str_equal (tag, "P"), each = !whole || self->parts->len > 1;

  if (whole)
    sp_flow_begin (flow, tag);
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);

      if (part->layout == NULL)
        break;
      draw_part (part, flow, x, y, each);
    }
  if (whole)
    sp_flow_end (flow, tag);
}

/**
 * sp_cell_run:
 * @self: a cell
 * @flow: where to
 *
 * Sets its texts as paragraphs over the whole width of the page.
 */
void
sp_cell_run (const SpCell *self, SpFlow *flow)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);
      sp_flow_text (flow, part->style, "P", part->label, part->text, part->uri);
      flow->y += GAP * sp_flow_get_size (flow, part->style);
    }
}
