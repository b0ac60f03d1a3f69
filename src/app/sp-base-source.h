/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-base-tile.h"
#include "sp-geodesy.h"

#include <gtk/gtk.h>
#include <shumate/shumate.h>

G_BEGIN_DECLS

#define SP_BASE_SOURCE_MIN_ZOOM 4 /* the whole world is higher than any window then */
#define SP_BASE_SOURCE_MAX_ZOOM 19

#define SP_TYPE_BASE_SOURCE (sp_base_source_get_type ())
G_DECLARE_DERIVABLE_TYPE (SpBaseSource, sp_base_source, SP, BASE_SOURCE, ShumateMapSource)

/**
 * SpBaseSight:
 * @box: (out caller-allocates): what is in sight
 * @data: as it was given
 *
 * Asked on the main loop for each tile.
 *
 * Returns: whether that is known
 */
typedef gboolean (*SpBaseSight) (SpBox *box, gpointer data);

/**
 * SpBaseSourceClass:
 * @fetch: on the main loop: gets the bytes that @render needs, then calls sp_base_source_render(), now or later, once.
 *   By default it does so at once, without bytes
 * @render: on a thread: the picture of a tile. @bytes is what @fetch gave; with %NULL returned the built-in map stands
 *   in, and @error, if set, is told as the source's problem. By default the built-in map
 *
 * What a source of tiles does its own way.
 */
struct _SpBaseSourceClass
{
  ShumateMapSourceClass parent_class;

  void        (*fetch)  (SpBaseSource *self, const SpBaseSpot *spot, GTask *task);
  GdkTexture *(*render) (SpBaseSource *self, const SpBaseSpot *spot, GBytes *bytes, GError **error);

  gpointer padding[4];
};

SpBaseSource *sp_base_source_new            (SpMapStyle style, double resolution, SpMapDots *dots);
SpMapStyle    sp_base_source_get_style      (SpBaseSource *self);
double        sp_base_source_get_resolution (SpBaseSource *self);
void          sp_base_source_stop           (SpBaseSource *self);
const GError *sp_base_source_get_problem    (SpBaseSource *self);
gboolean      sp_base_source_is_busy        (SpBaseSource *self);
gboolean      sp_base_source_is_drawn       (SpBaseSource *self);
void          sp_base_source_set_sight      (SpBaseSource *self, SpBaseSight get_sight, gpointer data);
void          sp_base_source_draw_ahead     (SpBaseSource *self, const SpBox *box, int zoom);

/* for subclasses */
void             sp_base_source_set_problem (SpBaseSource *self, const GError *problem);
void             sp_base_source_render      (SpBaseSource *self, GTask *task, GBytes *bytes);
cairo_surface_t *sp_base_source_draw        (SpBaseSource *self, const SpBaseSpot *spot, int pixels);

G_END_DECLS
