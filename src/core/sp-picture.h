/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

/**
 * SpPictureKind:
 * @SP_PICTURE_PNG: PNG
 * @SP_PICTURE_JPEG: JPEG
 * @SP_PICTURE_WEBP: WebP
 *
 * A format of pictures.
 */
typedef enum
{
  SP_PICTURE_PNG,
  SP_PICTURE_JPEG,
  SP_PICTURE_WEBP,
} SpPictureKind;

/**
 * SpPicture:
 * @kind: its format
 * @width: pixels
 * @height: pixels
 *
 * What the beginning of a picture says of it.
 */
typedef struct
{
  SpPictureKind kind;
  guint         width;
  guint         height;
} SpPicture;

gboolean sp_picture_is_whole (const guint8 *bytes, gsize length);
gboolean sp_picture_measure  (const guint8 *bytes, gsize length, SpPicture *picture, GError **error);

G_END_DECLS
