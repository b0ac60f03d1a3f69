/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-base-source.h"

G_BEGIN_DECLS

/**
 * SpBaseJob:
 * @tile: owned; of the main loop
 * @spot: where it is
 * @is_in_sight: when it was asked for
 * @bytes: owned, nullable: what its picture is made of
 * @problem: owned, nullable: why the built-in map stands in
 * @cancellable: owned; cancelled by the layer's, or when the source is stopped
 * @of_layer: private
 * @handler: private
 *
 * A tile on its way; the data of its GTask, whose source object is the SpBaseSource. What a thread reads of it does not
 * change.
 */
typedef struct
{
  ShumateTile  *tile;
  SpBaseSpot    spot;
  gboolean      is_in_sight;
  GBytes       *bytes;
  GError       *problem;
  GCancellable *cancellable;
  GCancellable *of_layer;
  gulong        handler;
} SpBaseJob;

SpBaseJob *sp_base_job_new    (ShumateTile *tile, GCancellable *of_layer);
void       sp_base_job_free   (gpointer job);
void       sp_base_job_let_go (SpBaseJob *self);
void       sp_base_job_run    (GTask *task);

G_END_DECLS
