/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

/* Raise it when the same number makes another asset: stores that were made before are then made anew. */
#define SP_GENERATE_VERSION 1

typedef struct _SpGenerator SpGenerator;

SpGenerator *sp_generator_new    (void);
void         sp_generator_free   (SpGenerator *self);
void         sp_generator_append (SpGenerator *self, guint index, GString *json);
void         sp_generator_id     (guint index, char id[43]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpGenerator, sp_generator_free)

G_END_DECLS
