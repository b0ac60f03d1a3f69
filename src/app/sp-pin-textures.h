/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-pin.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SpPinTextures:
 *
 * Pictures of pins and clusters, each drawn once and used as long as scale and style stay the same.
 */
typedef struct _SpPinTextures SpPinTextures;

SpPinTextures *sp_pin_textures_new     (void);
void           sp_pin_textures_free    (SpPinTextures *self);
void           sp_pin_textures_set     (SpPinTextures *self, int scale, SpMapStyle style, gboolean contrast);
void           sp_pin_textures_pin     (SpPinTextures *self, GtkSnapshot *snapshot, const SpPinLook *look, guint state,
                                        double width, double x, double y);
void           sp_pin_textures_cluster (SpPinTextures *self, GtkSnapshot *snapshot, guint count, guint state,
                                        double width, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPinTextures, sp_pin_textures_free)

G_END_DECLS
