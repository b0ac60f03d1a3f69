/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpTilePaintable: the picture of a map tile, drawn half a pixel over each of its edges. The map layer puts tiles at
 * fractions of a pixel; without the overlap their antialiased edges would show as a grid of faint lines. */
#include "sp-tile-paintable.h"

#define OVERLAP 0.5f /* pixels of the widget */

struct _SpTilePaintable
{
  GObject parent_instance;

  GdkTexture *texture; /* owned */
};

static void
snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  gtk_snapshot_append_texture (GTK_SNAPSHOT (snapshot), SP_TILE_PAINTABLE (paintable)->texture,
                               &GRAPHENE_RECT_INIT (-OVERLAP, -OVERLAP, (float) width + 2 * OVERLAP, (float) height + 2 * OVERLAP));
}

static int
get_intrinsic_width (GdkPaintable *paintable)
{
  return gdk_texture_get_width (SP_TILE_PAINTABLE (paintable)->texture);
}

static int
get_intrinsic_height (GdkPaintable *paintable)
{
  return gdk_texture_get_height (SP_TILE_PAINTABLE (paintable)->texture);
}

static GdkPaintableFlags
get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static void
paintable_init (GdkPaintableInterface *interface)
{
  interface->snapshot = snapshot;
  interface->get_intrinsic_width = get_intrinsic_width;
  interface->get_intrinsic_height = get_intrinsic_height;
  interface->get_flags = get_flags;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SpTilePaintable, sp_tile_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static void
sp_tile_paintable_finalize (GObject *object)
{
  g_object_unref (SP_TILE_PAINTABLE (object)->texture);
  G_OBJECT_CLASS (sp_tile_paintable_parent_class)->finalize (object);
}

static void
sp_tile_paintable_class_init (SpTilePaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_tile_paintable_finalize;
}

static void
sp_tile_paintable_init (SpTilePaintable *self)
{
}

/**
 * sp_tile_paintable_new:
 * @texture: the tile's picture, at any resolution
 *
 * Returns: (transfer full): a paintable that joins its neighbours without a seam
 */
SpTilePaintable *
sp_tile_paintable_new (GdkTexture *texture)
{
  SpTilePaintable *self = g_object_new (SP_TYPE_TILE_PAINTABLE, NULL);

  self->texture = g_object_ref (texture);
  return self;
}

/**
 * sp_tile_paintable_get_texture:
 * @self: a tile's picture
 *
 * Returns: (transfer none): the texture that it draws
 */
GdkTexture *sp_tile_paintable_get_texture (SpTilePaintable *self) { return self->texture; }
