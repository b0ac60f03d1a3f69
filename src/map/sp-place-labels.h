/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-style.h"
#include "sp-map-window.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * SpPlaceLabels:
 *
 * The names of towns, countries and seas, each with the zoom from which on there is room for it. Which names are shown
 * depends on the zoom alone, never on what is in the window: they stay where they are while the map moves. Any thread
 * may draw, several at a time.
 */
typedef struct _SpPlaceLabels SpPlaceLabels;

SpPlaceLabels *sp_place_labels_new   (const char *family, double font_scale);
SpPlaceLabels *sp_place_labels_ref   (SpPlaceLabels *self);
void           sp_place_labels_unref (SpPlaceLabels *self);
void           sp_place_labels_draw  (SpPlaceLabels *self, cairo_t *cr, const SpMapWindow *window, SpMapStyle style,
                                      const cairo_rectangle_t *avoid, guint n_avoid);
gboolean       sp_place_labels_draw_until (SpPlaceLabels *self, cairo_t *cr, const SpMapWindow *window, SpMapStyle style,
                                           const cairo_rectangle_t *avoid, guint n_avoid, gint64 until);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPlaceLabels, sp_place_labels_unref)

G_END_DECLS
