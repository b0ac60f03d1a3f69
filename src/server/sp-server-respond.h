/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-answer.h"
#include "sp-server-private.h"

G_BEGIN_DECLS

void sp_respond_prepare (SpServer *self, SoupServerMessage *message);
void sp_respond         (SoupServerMessage *message, SpAnswer *answer);

G_END_DECLS
