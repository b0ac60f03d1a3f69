/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-columns.h"

G_BEGIN_DECLS

gboolean sp_column_is_personal    (const char *header, SpColumnField field);
gboolean sp_column_is_of_register (const char *header);

G_END_DECLS
