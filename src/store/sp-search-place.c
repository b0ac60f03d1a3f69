/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The place that a query looks in, as one box: what its box, its area and its distance have in common. */
#include "sp-search-private.h"

/**
 * sp_search_place_box:
 * @f: the conditions
 * @outline: (nullable): of the area among them
 * @box: (out caller-allocates): gets the box; what lies at its corners may yet be too far, or outside the area
 * @is_empty: (out): whether nothing can be in there
 *
 * Returns: (transfer none) (nullable): @box; %NULL for everywhere
 */
const SpBox *
sp_search_place_box (const SpFilters *f, const SpPolygon *outline, SpBox *box, gboolean *is_empty)
{
  gboolean has_circle = f->placed && f->within > 0;
  SpBox other;

  *is_empty = FALSE;
  *box = f->boxed ? f->box : (SpBox){ -90, -180, 90, 180 };
  if (outline != NULL)
    {
      sp_polygon_get_box (outline, &other);
      *is_empty |= !sp_geodesy_box_intersect (box, &other, box);
    }
  if (has_circle)
    {
      sp_geodesy_circle_box (f->latitude, f->longitude, f->within, &other);
      *is_empty |= !sp_geodesy_box_intersect (box, &other, box);
    }
  return f->boxed || outline != NULL || has_circle ? box : NULL;
}
