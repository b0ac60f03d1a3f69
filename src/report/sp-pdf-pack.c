/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a PDF whose objects stand together in deflated streams, and its table of references too (ISO 32000-1: 7.5.7, 7.5.8):
 * a list's tags take a tenth of the room then. */
#include "sp-pdf-objects-private.h"

#include <gio/gio.h>
#include <string.h>

#define HEADER "%PDF-1.5\n%\xB5\xED\xAE\xFB\n" /* the second line says that there are bytes beyond ASCII */
#define PER_STREAM 200 /* objects; their place in it must fit in a byte */
#define ROW 6          /* bytes of a reference: kind, where (four), which (one) */

enum
{
  FREE,
  PLAIN,  /* where: bytes from the start */
  PACKED, /* where: the number of its stream; which: its place there */
};

typedef struct
{
  GByteArray *out;
  GByteArray *rows;    /* of the table, by number */
  GString    *places;  /* of the stream that is being filled: numbers and offsets */
  GString    *texts;   /* of its objects */
  guint       n_texts;
  guint       next;    /* number of the next new object */
} Packer;

static void
append (GByteArray *out, const char *text, gsize length)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

G_GNUC_PRINTF (2, 3)
static void
append_format (GByteArray *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  append (out, text, strlen (text));
}

static void
refer (Packer *self, guint number, guint kind, gsize where, guint which)
{
  guint8 *row;

  if (self->rows->len < (number + 1) * ROW)
    {
      guint before = self->rows->len;
      g_byte_array_set_size (self->rows, (number + 1) * ROW);
      memset (self->rows->data + before, 0, self->rows->len - before);
    }
  row = self->rows->data + number * ROW;
  row[0] = (guint8) kind;
  for (guint i = 0; i < 4; i++)
    row[1 + i] = (guint8) (where >> (24 - 8 * i));
  row[5] = (guint8) which;
}

/* In zlib's form, as /FlateDecode reads it. */
static void
append_deflated (GByteArray *out, const void *data, gsize length)
{
  g_autoptr (GZlibCompressor) deflate = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1);
  const guint8 *in = data;
  gsize used = 0, read, written;
  guint8 buffer[16384];
  GConverterResult result;

  do
    {
      result = g_converter_convert (G_CONVERTER (deflate), in + used, length - used, buffer, sizeof buffer, G_CONVERTER_INPUT_AT_END,
                                    &read, &written, NULL);
      used += read;
      g_byte_array_append (out, buffer, (guint) written);
    }
  while (result == G_CONVERTER_CONVERTED);
}

/* A stream with @dictionary, which says neither length nor filter. */
static void
append_stream (Packer *self, guint number, const char *dictionary, const void *data, gsize length)
{
  g_autoptr (GByteArray) deflated = g_byte_array_new ();

  append_deflated (deflated, data, length);
  append_format (self->out, "%u 0 obj\n<< %s /Length %u /Filter /FlateDecode >>\nstream\n", number, dictionary, deflated->len);
  g_byte_array_append (self->out, deflated->data, deflated->len);
  append_format (self->out, "\nendstream\nendobj\n");
}

static void
end_packed (Packer *self)
{
  g_autofree char *dictionary = NULL;
  guint number = self->next;

  if (self->n_texts == 0)
    return;
  dictionary = g_strdup_printf ("/Type /ObjStm /N %u /First %" G_GSIZE_FORMAT, self->n_texts, self->places->len);
  refer (self, number, PLAIN, self->out->len, 0);
  g_string_append_len (self->places, self->texts->str, (gssize) self->texts->len);
  append_stream (self, number, dictionary, self->places->str, self->places->len);
  g_string_truncate (self->places, 0);
  g_string_truncate (self->texts, 0);
  self->n_texts = 0;
  self->next++;
}

static void
add_packed (Packer *self, guint number, const SpPdfObject *object)
{
  refer (self, number, PACKED, self->next, self->n_texts++);
  g_string_append_printf (self->places, "%u %" G_GSIZE_FORMAT " ", number, self->texts->len);
  g_string_append_len (self->texts, object->text, (gssize) object->length);
  g_string_append_c (self->texts, '\n');
  if (self->n_texts == PER_STREAM)
    end_packed (self);
}

static void
add_plain (Packer *self, guint number, const SpPdfObject *object)
{
  refer (self, number, PLAIN, self->out->len, 0);
  append_format (self->out, "%u 0 obj\n", number);
  append (self->out, object->text, object->length);
  append_format (self->out, "\nendobj\n");
}

/* Each row as what it differs by from the one above ("up", as in PNG), which deflates to nearly nothing. */
static GByteArray *
filter_rows (const GByteArray *rows)
{
  GByteArray *out = g_byte_array_new ();

  for (guint i = 0; i < rows->len / ROW; i++)
    {
      const guint8 *row = rows->data + i * ROW;
      guint8 filtered[1 + ROW] = { 2 };

      for (int j = 0; j < ROW; j++)
        filtered[1 + j] = (guint8) (row[j] - (i > 0 ? row[j - ROW] : 0));
      g_byte_array_append (out, filtered, sizeof filtered);
    }
  return out;
}

/* The same objects give the same identifier. */
static void
end_file (Packer *self, guint root, guint info)
{
  g_autofree char *id = g_compute_checksum_for_data (G_CHECKSUM_MD5, self->out->data, self->out->len), *dictionary = NULL;
  g_autoptr (GByteArray) filtered = NULL;
  guint start = self->out->len;

  refer (self, self->next, PLAIN, start, 0);
  filtered = filter_rows (self->rows);
  dictionary = g_strdup_printf ("/Type /XRef /Size %u /W [ 1 4 1 ] /Root %u 0 R /Info %u 0 R /ID [ <%s> <%s> ]"
                                " /DecodeParms << /Predictor 12 /Columns %d >>", self->next + 1, root, info, id, id, ROW);
  append_stream (self, self->next, dictionary, filtered->data, filtered->len);
  append_format (self->out, "startxref\n%u\n%%%%EOF\n", start);
}

/**
 * sp_pdf_objects_pack:
 * @self: objects
 * @root: the number of the catalogue
 * @info: the number of the title and its like
 *
 * Returns: (transfer full): a file of PDF 1.5 with all of them, under their numbers
 */
GBytes *
sp_pdf_objects_pack (SpPdfObjects *self, guint root, guint info)
{
  Packer packer = { g_byte_array_new (), g_byte_array_new (), g_string_new (NULL), g_string_new (NULL), 0, self->objects->len };

  append (packer.out, HEADER, strlen (HEADER));
  refer (&packer, 0, FREE, 0, 0);
  for (guint i = 1; i < self->objects->len; i++)
    {
      const SpPdfObject *object = &g_array_index (self->objects, SpPdfObject, i);

      if (object->text != NULL && object->stream)
        add_plain (&packer, i, object);
      else if (object->text != NULL)
        add_packed (&packer, i, object);
    }
  end_packed (&packer);
  end_file (&packer, root, info);
  g_byte_array_unref (packer.rows);
  g_string_free (packer.places, TRUE);
  g_string_free (packer.texts, TRUE);
  return g_byte_array_free_to_bytes (packer.out);
}
