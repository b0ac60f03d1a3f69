/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sp_number_append_canonical (GString *out, const char *lexeme);
void sp_number_append_double    (GString *out, double value);

G_END_DECLS
