/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the names. On a screen each is painted once into a small picture that later frames copy; on paper it stays
 * text. */
#include "sp-place-labels-private.h"

#include "sp-map-palette.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define HALO 1.7          /* pixels around the letters */
#define HALO_GAIN 5       /* how much denser than the blurred letters */
#define PADDING 4         /* of a sprite, pixels */
#define MAX_SPRITES 1500  /* some ten megabytes */

typedef struct
{
  guint   label;
  guint   style;
  double  scale; /* device pixels a pixel */
} SpriteKey;

struct _SpLabelSprites
{
  GMutex      lock;
  GHashTable *surfaces; /* SpriteKey → cairo_surface_t */
};

static guint
hash_key (gconstpointer data)
{
  const SpriteKey *key = data;

  return key->label * 31 + key->style * 7 + (guint) (key->scale * 64);
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const SpriteKey *x = a, *y = b;

  return x->label == y->label && x->style == y->style && fabs (x->scale - y->scale) < 1e-6;
}

/**
 * sp_label_sprites_new:
 *
 * Returns: (transfer full): an empty store of painted names
 */
SpLabelSprites *
sp_label_sprites_new (void)
{
  SpLabelSprites *self = g_new0 (SpLabelSprites, 1);

  g_mutex_init (&self->lock);
  self->surfaces = g_hash_table_new_full (hash_key, equal_keys, g_free, (GDestroyNotify) cairo_surface_destroy);
  return self;
}

/**
 * sp_label_sprites_free:
 * @self: a store
 */
void
sp_label_sprites_free (SpLabelSprites *self)
{
  g_hash_table_unref (self->surfaces);
  g_mutex_clear (&self->lock);
  g_free (self);
}

typedef struct
{
  SpPlaceLabels      *labels;
  cairo_t            *cr;
  const SpMapPalette *palette;
  SpMapStyle          style;
  double              scale;   /* device pixels a pixel */
  double              surface_scale; /* of these, what the surface scales by after the context */
  gboolean            vectors; /* the surface keeps text as text */
  gint64              until;   /* when there is no time left to paint names, as g_get_monotonic_time() counts */
  gboolean            has_painted; /* one at least */
  gboolean            misses;  /* there was no time for some */
  PangoContext       *context; /* owned, nullable until text is drawn */
} Painter;

static const SpMapColour *
colour_of (const SpMapPalette *palette, SpLabelClass class)
{
  switch (class)
    {
    case SP_LABEL_SEA: return &palette->water_name;
    case SP_LABEL_COUNTRY:
    case SP_LABEL_REGION: return &palette->country;
    case SP_LABEL_VILLAGE:
    case SP_LABEL_SUBURB: return &palette->village;
    default: return &palette->town;
    }
}

static const SpMapColour *
halo_of (const SpMapPalette *palette, SpLabelClass class)
{
  return class == SP_LABEL_SEA ? &palette->sea : &palette->halo;
}

static PangoLayout *
create_layout (Painter *self, cairo_t *cr, const SpLabel *label)
{
  if (self->context == NULL)
    {
      self->context = pango_cairo_create_context (cr);
      sp_label_configure (self->context);
    }
  return sp_label_create_layout (self->context, self->labels, label->class, label->text);
}

static void
write_text (Painter *self, const SpLabel *label, double x, double y)
{
  PangoLayout *layout = create_layout (self, self->cr, label);

  cairo_new_path (self->cr);
  cairo_move_to (self->cr, x, y);
  pango_cairo_layout_path (self->cr, layout);
  sp_map_palette_set_source (self->cr, halo_of (self->palette, label->class));
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (self->cr, 2 * HALO);
  cairo_stroke (self->cr);
  cairo_move_to (self->cr, x, y);
  sp_map_palette_set_source (self->cr, colour_of (self->palette, label->class));
  pango_cairo_show_layout (self->cr, layout);
  g_object_unref (layout);
}

/* The mean of the @reach bytes on either side of each, for one row or column of @n bytes @stride apart. */
static void
blur_bytes (guchar *bytes, int n, int stride, int reach, int *sums)
{
  sums[0] = 0;
  for (int i = 0; i < n; i++)
    sums[i + 1] = sums[i] + bytes[i * stride];
  for (int i = 0; i < n; i++)
    bytes[i * stride] = (guchar) ((sums[MIN (i + reach + 1, n)] - sums[MAX (i - reach, 0)]) / (2 * reach + 1));
}

/* The letters spread out: blurred twice, which gives a round edge, and made denser again. Stroking them takes ten times
 * as long. */
static cairo_surface_t *
spread (cairo_surface_t *letters, double scale)
{
  int width = cairo_image_surface_get_width (letters), height = cairo_image_surface_get_height (letters);
  int stride = cairo_image_surface_get_stride (letters), reach = MAX ((int) lround (HALO * scale * 0.6), 1);
  cairo_surface_t *halo = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  guchar *data = cairo_image_surface_get_data (halo);
  g_autofree int *sums = g_new (int, (gsize) MAX (width, height) + 1);

  cairo_surface_flush (letters);
  cairo_surface_flush (halo);
  memcpy (data, cairo_image_surface_get_data (letters), (gsize) stride * (gsize) height);
  for (int pass = 0; pass < 2; pass++)
    {
      for (int row = 0; row < height; row++)
        blur_bytes (data + row * stride, width, 1, reach, sums);
      for (int column = 0; column < width; column++)
        blur_bytes (data + column, height, stride, reach, sums);
    }
  for (int i = 0; i < stride * height; i++)
    data[i] = (guchar) MIN (data[i] * HALO_GAIN, 255);
  cairo_surface_mark_dirty (halo);
  return halo;
}

static cairo_surface_t *
paint_letters (Painter *self, const SpLabel *label)
{
  int width = (int) ceil ((label->width + 2 * PADDING + 2) * self->scale);
  int height = (int) ceil ((label->height + 2 * PADDING) * self->scale);
  cairo_surface_t *letters = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_t *cr = cairo_create (letters);
  PangoLayout *layout = create_layout (self, cr, label);

  cairo_scale (cr, self->scale, self->scale);
  cairo_move_to (cr, PADDING, PADDING);
  pango_cairo_update_layout (cr, layout);
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
  cairo_destroy (cr);
  return letters;
}

static cairo_surface_t *
paint_sprite (Painter *self, const SpLabel *label)
{
  cairo_surface_t *letters = paint_letters (self, label), *halo = spread (letters, self->scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, cairo_image_surface_get_width (letters),
                                                         cairo_image_surface_get_height (letters));
  cairo_t *cr = cairo_create (surface);

  sp_map_palette_set_source (cr, halo_of (self->palette, label->class));
  cairo_mask_surface (cr, halo, 0, 0);
  sp_map_palette_set_source (cr, colour_of (self->palette, label->class));
  cairo_mask_surface (cr, letters, 0, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (halo);
  cairo_surface_destroy (letters);
  return surface;
}

static gboolean
has_time (const Painter *self)
{
  return !self->has_painted || g_get_monotonic_time () < self->until;
}

/* Returns: (transfer full) (nullable): the painted name; NULL if there is no time to paint it */
static cairo_surface_t *
get_sprite (Painter *self, guint number, const SpLabel *label)
{
  SpLabelSprites *sprites = self->labels->sprites;
  SpriteKey key = { number, self->style, self->scale };
  cairo_surface_t *surface;

  g_mutex_lock (&sprites->lock);
  surface = g_hash_table_lookup (sprites->surfaces, &key);
  if (surface == NULL && has_time (self))
    {
      if (g_hash_table_size (sprites->surfaces) >= MAX_SPRITES)
        g_hash_table_remove_all (sprites->surfaces);
      surface = paint_sprite (self, label);
      g_hash_table_insert (sprites->surfaces, g_memdup2 (&key, sizeof key), surface);
      self->has_painted = TRUE;
    }
  if (surface != NULL)
    cairo_surface_reference (surface);
  g_mutex_unlock (&sprites->lock);
  return surface;
}

/* @sprite: (transfer full). Onto whole device pixels, so that the letters stay sharp and the copy is quick. */
static void
paint_text (Painter *self, cairo_surface_t *sprite, double x, double y)
{
  x -= PADDING;
  y -= PADDING;
  cairo_user_to_device (self->cr, &x, &y);
  cairo_save (self->cr);
  cairo_identity_matrix (self->cr);
  cairo_scale (self->cr, 1 / self->surface_scale, 1 / self->surface_scale);
  cairo_set_source_surface (self->cr, sprite, round (x * self->surface_scale), round (y * self->surface_scale));
  cairo_paint (self->cr);
  cairo_restore (self->cr);
  cairo_surface_destroy (sprite);
}

static void
draw_dot (Painter *self, const SpLabel *label, double x, double y)
{
  double radius = sp_label_dot_radius (label->class);

  cairo_new_path (self->cr);
  cairo_arc (self->cr, x, y, radius + 1, 0, 2 * G_PI);
  sp_map_palette_set_source (self->cr, &self->palette->halo);
  cairo_fill (self->cr);
  cairo_arc (self->cr, x, y, radius, 0, 2 * G_PI);
  sp_map_palette_set_source (self->cr, &self->palette->village);
  cairo_fill (self->cr);
}

/* Whether some of the name, or of its dot, can be seen. */
static gboolean
is_within (const SpLabelSpot *spot, const SpMapWindow *window)
{
  return MAX (spot->x + spot->label->width, spot->place_x) + PADDING >= 0 && MIN (spot->x, spot->place_x) - PADDING <= window->width
         && MAX (spot->y + spot->label->height, spot->place_y) + PADDING >= 0 && MIN (spot->y, spot->place_y) - PADDING <= window->height;
}

/* @sprite: (transfer full) (nullable) */
static void
draw_spot (Painter *self, const SpLabelSpot *spot, cairo_surface_t *sprite)
{
  if (spot->has_dot)
    draw_dot (self, spot->label, spot->place_x, spot->place_y);
  if (self->vectors)
    write_text (self, spot->label, spot->x, spot->y);
  else if (sprite != NULL)
    paint_text (self, sprite, spot->x, spot->y);
}

/* Those of the most important names first, as there may not be the time for all; but these are drawn last, on top. */
static void
draw_spots (Painter *self, const SpLabelSpot *spots, guint n, const SpMapWindow *window)
{
  g_autofree cairo_surface_t **sprites = g_new0 (cairo_surface_t *, n);

  for (guint i = 0; i < n && !self->vectors; i++)
    if (is_within (&spots[i], window))
      {
        sprites[i] = get_sprite (self, spots[i].number, spots[i].label);
        self->misses |= sprites[i] == NULL;
      }
  for (guint i = n; i-- > 0;)
    if (is_within (&spots[i], window))
      draw_spot (self, &spots[i], sprites[i]);
}

static gboolean
keeps_text (cairo_t *cr)
{
  switch (cairo_surface_get_type (cairo_get_target (cr)))
    {
    case CAIRO_SURFACE_TYPE_PDF:
    case CAIRO_SURFACE_TYPE_PS:
    case CAIRO_SURFACE_TYPE_SVG:
      return TRUE;
    default:
      return FALSE;
    }
}

/* The context may scale, and the surface after it. */
static void
init_scale (Painter *self)
{
  double x = 1, y = 0;

  cairo_user_to_device_distance (self->cr, &x, &y);
  cairo_surface_get_device_scale (cairo_get_target (self->cr), &self->surface_scale, &self->surface_scale);
  self->scale = hypot (x, y) * self->surface_scale;
}

static SpLabelBox *
copy_boxes (const cairo_rectangle_t *avoid, guint n)
{
  SpLabelBox *boxes = g_new (SpLabelBox, n);

  for (guint i = 0; i < n; i++)
    boxes[i] = (SpLabelBox){ avoid[i].x, avoid[i].y, avoid[i].x + avoid[i].width, avoid[i].y + avoid[i].height };
  return boxes;
}

/**
 * sp_place_labels_draw:
 * @self: names
 * @cr: where to; the window's corner at its origin
 * @window: what; any zoom, also between two whole ones
 * @style: colours
 * @avoid: (nullable) (array length=n_avoid): rectangles in pixels of the window on which no name must stand, such as
 * pins
 * @n_avoid: how many there are
 *
 * Draws the names that belong into the window, with a halo to read them by; those at its edge as far as they reach into
 * it. A name that would stand on one of the rectangles goes beside it, where there is room. A frame takes about a
 * millisecond, the first at a zoom some more: sp_place_labels_draw_until() bounds that. PDF, PostScript and SVG get text,
 * all else painted copies of it, which are as sharp as the scale of the context and its surface says: on a recording
 * surface, which has none (a GtkSnapshot gives one), scale the context by the scale factor of the widget, and the node
 * back.
 */
void
sp_place_labels_draw (SpPlaceLabels *self, cairo_t *cr, const SpMapWindow *window, SpMapStyle style,
                      const cairo_rectangle_t *avoid, guint n_avoid)
{
  sp_place_labels_draw_until (self, cr, window, style, avoid, n_avoid, G_MAXINT64);
}

/**
 * sp_place_labels_draw_until:
 * @self: names
 * @cr: as for sp_place_labels_draw()
 * @window: likewise
 * @style: likewise
 * @avoid: (nullable) (array length=n_avoid): likewise
 * @n_avoid: how many there are
 * @until: when a frame had better be ready, as g_get_monotonic_time() counts
 *
 * The same for a frame that must not be late: from that time on only such names are drawn as were painted before; but one
 * new name is always painted, the most important first.
 *
 * Returns: whether all are drawn; else draw again soon
 */
gboolean
sp_place_labels_draw_until (SpPlaceLabels *self, cairo_t *cr, const SpMapWindow *window, SpMapStyle style,
                            const cairo_rectangle_t *avoid, guint n_avoid, gint64 until)
{
  Painter painter = { self, cr, sp_map_palette_get (style), style, .until = until };
  g_autofree SpLabelBox *boxes = copy_boxes (avoid, n_avoid);
  g_autoptr (GArray) spots = sp_label_find_spots (self, window, boxes, n_avoid);

  init_scale (&painter);
  painter.vectors = keeps_text (cr);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, window->width, window->height);
  cairo_clip (cr);
  draw_spots (&painter, (const SpLabelSpot *) (gpointer) spots->data, spots->len, window);
  cairo_restore (cr);
  g_clear_object (&painter.context);
  return !painter.misses;
}
