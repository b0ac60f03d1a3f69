/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-flow.h"

G_BEGIN_DECLS

void sp_flow_glyphs_init  (SpFlowGlyphs *self);
void sp_flow_glyphs_clear (SpFlowGlyphs *self);
void sp_flow_glyphs_show  (SpFlowGlyphs *self, cairo_t *cr, PangoLayout *layout, int first, int last, double x, double y);

G_END_DECLS
