/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlines of areas from outside: whatever is read has a box that holds its inner point, and holds that point itself. */
#include "sp-polygon.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SpNode) geometry = sp_node_parse ((const char *) data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpPolygon) polygon = NULL;
  SpBox box;
  double latitude, longitude;

  if (geometry == NULL)
    return 0;
  polygon = sp_polygon_new (geometry, &error);
  if (polygon == NULL)
    {
      g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
      return 0;
    }
  sp_polygon_get_box (polygon, &box);
  sp_polygon_get_inner_point (polygon, &latitude, &longitude);
  g_assert_true (box.south <= latitude && latitude <= box.north && box.west <= longitude && longitude <= box.east);
  g_assert_true (sp_polygon_contains (polygon, latitude, longitude));
  g_assert_cmpfloat (sp_polygon_get_area (polygon), >=, 0);
  return 0;
}
