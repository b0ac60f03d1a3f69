/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the full text index gets of an asset: its words, folded and each once a column, its facets, and its cells on the
 * map. Facets and cells are words that begin with `_`, which no word of a text does: kind, days, categories … A query with
 * five filters is so one expression, which FTS5 intersects from all sides at once. */
#include "sp-projection-private.h"

#include "sp-terms.h"
#include "sp-tiles.h"

#include <string.h>

static const double capacity_bands[SP_TEXT_CAPACITY_BANDS - 1] = { 10, 20, 30, 50, 100, 200, 500 };

/**
 * sp_text_facet:
 * @letter: which facet
 * @value: (nullable): its value
 *
 * Returns: (transfer full): the word that stands for it in the index
 */
char *
sp_text_facet (char letter, const char *value)
{
  GString *out = g_string_new ("_");

  g_string_append_c (out, letter);
  for (const char *p = value; p != NULL && *p != '\0'; p++)
    g_string_append_c (out, g_ascii_isalnum (*p) || *p == '.' || *p < 0 ? g_ascii_tolower (*p) : '-');
  return g_string_free (out, FALSE);
}

/**
 * sp_text_capacity_band:
 * @capacity: people
 *
 * Returns: the band that it falls in; the bands from it on hold all that are larger
 */
guint
sp_text_capacity_band (double capacity)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (capacity_bands) && capacity >= capacity_bands[i])
    i++;
  return i;
}

static void
add_facet (GString *out, char letter, const char *value)
{
  g_autofree char *facet = sp_text_facet (letter, value);

  g_string_append_c (out, ' ');
  g_string_append (out, facet);
}

/* @number: below 10 */
static void
add_number (GString *out, char letter, guint number)
{
  const char facet[] = { ' ', '_', letter, (char) ('0' + number) };

  g_string_append_len (out, facet, sizeof facet);
}

static void
add_texts (GString *out, char letter, const SpNode *list)
{
  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    {
      const char *text = sp_node_get_string (sp_node_get_element (list, i));
      if (text != NULL && *text != '\0')
        add_facet (out, letter, text);
    }
}

static void
add_hours (GString *out, const SpOpening *opening)
{
  for (guint i = 0; i < 7; i++)
    if (opening->days & (1u << i))
      add_number (out, 'd', i);
  for (guint i = 0; i < SP_FACTS_TIME_BANDS; i++)
    if (opening->bands & (1u << i))
      add_number (out, 'h', i);
}

/* The first letter and the first two of each word, for what somebody has just begun to type. */
static void
add_beginnings (GString *out, const char *folded)
{
  for (const char *p = folded; *p != '\0';)
    {
      gsize length = strcspn (p, " ");
      const char *one = g_utf8_next_char (p);
      const char *two = one < p + length ? g_utf8_next_char (one) : one;

      g_string_append (out, " _1");
      g_string_append_len (out, p, one - p);
      if (two > one)
        {
          g_string_append (out, " _2");
          g_string_append_len (out, p, two - p);
        }
      p += length + (p[length] == ' ');
    }
}

static void
add_facts (GString *out, const SpNode *body, const SpFacts *facts)
{
  double capacity = sp_facts_count (sp_node_get (body, "building"), "capacity");

  add_facet (out, 'k', sp_kind_to_text (sp_kind_from_text (sp_node_get_text (body, "kind"))));
  add_facet (out, 's', sp_status_to_text (sp_status_from_text (sp_node_get_text (body, "status"))));
  add_texts (out, 'c', sp_node_get (body, "categories"));
  add_texts (out, 'w', sp_node_get (sp_node_get (body, "accessibility"), "tags"));
  add_texts (out, 'l', sp_node_get (body, "languages"));
  add_texts (out, 'x', sp_node_get (sp_node_get (body, "building"), "crisis_roles"));
  add_hours (out, &facts->opening);
  if (!isnan (capacity))
    add_number (out, 'p', sp_text_capacity_band (capacity));
  if (sp_node_get_flag (sp_node_get (body, "volunteering"), "wanted", FALSE))
    add_facet (out, 'v', NULL);
  if (sp_facts_available (body))
    add_facet (out, 'o', NULL);
}

/* "ca156aa" and its beginnings "ca15" and "ca156"; the parts are found with and without their space. */
static void
add_postcode (GString *out, const char *postcode)
{
  g_autofree char *folded = sp_terms_fold (postcode);
  GString *joined = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (joined, *p);
  if (joined->len >= 5 && joined->len <= 7)
    g_string_append_printf (out, "%s%s %.*s %.*s", out->len > 0 ? " " : "", joined->str,
                            (int) joined->len - 3, joined->str, (int) joined->len - 2, joined->str);
  else
    sp_terms_append (out, postcode);
  g_string_free (joined, TRUE);
}

static void
add_address (GString *out, const SpNode *address)
{
  static const char * const members[] = { "line_1", "line_2", "city", "county" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    sp_terms_append (out, sp_node_get_text (address, members[i]));
  if (sp_node_get_text (address, "postal_code") != NULL)
    add_postcode (out, sp_node_get_text (address, "postal_code"));
}

static void
add_place (GString *out, const SpProjected *asset)
{
  const SpNode *address = sp_node_get (asset->body, "address");

  add_address (out, address);
  if (asset->venue == NULL)
    return;
  sp_terms_append (out, sp_node_get_text (asset->venue, "name"));
  if (address == NULL)
    add_address (out, sp_node_get (asset->venue, "address"));
}

#define SEEN_SLOTS 512

/* The words met so far, by where they stand in the text. Beyond three quarters full it says "new" to all: twice does no
 * harm. */
typedef struct
{
  struct { guint32 start; guint32 length; } slots[SEEN_SLOTS]; /* length 0: free */
  guint filled;
} Seen;

static gboolean
is_new (Seen *seen, const char *text, const char *word, guint32 length)
{
  guint slot = 5381;

  if (seen->filled > SEEN_SLOTS * 3 / 4)
    return TRUE;
  for (guint32 i = 0; i < length; i++)
    slot = slot * 33 + (guchar) word[i];
  for (slot %= SEEN_SLOTS; seen->slots[slot].length != 0; slot = (slot + 1) % SEEN_SLOTS)
    if (seen->slots[slot].length == length && memcmp (text + seen->slots[slot].start, word, length) == 0)
      return FALSE;
  seen->slots[slot].start = (guint32) (word - text);
  seen->slots[slot].length = length;
  seen->filled++;
  return TRUE;
}

static gboolean
is_stop_word (const char *word, gsize length)
{
  char copy[10]; /* no stop word is longer */

  if (length >= sizeof copy)
    return FALSE;
  memcpy (copy, word, length);
  copy[length] = '\0';
  return sp_terms_is_stop_word (copy);
}

/* The words of a column, each once: the index knows in which columns a word stands, not how often. */
static char *
once (GString *folded, gboolean keep_stop_words)
{
  Seen seen = { 0 };
  GString *out = g_string_sized_new (folded->len + 1);

  for (const char *p = folded->str; *p != '\0';)
    {
      gsize length = strcspn (p, " ");
      if (is_new (&seen, folded->str, p, (guint32) length) && (keep_stop_words || !is_stop_word (p, length)))
        {
          if (out->len > 0)
            g_string_append_c (out, ' ');
          g_string_append_len (out, p, (gssize) length);
        }
      p += length + (p[length] == ' ');
    }
  return g_string_free (out, FALSE);
}

static char *
make_name (const SpNode *body)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sp_terms_append (out, sp_node_get_text (body, "name"));
  sp_terms_append (out, sp_node_get_text (body, "alternate_name"));
  return once (out, TRUE);
}

static char *
make_summary (const SpNode *body)
{
  const SpNode *translations = sp_node_get (body, "translations");
  g_autoptr (GString) out = g_string_new (NULL);

  sp_terms_append (out, sp_node_get_text (body, "summary"));
  for (guint i = 0; sp_node_is_object (translations) && i < sp_node_get_length (translations); i++)
    sp_terms_append (out, sp_node_get_text (sp_node_get_element (translations, i), "summary"));
  return once (out, FALSE);
}

static char *
make_description (const SpNode *body)
{
  const SpNode *eligibility = sp_node_get (body, "eligibility");
  g_autoptr (GString) out = g_string_sized_new (512);

  sp_terms_append (out, sp_node_get_text (body, "description"));
  sp_terms_append (out, sp_node_get_text (body, "schedule_words"));
  sp_terms_append (out, sp_node_get_text (eligibility, "who"));
  sp_terms_append (out, sp_node_get_text (sp_node_get (body, "accessibility"), "detail"));
  sp_terms_append (out, sp_node_get_text (sp_node_get (body, "volunteering"), "roles"));
  return once (out, FALSE);
}

static char *
make_place (const SpProjected *asset)
{
  g_autoptr (GString) out = g_string_sized_new (128);

  add_place (out, asset);
  return once (out, FALSE);
}

static char *
make_facets (const SpNode *body, const SpFacts *facts, const char *name)
{
  const char *city = sp_node_get_text (sp_node_get (body, "address"), "city");
  const char *postcode = sp_node_get_text (sp_node_get (body, "address"), "postal_code");
  g_autoptr (GString) begun = g_string_new (name);
  g_autoptr (GString) out = g_string_sized_new (256);

  add_facts (out, body, facts);
  sp_terms_append (begun, city);
  sp_terms_append (begun, postcode);
  add_beginnings (out, begun->str);
  return once (out, TRUE);
}

static char *
make_cells (const SpProjected *asset)
{
  GString *out = g_string_sized_new (128);

  if (!isnan (asset->latitude))
    sp_tiles_append_tokens (out, asset->latitude, asset->longitude);
  return g_string_free (out, FALSE);
}

/* Of the columns that are there. */
static GArray *
list_words (char *const *columns)
{
  GArray *words = g_array_sized_new (FALSE, FALSE, sizeof (SpWord), 128);

  for (int i = 0; i < SP_TEXT_FACETS; i++)
    if (columns[i] != NULL)
      sp_words_list (columns[i], words);
  return words;
}

/* @place: (nullable): the column that was not there when the others were looked through */
static gboolean
note_words (SpDb *db, const SpText *text, const char *place, GError **error)
{
  g_autoptr (GArray) more = place != NULL ? g_array_new (FALSE, FALSE, sizeof (SpWord)) : NULL;

  if (place != NULL)
    sp_words_list (place, more);
  return sp_words_note (db, text->words, error) && (place == NULL || sp_words_note (db, more, error));
}

/**
 * sp_text_new:
 * @body: an asset, which must outlive what is made of it
 *
 * Returns: (transfer full): its words and facets, what its rows say, and by what its twins are found
 */
SpText *
sp_text_new (const SpNode *body)
{
  SpText *self = g_new0 (SpText, 1);
  SpProjected asset = { .body = body };

  self->facts = sp_facts_read (body);
  self->columns[SP_TEXT_NAME] = make_name (body);
  self->columns[SP_TEXT_SUMMARY] = make_summary (body);
  self->columns[SP_TEXT_DESCRIPTION] = make_description (body);
  self->columns[SP_TEXT_FACETS] = make_facets (body, &self->facts, self->columns[SP_TEXT_NAME]);
  self->traits = sp_traits_new (NULL, body);
  if (sp_node_get_text (body, "venue") == NULL)
    {
      asset.latitude = self->facts.latitude;
      asset.longitude = self->facts.longitude;
      self->columns[SP_TEXT_PLACE] = make_place (&asset);
      self->columns[SP_TEXT_CELLS] = make_cells (&asset);
    }
  self->words = list_words (self->columns);
  return self;
}

/**
 * sp_text_free:
 * @self: (transfer full): what was made of an asset
 */
void
sp_text_free (SpText *self)
{
  for (guint i = 0; i < SP_TEXT_COLUMNS; i++)
    g_free (self->columns[i]);
  g_array_unref (self->words);
  sp_traits_free (self->traits);
  g_free (self);
}

/**
 * sp_text_write:
 * @db: the writing connection
 * @asset: an asset that has no row yet
 * @error: %SP_ERROR
 *
 * Adds an asset to the full text index, and its new words to the vocabulary.
 *
 * Returns: whether that went well
 */
gboolean
sp_text_write (SpDb *db, const SpProjected *asset, GError **error)
{
  char *const *columns = asset->text->columns;
  g_autofree char *place = columns[SP_TEXT_PLACE] == NULL ? make_place (asset) : NULL;
  g_autofree char *cells = columns[SP_TEXT_CELLS] == NULL ? make_cells (asset) : NULL;
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO text (rowid, name, summary, place, description, facets, cells) VALUES (?, ?, ?, ?, ?, ?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, asset->n);
  for (int i = 0; i < SP_TEXT_COLUMNS; i++)
    sqlite3_bind_text (stmt, i + 2, columns[i], -1, SQLITE_STATIC);
  if (place != NULL)
    sqlite3_bind_text (stmt, SP_TEXT_PLACE + 2, place, -1, SQLITE_STATIC);
  if (cells != NULL)
    sqlite3_bind_text (stmt, SP_TEXT_CELLS + 2, cells, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error) && note_words (db, asset->text, place, error);
}
