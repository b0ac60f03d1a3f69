/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-pin-look.h"

#include <cairo.h>

G_BEGIN_DECLS

void sp_pin_glyph (cairo_t *cr, SpPinShape shape, double radius);

G_END_DECLS
