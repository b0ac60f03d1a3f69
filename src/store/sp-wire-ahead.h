/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-body.h"
#include "sp-wire.h"

G_BEGIN_DECLS

/**
 * SpWireKind:
 * @SP_WIRE_ARRIVALS: revisions of other replicas, for a store in which somebody searches
 * @SP_WIRE_SERVED: the same, for a store that only serves
 * @SP_WIRE_EDITS: new versions for such a store, of which each names its parent as `_rev`, or none
 *
 * What documents are.
 */
typedef enum
{
  SP_WIRE_ARRIVALS,
  SP_WIRE_SERVED,
  SP_WIRE_EDITS,
} SpWireKind;

/**
 * SpWireText:
 * @json: (nullable): a document as it came
 * @length: its length in bytes
 *
 * A document that waits to be taken apart; borrowed.
 */
typedef struct
{
  const char *json;
  gsize       length;
} SpWireText;

/**
 * SpWireDocument:
 * @head: what it says of itself; of an edit `revisions` is its parent or %NULL; of one with an @error as much of id and revision as
 *   could be made out
 * @body: its body; has no value but of %SP_WIRE_ARRIVALS
 * @may_erase: whether it can have to do with an erasure
 * @error: (nullable): why it is none: %SP_ERROR_PARSE, %SP_ERROR_INVALID, %SP_ERROR_RESERVED, %SP_ERROR_DENIED
 *
 * A document, taken apart.
 */
typedef struct
{
  SpWireHead head;
  SpBody     body;
  gboolean   may_erase;
  GError    *error;
} SpWireDocument;

/**
 * SpWireAhead:
 *
 * Documents that are taken apart in another thread, a little ahead of the one that writes them.
 */
typedef struct _SpWireAhead SpWireAhead;

SpWireAhead    *sp_wire_ahead_new  (const SpWireText *texts, guint n, SpWireKind kind);
SpWireDocument *sp_wire_ahead_next (SpWireAhead *self);
void            sp_wire_ahead_free (SpWireAhead *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpWireAhead, sp_wire_ahead_free)

G_END_DECLS
