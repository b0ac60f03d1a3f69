/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCsvRows: the records of a CSV stream, pulled one at a time. libcsv, which pushes them, gets the stream in small
 * blocks; what one block yields waits in a queue of flat memory that is used again and again. */
#include "sp-csv-rows.h"

#include "sp-columns.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define BLOCK 4096

typedef struct
{
  guint       number;
  guint       first; /* of its cells in the queue */
  guint       n_cells;
  gsize       bytes; /* so far */
  const char *problem;
  guint       blurred;
} Record;

struct _SpCsvRows
{
  GInputStream     *stream;   /* owned */
  SpEncoding       *encoding; /* owned */
  struct csv_parser parser;
  GString          *text;     /* of the cells in the queue, each ended by a nul */
  GArray           *offsets;  /* gsize; where each cell begins in it */
  GArray           *records;  /* Record; complete ones */
  GPtrArray        *cells;    /* of the record that was given out */
  guint             at;       /* the next record to give out */
  Record            open;     /* the one that is being read */
  SpCsvRow          row;
  gboolean          after_cr; /* a line feed now belongs to the row end before it */
  gboolean          finished;
};

static void
spoil (SpCsvRows *self, const char *problem)
{
  if (self->open.problem == NULL)
    self->open.problem = problem;
}

static void
cell_cb (void *bytes, size_t length, void *data)
{
  SpCsvRows *self = data;
  Record *open = &self->open;
  gsize offset = self->text->len;

  self->after_cr = FALSE;
  open->bytes += length;
  if (open->n_cells >= SP_CSV_MAX_COLUMNS)
    spoil (self, _("more than 1,000 columns"));
  if (open->bytes > SP_CSV_MAX_ROW_BYTES)
    spoil (self, _("longer than 2 MB"));
  if (open->problem == NULL && length > 0 && memchr (bytes, '\0', length) != NULL)
    spoil (self, _("holds a nul character, which no text has"));
  if (open->problem != NULL)
    return;
  if (open->n_cells++ == 0)
    open->first = self->offsets->len;
  g_array_append_val (self->offsets, offset);
  if (length > 0 && !sp_encoding_append (self->encoding, bytes, length, self->text) && open->blurred == 0)
    open->blurred = open->n_cells;
  g_string_append_c (self->text, '\0');
}

static void
row_cb (int end, void *data)
{
  SpCsvRows *self = data;
  gboolean blank = self->open.n_cells == 0 && self->open.problem == NULL;

  if (blank && end == '\n' && self->after_cr)
    {
      self->after_cr = FALSE;
      return;
    }
  self->after_cr = end == '\r';
  self->open.number++;
  if (!blank)
    g_array_append_val (self->records, self->open);
  self->open = (Record){ .number = self->open.number };
}

/* libcsv asks for more room here when a cell grows; beyond the limit it gets none, and drop_cell() goes on. */
static void *
grow_cell (void *old, size_t size)
{
  return size > SP_CSV_MAX_ROW_BYTES + BLOCK ? NULL : realloc (old, size);
}

/**
 * sp_csv_rows_new:
 * @stream: what sp_encoding_wrap() gave
 * @encoding: (transfer full): how cells that are not UTF-8 are to be read
 * @delimiter: what stands between two cells
 *
 * Returns: (transfer full): the records of @stream
 */
SpCsvRows *
sp_csv_rows_new (GInputStream *stream, SpEncoding *encoding, char delimiter)
{
  SpCsvRows *self = g_new0 (SpCsvRows, 1);

  self->stream = g_object_ref (stream);
  self->encoding = encoding;
  self->text = g_string_sized_new (2 * BLOCK);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->records = g_array_new (FALSE, FALSE, sizeof (Record));
  self->cells = g_ptr_array_new ();
  csv_init (&self->parser, CSV_REPALL_NL);
  csv_set_delim (&self->parser, (unsigned char) delimiter);
  csv_set_realloc_func (&self->parser, grow_cell);
  csv_set_blk_size (&self->parser, BLOCK);
  return self;
}

/**
 * sp_csv_rows_free:
 * @self: (transfer full): rows
 */
void
sp_csv_rows_free (SpCsvRows *self)
{
  csv_free (&self->parser);
  g_ptr_array_unref (self->cells);
  g_array_unref (self->records);
  g_array_unref (self->offsets);
  g_string_free (self->text, TRUE);
  sp_encoding_free (self->encoding);
  g_object_unref (self->stream);
  g_free (self);
}

/* The queue was given out; only the cells of the record that is still open stay. */
static void
reuse_queue (SpCsvRows *self)
{
  guint keep_from = self->open.n_cells > 0 ? self->open.first : self->offsets->len;
  gsize text_from = keep_from < self->offsets->len ? g_array_index (self->offsets, gsize, keep_from) : self->text->len;

  g_string_erase (self->text, 0, (gssize) text_from);
  g_array_remove_range (self->offsets, 0, keep_from);
  for (guint i = 0; i < self->offsets->len; i++)
    g_array_index (self->offsets, gsize, i) -= text_from;
  self->open.first = 0;
  g_array_set_size (self->records, 0);
  self->at = 0;
}

/* A cell is too long: what is there of it goes, but for one byte that libcsv may still take back at a quote. */
static void
drop_cell (SpCsvRows *self)
{
  spoil (self, _("longer than 2 MB"));
  self->parser.spaces = 0;
  self->parser.entry_pos = MIN (self->parser.entry_pos, 1);
}

static void
parse_block (SpCsvRows *self, const char *block, gsize length)
{
  gsize done = 0;

  while ((done += csv_parse (&self->parser, block + done, length - done, cell_cb, row_cb, self)) < length)
    drop_cell (self);
}

static void
finish (SpCsvRows *self)
{
  self->finished = TRUE;
  csv_set_opts (&self->parser, CSV_STRICT | CSV_STRICT_FINI);
  if (csv_fini (&self->parser, cell_cb, row_cb, self) == 0)
    return;
  spoil (self, _("a quotation mark opens a cell here and is never closed, so nothing after it could be read"));
  row_cb ('\n', self);
}

static gboolean
fill_queue (SpCsvRows *self, GError **error)
{
  char block[BLOCK];

  reuse_queue (self);
  while (self->records->len == 0 && !self->finished)
    {
      gssize n = g_input_stream_read (self->stream, block, sizeof block, NULL, error);
      if (n < 0)
        return FALSE;
      if (n == 0)
        finish (self);
      else
        parse_block (self, block, (gsize) n);
    }
  return TRUE;
}

/**
 * sp_csv_rows_next:
 * @self: the records of a stream
 * @row: (out) (transfer none) (nullable): the next one that is not blank, %NULL at the end
 * @error: what went wrong with the stream
 *
 * Returns: %FALSE if the stream could not be read
 */
gboolean
sp_csv_rows_next (SpCsvRows *self, const SpCsvRow **row, GError **error)
{
  const Record *record;

  *row = NULL;
  if (self->at == self->records->len && !fill_queue (self, error))
    return FALSE;
  if (self->at == self->records->len)
    return TRUE;
  record = &g_array_index (self->records, Record, self->at++);
  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; i < record->n_cells; i++)
    g_ptr_array_add (self->cells, self->text->str + g_array_index (self->offsets, gsize, record->first + i));
  self->row = (SpCsvRow){ record->number, record->n_cells, (const char **) self->cells->pdata, record->problem,
                          record->blurred };
  *row = &self->row;
  return TRUE;
}

#define GUESS_ROWS 20

/* How many cells the first rows have with that delimiter; quotation marks are respected. */
static guint
count_cells (const char *head, gsize length, char delimiter, guint *counts)
{
  guint rows = 0, cells = 1;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length && rows < GUESS_ROWS; i++)
    {
      if (head[i] == '"')
        quoted = !quoted;
      else if (!quoted && head[i] == delimiter)
        cells++;
      else if (!quoted && (head[i] == '\n' || head[i] == '\r'))
        {
          if (i > 0 && head[i - 1] != '\n' && head[i - 1] != '\r')
            counts[rows++] = cells;
          cells = 1;
        }
    }
  if (rows == 0)
    counts[rows++] = cells;
  return rows;
}

/* How well a delimiter cuts: 0 not at all, else by how many rows have the number of cells that most have. */
static guint
score_delimiter (const char *head, gsize length, char delimiter, guint *cells)
{
  guint counts[GUESS_ROWS];
  guint rows = count_cells (head, length, delimiter, counts), most = 0;

  for (guint i = 0; i < rows; i++)
    {
      guint alike = 0;
      for (guint k = 0; k < rows; k++)
        alike += counts[k] == counts[i];
      if (counts[i] >= 2 && alike > most)
        {
          most = alike;
          *cells = counts[i];
        }
    }
  return most > 0 ? most * 1000 / rows * 10 + MIN (*cells, 100) : 0;
}

/* Whether what stands above the columns has their names, if it is cut there. */
static gboolean
cuts_header (const char *head, gsize length, char delimiter)
{
  const char *end = memchr (head, '\n', length);
  g_autofree char *line = g_strndup (head, end != NULL ? (gsize) (end - head) : length);
  const char separator[] = { delimiter, '\0' };
  g_auto (GStrv) cells = NULL;
  guint known = 0, rank;

  if (!g_utf8_validate (line, -1, NULL))
    return FALSE;
  cells = g_strsplit (line, separator, 100);
  for (guint i = 0; cells[i] != NULL; i++)
    known += sp_column_recognise (g_strstrip (cells[i]), &rank) != SP_COLUMN_NONE;
  return known >= 2;
}

/**
 * sp_csv_guess_delimiter:
 * @head: the first bytes of a file; ASCII letters must stand as such
 * @length: how many there are
 *
 * A file may name it in a first line "sep=;". Else the delimiter is what cuts the most rows into as many cells: one of those that
 * are usual, or another sign that cuts all rows alike and the first one into names of columns.
 *
 * Returns: the delimiter; a comma if none cuts anything
 */
char
sp_csv_guess_delimiter (const char *head, gsize length)
{
  static const char usual[] = ",;\t|", unusual[] = "^~:#!*%$&\x1F";
  char best = ',';
  guint best_score = 0, cells = 0;

  if (length > 5 && g_ascii_strncasecmp (head, "sep=", 4) == 0 && strpbrk (usual, (char[]){ head[4], '\0' }) != NULL)
    return head[4]; /* it says so itself */
  for (const char *c = usual; *c != '\0'; c++)
    {
      guint score = score_delimiter (head, length, *c, &cells);
      if (score > best_score)
        {
          best = *c;
          best_score = score;
        }
    }
  if (best_score >= 10000 || cuts_header (head, length, best))
    return best;
  for (const char *c = unusual; *c != '\0'; c++)
    if (score_delimiter (head, length, *c, &cells) >= 10000 && cuts_header (head, length, *c))
      return *c;
  return best;
}
