/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-geodesy.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

/**
 * SpMapCamera:
 * @latitude: degrees north of the middle of the map
 * @longitude: degrees east of the middle
 * @zoom: zoom level
 *
 * What part of the world a map shows, apart from its size.
 */
typedef struct
{
  double latitude;
  double longitude;
  double zoom;
} SpMapCamera;

void     sp_map_camera_get        (ShumateMap *map, SpMapCamera *camera);
void     sp_map_camera_go_to      (ShumateMap *map, const SpMapCamera *camera, gboolean animate);
gboolean sp_map_camera_get_box    (ShumateMap *map, SpBox *box);
void     sp_map_camera_fit        (SpMapCamera *camera, const SpBox *box, int width, int height, double deepest);
gboolean sp_map_camera_reveal     (SpMapCamera *camera, double latitude, double longitude, int width, int height);
void     sp_map_camera_pan        (SpMapCamera *camera, double dx, double dy);
gboolean sp_map_camera_has_moved  (const SpMapCamera *camera, const SpMapCamera *from, int width, int height);

G_END_DECLS
