/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds room for the names, zoom by zoom from the smallest scale on, over the whole map at once. A name that has found
 * its room keeps it: at the next zoom places are twice as far apart and names as large as before, so what did not touch
 * never will, nor anywhere between two zooms. That is why one number a name, the zoom at which it first appears, is all
 * there is to keep. */
#include "sp-place-labels-private.h"

#include <math.h>

#define CELL 128.0          /* pixels of the grid in which neighbours are looked for */
#define GAP 4.0             /* pixels between names */
#define DOT_GAP 2.5         /* from a dot to its name */
#define SIDEWAYS_GAP 3.0
#define LONELY_ZOOMS 2      /* how much earlier than wanted a name is shown because there is little else about */

/* How much room there must be around it for that, in pixels, by how much earlier. */
static const double lonely_gaps[LONELY_ZOOMS + 1] = { GAP, 14, 40 };

typedef struct
{
  int         zoom;
  double      world;  /* pixels */
  GHashTable *cells;  /* cell → GArray of SpLabelBox */
} Room;

static guint64
cell_key (double column, double row)
{
  return (guint64) (guint32) (gint32) column << 32 | (guint32) (gint32) row;
}

static void
occupy (Room *self, const SpLabelBox *box)
{
  for (double column = floor (box->left / CELL); column <= floor (box->right / CELL); column++)
    for (double row = floor (box->top / CELL); row <= floor (box->bottom / CELL); row++)
      {
        guint64 key = cell_key (column, row);
        GArray *boxes = g_hash_table_lookup (self->cells, &key);

        if (boxes == NULL)
          {
            boxes = g_array_new (FALSE, FALSE, sizeof (SpLabelBox));
            g_hash_table_insert (self->cells, g_memdup2 (&key, sizeof key), boxes);
          }
        g_array_append_val (boxes, *box);
      }
}

static gboolean
cell_is_free (const GArray *boxes, const SpLabelBox *box)
{
  for (guint i = 0; boxes != NULL && i < boxes->len; i++)
    {
      const SpLabelBox *other = &g_array_index (boxes, SpLabelBox, i);

      if (box->left < other->right && other->left < box->right && box->top < other->bottom && other->top < box->bottom)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_free (const Room *self, const SpLabelBox *box)
{
  for (double column = floor (box->left / CELL); column <= floor (box->right / CELL); column++)
    for (double row = floor (box->top / CELL); row <= floor (box->bottom / CELL); row++)
      {
        guint64 key = cell_key (column, row);

        if (!cell_is_free (g_hash_table_lookup (self->cells, &key), box))
          return FALSE;
      }
  return TRUE;
}

/* The text where it is to stand, and its dot, grown by @gap on every side. */
static SpLabelBox
label_box (const Room *self, const SpLabel *label, double gap)
{
  double x = label->x * self->world, y = label->y * self->world, dot = sp_label_dot_radius (label->class);
  SpLabelBox box = { x + label->offset_x, y + label->offset_y };

  box.right = box.left + label->width;
  box.bottom = box.top + label->height;
  if (dot > 0)
    box = (SpLabelBox){ MIN (box.left, x - dot), MIN (box.top, y - dot), MAX (box.right, x + dot), MAX (box.bottom, y + dot) };
  return (SpLabelBox){ box.left - gap, box.top - gap, box.right + gap, box.bottom + gap };
}

/* Tries the sides of the dot: right, left, above, below; without a dot the name is in the middle. */
static gboolean
find_side (const Room *self, SpLabel *label, double gap)
{
  double dot = sp_label_dot_radius (label->class), across = -label->width / 2, along = -label->height / 2;
  double sides[][2] = { { dot + SIDEWAYS_GAP, along }, { -dot - SIDEWAYS_GAP - label->width, along },
                        { across, -dot - DOT_GAP - label->height + 2 }, { across, dot + DOT_GAP - 2 } };
  guint n = dot > 0 ? G_N_ELEMENTS (sides) : 1;

  if (dot <= 0)
    sides[0][0] = across;
  for (guint i = 0; i < n; i++)
    {
      SpLabelBox box;

      label->offset_x = (float) sides[i][0];
      label->offset_y = (float) sides[i][1];
      box = label_box (self, label, gap);
      if (is_free (self, &box))
        return TRUE;
    }
  return FALSE;
}

static void
place (Room *self, SpLabel *label)
{
  SpLabelBox box;

  label->first_zoom = self->zoom;
  box = label_box (self, label, 0);
  occupy (self, &box);
}

/* Names that are there already, then those that are wanted, then lonely ones before their time; each in their order. */
static void
lay_out_zoom (GArray *labels, int zoom)
{
  Room room = { zoom, 256 * exp2 (zoom),
                g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref) };

  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < labels->len; i++)
      {
        SpLabel *label = &g_array_index (labels, SpLabel, i);
        SpLabelBox box = label_box (&room, label, 0);

        if (label->last_zoom < zoom)
          continue;
        if (label->first_zoom < zoom)
          {
            if (pass == 0)
              occupy (&room, &box);
          }
        else if (label->first_zoom > zoom && pass == 1 && label->wanted_zoom <= zoom && find_side (&room, label, GAP))
          place (&room, label);
        else if (label->first_zoom > zoom && pass == 2 && label->wanted_zoom <= zoom + LONELY_ZOOMS
                 && label->population > 0 && label->wanted_zoom > zoom
                 && find_side (&room, label, lonely_gaps[label->wanted_zoom - zoom]))
          place (&room, label);
      }
  g_hash_table_unref (room.cells);
}

/**
 * sp_label_lay_out:
 * @labels: (element-type SpLabel): labels with their widths and heights, the most important first
 *
 * Decides from which zoom on each is shown, and on which side of its place.
 */
void
sp_label_lay_out (GArray *labels)
{
  for (int zoom = SP_LABEL_LEAST_ZOOM; zoom <= SP_LABEL_GREATEST_ZOOM; zoom++)
    lay_out_zoom (labels, zoom);
}
