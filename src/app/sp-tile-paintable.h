/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_TILE_PAINTABLE (sp_tile_paintable_get_type ())
G_DECLARE_FINAL_TYPE (SpTilePaintable, sp_tile_paintable, SP, TILE_PAINTABLE, GObject)

#define SP_TILE_PAINTABLE_SURFACE "sp-tile-surface" /* data of a texture: the cairo surface, ARGB32, that has its pixels */

SpTilePaintable *sp_tile_paintable_new          (GdkTexture *texture);
GdkTexture      *sp_tile_paintable_get_texture  (SpTilePaintable *self);
void             sp_tile_paintable_set_renderer (GskRenderer *renderer);

G_END_DECLS
