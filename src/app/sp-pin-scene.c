/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPinScene: which sprites stand where on a layer, what is under the pointer, and the fan of those at one spot. It
 * draws nothing. */
#include "sp-pin-scene.h"

#include "sp-pin-fan.h"

#include <math.h>

#define PIN_WIDTH 26.0     /* of a pin's head, in pixels at the usual size of text */
#define CLUSTER_WIDTH 30.0 /* of the smallest cluster */
#define SPRITE_WIDTH 36.0  /* what one needs to stand by itself */
#define LINE_HEIGHT 40.0   /* of the order of reading */
#define SLACK 1.15         /* around what can be seen, for the pointer */

struct _SpPinScene
{
  const SpClusterIndex *index;    /* nullable; not ours */
  GArray               *sprites;  /* of SpSprite: in the order of reading, a fan last */
  GArray               *clusters; /* of SpCluster: those in sight */
  double                scale;    /* of text */
  SpPoint               chosen;   /* has its own pin wherever it is */
  gboolean              has_chosen;

  gboolean              is_open;  /* the fan */
  SpCluster             fan;      /* whose entries it has */
  guint                 page;
  double                hub_x, hub_y;
};

/**
 * sp_pin_scene_new:
 *
 * Returns: (transfer full): an empty scene
 */
SpPinScene *
sp_pin_scene_new (void)
{
  SpPinScene *self = g_new0 (SpPinScene, 1);

  self->sprites = g_array_new (FALSE, TRUE, sizeof (SpSprite));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (SpCluster));
  self->scale = 1;
  return self;
}

/**
 * sp_pin_scene_free:
 * @self: (transfer full): a scene
 */
void
sp_pin_scene_free (SpPinScene *self)
{
  g_array_unref (self->sprites);
  g_array_unref (self->clusters);
  g_free (self);
}

/**
 * sp_pin_scene_set_index:
 * @self: a scene
 * @index: (nullable): what there is to show; it must live until another is set
 */
void
sp_pin_scene_set_index (SpPinScene *self, const SpClusterIndex *index)
{
  self->index = index;
}

/**
 * sp_pin_scene_set_scale:
 * @self: a scene
 * @scale: how large text is, 1 for the usual size: pins are as large
 */
void
sp_pin_scene_set_scale (SpPinScene *self, double scale)
{
  self->scale = scale;
}

/**
 * sp_pin_scene_set_chosen:
 * @self: a scene
 * @chosen: (nullable): an entry that has its own pin even if it is in a cluster, or not among what is shown
 */
void
sp_pin_scene_set_chosen (SpPinScene *self, const SpPoint *chosen)
{
  self->has_chosen = chosen != NULL;
  if (chosen != NULL)
    self->chosen = *chosen;
}

/**
 * sp_pin_scene_pin_width:
 * @self: a scene
 *
 * Returns: how wide a pin's head is, in pixels
 */
double sp_pin_scene_pin_width (SpPinScene *self) { return PIN_WIDTH * self->scale; }

/**
 * sp_pin_scene_cluster_width:
 * @self: a scene
 *
 * Returns: how wide the smallest cluster is, in pixels
 */
double sp_pin_scene_cluster_width (SpPinScene *self) { return CLUSTER_WIDTH * self->scale; }

static SpSprite *
append (SpPinScene *self, SpSpriteKind kind, double x, double y)
{
  SpSprite sprite = { .kind = kind, .x = x, .y = y };

  g_array_append_val (self->sprites, sprite);
  return &g_array_index (self->sprites, SpSprite, self->sprites->len - 1);
}

static void
append_pin (SpPinScene *self, const SpMapFrame *frame, const SpPoint *point)
{
  double x, y;

  sp_map_frame_to_widget (frame, point->x / SP_POINT_WORLD, point->y / SP_POINT_WORLD, &x, &y);
  append (self, SP_SPRITE_PIN, x, y)->point = *point;
}

static void
append_cluster (SpPinScene *self, const SpMapFrame *frame, const SpCluster *cluster)
{
  double x, y;

  if (cluster->count == 1)
    {
      append_pin (self, frame, &cluster->only);
      return;
    }
  sp_map_frame_to_widget (frame, cluster->x, cluster->y, &x, &y);
  append (self, SP_SPRITE_CLUSTER, x, y)->cluster = *cluster;
}

static void
append_fan (SpPinScene *self, const SpMapFrame *frame)
{
  g_autoptr (GArray) members = sp_cluster_index_members (self->index, &self->fan, G_MAXUINT);
  guint first = self->page * SP_PIN_FAN_MOST, shown, places;

  if (first >= members->len)
    first = self->page = 0;
  shown = MIN (members->len - first, SP_PIN_FAN_MOST);
  places = members->len > SP_PIN_FAN_MOST ? shown + 1 : shown;
  sp_map_frame_to_widget (frame, self->fan.x, self->fan.y, &self->hub_x, &self->hub_y);
  for (guint i = 0; i < places; i++)
    {
      SpSprite *sprite;
      double x, y;

      sp_pin_fan_place (i, places, sp_pin_scene_pin_width (self), &x, &y);
      sprite = append (self, i < shown ? SP_SPRITE_PIN : SP_SPRITE_MORE, self->hub_x + x, self->hub_y + y);
      sprite->fanned = TRUE;
      if (i < shown)
        sprite->point = g_array_index (members, SpPoint, first + i);
      sprite->cluster = self->fan;
      sprite->cluster.count = members->len - shown;
    }
}

/* Lines of the whole map, so that the order stays while it is dragged. */
typedef struct
{
  double top, height;
} Lines;

static int
compare_sprites (gconstpointer first, gconstpointer second, gpointer data)
{
  const SpSprite *a = first, *b = second;
  const Lines *lines = data;
  double line_a = floor ((a->y + lines->top) / lines->height), line_b = floor ((b->y + lines->top) / lines->height);

  if (line_a != line_b)
    return line_a < line_b ? -1 : 1;
  return (a->x > b->x) - (a->x < b->x);
}

/* Finds the fan's cluster as it is now; it may be out of sight, or gone. */
static void
refresh_fan (SpPinScene *self)
{
  for (guint i = 0; i < self->clusters->len; i++)
    {
      const SpCluster *cluster = &g_array_index (self->clusters, SpCluster, i);

      if (cluster->count > 1 && sp_cluster_is_same (cluster, &self->fan))
        {
          self->fan = *cluster;
          return;
        }
    }
  self->is_open = FALSE;
}

static void
look (SpPinScene *self, const SpMapFrame *frame)
{
  double width, height;
  SpMapBox view;

  g_array_set_size (self->clusters, 0);
  sp_map_frame_get_view (frame, LINE_HEIGHT * self->scale, &view, &width, &height);
  if (self->index != NULL)
    sp_cluster_index_look (self->index, sp_cluster_index_level (self->index, frame->world, width, height, SPRITE_WIDTH * self->scale),
                           &view, self->clusters);
  if (self->is_open)
    refresh_fan (self);
}

static gboolean
has_pin (SpPinScene *self, gint64 doc)
{
  for (guint i = 0; i < self->sprites->len; i++)
    {
      const SpSprite *sprite = &g_array_index (self->sprites, SpSprite, i);
      if (sprite->kind == SP_SPRITE_PIN && sprite->point.doc == doc)
        return TRUE;
    }
  return FALSE;
}

/**
 * sp_pin_scene_update:
 * @self: a scene
 * @frame: what is seen of the map
 *
 * Finds out what there is to be seen. What was got from the scene before is out of date.
 */
void
sp_pin_scene_update (SpPinScene *self, const SpMapFrame *frame)
{
  Lines lines = { frame->y * frame->world - frame->height / 2, LINE_HEIGHT * self->scale };
  gboolean chosen_in_fan = FALSE;

  g_array_set_size (self->sprites, 0);
  look (self, frame);
  if (self->is_open)
    {
      append_fan (self, frame);
      chosen_in_fan = self->has_chosen && has_pin (self, self->chosen.doc);
      g_array_set_size (self->sprites, 0);
    }
  for (guint i = 0; i < self->clusters->len; i++)
    {
      const SpCluster *cluster = &g_array_index (self->clusters, SpCluster, i);
      if (!self->is_open || !sp_cluster_is_same (cluster, &self->fan))
        append_cluster (self, frame, cluster);
    }
  if (self->has_chosen && !chosen_in_fan && !has_pin (self, self->chosen.doc))
    append_pin (self, frame, &self->chosen);
  g_array_sort_with_data (self->sprites, compare_sprites, &lines);
  if (self->is_open)
    append_fan (self, frame);
}

/**
 * sp_pin_scene_open_fan:
 * @self: a scene
 * @cluster: whose entries are to be fanned out, from the next update on
 */
void
sp_pin_scene_open_fan (SpPinScene *self, const SpCluster *cluster)
{
  self->is_open = TRUE;
  self->fan = *cluster;
  self->page = 0;
}

/**
 * sp_pin_scene_turn_page:
 * @self: a scene
 *
 * Has the fan show those that found no room in it; after the last of them, the first again.
 */
void
sp_pin_scene_turn_page (SpPinScene *self)
{
  self->page++;
}

/**
 * sp_pin_scene_close_fan:
 * @self: a scene
 *
 * Returns: whether one was open
 */
gboolean
sp_pin_scene_close_fan (SpPinScene *self)
{
  gboolean was_open = self->is_open;

  self->is_open = FALSE;
  return was_open;
}

/**
 * sp_pin_scene_get_hub:
 * @self: a scene
 * @x: (out): the middle of the open fan
 * @y: (out): likewise
 *
 * Returns: whether one is open
 */
gboolean
sp_pin_scene_get_hub (SpPinScene *self, double *x, double *y)
{
  *x = self->hub_x;
  *y = self->hub_y;
  return self->is_open;
}

/**
 * sp_pin_scene_get:
 * @self: a scene
 * @count: (out): how many there are
 *
 * Returns: (transfer none) (array length=count): the sprites, until the next update
 */
const SpSprite *
sp_pin_scene_get (SpPinScene *self, guint *count)
{
  *count = self->sprites->len;
  return (const SpSprite *) (gpointer) self->sprites->data;
}

static gboolean
covers (SpPinScene *self, const SpSprite *sprite, double x, double y)
{
  double radius, width = sp_pin_scene_pin_width (self);

  if (sprite->kind == SP_SPRITE_PIN)
    {
      radius = width / 2 * SLACK;
      if (fabs (x - sprite->x) <= radius / 2 && y <= sprite->y && y >= sprite->y - sp_pin_height (width))
        return TRUE;
      y += sp_pin_height (width);
    }
  else
    radius = sp_pin_cluster_width (sprite->cluster.count, sp_pin_scene_cluster_width (self)) / 2 * SLACK;
  return hypot (x - sprite->x, y - sprite->y) <= radius;
}

/**
 * sp_pin_scene_pick:
 * @self: a scene
 * @x: a place on the widget, in pixels
 * @y: likewise
 *
 * Returns: the number of the topmost sprite there, or %SP_PIN_SCENE_NOTHING
 */
guint
sp_pin_scene_pick (SpPinScene *self, double x, double y)
{
  for (guint i = self->sprites->len; i-- > 0;)
    if (covers (self, &g_array_index (self->sprites, SpSprite, i), x, y))
      return i;
  return SP_PIN_SCENE_NOTHING;
}

/**
 * sp_pin_scene_find:
 * @self: a scene
 * @sprite: a sprite of before
 *
 * Returns: the number of the same entry or cluster now, or %SP_PIN_SCENE_NOTHING
 */
guint
sp_pin_scene_find (SpPinScene *self, const SpSprite *sprite)
{
  for (guint i = 0; i < self->sprites->len; i++)
    {
      const SpSprite *other = &g_array_index (self->sprites, SpSprite, i);

      if (other->kind == sprite->kind
          && (sprite->kind == SP_SPRITE_PIN ? other->point.doc == sprite->point.doc : sp_cluster_is_same (&other->cluster, &sprite->cluster)))
        return i;
    }
  return SP_PIN_SCENE_NOTHING;
}
