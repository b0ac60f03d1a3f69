/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-json-print.h"
#include "sp-node.h"

G_BEGIN_DECLS

#define SP_ANSWER_MAX_BYTES (64 * 1024 * 1024) /* of an answer that is made as a whole, in memory: sixty of the largest documents */

/**
 * SpAnswer:
 * @status: of HTTP
 * @body: (nullable): JSON
 * @packed: whether @body is gzip
 * @etag: (nullable): the revision that was given
 *
 * What a request gets. Made on a thread of the store or on the main loop, sent on the main loop.
 */
typedef struct
{
  guint    status;
  GString *body;
  gboolean packed;
  char    *etag;
} SpAnswer;

SpAnswer *sp_answer_new         (guint status, const char *json);
SpAnswer *sp_answer_take        (guint status, GString *json);
SpAnswer *sp_answer_new_error   (guint status, const char *error, const char *reason);
SpAnswer *sp_answer_new_too_large (const char *remedy);
SpAnswer *sp_answer_from_error  (const GError *error);
void      sp_answer_free        (SpAnswer *self);
void      sp_answer_add_failure (GString *out, const char *id, const char *rev, const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpAnswer, sp_answer_free)

G_END_DECLS
