/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cities, towns and villages of Great Britain and Northern Ireland, from the list that is built into the program
 * (data/gazetteer/places.tsv; GeoNames, CC BY 4.0). It is read once, when somebody first asks; any thread may. */
#include "sp-places.h"

#include "sp-alike.h"
#include "sp-data.h"
#include "sp-fold.h"
#include "sp-geodesy.h"

#include <string.h>

#define FILE_NAME "gazetteer/places.tsv"
#define SAME_PLACE_M 3000.0  /* two of one name within this are one place */
#define CLEARLY_LARGER 20    /* times the population: then everybody means the larger */
#define SMALL_VILLAGE 250    /* people, where the list does not know */

typedef struct
{
  char          *key; /* the folded name, or one of the other names */
  const SpPlace *place;
} Entry;

typedef struct
{
  GPtrArray    *places;  /* SpPlace */
  GArray       *entries; /* Entry, sorted by key */
  GStringChunk *names;
} Gazetteer;

/**
 * sp_places_make_key:
 * @name: of a place, as it is written or typed
 *
 * "Saint Bees" and "St. Bees" have one key.
 *
 * Returns: (transfer full): by what the name is found
 */
char *
sp_places_make_key (const char *name)
{
  char *key = sp_fold_text (name);

  if (g_str_has_prefix (key, "saint "))
    {
      memcpy (key, "st", 2);
      memmove (key + 2, key + 5, strlen (key + 5) + 1);
    }
  return key;
}

static const char *
name_nation (char letter)
{
  switch (letter)
    {
    case 'N': return "Northern Ireland";
    case 'S': return "Scotland";
    case 'W': return "Wales";
    default: return "England";
    }
}

static void
add_entry (GArray *entries, const char *name, const SpPlace *place)
{
  Entry entry = { sp_places_make_key (name), place };

  g_array_append_val (entries, entry);
}

/* A line of two columns opens a county; one of five is a place in it. */
static void
read_line (Gazetteer *self, char *line, SpPlace *county)
{
  g_auto (GStrv) columns = g_strsplit (line, "\t", 5);
  g_auto (GStrv) others = NULL;
  SpPlace *place;

  if (g_strv_length (columns) == 2)
    {
      county->county = g_string_chunk_insert (self->names, columns[0]);
      county->nation = name_nation (columns[1][0]);
    }
  if (g_strv_length (columns) != 5)
    return;
  place = g_new (SpPlace, 1);
  *place = *county;
  place->name = g_string_chunk_insert (self->names, columns[0]);
  place->latitude = g_ascii_strtod (columns[2], NULL);
  place->longitude = g_ascii_strtod (columns[3], NULL);
  place->population = (guint) g_ascii_strtoull (columns[4], NULL, 10);
  g_ptr_array_add (self->places, place);
  add_entry (self->entries, columns[0], place);
  others = g_strsplit (columns[1], "|", -1);
  for (guint i = 0; others[i] != NULL; i++)
    if (*others[i] != '\0')
      add_entry (self->entries, others[i], place);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Entry *) a)->key, ((const Entry *) b)->key);
}

static gpointer
read_gazetteer (gpointer data)
{
  Gazetteer *self = g_new0 (Gazetteer, 1);
  g_autoptr (GBytes) bytes = sp_data_load (FILE_NAME);
  g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  SpPlace county = { NULL, "", "", 0, 0, 0 };

  self->names = g_string_chunk_new (16 * 1024);
  self->places = g_ptr_array_new ();
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#')
      read_line (self, lines[i], &county);
  g_array_sort (self->entries, compare_entries);
  return self;
}

static const Gazetteer *
get_gazetteer (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_gazetteer, NULL);
}

static guint
people (const SpPlace *place)
{
  return MAX (place->population, SMALL_VILLAGE);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const SpPlace *x = *(const SpPlace * const *) a;
  const SpPlace *y = *(const SpPlace * const *) b;

  return x->population != y->population ? (x->population < y->population ? 1 : -1) : strcmp (x->county, y->county);
}

static gboolean
is_known (GPtrArray *found, const SpPlace *place)
{
  for (guint i = 0; i < found->len; i++)
    {
      const SpPlace *other = g_ptr_array_index (found, i);
      if (sp_geodesy_rough_distance (other->latitude, other->longitude, place->latitude, place->longitude) < SAME_PLACE_M)
        return TRUE;
    }
  return FALSE;
}

static guint
first_entry (const GArray *entries, const char *key)
{
  guint low = 0;
  guint high = entries->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (strcmp (g_array_index (entries, Entry, middle).key, key) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * sp_place_lies_in:
 * @self: a place
 * @where: the beginning of a word of its county or nation, folded; all places lie in an empty one
 *
 * Returns: whether it lies there
 */
gboolean
sp_place_lies_in (const SpPlace *self, const char *where)
{
  g_autofree char *county = sp_fold_text (self->county);
  g_autofree char *nation = sp_fold_text (self->nation);

  return g_str_has_prefix (county, where) || g_str_has_prefix (nation, where);
}

static GPtrArray *
places_called (const char *name, const char *where)
{
  const GArray *entries = get_gazetteer ()->entries;
  g_autofree char *key = sp_places_make_key (name);
  GPtrArray *all = g_ptr_array_new ();
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = first_entry (entries, key); i < entries->len && strcmp (g_array_index (entries, Entry, i).key, key) == 0; i++)
    if (sp_place_lies_in (g_array_index (entries, Entry, i).place, where))
      g_ptr_array_add (all, (gpointer) g_array_index (entries, Entry, i).place);
  g_ptr_array_sort (all, compare_places);
  for (guint i = 0; i < all->len; i++)
    if (!is_known (found, g_ptr_array_index (all, i)))
      g_ptr_array_add (found, g_ptr_array_index (all, i));
  g_ptr_array_unref (all);
  return found;
}

/**
 * sp_places_list:
 *
 * Returns: (transfer container) (element-type SpPlace): all places, in the order of the file; sort it as you like
 */
GPtrArray *
sp_places_list (void)
{
  return g_ptr_array_copy (get_gazetteer ()->places, NULL, NULL);
}

/**
 * sp_places_find:
 * @text: a name, in any case and without its accents: "ynys mon"; or with its county or nation: "Newport, Shropshire",
 *   "Newport (Wales)"
 *
 * Returns: (transfer container) (element-type SpPlace): the places of exactly that name, the largest first
 */
GPtrArray *
sp_places_find (const char *text)
{
  gsize end = strcspn (text, ",(");
  g_autofree char *name = g_strndup (text, end);
  g_autofree char *where = sp_fold_text (text + end);

  return places_called (name, where);
}

/**
 * sp_places_is_clear:
 * @places: (element-type SpPlace): what sp_places_find() gave
 *
 * Returns: whether everybody would mean the first: it is the only one, or has twenty times the people of the next
 */
gboolean
sp_places_is_clear (GPtrArray *places)
{
  if (places->len < 2)
    return places->len == 1;
  return people (g_ptr_array_index (places, 0)) >= CLEARLY_LARGER * people (g_ptr_array_index (places, 1));
}

typedef struct
{
  const SpPlace *place;
  guint          distance;
} Suggestion;

static int
compare_suggestions (gconstpointer a, gconstpointer b)
{
  const Suggestion *x = a;
  const Suggestion *y = b;

  return x->distance != y->distance ? (x->distance > y->distance ? 1 : -1) : compare_places (&x->place, &y->place);
}

/**
 * sp_places_suggest:
 * @text: what somebody typed, at least three letters
 * @limit: how many at most
 *
 * Places whose name begins so, or is a slip of the pen away; those that need the fewest changes first, then the largest.
 *
 * Returns: (transfer container) (element-type SpPlace): the places
 */
GPtrArray *
sp_places_suggest (const char *text, guint limit)
{
  const GArray *entries = get_gazetteer ()->entries;
  g_autofree char *key = sp_places_make_key (text);
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (Suggestion));
  GPtrArray *found = g_ptr_array_new ();
  gsize length = strlen (key);
  guint slips = length < 6 ? 1 : 2;

  for (guint i = 0; length >= 3 && i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      gboolean begins = strncmp (entry->key, key, length) == 0;
      Suggestion suggestion = { entry->place, begins ? (entry->key[length] != '\0') : sp_alike_distance (key, entry->key, slips) };

      if (suggestion.distance <= slips)
        g_array_append_val (near, suggestion);
    }
  g_array_sort (near, compare_suggestions);
  for (guint i = 0; i < near->len && found->len < limit; i++)
    if (!is_known (found, g_array_index (near, Suggestion, i).place))
      g_ptr_array_add (found, (gpointer) g_array_index (near, Suggestion, i).place);
  return found;
}

/**
 * sp_place_describe:
 * @self: a place
 *
 * Returns: (transfer full): its name and county, "Newport, Isle of Wight", which sp_places_find() finds again
 */
char *
sp_place_describe (const SpPlace *self)
{
  if (*self->county == '\0')
    return g_strdup (self->name);
  return g_strdup_printf ("%s, %s", self->name, self->county);
}
