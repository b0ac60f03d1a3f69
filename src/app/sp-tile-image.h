/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>
#include <cairo.h>

G_BEGIN_DECLS

GdkTexture      *sp_tile_image_decode     (GBytes *bytes, GError **error);
cairo_surface_t *sp_tile_image_to_surface (GdkTexture *texture);

G_END_DECLS
