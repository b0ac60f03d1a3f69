/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpRowMaker: from the cells of a row to an asset with its id and its source. What a column says goes where its field
 * is; the whole row is kept beside it in `source.original`, so that nothing is lost that was not understood. */
#include "sp-row.h"

#include "sp-cells.h"
#include "sp-import-id.h"
#include "sp-postcode.h"
#include "sp-seen.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ROW_BYTES (300 * 1024) /* the document holds the row twice, escaped, and may have 1 MiB */

struct _SpRowMaker
{
  const SpColumns *columns;
  char            *feed;      /* owned */
  char            *retrieved; /* owned */
  SpTaxonomy      *taxonomy;  /* owned, nullable */
  char            *category;  /* owned, nullable */
  SpSeen          *seen;      /* owned; how often each row was there */
  GPtrArray       *clean;     /* room for the cells of one row */
  char            *last_row;  /* owned, nullable; the id in its list of the last row that had a name */
  char            *last_name; /* owned, nullable */
  char            *last_where; /* owned, nullable; all it says of where it is */
  gboolean         title_case;
};

/**
 * sp_row_get:
 * @self: a row
 * @field: what is looked for
 *
 * Returns: (nullable) (transfer none): the clean cell of the first column of that field that says something
 */
const char *
sp_row_get (const SpRow *self, SpColumnField field)
{
  int index = sp_row_next (self, field, -1);

  return index >= 0 ? self->clean[index] : NULL;
}

/**
 * sp_row_next:
 * @self: a row
 * @field: what is looked for
 * @after: a column of that field, or -1 to begin
 *
 * Returns: the index of the next column of that field whose cell says something, or -1
 */
int
sp_row_next (const SpRow *self, SpColumnField field, int after)
{
  int index = after < 0 ? sp_columns_first (self->columns, field) : sp_columns_get (self->columns, (guint) after)->next;

  while (index >= 0 && ((guint) index >= self->n_cells || self->clean[index] == NULL))
    index = sp_columns_get (self->columns, (guint) index)->next;
  return index;
}

/**
 * sp_row_problem:
 * @self: a row
 * @column: index of the column it is about, or -1
 * @format: what is wrong, a sentence without the place, as for printf()
 * @...: for @format
 */
void
sp_row_problem (const SpRow *self, int column, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  sp_record_add_problem (self->record, column >= 0 ? sp_columns_get (self->columns, (guint) column)->header : NULL,
                         "%s", message);
}

/**
 * sp_row_join:
 * @self: a row
 * @field: a field that several columns may have
 * @separator: what stands between two cells
 *
 * Returns: (transfer full) (nullable): the cells of all its columns
 */
char *
sp_row_join (const SpRow *self, SpColumnField field, const char *separator)
{
  int index = sp_row_next (self, field, -1);
  GString *all;

  if (index < 0)
    return NULL;
  all = g_string_new (self->clean[index]);
  while ((index = sp_row_next (self, field, index)) >= 0)
    g_string_append_printf (all, "%s%s", separator, self->clean[index]);
  return g_string_free (all, FALSE);
}

/**
 * sp_row_new_item:
 * @self: a row
 * @list: the member that holds the list
 * @position: of the item, from 0
 *
 * Returns: (transfer full): an item with its `id`
 */
SpNode *
sp_row_new_item (const SpRow *self, const char *list, guint position)
{
  SpNode *item = sp_node_new_object ();
  g_autofree char *id = sp_import_id_for_item (self->id, list, position);

  sp_node_set (item, "id", sp_node_new_string (id));
  return item;
}

/* The category that the title of a list names: "gm_food_banks" is a list of food banks. The longest words that mean
 * something win. */
static const char *
category_from_title (SpTaxonomy *taxonomy, const char *title)
{
  g_autofree char *plain = sp_import_id_normalise (title);
  g_auto (GStrv) words = g_strsplit (plain, " ", 12);
  guint n = g_strv_length (words);

  for (guint length = n; length > 0; length--)
    for (guint first = 0; first + length <= n; first++)
      {
        g_autofree char *after = words[first + length];
        g_autofree char *phrase = NULL;
        const char *code;

        words[first + length] = NULL;
        phrase = g_strjoinv (" ", words + first);
        words[first + length] = g_steal_pointer (&after);
        code = strlen (phrase) >= 4 ? sp_taxonomy_find (taxonomy, phrase) : NULL;
        if (code != NULL)
          return code;
      }
  return NULL;
}

/**
 * sp_row_set_part:
 * @object: the asset, or a part of it
 * @member: a name
 * @part: (transfer full): the object or array that becomes that member, unless it is empty
 */
void
sp_row_set_part (SpNode *object, const char *member, SpNode *part)
{
  if (sp_node_get_length (part) > 0)
    sp_node_set (object, member, part);
  else
    sp_node_unref (part);
}

static char *
instant_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

/**
 * sp_row_maker_new:
 * @columns: (transfer none): settled columns, which must live longer
 * @options: how to read the list
 *
 * Returns: (transfer full): a maker of assets
 */
SpRowMaker *
sp_row_maker_new (const SpColumns *columns, const SpReaderOptions *options)
{
  SpRowMaker *self = g_new0 (SpRowMaker, 1);

  self->columns = columns;
  self->feed = sp_columns_get_feed (columns, options->url);
  self->retrieved = options->retrieved != NULL ? g_strdup (options->retrieved) : instant_now ();
  self->taxonomy = sp_taxonomy_ref (options->taxonomy != NULL ? options->taxonomy : sp_taxonomy_get_default ());
  if (options->title != NULL && sp_columns_first (columns, SP_COLUMN_CATEGORIES) < 0)
    self->category = g_strdup (category_from_title (self->taxonomy, options->title));
  self->seen = sp_seen_new ();
  self->title_case = options->title_case;
  self->clean = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * sp_row_maker_free:
 * @self: (transfer full): a maker of assets
 */
void
sp_row_maker_free (SpRowMaker *self)
{
  g_ptr_array_unref (self->clean);
  sp_seen_free (self->seen);
  sp_taxonomy_unref (self->taxonomy);
  g_free (self->last_row);
  g_free (self->last_name);
  g_free (self->last_where);
  g_free (self->category);
  g_free (self->retrieved);
  g_free (self->feed);
  g_free (self);
}

static void
clean_cells (SpRowMaker *self, const char * const *cells, guint n_cells)
{
  g_ptr_array_set_size (self->clean, 0);
  for (guint i = 0; i < n_cells; i++)
    {
      gboolean wanted = cells[i] != NULL && sp_columns_get (self->columns, i)->field != SP_COLUMN_NONE;
      g_ptr_array_add (self->clean, wanted ? sp_cell_clean (cells[i]) : NULL);
    }
}

static gboolean
is_too_long (const char * const *cells, guint n_cells)
{
  gsize total = 0;

  for (guint i = 0; i < n_cells; i++)
    total += cells[i] != NULL ? strlen (cells[i]) : 0;
  return total > MAX_ROW_BYTES;
}

/* The name of the row in its feed; a row that was there before gets its number in order. */
static char *
make_row_name (SpRowMaker *self, const SpRow *row, GError **error)
{
  const char *given = sp_row_get (row, SP_COLUMN_ROW);
  g_autofree char *postcode = sp_row_read_postcode (row);
  const char *address = sp_row_get (row, SP_COLUMN_ADDRESS);
  g_autofree char *name = NULL;
  guint times;

  if (given != NULL)
    name = g_strdup (given);
  else
    name = sp_import_id_row_from_words (sp_row_get (row, SP_COLUMN_NAME), postcode,
                                        address != NULL ? address : sp_row_get (row, SP_COLUMN_LINE_1));
  if (!sp_seen_get (self->seen, name, &times, error) || !sp_seen_set (self->seen, name, ++times, error))
    return NULL;
  return times > 1 ? g_strdup_printf ("%s#%u", name, times) : g_steal_pointer (&name);
}

/* What tells where exactly something is. */
static gboolean
tells_place (SpColumnField field)
{
  return (field >= SP_COLUMN_LATITUDE && field <= SP_COLUMN_UPRN && field != SP_COLUMN_CITY && field != SP_COLUMN_COUNTY)
         || field == SP_COLUMN_VENUE;
}

/* Of a place that is hidden no more goes on than its town and the first half of its postcode. */
static void
mask_cells (SpRow *row)
{
  const char *text = sp_row_get (row, SP_COLUMN_MASKED);
  g_autofree char *postcode = NULL, *outcode = NULL;

  if (text == NULL || !sp_cell_boolean (text, &row->masked) || !row->masked)
    return;
  postcode = sp_row_read_postcode (row);
  outcode = postcode != NULL ? sp_postcode_get_outcode (postcode) : NULL;
  for (guint i = 0; i < row->n_cells; i++)
    {
      SpColumnField field = sp_columns_get (row->columns, i)->field;
      if (tells_place (field))
        g_clear_pointer (&row->clean[i], g_free);
      if (field == SP_COLUMN_POSTAL_CODE)
        row->clean[i] = g_steal_pointer (&outcode);
    }
}

static SpNode *
keep_original (const SpRow *row)
{
  SpNode *original = sp_node_new_object ();

  for (guint i = 0; i < row->n_cells; i++)
    if (row->raw[i] != NULL && row->raw[i][0] != '\0' && !sp_columns_get (row->columns, i)->left_out
        && !(row->masked && tells_place (sp_columns_get (row->columns, i)->field)))
      sp_node_set (original, sp_columns_get (row->columns, i)->header, sp_node_new_string (row->raw[i]));
  return original;
}

static void
add_source (SpRowMaker *self, SpRow *row, const char *row_name)
{
  SpNode *source = sp_node_new_object ();

  sp_node_set_text (source, "feed", self->feed);
  sp_node_set_text (source, "row", row_name);
  sp_node_set_text (source, "retrieved", self->retrieved);
  sp_node_set (source, "original", keep_original (row));
  sp_node_set (row->body, "source", source);
}

static gboolean
choose_id (SpRow *row, const char *feed, const char *row_name)
{
  const char *own = sp_row_get (row, SP_COLUMN_ID);

  if (own != NULL && g_str_has_prefix (own, "asset:") && own[strlen ("asset:")] != '\0')
    row->id = g_strdup (own);
  else if (own != NULL)
    {
      sp_record_skip (row->record, "_id", _("“%s” is not the id of an entry; it would begin with “asset:”"), own);
      return FALSE;
    }
  else
    row->id = sp_import_id_for_row (feed, row_name);
  sp_node_set (row->body, "_id", sp_node_new_string (row->id));
  return TRUE;
}

/* All that a row says of where it is; empty if that is nothing. */
static char *
get_where (const SpRow *row)
{
  GString *where = g_string_new (NULL);

  for (guint i = 0; i < row->n_cells; i++)
    if (row->clean[i] != NULL && tells_place (sp_columns_get (row->columns, i)->field))
      g_string_append_printf (where, "%s\n", row->clean[i]);
  return g_string_free (where, FALSE);
}

/* Whether a row has the name and the id of the one before, and is nowhere else: the same at two places is two entries. */
static gboolean
is_same_entry (SpRowMaker *self, const SpRow *row)
{
  const char *name = sp_row_get (row, SP_COLUMN_NAME);
  g_autofree char *where = NULL;

  if (name == NULL || strcmp (name, self->last_name) != 0)
    return name == NULL;
  where = get_where (row);
  return *where == '\0' || strcmp (where, self->last_where) == 0;
}

/* Which other row this one says more of: the one it names as its parent, the one with the same id and no other name, or, where
 * rows have ids and this one has neither id nor name, the one before. NULL if it is an entry of its own. */
static char *
find_joins (SpRowMaker *self, const SpRow *row)
{
  const char *name = sp_row_get (row, SP_COLUMN_NAME), *given = sp_row_get (row, SP_COLUMN_ROW);
  const char *parent = sp_row_get (row, SP_COLUMN_PARENT);

  if (name == NULL && parent != NULL)
    return g_strdup (parent);
  if (given != NULL && g_strcmp0 (given, self->last_row) == 0 && is_same_entry (self, row))
    return g_strdup (given);
  return name == NULL && given == NULL && self->last_row != NULL ? g_strdup ("") : NULL;
}

static void
remember_row (SpRowMaker *self, const SpRow *row)
{
  g_free (self->last_row);
  g_free (self->last_name);
  g_free (self->last_where);
  self->last_row = g_strdup (sp_row_get (row, SP_COLUMN_ROW));
  self->last_name = g_strdup (sp_row_get (row, SP_COLUMN_NAME));
  self->last_where = self->last_row != NULL ? get_where (row) : NULL;
}

/* A row that says more of another one becomes what it says, without an id of its own. */
static void
make_more (SpRow *row)
{
  SpNode *source = sp_node_new_object ();

  row->id = g_strdup ("");
  sp_row_add_description (row);
  sp_row_add_place (row);
  sp_row_add_people (row);
  sp_row_add_facts (row);
  sp_node_set (source, "original", keep_original (row));
  sp_node_set (row->body, "source", source);
  g_free (row->id);
}

/* An entry. */
static gboolean
make_entry (SpRowMaker *self, SpRow *row, GError **error)
{
  g_autofree char *row_name = make_row_name (self, row, error);

  if (row_name == NULL)
    return FALSE;
  if (!choose_id (row, self->feed, row_name))
    return TRUE;
  sp_node_set (row->body, "type", sp_node_new_string ("asset"));
  sp_node_set (row->body, "schema", sp_node_new_lexeme ("1"));
  sp_row_add_what (row);
  sp_row_add_place (row);
  sp_row_add_people (row);
  sp_row_add_facts (row);
  add_source (self, row, row_name);
  g_free (row->id);
  remember_row (self, row);
  return TRUE;
}

/**
 * sp_row_maker_make:
 * @self: a maker
 * @number: of the row, as a person counts
 * @cells: (array length=n_cells): its cells as they came; %NULL for what is not there
 * @n_cells: how many, at most as many as there are columns
 * @error: %SP_ERROR if it cannot be noted that the row was there
 *
 * Returns: (transfer full) (nullable): what the row became
 */
SpRecord *
sp_row_maker_make (SpRowMaker *self, guint number, const char * const *cells, guint n_cells, GError **error)
{
  SpRecord *record = sp_record_new (number);
  SpRow row = { .columns = self->columns, .raw = cells, .n_cells = n_cells, .record = record,
                .taxonomy = self->taxonomy, .category = self->category, .title_case = self->title_case };

  if (is_too_long (cells, n_cells))
    {
      sp_record_skip (record, NULL, _("the row is longer than 300 kB"));
      return record;
    }
  clean_cells (self, cells, n_cells);
  row.clean = (char **) self->clean->pdata;
  mask_cells (&row);
  record->joins = find_joins (self, &row);
  if (record->joins == NULL && sp_row_get (&row, SP_COLUMN_NAME) == NULL)
    {
      int column = sp_columns_first (self->columns, SP_COLUMN_NAME);
      sp_record_skip (record, column >= 0 ? sp_columns_get (self->columns, (guint) column)->header : NULL,
                      _("the entry has no name"));
      return record;
    }
  record->asset = row.body = sp_node_new_object ();
  if (record->joins != NULL)
    make_more (&row);
  else if (!make_entry (self, &row, error))
    g_clear_pointer (&record, sp_record_free);
  return record;
}
