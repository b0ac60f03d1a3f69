/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpEncoding: lists come as UTF-8, as Windows-1252, as UTF-16 from a spreadsheet, or as a mixture of two lists pasted
 * into one. A UTF-16 stream is converted as a whole. Everything else has ASCII commas and quotes, so the
 * records are taken apart first and each cell is decoded by itself: what is valid UTF-8 is that, the rest is in the
 * other encoding of the file. */
#include "sp-encoding.h"

#include <string.h>
#include <uchardet/uchardet.h>

struct _SpEncoding
{
  const char *whole;    /* (nullable); what the stream is converted from */
  gsize       mark;     /* bytes of a byte order mark to leave out */
  char       *fallback; /* owned; of cells that are not UTF-8 */
  GIConv      iconv;    /* of the fallback, or -1 for Windows-1252 */
};

#define NO_ICONV ((GIConv) -1)

/* Bytes 0x80 to 0x9F of Windows-1252 (WHATWG Encoding Standard, index-windows-1252); 0 where there is none. */
static const guint16 windows_1252[32] = {
  0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
  0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
  0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static gboolean
begins_with (const char *head, gsize length, const char *mark, gsize n)
{
  return length >= n && memcmp (head, mark, n) == 0;
}

/* Half of the bytes of English text in UTF-16 are 0, all on one side. */
static const char *
guess_utf16 (const char *head, gsize length)
{
  gsize zeros[2] = { 0, 0 };

  length = MIN (length, 512) & ~(gsize) 1;
  for (gsize i = 0; i < length; i++)
    if (head[i] == '\0')
      zeros[i & 1]++;
  if (length < 8)
    return NULL;
  if (zeros[0] == 0 && zeros[1] > length / 3)
    return "UTF-16LE";
  if (zeros[1] == 0 && zeros[0] > length / 3)
    return "UTF-16BE";
  return NULL;
}

/* A pound sign or a curly quotation mark here and there is Windows-1252, whatever statistics say; only a text in which
 * more than one letter in five is beyond ASCII is worth asking about. */
static char *
guess_fallback (const char *head, gsize length)
{
  gsize beyond = 0;
  char *name = NULL;
  uchardet_t detector;

  for (gsize i = 0; i < length; i++)
    beyond += (guchar) head[i] >= 0x80;
  if (beyond * 5 <= length)
    return g_strdup ("WINDOWS-1252");
  detector = uchardet_new ();
  if (uchardet_handle_data (detector, head, length) == 0)
    {
      uchardet_data_end (detector);
      name = g_ascii_strup (uchardet_get_charset (detector), -1);
    }
  uchardet_delete (detector);
  if (name == NULL || *name == '\0' || strcmp (name, "UTF-8") == 0 || strcmp (name, "ASCII") == 0)
    {
      g_free (name);
      return g_strdup ("WINDOWS-1252");
    }
  return name;
}

/**
 * sp_encoding_guess:
 * @head: the first bytes of a file
 * @length: how many there are
 *
 * Returns: (transfer full): how to read it
 */
SpEncoding *
sp_encoding_guess (const char *head, gsize length)
{
  SpEncoding *self = g_new0 (SpEncoding, 1);

  self->iconv = NO_ICONV;
  if (begins_with (head, length, "\xEF\xBB\xBF", 3))
    self->mark = 3;
  else if (begins_with (head, length, "\xFF\xFE", 2))
    self->whole = "UTF-16LE";
  else if (begins_with (head, length, "\xFE\xFF", 2))
    self->whole = "UTF-16BE";
  if (self->whole != NULL)
    self->mark = 2;
  else if (self->mark == 0)
    self->whole = guess_utf16 (head, length);

  self->fallback = guess_fallback (head, self->whole != NULL ? 0 : length);
  if (strcmp (self->fallback, "WINDOWS-1252") != 0)
    self->iconv = g_iconv_open ("UTF-8", self->fallback);
  return self;
}

/**
 * sp_encoding_free:
 * @self: (transfer full): an encoding
 */
void
sp_encoding_free (SpEncoding *self)
{
  if (self->iconv != NO_ICONV)
    g_iconv_close (self->iconv);
  g_free (self->fallback);
  g_free (self);
}

/**
 * sp_encoding_get_name:
 * @self: an encoding
 *
 * Returns: (transfer none): what a stream that is not UTF-8 is taken for
 */
const char *
sp_encoding_get_name (const SpEncoding *self)
{
  return self->whole != NULL ? self->whole : self->fallback;
}

/**
 * sp_encoding_wrap:
 * @self: how to read it
 * @stream: a file from its first byte
 * @error: where to say what went wrong
 *
 * Leaves out the byte order mark, and turns UTF-16 into UTF-8.
 *
 * Returns: (transfer full) (nullable): a stream whose records can be taken apart
 */
GInputStream *
sp_encoding_wrap (const SpEncoding *self, GInputStream *stream, GError **error)
{
  g_autoptr (GCharsetConverter) converter = NULL;

  if (self->mark > 0 && g_input_stream_skip (stream, self->mark, NULL, error) < 0)
    return NULL;
  if (self->whole == NULL)
    return g_object_ref (stream);
  converter = g_charset_converter_new ("UTF-8", self->whole, error);
  if (converter == NULL)
    return NULL;
  g_charset_converter_set_use_fallback (converter, TRUE); /* half a surrogate becomes \xx, not the end of the list */
  return g_converter_input_stream_new (stream, G_CONVERTER (converter));
}

/**
 * sp_encoding_read_head:
 * @self: how to read it
 * @head: the first bytes of a file
 * @length: (inout): how many there are; of the text
 *
 * Returns: (transfer full): the same without a mark, with its ASCII characters as such
 */
char *
sp_encoding_read_head (const SpEncoding *self, const char *head, gsize *length)
{
  g_autoptr (GInputStream) raw = g_memory_input_stream_new_from_data (head, (gssize) *length, NULL);
  g_autoptr (GInputStream) stream = sp_encoding_wrap (self, raw, NULL);
  gsize room = *length * 3 + 1; /* no character of UTF-16 takes more than three bytes for its two */
  char *text = g_malloc0 (room);

  *length = 0;
  if (stream != NULL)
    g_input_stream_read_all (stream, text, room - 1, length, NULL, NULL);
  return text;
}

static gboolean
append_windows_1252 (const char *bytes, gsize length, GString *out)
{
  gboolean clean = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) bytes[i];
      gunichar code = c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c;
      clean = clean && (code != 0 || c == 0);
      if (c < 0x80)
        g_string_append_c (out, (char) c);
      else
        g_string_append_unichar (out, code != 0 ? code : 0xFFFD);
    }
  return clean;
}

static gboolean
append_converted (GIConv iconv, const char *bytes, gsize length, GString *out)
{
  g_autofree char *text = g_convert_with_iconv (bytes, (gssize) length, iconv, NULL, NULL, NULL);

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    {
      g_iconv (iconv, NULL, NULL, NULL, NULL);
      return FALSE;
    }
  g_string_append (out, text);
  return TRUE;
}

/**
 * sp_encoding_append:
 * @self: how to read it
 * @bytes: the bytes of one cell
 * @length: how many
 * @out: where the UTF-8 goes
 *
 * Returns: %FALSE if some byte means nothing and U+FFFD stands in its place
 */
gboolean
sp_encoding_append (SpEncoding *self, const char *bytes, gsize length, GString *out)
{
  if (g_utf8_validate_len (bytes, length, NULL))
    {
      g_string_append_len (out, bytes, (gssize) length);
      return TRUE;
    }
  if (self->iconv != NO_ICONV && append_converted (self->iconv, bytes, length, out))
    return TRUE;
  return append_windows_1252 (bytes, length, out);
}
