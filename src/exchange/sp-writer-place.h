/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-writer.h"

G_BEGIN_DECLS

/* For sp-writer.c. */
GType    sp_writer_place_get_type     (const char *format, GError **error);
GFile   *sp_writer_place_get_aside    (GFile *file, GError **error);
gboolean sp_writer_place_is_folder    (GFile *file);
gboolean sp_writer_place_check_folder (GFile *file, GError **error);
gboolean sp_writer_place_take         (GFile *aside, GFile *file, GError **error);
void     sp_writer_place_remove       (GFile *aside);

G_END_DECLS
