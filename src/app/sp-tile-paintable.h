/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_TILE_PAINTABLE (sp_tile_paintable_get_type ())
G_DECLARE_FINAL_TYPE (SpTilePaintable, sp_tile_paintable, SP, TILE_PAINTABLE, GObject)

SpTilePaintable *sp_tile_paintable_new         (GdkTexture *texture);
GdkTexture      *sp_tile_paintable_get_texture (SpTilePaintable *self);

G_END_DECLS
