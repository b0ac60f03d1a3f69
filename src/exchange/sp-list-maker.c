/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpListMaker: rows of cells under one header, of anybody's making or our own, become assets. Ours is recognised by its
 * first and last column, `_id` and `_rest`, and read back cell by cell as it was written. */
#include "sp-list-maker.h"

#include "sp-flat.h"
#include "sp-import-id.h"
#include "sp-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SpListMaker
{
  SpColumns  *columns; /* owned */
  SpRowMaker *maker;   /* owned; NULL for our own export */
  GArray     *flat;    /* int; for our own export the column each cell belongs to, or -1 */
  char       *feed;    /* owned; of rows that somebody added to our own export */
};

static gboolean
is_own_export (const char * const *header, guint n)
{
  return n >= 2 && strcmp (header[0], "_id") == 0
         && strcmp (header[n - 1], SP_FLAT_REST) == 0;
}

/* Cells beyond the header that say something mean that a delimiter stands in some cell without quotes. */
static gboolean
fits_header (SpListMaker *self, const char * const *cells, guint n_cells)
{
  for (guint i = sp_columns_get_length (self->columns); i < n_cells; i++)
    if (cells[i][0] != '\0')
      return FALSE;
  return TRUE;
}

/* Somebody added a row, or an item to a list of a row: it gets its id now. */
static void
complete_asset (SpListMaker *self, SpNode *body)
{
  gboolean is_new = sp_node_get_text (body, "_id") == NULL;
  const char *id;

  if (is_new)
    {
      g_autofree char *row = sp_import_id_row_from_words (
          sp_node_get_text (body, "name"), sp_node_get_string (sp_node_get_path (body, "address.postal_code")), NULL);
      g_autofree char *made = sp_import_id_for_row (self->feed, row);
      sp_node_set_text (body, "_id", made);
      sp_node_set_text (body, "type", "asset");
      sp_node_set (body, "schema", sp_node_new_lexeme ("1"));
    }
  id = sp_node_get_text (body, "_id");
  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      SpNode *list = sp_node_get_element (body, i);
      const char *name = sp_node_get_name (body, i);
      for (guint k = sp_node_is_array (list) ? sp_node_get_length (list) : 0; k-- > 0;)
        {
          SpNode *item = sp_node_get_element (list, k);
          g_autofree char *item_id = NULL;
          if (!sp_node_is_object (item) || sp_node_get (item, "id") != NULL)
            continue;
          item_id = sp_import_id_for_item (id, name, k);
          sp_node_set_text (item, "id", item_id);
        }
    }
}

static SpRecord *
read_own_row (SpListMaker *self, guint number, const char * const *texts, guint n_cells)
{
  SpRecord *record = sp_record_new (number);
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (SpFlatCell));
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  const char *id;

  for (guint i = 0; i < MIN (n_cells, self->flat->len); i++)
    {
      int column = g_array_index (self->flat, int, i);
      SpFlatCell cell = { (guint) column, (char *) texts[i] };
      if (column >= 0 && texts[i][0] != '\0')
        g_array_append_val (cells, cell);
    }
  record->asset = sp_flat_to_asset (cells, refused);
  id = sp_node_get_text (record->asset, "_id");
  if (id != NULL && !g_str_has_prefix (id, "asset:"))
    sp_record_skip (record, "_id", _("“%s” is not the id of an entry; it would begin with “asset:”"), id);
  else if (id == NULL && sp_node_get_text (record->asset, "name") == NULL)
    sp_record_skip (record, "name", _("the entry has no name"));
  else
    {
      complete_asset (self, record->asset);
      sp_flat_add_rest (record->asset, cells, refused);
    }
  for (guint i = 0; i + 1 < refused->len; i += 2)
    sp_record_add_problem (record, g_ptr_array_index (refused, i), "%s",
                           (const char *) g_ptr_array_index (refused, i + 1));
  return record;
}

static gboolean
prepare_guessed (SpListMaker *self, GPtrArray *sample, const SpReaderOptions *options, GError **error)
{
  if (sample != NULL)
    sp_columns_guess (self->columns, sample);
  sp_columns_leave_names (self->columns, options->names);
  if (!sp_columns_check_maps (self->columns, error)
      || (!sp_columns_settle (self->columns, options->nameless ? NULL : error) && !options->nameless))
    return FALSE;
  self->maker = sp_row_maker_new (self->columns, options);
  return TRUE;
}

static void
prepare_own (SpListMaker *self, const char * const *header, guint n, const SpReaderOptions *options)
{
  self->flat = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < n; i++)
    {
      int column = sp_flat_find (header[i]);
      g_array_append_val (self->flat, column);
    }
  self->feed = sp_columns_get_feed (self->columns, options->url);
}

/**
 * sp_list_maker_new:
 * @header: (array length=n): what stands above the columns
 * @n: how many there are
 * @sample: (nullable) (element-type GPtrArray): some rows below, of cells that are not %NULL, by which columns are
 *   recognised whose header says nothing known
 * @options: how to read the list
 * @error: %SP_ERROR_PARSE if no column can be the name, %SP_ERROR_USAGE if a column that was mapped is not there
 *
 * Returns: (transfer full) (nullable): what makes assets of the rows below
 */
SpListMaker *
sp_list_maker_new (const char * const *header, guint n, GPtrArray *sample, const SpReaderOptions *options, GError **error)
{
  g_autoptr (SpListMaker) self = g_new0 (SpListMaker, 1);

  self->columns = sp_columns_new (options->maps, error);
  if (self->columns == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    sp_columns_add (self->columns, header[i]);
  if (is_own_export (header, n) && options->maps == NULL)
    prepare_own (self, header, n, options);
  else if (!prepare_guessed (self, sample, options, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sp_list_maker_free:
 * @self: (transfer full): a maker
 */
void
sp_list_maker_free (SpListMaker *self)
{
  g_clear_pointer (&self->maker, sp_row_maker_free);
  g_clear_pointer (&self->columns, sp_columns_free);
  g_clear_pointer (&self->flat, g_array_unref);
  g_free (self->feed);
  g_free (self);
}

/**
 * sp_list_maker_make:
 * @self: a maker
 * @number: of the row, as a person counts
 * @cells: (array length=n_cells): its cells, none of them %NULL
 * @n_cells: how many there are; a row that has more than the header is left out with a sentence
 * @error: what sp_row_maker_make() says
 *
 * Returns: (transfer full) (nullable): what the row became
 */
SpRecord *
sp_list_maker_make (SpListMaker *self, guint number, const char * const *cells, guint n_cells, GError **error)
{
  SpRecord *record;

  if (!fits_header (self, cells, n_cells))
    {
      record = sp_record_new (number);
      sp_record_skip (record, NULL,
                      _("%u cells where the header has %u; a cell with a comma in it needs quotation marks"),
                      n_cells, sp_columns_get_length (self->columns));
      return record;
    }
  if (self->flat != NULL)
    return read_own_row (self, number, cells, n_cells);
  return sp_row_maker_make (self->maker, number, cells, MIN (n_cells, sp_columns_get_length (self->columns)), error);
}

/**
 * sp_list_maker_get_columns:
 * @self: a maker
 *
 * Returns: (transfer none) (nullable): the columns; %NULL for our own export, whose columns are not guessed
 */
const SpColumns *sp_list_maker_get_columns (SpListMaker *self) { return self->flat == NULL ? self->columns : NULL; }

/**
 * sp_list_maker_get_header:
 * @self: a maker
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): what stands above it; %NULL beyond the header
 */
const char *
sp_list_maker_get_header (SpListMaker *self, guint column)
{
  return column < sp_columns_get_length (self->columns) ? sp_columns_get (self->columns, column)->header : NULL;
}
