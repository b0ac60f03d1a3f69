/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-body.h"
#include "sp-wire.h"

G_BEGIN_DECLS

/**
 * SpWireDocument:
 * @head: what it says of itself
 * @body: its body
 * @error: (nullable): why it cannot be read; the rest then says nothing
 *
 * A document that arrived, taken apart.
 */
typedef struct
{
  SpWireHead head;
  SpBody     body;
  GError    *error;
} SpWireDocument;

/**
 * SpWireAhead:
 *
 * Documents that are taken apart in another thread, a little ahead of the one that writes them.
 */
typedef struct _SpWireAhead SpWireAhead;

SpWireAhead    *sp_wire_ahead_new  (GPtrArray *documents);
SpWireDocument *sp_wire_ahead_next (SpWireAhead *self);
void            sp_wire_ahead_free (SpWireAhead *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpWireAhead, sp_wire_ahead_free)

G_END_DECLS
