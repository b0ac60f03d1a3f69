/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names on the map: which there are, how important, and how much room each takes in a font. */
#include "sp-place-labels-private.h"

#include "sp-map-names.h"
#include "sp-places.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define UNKNOWN_POPULATION 300 /* a village, where the gazetteer does not say */
#define DEFAULT_FAMILY "Sans"
#define SUBURBS_FROM 180000 /* people in the city they belong to */
#define SUBURB_PART 5       /* how often a suburb's people go into the city's, at least */
#define SUBURB_METRES 7.5   /* from the city's middle, times the root of its people */
#define SUBURB_WEIGHT 4     /* a suburb counts as a town of so much fewer people */

/* How a class is written: pixels, weight, style, and letters further apart (pixels); its dot, pixels. */
static const struct { double size; PangoWeight weight; PangoStyle style; double spacing; double dot; } fonts[] = {
  [SP_LABEL_COUNTRY] = { 13.5, PANGO_WEIGHT_SEMIBOLD, PANGO_STYLE_NORMAL, 3, 0 },
  [SP_LABEL_SEA] = { 12.5, PANGO_WEIGHT_NORMAL, PANGO_STYLE_ITALIC, 1.2, 0 },
  [SP_LABEL_METROPOLIS] = { 16.5, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, 3 },
  [SP_LABEL_CITY] = { 14.5, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, 0, 2.6 },
  [SP_LABEL_LARGE_TOWN] = { 13, PANGO_WEIGHT_SEMIBOLD, PANGO_STYLE_NORMAL, 0, 2.2 },
  [SP_LABEL_TOWN] = { 12, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, 1.8 },
  [SP_LABEL_VILLAGE] = { 11, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0, 1.4 },
  [SP_LABEL_SUBURB] = { 11, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, 0.4, 0 },
  [SP_LABEL_REGION] = { 12, PANGO_WEIGHT_NORMAL, PANGO_STYLE_ITALIC, 1, 0 },
};

/* From how many people on a place is shown at a zoom. */
static const struct { guint people; int zoom;
} wanted[] = {
  { 1500000, 4 }, { 450000, 5 }, { 200000, 6 }, { 100000, 7 }, { 45000, 8 },
  { 18000, 9 },   { 7000, 10 },  { 2500, 11 },  { 900, 12 },   { 0, 13 },
};

/* What is more than the number within its boundary: capitals, and cities that have grown together with their
 * neighbours. */
static const struct { const char *name; guint people;
} greater[] = {
  { "Birmingham", 2500000 }, { "Manchester", 2600000 }, { "Glasgow", 1800000 }, { "Edinburgh", 1600000 },
  { "Cardiff", 1550000 },    { "Belfast", 1550000 },    { "Leeds", 1200000 },   { "Newcastle upon Tyne", 900000 },
  { "Aberdeen", 460000 },    { "Plymouth", 460000 },    { "Norwich", 460000 },  { "Inverness", 450000 },
  { "Carlisle", 200000 },    { "Lerwick", 100000 },     { "Kirkwall", 100000 }, { "Stornoway", 100000 },
};

/**
 * sp_label_dot_radius:
 * @class: of a label
 *
 * Returns: of the dot that marks the place, in pixels; 0 for none
 */
double
sp_label_dot_radius (SpLabelClass class)
{
  return fonts[class].dot;
}

/**
 * sp_label_configure:
 * @context: a context
 *
 * Makes text take the same room at every scale, whatever the screen.
 */
void
sp_label_configure (PangoContext *context)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
}

/**
 * sp_label_create_layout:
 * @context: a context of this thread
 * @self: labels, for their font
 * @class: how it is written
 * @text: what is written
 *
 * Returns: (transfer full): the text, ready to draw
 */
PangoLayout *
sp_label_create_layout (PangoContext *context, const SpPlaceLabels *self, SpLabelClass class, const char *text)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, self->family);
  pango_font_description_set_absolute_size (font, fonts[class].size * self->font_scale * PANGO_SCALE);
  pango_font_description_set_weight (font, fonts[class].weight);
  pango_font_description_set_style (font, fonts[class].style);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (fonts[class].spacing > 0)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (
          attributes, pango_attr_letter_spacing_new ((int) (fonts[class].spacing * self->font_scale * PANGO_SCALE)));
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
    }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static SpLabelClass
class_of (guint population)
{
  if (population >= 1500000)
    return SP_LABEL_METROPOLIS;
  if (population >= 200000)
    return SP_LABEL_CITY;
  if (population >= 45000)
    return SP_LABEL_LARGE_TOWN;
  return population >= 7000 ? SP_LABEL_TOWN : SP_LABEL_VILLAGE;
}

static int
zoom_for (guint population)
{
  guint i = 0;

  while (population < wanted[i].people)
    i++;
  return wanted[i].zoom;
}

static void
add_label (GArray *labels, const char *text, SpLabelClass class, double latitude, double longitude, guint population,
           int wanted_zoom, int last_zoom)
{
  SpLabel label = { g_strdup (text), class };

  sp_geodesy_to_tile (latitude, longitude, 0, &label.x, &label.y);
  label.population = population;
  label.wanted_zoom = wanted_zoom;
  label.last_zoom = last_zoom;
  label.first_zoom = SP_LABEL_NEVER;
  g_array_append_val (labels, label);
}

static void
add_name (GArray *labels, const SpMapName *name)
{
  static const SpLabelClass classes[] = { SP_LABEL_COUNTRY, SP_LABEL_SEA, SP_LABEL_REGION };
  const char *words = name->kind == SP_MAP_NAME_TOWN ? name->name : g_dgettext (GETTEXT_PACKAGE, name->name);
  SpLabelClass class = name->kind == SP_MAP_NAME_TOWN ? class_of (name->population) : classes[name->kind];
  g_autofree char *text = class == SP_LABEL_COUNTRY ? g_utf8_strup (words, -1) : g_strdup (words);

  add_label (labels, text, class, name->latitude, name->longitude, name->population, name->first_zoom, name->last_zoom);
}

/* Suburbs come by population among the towns; they look like villages, but are many people. */
static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const SpLabel *x = a, *y = b;
  gboolean x_is_place = sp_label_is_place (x->class), y_is_place = sp_label_is_place (y->class);

  if (x_is_place != y_is_place || (!x_is_place && x->class != y->class))
    return x->class < y->class ? -1 : 1;
  if (x->population != y->population)
    return x->population > y->population ? -1 : 1;
  return x->y != y->y ? (x->y < y->y ? -1 : 1) : (x->x > y->x) - (x->x < y->x);
}

static guint
people_of (const SpPlace *place)
{
  guint population = place->population > 0 ? place->population : UNKNOWN_POPULATION;

  for (guint i = 0; i < G_N_ELEMENTS (greater); i++)
    if (strcmp (place->name, greater[i].name) == 0 && population > MIN (greater[i].people / 10, 6000))
      return MAX (population, greater[i].people);
  return population;
}

/* Whether a far larger place is so near that this is a part of it: London's reach is 22 km, that of 200,000 people 3
 * km. */
static gboolean
is_suburb (const SpPlace *place, GPtrArray *cities)
{
  for (guint i = 0; i < cities->len; i++)
    {
      const SpPlace *city = g_ptr_array_index (cities, i);
      double reach = sqrt (city->population) * SUBURB_METRES;

      if (city->population > SUBURB_PART * place->population && fabs (city->latitude - place->latitude) < 0.3
          && sp_geodesy_rough_distance (city->latitude, city->longitude, place->latitude, place->longitude) < reach)
        return TRUE;
    }
  return FALSE;
}

/* But for councils and counties: their towns are in the list beside them. */
static void
add_places (GArray *labels)
{
  g_autoptr (GPtrArray) places = sp_places_list ();
  g_autoptr (GPtrArray) cities = g_ptr_array_new ();

  for (guint i = 0; i < places->len; i++)
    if (((const SpPlace *) g_ptr_array_index (places, i))->population >= SUBURBS_FROM)
      g_ptr_array_add (cities, g_ptr_array_index (places, i));
  for (guint i = 0; i < places->len; i++)
    {
      const SpPlace *place = g_ptr_array_index (places, i);
      gboolean suburb = is_suburb (place, cities);
      guint people = suburb ? people_of (place) / SUBURB_WEIGHT : people_of (place);

      if (g_str_has_suffix (place->name, "Borough") || g_str_has_prefix (place->name, "County "))
        continue;
      add_label (labels, place->name, suburb ? SP_LABEL_SUBURB : class_of (people), place->latitude, place->longitude,
                 people, zoom_for (people), G_MAXINT);
    }
}

static void
clear_label (gpointer data)
{
  g_free (((SpLabel *) data)->text);
}

static GArray *
collect_labels (void)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (SpLabel));
  guint n;
  const SpMapName *names = sp_map_names_get (&n);

  g_array_set_clear_func (labels, clear_label);
  for (guint i = 0; i < n; i++)
    add_name (labels, &names[i]);
  add_places (labels);
  g_array_sort (labels, compare_labels);
  return labels;
}

/* How wide each letter is in a class: shaping every name would take ten times as long, for half a pixel. */
typedef struct
{
  GHashTable *widths[SP_LABEL_N_CLASSES]; /* gunichar → width in Pango units */
  double      heights[SP_LABEL_N_CLASSES];
} Ruler;

static int
measure_letter (Ruler *self, const SpPlaceLabels *labels, PangoContext *context, SpLabelClass class, gunichar letter)
{
  gpointer known;
  char text[7] = "";
  PangoLayout *layout;
  int width, height;

  if (g_hash_table_lookup_extended (self->widths[class], GUINT_TO_POINTER (letter), NULL, &known))
    return GPOINTER_TO_INT (known);
  g_unichar_to_utf8 (letter, text);
  layout = sp_label_create_layout (context, labels, class, text);
  pango_layout_get_size (layout, &width, &height);
  g_object_unref (layout);
  g_hash_table_insert (self->widths[class], GUINT_TO_POINTER (letter), GINT_TO_POINTER (width));
  self->heights[class] = MAX (self->heights[class], (double) height / PANGO_SCALE);
  return width;
}

static void
measure_labels (SpPlaceLabels *self)
{
  PangoFontMap *map = pango_cairo_font_map_get_default (); /* this thread's own */
  PangoContext *context = pango_font_map_create_context (map);
  Ruler ruler = { { NULL }, { 0 } };

  sp_label_configure (context);
  for (guint class = 0; class < SP_LABEL_N_CLASSES; class++)
    ruler.widths[class] = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->labels->len; i++)
    {
      SpLabel *label = &g_array_index (self->labels, SpLabel, i);
      int width = 0, n = 0;

      for (const char *at = label->text; *at != '\0'; at = g_utf8_next_char (at))
        {
          width += measure_letter (&ruler, self, context, label->class, g_utf8_get_char (at));
          n++;
        }
      label->width = (float) (width / (double) PANGO_SCALE + n * fonts[label->class].spacing * self->font_scale);
    }
  for (guint i = 0; i < self->labels->len; i++)
    {
      SpLabel *label = &g_array_index (self->labels, SpLabel, i);
      label->height = (float) ruler.heights[label->class];
    }
  for (guint class = 0; class < SP_LABEL_N_CLASSES; class++)
    g_hash_table_unref (ruler.widths[class]);
  g_object_unref (context);
}

/**
 * sp_place_labels_new:
 * @family: (nullable): the font's family, as Pango names it; %NULL for a plain one
 * @font_scale: 1 for text of usual size, 2 for twice that
 *
 * Lays out all names for all zooms, which takes some tens of milliseconds: call it in a thread. The names of seas and
 * countries are in the language of the program.
 *
 * Returns: (transfer full): the names
 */
SpPlaceLabels *
sp_place_labels_new (const char *family, double font_scale)
{
  SpPlaceLabels *self = g_new0 (SpPlaceLabels, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->family = g_strdup (family != NULL ? family : DEFAULT_FAMILY);
  self->font_scale = CLAMP (font_scale, 0.25, 8);
  self->labels = collect_labels ();
  self->sprites = sp_label_sprites_new ();
  measure_labels (self);
  sp_label_lay_out (self->labels);
  return self;
}

/**
 * sp_place_labels_ref:
 * @self: names
 *
 * Returns: (transfer full): the same
 */
SpPlaceLabels *
sp_place_labels_ref (SpPlaceLabels *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * sp_place_labels_unref:
 * @self: (transfer full): names
 */
void
sp_place_labels_unref (SpPlaceLabels *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->labels);
  sp_label_sprites_free (self->sprites);
  g_free (self->family);
  g_free (self);
}
