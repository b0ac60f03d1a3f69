/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FILTER_CHIP (sp_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (SpFilterChip, sp_filter_chip, SP, FILTER_CHIP, GtkWidget)

GtkWidget  *sp_filter_chip_new        (const SpFilterValue *value);
const char *sp_filter_chip_get_filter (SpFilterChip *self);
const char *sp_filter_chip_get_value  (SpFilterChip *self);
const char *sp_filter_chip_get_label  (SpFilterChip *self);

G_END_DECLS
