/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the beginning of a picture says. */
#include "sp-picture.h"

#include <string.h>

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define BYTES(text) text, sizeof (text) - 1

static const struct
{
  const char   *bytes;
  gsize         length;
  SpPictureKind kind;
  guint         width, height; /* 0: refused */
} cases[] = {
  { BYTES (PNG "\0\0\1\0\0\0\2\0"), SP_PICTURE_PNG, 256, 512 },
  { BYTES (PNG "\x7f\xff\xff\xff\0\0\0\1"), SP_PICTURE_PNG, G_MAXINT32, 1 },
  { BYTES (PNG "\0\0\0\0\0\0\2\0"), SP_PICTURE_PNG, 0, 0 },
  { BYTES (PNG "\0\0\1\0\0\0\2"), SP_PICTURE_PNG, 0, 0 },
  { BYTES ("\xff\xd8\xff\xe0\0\4JF\xff\xff\xff\xc0\0\x11\x08\1\0\2\0\3"), SP_PICTURE_JPEG, 512, 256 },
  { BYTES ("\xff\xd8\xff\xc4\0\2\xff\xc2\0\x11\x08\0\x10\0\x20\3"), SP_PICTURE_JPEG, 32, 16 },
  { BYTES ("\xff\xd8\xff\xe0\xff\xffJF"), SP_PICTURE_JPEG, 0, 0 },
  { BYTES ("\xff\xd8\xff\xc0\0\x11\x08\1"), SP_PICTURE_JPEG, 0, 0 },
  { BYTES ("\xff\xd8\xff\xe0\0\0\xff\xe0\0\0"), SP_PICTURE_JPEG, 0, 0 },
  { BYTES ("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\0\0\xff\1\0"), SP_PICTURE_WEBP, 256, 512 },
  { BYTES ("RIFF\0\0\0\0WEBPVP8L\x0a\0\0\0\x2f\xff\xc0\x7f\0\0\0\0\0\0"), SP_PICTURE_WEBP, 256, 512 },
  { BYTES ("RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\0\1\0\2"), SP_PICTURE_WEBP, 256, 512 },
  { BYTES ("RIFF\0\0\0\0WEBPVP8?\x0a\0\0\0\0\0\0\x9d\x01\x2a\0\1\0\2"), SP_PICTURE_WEBP, 0, 0 },
  { BYTES ("<html><body>Please log in"), SP_PICTURE_PNG, 0, 0 },
  { BYTES ("GIF89a\0\1\0\1"), SP_PICTURE_PNG, 0, 0 },
  { BYTES (""), SP_PICTURE_PNG, 0, 0 },
};

static void
test_measure (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (cases[i].bytes, cases[i].length); /* so that a byte too far is noticed */
      g_autoptr (GError) error = NULL;
      SpPicture picture;
      gboolean fits = sp_picture_measure (bytes, cases[i].length, &picture, &error);

      g_test_message ("case %u", i);
      g_assert_true (fits == (cases[i].width > 0));
      if (!fits)
        {
          g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
          continue;
        }
      g_assert_cmpint (picture.kind, ==, cases[i].kind);
      g_assert_cmpuint (picture.width, ==, cases[i].width);
      g_assert_cmpuint (picture.height, ==, cases[i].height);
    }
}

#define IHDR PNG "\0\0\1\0\0\0\2\0\x08\2\0\0\0crc!"

static void
test_whole (void)
{
  static const struct { const char *bytes; gsize length; gboolean whole; } some[] = {
    { BYTES (IHDR "\0\0\0\0IENDcrc!"), TRUE },
    { BYTES (IHDR "\0\0\0\3IDATabccrc!\0\0\0\0IENDcrc!trailing"), TRUE },
    { BYTES (IHDR "\0\0\0\3IDATabccrc!\0\0\0\0IENDcr"), FALSE },
    { BYTES (IHDR "\0\0\0\4IDATabc"), FALSE },
    { BYTES (IHDR "\xff\xff\xff\xffIDATabccrc!"), FALSE },
    { BYTES (IHDR), FALSE },
    { BYTES ("\xff\xd8\xff\xc0\0\x11\x08\1\0\2\0\3"), TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (some[i].bytes, some[i].length);

      g_test_message ("case %u", i);
      g_assert_true (sp_picture_is_whole (bytes, some[i].length) == some[i].whole);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/picture/measure", test_measure);
  g_test_add_func ("/picture/whole", test_whole);
  return g_test_run ();
}
