/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-list-choices.h"

G_BEGIN_DECLS

GArray *sp_import_choices_new  (guint n);
GArray *sp_import_choices_copy (GArray *choices);

G_END_DECLS
