/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-cluster-index.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

/**
 * SpMapFrame:
 * @world: how wide the whole map is, in pixels
 * @zoom: the viewport's zoom level
 * @x: what is in the middle, as a part of the map's side
 * @y: likewise
 * @width: of the widget, in pixels
 * @height: of the widget, in pixels
 * @cosine: of the angle the map is turned by
 * @sine: likewise
 *
 * What a layer sees of the map at one moment: where on the widget what part of the map is.
 */
typedef struct
{
  double world;
  double zoom;
  double x;
  double y;
  double width;
  double height;
  double cosine;
  double sine;
} SpMapFrame;

gboolean sp_map_frame_init      (SpMapFrame *self, ShumateLayer *layer);
void     sp_map_frame_to_widget (const SpMapFrame *self, double x, double y, double *left, double *top);
void     sp_map_frame_get_view  (const SpMapFrame *self, double margin, SpMapBox *view, double *width, double *height);

G_END_DECLS
