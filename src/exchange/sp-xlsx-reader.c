/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpXlsxReader: a list as a spreadsheet (XLSX). Every sheet that a person sees and that has a header with a name is read,
 * one after the other; others, such as notes and pick lists, are not. */
#include "sp-xlsx-reader.h"

#include "sp-column-content.h"
#include "sp-header.h"
#include "sp-list-maker.h"
#include "sp-xlsx-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SpXlsxReader
{
  SpReader parent_instance;

  SpXlsxBook      *book;    /* owned */
  SpReaderOptions  options; /* what it points to is owned here */
  GStrv            maps;    /* owned, nullable; of @options */
  char            *url;     /* owned, nullable; likewise */
  char            *title;   /* owned, nullable; likewise */
  char            *retrieved; /* owned, nullable; likewise */
  guint            sheet;   /* the one that is read */
  guint            lists;   /* sheets with a list so far */
  SpXlsxRows      *rows;    /* owned; of the sheet */
  GQueue           looked;  /* SpXlsxRow, owned; below the header, read while it was looked for */
  GPtrArray       *header;  /* of strings */
  GPtrArray       *makers;  /* SpListMaker; the first one's columns are those of the file */
  SpListMaker     *maker;   /* (unowned) the last one */
};

G_DEFINE_FINAL_TYPE (SpXlsxReader, sp_xlsx_reader, SP_TYPE_READER)

static void
free_row (gpointer row)
{
  sp_xlsx_row_free (row);
}

/* The first rows in which something stands. */
static GPtrArray *
look_ahead (SpXlsxRows *rows, GError **error)
{
  g_autoptr (GPtrArray) first = g_ptr_array_new_with_free_func (free_row);

  while (first->len < SP_HEADER_LOOK)
    {
      SpXlsxRow *row = NULL;
      if (!sp_xlsx_rows_next (rows, &row, error))
        return NULL;
      if (row == NULL)
        break;
      g_ptr_array_add (first, row);
    }
  return g_steal_pointer (&first);
}

static GPtrArray *
cells_of (GPtrArray *first, guint at)
{
  GPtrArray *cells = g_ptr_array_new ();

  for (guint i = at; i < first->len; i++)
    g_ptr_array_add (cells, ((SpXlsxRow *) g_ptr_array_index (first, i))->cells);
  return cells;
}

static guint
count_filled (const SpXlsxRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->cells->len; i++)
    n += *(const char *) g_ptr_array_index (row->cells, i) != '\0';
  return n;
}

/* Whether the row has names that stand above several columns, and is not just a title. */
static gboolean
groups_columns (const SpXlsxRow *row, GArray *merges)
{
  for (guint i = 0; i < merges->len; i++)
    {
      const SpXlsxMerge *merge = &g_array_index (merges, SpXlsxMerge, i);
      if (merge->row == row->number && merge->last_row == row->number && merge->last_column > merge->column
          && count_filled (row) > 1)
        return TRUE;
    }
  return FALSE;
}

static gboolean
continues_header (const SpXlsxRow *group, const SpXlsxRow *below)
{
  return below->number == group->number + 1 && sp_header_is_upper (group->cells, below->cells);
}

/* What stands in the cell, or in the merged cell that it is part of. */
static const char *
merged_cell (const SpXlsxRow *row, guint column, GArray *merges)
{
  for (guint i = 0; i < merges->len; i++)
    {
      const SpXlsxMerge *merge = &g_array_index (merges, SpXlsxMerge, i);
      if (merge->row == row->number && merge->column <= column && column <= merge->last_column)
        column = merge->column;
    }
  return column < row->cells->len ? g_ptr_array_index (row->cells, column) : "";
}

/* Rows that a spreadsheet shows below a header without a name above them get a column too. */
static guint
count_columns (GPtrArray *first, guint header)
{
  guint n = 0;

  for (guint i = header; i < first->len; i++)
    n = MAX (n, ((SpXlsxRow *) g_ptr_array_index (first, i))->cells->len);
  return n;
}

/* The header is one row, or two of which the upper one has merged cells; or there is none, and what is in the columns
 * tells. *below is the first row of the list. */
static GPtrArray *
make_header (GPtrArray *first, const char * const *maps, guint *below, GArray *merges)
{
  g_autoptr (GPtrArray) cells = cells_of (first, 0);
  GPtrArray *header;
  guint at, n;
  const SpXlsxRow *group = NULL, *row;

  if (sp_header_is_missing (cells, maps, below))
    {
      g_ptr_array_remove_range (cells, 0, *below);
      return sp_column_content_name (cells);
    }
  at = sp_header_find (cells, maps);
  n = count_columns (first, at);
  if (at + 1 < first->len && groups_columns (g_ptr_array_index (first, at), merges)
      && continues_header (g_ptr_array_index (first, at), g_ptr_array_index (first, at + 1)))
    group = g_ptr_array_index (first, at++);
  else if (at > 0 && groups_columns (g_ptr_array_index (first, at - 1), merges))
    group = g_ptr_array_index (first, at - 1);
  row = g_ptr_array_index (first, at);
  *below = at + 1;
  header = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      const char *above = group != NULL ? merged_cell (group, i, merges) : "";
      g_ptr_array_add (header, sp_header_join (above, i < row->cells->len ? g_ptr_array_index (row->cells, i) : ""));
    }
  return header;
}

static gboolean
same_header (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (strcmp (g_ptr_array_index (a, i), g_ptr_array_index (b, i)) != 0)
      return FALSE;
  return TRUE;
}

/* A sheet with the header of the one before continues its list, so that rows that repeat are still told apart. */
static gboolean
use_header (SpXlsxReader *self, GPtrArray *header, GPtrArray *sample, GError **error)
{
  SpListMaker *maker;

  if (same_header (self->header, header))
    return TRUE;
  maker = sp_list_maker_new ((const char * const *) header->pdata, header->len, sample, &self->options, error);
  if (maker == NULL)
    return FALSE;
  g_ptr_array_add (self->makers, maker);
  self->maker = maker;
  g_clear_pointer (&self->header, g_ptr_array_unref);
  self->header = g_ptr_array_ref (header);
  return TRUE;
}

/* Opens the sheet; *is_list tells whether there is a list in it, and @why if not. FALSE if it is damaged. */
static gboolean
open_sheet (SpXlsxReader *self, gboolean *is_list, GError **why, GError **error)
{
  g_autoptr (SpXlsxRows) rows = sp_xlsx_rows_new (self->book, self->sheet, error);
  g_autoptr (GPtrArray) first = rows != NULL ? look_ahead (rows, error) : NULL;
  g_autoptr (GArray) merges = NULL;
  g_autoptr (GPtrArray) header = NULL, sample = NULL;
  guint below;

  *is_list = FALSE;
  if (first == NULL)
    return FALSE;
  if (first->len == 0)
    {
      g_set_error_literal (why, SP_ERROR, SP_ERROR_PARSE, _("The file is empty"));
      return TRUE;
    }
  merges = sp_xlsx_read_merges (self->book, self->sheet, error);
  if (merges == NULL)
    return FALSE;
  header = make_header (first, self->options.maps, &below, merges);
  sample = cells_of (first, below);
  *is_list = use_header (self, header, sample, why);
  if (!*is_list)
    return TRUE;
  self->lists++;
  self->rows = g_steal_pointer (&rows);
  g_ptr_array_set_free_func (first, NULL);
  for (guint i = 0; i < first->len; i++)
    if (i < below)
      sp_xlsx_row_free (g_ptr_array_index (first, i));
    else
      g_queue_push_tail (&self->looked, g_ptr_array_index (first, i));
  return TRUE;
}

/* Goes on to the next sheet with a list, from self->sheet on. @why is of the first sheet without one. */
static gboolean
find_list (SpXlsxReader *self, GError **why, GError **error)
{
  gboolean is_list = FALSE;

  for (; self->sheet < sp_xlsx_book_get_n_sheets (self->book) && !is_list; self->sheet += !is_list)
    if (!open_sheet (self, &is_list, why != NULL && *why == NULL ? why : NULL, error))
      {
        g_prefix_error (error, _("Sheet “%s”: "), sp_xlsx_book_get_sheet (self->book, self->sheet)->name);
        return FALSE;
      }
  return TRUE;
}

/* The next row of the list, NULL when all sheets are read. */
static gboolean
next_row (SpXlsxReader *self, SpXlsxRow **row, GError **error)
{
  *row = g_queue_pop_head (&self->looked);
  while (*row == NULL && self->rows != NULL)
    {
      if (!sp_xlsx_rows_next (self->rows, row, error))
        {
          g_prefix_error (error, _("Sheet “%s”: "), sp_xlsx_book_get_sheet (self->book, self->sheet)->name);
          return FALSE;
        }
      if (*row != NULL)
        return TRUE;
      g_clear_pointer (&self->rows, sp_xlsx_rows_free);
      self->sheet++;
      if (!find_list (self, NULL, error))
        return FALSE;
      *row = g_queue_pop_head (&self->looked);
    }
  return TRUE;
}

/* Row 7 of which sheet? */
static void
name_sheet (SpXlsxReader *self, SpRecord *record)
{
  const char *name = sp_xlsx_book_get_sheet (self->book, self->sheet)->name;

  for (guint i = 0; self->lists > 1 && i < record->problems->len; i++)
    {
      SpProblem *problem = g_ptr_array_index (record->problems, i);
      char *message = g_strdup_printf (_("sheet “%s”: %s"), name, problem->message);
      g_free (problem->message);
      problem->message = message;
    }
}

static SpRecord *
make_record (SpXlsxReader *self, const SpXlsxRow *row, GError **error)
{
  SpRecord *record;

  if (row->problem != NULL)
    {
      record = sp_record_new (row->number);
      sp_record_skip (record, NULL, "%s", row->problem);
      return record;
    }
  record = sp_list_maker_make (self->maker, row->number, (const char * const *) row->cells->pdata,
                               MIN (row->cells->len, self->header->len), error);
  if (record != NULL && row->cells->len > self->header->len)
    sp_record_add_problem (record, NULL, _("what stands to the right of the last column was left out"));
  return record;
}

static gboolean
sp_xlsx_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpXlsxReader *self = SP_XLSX_READER (reader);
  g_autoptr (SpXlsxRow) row = NULL;

  if (!next_row (self, &row, error))
    return FALSE;
  if (row == NULL)
    return TRUE;
  *record = make_record (self, row, error);
  if (*record == NULL)
    return FALSE;
  name_sheet (self, *record);
  return TRUE;
}

static const SpColumns *
sp_xlsx_reader_get_columns (SpReader *reader)
{
  SpXlsxReader *self = SP_XLSX_READER (reader);

  return sp_list_maker_get_columns (g_ptr_array_index (self->makers, 0));
}

static double
sp_xlsx_reader_get_progress (SpReader *reader)
{
  SpXlsxReader *self = SP_XLSX_READER (reader);

  return (double) self->sheet / sp_xlsx_book_get_n_sheets (self->book);
}

static void
sp_xlsx_reader_finalize (GObject *object)
{
  SpXlsxReader *self = SP_XLSX_READER (object);

  g_queue_clear_full (&self->looked, free_row);
  g_clear_pointer (&self->rows, sp_xlsx_rows_free);
  g_clear_pointer (&self->header, g_ptr_array_unref);
  g_ptr_array_unref (self->makers);
  g_clear_pointer (&self->book, sp_xlsx_book_free);
  g_strfreev (self->maps);
  g_free (self->url);
  g_free (self->title);
  g_free (self->retrieved);
  if (self->options.taxonomy != NULL)
    sp_taxonomy_unref (self->options.taxonomy);
  G_OBJECT_CLASS (sp_xlsx_reader_parent_class)->finalize (object);
}

static void
sp_xlsx_reader_class_init (SpXlsxReaderClass *class)
{
  SpReaderClass *reader_class = SP_READER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sp_xlsx_reader_finalize;
  reader_class->next = sp_xlsx_reader_next;
  reader_class->get_columns = sp_xlsx_reader_get_columns;
  reader_class->get_progress = sp_xlsx_reader_get_progress;
}

static void
free_maker (gpointer maker)
{
  sp_list_maker_free (maker);
}

static void
sp_xlsx_reader_init (SpXlsxReader *self)
{
  self->makers = g_ptr_array_new_with_free_func (free_maker);
}

/* Further sheets are opened long after the call that gave the options. */
static void
keep_options (SpXlsxReader *self, const SpReaderOptions *options)
{
  self->maps = g_strdupv ((GStrv) options->maps);
  self->url = g_strdup (options->url);
  self->title = g_strdup (options->title);
  self->retrieved = g_strdup (options->retrieved);
  self->options = *options;
  self->options.maps = (const char * const *) self->maps;
  self->options.url = self->url;
  self->options.title = self->title;
  self->options.retrieved = self->retrieved;
  if (options->taxonomy != NULL)
    self->options.taxonomy = sp_taxonomy_ref (options->taxonomy);
}

/**
 * sp_xlsx_reader_new:
 * @bytes: a whole file
 * @options: how to read it
 * @error: %SP_ERROR_PARSE if it is damaged, or no sheet has a header that makes sense
 *
 * Returns: (transfer full) (nullable): a reader that stands below the header of the first list
 */
SpReader *
sp_xlsx_reader_new (GBytes *bytes, const SpReaderOptions *options, GError **error)
{
  g_autoptr (SpXlsxReader) self = g_object_new (SP_TYPE_XLSX_READER, NULL);
  g_autoptr (GError) why = NULL;

  keep_options (self, options);
  self->book = sp_xlsx_book_new (bytes, error);
  if (self->book == NULL || !find_list (self, &why, error))
    return NULL;
  if (self->rows != NULL)
    return SP_READER (g_steal_pointer (&self));
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}
