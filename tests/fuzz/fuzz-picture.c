/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The beginning of a picture from a server or a file: never read beyond its end, and a size that is one. */
#include "sp-picture.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  SpPicture picture;

  if (sp_picture_measure (data, size, &picture, NULL))
    {
      g_assert_true (picture.width > 0 && picture.height > 0);
      sp_picture_is_whole (data, size);
    }
  return 0;
}
