/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

/**
 * SpZipPart:
 *
 * One file inside a ZIP archive, or one after the other, unpacked while it is read, in bounded memory.
 */
typedef struct _SpZipPart SpZipPart;

SpZipPart *sp_zip_part_open (GBytes *archive, const char *name, GError **error);
SpZipPart *sp_zip_part_open_any (GBytes *archive, GError **error);
gboolean   sp_zip_part_next (SpZipPart *self, const char *suffix, char **name, GError **error);
double     sp_zip_part_get_progress (SpZipPart *self);
void       sp_zip_part_free (SpZipPart *self);
char      *sp_zip_find      (GBytes *archive, const char *suffix, GError **error);
gssize     sp_zip_part_read (SpZipPart *self, char *buffer, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpZipPart, sp_zip_part_free)

G_END_DECLS
