/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpTilePaintable: the picture of a map tile, drawn half a pixel over each of its edges. The map layer puts tiles at
 * fractions of a pixel; without the overlap their antialiased edges would show as a grid of faint lines. */
#include "sp-tile-paintable.h"

#define OVERLAP 0.5f /* pixels of the widget */

struct _SpTilePaintable
{
  GObject parent_instance;

  GdkTexture      *texture; /* owned */
  cairo_surface_t *surface; /* owned, nullable: its pixels, once cairo has drawn them */
};

static gboolean by_cairo;

static cairo_surface_t *
take_pixels (GdkTexture *texture)
{
  cairo_surface_t *surface = g_object_get_data (G_OBJECT (texture), SP_TILE_PAINTABLE_SURFACE);

  if (surface != NULL)
    return cairo_surface_reference (surface);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture), gdk_texture_get_height (texture));
  gdk_texture_download (texture, cairo_image_surface_get_data (surface), (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* GTK's own drawing of a texture by cairo copies all its pixels in every frame, be it only a caret elsewhere that blinks. */
static void
snapshot_by_cairo (SpTilePaintable *self, GtkSnapshot *snapshot, const graphene_rect_t *place)
{
  double width = gdk_texture_get_width (self->texture), height = gdk_texture_get_height (self->texture);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, place);

  if (self->surface == NULL)
    self->surface = take_pixels (self->texture);
  cairo_translate (cr, place->origin.x, place->origin.y);
  cairo_scale (cr, place->size.width / width, place->size.height / height);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  SpTilePaintable *self = SP_TILE_PAINTABLE (paintable);
  graphene_rect_t place = GRAPHENE_RECT_INIT (-OVERLAP, -OVERLAP, (float) width + 2 * OVERLAP, (float) height + 2 * OVERLAP);

  if (by_cairo)
    snapshot_by_cairo (self, GTK_SNAPSHOT (snapshot), &place);
  else
    gtk_snapshot_append_texture (GTK_SNAPSHOT (snapshot), self->texture, &place);
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
  SpTilePaintable *self = SP_TILE_PAINTABLE (object);

  g_object_unref (self->texture);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
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
 * sp_tile_paintable_set_renderer:
 * @renderer: (nullable): what draws the windows of the program
 *
 * Says how tiles are to be drawn from now on: as textures, or if that is cairo by cairo.
 */
void
sp_tile_paintable_set_renderer (GskRenderer *renderer)
{
  by_cairo = renderer != NULL && GSK_IS_CAIRO_RENDERER (renderer);
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
