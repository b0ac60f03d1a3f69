/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

typedef struct _SpBare SpBare;

/* What it writes of each asset. */
typedef enum
{
  SP_BARE_DOCUMENT = 1 << 0,   /* the document and its revision */
  SP_BARE_PROJECTION = 1 << 1, /* the other tables, full text and R*Tree; the words are written apart */
  SP_BARE_JOURNAL = 1 << 2,    /* the step of an import */
  SP_BARE_NEAR = 1 << 3,       /* the index of what is near, that a first pull leaves for later */
} SpBareParts;

SpBare *sp_bare_new        (SpDb *db, const char *ready);
void    sp_bare_free       (SpBare *self);
void    sp_bare_load       (SpBare *self, guint first, guint count, SpBareParts parts);
void    sp_bare_write      (SpBare *self, guint first, guint count);
void    sp_bare_write_words (SpBare *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpBare, sp_bare_free)

G_END_DECLS
