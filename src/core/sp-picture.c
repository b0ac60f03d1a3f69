/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of picture some bytes from outside are, and how large, read from their beginning. A few hundred bytes can
 * claim to be a picture of gigabytes, so this is asked before anything decodes them. */
#include "sp-picture.h"

#include <string.h>

static guint
big_endian (const guint8 *bytes, guint n)
{
  guint value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

static guint
little_endian (const guint8 *bytes, guint n)
{
  guint value = 0;

  for (guint i = n; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

/* Signature, then the chunk IHDR (ISO/IEC 15948, 5.2 and 11.2.2). */
static gboolean
measure_png (const guint8 *bytes, gsize length, SpPicture *picture)
{
  static const guint8 begin[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };

  if (length < 24 || memcmp (bytes, begin, sizeof begin) != 0)
    return FALSE;
  *picture = (SpPicture){ SP_PICTURE_PNG, big_endian (bytes + 16, 4), big_endian (bytes + 20, 4) };
  return TRUE;
}

/* C0 to CF, without the tables C4, C8 and CC, begin a frame and say its size. */
static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Segments, each with a marker and its length, up to the one of the frame (ITU-T T.81, B.1 and B.2.2). */
static gboolean
measure_jpeg (const guint8 *bytes, gsize length, SpPicture *picture)
{
  gsize at = 2;

  if (length < 4 || bytes[0] != 0xff || bytes[1] != 0xd8)
    return FALSE;
  while (at + 4 <= length && bytes[at] == 0xff)
    {
      guint8 marker = bytes[at + 1];

      if (marker == 0xff) /* a filling byte */
        {
          at++;
          continue;
        }
      if (is_frame (marker))
        {
          if (length - at < 9)
            return FALSE;
          *picture = (SpPicture){ SP_PICTURE_JPEG, big_endian (bytes + at + 7, 2), big_endian (bytes + at + 5, 2) };
          return TRUE;
        }
      at += 2 + big_endian (bytes + at + 2, 2);
    }
  return FALSE;
}

/* RIFF, then VP8, VP8L or VP8X (RFC 9649, 2.4 to 2.7; RFC 6386, 9.1). */
static gboolean
measure_webp (const guint8 *bytes, gsize length, SpPicture *picture)
{
  const guint8 *data = bytes + 20;

  if (length < 30 || memcmp (bytes, "RIFF", 4) != 0 || memcmp (bytes + 8, "WEBP", 4) != 0)
    return FALSE;
  picture->kind = SP_PICTURE_WEBP;
  if (memcmp (bytes + 12, "VP8X", 4) == 0)
    {
      picture->width = little_endian (data + 4, 3) + 1;
      picture->height = little_endian (data + 7, 3) + 1;
    }
  else if (memcmp (bytes + 12, "VP8L", 4) == 0 && data[0] == 0x2f)
    {
      picture->width = (little_endian (data + 1, 4) & 0x3fff) + 1;
      picture->height = (little_endian (data + 1, 4) >> 14 & 0x3fff) + 1;
    }
  else if (memcmp (bytes + 12, "VP8 ", 4) == 0 && memcmp (data + 3, "\x9d\x01\x2a", 3) == 0)
    {
      picture->width = little_endian (data + 6, 2) & 0x3fff;
      picture->height = little_endian (data + 8, 2) & 0x3fff;
    }
  else
    return FALSE;
  return TRUE;
}

/**
 * sp_picture_measure:
 * @bytes: (array length=length): what may be a picture
 * @length: how many bytes
 * @picture: (out caller-allocates): what it says it is; the rest of it may yet be broken
 * @error: %SP_ERROR_PARSE
 *
 * Returns: whether it begins like a PNG, JPEG or WebP with a size
 */
gboolean
sp_picture_measure (const guint8 *bytes, gsize length, SpPicture *picture, GError **error)
{
  if ((measure_png (bytes, length, picture) || measure_jpeg (bytes, length, picture) || measure_webp (bytes, length, picture))
      && picture->width > 0 && picture->height > 0)
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, "This is not a PNG, JPEG or WebP picture");
  return FALSE;
}

/**
 * sp_picture_is_whole:
 * @bytes: (array length=length): that sp_picture_measure() has taken
 * @length: how many bytes
 *
 * Of a PNG, the chunks must follow each other up to IEND (ISO/IEC 15948, 5.3): GDK does not free what it has of one that
 * stops before. Other formats are not looked at.
 *
 * Returns: whether the picture is there to its end, as far as can be told without decoding it
 */
gboolean
sp_picture_is_whole (const guint8 *bytes, gsize length)
{
  gsize at = 8;

  if (bytes[0] != 0x89)
    return TRUE;
  while (length - at >= 12)
    {
      gsize data = big_endian (bytes + at, 4);

      if (data > length - at - 12)
        return FALSE;
      if (memcmp (bytes + at + 4, "IEND", 4) == 0)
        return TRUE;
      at += 12 + data;
    }
  return FALSE;
}
