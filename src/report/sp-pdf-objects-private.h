/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-pdf-objects.h"

G_BEGIN_DECLS

typedef struct
{
  const char *text;   /* not owned; NULL for a number that is free */
  gsize       length; /* bytes */
  gboolean    stream;
} SpPdfObject;

struct _SpPdfObjects
{
  GBytes    *pdf;
  GArray    *objects; /* (element-type SpPdfObject): by number; 0 is none */
  GPtrArray *owned;   /* (element-type utf8): texts that are not the file's */
};

G_END_DECLS
