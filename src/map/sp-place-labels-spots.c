/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where names stand in one window. Most stand where they were laid out. A name on which something else stands, such as a
 * pin, goes to another side of its place, or of what covers the place; if there is no room near by it is left out. The
 * most important chooses first, and what is decided depends on what is near a place alone: nothing changes while the map
 * is dragged. */
#include "sp-place-labels-private.h"

#include <math.h>
#include <string.h>

#define REACH 80.0    /* pixels beyond a name's own length around the window in which it is looked at */
#define FARTHEST 56.0 /* pixels from a place that its name may be, at the usual size of text */
#define GAP 3.0       /* from what a name goes beside */
#define AIR 2.0       /* above and below the letters of a line: something may reach into it */
#define ROUNDS 3      /* how often what covers the sides is added to what a name goes around */

typedef struct
{
  const SpLabelBox *avoid;
  guint             n_avoid;
  GArray           *taken;    /* of SpLabelBox: by names that have their spot */
  double            farthest; /* pixels from its place that a name may be */
} Search;

static gboolean
touch (const SpLabelBox *a, const SpLabelBox *b)
{
  return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static gboolean
touches_any (const SpLabelBox *box, const SpLabelBox *others, guint n)
{
  for (guint i = 0; i < n; i++)
    if (touch (box, &others[i]))
      return TRUE;
  return FALSE;
}

static SpLabelBox
text_box (const SpLabelSpot *spot)
{
  return (SpLabelBox){ spot->x, spot->y + AIR, spot->x + spot->label->width, spot->y + spot->label->height - AIR };
}

static SpLabelBox
grow (const SpLabelBox *box, double by)
{
  return (SpLabelBox){ box->left - by, box->top - by, box->right + by, box->bottom + by };
}

static gboolean
is_free (const Search *search, const SpLabelSpot *spot)
{
  SpLabelBox box = text_box (spot);

  return !touches_any (&box, search->avoid, search->n_avoid)
         && !touches_any (&box, (const SpLabelBox *) (gpointer) search->taken->data, search->taken->len);
}

/* How far the name is from its place: nobody would know it for that place's from further away. */
static double
distance (const SpLabelSpot *spot)
{
  SpLabelBox box = text_box (spot);
  double across = MAX (MAX (box.left - spot->place_x, spot->place_x - box.right), 0);
  double along = MAX (MAX (box.top - spot->place_y, spot->place_y - box.bottom), 0);

  return hypot (across, along);
}

/* The free side or corner of @around that is the least way from where the name was laid out. */
static gboolean
try_sides (const Search *search, SpLabelSpot *spot, const SpLabelBox *around)
{
  double width = spot->label->width, height = spot->label->height;
  double right = around->right + GAP, left = around->left - GAP - width, above = around->top - GAP - height + AIR;
  double below = around->bottom + GAP - AIR, middle = spot->place_x - width / 2, level = spot->place_y - height / 2;
  const double sides[][2] = { { right, level }, { left, level }, { middle, above }, { middle, below },
                              { right, above }, { left, above }, { right, below },  { left, below } };
  double from_x = spot->place_x + spot->label->offset_x, from_y = spot->place_y + spot->label->offset_y, least = G_MAXDOUBLE;
  SpLabelSpot tried = *spot;

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      double way = hypot (sides[i][0] - from_x, sides[i][1] - from_y);

      tried.x = sides[i][0];
      tried.y = sides[i][1];
      if (way >= least || distance (&tried) > search->farthest || !is_free (search, &tried))
        continue;
      *spot = tried;
      least = way;
    }
  return least < G_MAXDOUBLE;
}

/* Adds what touches @box to @around. */
static gboolean
widen (const Search *search, SpLabelBox *around, const SpLabelBox *box)
{
  SpLabelBox before = *around;

  for (guint i = 0; i < search->n_avoid; i++)
    if (touch (box, &search->avoid[i]))
      *around = (SpLabelBox){ MIN (around->left, search->avoid[i].left), MIN (around->top, search->avoid[i].top),
                              MAX (around->right, search->avoid[i].right), MAX (around->bottom, search->avoid[i].bottom) };
  return memcmp (&before, around, sizeof before) != 0;
}

/* Around its dot; then around that and what covers it, or else what covers the name where it was laid out. */
static gboolean
dodge (const Search *search, SpLabelSpot *spot)
{
  double dot = sp_label_dot_radius (spot->label->class);
  SpLabelBox laid_out = text_box (spot);
  SpLabelBox around = { spot->place_x - dot, spot->place_y - dot, spot->place_x + dot, spot->place_y + dot };

  for (guint round = 0; round < ROUNDS; round++)
    {
      SpLabelBox near = grow (&around, GAP);

      if (try_sides (search, spot, &around))
        return TRUE;
      if (!widen (search, &around, &near) && !widen (search, &around, &laid_out))
        return FALSE;
    }
  return FALSE;
}

/* Of its dot nothing is to be seen where something covers it. */
static void
settle (Search *search, SpLabelSpot *spot)
{
  double dot = sp_label_dot_radius (spot->label->class);
  SpLabelBox dot_box = { spot->place_x - dot, spot->place_y - dot, spot->place_x + dot, spot->place_y + dot };
  SpLabelBox box;

  spot->is_shown = is_free (search, spot) || dodge (search, spot);
  if (!spot->is_shown)
    return;
  spot->has_dot = spot->has_dot && !touches_any (&dot_box, search->avoid, search->n_avoid);
  box = text_box (spot);
  g_array_append_val (search->taken, box);
}

static gboolean
is_near (const SpLabelSpot *spot, const SpMapWindow *window)
{
  double reach = REACH + spot->label->width;

  return spot->place_x > -reach && spot->place_x < window->width + reach && spot->place_y > -reach
         && spot->place_y < window->height + reach;
}

/**
 * sp_label_find_spots:
 * @self: names
 * @window: what of the map
 * @avoid: (nullable) (array length=n_avoid): pixels of the window on which no name must stand
 * @n_avoid: how many there are
 *
 * Decides where the names of a window stand.
 *
 * Returns: (transfer full) (element-type SpLabelSpot): those that may be seen, the most important first
 */
GArray *
sp_label_find_spots (const SpPlaceLabels *self, const SpMapWindow *window, const SpLabelBox *avoid, guint n_avoid)
{
  GArray *spots = g_array_new (FALSE, FALSE, sizeof (SpLabelSpot));
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (SpLabelBox));
  Search search = { avoid, n_avoid, taken, FARTHEST * self->font_scale };
  double zoom = sp_map_window_get_zoom (window);
  int whole = (int) floor (zoom + 0.001);

  for (guint i = 0; i < self->labels->len; i++)
    {
      const SpLabel *label = &g_array_index (self->labels, SpLabel, i);
      SpLabelSpot spot = { .number = i, .label = label };

      if (label->first_zoom > whole || whole > label->last_zoom)
        continue;
      spot.place_x = (label->x - window->x) * window->world;
      spot.place_y = (label->y - window->y) * window->world;
      spot.x = spot.place_x + label->offset_x;
      spot.y = spot.place_y + label->offset_y;
      spot.has_dot = zoom < SP_LABEL_DOTS_TO_ZOOM && sp_label_dot_radius (label->class) > 0;
      if (!is_near (&spot, window))
        continue;
      settle (&search, &spot);
      if (spot.is_shown)
        g_array_append_val (spots, spot);
    }
  return spots;
}
