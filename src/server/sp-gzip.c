/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gzip: requests that come so are unpacked piece by piece, never beyond a limit; answers are packed as a whole. */
#include "sp-gzip.h"

#define LEVEL 3 /* of 9: a network is slower than this */

/**
 * sp_gzip_pack:
 * @text: what is replaced by its gzip; not on the main loop if it is long
 */
void
sp_gzip_pack (GString *text)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL));
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (plain, gzip);
  g_autoptr (GString) out = g_string_sized_new (text->len / 4);
  char piece[16384];
  gssize n;

  while ((n = g_input_stream_read (stream, piece, sizeof piece, NULL, NULL)) > 0)
    g_string_append_len (out, piece, n);
  g_string_truncate (text, 0);
  g_string_append_len (text, out->str, (gssize) out->len);
}

/**
 * sp_gzip_unpack:
 * @packed: what came, as gzip
 * @limit: bytes that it may have unpacked
 * @error: %SP_ERROR_PARSE if it is no gzip, %G_IO_ERROR_MESSAGE_TOO_LARGE
 *
 * Not on the main loop: it may be large.
 *
 * Returns: (transfer full) (nullable): what it holds
 */
GBytes *
sp_gzip_unpack (GBytes *packed, gsize limit, GError **error)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) bytes = g_memory_input_stream_new_from_bytes (packed);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (bytes, gzip);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guchar piece[16384];
  gssize n = 1;

  while (n > 0 && out->len <= limit)
    {
      n = g_input_stream_read (stream, piece, sizeof piece, NULL, NULL);
      if (n > 0)
        g_byte_array_append (out, piece, (guint) n);
    }
  if (out->len > limit)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The request is larger than this server takes");
  else if (n < 0)
    g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, "The request says that it is gzip, and is not");
  return n == 0 && out->len <= limit ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}
