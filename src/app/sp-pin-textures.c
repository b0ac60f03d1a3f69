/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPinTextures: sprites as textures. A hundred pins of one look are one picture, which the graphics card keeps; drawing
 * them anew in each frame would cost more than the map. A new result has a hundred new numbers: they are written onto bodies
 * that are there, as a body takes twice as long as its number.
 *
 * Belongs to the main loop. */
#include "sp-pin-textures.h"

#include <math.h>

#define MOST 600 /* pictures; with more of them, all are dropped: numbers of clusters that were passed long ago */

/* What makes one picture unlike another. No padding: it is compared byte by byte. */
typedef struct
{
  guint32   count; /* of a cluster; 0 for a pin */
  guint16   width; /* in eighths of a pixel */
  SpPinLook look;
  guint8    state;
  guint8    unused[2];
} Key;

struct _SpPinTextures
{
  GHashTable *pictures; /* Key to GdkTexture, both owned */
  GHashTable *bodies;   /* of clusters; Key to cairo_surface_t, both owned */
  int         scale;
  SpMapStyle  style;
  guint       contrast; /* SP_PIN_CONTRAST or 0 */
};

static guint
hash_key (gconstpointer data)
{
  const guint8 *bytes = data;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (Key); i++)
    hash = hash * 33 + bytes[i];
  return hash;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Key)) == 0;
}

/**
 * sp_pin_textures_new:
 *
 * Returns: (transfer full): no pictures yet
 */
SpPinTextures *
sp_pin_textures_new (void)
{
  SpPinTextures *self = g_new0 (SpPinTextures, 1);

  self->pictures = g_hash_table_new_full (hash_key, equal_keys, g_free, g_object_unref);
  self->bodies = g_hash_table_new_full (hash_key, equal_keys, g_free, (GDestroyNotify) cairo_surface_destroy);
  self->scale = 1;
  return self;
}

/**
 * sp_pin_textures_free:
 * @self: (transfer full): pictures
 */
void
sp_pin_textures_free (SpPinTextures *self)
{
  g_hash_table_unref (self->pictures);
  g_hash_table_unref (self->bodies);
  g_free (self);
}

/**
 * sp_pin_textures_set:
 * @self: pictures
 * @scale: pixels of the screen to one of the widget
 * @style: of the map below
 * @contrast: whether strong contrast is wanted
 *
 * Says how all are to be drawn from now on.
 */
void
sp_pin_textures_set (SpPinTextures *self, int scale, SpMapStyle style, gboolean contrast)
{
  guint bit = contrast ? SP_PIN_CONTRAST : 0;

  if (scale == self->scale && style == self->style && bit == self->contrast)
    return;
  self->scale = scale;
  self->style = style;
  self->contrast = bit;
  g_hash_table_remove_all (self->pictures);
  g_hash_table_remove_all (self->bodies);
}

/* What the sprite covers, in whole pixels. */
static SpPinBox
measure (const Key *key)
{
  double width = key->width / 8.0;
  SpPinBox box;

  if (key->count > 0)
    sp_pin_measure_cluster (key->count, width, &box);
  else
    sp_pin_measure (width, &box);
  return (SpPinBox){ ceil (box.left), ceil (box.top), ceil (box.right), ceil (box.bottom) };
}

/* Empty, as large as @box; with its origin where the sprite's is. */
static cairo_t *
new_canvas (SpPinTextures *self, const SpPinBox *box)
{
  int width = (int) (box->left + box->right) * self->scale, height = (int) (box->top + box->bottom) * self->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_scale (cr, self->scale, self->scale);
  cairo_translate (cr, box->left, box->top);
  return cr;
}

/* @cr: (transfer full): a canvas that is ready */
static GdkTexture *
take_texture (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* A cluster without its number: one for all that are as wide. */
static cairo_surface_t *
get_body (SpPinTextures *self, const Key *key, const SpPinBox *box)
{
  double width = key->width / 8.0;
  Key shared = { .width = (guint16) round (sp_pin_cluster_width (key->count, width) * 8), .state = key->state };
  cairo_surface_t *body = g_hash_table_lookup (self->bodies, &shared);
  cairo_t *cr;

  if (body != NULL)
    return body;
  cr = new_canvas (self, box);
  sp_pin_draw_cluster_body (cr, key->count, self->style, key->state | self->contrast, width);
  body = cairo_surface_reference (cairo_get_target (cr));
  cairo_destroy (cr);
  g_hash_table_insert (self->bodies, g_memdup2 (&shared, sizeof shared), body);
  return body;
}

static GdkTexture *
paint (SpPinTextures *self, const Key *key, const SpPinBox *box)
{
  cairo_t *cr = new_canvas (self, box);

  if (key->count == 0)
    {
      sp_pin_draw (cr, &key->look, self->style, key->state | self->contrast, key->width / 8.0);
      return take_texture (cr);
    }
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_set_source_surface (cr, get_body (self, key, box), 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  sp_pin_draw_cluster_count (cr, key->count, self->style, key->width / 8.0);
  return take_texture (cr);
}

static GdkTexture *
get_picture (SpPinTextures *self, const Key *key, const SpPinBox *box)
{
  GdkTexture *texture = g_hash_table_lookup (self->pictures, key);

  if (texture != NULL)
    return texture;
  if (g_hash_table_size (self->pictures) >= MOST)
    g_hash_table_remove_all (self->pictures);
  texture = paint (self, key, box);
  g_hash_table_insert (self->pictures, g_memdup2 (key, sizeof *key), texture);
  return texture;
}

/* On whole pixels of the screen: else all would be blurred. */
static void
append (SpPinTextures *self, GtkSnapshot *snapshot, const Key *key, double x, double y)
{
  SpPinBox box = measure (key);
  double left = round ((x - box.left) * self->scale) / self->scale, top = round ((y - box.top) * self->scale) / self->scale;

  gtk_snapshot_append_texture (snapshot, get_picture (self, key, &box),
                               &GRAPHENE_RECT_INIT ((float) left, (float) top, (float) (box.left + box.right), (float) (box.top + box.bottom)));
}

/**
 * sp_pin_textures_pin:
 * @self: pictures
 * @snapshot: where
 * @look: which pin
 * @state: bits of #SpPinState
 * @width: of its head, in pixels
 * @x: where its point is
 * @y: likewise
 */
void
sp_pin_textures_pin (SpPinTextures *self, GtkSnapshot *snapshot, const SpPinLook *look, guint state, double width, double x, double y)
{
  append (self, snapshot, &(Key){ .width = (guint16) round (width * 8), .look = *look, .state = (guint8) state }, x, y);
}

/* The number that is written is the same for 1,210 and 1,240: so is the picture. */
static guint
round_count (guint count)
{
  guint unit = 1;

  while (count / unit >= 1000)
    unit *= 10;
  return count >= 10000 ? count / unit * unit : count >= 1000 ? count / 100 * 100 : count;
}

/**
 * sp_pin_textures_cluster:
 * @self: pictures
 * @snapshot: where
 * @count: how many are in the cluster
 * @state: bits of #SpPinState
 * @width: of the smallest cluster, in pixels
 * @x: where its middle is
 * @y: likewise
 */
void
sp_pin_textures_cluster (SpPinTextures *self, GtkSnapshot *snapshot, guint count, guint state, double width, double x, double y)
{
  append (self, snapshot, &(Key){ .count = round_count (count), .width = (guint16) round (width * 8), .state = (guint8) state }, x, y);
}
