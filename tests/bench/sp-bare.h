/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

typedef struct _SpBare SpBare;

SpBare *sp_bare_new        (SpDb *db, const char *ready);
void    sp_bare_free       (SpBare *self);
void    sp_bare_load       (SpBare *self, guint first, guint count, gboolean documents);
void    sp_bare_write      (SpBare *self, guint first, guint count);
void    sp_bare_write_words (SpBare *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpBare, sp_bare_free)

G_END_DECLS
