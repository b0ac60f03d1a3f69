/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_NARROW_BIN (sp_narrow_bin_get_type ())
G_DECLARE_FINAL_TYPE (SpNarrowBin, sp_narrow_bin, SP, NARROW_BIN, GtkWidget)

void sp_narrow_bin_set_most (SpNarrowBin *self, int most);

G_END_DECLS
